"""Assessments on the command line and over HTTP: the same JSON, tables a person reads, and refusals in words."""

import json
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.shipped import shipped
from tests.surfaces.called import zhishu

from zhishu.surfaces.assessed import form_book
from zhishu.surfaces.web.app import create_app

NAME = "county_economy_2019"
ON = "2019-04-01"
XLSX = {"Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
UNIT = "示例城市主城区33"
# what is asked over HTTP, and how the command line asks the same
SAME: dict[str, tuple[str, ...]] = {
    "score?runs=50&seed=3": ("score", NAME, "--runs", "50", "--seed", "3"),
    "audit": ("audit", NAME),
    "sensitivity?class=urban&runs=50": ("sensitivity", NAME, "--class", "urban", "--runs", "50"),
    "sensitivity?class=urban&runs=50&pairs=true": ("sensitivity", NAME, "--class", "urban", "--runs", "50", "--pairs"),
    "sensitivity?class=urban&shares=true": ("sensitivity", NAME, "--class", "urban", "--shares"),
    f"reach?unit={UNIT}&rank=8": ("reach", NAME, "--unit", UNIT, "--rank", "8"),
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the form filled with specimens."""
    path = tmp_path_factory.mktemp("assess") / "form.xlsx"
    path.write_bytes(form_book(shipped(), NAME, 1))
    return path


@pytest.fixture(scope="module")
def client() -> TestClient:
    """Return a client of the application."""
    return TestClient(create_app(shipped(), lambda: date.fromisoformat(ON)))


@pytest.mark.parametrize("path", SAME)
def test_http_and_command_line_say_the_same(
    client: TestClient, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """One JSON for both, from the same form on the same day."""
    monkeypatch.setenv("ZHISHU_HOME", str(tmp_path))
    got = client.post(f"/api/v1/assessments/{NAME}/{path}", content=filled.read_bytes(), headers=XLSX)
    assert got.status_code == 200, got.text[:300]
    where = ["--input", str(filled), "--on", ON, "--json"]
    done = zhishu(*SAME[path], *where, home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == got.json()
    assert "NaN" not in done.stdout


def test_asking_what_a_unit_would_need_is_logged(filled: Path, tmp_path: Path) -> None:
    """Who asks for a way up leaves a line: which assessment, which unit, what aim."""
    done = zhishu("reach", NAME, "--input", str(filled), "--unit", UNIT, "--total", "84.5", "--on", ON, home=tmp_path)
    assert done.returncode == 0, done.stderr
    line = json.loads((tmp_path / "reach.jsonl").read_text(encoding="utf-8"))
    assert (line["of"], line["unit"], line["total"], line["rank"], line["on"]) == (NAME, UNIT, "84.5", None, ON)
    assert "improv" not in done.stdout
    assert "weights, class, bonus" in done.stderr


def test_a_person_reads_ranks_intervals_awards_and_money(filled: Path) -> None:
    """A table for each class in either language, what was varied, and the money."""
    done = zhishu("score", NAME, "--input", str(filled), "--on", ON, lang="zh")
    assert done.returncode == 0
    assert "城市主城区" in done.stdout
    assert "强县" in done.stdout
    assert "奖金（万元）：已定 141000，待定 0，空缺 0，合计 141000" in done.stdout
    assert "90% 区间" in done.stderr
    english = zhishu("score", NAME, "--input", str(filled), "--on", ON)
    assert "settled 141000" in english.stdout
    rows = zhishu("score", NAME, "--input", str(filled), "--on", ON, "--csv").stdout.splitlines()
    assert len(rows) == 184


def test_two_forms_side_by_side(filled: Path, tmp_path: Path) -> None:
    """By another seed of specimens everybody moved; by itself nobody."""
    other = tmp_path / "other.xlsx"
    other.write_bytes(form_book(shipped(), NAME, 2))
    moved = json.loads(zhishu("compare", NAME, str(filled), str(other), "--on", ON, "--json").stdout)
    assert len(moved["units"]) == 183
    same = json.loads(zhishu("compare", NAME, str(filled), str(filled), "--on", ON, "--json").stdout)
    assert same["units"] == []
    revised = zhishu("compare", NAME, str(filled), "--with", "county_economy_2021", "--on", ON)
    assert "a reason must be given" in revised.stderr


def test_two_versions_over_http(client: TestClient, filled: Path) -> None:
    """The same form by the revised version: eligibility is open, so whoever had an award has none."""
    path = f"/api/v1/assessments/{NAME}/compare?with=county_economy_2021"
    got = client.post(path, content=filled.read_bytes(), headers=XLSX).json()
    assert len(got["dropped"]) == 30


def test_without_a_form_it_says_what_is_lacking_and_scores_nothing(client: TestClient) -> None:
    """Of the real counties: no list of members, seventeen indicators without figures."""
    told = json.loads(zhishu("score", NAME, "--json", "--on", ON).stdout)
    assert told["scored"] == 0
    assert len(told["indicators"]) == 17
    assert client.get(f"/api/v1/assessments/{NAME}").json()["lacks"] == told
    spoken = zhishu("score", NAME, "--on", ON, lang="zh")
    assert "没有计分" in spoken.stderr


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["score", "county_economy_2018", "--input", "FORM"], 2, "--input"),
        (["score", NAME, "--input", "FORM", "--period", "2018"], 2, "--period"),
        (["audit", "county"], 1, "assessment-unknown"),
        (["audit", NAME, "--leaving"], 2, "--input"),
        (["reach", NAME, "--input", "FORM", "--unit", "示例"], 2, "--total"),
        (["reach", NAME, "--input", "FORM", "--unit", "示例", "--rank", "1"], 1, "assessment-unit"),
        (["sensitivity", NAME, "--input", "FORM", "--class", "city"], 1, "assessment-class"),
        (["sensitivity", NAME, "--input", "FORM", "--class", "urban", "--pairs", "--shares"], 2, "--pairs"),
        (["compare", NAME, "FORM"], 2, "--with"),
        (["compare", NAME, "FORM", "--with", "nope"], 1, "assessment-unknown"),
        (["template", "tianfu-project-ledger", "--specimen"], 2, "--specimen"),
        (["score", "county_economy_2021", "--input", "FORM"], 1, "xlsx-other-form"),
        (["score", NAME, "--input", "README"], 1, "input-kind"),
    ],
)
def test_misuse_is_told_in_a_sentence(filled: Path, tmp_path: Path, args: list[str], code: int, said: str) -> None:
    """The wrong name, the wrong file, options that exclude each other."""
    odd = tmp_path / "readme.md"
    odd.write_text("hello", encoding="utf-8")
    words = [str(filled) if a == "FORM" else str(odd) if a == "README" else a for a in args]
    done = zhishu(*words, home=tmp_path)
    assert done.returncode == code, done.stderr
    assert said in done.stderr


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("nope/score", 404),
        (f"{NAME}/sensitivity?class=nope", 400),
        (f"{NAME}/sensitivity", 422),
        (f"{NAME}/reach?unit={UNIT}", 400),
        (f"{NAME}/reach?unit=nobody&rank=1", 400),
        (f"{NAME}/score?runs=0", 422),
        (f"{NAME}/score?rnus=10", 400),
    ],
)
def test_wrong_questions_over_http(client: TestClient, filled: Path, path: str, status: int) -> None:
    """What is not there, what lacks, what is out of range."""
    got = client.post(f"/api/v1/assessments/{path}", content=filled.read_bytes(), headers=XLSX)
    assert got.status_code == status, got.text
    assert got.json()["problems"]


def test_the_form_over_http_is_that_of_the_command_line(client: TestClient, filled: Path, tmp_path: Path) -> None:
    """Same bytes, empty or with specimens."""
    got = client.get(f"/api/v1/assessments/{NAME}/template.xlsx?specimen=true&seed=1")
    assert got.content == filled.read_bytes()
    out = tmp_path / "empty.xlsx"
    assert zhishu("template", NAME, "--out", str(out)).returncode == 0
    assert client.get(f"/api/v1/assessments/{NAME}/template.xlsx").content == out.read_bytes()
