"""Small targets and points for the tests of watching."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from zhishu.pack.system import Cite
from zhishu.pack.target import Target
from zhishu.terms import Text
from zhishu.watch import Evidence, PaceRules, Point

RULES = PaceRules()
WORDS = Text("甲", "a")
ORDER = ["missed", "far_behind", "behind", "undecided", "on_track", "met"]


def target(**more: object) -> Target:
    """Return a level target in 个: at least 10 by the end of 2022, measured by the series x."""
    plain = Target(
        "k", "s", WORDS, Cite("1.1", "甲"), "level", ">=", Fraction(10), "个", None, None, date(2022, 12, 31),
        date(2018, 6, 30), False, ("x",), None, "baseline", (), (), (), None, (), "510000", WORDS, WORDS, (), (), (), "t",
    )  # fmt: skip
    return replace(plain, **more)


def point(year: int, value: Fraction | int, run: str = "r", planned: bool = False, known: date | None = None) -> Point:
    """Return a point known on 1 March of the next year unless told otherwise."""
    return Point(year, Fraction(value), planned, run, known or date(year + 1, 3, 1), False, "medium", (f"t:{year}",))


def line(first: int, *values: Fraction | int, run: str = "r") -> tuple[Point, ...]:
    """Return consecutive years of one run."""
    return tuple(point(first + i, v, run) for i, v in enumerate(values))


def evidence(*points: Point, **others: tuple[Point, ...]) -> Evidence:
    """Return the evidence of the series x and of others by name."""
    return Evidence({"x": points, **others})
