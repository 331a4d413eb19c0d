"""Blank distances are measured from coordinates to a layer, alike in a case and a register; stated ones stay and are compared."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner

from zhishu.data.region_words import RegionWords
from zhishu.data.space.layer import Layer, read_layer
from zhishu.errors import Problem, ZhishuError
from zhishu.judge.opinion import Opinion
from zhishu.study import Study
from zhishu.study.judging import judge_one, open_book, told
from zhishu.surfaces.cli.judge import command as judge
from zhishu.surfaces.register.run import Engine, Tally, judge_file
from zhishu.system.books.layers import Fitted, fit_layers
from zhishu.system.books.read import BookCase

ON = date(2022, 12, 31)
HEAD = "id,county,applied_on,kind,action,chemical,industry,river,distance,distance_error,lon,lat,crs,site_error"
PARK = "青神县,2022-01-01,园区,新建,重化工,3011"


def river(name: str, lat: float, **properties: object) -> dict[str, Any]:
    """Return a specimen line along a parallel."""
    points = [[103 + i * 0.05, lat] for i in range(41)]
    return {"properties": {"name": name, **properties}, "geometry": {"type": "LineString", "coordinates": points}}


def geojson() -> str:
    """Return a layer of specimens: a main stem, two tributaries, one of them cited nowhere, and a stream off the list."""
    features = [
        river("示例江", 30.0, kind="长江干流", cite="示例名录"),
        river("示例河", 30.5, kind="tributary", cite="示例名录"),
        river("示例溪", 30.52, line="centre", half_width_m=15),
        river("示例沟", 31.0, kind="tributary"),
        river("示例旧河", 30.2, kind="tributary", cite="示例名录", valid_to="2020-12-31"),
    ]
    crs = {"type": "name", "properties": {"name": "EPSG:4490"}}
    return json.dumps({"crs": crs, "source": "示例水系图", "error_m": 20, "line": "bank", "features": features})


@pytest.fixture(scope="module")
def layer() -> Layer:
    """Return the layer read."""
    return read_layer(geojson(), "rivers.geojson")


@pytest.fixture(scope="module")
def fitted(study: Study, layer: Layer) -> Mapping[str, Fitted]:
    """Return the layer as the siting book reads it."""
    return fit_layers(open_book(study, "siting", ON), {"rivers": layer})


def case(study: Study, fitted: Mapping[str, Fitted] | None, row: str) -> tuple[BookCase, Opinion]:
    """Judge one row as a form."""
    cells = dict(zip(HEAD.split(","), row.split(","), strict=True))
    return judge_one(study, open_book(study, "siting", ON), cells, fitted=fitted)


def refused(study: Study, fitted: Mapping[str, Fitted] | None, row: str) -> list[Problem]:
    """Return what a row is refused for."""
    with pytest.raises(ZhishuError) as caught:
        case(study, fitted, row)
    return list(caught.value.problems)


def register(
    study: Study, fitted: Mapping[str, Fitted] | None, folder: Path, rows: list[str], engine: Engine = "polars"
) -> tuple[Tally, pl.DataFrame, pl.DataFrame]:
    """Judge rows of a CSV; return the counts, the verdicts and what was measured."""
    source, out, kept = folder / "sites.csv", folder / "out.parquet", folder / "measured.csv"
    source.write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    words = RegionWords(study.data.regions, ON)
    book = open_book(study, "siting", ON)
    tally = judge_file(book, words, source, out, engine, size=3, fitted=fitted, measured=kept)
    return tally, pl.read_parquet(out), pl.read_csv(kept)


ROWS = [
    f"示例1,{PARK},,,,104.2,30.006,CGCS2000,10",
    f"示例2,{PARK},,,,104.2,30.009,CGCS2000,10",
    f"示例3,{PARK},,,,104.2,30.02,GCJ-02,10",
    f"示例4,{PARK},,,,104.2,30.504,CGCS2000,10",
    f"示例5,{PARK},,,,104.2,31.001,CGCS2000,10",
    f"示例6,{PARK},,,,104.2,30.204,CGCS2000,10",
    f"示例7,{PARK},支流在名录,,,104.2,30.504,CGCS2000,10".replace("支流在名录", "名录内支流"),
    f"示例8,{PARK},,,,104.2,30.006,CGCS2000,",
    f"示例9,{PARK},长江干流,0.65,0.1,104.2,30.006,CGCS2000,10",
    f"示例10,{PARK},长江干流,5,0.1,,,,",
    f"示例11,{PARK},,,,,,,",
    f"示例12,{PARK},,,,406500,3320000,EPSG:4544,50",
]


def test_what_is_measured_decides_as_if_it_were_stated(study: Study, fitted: Mapping[str, Fitted]) -> None:
    """Surely inside, on the line, surely outside; a listed line decides beside one off the list, which alone leaves it open."""
    said = {row.partition(",")[0]: case(study, fitted, row)[1] for row in ROWS}
    ban = {k: "heavy_park_ban" in o.fired for k, o in said.items()}
    may = {k: "heavy_park_ban" in o.open for k, o in said.items()}
    assert [k for k in ban if ban[k]] == ["示例1", "示例4", "示例7", "示例9", "示例12"]
    assert [k for k in may if may[k]] == ["示例2", "示例5", "示例8", "示例11"]


def test_each_row_is_measured_as_one_case_is(study: Study, fitted: Mapping[str, Fitted], tmp_path: Path) -> None:
    """Verdict, best, worst, rules and missing facts are those of the form, on polars and on DuckDB; lengths to the millimetre."""
    tally, found, kept = register(study, fitted, tmp_path, ROWS)
    assert tally.rows == len(ROWS) == len(found)
    lengths = {r["id"]: r for r in kept.to_dicts() if r["measured"] == "bank"}
    assert set(kept["measured"]) == {"bank", "bank.main_stem", "bank.tributary"}
    assert list(lengths) == [f"示例{i}" for i in (1, 2, 3, 4, 5, 6, 7, 8, 12)]
    for row, out in zip(ROWS, found.to_dicts(), strict=True):
        one, opinion = case(study, fitted, row)
        assert (out["verdict"], out["best"], out["worst"]) == (opinion.verdict, opinion.best, opinion.worst)
        assert out["fired"] == ";".join(opinion.fired)
        if out["id"] in lengths:
            assert float(one.values["distance"]) == lengths[out["id"]]["metres"]  # type: ignore[arg-type]  # it is measured
            assert lengths[out["id"]]["line"] in one.measured[0].zh
    there = register(study, fitted, tmp_path, ROWS, "duckdb")[1]
    assert there.sort("id").equals(found.sort("id").select(there.columns))


def test_the_source_of_a_measured_fact_is_told(study: Study, fitted: Mapping[str, Fitted]) -> None:
    """To which line, how well, from which coordinates, of which layer; in the contract and in both languages."""
    one, opinion = case(study, fitted, ROWS[2])
    said, main, tributary = told(open_book(study, "siting", ON), one, opinion)["measured"]  # type: ignore[misc]  # a list
    assert main["zh"].startswith("距长江干流岸线距离 2.5")
    assert "由坐标量到示例江，" in main["zh"]
    assert "measured from the coordinates to 示例河, " in tributary["en"]
    assert said["zh"].startswith("距岸线距离 2.5")
    for part in (
        "示例江（长江干流）",
        "误差 ±36 米",
        "GCJ-02 换算到 CGCS2000，误差 6 米",
        "rivers.geojson（示例水系图）",
    ):
        assert part in said["zh"]
    assert "measured from the coordinates to 示例江 (Yangtze main stem), ±36 m; coordinates in GCJ-02" in said["en"]


def test_what_cannot_be_measured_says_why(study: Study, fitted: Mapping[str, Fitted], tmp_path: Path) -> None:
    """No layer, no coordinates, an unknown position error, several kinds near: a reason, and no verdict made up."""
    assert case(study, None, ROWS[0])[0].values["distance"].reason == "no_layer"  # type: ignore[union-attr]  # unknown
    without = case(study, fitted, ROWS[10])[0]
    assert without.values["distance"].reason == "no_coordinates"  # type: ignore[union-attr]  # unknown
    assert [(p.code, p.where) for p in without.remarks] == [("measure-no-place", "case.lon,lat")]
    unsure = case(study, fitted, ROWS[7])[0]
    assert float(unsure.values["distance"]) > 600  # type: ignore[arg-type]  # it is measured
    assert unsure.values["distance_error"].detail == "位置误差"  # type: ignore[union-attr]  # unknown
    tally = register(study, fitted, tmp_path, ROWS)[0]
    assert (tally.remarked, tally.remarks[0].where) == (1, "sites.csv:12.lon,lat")


BAD = [
    ("104.2,,CGCS2000,10", "measure-half", "lat", "缺纬度"),
    ("30.2,104.2,CGCS2000,10", "space-swapped", "lon,lat", "写反了"),
    ("116.4,39.9,CGCS2000,10", "space-outside", "lon,lat", "在四川省范围之外"),
    ("104.2,30.2,,10", "space-no-crs", "crs", "没有写明坐标系"),
    ("104.2,30.2,北京某系,10", "space-crs", "crs", "不认识坐标系"),
    ("104.2,30.2,EPSG:4544,10", "space-not-metres", "lon,lat", "坐标却像度"),
    ("104.2,三十度,CGCS2000,10", "case-not-a-number", "lat", "不是数"),
]


@pytest.mark.parametrize(("cells", "code", "field", "said"), BAD)
def test_a_misplaced_site_is_refused(
    study: Study, fitted: Mapping[str, Fitted], tmp_path: Path, cells: str, code: str, field: str, said: str
) -> None:
    """With a layer or without: row, field and repair; the same words in a form and in a register; nothing is written."""
    row = f"示例甲,{PARK},,,,{cells}"
    for loaded in (None, fitted):
        problems = refused(study, loaded, row)
        assert (problems[0].code, problems[0].where) == (code, f"case.{field}")
        assert said in problems[0].what.zh
        with pytest.raises(ZhishuError) as caught:
            register(study, loaded, tmp_path, [ROWS[0], row])
        first = caught.value.problems[0]
        assert (first.code, first.where, first.what) == (code, f"sites.csv:3.{field}", problems[0].what)
        assert sorted(p.name for p in tmp_path.iterdir()) == ["sites.csv"]


def test_stated_and_measured_are_compared(study: Study, fitted: Mapping[str, Fitted]) -> None:
    """Apart beyond both errors: refused. Apart, but an error is not stated: said, and the stated fact stays."""
    (problem,) = refused(study, fitted, f"示例甲,{PARK},长江干流,5,0.1,104.2,30.006,CGCS2000,10")
    assert (problem.code, problem.where) == ("case-contradictory", "case.distance,lon,lat")
    assert "所填距岸线距离 5000 米，由坐标量得 665 ±30 米" in problem.what.zh
    one, _ = case(study, fitted, f"示例甲,{PARK},长江干流,5,,104.2,30.006,CGCS2000,10")
    assert [p.code for p in one.remarks] == ["measure-differs"]
    assert float(one.values["distance"]) == 5000.0  # type: ignore[arg-type]  # it is stated
    assert all("最近" not in t.zh and "距岸线距离" not in t.zh for t in one.measured)
    (problem,) = refused(study, fitted, f"示例甲,{PARK},,,0.001,104.2,30.006,CGCS2000,10")
    assert (problem.code, problem.where) == ("case-contradictory", "case.distance,distance_error")
    agreeing, _ = case(study, fitted, f"示例甲,{PARK},,0.66,0.05,104.2,30.006,CGCS2000,10")
    assert agreeing.values["river"] == "main_stem"


def test_a_layer_that_does_not_fit_is_refused(study: Study, layer: Layer) -> None:
    """A layer the book does not know, a kind that is no choice, no line in force; a kind without its list is a remark."""
    book = open_book(study, "siting", ON)
    assert [p.code for p in fit_layers(book, {"rivers": layer})["bank"].remarks] == ["layer-uncited"]
    odd = read_layer(geojson().replace("tributary", "运河"), "rivers.geojson")
    past = read_layer(
        geojson().replace('"cite"', '"valid_from": "2030-01-01", "cite"').replace("2020-12-31", "2031-12-31"),
        "r.geojson",
    )
    for layers, codes in (({"river": layer}, {"layer-unknown"}), ({"rivers": odd}, {"layer-kind"})):
        with pytest.raises(ZhishuError) as caught:
            fit_layers(book, layers)
        assert {p.code for p in caught.value.problems} == codes
    assert sorted(len(s) for s in fit_layers(book, {"rivers": past})["bank"].sets) == [2, 4, 5]


def test_the_command_measures_a_case_and_a_register(tmp_path: Path) -> None:
    """``--layer`` loads the lines, ``--measured`` keeps what was measured; a file that is not there is named."""
    layer, sites = tmp_path / "rivers.geojson", tmp_path / "sites.csv"
    layer.write_text(geojson(), encoding="utf-8")
    sites.write_text("\n".join((HEAD, *ROWS)) + "\n", encoding="utf-8")
    facts = dict(zip(HEAD.split(","), ROWS[0].split(","), strict=True))
    given = [a for k, v in facts.items() if v for a in ("--fact", f"{k}={v}")]
    one = CliRunner().invoke(judge, ["siting", *given, "--layer", f"rivers={layer}", "--on", "2022-12-31"])
    assert "由坐标量到示例江" in one.output
    out, kept = tmp_path / "out.csv", tmp_path / "kept.parquet"
    asked = [str(sites), "--layer", f"rivers={layer}", "-o", str(out), "--measured", str(kept), "--on", "2022-12-31"]
    said = CliRunner().invoke(judge, ["siting", *asked])
    assert said.exit_code == 0, said.output
    assert "measure-no-place" in said.output
    assert len(pl.read_parquet(kept).filter(pl.col("measured") == "bank")) == 9
    missing = CliRunner().invoke(judge, ["siting", *given, "--layer", "rivers=没有.geojson"])
    assert isinstance(missing.exception, ZhishuError)
    assert missing.exception.problems[0].code == "layer-missing"
