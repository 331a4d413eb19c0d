"""Measuring: exact values, breaks unknown, the weakest grade, nothing from the future."""

from datetime import date
from fractions import Fraction

import pytest

from zhishu.errors import ZhishuError
from zhishu.logic import Unknown
from zhishu.measure import measure
from zhishu.study import Study
from zhishu.study.explain import explain
from zhishu.study.figures import grid
from zhishu.study.readings import readings

NOW = date(2026, 11, 23)


def one(study: Study, name: str, region: str, year: int, on: date = NOW) -> object:
    """Return one value."""
    return measure(grid(study, on), name, [region], [year])[0].value


def test_services_share_of_2022_is_exact(study: Study) -> None:
    """29,628.4 / 56,749.8, as a fraction."""
    assert one(study, "services_share_exact", "510000", 2022) == Fraction(296284, 567498)


def test_growth_across_a_break_is_unknown(study: Study) -> None:
    """2018 and 2019 stand in two runs."""
    found = one(study, "gdp_nominal_growth", "510000", 2019)
    assert isinstance(found, Unknown)
    assert found.reason == "break"
    assert isinstance(one(study, "gdp_nominal_growth", "510000", 2018), Fraction)


def test_four_of_five_years_are_unknown(study: Study) -> None:
    """A window with fewer years than asked is unknown with its count."""
    found = one(study, "gdp_three_year_mean", "510000", 2025)
    assert isinstance(found, Unknown)
    assert found.reason == "short_window"


def test_conflicting_sources_are_not_settled_silently(study: Study) -> None:
    """1,874 and 1,863 km of high-speed rail are both kept; the value is unknown."""
    found = one(study, "hsr_operating_length", "510000", 2023)
    assert isinstance(found, Unknown)
    assert found.reason == "conflict"


def test_nothing_is_known_before_it_was_public(study: Study) -> None:
    """The share of 2022 does not exist on the last day of 2022."""
    assert isinstance(one(study, "services_share_exact", "510000", 2022, date(2022, 12, 31)), Unknown)


def test_shares_of_the_province_sum_to_one_in_the_later_run(study: Study) -> None:
    """In 2022 the 21 prefectures make the province within 0.1 %."""
    _, found = readings(study, "gdp_share", [], "prefecture", ["2022"], NOW)
    total = sum(r.value for r in found if isinstance(r.value, Fraction))
    assert len(found) == 21
    assert abs(total - 1) < Fraction(1, 1000)


def test_a_derived_figure_is_never_above_its_weakest_input(study: Study) -> None:
    """Grades go down, never up."""
    order = ("none", "low", "medium", "high")
    for r in measure(grid(study, NOW), "services_share_exact", ["510000", "510100"], range(2010, 2023)):
        if r.known:
            assert order.index(r.confidence) == min(order.index(o.confidence) for o in r.inputs)


def test_every_number_opens_to_its_rows_and_its_sentence(study: Study) -> None:
    """The trace names both rows, the formula, the declaration and the anchor."""
    trace = explain(study, "services_share_exact/510000/2022", NOW)
    assert trace.formula == "va_tertiary / gdp"
    assert [s.observation.series for s in trace.sources] == ["va_tertiary", "gdp"]
    assert trace.cite is not None
    assert trace.cite.at == "10.2"
    assert trace.used_by == ("service-share-55",)


@pytest.mark.parametrize(
    ("ref", "code"),
    [
        ("gdp", "why-ref"),
        ("gpd/510000/2022", "why-unknown"),
        ("gdp/999999/2022", "region-unknown"),
        ("gdp/510000/1999", "period-outside"),
    ],
)
def test_wrong_references_say_what_is_wrong(study: Study, ref: str, code: str) -> None:
    """A wrong reference is a problem with its repair."""
    with pytest.raises(ZhishuError) as caught:
        explain(study, ref, NOW)
    assert caught.value.problems[0].code == code


def test_at_least_twenty_indicators_have_figures(study: Study) -> None:
    """Each declared indicator measures something real."""
    assert len(study.pack.indicators) >= 20
    for name in study.pack.indicators:
        _, found = readings(study, name, [], None, [], NOW)
        assert any(r.known for r in found), name
