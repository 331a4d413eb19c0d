"""Distances kind by kind and on each case's own day: two rivers near are both seen, and a line counts while it is in force."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.shipped import SHIPPED

from zhishu.data.region_words import RegionWords
from zhishu.data.space.layer import read_layer
from zhishu.errors import ZhishuError
from zhishu.judge.opinion import Opinion
from zhishu.judge.ruleset import RuleSet
from zhishu.pack.compile_book import beside, compile_book
from zhishu.pack.lines import read_yaml
from zhishu.study import Study
from zhishu.study.judging import judge_one, open_book, ready
from zhishu.surfaces.register.run import Engine, Tally, judge_file
from zhishu.system.books.layers import Fitted, fit_layers
from zhishu.system.books.read import BookCase

ON = date(2022, 12, 31)
ADOPTED = {"controlled": "提议"}
"""The codes of the industries are a proposal and count where they are adopted."""
SITE = {
    "kind": "project", "action": "new", "chemical": "none", "industry": "3011", "in_red_line": "否",
    "land_approved": "100", "land_supplied": "70", "crs": "CGCS2000", "site_error": "10", "county": "青神县",
}  # fmt: skip
HEAVY = {**SITE, "kind": "park", "chemical": "heavy"}
POND = {**SITE, "kind": "tailings"}


def river(name: str, lat: float, **properties: object) -> dict[str, Any]:
    """Return a specimen line along a parallel."""
    points = [[103 + i * 0.05, lat] for i in range(41)]
    return {"properties": {"name": name, **properties}, "geometry": {"type": "LineString", "coordinates": points}}


def fitted(rules: RuleSet, *lines: dict[str, Any]) -> Mapping[str, Fitted]:
    """Return a layer of lines as a book reads it."""
    crs = {"type": "name", "properties": {"name": "EPSG:4490"}}
    text = json.dumps({"crs": crs, "error_m": 20, "line": "bank", "features": lines})
    return fit_layers(rules, {"rivers": read_layer(text, "rivers.geojson")})


MAIN = {"kind": "main_stem", "cite": "示例名录"}
LISTED = {"kind": "tributary", "cite": "示例名录"}
NEAR = (river("示例江", 30.0, **MAIN), river("示例河", 30.03, **LISTED), river("示例溪", 30.002))
"""The main stem, a tributary 3.3 km north of it, and a stream off the list 220 m north of it."""
DATED = (
    river("示例江", 30.0, **MAIN),
    river("示例河", 30.1, **LISTED, valid_from="2019-01-01", valid_to="2020-12-31"),
    river("示例沟", 30.5, **LISTED),
)


def judged(study: Study, layer: Mapping[str, Fitted] | None, **facts: str) -> tuple[BookCase, Opinion]:
    """Judge one site by the siting book."""
    return judge_one(study, open_book(study, "siting", ON, ADOPTED), {"id": "示例甲", **facts}, fitted=layer)


def register(
    study: Study, layer: Mapping[str, Fitted], folder: Path, rows: list[dict[str, str]], engine: Engine = "polars"
) -> tuple[Tally, pl.DataFrame]:
    """Judge sites as a register."""
    source, out = folder / "sites.csv", folder / "out.parquet"
    pl.from_dicts(rows, infer_schema_length=None).write_csv(source)
    tally = judge_file(
        open_book(study, "siting", ON, ADOPTED),
        RegionWords(study.data.regions, ON),
        source,
        out,
        engine,
        size=25,
        fitted=layer,
    )
    return tally, pl.read_parquet(out)


def test_a_listed_river_decides_beside_one_off_the_list(study: Study) -> None:
    """The stream is the nearest; the main stem is within one kilometre all the same, and away from both nothing is open."""
    layer = fitted(open_book(study, "siting", ON, ADOPTED), *NEAR)
    day = {"applied_on": "2022-01-01", "lon": "104.2"}
    case, opinion = judged(study, layer, **HEAVY, **day, lat="30.0021")
    assert case.values["river"] == "off_list"
    assert opinion.verdict == "forbidden"
    assert "heavy_park_ban" in opinion.fired
    assert judged(study, layer, **HEAVY, **day, lat="30.015")[1].verdict == "free"
    case, opinion = judged(study, layer, **POND, **day, lat="30.024")
    assert case.values["river"] == "tributary"
    assert set(opinion.fired) == {"law_tailings_main", "law_tailings_tributary"}
    assert judged(study, layer, **POND, **day, lat="30.042")[1].verdict == "free"


def test_only_what_is_truly_open_stays_open(study: Study) -> None:
    """A stream off the list alone in the strip; kinds as near as each other, where only the far one's limit is in doubt."""
    rules = open_book(study, "siting", ON, ADOPTED)
    day = {"applied_on": "2022-01-01", "lon": "104.2"}
    alone = fitted(rules, NEAR[0], river("示例溪", 30.1))
    opinion = judged(study, alone, **HEAVY, **day, lat="30.101")[1]
    assert (opinion.possible, opinion.open) == (("free", "forbidden"), ("heavy_park_ban", "law_chemical_ban"))
    layer = fitted(rules, river("示例江", 30.0, **MAIN), river("示例河", 30.036, **LISTED))
    case, opinion = judged(study, layer, **POND, **day, lat="30.018")
    assert (case.values["river"], opinion.verdict, opinion.fired) == ("several", "forbidden", ("law_tailings_main",))
    between = fitted(rules, NEAR[0], river("示例河", 30.04, **LISTED), river("示例溪", 30.0405))
    case, opinion = judged(study, between, **POND, **day, lat="30.0285")
    assert (case.values["river"], opinion.verdict) == ("several", "free")


def test_a_stated_nearest_river_leaves_open_what_it_does_not_tell(study: Study) -> None:
    """A tributary 2 km off says nothing of the main stem within 3 km: it is asked for; the answer settles it."""
    near = {"applied_on": "2022-01-01", "river": "tributary", "distance": "2", "distance_error": "0.1"}
    opinion = judged(study, None, **POND, **near)[1]
    assert (opinion.possible, opinion.open) == (("free", "forbidden"), ("law_tailings_main",))
    assert opinion.missing == ("main_distance", "main_error")
    near |= {"main_error": "0.1"}
    assert judged(study, None, **POND, **near, main_distance="2.5")[1].verdict == "forbidden"
    assert judged(study, None, **POND, **near, main_distance="9")[1].verdict == "free"
    far = {**near, "distance": "5"}
    assert judged(study, None, **POND, **far)[1].verdict == "free"


def test_a_stated_kind_is_compared(study: Study) -> None:
    """Another listed kind is surely nearer: refused. A line off the list may be it after all: said, and nothing measured."""
    layer = fitted(open_book(study, "siting", ON, ADOPTED), *NEAR)
    day = {"applied_on": "2022-01-01", "lon": "104.2"}
    with pytest.raises(ZhishuError) as caught:
        judged(study, layer, **HEAVY, **day, lat="30.03", river="main_stem")
    (problem,) = caught.value.problems
    assert (problem.code, problem.where) == ("case-contradictory", "case.river,lon,lat")
    assert "最近的是示例河（名录内支流）" in problem.what.zh
    case, opinion = judged(study, layer, **HEAVY, **day, lat="30.0022", river="tributary")
    assert [p.code for p in case.remarks] == ["measure-differs"]
    assert opinion.possible == ("free", "forbidden")


@pytest.mark.parametrize(
    ("day", "river_", "away"),
    [("2018-12-31", "main_stem", 11.1), ("2019-01-01", "tributary", 0.1), ("2020-12-31", "tributary", 0.1), ("2021-01-01", "main_stem", 11.1)],
)  # fmt: skip
def test_lines_count_on_the_day_of_the_case(study: Study, day: str, river_: str, away: float) -> None:
    """Both days of a line are included; the day asked has no say."""
    layer = fitted(open_book(study, "siting", ON, ADOPTED), *DATED)
    case, _ = judged(study, layer, **HEAVY, applied_on=day, lon="104.2", lat="30.101")
    assert case.values["river"] == river_
    assert float(case.values["distance"]) / 1000 == pytest.approx(away, abs=0.2)  # type: ignore[arg-type]  # measured


def test_a_case_without_its_day(study: Study) -> None:
    """Where the lines of every day give the same it is measured; else it is unknown, says why, and no day is made up."""
    layer = fitted(open_book(study, "siting", ON, ADOPTED), *DATED)
    case, opinion = judged(study, layer, **HEAVY, lon="104.2", lat="30.101")
    assert case.values["distance"].reason == "no_day"  # type: ignore[union-attr]  # unknown
    assert [(p.code, p.where) for p in case.remarks] == [("measure-no-day", "case.applied_on")]
    assert "申请日期" in case.remarks[0].what.zh
    assert opinion.verdict == "undetermined"
    case, _ = judged(study, layer, **HEAVY, lon="104.2", lat="30.501")
    assert case.remarks == ()
    assert case.values["river"] == "tributary"
    young = fitted(open_book(study, "siting", ON, ADOPTED), river("示例江", 30.0, **MAIN, valid_from="2020-01-01"))
    case, _ = judged(study, young, **HEAVY, applied_on="2019-12-31", lon="104.2", lat="30.001")
    assert case.values["distance"].reason == "none_in_force"  # type: ignore[union-attr]  # unknown
    assert [p.code for p in case.remarks] == ["measure-none-in-force"]
    case, _ = judged(study, young, **HEAVY, applied_on="2020-01-01", lon="104.2", lat="30.001")
    assert case.values["tributary_distance"].reason == "no_line"  # type: ignore[union-attr]  # unknown


def test_each_row_of_a_register_on_its_own_day(study: Study, tmp_path: Path) -> None:
    """Days before, in and after the validity of a line, and none: verdicts are those of single cases on every engine."""
    layer = fitted(open_book(study, "siting", ON, ADOPTED), *DATED, *NEAR[2:])
    days = ("2018-12-31", "2019-01-01", "2020-12-31", "2021-01-01", "2022-06-30", "")
    rows = [
        {"id": f"示例{i}{j}{k}", **base, "applied_on": day, "lon": "104.2" if lat else "", "lat": lat}
        for i, day in enumerate(days)
        for j, lat in enumerate(("30.101", "30.001", "30.505", "30.02", ""))
        for k, base in enumerate((HEAVY, POND))
    ]
    tally, found = register(study, layer, tmp_path, rows)
    for row, out in zip(rows, found.to_dicts(), strict=True):
        _, opinion = judged(study, layer, **row)
        assert (out["verdict"], out["best"], out["worst"]) == (opinion.verdict, opinion.best, opinion.worst), row
        assert (out["fired"], out["open"]) == (";".join(opinion.fired), ";".join(opinion.open)), row
    assert len(set(found["verdict"])) == 3
    assert {p.code for p in tally.remarks} == {"measure-no-place", "measure-no-day"}
    there = register(study, layer, tmp_path, rows, "duckdb")[1]
    assert there.sort("id").equals(found.sort("id").select(there.columns))


def test_a_book_without_kinds_of_its_own_keeps_one_distance(study: Study) -> None:
    """With one distance for all kinds, two kinds near leave the kind open; limits beyond what is kept in view are refused."""
    path = SHIPPED / "rules" / "siting" / "book.yaml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("    each:\n"), text.index("    unlisted: off_list\n")
    one = text[:start] + text[end:].replace("    several: several\n", "    apart: 3 公里\n")
    book, problems = compile_book(read_yaml(one, "book.yaml"), one, beside(path.parent))
    assert book is not None
    assert not problems
    rules = ready(book, ON, ADOPTED)
    cells = {"id": "示例甲", **HEAVY, "applied_on": "2022-01-01", "lon": "104.2", "lat": "30.0021"}
    case, _ = judge_one(study, rules, cells, fitted=fitted(rules, *NEAR))
    assert case.values["river"].reason == "several_lines"  # type: ignore[union-attr]  # unknown
    with pytest.raises(ZhishuError) as caught:
        fitted(ready(book, ON, {"strip": "5 公里"}), *NEAR)
    assert [p.code for p in caught.value.problems] == ["book-measured-apart"]


@settings(max_examples=25, deadline=None)
@given(
    lines=st.lists(
        st.tuples(st.integers(-40, 40), st.sampled_from(["main_stem", "tributary", ""]), st.sampled_from([20, 300, 900])),
        min_size=1, max_size=4,
    ),
    pond=st.booleans(),
)  # fmt: skip
def test_a_verdict_holds_wherever_the_lines_truly_lie(
    study: Study, lines: list[tuple[int, str, int]], pond: bool
) -> None:
    """Sure verdicts agree with every place the lines may have within their errors; what those agree on is not left open."""
    layer = fitted(
        open_book(study, "siting", ON, ADOPTED),
        *(
            river(f"示例{i}", 30 + off / 1000, error_m=error, **({"kind": kind, "cite": "示例名录"} if kind else {}))
            for i, (off, kind, error) in enumerate(lines)
        ),
    )
    base = POND if pond else HEAVY
    opinion = judged(study, layer, **base, applied_on="2022-01-01", lon="104.2", lat="30.0")[1]
    spans = [(abs(off) * 110.85 - error - 10, abs(off) * 110.85 + error + 10, kind) for off, kind, error in lines]
    slack = 3.0
    listed = (
        {"main_stem": 3000.0, "tributary": 1000.0, "": 1000.0}
        if pond
        else dict.fromkeys(("main_stem", "tributary", ""), 1000.0)
    )
    if any(abs(v - listed[k]) < slack for low, high, k in spans for v in (low, high)):
        return
    surely = any(high <= listed[k] for _, high, k in spans if k)
    maybe = any(low <= listed[k] for low, _, k in spans)
    missing = {"main_stem", "tributary"} - {k for _, _, k in spans}
    if surely:
        assert opinion.verdict == "forbidden"
    elif maybe:
        assert opinion.possible == ("free", "forbidden")
    elif not missing:
        assert opinion.verdict == "free"
    else:
        assert "free" in opinion.possible
