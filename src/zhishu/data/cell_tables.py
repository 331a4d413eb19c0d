"""Tables of counts with their totals: which cells add up to which, in one table or in several that share cells."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

Key: TypeAlias = tuple[str, ...]
TOTAL = ""
"""The name of the row or column that holds totals."""


@dataclass(frozen=True, slots=True)
class Sum:
    """An equation a reader may use: the parts add up to the total."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Counts by cell, none negative, and the sums they satisfy."""

    values: Mapping[Key, int]
    sums: tuple[Sum, ...]


def two_way(name: str, cells: Mapping[tuple[str, str], int]) -> Table:
    """Return the table of counts by row and column with every total; a key is (name, row, column).

    >>> table = two_way("2019", {("甲县", "男"): 3, ("甲县", "女"): 20, ("乙县", "男"): 15, ("乙县", "女"): 18})
    >>> table.values[("2019", "", "男")], table.values[("2019", "", "")], len(table.sums)
    (18, 56, 6)
    """
    rows = list(dict.fromkeys(r for r, _ in cells))
    columns = list(dict.fromkeys(c for _, c in cells))
    values: dict[Key, int] = {(name, r, c): v for (r, c), v in cells.items()}
    lines = [((name, r, TOTAL), tuple((name, r, c) for c in columns if (r, c) in cells)) for r in rows]
    lines += [((name, TOTAL, c), tuple((name, r, c) for r in rows if (r, c) in cells)) for c in columns]
    lines += [
        ((name, TOTAL, TOTAL), tuple((name, r, TOTAL) for r in rows)),
        ((name, TOTAL, TOTAL), tuple((name, TOTAL, c) for c in columns)),
    ]
    for total, parts in lines:
        values[total] = sum(values[p] for p in parts)
    return Table(values, tuple(Sum(total, parts) for total, parts in lines))


def joined(tables: Iterable[Table]) -> Table:
    """Return tables as one; a key stands for the same count wherever it stands.

    Raises ZhishuError ``cells-differ`` where two tables give different counts.
    """
    values: dict[Key, int] = {}
    sums: dict[Sum, None] = {}
    problems = []
    for table in tables:
        for key, value in table.values.items():
            if values.setdefault(key, value) != value:
                said = " ".join(key)
                what = Text(f"{said} 两处数不同", f"{said} stands with two counts")
                problems.append(Problem("cells-differ", said, what, Text("改成一致", "make them agree")))
        sums |= dict.fromkeys(table.sums)
    if problems:
        raise ZhishuError(problems)
    return Table(values, tuple(sums))


def check_table(table: Table) -> None:
    """Raise ZhishuError for a negative count, a sum over a cell that is not there, or one that does not add up."""
    problems = []
    for key, value in table.values.items():
        if value < 0:
            what = Text(f"计数为负：{value}", f"a negative count: {value}")
            problems.append(Problem("cells-negative", " ".join(key), what, Text("核对", "check it")))
    for line in table.sums:
        where = " ".join(line.total)
        lacking = [k for k in (line.total, *line.parts) if k not in table.values]
        if lacking:
            what = Text(f"没有这一格：{' '.join(lacking[0])}", f"there is no cell {' '.join(lacking[0])}")
            problems.append(Problem("cells-missing", where, what, Text("补上", "add it")))
        elif table.values[line.total] != (parts := sum(table.values[p] for p in line.parts)):
            what = Text(
                f"合计 {table.values[line.total]}，各格相加 {parts}",
                f"the total is {table.values[line.total]}, its parts add up to {parts}",
            )
            problems.append(Problem("cells-total", where, what, Text("先改正合计", "correct the total first")))
    if problems:
        raise ZhishuError(problems)


def renamed(table: Table, names: Mapping[Key, Key]) -> Table:
    """Return a table with its cells under other keys."""
    return Table(
        {names[k]: v for k, v in table.values.items()},
        tuple(Sum(names[line.total], tuple(names[p] for p in line.parts)) for line in table.sums),
    )


def check_structural(table: Table, structural: Iterable[Key]) -> None:
    """Raise ZhishuError ``cells-structural`` for a cell declared to hold nobody that is not zero."""
    what = Text("声明恒为零的格不是零", "a cell declared to be zero always is not zero")
    repair = Text("改数，或撤去声明", "correct the count or the declaration")
    problems = [Problem("cells-structural", " ".join(k), what, repair) for k in structural if table.values.get(k) != 0]
    if problems:
        raise ZhishuError(problems)


def check_dates(table: Table, past: Table, names: Mapping[Key, Key], same: Mapping[Key, Key], growing: bool) -> None:
    """Raise ZhishuError for a pair of cells that is none, or a count that only grows and fell."""
    problems = []
    for new, old in same.items():
        where, was = " ".join(new), names.get(old, old)
        if new not in table.values or was not in past.values:
            what = Text(f"没有这一格：{where}", f"there is no cell {where}")
            problems.append(Problem("cells-missing", where, what, Text("核对对应关系", "check what it is paired with")))
        elif growing and table.values[new] < past.values[was]:
            fell = past.values[was] - table.values[new]
            what = Text(f"累计数减少 {fell}", f"a count that only grows fell by {fell}")
            problems.append(Problem("cells-shrink", where, what, Text("核对", "check it")))
    if problems:
        raise ZhishuError(problems)
