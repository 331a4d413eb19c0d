"""Rank points: the place within a class earns points, by a table or on a straight line from first to last."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.pack.scheme import LEAST_CLASS
from zhishu.score.kinds.reading import number
from zhishu.score.kinds.sense import Better, direction, exact, need, whole
from zhishu.score.rank import places


@dataclass(frozen=True, slots=True)
class RankTable:
    """Points for the first, second … place, and for the ``rest``; a class of fewer than ``least`` units has no places.

    Raises Senseless for no place, or for points that grow with a worse place.

    >>> RankTable((Fraction(10), Fraction(8), Fraction(6)), rest=Fraction(3)).least
    5
    """

    points: tuple[Fraction, ...]
    rest: Fraction = Fraction(0)
    least: int = LEAST_CLASS
    better: Better = "higher"

    def __post_init__(self) -> None:
        need(bool(self.points), "points", "至少要有一个名次", "must have at least one place")
        exact(rest=self.rest, **{f"points[{n}]": p for n, p in enumerate(self.points)})
        order = [*self.points, self.rest]
        falls = all(a >= b for a, b in pairwise(order))
        need(falls, "points", "名次靠后得分不得更高", "must not grow with a worse place")
        whole(1, least=self.least)
        direction(self.better)


@dataclass(frozen=True, slots=True)
class RankLine:
    """``first`` points for the first place of a class, ``last`` for the last, equal steps between.

    Raises Senseless unless the first place earns more than the last.

    >>> RankLine(first=Fraction(100), last=Fraction(60)).better
    'higher'
    """

    first: Fraction
    last: Fraction
    least: int = LEAST_CLASS
    better: Better = "higher"

    def __post_init__(self) -> None:
        exact(first=self.first, last=self.last)
        need(self.first > self.last, "last", "须低于第一名的得分", "must be below the points of the first place")
        whole(2, least=self.least)
        direction(self.better)


def rank_table(values: Mapping[str, Value], how: RankTable) -> dict[str, Value]:
    """Return the points of each unit of one class by its place in a table; equal values share the better place.

    ``values`` holds unit → value of the whole class. A unit without a value is unknown, and so is every unit whose points
    depend on where that one would stand. Order-free.
    Source: a score kind of the provincial schemes surveyed, within classes as Hubei's 22/27/31; the points are illustrative.

    >>> class_ = {"成都": Fraction(9), "乐山": Fraction(7), "雅安": Fraction(7), "眉山": Fraction(5), "资阳": Fraction(1)}
    >>> found = rank_table(class_, RankTable((Fraction(10), Fraction(8), Fraction(6)), Fraction(3)))
    >>> {unit: str(points) for unit, points in found.items()}
    {'乐山': '8', '成都': '10', '眉山': '3', '资阳': '3', '雅安': '8'}
    """
    table = how.points
    return _points(
        values, how.better, how.least, lambda place, _: table[place - 1] if place <= len(table) else how.rest
    )


def rank_line(values: Mapping[str, Value], how: RankLine) -> dict[str, Value]:
    """Return ``first − (first − last) · (place − 1) / (n − 1)`` of each unit; n counts the whole class.

    Places, ties and units without a value as in ``rank_table``.
    Source: a score kind of the provincial schemes surveyed; the points are illustrative.

    >>> class_ = {"成都": Fraction(9), "乐山": Fraction(7), "雅安": Fraction(6), "眉山": Fraction(5), "资阳": Fraction(1)}
    >>> rank_line(class_, RankLine(Fraction(100), Fraction(60)))["乐山"]
    Fraction(90, 1)
    """
    fall = how.first - how.last
    return _points(values, how.better, how.least, lambda place, n: how.first - fall * (place - 1) / (n - 1))


def _points(
    values: Mapping[str, Value], better: Better, least: int, points: Callable[[int, int], Fraction]
) -> dict[str, Value]:
    read = {unit: number(values[unit]) for unit in sorted(values)}
    known = {unit: v for unit, v in read.items() if isinstance(v, Fraction)}
    unknown = [v for v in read.values() if isinstance(v, Unknown)]
    found: dict[str, Value] = dict(read)
    if len(read) < least:
        small = Unknown("held", f"同类不足{least}个", f"fewer than {least} in the class")
        return found | dict.fromkeys(known, small)
    sign = 1 if better == "higher" else -1
    for unit, place in zip(known, places([v * sign for v in known.values()]), strict=True):
        best, worst = points(place, len(read)), points(place + len(unknown), len(read))
        found[unit] = best if best == worst else Unknown(unknown[0].reason, *_ABSENT)
    return found


_ABSENT = ("同类有单位缺数，名次未定", "a unit of the class lacks a figure, so the place is open")
