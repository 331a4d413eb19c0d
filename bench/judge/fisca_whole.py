"""The whole work as formulas over numpy columns, for openfisca-core: three values, exact best and worst, masks, the list.

It has no unknown, so that every condition is two columns of yes and no: ``name`` where it surely holds, ``name_may`` where
it may. Words are numbers with one more for "not given"; no number of the table is below zero, and −1 is "not given": so
``area < 5`` is also where the area may be below 5. An open verdict is −1. The best outcome is completed over action, park
and kind as ``by_hand.py`` does it.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from itertools import count
from operator import and_, or_
from typing import Any

import numpy as np
import polars as pl
from facts import (
    ACTIONS,
    ADVANCED,
    CHEMICAL,
    COUNTIES,
    FACTS,
    HEAVY,
    INDUSTRIES,
    INTENSITY,
    KINDS,
    LARGE,
    LIGHT,
    OUTCOMES,
    RESTRICTED,
    RULES,
    SMALL,
    STRICT,
)
from listed import NEVER, PLACES, Spans, listed_days

Column = Any
"""A numpy array of the column's kind."""
Facts = Callable[[str], Column]
Formula = Callable[[Facts], Column]
WORDS = {"industry": INDUSTRIES, "county": COUNTIES, "action": ACTIONS, "kind": KINDS}
NUMBERS = ("invest", "area", "river_m", "tolerance_m", "land_approved", "land_supplied", "applied_on")
TRUTHS = ("in_eco_red_line", "in_park")
GROUPS = {"chemical": CHEMICAL, "heavy": HEAVY, "light": LIGHT, "advanced": ADVANCED, "restricted": RESTRICTED}
GIVEN = {"verdict": -1, "best": 0, "worst": 0, "fired": 0, "missing": 0}
"""The numbers that are asked for, with what they are where nothing is known."""
NOTE, REVIEW, RESTRICT, PROHIBIT = range(1, 5)


def columns() -> dict[str, pl.Expr]:
    """Return the facts as they are given in: words by number, numbers with −1, yes and no as two columns."""
    found = {n: pl.col(n).cast(pl.Enum(w)).to_physical().cast(pl.Int32).fill_null(len(w)) for n, w in WORDS.items()}
    found |= {n: pl.col(n).to_physical().cast(pl.Int32).fill_null(-1) for n in NUMBERS}
    found |= {n: pl.col(n).fill_null(False) for n in TRUTHS}
    return found | {f"{n}_may": pl.col(n).fill_null(True) for n in TRUTHS}


def truths(negative: pl.DataFrame) -> dict[str, Formula]:
    """Return the formulas of every condition and rule that are yes or no."""
    made: dict[str, Formula] = {
        "moves": lambda f: f("action") == ACTIONS.index("move"),
        "moves_may": lambda f: f("moves") | (f("action") == len(ACTIONS)),
        "near_1": _near(1000),
        "near_1_may": _near_may(1000),
        "near_3": _near(3000),
        "near_3_may": _near_may(3000),
        "rate_known": lambda f: (f("land_approved") > 0) & (f("land_supplied") >= 0),
        "enough": lambda f: 5 * f("land_supplied") >= 3 * f("land_approved"),
        "intensity_known": lambda f: (f("area") > 0) & (f("invest") >= 0),
        "new": lambda f: f("action") == ACTIONS.index("new"),
        "new_may": lambda f: f("new") | (f("action") == len(ACTIONS)),
        "slow": lambda f: f("rate_known") & ~f("enough"),
        "slow_may": lambda f: ~(f("rate_known") & f("enough")),
        "large": lambda f: f("area") > LARGE,
        "large_may": lambda f: f("large") | (f("area") < 0),
        "small_may": lambda f: f("invest") < SMALL,
        "small": lambda f: f("small_may") & (f("invest") >= 0),
        "no_industry": lambda f: f("industry") == len(INDUSTRIES),
        "strict": _of("county", COUNTIES, STRICT),
        "strict_may": lambda f: f("strict") | (f("county") == len(COUNTIES)),
    }
    for group, prefixes in GROUPS.items():
        made[group] = _of("industry", INDUSTRIES, prefixes)
        made[f"{group}_may"] = _either(group, "no_industry")
    for group, line in INTENSITY.items():
        made[f"thick_{group}"] = _thick(line)
    for kind in KINDS:
        made[kind] = _is("kind", KINDS.index(kind))
        made[f"{kind}_may"] = lambda f, kind=kind: f(kind) | (f("kind") == len(KINDS))
    spans = listed_days(negative)
    made["negative_list"] = _listed(spans.sure)
    made["negative_list_may"] = _listed_may(spans.may)
    return made | _rules()


def numbers() -> dict[str, Formula]:
    """Return the formulas of what is asked for."""
    return {"verdict": _verdict, "best": _best, "worst": _worst, "fired": _fired, "missing": _missing}


def _is(fact: str, code: int) -> Formula:
    return lambda f: f(fact) == code


def _either(*names: str) -> Formula:
    return lambda f: reduce(or_, (f(name) for name in names))


def _of(fact: str, words: tuple[str, ...], prefixes: tuple[str, ...]) -> Formula:
    table = np.array([*(word.startswith(prefixes) for word in words), False])
    return lambda f: table[f(fact)]


def _near(line: int) -> Formula:
    return lambda f: (f("river_m") >= 0) & (f("tolerance_m") >= 0) & (f("river_m") + f("tolerance_m") <= line)


def _near_may(line: int) -> Formula:
    return lambda f: (f("river_m") < 0) | (f("tolerance_m") < 0) | (f("river_m") - f("tolerance_m") <= line)


def _thick(line: int) -> Formula:
    return lambda f: f("invest") >= line * f("area")


def _listed(spans: Spans) -> Formula:
    days = [(begin.to_numpy(), end.to_numpy()) for begin, end in spans]

    def formula(f: Facts) -> Column:
        return _within(days, f("industry") * PLACES + f("county"), f("applied_on"))

    return formula


def _listed_may(spans: Spans) -> Formula:
    days = [(begin.to_numpy(), end.to_numpy()) for begin, end in spans]
    ever = days[0][0] < NEVER

    def formula(f: Facts) -> Column:
        # what surely holds is not asked again: the two differ where a key or the day is not given
        found = f("negative_list").copy()
        open_ = f("no_industry") | (f("county") == len(COUNTIES)) | (f("applied_on") < 0)
        left = np.flatnonzero(open_ & ~found)
        pair, day = (f("industry") * PLACES + f("county"))[left], f("applied_on")[left]
        found[left] = np.where(day < 0, ever[pair], _within(days, pair, day))
        return found

    return formula


def _within(days: Iterable[tuple[Column, Column]], pair: Column, day: Column) -> Column:
    """Return whether a day lies in a span of its pair; only pairs that have a span are asked for the next."""
    found = np.zeros(len(pair), dtype=bool)
    places = None
    for n, (begin, end) in zip(count(), days, strict=False):
        first = begin[pair]
        has = np.flatnonzero(first < NEVER)
        pair, day, first = pair[has], day[has], first[has]
        places = has if n == 0 else places[has]
        found[places] |= (day >= first) & (day < end[pair])
    return found


def _rules() -> dict[str, Formula]:
    """Return where each rule surely fires, and where it may."""
    written: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
        "land_rate": (("slow",), ("moves",)),
        "chemical_park_1km": (("park", "chemical", "near_1"), ("moves",)),
        "chemical_project_1km": (("project", "chemical", "near_1"), ("moves",)),
        "tailings_3km": (("tailings", "near_3"), ("moves",)),
        "restricted_industry": (("restricted",), ("replacement_in_park",)),
        "eco_red_line": (("in_eco_red_line",), ("moves",)),
        "eco_listed_action": (("in_eco_red_line", "moves"), ()),
        "small_in_park": (("small", "in_park"), ()),
        "strict_outside_park": (("strict",), ("in_park",)),
        "large_new_land": (("large", "new"), ()),
        "replacement_in_park": (("moves", "in_park"), ()),
    }
    made: dict[str, Formula] = {}
    for rule, (holds, fails) in written.items():
        made[rule] = _all(holds, tuple(f"{name}_may" for name in fails))
        made[f"{rule}_may"] = _all(tuple(f"{name}_may" for name in holds), fails)
    for group in INTENSITY:
        made[f"intensity_{group}"] = _all((group, "intensity_known"), (f"thick_{group}",))
        made[f"intensity_{group}_may"] = _thin_may(group)
    return made


def _all(holds: tuple[str, ...], fails: tuple[str, ...]) -> Formula:
    return lambda f: reduce(and_, (*(f(name) for name in holds), *(~f(name) for name in fails)))


def _thin_may(group: str) -> Formula:
    return lambda f: f(f"{group}_may") & ~(f("intensity_known") & f(f"thick_{group}"))


def _levels(ways: Mapping[int, Column]) -> Column:
    """Return the highest level whose column says yes."""
    return reduce(np.maximum, (held.view(np.uint8) * np.uint8(level) for level, held in ways.items()))


def _worst(f: Facts) -> Column:
    by_level: dict[int, Column] = {}
    for rule, outcome in RULES:
        level, may = OUTCOMES.index(outcome), f(f"{rule}_may")
        by_level[level] = by_level[level] | may if level in by_level else may
    return _levels(by_level).astype(np.int32)


def _best(f: Facts) -> Column:
    inside, outside = f("in_park_may"), ~f("in_park")
    # a side of the park that cannot be is above every level
    never_in, never_out = (~inside).view(np.uint8) * np.uint8(9), (~outside).view(np.uint8) * np.uint8(9)
    fixed = {PROHIBIT: f("negative_list"), RESTRICT: f("intensity_heavy"), NOTE: f("intensity_advanced")}
    out = _levels({RESTRICT: f("restricted"), REVIEW: f("strict")}) | never_out
    stays_in = _levels({RESTRICT: f("restricted"), REVIEW: f("small")}) | never_in
    moves_in = np.maximum(_levels({REVIEW: f("small")}), np.uint8(NOTE)) | never_in
    moving = _levels({**fixed, REVIEW: f("intensity_light") | f("in_eco_red_line")})
    moving = np.maximum(moving, np.minimum(moves_in, out))
    # what is within 1 km is within 3 km: where the kind is missing, the first decides for all three
    chemical = f("chemical") & f("near_1")
    by_river = np.where(f("tailings"), f("near_3"), chemical)
    staying = _levels(
        {
            PROHIBIT: f("negative_list") | f("in_eco_red_line") | by_river,
            RESTRICT: f("slow") | f("intensity_heavy"),
            REVIEW: f("intensity_light"),
            NOTE: f("intensity_advanced"),
        }
    )
    staying = np.maximum(staying, np.minimum(stays_in, out))
    new = np.maximum(staying, f("large").view(np.uint8) * np.uint8(REVIEW))
    # a new one is never better than an expanded one
    either = np.minimum(staying, moving)
    known = np.where(f("moves"), moving, np.where(f("new"), new, staying))
    return np.where(f("action") == len(ACTIONS), either, known).astype(np.int32)


def _verdict(f: Facts) -> Column:
    return np.where(f("best") == f("worst"), f("best"), np.int32(-1))


def _bits(held: Iterable[Column]) -> Column:
    """Bit i is column i; eight to a byte."""
    columns_ = [column.view(np.uint8) for column in held]
    bytes_ = [
        reduce(or_, (column << np.uint8(i) for i, column in enumerate(columns_[at : at + 8])))
        for at in range(0, len(columns_), 8)
    ]
    return reduce(or_, (part.astype(np.int32) << (8 * n) for n, part in enumerate(bytes_)))


def _fired(f: Facts) -> Column:
    return _bits(f(rule) for rule, _ in RULES)


def _missing(f: Facts) -> Column:
    return _bits(_not_given(f, fact) for fact in FACTS)


def _not_given(f: Facts, fact: str) -> Column:
    if fact in WORDS:
        return f(fact) == len(WORDS[fact])
    return f(fact) < 0 if fact in NUMBERS else f(f"{fact}_may") & ~f(fact)
