"""Registers from file to file: every row comes out, bad input is named with row and repair, and nothing is half written."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from zhishu.data.region_words import RegionWords
from zhishu.errors import ZhishuError
from zhishu.judge.columnar import kit
from zhishu.study import Study, open_study
from zhishu.study.judging import judge_one, open_book
from zhishu.study.open import PACKS
from zhishu.surfaces.cli.judge import command as judge
from zhishu.surfaces.cli.rules import command as rules
from zhishu.surfaces.register.engines import lacking
from zhishu.surfaces.register.run import Engine, Tally, judge_file

ON = date(2022, 12, 31)
ADOPTED = {"controlled": "提议"}
"""The codes of the industries are a proposal and count where they are adopted."""
HEAD = (
    "id,applied_on,kind,action,chemical,industry,river,distance,distance_error,in_red_line,land_approved,land_supplied"
)
GOOD = (
    "示例1,2022-01-01,园区,新建,重化工,2511,长江干流,0.5,0.05,否,100,70",
    "示例2,2022-01-01,项目,新建,非化工,1910,名录内支流,5,0.1,否,500,400",
    "示例3,2022-01-01,项目,新建,非化工,3011,名录内支流,5,0.1,否,500,299",
    "示例4,2022-01-01,园区,新建,重化工,3011,长江干流,0.9,1 公里,否,100,70",
    "示例5,2022-01-01,项目,改建,非化工,,,,,,,",
)


@pytest.fixture(scope="module")
def study() -> Study:
    """Return the shipped study."""
    return open_study()


def run(
    study, folder: Path, rows: tuple[str, ...], engine: Engine = "polars", head: str = HEAD
) -> tuple[Tally, pl.DataFrame]:
    """Judge rows of a CSV and return what came out."""
    source, out = folder / "register.csv", folder / "verdicts.parquet"
    source.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    tally = judge_file(
        open_book(study, "siting", ON, ADOPTED), RegionWords(study.data.regions, ON), source, out, engine, size=2
    )
    return tally, pl.read_parquet(out)


def test_each_row_is_judged_as_one_case_is(study: Study, tmp_path: Path) -> None:
    """Verdict, best, worst and the rules that hold are those of the form; counts in are counts out."""
    tally, found = run(study, tmp_path, GOOD)
    assert tally.rows == len(GOOD) == len(found)
    book = open_book(study, "siting", ON, ADOPTED)
    for line, row in zip(GOOD, found.to_dicts(), strict=True):
        cells = dict(zip(HEAD.split(","), line.split(","), strict=True))
        _, opinion = judge_one(study, book, cells)
        assert (row["id"], row["verdict"]) == (cells["id"], opinion.verdict)
        assert (row["best"], row["worst"]) == (opinion.best, opinion.worst)
        assert row["fired"] == ";".join(opinion.fired)
    assert [row["verdict"] for row in found.to_dicts()][:4] == ["forbidden", "review", "no_quota", "undetermined"]


def test_duckdb_says_the_same(study: Study, tmp_path: Path) -> None:
    """The same rows on DuckDB, in whatever order."""
    _, here = run(study, tmp_path, GOOD)
    _, there = run(study, tmp_path, GOOD, "duckdb")
    assert there.sort("id").equals(here.sort("id"))


def test_compiled_loops_say_the_same(study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bytes where a register is long enough for them."""
    pytest.importorskip("numba", reason="the extra fast is not installed")
    _, here = run(study, tmp_path, GOOD)
    monkeypatch.setattr(kit, "COMPILED_FROM", 1)
    _, there = run(study, tmp_path, GOOD)
    assert there.equals(here)


def test_spark_says_the_same(study: Study, tmp_path: Path) -> None:
    """The same rows on Spark, where it can run."""
    why = lacking("spark")
    if why is not None:
        pytest.skip(why.en)
    _, here = run(study, tmp_path, GOOD)
    _, there = run(study, tmp_path, GOOD, "spark")
    assert there.sort("id").equals(here.sort("id"))
    areas = [f"{kind}_{i}" for kind in ("approved", "supplied") for i in range(1, 6)]
    lines = (
        "青神县,2022-06-30,2021,100,100,100,,100,60,50,0,0,60",
        "沐川县,2022-06-30,2021,100,100,100,100,100,70,90,90,90,",
        "金堂县,2022-06-30,2021,,100,100,100,100,70,90,90,90,",
    )
    source = tmp_path / "counties.csv"
    source.write_text("\n".join((",".join(("county", "asked_on", "last_year", *areas)), *lines)) + "\n", "utf-8")
    land, regions = open_book(study, "land_supply", ON, {"method": "五年合计"}), RegionWords(study.data.regions, ON)
    found = []
    for engine in ("polars", "spark"):
        judge_file(land, regions, source, tmp_path / "land.parquet", engine)
        found.append(pl.read_parquet(tmp_path / "land.parquet").sort("county"))
    assert found[1].equals(found[0])
    assert sorted(found[0]["verdict"]) == ["passes", "suspended", "undetermined"]


@pytest.mark.parametrize(
    ("row", "code", "place"),
    [
        ("示例9,2022-01-01,厂房,新建,非化工,3011,名录内支流,5,0.1,否,1,1", "case-not-a-choice", ":7.kind"),
        ("示例9,2022-01-01,项目,新建,非化工,C3011,名录内支流,5,0.1,否,1,1", "case-not-a-code", ":7.industry"),
        ("示例9,2022-01-01,项目,新建,非化工,3011,名录内支流,五公里,0.1,否,1,1", "case-not-a-number", ":7.distance"),
        ("示例9,2022-13-01,项目,新建,非化工,3011,名录内支流,5,0.1,否,1,1", "case-not-a-date", ":7.applied_on"),
        ("示例9,2022-01-01,项目,新建,非化工,3011,名录内支流,-5,0.1,否,1,1", "case-out-of-range", ":7.distance"),
        ("示例9,2022-01-01,项目,新建,非化工,3011,名录内支流,5 亩,0.1,否,1,1", "case-not-a-number", ":7.distance"),
        ("示例1,2022-01-01,项目,新建,非化工,3011,名录内支流,5,0.1,否,1,1", "case-duplicate", ":7.id"),
        (",2022-01-01,项目,新建,非化工,3011,名录内支流,5,0.1,否,1,1", "case-cell-missing", ":7.id"),
        ("示例9,2022-01-01,项目,新建", "register-row-width", ":7"),
    ],
)
def test_bad_rows_are_named_and_nothing_is_written(
    study: Study, tmp_path: Path, row: str, code: str, place: str
) -> None:
    """One bad row: its place and its repair are said, no file is left, none half written."""
    with pytest.raises(ZhishuError) as caught:
        run(study, tmp_path, (*GOOD, row))
    problem = caught.value.problems[0]
    assert problem.code == code
    assert problem.where.endswith(place), problem.where
    assert problem.repair.zh
    assert sorted(p.name for p in tmp_path.iterdir()) == ["register.csv"]


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize("area", ["9007199254740993", "-9007199254740993", "900719925475", "900719925475.5"])
def test_figures_no_engine_holds_exactly_are_refused(study: Study, tmp_path: Path, engine: Engine, area: str) -> None:
    """Beyond 2⁵³ base units a float loses digits, and DuckDB's columns are floats: refused alike, never judged rounded."""
    row = f"示例9,2022-01-01,项目,新建,非化工,3011,名录内支流,5,0.1,否,{area},1"
    with pytest.raises(ZhishuError) as caught:
        run(study, tmp_path, (*GOOD, row), engine)
    assert "register-too-large" in {p.code for p in caught.value.problems}
    assert [p.where for p in caught.value.problems if p.code == "register-too-large"] == [
        "register.csv:7.land_approved"
    ]
    near = row.replace(area, "900719925474")
    assert run(study, tmp_path, (*GOOD, near), engine)[0].rows == 6


def test_whole_numbers_up_to_the_end_stay_whole(study: Study, tmp_path: Path) -> None:
    """The last whole numbers floats can tell apart are told apart, in memory and on DuckDB."""
    head = "id,applied_on,kind,action,in_red_line,land_approved,land_supplied"
    rows = tuple(
        f"示例{i},2022-01-01,项目,新建,否,{250_000_000_000},{150_000_000_000 + off}" for i, off in enumerate((-1, 0, 1))
    )
    for engine in ("polars", "duckdb"):
        found = run(study, tmp_path, rows, engine, head)[1].sort("id")
        assert ["land_gate" in fired for fired in found["fired"]] == [True, False, False]


def test_a_workbook_and_gbk_are_read_as_the_page_reads_them(study: Study, tmp_path: Path) -> None:
    """The verdicts are those of the CSV in UTF-8, on DuckDB too; a wrong cell is placed in the file as it is called."""
    book, regions = open_book(study, "siting", ON, ADOPTED), RegionWords(study.data.regions, ON)
    _, expected = run(study, tmp_path, GOOD)
    rows = [HEAD.split(","), *(line.split(",") for line in GOOD)]
    sheet, gbk = tmp_path / "登记表.xlsx", tmp_path / "登记表.csv"
    gbk.write_bytes(("\n".join((HEAD, *GOOD)) + "\n").encode("gb18030"))
    made = Workbook()
    for row in rows:
        made.active.append(row)  # type: ignore[union-attr]  # a new workbook has a sheet
    made.save(sheet)
    for source in (sheet, gbk):
        for engine in ("polars", "duckdb"):
            out = tmp_path / "other.parquet"
            judge_file(book, regions, source, out, engine)
            assert pl.read_parquet(out).sort("id").equals(expected.sort("id"))
    made.active["H3"] = "五公里"  # type: ignore[index]  # a new workbook has a sheet
    made.save(sheet)
    gbk.write_bytes(("\n".join((HEAD, *GOOD)).replace(",0.5,", ",五公里,") + "\n").encode("gb18030"))
    for source, place in ((sheet, "登记表.xlsx:3.distance"), (gbk, "登记表.csv:2.distance")):
        with pytest.raises(ZhishuError) as caught:
            judge_file(book, regions, source, tmp_path / "none.parquet")
        assert [(p.code, p.where) for p in caught.value.problems] == [("case-not-a-number", place)]
    sheet.write_bytes(b"PK no workbook")
    with pytest.raises(ZhishuError) as caught:
        judge_file(book, regions, sheet, tmp_path / "none.parquet")
    assert caught.value.problems[0].where.startswith("登记表.xlsx")
    left = sorted(p.name for p in tmp_path.iterdir())
    assert left == ["other.parquet", "register.csv", "verdicts.parquet", "登记表.csv", "登记表.xlsx"]


def test_a_case_needs_no_key() -> None:
    """A case without its key is called unnamed, and the key is not among what is missing."""
    said = CliRunner().invoke(judge, ["siting", "--fact", "in_red_line=是", "--on", "2022-12-31", "--json"])
    told = json.loads(said.output)
    assert told["subject"] in ("未命名", "unnamed")
    assert "id" not in told["missing"]
    place = CliRunner().invoke(judge, ["land_supply", "--fact", "last_year=2021"])
    assert isinstance(place.exception, ZhishuError)
    assert [(p.code, p.where) for p in place.exception.problems] == [("case-cell-missing", "case.county")]


@pytest.mark.parametrize(("column", "code"), [("kindd", "case-unknown-column"), ("姓名", "intake-banned")])
def test_columns_nobody_declared_are_refused(study: Study, tmp_path: Path, column: str, code: str) -> None:
    """A column the book does not know, or one that names persons, stops the run before a row is read."""
    with pytest.raises(ZhishuError) as caught:
        run(study, tmp_path, ("示例1,x",), head=f"id,{column}")
    assert [p.code for p in caught.value.problems] == [code]


def test_the_command_judges_a_case_and_a_register(tmp_path: Path) -> None:
    """A case prints its opinion as JSON; a register its counts."""
    said = CliRunner().invoke(
        judge, ["siting", "--fact", "id=示例", "--fact", "in_red_line=是", "--on", "2022-12-31", "--json"]
    )
    told = json.loads(said.output)
    assert (told["best"], told["worst"], told["ask"][0]["fact"]) == ("free", "forbidden", "permitted_activity")
    source = tmp_path / "register.csv"
    source.write_text("\n".join((HEAD, *GOOD)), encoding="utf-8")
    out = tmp_path / "verdicts.csv"
    run_ = CliRunner().invoke(judge, ["siting", str(source), "-o", str(out), "--json", "--on", "2022-12-31"])
    counts = json.loads(run_.output)
    assert counts["rows"] == 5
    assert sum(counts["verdicts"].values()) == 5
    assert len(out.read_text(encoding="utf-8").splitlines()) == 6


def test_what_a_change_of_rules_would_alter(tmp_path: Path) -> None:
    """A book with another limit: the rows whose verdict differs, from what to what."""
    text = (PACKS / "sichuan2018" / "rules" / "siting" / "book.yaml").read_text(encoding="utf-8")
    for name in ("controlled.csv", "desk.csv"):
        (tmp_path / name).write_bytes((PACKS / "sichuan2018" / "rules" / "siting" / name).read_bytes())
    (tmp_path / "stricter.yaml").write_text(text.replace("{2018-06-30: 60}", "{2018-06-30: 90}"), encoding="utf-8")
    source, out = tmp_path / "register.csv", tmp_path / "differs.csv"
    source.write_text("\n".join((HEAD, *GOOD)), encoding="utf-8")
    asked = ["impact", "siting", str(source), "--against", str(tmp_path / "stricter.yaml"), "-o", str(out), "--json"]
    found = json.loads(CliRunner().invoke(rules, asked).output)
    assert found["moves"] == [
        {"before": "undetermined", "after": "no_quota", "rows": 1},
        {"before": "undetermined", "after": "undetermined", "rows": 1},
    ]
    assert out.read_text(encoding="utf-8").count("示例") == 2


def test_books_are_listed_shown_and_tested() -> None:
    """The books of the pack, one in words, its examples and its decision tables."""
    runner = CliRunner()
    assert "siting" in runner.invoke(rules, []).output
    assert runner.invoke(rules, ["list"]).output == runner.invoke(rules, []).output
    assert '"siting"' in runner.invoke(rules, ["list", "--json"]).output
    assert "heavy_park_ban" in runner.invoke(rules, ["show", "siting", "--on", "2022-12-31"]).output
    assert runner.invoke(rules, ["test", "siting"]).exit_code == 0
    assert runner.invoke(rules, ["check", "siting"]).exit_code == 0
