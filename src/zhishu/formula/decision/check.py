"""Checking a decision table before it is used: gaps, overlaps, rows never reached, each with a case that shows it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from zhishu.formula.decision.classes import Classes, classes
from zhishu.formula.decision.order import ranked
from zhishu.formula.decision.sweep import Budget, TooMuch, members, uncovered
from zhishu.formula.decision.table import DecisionTable, Row, Value
from zhishu.formula.decision.values import same

FindingKind = Literal["gap", "gap_when", "overlap", "overlap_same", "overlap_when", "never", "masked", "unfinished"]
MOST = 20
STEPS = 1_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: its kind, the rows concerned, and a case that shows it (None: the fact is not known).

    ``gap``: no row matches the case; ``gap_when``: only rows with an extra condition may. ``overlap``: both rows
    match and give different values; ``overlap_same``: the same; ``overlap_when``: different, but a row has an
    extra condition, which is not looked into. ``never``: no case can match the row. ``masked``: earlier rows take
    every case of the row. ``unfinished``: the search for gaps (no row) or for what masks the row was too large.
    """

    kind: FindingKind
    rows: tuple[str, ...]
    case: Mapping[str, Value | None]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, of gaps and overlaps at most twenty of a kind; ``more`` counts the overlaps left out."""

    findings: tuple[Finding, ...]
    more: int = 0


def check_table(table: DecisionTable, steps: int = STEPS) -> Checked:
    """Return every gap, overlap and row never reached; ``steps`` bounds the searches, not the overlaps.

    Two overlapping rows are a finding where the table promises one (``unique``) or one value (``any``), and where
    neither of two that differ has priority; where order decides, a row that earlier rows leave nothing is one. Extra
    conditions are not looked into: their rows may match or not, and are named where it matters.
    Raises ZhishuError ``table-priority``.

    >>> from zhishu.formula.decision.read import read_table
    >>> from zhishu.formula.decision.table import InputKind
    >>> kinds = {"share": InputKind("number", "%"), "level": InputKind("word")}
    >>> table = read_table("share,-> level\\n<60 %,low\\n>60 %,enough\\n", kinds, file="示例.csv")
    >>> [(f.kind, f.case) for f in check_table(table).findings]
    [('gap', {'share': Number(value=Fraction(60, 1), unit='%')})]
    """
    ranks = ranked(table)
    rows = tuple(row for _, row in ranks)
    columns = [classes(c, [row.cells[i] for row in rows]) for i, c in enumerate(table.inputs)]
    search = _Check(table, rows, columns, Budget(steps))
    found = [*search.never()]
    more = 0
    if table.policy == "unique" or table.aggregate == "any":
        overlaps, more = search.overlaps([(1 << len(rows)) - 1] * len(rows))
        found += overlaps
    elif table.policy in ("first", "priority"):
        found += search.masked()
        if table.policy == "priority":
            equal: dict[tuple[int, ...], int] = {}
            for r, (rank, _) in enumerate(ranks):
                equal[rank] = equal.get(rank, 0) | 1 << r
            overlaps, more = search.overlaps([equal[rank] for rank, _ in ranks])
            found += overlaps
    if table.aggregate != "count":
        # steps of its own: a hard search for masked rows leaves the gaps theirs
        found += replace(search, budget=Budget(steps)).gaps()
    return Checked(tuple(found), more)


def may_disagree(table: DecisionTable, output: int) -> bool:
    """Return whether two rows that give different values in an output may match one case.

    >>> may_disagree(DecisionTable("示例", (), (), ()), 0)
    False
    """
    rows = table.rows
    columns = [classes(c, [row.cells[i] for row in rows]) for i, c in enumerate(table.inputs)]
    search = _Check(table, rows, columns, Budget(0))
    given = [same(row.outputs[output]) for row in rows]
    return any(given[r] != given[other] for r in range(len(rows)) for other in members(search.touching(r)))


def _gives(row: Row) -> tuple[tuple[str, object], ...]:
    return tuple(same(value) for value in row.outputs)


@dataclass(frozen=True, slots=True)
class _Check:
    table: DecisionTable
    rows: tuple[Row, ...]
    columns: Sequence[Classes]
    budget: Budget

    def never(self) -> Iterator[Finding]:
        for r, row in enumerate(self.rows):
            if any(not column.cells[r] for column in self.columns):
                yield Finding("never", (row.id,), {})

    def overlaps(self, rivals: Sequence[int]) -> tuple[list[Finding], int]:
        """Return the overlaps, the graver first and at most twenty of a kind, and how many are left out.

        ``rivals`` are for each row those it must not meet.
        """
        found: dict[FindingKind, list[Finding]] = {"overlap": [], "overlap_when": [], "overlap_same": []}
        left_out, sure, giving = 0, self.sure(), self.giving()
        for r, row in enumerate(self.rows):
            later = (self.touching(r) & rivals[r]) >> (r + 1) << (r + 1)
            alike = giving[_gives(row)]
            certain = sure if row.when is None else 0
            kinds: dict[FindingKind, int] = {
                "overlap": later & ~alike & certain,
                "overlap_when": later & ~alike & ~certain,
                "overlap_same": later & alike if self.table.policy == "unique" else 0,
            }
            for kind, others in kinds.items():
                shown = list(islice(members(others), MOST - len(found[kind])))
                found[kind] += [self.overlap(kind, r, other) for other in shown]
                left_out += others.bit_count() - len(shown)
        return [finding for findings in found.values() for finding in findings], left_out

    def overlap(self, kind: FindingKind, r: int, other: int) -> Finding:
        shared = [next(members(c.cells[r] & c.cells[other])) for c in self.columns]
        return Finding(kind, (self.rows[r].id, self.rows[other].id), self.case(shared))

    def giving(self) -> dict[tuple[tuple[str, object], ...], int]:
        """Return the rows that give the same, by what they give."""
        found: dict[tuple[tuple[str, object], ...], int] = {}
        for r, row in enumerate(self.rows):
            found[_gives(row)] = found.get(_gives(row), 0) | 1 << r
        return found

    def masked(self) -> Iterator[Finding]:
        sure = self.sure()
        for r, row in enumerate(self.rows):
            box = [column.cells[r] for column in self.columns]
            if not all(box):
                continue
            earlier = self.touching(r) & sure & ((1 << r) - 1)
            try:
                if not uncovered(self.columns, box, earlier, self.budget, 1):
                    case = self.case([next(members(cell)) for cell in box])
                    yield Finding("masked", (row.id, *(self.rows[e].id for e in self.takers(box, earlier))), case)
            except TooMuch:
                yield Finding("unfinished", (row.id,), {})
                return

    def takers(self, box: Sequence[int], earlier: int) -> list[int]:
        """Return the first single row that takes a whole box, else all that have a part in it."""
        whole = earlier
        for column, cell in zip(self.columns, box, strict=True):
            whole &= column.containing(cell)
        return list(members(whole))[:1] or list(members(earlier))

    def gaps(self) -> list[Finding]:
        box = [column.everything for column in self.columns]
        every = (1 << len(self.rows)) - 1
        try:
            found = [Finding("gap", (), self.case(at)) for at in self.search(box, every)]
            if found or self.sure() == every:
                return found
            return [
                Finding("gap_when", tuple(self.rows[r].id for r in self.matching(at)), self.case(at))
                for at in self.search(box, self.sure())
            ]
        except TooMuch:
            return [Finding("unfinished", (), {})]

    def search(self, box: Sequence[int], rows: int) -> list[list[int]]:
        return uncovered(self.columns, box, rows, self.budget, MOST)

    def matching(self, at: Sequence[int]) -> list[int]:
        rows = (1 << len(self.rows)) - 1
        for column, k in zip(self.columns, at, strict=True):
            rows &= column.rows[k]
        return list(members(rows))

    def touching(self, r: int) -> int:
        """Return the rows that share a case with a row."""
        rows = (1 << len(self.rows)) - 1
        for column in self.columns:
            rows &= column.touching(column.cells[r])
            if rows & (rows - 1) == 0:  # only the row itself is left
                break
        return rows

    def sure(self) -> int:
        """Return the rows whose cells alone decide."""
        return sum(1 << r for r, row in enumerate(self.rows) if row.when is None)

    def case(self, at: Sequence[int]) -> dict[str, Value | None]:
        return {
            column.name: found.values[k] for column, found, k in zip(self.table.inputs, self.columns, at, strict=True)
        }
