"""The fifteen rules as an engineer would write them in Polars by hand: one lazy pass, exact about what is missing.

A comparison with a missing fact is null, and ``&`` and ``|`` of Polars are Kleene's; 0/0 and a line that lies within the
tolerance are null too. ``best`` is the best outcome that the missing facts still allow, ``worst`` the worst; the verdict
is null where the two differ. Facts read with both signs (action, kind, in_park) are completed: for each action apart, the
park and the kind do not meet in a rule, so that their least is taken by itself.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_

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
    LARGE,
    LIGHT,
    OUTCOMES,
    RESTRICTED,
    RULES,
    SMALL,
    STRICT,
)
from listed import PLACES, Listed, listed_days

NOTE, REVIEW, RESTRICT, PROHIBIT = range(1, 5)
GROUPS = {"chemical": CHEMICAL, "heavy": HEAVY, "light": LIGHT, "advanced": ADVANCED, "restricted": RESTRICTED}


def _place(name: str, words: tuple[str, ...]) -> pl.Expr:
    return pl.col(name).cast(pl.Enum(words)).to_physical().cast(pl.UInt32).fill_null(len(words))


def _near(line: int) -> pl.Expr:
    """Whether the river is within the line: null where the tolerance leaves it open."""
    river, tolerance = pl.col("river_m"), pl.col("tolerance_m")
    return pl.when(river + tolerance <= line).then(True).when(river - tolerance > line).then(False)


def _below(group: str) -> pl.Expr:
    """Whether the industry is of a group and invests less than its line for each 亩; null where the area is 0."""
    below = pl.when(pl.col("area") != 0).then(pl.col("invest") < INTENSITY[group] * pl.col("area"))
    return pl.col(group) & below


def _of(name: str, words: tuple[str, ...], prefixes: tuple[str, ...]) -> pl.Expr:
    """Whether a fact begins with one of the prefixes, looked up by its place; null if it is missing."""
    return pl.lit(pl.Series([*(word.startswith(prefixes) for word in words), None])).gather(pl.col(f"{name}_at"))


def _facts(listed: Listed) -> list[pl.Expr]:
    pair = pl.col("industry_at") * PLACES + pl.col("county_at")
    approved, supplied = pl.col("land_approved"), pl.col("land_supplied")
    return [
        listed.holds(pair, pl.col("applied_on").to_physical()).alias("listed"),
        *(_of("industry", INDUSTRIES, prefixes).alias(group) for group, prefixes in GROUPS.items()),
        _of("county", COUNTIES, STRICT).alias("strict"),
        pl.when(approved != 0).then(5 * supplied < 3 * approved).alias("slow"),
        _near(1000).alias("near_1"),
        _near(3000).alias("near_3"),
        (pl.col("action") == "move").alias("moves"),
        (pl.col("invest") < SMALL).alias("small"),
        (pl.col("area") > LARGE).alias("large"),
    ]


def _rules() -> dict[str, pl.Expr]:
    """Return whether each rule fires, null where that is open."""
    kind, moves, park = pl.col("kind"), pl.col("moves"), pl.col("in_park")
    chemical, eco = pl.col("chemical"), pl.col("in_eco_red_line")
    replaced = moves & park
    found = {
        "land_rate": pl.col("slow") & ~moves,
        "chemical_park_1km": (kind == "park") & chemical & pl.col("near_1") & ~moves,
        "chemical_project_1km": (kind == "project") & chemical & pl.col("near_1") & ~moves,
        "tailings_3km": (kind == "tailings") & pl.col("near_3") & ~moves,
        "restricted_industry": pl.col("restricted") & ~replaced,
        "negative_list": pl.col("listed"),
        "eco_red_line": eco & ~moves,
        "eco_listed_action": eco & moves,
        "intensity_heavy": _below("heavy"),
        "intensity_light": _below("light"),
        "intensity_advanced": _below("advanced"),
        "small_in_park": pl.col("small") & park,
        "strict_outside_park": pl.col("strict") & ~park,
        "large_new_land": pl.col("large") & (pl.col("action") == "new"),
        "replacement_in_park": replaced,
    }
    return found


def _worst() -> pl.Expr:
    """The worst outcome of the rules that may fire: each rule reads a fact once, so that this is exact."""
    found = pl.lit(0, pl.Int8)
    for level in range(1, len(OUTCOMES)):
        may = pl.any_horizontal(pl.col(rule) for rule, outcome in RULES if outcome == OUTCOMES[level])
        found = pl.when(may.fill_null(True)).then(pl.lit(level, pl.Int8)).otherwise(found)
    return found


def _level(*ways: tuple[int, pl.Expr]) -> pl.Expr:
    """The worst outcome that is sure; ways stand from worst to best, and null is not sure."""
    found = pl.lit(0, pl.Int8)
    for level, sure in reversed(ways):
        found = pl.when(sure).then(pl.lit(level, pl.Int8)).otherwise(found)
    return found


def _best_with(action: str) -> pl.Expr:
    """The best outcome if the action is this one, over both sides of the park and every kind."""
    moves = action == "move"
    eco, restricted, kind = pl.col("in_eco_red_line"), pl.col("restricted"), pl.col("kind")
    inside = _level(
        *([] if moves else [(RESTRICT, restricted)]),
        (REVIEW, pl.col("small")),
        *([(NOTE, pl.lit(True))] if moves else []),
    )
    outside = _level((RESTRICT, restricted), (REVIEW, pl.col("strict")))
    park = pl.col("in_park")
    either = pl.when(park).then(inside).when(~park).then(outside).otherwise(pl.min_horizontal(inside, outside))
    review = pl.col("intensity_light")
    if moves:
        fixed = _level(
            (PROHIBIT, pl.col("listed")),
            (RESTRICT, pl.col("intensity_heavy")),
            (REVIEW, review | eco),
            (NOTE, pl.col("intensity_advanced")),
        )
        return pl.max_horizontal(fixed, either)
    chemical = pl.col("chemical") & pl.col("near_1")
    # what is within 1 km is within 3 km: where the kind is missing, the first decides for all three
    by_river = pl.when(kind == "tailings").then(pl.col("near_3")).otherwise(chemical)
    fixed = _level(
        (PROHIBIT, pl.col("listed") | eco | by_river),
        (RESTRICT, pl.col("slow") | pl.col("intensity_heavy")),
        (REVIEW, (review | pl.col("large")) if action == "new" else review),
        (NOTE, pl.col("intensity_advanced")),
    )
    return pl.max_horizontal(fixed, either)


def _best() -> pl.Expr:
    found = [_best_with(action) for action in ACTIONS]
    least = pl.min_horizontal(found)
    for action, level in zip(ACTIONS, found, strict=True):
        least = pl.when(pl.col("action") == action).then(level).otherwise(least)
    return least


def _mask(truths: Iterable[pl.Expr]) -> pl.Expr:
    """Bit i is truth i."""
    return reduce(or_, (truth.cast(pl.UInt16) * (1 << i) for i, truth in enumerate(truths)))


def with_facts(frame: pl.LazyFrame, negative: pl.DataFrame) -> pl.LazyFrame:
    """Return the table with the derived facts that the rules read, null where unknown."""
    places = {"industry": INDUSTRIES, "county": COUNTIES}
    placed = frame.with_columns(_place(name, words).alias(f"{name}_at") for name, words in places.items())
    return placed.with_columns(_facts(listed_days(negative)))


def by_hand(frame: pl.LazyFrame, negative: pl.DataFrame) -> pl.LazyFrame:
    """Return id, verdict (null if open), best and worst allowed outcome, and masks of fired rules and missing facts."""
    levels = with_facts(frame, negative).with_columns(**_rules()).with_columns(best=_best(), worst=_worst())
    outcome = pl.Enum(OUTCOMES)
    fired = _mask(pl.col(rule).fill_null(False) for rule, _ in RULES)
    missing = _mask(pl.col(fact).is_null() for fact in FACTS)
    best, worst = (pl.col(c).cast(pl.UInt8).cat.to(outcome) for c in ("best", "worst"))
    verdict = pl.when(pl.col("best") == pl.col("worst")).then(best).alias("verdict")
    return levels.select("id", verdict, best, worst, fired.alias("fired"), missing.alias("missing"))
