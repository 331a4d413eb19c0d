"""Whether a verdict stands when its newest figure is revised by one step or another method judges."""

from datetime import date
from fractions import Fraction

from watch_samples import RULES, evidence, line, target

from zhishu.study import Study
from zhishu.study.figures import evidence as gathered
from zhishu.study.figures import grid
from zhishu.watch.sturdy import Sturdy, sturdy

NOW = date(2026, 11, 23)


def of(study: Study, key: str, on: date) -> Sturdy:
    """Return how sturdy the verdict of a shipped target is on a day."""
    t = study.pack.targets[key]
    return sturdy(t, gathered(study, t, grid(study, on)), on, RULES)


def test_the_missed_share_stays_missed(study: Study) -> None:
    """53.2 % would still lie below the band, and the ratio method says the same."""
    found = of(study, "service-share-55", NOW)
    assert found == Sturdy("missed", "missed", "missed", "missed")
    assert {verdict for _, verdict in found.rows()} == {"missed"}


def test_the_verdict_of_2020_hung_on_one_point(study: Study) -> None:
    """One point more in 2019 would have read on track, one less far behind."""
    found = of(study, "service-share-55", date(2020, 12, 31))
    assert (found.verdict, found.lower, found.higher) == ("behind", "far_behind", "on_track")
    assert [verdict for _, verdict in found.rows()][:2] == ["far_behind", "on_track"]


def test_the_spending_share_hangs_on_one_point(study: Study) -> None:
    """65.74 + 1 lies outside 64–66: undecided would become missed."""
    assert (
        of(study, "livelihood-spending-share", NOW).higher,
        of(study, "livelihood-spending-share", NOW).verdict,
    ) == ("missed", "undecided")


def test_a_stock_of_zero_stays_zero(study: Study) -> None:
    """One per cent of nothing is nothing; nothing known stays undecided."""
    assert [verdict for _, verdict in of(study, "poverty-headcount-171", NOW).rows()] == ["met", "met"]
    assert of(study, "five-g-full-coverage", NOW) == Sturdy("undecided", "undecided", "undecided", None)


def test_a_method_that_disagrees_is_named() -> None:
    """The last year was too slow for what is left, the way since adoption as a whole was fast enough."""
    t = target(value=Fraction(20))
    found = sturdy(t, evidence(*line(2018, 4, 4, 8, 13)), date(2022, 6, 1), RULES)
    assert (found.verdict, found.ratio_method) == ("behind", "on_track")
    assert [text.en for text, verdict in found.rows() if verdict != found.verdict][-1:] == [
        "by the ratio of yearly growth rates"
    ]
