"""Forecasts of targets on a day, how earlier verdicts turned out, and how well intervals held so far."""

from collections.abc import Sequence
from datetime import date

from zhishu.logic import Unknown
from zhishu.measure import Grid
from zhishu.pack.target import Target
from zhishu.study.figures import evidence, point
from zhishu.study.open import Study
from zhishu.watch import Judgement
from zhishu.watch.forecast import Forecast, forecast_target
from zhishu.watch.replay import Calibration, Replayed, Trial, calibrate, replay_forecasts, replay_verdicts
from zhishu.watch.rules import RULES


def target_forecast(study: Study, target: Target, known: Grid, on: date) -> Forecast | Unknown:
    """Return the forecast of a target as it would have been made on a day, or why there is none."""
    return forecast_target(target, evidence(study, target, known), on, RULES)


def calibration(study: Study, on: date) -> tuple[Calibration, ...]:
    """Return how often intervals of earlier days held what came, over all provincial series known on a day."""
    panel = study.data.panel.as_of(on)
    days = [date(y, 12, 31) for y in range(study.pack.header.first_year, on.year + 1)]
    trials: list[Trial] = []
    for series in panel.series():
        trials += replay_forecasts([point(o) for o in panel.points(series, study.pack.header.home)], days)
    return calibrate(trials)


def scored(earlier: Sequence[tuple[date, Judgement]], final: Judgement) -> dict[date, Replayed]:
    """Return how the verdict of each earlier day turned out."""
    return {r.on: r for r in replay_verdicts(earlier, final)}


def forecast_json(found: Forecast | Unknown, unit: str) -> dict[str, object]:
    """Return the contract form of a forecast."""
    if isinstance(found, Unknown):
        return {"unknown": found.reason, "detail": found.detail}
    chance = found.probability
    return {
        "model": found.model,
        "year": found.year,
        "say": found.say(unit).to_json(),
        "probability": chance if isinstance(chance, float) else None,
    }
