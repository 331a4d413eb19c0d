"""The pack's figures are the supplied ones, to the digit, and their traps stay visible."""

import csv
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.shipped import shipped

from zhishu.data import growth
from zhishu.errors import ZhishuError
from zhishu.logic import Unknown
from zhishu.study import Study
from zhishu.units import parse_unit

NOW = date(2026, 11, 23)
PANEL = shipped().data.panel
FILES = {
    "province_series.csv": None,
    "prefecture_panel.csv": None,
    "county_panel.csv": None,
}


@pytest.mark.parametrize("name", FILES)
def test_every_figure_equals_the_supplied_one(study: Study, shared: Path, name: str) -> None:
    """Nothing was changed on the way into our tables."""
    ours = Counter((o.region, o.period, o.series, o.value, o.run, o.status) for o in study.data.panel.observations)
    carried = {o.series for o in study.data.panel.observations}
    with (shared / "data" / name).open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            if row["indicator"] not in carried:
                continue
            region = "bureau:chengdu" if row["region_code"] == "bureau" else row["region_code"]
            key = (
                region,
                row["year"],
                row["indicator"],
                Fraction(row["value"]),
                row["comparable"],
                row["planned_or_actual"],
            )
            assert ours[key] >= 1, key


def test_counts_of_regions_and_the_partition_by_zones(study: Study) -> None:
    """1 province, 21 prefectures, 183 counties; the zones partition the 21, Chengdu apart."""
    regions = study.data.regions
    assert [len(regions.level(v, NOW)) for v in ("province", "prefecture", "county")] == [1, 21, 183]
    members = [c for z, (_, m, overlaps) in regions.zones.items() if not overlaps for c in m]
    assert len(members) == len(set(members)) == 21
    assert set(regions.zone_members("chengdu_plain")) == {
        *regions.zone_members("chengdu"),
        *regions.zone_members("around_chengdu"),
    }


def test_names_and_codes_resolve_by_date(study: Study) -> None:
    """简阳 is one code before 2016 and another after; a retired code names its successor."""
    regions = study.data.regions
    assert regions.resolve("简阳", date(2015, 6, 1)).code == "512081"
    assert regions.resolve("简阳", NOW).code == "510185"
    assert regions.resolve("Chengdu", NOW).code == "510100"
    assert regions.resolve("阿坝", NOW).code == "513200"
    for word, code in (("512081", "region-retired"), ("无此县", "region-unknown")):
        with pytest.raises(ZhishuError) as caught:
            regions.resolve(word, NOW)
        assert caught.value.problems[0].code == code


def test_territory_before_the_lineage_is_unknown_and_the_transfer_is_seen(study: Study) -> None:
    """成都 and 资阳 changed in 2016; before 2014 nobody says."""
    regions = study.data.regions
    assert isinstance(regions.same_territory("510100", date(2013, 1, 1), NOW), Unknown)
    assert regions.same_territory("510100", date(2015, 1, 1), NOW) is False
    assert regions.same_territory("512000", date(2015, 1, 1), NOW) is False
    assert regions.same_territory("510700", date(2015, 1, 1), NOW) is True


def test_known_traps(study: Study) -> None:
    """Vintages, conflicts, breaks and the excess of the prefectures before 2019 are all kept."""
    panel = study.data.panel
    assert [float(o.value) for o in panel.points("services_share_official", "510000") if o.period == "2019"] == [
        52.4,
        52.5,
    ]
    assert sorted(o.value for o in panel.latest("hsr_operating_length", "510000") if o.period == "2023") == [1863, 1874]
    a, b = (next(o for o in panel.points("gdp", "510000") if o.period == y) for y in ("2018", "2019"))
    assert isinstance(growth(a, b), Unknown)
    cities = [
        o.value
        for r in study.data.regions.level("prefecture", NOW)
        for o in panel.latest("gdp", r.code)
        if o.period == "2018"
    ]
    assert (len(cities), round(float(sum(cities)))) == (21, 41904)
    exits = Counter(o.period for o in panel.observations if o.series == "poverty_exit_county")
    assert exits == {"2016": 5, "2017": 15, "2018": 30, "2019": 31, "2020": 7}


@given(st.dates(date(2010, 1, 1), date(2027, 1, 1)), st.dates(date(2010, 1, 1), date(2027, 1, 1)))
@settings(max_examples=15, deadline=None)
def test_a_later_day_never_knows_less(a: date, b: date) -> None:
    """What is public stays public."""
    early, late = PANEL.as_of(min(a, b)), PANEL.as_of(max(a, b))
    assert {o.ref for o in early.observations} <= {o.ref for o in late.observations}


def test_units_of_all_series_are_known_and_match(study: Study) -> None:
    """Every figure stands in the unit its series declares."""
    for o in study.data.panel.observations:
        assert parse_unit(o.unit) == parse_unit(study.data.series[o.series].unit)
