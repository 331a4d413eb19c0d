"""The verbs over a province: 183 counties × 200 indicators × 20 years, from a loaded pack to verdicts."""

import time
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import groupby

import polars as pl
from clock import say
from generated import INDICATORS, YEARS, indicator_id

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.measure.wide import measure_wide
from zhishu.pack.scheme import Dimension, Part, Scheme
from zhishu.pack.system import Cite
from zhishu.pack.target import Target
from zhishu.score import score
from zhishu.study import Study
from zhishu.study.figures import grid
from zhishu.terms import Text
from zhishu.watch import Evidence, PaceRules, Point, watch
from zhishu.watch.judgement import Judgement

WORDS, CITE = Text("示例", "specimen"), Cite("1.1", "示例")
TODAY = date(2025, 6, 1)
NAMES = [indicator_id(k) for k in range(INDICATORS)]


def verbs(study: Study) -> None:
    """Measure every indicator, score every county on all of them, watch each of them in each county."""
    cells = grid(study, TODAY)
    start = time.perf_counter()
    found = measure_wide(cells, NAMES, YEARS)
    measured = time.perf_counter()
    counties = sorted(r.code for r in study.data.regions.level("county", TODAY))
    rows = found.filter(pl.col("region").is_in(counties))
    scores = score(_scheme(), _values(rows), dict.fromkeys(counties, "all"))
    scored = time.perf_counter()
    judged = sum(1 for _ in _watched(rows))
    watched = time.perf_counter()
    say(
        f"{len(counties)} counties × {INDICATORS} indicators × {len(YEARS)} years: measure {measured - start:.2f} s, "
        f"score {scored - measured:.2f} s ({len(scores.units)} units), watch {watched - scored:.2f} s "
        f"({judged} trajectories), in all {watched - start:.2f} s"
    )


def _values(rows: pl.DataFrame) -> dict[str, dict[str, Value]]:
    last = rows.filter(pl.col("period") == YEARS[-1])
    return {
        name: {
            region: Unknown(why) if value is None else Fraction(value)
            for region, value, why in zip(last["region"], last[name], last[f"{name}__why"], strict=True)
        }
        for name in NAMES
    }


def _scheme() -> Scheme:
    parts = tuple(Part(name, Fraction(1, INDICATORS), "higher") for name in NAMES)
    dimension = Dimension("d", WORDS, Fraction(1), CITE, parts, ())
    return Scheme("bench", WORDS, CITE, "county", "minmax", "arithmetic", WORDS, (dimension,), "bench")


def _watched(rows: pl.DataFrame) -> Iterator[Judgement]:
    """Yield the judgement of every indicator in every county, from all its years."""
    goal = Target(
        "bench", "bench", WORDS, CITE, "level", ">=", Fraction(1, 2), "1", None, None, date(2027, 12, 31),
        date(2018, 6, 30), False, ("x",), None, "baseline", (), (), (), None, (), "510000", WORDS, WORDS, (), (), (),
        "bench",
    )  # fmt: skip
    rules = PaceRules()
    public = {year: date(year + 1, 3, 1) for year in YEARS}
    for name in NAMES:
        cells = rows.select("region", "period", name, f"{name}__run").rows()
        for _, years in groupby(cells, key=lambda row: row[0]):
            points = tuple(
                Point(year, Fraction(value), False, run or "mixed", public[year], True, "low", ())
                for _, year, value, run in years
                if value is not None
            )
            yield watch(goal, Evidence({"x": points}), TODAY, rules)
