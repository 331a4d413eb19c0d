"""Copy-check: every row of the pack's tables is a row of the shared ones, with everything it says."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from zhishu.data import Data, Observation
from zhishu.terms import weakest

Row = tuple[str, ...]

TABLES = {
    "province.csv": "province_series.csv",
    "prefecture.csv": "prefecture_panel.csv",
    "county.csv": "county_panel.csv",
    "zone.csv": "zone_series.csv",
    "poverty_counties.csv": "poverty_county_exits.csv",
}
# What the rights note leaves to the user's own file.
NOT_CARRIED = {
    *("avg_wage_employees", "deposits_yearend", "loans_yearend", "fdi_used", "road_area_per_capita", "co2_ceads"),
    *("gdp_other_vintage", "pop_resident_yearend_alt", "pop_registered_yearend"),
}
UNITS = {"ug/m3": "µg/m³"}  # one unit, the pack writes it with its sign
BASIS = {"current prices": "current", "constant": "constant", "index": "index", "n/a": ""}


def shared_rows(folder: Path, name: str) -> Iterator[Mapping[str, str]]:
    """Yield the rows of a shared table."""
    with (folder / "data" / name).open(encoding="utf-8-sig", newline="") as handle:
        yield from csv.DictReader(handle)


def supplied(data: Data, row: Mapping[str, str]) -> Row:
    """Return a shared row in the words of the pack."""
    region = row["region_code"]
    if region == "zone":
        region = next(f"zone:{z}" for z, (name, _, _) in data.regions.zones.items() if name.zh == row["region"])
    elif region == "bureau":
        region = "bureau:chengdu"
    value = row.get("value", "1")
    return (
        region,
        row["exit_year"] if "exit_year" in row else row["year"],
        row.get("indicator", "poverty_exit_county"),
        value.rstrip("0").rstrip(".") if "." in value else value,
        UNITS.get(row.get("unit", "个"), row.get("unit", "个")),
        *(BASIS[row["basis"]], row["comparable"], row["flow_or_stock"], row["planned_or_actual"]),
        *(row["published"], row["earliest_possible"], row["source"], row["confidence"], row["note"]),
    )


def carried(data: Data, pack: Path, name: str) -> Iterator[Row]:
    """Yield the rows of a pack table with the texts its source and note ids stand for."""
    with (pack / "data" / name).open(encoding="utf-8", newline="") as handle:
        for r in csv.DictReader(handle):
            value = r["value"].rstrip("0").rstrip(".") if "." in r["value"] else r["value"]
            yield (
                *(r["region"], r["period"], r["series"], value, r["unit"], r["basis"], r["run"], r["kind"]),
                *(r["status"], r["published"], r["earliest"], data.sources[r["source"]], r["confidence"]),
                data.notes[r["note"]] if r["note"] else "",
            )


@pytest.mark.parametrize(("ours", "theirs"), TABLES.items())
def test_the_pack_says_what_was_supplied(data: Data, pack: Path, shared: Path, ours: str, theirs: str) -> None:
    """Values, dates, runs, sources, grades and notes agree, row for row, none lost and none added."""
    held = {o.series for o in data.panel.observations}
    rows = (supplied(data, r) for r in shared_rows(shared, theirs))
    assert Counter(carried(data, pack, ours)) == Counter(r for r in rows if r[2] in held)


def test_series_not_to_be_carried_are_absent(data: Data, shared: Path) -> None:
    """The series that load from a user's file only have no figures and no row here; the others are all here."""
    supplied_series = {r["indicator"] for t in list(TABLES.values())[:4] for r in shared_rows(shared, t)}
    assert not NOT_CARRIED & set(data.series)
    assert supplied_series - set(data.panel.series()) <= NOT_CARRIED | {"pop_natural_growth"}


def test_regions_are_the_shared_ones(data: Data, shared: Path) -> None:
    """Every region of today has its shared code, names, level, parent and seat; the zones too."""
    zones = {"成都": "chengdu"} | {name.zh: z for z, (name, _, _) in data.regions.zones.items()}
    today = [r for r in data.regions.by_code.values() if r.valid_to is None and r.level != "nation"]
    rows = list(shared_rows(shared, "regions.csv"))
    assert {r["code"] for r in rows} == {r.code for r in today}
    for row in rows:
        region = data.regions.get(row["code"])
        assert (region.name.zh, region.name.en, region.level) == (row["name_zh"], row["name_en"], row["level"])
        assert (region.lon, region.lat) == (float(row["seat_lon_wgs84"]), float(row["seat_lat_wgs84"]))
        if row["level"] == "prefecture":
            assert data.regions.zone_of(row["code"]) == zones[row["zone"]]
        if row["level"] != "province":
            assert region.parent == row["parent"]


def test_retired_codes_are_the_shared_ones(data: Data, shared: Path) -> None:
    """A code stands for its first to its last year in the shared table of changes."""
    for row in shared_rows(shared, "county_code_changes_2014_2021.csv"):
        for code in row["codes"].split("/"):
            region = data.regions.get(code)
            assert region.name.zh == row["region"]
            if "/" not in row["codes"]:
                assert region.valid_from is None or str(region.valid_from.year) == row["y0"]
                assert region.valid_to is None or str(region.valid_to.year - 1) == row["y1"]


def test_counts_of_rows(data: Data) -> None:
    """300 rows of the province, 2,928 of counties, 15 of zones, 88 exits."""
    found = Counter(o.ref.partition(":")[0] for o in data.panel.observations)
    assert [found[t] for t in ("province.csv", "county.csv", "zone.csv", "poverty_counties.csv")] == [300, 2928, 15, 88]


def test_poor_counties_exit_once(data: Data) -> None:
    """88 counties lose the label, 5, 15, 30, 31 and 7 in 2016 to 2020; 68 from 2018 on, as the Decision has it."""
    exits = [o for o in data.panel.observations if o.series == "poverty_exit_county"]
    assert Counter(o.period for o in exits) == {"2016": 5, "2017": 15, "2018": 30, "2019": 31, "2020": 7}
    assert len({o.region for o in exits}) == 88
    by_year = {o.period: o.value for o in data.panel.latest("poverty_exit_counties", "510000")}
    assert by_year == Counter(o.period for o in exits)


def test_every_observation_fits_its_series_and_region(data: Data) -> None:
    """Unit, kind and price are the declared ones; the region is in force at the end of the period."""
    for o in data.panel.observations:
        series = data.series[o.series]
        assert (o.unit, o.kind, o.basis or "none") == (series.unit, series.kind, series.price), o.ref
        assert o.confidence == weakest((o.confidence, "high"))
        if not o.region.startswith(("zone:", "bureau:")):
            assert data.regions.get(o.region).level in series.levels, o.ref


def test_one_source_says_one_thing(data: Data) -> None:
    """Region, period, series, run, status and source name one row."""

    def key(o: Observation) -> Row:
        return (o.region, o.period, o.series, o.run, o.status, o.source, str(o.published))

    assert len({key(o) for o in data.panel.observations}) == len(data.panel.observations)


def test_series_without_figures_wait_for_a_target(data: Data) -> None:
    """A series nobody has loaded names the target that waits for it; one with figures names its agency."""
    held = set(data.panel.series())
    for series in data.series.values():
        assert (series.id in held) == (series.target is None), series.id
        assert (series.agency is not None) == (series.id in held), series.id
        if series.kind == "ratio":
            assert series.region_agg == "none", series.id


def test_county_table_stays_small(pack: Path) -> None:
    """The county table is below 400 KB."""
    assert (pack / "data" / "county.csv").stat().st_size < 400_000
