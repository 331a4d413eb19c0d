"""Which input columns a verdict reads, and of which it reads the blank itself: ``is_known``, ``coalesce``, ``sum_known``.

A column is a table and a field; parameters stand under the case. The answer is about columns, not rows, and is found
from the declaration alone: what is not named here cannot change a verdict, or not by being blank.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from zhishu.formula.tree import Call, Name, Node, Of, Rows, children
from zhishu.pack.system import CASE, System

Cell = tuple[str, str]
Read = tuple[Cell, bool]

ROWS = "#rows"
"""Stands for which rows a table has: its checks, its groups."""

BLANK_ROWS = frozenset({"count_surely", "count_possibly", "sum_known", "names"})
"""Aggregates that take an unknown row for one that counts, or does not."""
BLANK_CALLS = frozenset({"is_known", "coalesce", "rank_best", "rank_worst", "is_first"})
"""Functions that have an answer where what they read is unknown."""


@dataclass(slots=True)
class Reads:
    """What the declarations of one system read; each answer is found once."""

    system: System
    known: dict[Cell, tuple[Read, ...]] = field(default_factory=dict)
    told: dict[tuple[Node, tuple[str, ...]], tuple[frozenset[Cell], frozenset[Cell]]] = field(default_factory=dict)
    cells: dict[Cell, frozenset[Cell]] = field(default_factory=dict)

    def of(self, node: Node, chain: tuple[str, ...]) -> tuple[frozenset[Cell], frozenset[Cell]]:
        """Return the columns a formula reads in any way, and those it reads as blank; ``chain`` are the rows around it."""
        key = (node, chain)
        if key not in self.told:
            self.told[key] = self._closed(self._reads(node, chain, False))
        return self.told[key]

    def rows(self, table: str) -> frozenset[Cell]:
        """Return the columns on which it depends which rows a table has."""
        return self.cell(table, ROWS)

    def cell(self, table: str, fact: str) -> frozenset[Cell]:
        """Return the columns a value reads, itself among them."""
        key = (table, fact)
        if key not in self.cells:
            self.cells[key] = self._closed([(key, False)])[0]
        return self.cells[key]

    def _closed(self, first: Iterator[Read] | list[Read]) -> tuple[frozenset[Cell], frozenset[Cell]]:
        seen: set[Read] = set()
        left = list(first)
        while left:
            read = left.pop()
            if read in seen:
                continue
            seen.add(read)
            cell, blank = read
            left += [(other, blank or also) for other, also in self._direct(cell)]
        return frozenset(c for c, _ in seen), frozenset(c for c, blank in seen if blank)

    def _direct(self, cell: Cell) -> tuple[Read, ...]:
        if cell not in self.known:
            self.known[cell] = tuple(self._of_cell(*cell))
        return self.known[cell]

    def _of_cell(self, name: str, fact: str) -> Iterator[Read]:
        if name == CASE:
            total = self.system.totals.get(fact)
            if fact == "verdict" and self.system.verdict is not None:
                for rule in self.system.verdict.rules:
                    yield from self._reads(rule.when, (), True)
            elif total is not None and total.node is not None:
                yield from self._reads(total.node, (), False)
            return
        table = self.system.tables[name]
        if fact == ROWS:
            yield from self._of_rows(name)
        elif fact in table.derive:
            derived = table.derive[fact]
            if derived.node is not None:
                yield from self._reads(derived.node, (name,), False)
            if derived.column is not None:
                yield (name, ROWS), True
                for node in derived.column.args.values():
                    yield from self._reads(node, (name,), True)
                if (beside := derived.column.beside) is not None:
                    yield (beside.table, ROWS), True
                    for node in beside.args.values():
                        yield from self._reads(node, (beside.table,), True)
        elif fact == "verdict" and table.verdict is not None:
            for rule in table.verdict.rules:
                yield from self._reads(rule.when, (name,), True)
        elif fact in table.by and table.of is not None:
            yield (table.of, fact), True

    def _of_rows(self, name: str) -> Iterator[Read]:
        table = self.system.tables[name]
        for check in table.checks:
            if check.then in ("exclude", "hold"):
                yield from self._reads(check.when, (name,), True)
        yield from (((other, ROWS), True) for other in table.pairs.values())
        if table.of is not None:
            yield (table.of, ROWS), True
            yield from (((table.of, fact), True) for fact in table.by)
            if table.where is not None:
                yield from self._reads(table.where, (table.of,), True)

    def _reads(self, node: Node, chain: tuple[str, ...], blank: bool) -> Iterator[Read]:
        match node:
            case Name(name):
                yield self._place(name, chain), blank
            case Of("this", fact):
                yield self._place(fact, chain[1:] or chain), blank
            case Of(base, fact):
                for name in chain:
                    column = self.system.tables[name].fields.get(base)
                    if column is not None and column.ref is not None:
                        yield (name, base), blank
                        yield (column.ref, fact), blank
                        yield (column.ref, ROWS), True
                        break
            case Rows(table, function, args):
                yield (table, ROWS), True
                for column in self.system.tables[table].fields.values() if chain else ():
                    if column.type == "ref" and column.ref == chain[0]:
                        yield (table, column.id), True
                for arg in args:
                    yield from self._reads(arg, (table, *chain), blank or function in BLANK_ROWS)
            case Call("coalesce", args):
                for arg in args[:-1]:
                    yield from self._reads(arg, chain, True)
                yield from self._reads(args[-1], chain, blank)
            case Call(function, args):
                if function in ("previous", "running_sum", "rank_best", "rank_worst", "is_first") and chain:
                    own = self.system.tables[chain[0]]
                    yield (own.id, ROWS), True
                    placed = (*own.series, *((own.order,) if own.order else ()))
                    yield from (((own.id, fact), True) for fact in placed)
                for arg in args:
                    yield from self._reads(arg, chain, blank or function in BLANK_CALLS)
            case _:
                for child in children(node):
                    yield from self._reads(child, chain, blank)

    def _place(self, name: str, chain: tuple[str, ...]) -> Cell:
        for table in chain:
            declared = self.system.tables[table]
            own = name in declared.fields or name in declared.derive or name in declared.by
            if own or (name == "verdict" and declared.verdict is not None):
                return table, name
        return CASE, name
