"""What a reader can work out about hidden counts from those shown: exact bounds of a linear system over whole counts.

The hidden counts solve A x = b with x ≥ 0. Starting from the true counts, the simplex method walks in exact
fractions towards the largest or smallest value of one of them (Bland's rule, so that it ends). Every whole
solution met on the way is a witness: no reader, however clever, can rule it out.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction

from zhishu.data.cell_tables import Key, Table

_NONE = Fraction(0)


@dataclass(slots=True)
class System:
    """The hidden counts at one solution: each basic one as a row over the free ones, x = const − Σ row · free.

    ``point`` is the present solution; it changes as the method walks.
    """

    order: Mapping[Key, int]
    rows: dict[Key, dict[Key, Fraction]]
    point: dict[Key, Fraction]

    def whole(self) -> bool:
        """Return whether the present solution is one of whole counts."""
        return all(v.denominator == 1 for v in self.point.values())

    def walk(self, key: Key, sign: int, goal: Fraction) -> tuple[Fraction | None, bool]:
        """Walk a count up (sign 1) or down (−1) to the farthest value, or past a goal.

        Returns the farthest value met in a whole solution, None where none was met, and whether it has no bound.
        """
        best: Fraction | None = None
        while True:
            here = self.point[key]
            if self.whole() and (best is None or sign * (here - best) > 0):
                best = here
                if sign * (best - goal) >= 0:
                    return best, False
            step = self._step(key, sign)
            if step is None:
                return best, False
            free, way = step
            leaving, length = self._block(free, way)
            if length is None:
                return best, True
            self._move(free, way * length)
            if leaving is not None:
                self._pivot(leaving, free)

    def _step(self, key: Key, sign: int) -> tuple[Key, int] | None:
        """Return the first free count whose change helps, and its direction; one at zero can only grow."""
        slopes = {key: Fraction(1)} if key not in self.rows else {f: -a for f, a in self.rows[key].items()}
        able = [(f, 1 if a * sign > 0 else -1) for f, a in slopes.items() if a]
        able = [(f, way) for f, way in able if way > 0 or self.point[f] > 0]
        return min(able, key=lambda s: self.order[s[0]], default=None)

    def _block(self, free: Key, way: int) -> tuple[Key | None, Fraction | None]:
        """Return how far a free count can change, and the basic one that stops it (None: it stops itself at zero)."""
        length = self.point[free] if way < 0 else None
        leaving: Key | None = None
        for basic, row in self.rows.items():
            slope = row.get(free, _NONE) * way
            if slope <= 0:
                continue
            room = self.point[basic] / slope
            first = leaving is not None and room == length and self.order[basic] < self.order[leaving]
            if length is None or room < length or first:
                length, leaving = room, basic
        return leaving, length

    def _move(self, free: Key, by: Fraction) -> None:
        self.point[free] += by
        for basic, row in self.rows.items():
            if free in row:
                self.point[basic] -= row[free] * by

    def _pivot(self, leaving: Key, free: Key) -> None:
        row = self.rows.pop(leaving)
        head = row.pop(free)
        new = {k: v / head for k, v in row.items()} | {leaving: 1 / head}
        for other in self.rows.values():
            _put(other, free, new)
        self.rows[free] = new


def system(table: Table, hidden: AbstractSet[Key]) -> System:
    """Return the system of the hidden counts at their true values; what is not hidden is known."""
    order = {k: i for i, k in enumerate(table.values) if k in hidden}
    found = System(order, {}, {k: Fraction(table.values[k]) for k in order})
    for line in table.sums:
        row: dict[Key, Fraction] = {}
        for key, factor in ((line.total, Fraction(-1)), *((p, Fraction(1)) for p in line.parts)):
            if key in hidden:
                row[key] = row.get(key, _NONE) + factor
        for basic in [k for k in row if k in found.rows]:
            _put(row, basic, found.rows[basic])
        row = {k: v for k, v in row.items() if v}
        if not row:
            continue
        first = next(iter(row))
        new = {k: v / row[first] for k, v in row.items() if k != first}
        for held in found.rows.values():
            _put(held, first, new)
        found.rows[first] = new
    return found


def _put(row: dict[Key, Fraction], key: Key, means: Mapping[Key, Fraction]) -> None:
    """Replace a count in a row by what it means in the free ones."""
    factor = row.pop(key, _NONE)
    if not factor:
        return
    for k, v in means.items():
        changed = row.get(k, _NONE) - factor * v
        if changed:
            row[k] = changed
        else:
            row.pop(k, None)


def width(found: System, key: Key, true: int, enough: int) -> int:
    """Return how far apart two whole solutions lie in one count, counted up to ``enough``.

    The true count is one of the solutions, so the width is never overstated.
    """
    high, free = found.walk(key, 1, Fraction(true + enough))
    top = max(true, int(high)) if high is not None else true
    if free or top - true >= enough:
        return enough
    low, _ = found.walk(key, -1, Fraction(top - enough))
    return min(enough, top - (min(true, int(low)) if low is not None else true))
