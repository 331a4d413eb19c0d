"""Forecasts and verdicts of earlier days are scored against what came, inside one run, by what was known then."""

from datetime import date
from fractions import Fraction

import pytest
from watch_samples import line, point

from zhishu.logic import Unknown
from zhishu.study import Study
from zhishu.study.figures import point as of_observation
from zhishu.study.targets import judge_target
from zhishu.watch import Judgement
from zhishu.watch.forecast import Forecast
from zhishu.watch.judgement import REASONS
from zhishu.watch.replay import calibrate, replay_forecasts, replay_verdicts

DAYS = [date(y, 12, 31) for y in range(2005, 2027)]


def judged(verdict: str, run: str = "r") -> Judgement:
    """Return a bare judgement on one run."""
    return Judgement(verdict, "pace", REASONS["pace"], "level", points=(point(2020, 1, run),))


def test_a_day_sees_only_what_was_known() -> None:
    """Five points and one more: the forecast of the sixth rests on five, that of the fifth on four."""
    trials = replay_forecasts(line(2010, 10, 12, 11, 14, 15, 17), DAYS, ahead=1)
    assert [(t.made_on.year, t.forecast.points[-1].year, t.actual.year) for t in trials] == [
        (2014, 2013, 2014),
        (2015, 2014, 2015),
    ]
    assert all(p.known_on <= t.made_on for t in trials for p in t.forecast.points)
    assert [t.ahead for t in trials] == [1, 1]


def test_a_day_without_news_makes_no_trial() -> None:
    """Asking every month does not multiply the evidence."""
    points = line(2010, 10, 12, 11, 14, 15, 17)
    months = [date(y, m, 1) for y in range(2011, 2020) for m in range(1, 13)]
    assert len(replay_forecasts(points, months)) == len(replay_forecasts(points, DAYS))


def test_a_forecast_is_not_scored_in_another_run() -> None:
    """Four points, then a new basis: nothing came that could be compared."""
    points = (*line(2010, 10, 12, 11, 14), *line(2014, 20, 21, run="new"))
    assert replay_forecasts(points, DAYS) == ()


def test_a_revision_is_a_new_forecast_and_scored_by_the_newest_vintage() -> None:
    """A revised figure known later changes neither the earlier forecast nor its input, only its score."""
    first = line(2010, 10, 12, 11, 14)
    later = (point(2014, 15), point(2014, 40, known=date(2016, 1, 1)))
    trials = replay_forecasts((*first, *later), DAYS, ahead=1)
    assert [(t.made_on.year, t.actual.value) for t in trials] == [(2014, Fraction(40))]
    assert not trials[0].inside


def test_planned_figures_are_neither_input_nor_outcome() -> None:
    """A plan is no figure to learn from and none to be scored by."""
    assert replay_forecasts((*line(2010, 10, 12, 11, 14), point(2014, 15, planned=True)), DAYS) == ()


def test_calibration_is_counted_and_tested() -> None:
    """0 of 12 at 80 % is too narrow, 10 of 12 fits; without trials there is no row."""
    assert calibrate(()) == ()
    wild = replay_forecasts(
        line(2000, 1, 2, 3, *(Fraction(4) ** k for k in range(2, 14))),
        [date(y, 12, 31) for y in range(2000, 2020)],
        "trend",
        ahead=1,
    )
    (found,) = calibrate(wild)
    assert (found.inside, found.finding) == (0, "too_narrow")
    assert found.share == 0
    assert f"{found.trials} 次回放" in found.say().zh
    mild = replay_forecasts(line(2010, 10, 12, 11, 14, 15, 17, 16, 19), DAYS, "drift")
    assert calibrate(mild)[0].finding == "calibrated"


def test_verdicts_are_scored_by_the_end() -> None:
    """On track before a miss is wrong, behind is right, undecided scores nothing, a change of basis is told."""
    early = [
        (date(2020, 12, 31), judged("behind")),
        (date(2018, 12, 31), judged("on_track", "old")),
        (date(2019, 12, 31), judged("undecided")),
    ]
    found = replay_verdicts(early, judged("missed"))
    assert [(r.on.year, r.score, r.same_run) for r in found] == [
        (2018, "wrong", False),
        (2019, "open", True),
        (2020, "right", True),
    ]
    assert "口径" in found[0].say().zh
    assert [r.score for r in replay_verdicts(early, judged("undecided"))] == ["open"] * 3


def test_the_services_share_replayed(study: Study) -> None:
    """On track in 2018 was wrong and on another basis; behind in 2020 was right."""
    days = [date(2018, 12, 31), date(2020, 12, 31)]
    final = judge_target(study, "service-share-55", date(2026, 11, 23))
    found = replay_verdicts([(d, judge_target(study, "service-share-55", d)) for d in days], final)
    assert [(r.verdict, r.score, r.same_run) for r in found] == [
        ("on_track", "wrong", False),
        ("behind", "right", True),
    ]


def test_the_default_model_is_the_better_calibrated_one(study: Study) -> None:
    """Over every provincial series shipped, the drift intervals hold more often than the trend intervals."""
    panel = study.data.panel
    shares = {}
    for model in ("trend", "drift"):
        trials = []
        for name in panel.series():
            vintages = [of_observation(o) for o in panel.points(name, "510000")]
            trials += replay_forecasts(vintages, DAYS, model)
        (found,) = calibrate(trials)
        if found.trials < 100:
            pytest.skip("too few trials in the shipped figures")
        assert not isinstance(found.share, Unknown)
        shares[model] = found.share
    assert shares["drift"] > shares["trend"]
    assert all(isinstance(t.forecast, Forecast) for t in trials)
