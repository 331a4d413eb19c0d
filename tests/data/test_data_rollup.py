"""Sums over regions: only what adds up, in one run, with every part, none twice."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.data import Data, Observation, Panel, Rolled, parts, roll_up
from zhishu.errors import ZhishuError
from zhishu.logic import Unknown

PARTITION = [f"zone:{z}" for z in ("chengdu", "around_chengdu", "chuannan", "chuandongbei", "panxi", "chuanxibei")]
END_2020 = date(2020, 12, 31)


def rolled(data: Data, series: str, wholes: list[str], year: str, panel: Panel | None = None) -> Rolled:
    """Return a sum that must be known."""
    found = roll_up(panel or data.panel, data.regions, data.series[series], wholes, year)
    assert isinstance(found, Rolled), found
    return found


def unknown(data: Data, series: str, wholes: list[str], year: str, panel: Panel | None = None, **more: str) -> Unknown:
    """Return a sum that must be unknown."""
    found = roll_up(panel or data.panel, data.regions, data.series[series], wholes, year, **more)
    assert isinstance(found, Unknown), found
    return found


def test_prefectures_against_the_province_in_2018(data: Data) -> None:
    """The 21 sum to 41,904 亿元, more than the province’s own 40,678: both stand, neither is bent."""
    total = rolled(data, "gdp", ["510000"], "2018")
    (own,) = (o for o in data.panel.latest("gdp", "510000") if o.period == "2018")
    assert (round(total.value), round(own.value)) == (41904, 40678)
    assert (len(total.inputs), total.run) == (21, "gdp-2010-2018")


@pytest.mark.parametrize(
    ("zone", "year"),
    [(z, "2020") for z in ("chengdu_plain", "around_chengdu", "chuannan", "chuandongbei", "panxi", "chuanxibei")]
    + [(z, "2021") for z in ("chengdu_plain", "around_chengdu", "chuannan", "chuandongbei")],
)
def test_zones_sum_to_their_official_figure(data: Data, zone: str, year: str) -> None:
    """The prefectures of a zone sum to the zone’s own published GDP within 0.1 %."""
    (official,) = (o for o in data.panel.latest("gdp_official", f"zone:{zone}") if o.period == year)
    total = rolled(data, "gdp", [f"zone:{zone}"], year)
    assert abs(total.value / official.value - 1) < Fraction(1, 1000)


def test_the_partition_is_the_province(data: Data) -> None:
    """Six zones together are the 21 prefectures, to the last digit."""
    assert rolled(data, "gdp", PARTITION, "2021").value == rolled(data, "gdp", ["510000"], "2021").value


@settings(max_examples=60)
@given(st.lists(st.sampled_from([*PARTITION, "zone:chengdu_plain", "510100", "510300", "512000"]), min_size=1))
def test_nothing_is_counted_twice(data: Data, wholes: list[str]) -> None:
    """Whatever groupings are asked for, each prefecture counts once, in any order."""
    codes = parts(data.regions, wholes, "prefecture", END_2020)
    assert len(set(codes)) == len(codes)
    assert codes == parts(data.regions, list(reversed(wholes + wholes)), "prefecture", END_2020)


def test_overlapping_groupings(data: Data) -> None:
    """The plain, its ring and Chengdu together are the plain."""
    plain = rolled(data, "gdp", ["zone:chengdu_plain"], "2020")
    assert rolled(data, "gdp", ["zone:chengdu_plain", "zone:around_chengdu", "510100"], "2020") == plain


def test_counties_sum_to_prefectures_and_province(data: Data) -> None:
    """183 counties sum to the same urban population as the 21 prefectures of 2018."""
    by_county = roll_up(data.panel, data.regions, data.series["pop_resident_urban"], ["510000"], "2018", level="county")
    assert isinstance(by_county, Rolled)
    assert len(by_county.inputs) == 183
    assert abs(by_county.value - rolled(data, "pop_resident_urban", ["510000"], "2018").value) < 1


@pytest.mark.parametrize("year", [str(y) for y in range(2014, 2022)])
def test_counties_follow_their_codes_through_the_years(data: Data, year: str) -> None:
    """Every year finds its 183 counties under the codes of that year."""
    assert len(rolled(data, "pop_resident_rural", ["510000"], year).inputs) == 183


def test_a_ratio_does_not_add_up(data: Data) -> None:
    """Every series that is not declared to sum is refused, with the way out."""
    for series in data.series.values():
        if series.region_agg != "sum":
            with pytest.raises(ZhishuError, match="rollup-not-additive"):
                roll_up(data.panel, data.regions, series, ["510000"], "2018")


def test_missing_parts_are_named(data: Data) -> None:
    """2023 population lacks exactly the three autonomous prefectures: no sum, and they are named."""
    lacking = unknown(data, "pop_resident_yearend", ["510000"], "2023")
    assert lacking.reason == "missing"
    assert lacking.detail.endswith("513200 513300 513400")


def test_a_long_list_of_missing_parts_is_counted(data: Data) -> None:
    """With most counties missing the list is cut and its length told."""
    assert unknown(data, "poverty_exit_county", ["510000"], "2017").detail.endswith("… (168)")


def without(panel: Panel, *drop: Observation) -> list[Observation]:
    """Return the observations but a few."""
    return [o for o in panel.observations if o not in drop]


def test_two_runs_are_never_added(data: Data) -> None:
    """If one part has the year in another run only, the sum is unknown across the break."""
    (one,) = (o for o in data.panel.latest("gdp", "510300") if o.period == "2020")
    mixed = Panel.of([*without(data.panel, one), replace(one, run="gdp-other")])
    assert unknown(data, "gdp", ["510000"], "2020", mixed).reason == "break"
    assert unknown(data, "gdp", ["510000"], "2020", mixed, run="gdp-2019-2022").detail == "gdp 2020: 510300"


def test_the_newest_common_run_is_taken(data: Data) -> None:
    """A run that only some parts have is left aside for the one that all have."""
    (one,) = (o for o in data.panel.latest("gdp", "510300") if o.period == "2020")
    newer = replace(one, run="gdp-2023", value=one.value + 1, published=date(2024, 3, 1), earliest=date(2024, 3, 1))
    more = Panel.of([*data.panel.observations, newer])
    assert rolled(data, "gdp", ["510000"], "2020", more) == rolled(data, "gdp", ["510000"], "2020")


def test_sources_that_disagree_are_not_added(data: Data) -> None:
    """Two figures of one day for one part: the sum is unknown and names both rows."""
    (one,) = (o for o in data.panel.latest("gdp", "510300") if o.period == "2020")
    other = replace(one, value=one.value + 1, source="another", ref="x.csv:9")
    torn = unknown(data, "gdp", ["510000"], "2020", Panel.of([*data.panel.observations, other]))
    assert torn.reason == "conflict"
    assert one.ref in torn.detail
    assert "x.csv:9" in torn.detail


def test_another_unit_is_not_added(data: Data) -> None:
    """A part in another unit is never added as if it were in the declared one."""
    (one,) = (o for o in data.panel.latest("gdp", "510300") if o.period == "2020")
    odd = Panel.of([*without(data.panel, one), replace(one, unit="万元", value=one.value * 10000)])
    assert "万元" in unknown(data, "gdp", ["510000"], "2020", odd).detail


def test_plans_do_not_count(data: Data) -> None:
    """A planned part is a missing part."""
    (one,) = (o for o in data.panel.latest("gdp", "510300") if o.period == "2020")
    planned = Panel.of([*without(data.panel, one), replace(one, status="planned")])
    assert unknown(data, "gdp", ["510000"], "2020", planned).reason == "missing"


def test_no_level_below(data: Data) -> None:
    """A series without figures below a place has nothing to sum there."""
    with pytest.raises(ZhishuError, match="rollup-no-level"):
        roll_up(data.panel, data.regions, data.series["gdp"], ["510100"], "2020")


def test_counties_before_the_lineage(data: Data) -> None:
    """Before 2014 nobody can say which counties there were."""
    assert unknown(data, "pop_resident_rural", ["510000"], "2013").reason == "missing"


def test_confidence_is_the_weakest(data: Data) -> None:
    """A sum is no surer than its weakest part."""
    assert rolled(data, "pop_resident_urban", ["510100"], "2014").confidence == "low"


@pytest.mark.parametrize("wholes", [["510199"], ["zone:nowhere"], ["512081"]])
def test_unknown_and_retired_wholes_are_refused(data: Data, wholes: list[str]) -> None:
    """A sum over a place that does not exist then is refused."""
    with pytest.raises(ZhishuError):
        roll_up(data.panel, data.regions, data.series["gdp"], wholes, "2020")
