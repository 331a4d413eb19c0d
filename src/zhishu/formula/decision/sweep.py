"""Looking for a case that no row covers, column by column, without visiting every combination of classes.

The rows still in play shrink from column to column; a part is settled as soon as one row covers all that is
left, and parts with the same rows in play are looked at once. The idea of a sweep over the columns of a table
read as boxes: Calvanese et al. 2016, doi:10.48550/arXiv.1603.07466.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from zhishu.formula.decision.classes import Classes

# below this many rows in play their cells are split against each other instead of walking every class
_FEW = 12


class TooMuch(Exception):
    """The steps allowed are used up before the search was through."""


@dataclass(slots=True)
class Budget:
    """How many steps searches may still take; counted, not timed, so that the same table gives the same answer."""

    left: int

    def spend(self, steps: int) -> None:
        """Take steps away. Raises TooMuch."""
        self.left -= steps
        if self.left < 0:
            raise TooMuch


def uncovered(columns: Sequence[Classes], box: Sequence[int], rows: int, budget: Budget, most: int) -> list[list[int]]:
    """Return up to ``most`` cases inside a box that none of the rows covers, a class for each column.

    Raises TooMuch.

    >>> from zhishu.formula.decision.classes import Classes
    >>> truth = Classes((None, None), (0b01,), (0b1, 0b0), ((0b01, 0b1),))
    >>> uncovered([truth], [0b11], 0b1, Budget(100), 5)
    [[1]]
    """
    later = [rows]
    for column, wanted in zip(reversed(columns), reversed(box), strict=True):
        later.append(later[-1] & column.containing(wanted))
    return _Search(columns, box, later[::-1], budget, most).find(0, rows)


@dataclass(slots=True)
class _Search:
    """One search; ``later[c]`` are the rows that cover everything from column c on."""

    columns: Sequence[Classes]
    box: Sequence[int]
    later: Sequence[int]
    budget: Budget
    most: int
    covered: set[tuple[int, int]] = field(default_factory=set)

    def find(self, c: int, rows: int) -> list[list[int]]:
        if rows & self.later[c]:
            return []
        if not rows or c == len(self.columns):
            return [[_lowest(wanted) for wanted in self.box[c:]]]
        if (c, rows) in self.covered:
            return []
        found: list[list[int]] = []
        for example, inside in self.parts(c, rows):
            found += [[example, *rest] for rest in self.find(c + 1, inside)]
            if len(found) >= self.most:
                return found[: self.most]
        if not found:
            self.covered.add((c, rows))
        return found

    def parts(self, c: int, rows: int) -> Iterator[tuple[int, int]]:
        """Return one class of each part that the rows in play tell apart, with the rows that cover it."""
        column, wanted = self.columns[c], self.box[c]
        if rows.bit_count() <= _FEW:
            pieces = [(wanted, 0)]
            for r in members(rows):
                cell = column.cells[r]
                self.budget.spend(len(pieces))
                pieces = [
                    piece
                    for part, inside in pieces
                    for piece in ((part & cell, inside | 1 << r), (part & ~cell, inside))
                    if piece[0]
                ]
            yield from sorted((_lowest(part), inside) for part, inside in pieces)
            return
        self.budget.spend(len(column.rows))
        first: dict[int, int] = {}
        for k in members(wanted):
            first.setdefault(column.rows[k] & rows, k)
        yield from sorted((k, inside) for inside, k in first.items())


def members(mask: int) -> Iterator[int]:
    """Return the places of the bits that are set, lowest first.

    >>> list(members(0b1010))
    [1, 3]
    """
    while mask:
        yield _lowest(mask)
        mask &= mask - 1


def _lowest(mask: int) -> int:
    return (mask & -mask).bit_length() - 1
