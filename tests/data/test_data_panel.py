"""The panel: vintages kept, asked as of a date, compared within a run only."""

import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.data import Data, Observation, Panel, growth, load_data
from zhishu.errors import ZhishuError
from zhishu.logic import Unknown

DAYS = st.dates(date(2010, 1, 1), date(2027, 12, 31))


def at(data: Data, series: str, region: str, year: str) -> tuple[Observation, ...]:
    """Return the latest figures of one year."""
    return tuple(o for o in data.panel.latest(series, region) if o.period == year)


@settings(max_examples=40)
@given(DAYS, DAYS)
def test_a_later_day_never_knows_less(data: Data, a: date, b: date) -> None:
    """What was known on a day is known on every later day."""
    early, late = sorted((a, b))
    then, now = data.panel.as_of(early), data.panel.as_of(late)
    assert set(then.observations) <= set(now.observations)
    assert now.as_of(early) == then


@settings(max_examples=20)
@given(st.integers(0, 10**6), DAYS)
def test_the_order_of_rows_does_not_matter(data: Data, seed: int, on: date) -> None:
    """A panel of shuffled rows is the same panel."""
    rows = list(data.panel.observations)
    Random(seed).shuffle(rows)
    assert Panel.of(rows).as_of(on).observations == data.panel.as_of(on).observations


def test_hsr_2023_keeps_both_reports(data: Data) -> None:
    """1,874 and 1,863 km became known on one day from two reports: neither replaces the other."""
    assert {o.value for o in at(data, "hsr_operating_length", "510000", "2023")} == {1874, 1863}


def test_services_share_2019_is_revised_within_its_run(data: Data) -> None:
    """52.4 % was published first, 52.5 % a year later; both stay as vintages, the newer one is the latest."""
    points = [o for o in data.panel.points("services_share_official", "510000") if o.period == "2019"]
    assert [o.value for o in points] == [Fraction("52.4"), Fraction("52.5")]
    assert [o.value for o in at(data, "services_share_official", "510000", "2019")] == [Fraction("52.5")]
    before = data.panel.as_of(date(2020, 12, 31))
    (known,) = (o for o in before.latest("services_share_official", "510000") if o.period == "2019")
    assert known.value == Fraction("52.4")


def test_planned_figures_stand_apart(data: Data) -> None:
    """A plan is no actual figure: it shows only where plans are asked for."""
    assert data.panel.latest("base_stations_5g_target", "510000") == ()
    (plan,) = data.panel.latest("base_stations_5g_target", "510000", "planned")
    assert plan.value == 25


def test_growth_stops_at_a_break(data: Data) -> None:
    """GDP grows within a run; across 2018/19 its growth is unknown."""
    found = {y: at(data, "gdp", "510000", y)[0] for y in ("2017", "2018", "2019", "2020")}
    assert growth(found["2017"], found["2018"]) == found["2018"].value / found["2017"].value - 1
    across = growth(found["2018"], found["2019"])
    assert isinstance(across, Unknown)
    assert across.reason == "break"


def test_growth_from_zero_is_unknown(data: Data) -> None:
    """Nothing grows from zero."""
    (one,) = at(data, "gdp", "510000", "2018")
    assert growth(replace(one, value=Fraction(0)), one) == Unknown("divide_by_zero")


def test_known_on_is_stated_or_assumed(data: Data) -> None:
    """The stated date counts; without one the bound does, and says that it is assumed."""
    for o in data.panel.observations:
        assert o.assumed == (o.published is None)
        assert o.known_on == (o.published or o.earliest)
        assert o.earliest <= o.known_on


def test_every_ref_points_at_its_line(data: Data, pack: Path) -> None:
    """A figure names the file and line it stands on."""
    lines = {p.name: p.read_text(encoding="utf-8").splitlines() for p in (pack / "data").glob("*.csv")}
    for o in data.panel.observations:
        name, _, line = o.ref.partition(":")
        assert lines[name][int(line) - 1].startswith(f"{o.region},{o.period},{o.series},")


def test_the_frame_holds_every_value_exactly(data: Data) -> None:
    """The polars table has one row per observation and no rounded value."""
    frame = data.panel.frame()
    assert frame.height == len(data.panel.observations)
    assert [Fraction(v) for v in frame["value"]] == [o.value for o in data.panel.observations]
    assert frame["assumed"].sum() == sum(o.assumed for o in data.panel.observations)
    assert frame["ref"].to_list() == [o.ref for o in data.panel.observations]


def test_the_frame_of_few_rows(data: Data) -> None:
    """Negative values and an empty panel keep their form; a third is refused rather than rounded."""
    (one,) = at(data, "gdp", "510000", "2018")
    low = replace(one, value=Fraction("-0.05"))
    assert Panel.of([low]).frame()["value"].to_list() == [Decimal("-0.05")]
    assert Panel.of([]).frame().height == 0
    with pytest.raises(ZhishuError, match="panel-value-not-decimal"):
        Panel.of([replace(one, value=Fraction(1, 3))]).frame()


def test_the_pack_loads_quickly(pack: Path) -> None:
    """The tables load in a fraction of a second (the aim is 0.15 s; ten times that on a busy machine)."""
    best = 9.0
    for _ in range(3):
        start = time.perf_counter()
        load_data(pack)
        best = min(best, time.perf_counter() - start)
    assert best < 1.5


def test_the_import_is_light() -> None:
    """Importing the layer and loading a panel brings neither polars nor the readers of Word files."""
    code = "import sys, zhishu.data; print([m for m in ('polars', 'pydantic', 'zhishu.source') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
