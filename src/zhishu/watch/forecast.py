"""Forecasts inside one comparable run: a linear trend and a random walk with drift, with prediction intervals.

Floats are allowed here and nowhere else in watching: a forecast is no official figure. Results are rounded.
The drift model is the default because its intervals held more often when replayed (see ``replay``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import fsum, sqrt
from typing import Literal

from zhishu.logic import Unknown
from zhishu.pack.target import Target
from zhishu.terms import Text
from zhishu.units.said import figure_words, span_words
from zhishu.watch.level import band
from zhishu.watch.points import Evidence, Point
from zhishu.watch.rules import PaceRules, stale
from zhishu.watch.student import t_below, t_quantile
from zhishu.watch.window import newest_run

Model = Literal["trend", "drift"]
Goal = tuple[Fraction | None, Fraction | None]
MODELS: dict[Model, Text] = {
    "trend": Text("直线趋势", "linear trend"),
    "drift": Text("带漂移的随机游走", "random walk with drift"),
}
LEAST_POINTS = 4
LEVEL = Fraction(4, 5)
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a model expects of a year, in base units: middle, interval, and the probability of the goal.

    ``probability`` is that of lying inside ``goal``; unknown where the points leave no scatter to estimate,
    None where no goal was given.
    """

    model: Model
    year: int
    middle: float
    low: float
    high: float
    level: Fraction
    goal: Goal
    probability: float | Unknown | None
    points: tuple[Point, ...]

    def say(self, unit: str) -> Text:
        """Return the forecast in words, with the points it rests on."""
        first, last = self.points[0].year, self.points[-1].year
        middle, span = figure_words(_exact(self.middle), unit), span_words(_exact(self.low), _exact(self.high), unit)
        percent = round(float(self.level) * 100)
        tail = Text("", "")
        if isinstance(self.probability, float):
            chance, goal = round(self.probability * 100), _goal_words(self.goal, unit)
            tail = Text(f"；{goal.zh}的概率约 {chance}%", f"; about {chance} % for {goal.en}")
        elif isinstance(self.probability, Unknown):
            why = self.probability.say()
            tail = Text(f"；概率无法估计：{why.zh}", f"; no probability: {why.en}")
        name = MODELS[self.model]
        return Text(
            f"按 {first}—{last} 年 {len(self.points)} 个同口径的数，{name.zh}：{self.year} 年约 {middle.zh}，"
            f"{percent}% 预测区间 {span.zh}{tail.zh}",
            f"{name.en} through {len(self.points)} comparable figures of {first}–{last}: about {middle.en} in "
            f"{self.year}, {percent} % prediction interval {span.en}{tail.en}",
        )


def forecast(
    points: Sequence[Point], year: int, model: Model = "drift", level: Fraction = LEVEL, goal: Goal = (None, None)
) -> Forecast | Unknown:
    """Return the forecast of a later year from the actual points of one run (values in base units).

    Trend: least squares on the year, Student interval for a new observation with n − 2 degrees of freedom.
    Drift: mean yearly change, variance σ²h(1 + h/T) after h years from T years of steps, the same degrees.
    No natural limits (0, 100 %) are imposed. Unknown reasons: ``short_window`` below four points, ``break`` across
    runs, ``planned``, ``conflict`` for two figures of a year, ``domain`` for a year that is not later.
    """
    ordered = sorted(points, key=lambda p: (p.year, p.value))
    refused = _refused(ordered, year)
    if refused is not None:
        return refused
    years = [p.year for p in ordered]
    values = [float(p.value) for p in ordered]
    middle, error = _trend(years, values, year) if model == "trend" else _drift(years, values, year)
    degrees = len(ordered) - 2
    half = t_quantile(float(1 + level) / 2, degrees) * error
    return Forecast(
        model,
        year,
        round(middle, DIGITS),
        round(middle - half, DIGITS),
        round(middle + half, DIGITS),
        level,
        goal,
        _probability(goal, middle, error, degrees),
        tuple(ordered),
    )


def fan(
    points: Sequence[Point], until: int, model: Model = "drift", level: Fraction = LEVEL, goal: Goal = (None, None)
) -> tuple[Forecast, ...] | Unknown:
    """Return the forecasts of every year after the last point up to ``until``."""
    if not points:
        return Unknown("missing")
    found: list[Forecast] = []
    for year in range(max(p.year for p in points) + 1, until + 1):
        one = forecast(points, year, model, level, goal)
        if isinstance(one, Unknown):
            return one
        found.append(one)
    return tuple(found) if found else Unknown("domain", f"{until}")


def forecast_target(
    target: Target,
    evidence: Evidence,
    today: date,
    rules: PaceRules,
    model: Model = "drift",
    level: Fraction = LEVEL,
) -> Forecast | Unknown:
    """Return the forecast of a level target for its deadline year, from its newest comparable run.

    Unknown also where the target has another path or no deadline (``domain``), no value (``not_set``), or
    where the last point is stale on the day (``short_window``): an old run says nothing about today.
    """
    if target.path != "level" or target.by is None:
        return Unknown("domain", "level, by")
    if target.value is None:
        return Unknown("not_set", "value")
    points = newest_run(target, evidence)
    if not points:
        return Unknown("missing")
    last = points[-1].year
    if last < target.by.year and stale(last, today, rules):
        return Unknown("short_window", f"… {last}")
    return forecast(points, target.by.year, model, level, band(target))


def _goal_words(goal: Goal, unit: str) -> Text:
    low, high = goal
    if low is not None and high is not None:
        span = span_words(low, high, unit)
        return Text(f"在 {span.zh}之内", span.en)
    if low is not None:
        least = figure_words(low, unit)
        return Text(f"不低于 {least.zh}", f"at least {least.en}")
    if high is None:
        return Text("不限", "any value")
    most = figure_words(high, unit)
    return Text(f"不高于 {most.zh}", f"at most {most.en}")


def _exact(value: float) -> Fraction:
    return Fraction(str(value))


def _refused(points: list[Point], year: int) -> Unknown | None:
    if not points:
        return Unknown("missing")
    if any(p.planned for p in points):
        return Unknown("planned")
    found = sorted({p.run for p in points})
    if len(found) > 1:
        return Unknown("break", " | ".join(found))
    twice = [a.year for a, b in pairwise(points) if a.year == b.year]
    if twice:
        return Unknown("conflict", str(twice[0]))
    if len(points) < LEAST_POINTS:
        return Unknown("short_window", f"{len(points)} < {LEAST_POINTS}")
    if year <= points[-1].year:
        return Unknown("domain", f"{year} ≤ {points[-1].year}")
    return None


def _trend(years: list[int], values: list[float], year: int) -> tuple[float, float]:
    n = len(years)
    x0, y0 = fsum(years) / n, fsum(values) / n
    spread = fsum((x - x0) ** 2 for x in years)
    slope = fsum((x - x0) * (y - y0) for x, y in zip(years, values, strict=True)) / spread
    residual = fsum((y - y0 - slope * (x - x0)) ** 2 for x, y in zip(years, values, strict=True))
    error = sqrt(residual / (n - 2) * (1 + 1 / n + (year - x0) ** 2 / spread))
    return y0 + slope * (year - x0), error


def _drift(years: list[int], values: list[float], year: int) -> tuple[float, float]:
    window, ahead = years[-1] - years[0], year - years[-1]
    pace = (values[-1] - values[0]) / window
    steps = [(b - a, w - v) for (a, b), (v, w) in zip(pairwise(years), pairwise(values), strict=True)]
    variance = fsum((change - pace * gap) ** 2 / gap for gap, change in steps) / (len(steps) - 1)
    return values[-1] + pace * ahead, sqrt(variance * ahead * (1 + ahead / window))


def _probability(goal: Goal, middle: float, error: float, degrees: int) -> float | Unknown | None:
    low, high = goal
    if low is None and high is None:
        return None
    # Scatter below rounding of the inputs is no scatter: certainty would be an artefact.
    if error <= 1e-12 * max(1.0, abs(middle)):
        return Unknown("domain", "0")
    below = t_below((float(low) - middle) / error, degrees) if low is not None else 0.0
    upto = t_below((float(high) - middle) / error, degrees) if high is not None else 1.0
    return round(max(0.0, upto - below), 4)
