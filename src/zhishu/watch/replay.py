"""What was said on earlier days, scored against what came: forecasts by their intervals, verdicts by the end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import comb
from typing import Literal

from zhishu.logic import Unknown
from zhishu.terms import Text
from zhishu.watch.forecast import LEVEL, MODELS, Forecast, Model, forecast
from zhishu.watch.judgement import Judgement
from zhishu.watch.points import Point, runs

DOUBT = Fraction(1, 20)
GOOD = ("met", "on_track")
BAD = ("behind", "far_behind", "missed")


@dataclass(frozen=True, slots=True)
class Trial:
    """One forecast made on a day and what the year brought, both in base units of one comparable run."""

    made_on: date
    forecast: Forecast
    actual: Point

    @property
    def inside(self) -> bool:
        """Whether the interval held what came."""
        return self.forecast.low <= float(self.actual.value) <= self.forecast.high

    @property
    def ahead(self) -> int:
        """How many years lay between the last point and the year forecast."""
        return self.forecast.year - self.forecast.points[-1].year


def replay_forecasts(
    vintages: Iterable[Point], days: Sequence[date], model: Model = "drift", level: Fraction = LEVEL, ahead: int = 3
) -> tuple[Trial, ...]:
    """Return the forecasts of a series as they would have been made, each with what came.

    ``vintages`` holds every vintage of the series; a day sees what was known by then and is scored by the
    newest. A day that brought nothing new makes no new trial, and a forecast is never scored in another run.
    """
    actual = [p for p in vintages if not p.planned]
    came = runs(actual)
    seen: set[tuple[Point, ...]] = set()
    trials: list[Trial] = []
    for day in sorted(days):
        for run, window in runs(p for p in actual if p.known_on <= day).items():
            if window in seen:
                continue
            seen.add(window)
            later = [p for p in came[run] if window[-1].year < p.year <= window[-1].year + ahead]
            for point in later:
                made = forecast(window, point.year, model, level)
                if isinstance(made, Forecast):
                    trials.append(Trial(day, made, point))
    return tuple(trials)


@dataclass(frozen=True, slots=True)
class Calibration:
    """How often a model's intervals held what came, against how often they claim to.

    ``finding``: calibrated, too_narrow or too_wide by a one-sided binomial test at 1 in 20. Trials of one
    series overlap, so the test is generous to the finding, not proof of it. Unknown without trials.
    """

    model: Model
    level: Fraction
    trials: int
    inside: int
    finding: Literal["calibrated", "too_narrow", "too_wide"] | Unknown

    @property
    def share(self) -> Fraction | Unknown:
        """Share of the trials inside."""
        return Fraction(self.inside, self.trials) if self.trials else Unknown("empty")

    def say(self) -> Text:
        """Return the calibration in words."""
        name, percent = MODELS[self.model], round(float(self.level) * 100)
        return Text(
            f"{name.zh}：{percent}% 区间在 {self.trials} 次回放中包住 {self.inside} 次",
            f"{name.en}: the {percent} % interval held {self.inside} of {self.trials} replayed outcomes",
        )


def calibrate(trials: Sequence[Trial]) -> tuple[Calibration, ...]:
    """Return the calibration of each model and level among the trials."""
    groups: dict[tuple[Model, Fraction], list[Trial]] = {}
    for trial in trials:
        groups.setdefault((trial.forecast.model, trial.forecast.level), []).append(trial)
    return tuple(
        Calibration(model, level, len(held), k, _finding(k, len(held), level))
        for (model, level), held in sorted(groups.items())
        for k in [sum(t.inside for t in held)]
    )


def _finding(k: int, n: int, level: Fraction) -> Literal["calibrated", "too_narrow", "too_wide"] | Unknown:
    if n == 0:
        return Unknown("empty")
    chance = [comb(n, i) * level**i * (1 - level) ** (n - i) for i in range(n + 1)]
    if sum(chance[: k + 1]) < DOUBT:
        return "too_narrow"
    return "too_wide" if sum(chance[k:]) < DOUBT else "calibrated"


@dataclass(frozen=True, slots=True)
class Replayed:
    """A verdict of an earlier day against the final one; ``same_run`` tells whether the basis held."""

    on: date
    verdict: str
    score: Literal["right", "wrong", "open"]
    same_run: bool

    def say(self) -> Text:
        """Return the score in words."""
        words = {
            "right": Text("与结果一致", "as it came"),
            "wrong": Text("与结果相反", "not as it came"),
            "open": Text("当时或最后没有判定", "nothing was decided then or in the end"),
        }[self.score]
        if self.same_run or self.score == "open":
            return words
        return Text(f"{words.zh}，其间换过口径", f"{words.en}; the basis changed in between")


def replay_verdicts(earlier: Sequence[tuple[date, Judgement]], final: Judgement) -> tuple[Replayed, ...]:
    """Return the verdicts of earlier days, each scored by the final verdict.

    On track or met is right where the target was met, behind or missed where it was missed; an undecided
    verdict, then or in the end, scores nothing.
    """
    ended = {p.run for p in final.points}
    found = []
    for on, j in sorted(earlier, key=lambda item: item[0]):
        score: Literal["right", "wrong", "open"] = "open"
        if final.verdict in ("met", "missed") and j.verdict in (*GOOD, *BAD):
            score = "right" if (j.verdict in GOOD) == (final.verdict == "met") else "wrong"
        found.append(Replayed(on, j.verdict, score, {p.run for p in j.points} <= ended))
    return tuple(found)
