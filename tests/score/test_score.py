"""Scores: min-max over all units, no composite with a hole, ranks only in classes of five."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from zhishu.errors import ZhishuError
from zhishu.logic import Unknown
from zhishu.pack.scheme import Dimension, Part, Scheme
from zhishu.pack.system import Cite
from zhishu.score import minmax, score
from zhishu.score.scales import span_of
from zhishu.study import Study
from zhishu.study.scores import changes, score_scheme, scores_json
from zhishu.terms import Text

WORDS = Text("甲", "a")


def scheme() -> Scheme:
    """Return two dimensions of one indicator each, 60 to 40."""
    parts = [
        Dimension(n, WORDS, Fraction(w, 100), Cite("1.9", "支撑"), (Part(n, Fraction(1), b),), ())
        for n, w, b in (("up", 60, "higher"), ("down", 40, "lower"))
    ]
    return Scheme("s", WORDS, Cite("1.9", "支撑"), "prefecture", "minmax", "arithmetic", WORDS, tuple(parts), "t")


def test_minmax_names_who_set_the_scale() -> None:
    """Direction is applied after the scale, and equal values cannot be scaled."""
    values = {"a": Fraction(2), "b": Fraction(6), "c": Fraction(3)}
    assert minmax(values, "lower") == {"a": 100, "b": 0, "c": 75}
    span = span_of(values)
    assert span is not None
    assert (span.low_unit, span.high_unit) == ("a", "b")
    assert isinstance(minmax({"a": Fraction(1), "b": Fraction(1)}, "higher")["a"], Unknown)


def test_composite_is_the_weighted_mean_and_ranks_carry_intervals() -> None:
    """Contributions sum to the composite; a rank in a class of five is an interval."""
    units = {u: Fraction(i) for i, u in enumerate("abcde")}
    found = score(scheme(), {"up": units, "down": units}, dict.fromkeys(units, "g"))
    by_unit = {u.unit: u for u in found.units}
    assert by_unit["e"].composite == 60
    assert by_unit["a"].composite == 40
    assert by_unit["e"].rank is not None
    # 60 and 40 moved by a quarter each can change places; one scale or another changes nothing here
    assert (by_unit["e"].rank.rank, by_unit["e"].rank.weights, by_unit["e"].rank.scale) == (1, (1, 5), (1, 1))
    # without the indicator that carries it, the first is the last
    assert by_unit["e"].rank.one_out == (1, 5)
    assert any("200" in v.zh for v in found.varies)


def test_a_missing_dimension_gives_no_composite_and_no_rank() -> None:
    """No weight is moved silently; a class with a hole, or of four, has no ranks."""
    units = {u: Fraction(i) for i, u in enumerate("abcde")}
    holed = {**units, "c": Unknown("missing")}
    found = score(scheme(), {"up": holed, "down": units}, dict.fromkeys(units, "g"))
    by_unit = {u.unit: u for u in found.units}
    assert isinstance(by_unit["c"].composite, Unknown)
    assert by_unit["a"].rank is None
    small = score(scheme(), {"up": units, "down": units}, {u: "g" if u != "e" else "h" for u in units})
    assert all(u.rank is None for u in small.units)


def test_five_supports_say_what_they_lack(study: Study) -> None:
    """Two supports have no figures: all 21 get sub-scores, none a composite."""
    found, years = score_scheme(study, "five_supports", date(2026, 11, 23))
    assert found.empty == ("infrastructure", "services")
    assert len(found.units) == 21
    assert all(isinstance(u.composite, Unknown) for u in found.units)
    assert years["urbanisation"] == 2021
    assert {e["dimension"] for e in scores_json(study, "five_supports", date(2026, 11, 23), None)["empty"]} == set(
        found.empty
    )


def test_unknown_scheme_gets_a_suggestion(study: Study) -> None:
    """A misspelt scheme is refused with the nearest name."""
    with pytest.raises(ZhishuError) as caught:
        score_scheme(study, "five_support", date(2026, 11, 23))
    assert "five_supports" in caught.value.problems[0].repair.en


def test_a_geometric_scheme_trades_no_zero_and_gives_no_rank() -> None:
    """The worst unit of a min-max scale has a zero: its composite is unknown, not zero; ranks are not given."""
    units = {u: Fraction(i) for i, u in enumerate("abcde")}
    found = score(replace(scheme(), aggregate="geometric"), {"up": units, "down": units}, dict.fromkeys(units, "g"))
    assert [isinstance(u.composite, Unknown) for u in found.units] == [True, False, False, False, True]
    assert all(u.rank is None and u.why_no_rank is not None for u in found.units)


def test_changes_never_cross_a_break(study: Study) -> None:
    """Urbanisation of 2021 is compared with 2020, the first year of the census basis, and not with 2019."""
    day = date(2026, 11, 23)
    _, years = score_scheme(study, "five_supports", day)
    found = {(c.unit, c.indicator): c for c in changes(study, "five_supports", day, years)}
    assert len(found) == 21 * len(years)
    mine = found["510100", "urbanisation"]
    assert (mine.since, mine.year) == (2020, 2021)
    assert mine.change is not None
    assert 0 < mine.change < Fraction(2, 100)
