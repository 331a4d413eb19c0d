"""Scores: min-max over all units, no composite with a hole, ranks only in classes of five."""

from datetime import date
from fractions import Fraction

import pytest

from zhishu.errors import ZhishuError
from zhishu.logic import Unknown
from zhishu.pack.scheme import Dimension, Part, Scheme
from zhishu.pack.system import Cite
from zhishu.score import minmax, score
from zhishu.study import Study
from zhishu.study.scores import score_scheme, scores_json
from zhishu.terms import Text

WORDS = Text("甲", "a")


def scheme() -> Scheme:
    """Return two dimensions of one indicator each, 60 to 40."""
    parts = [
        Dimension(n, WORDS, Fraction(w, 100), Cite("1.9", "支撑"), (Part(n, Fraction(1), b),), ())
        for n, w, b in (("up", 60, "higher"), ("down", 40, "lower"))
    ]
    return Scheme("s", WORDS, Cite("1.9", "支撑"), "prefecture", "minmax", WORDS, tuple(parts), "t")


def test_minmax_names_who_set_the_scale() -> None:
    """Direction is applied after the scale, and equal values cannot be scaled."""
    scored, span = minmax({"a": Fraction(2), "b": Fraction(6), "c": Fraction(3)}, "lower")
    assert scored == {"a": 100, "b": 0, "c": 75}
    assert span is not None
    assert (span.low_unit, span.high_unit) == ("a", "b")
    assert isinstance(minmax({"a": Fraction(1), "b": Fraction(1)}, "higher")[0]["a"], Unknown)


def test_composite_is_the_weighted_mean_and_ranks_carry_intervals() -> None:
    """Contributions sum to the composite; a rank in a class of five is an interval."""
    units = {u: Fraction(i) for i, u in enumerate("abcde")}
    found = score(scheme(), {"up": units, "down": units}, dict.fromkeys(units, "g"))
    by_unit = {u.unit: u for u in found.units}
    assert by_unit["e"].composite == 60
    assert by_unit["a"].composite == 40
    assert by_unit["e"].rank == (1, 1)


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
    )  # type: ignore[attr-defined]


def test_unknown_scheme_gets_a_suggestion(study: Study) -> None:
    """A misspelt scheme is refused with the nearest name."""
    with pytest.raises(ZhishuError) as caught:
        score_scheme(study, "five_support", date(2026, 11, 23))
    assert "five_supports" in caught.value.problems[0].repair.en
