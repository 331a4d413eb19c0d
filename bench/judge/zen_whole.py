"""The whole work in zen-engine's own language: one compiled expression over a batch of rows, lists and tables beside them.

A comparison with null is an error there, so that words are numbers with one more for "not given" and −1 is a number, a
yes-no or a day that is not given; what surely holds has a name, what may hold the same with ``_may``. The list is laid out:
a map from each pair of industry and county to its spans of days. Rows are lists of numbers, in one text of JSON with the
tables: of what we tried (README.md) this is the fastest, and it is exact about best and worst as ``by_hand.py`` is.
"""

import json
from typing import Any

import numpy as np
import polars as pl
from facts import ACTIONS, COUNTIES, FACTS, INDUSTRIES, INTENSITY, KINDS, LARGE, OUTCOMES, RULES, SMALL, STRICT
from fisca_whole import GROUPS, NUMBERS, TRUTHS, WORDS
from listed import NEVER, PLACES, Spans, listed_days

NEW, EXPAND, MOVE, ANY_ACTION = range(len(ACTIONS) + 1)
PARK, PROJECT, TAILINGS, ANY_KIND = range(len(KINDS) + 1)
NO_INDUSTRY, NO_COUNTY = len(INDUSTRIES), len(COUNTIES)
UNNAMED = {"industry": NO_INDUSTRY, "county": NO_COUNTY, "action": ANY_ACTION, "kind": ANY_KIND}
"""The number of a word that is not given."""
KEY_OPEN = f"industry == {NO_INDUSTRY} or county == {NO_COUNTY} or applied_on < 0"
WITHIN = "applied_on >= #[0] and applied_on < #[1]"
STEPS = [
    f"stays = action < {MOVE}",
    f"stays_may = action != {MOVE}",
    f"moves = action == {MOVE}",
    f"moves_may = action >= {MOVE}",
    "g = groups[industry]",
    "m = groups_may[industry]",
    "strict = strict_at[county]",
    f"strict_may = strict or county == {NO_COUNTY}",
    "slow = land_approved > 0 and land_supplied >= 0 and 5 * land_supplied < 3 * land_approved",
    "slow_may = land_approved <= 0 or land_supplied < 0 or 5 * land_supplied < 3 * land_approved",
    "located = river_m >= 0 and tolerance_m >= 0",
    "near_3 = located and river_m + tolerance_m <= 3000",
    "near_3_may = not located or river_m - tolerance_m <= 3000",
    "chemical = g.chemical and located and river_m + tolerance_m <= 1000",
    "chemical_may = m.chemical and (not located or river_m - tolerance_m <= 1000)",
    "inside = in_park == 1",
    "inside_may = in_park != 0",
    "outside = in_park == 0",
    "outside_may = in_park != 1",
    "replaced = moves and inside",
    "replaced_may = moves_may and inside_may",
    "rated = area > 0 and invest >= 0",
    *(f"{group} = g.{group} and rated and invest < {line} * area" for group, line in INTENSITY.items()),
    *(f"{group}_may = m.{group} and (not rated or invest < {line} * area)" for group, line in INTENSITY.items()),
    f"small = invest >= 0 and invest < {SMALL}",
    f"small_may = invest < {SMALL}",
    f"large = area > {LARGE}",
    "large_may = large or area < 0",
    f"pair = string(industry * {PLACES} + county)",
    "spans = sure[pair]",
    f"listed = spans != null and some(spans, {WITHIN})",
    f"listed_may = listed or (({KEY_OPEN}) and (open = may[pair]; open != null and (applied_on < 0 or some(open, {WITHIN}))))",
]
"""What the rules read, in the order it is worked out."""
HELD = {
    "land_rate": ("slow and stays", "slow_may and stays_may"),
    "chemical_park_1km": (
        f"kind == {PARK} and chemical and stays",
        f"(kind == {PARK} or kind == {ANY_KIND}) and chemical_may and stays_may",
    ),
    "chemical_project_1km": (
        f"kind == {PROJECT} and chemical and stays",
        f"(kind == {PROJECT} or kind == {ANY_KIND}) and chemical_may and stays_may",
    ),
    "tailings_3km": (f"kind == {TAILINGS} and near_3 and stays", f"kind >= {TAILINGS} and near_3_may and stays_may"),
    "restricted_industry": ("g.restricted and not replaced_may", "m.restricted and not replaced"),
    "negative_list": ("listed", "listed_may"),
    "eco_red_line": ("in_eco_red_line == 1 and stays", "in_eco_red_line != 0 and stays_may"),
    "eco_listed_action": ("in_eco_red_line == 1 and moves", "in_eco_red_line != 0 and moves_may"),
    "intensity_heavy": ("heavy", "heavy_may"),
    "intensity_light": ("light", "light_may"),
    "intensity_advanced": ("advanced", "advanced_may"),
    "small_in_park": ("small and inside", "small_may and inside_may"),
    "strict_outside_park": ("strict and outside", "strict_may and outside_may"),
    "large_new_land": (
        f"large and action == {NEW}",
        f"large_may and (action == {NEW} or action == {ANY_ACTION})",
    ),
    "replacement_in_park": ("replaced", "replaced_may"),
}
"""When each rule surely fires, and when it may."""
BEST = [
    "by_river = kind == 2 ? near_3 : chemical",
    "out = outside_may ? (g.restricted ? 3 : strict ? 2 : 0) : 9",
    "in_ = inside_may ? (g.restricted ? 3 : small ? 2 : 0) : 9",
    "moves_in = inside_may ? (small ? 2 : 1) : 9",
    "fixed = listed or in_eco_red_line == 1 or by_river ? 4 : slow or heavy ? 3 : light ? 2 : advanced ? 1 : 0",
    "side = in_ < out ? in_ : out",
    "staying = fixed > side ? fixed : side",
    "fresh = large and staying < 2 ? 2 : staying",
    "fixed_ = listed ? 4 : heavy ? 3 : light or in_eco_red_line == 1 ? 2 : advanced ? 1 : 0",
    "side_ = moves_in < out ? moves_in : out",
    "moving = fixed_ > side_ ? fixed_ : side_",
    f"best = action == {NEW} ? fresh : action == {EXPAND} ? staying : action == {MOVE} ? moving : "
    "staying < moving ? staying : moving",
]
"""The best outcome over action, park and kind, as ``by_hand.py`` completes them."""


def _bits(held: list[str]) -> str:
    return " + ".join(f"({truth} ? {1 << i} : 0)" for i, truth in enumerate(held))


def not_given(fact: str) -> str:
    """Return whether a fact is not given."""
    return f"{fact} == {UNNAMED[fact]}" if fact in UNNAMED else f"{fact} < 0"


def expression() -> str:
    """Return the expression over ``rows``: for each verdict (−1 if open), best, worst, fired, missing."""
    by_level = {
        level: [f"({HELD[rule][1]})" for rule, outcome in RULES if outcome == OUTCOMES[level]] for level in (4, 3, 2, 1)
    }
    worst = " : ".join(f"{' or '.join(rules)} ? {level}" for level, rules in by_level.items())
    lacking = [not_given(fact) for fact in FACTS]
    steps = [
        *(f"{fact} = r[{place}]" for place, fact in enumerate(FACTS)),
        *STEPS,
        *BEST,
        f"worst = {worst} : 0",
        f"[best == worst ? best : -1, best, worst, {_bits([HELD[rule][0] for rule, _ in RULES])}, {_bits(lacking)}]",
    ]
    return f"map(rows as r, ({'; '.join(steps)}))"


def batch(frame: pl.DataFrame, negative: pl.DataFrame) -> bytes:
    """Return the rows and the tables the expression reads, as text of JSON."""
    days = listed_days(negative)
    tables = {"rows": numbered(frame).rows(), **by_word(), "sure": _spans(days.sure), "may": _spans(days.may)}
    return json.dumps(tables).encode()


def numbered(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the facts as numbers."""
    made = {n: pl.col(n).cast(pl.Enum(w)).to_physical().cast(pl.Int32).fill_null(len(w)) for n, w in WORDS.items()}
    made |= {n: pl.col(n).to_physical().cast(pl.Int32).fill_null(-1) for n in (*NUMBERS, *TRUTHS)}
    return frame.select(made[fact].alias(fact) for fact in FACTS)


def by_word() -> dict[str, list[Any]]:
    """Return what is known of each industry and county by its number."""
    known = [{g: code.startswith(p) for g, p in GROUPS.items()} for code in INDUSTRIES]
    return {
        "groups": [*known, dict.fromkeys(GROUPS, False)],
        "groups_may": [*known, dict.fromkeys(GROUPS, True)],
        "strict_at": [*(county in STRICT for county in COUNTIES), False],
    }


def _spans(layers: Spans) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = {}
    for begin, end in layers:
        for pair in np.flatnonzero((begin < NEVER).to_numpy()).tolist():
            found.setdefault(str(pair), []).append((begin[pair], end[pair]))
    return found
