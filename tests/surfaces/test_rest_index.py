"""``POST /api/v1/index``: the JSON of the command line from the same table, and every bad table refused in words."""

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient
from tests.surfaces.called import zhishu

from zhishu.study import Study
from zhishu.surfaces.cli.main import cli
from zhishu.surfaces.web.app import create_app

TEXT = "地区,产出,研发,能耗\n示例甲,18,1.5,0.9\n示例乙,20,3.5,0.5\n示例丙,5,2.2,0.4\n示例丁,9,3.2,0.6\n示例戊,7,…,1.1\n"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS: tuple[dict[str, list[str]], ...] = (
    {},
    {"less": ["能耗"], "weight": ["产出=2", "规模=3"], "group": ["规模=产出,研发"], "runs": ["200"], "seed": ["7"]},
    {"less": ["能耗", "研发"], "scale": ["rank"], "mean": ["geometric"], "least": ["0.5"], "level": ["0.8"]},
    {"mean": ["copeland"], "runs": ["50"], "shift": ["0.5"], "winsorise": ["3"]},
    {"sensitivity": ["true"], "less": ["能耗"], "seed": ["3"]},
    {"mean": ["topsis"], "weights_by": ["equal"], "group": ["规模=产出,研发"], "runs": ["100"]},
)


def book(text: str) -> bytes:
    """Return a table as a workbook, numbers as numbers."""
    made = openpyxl.Workbook()
    assert made.active is not None
    for line in text.splitlines():
        made.active.append([float(c) if c.replace(".", "").isdigit() else c for c in line.split(",")])
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


BODIES = {
    "utf8.csv": (TEXT.encode(), "text/csv; charset=utf-8"),
    "gbk.csv": (TEXT.encode("gbk"), "text/csv"),
    "book.xlsx": (book(TEXT), XLSX),
}


@pytest.fixture(scope="module")
def client(study: Study) -> TestClient:
    """Return a client of the application."""
    return TestClient(create_app(study, lambda: date(2026, 11, 23)))


def said(path: Path, options: dict[str, list[str]]) -> object:
    """Return the JSON of the command line with the same options."""
    words = [w for key, values in options.items() for v in values for w in ("--" + key.replace("_", "-"), v)]
    words = [w for w in words if w != "true"]
    done = CliRunner().invoke(cli, ["index", str(path), *words, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("name", BODIES)
def test_the_same_json_as_the_command_line(
    client: TestClient, tmp_path: Path, name: str, options: dict[str, list[str]]
) -> None:
    """Whatever the encoding and the kind of file, as a body and as a part of a form."""
    content, kind = BODIES[name]
    path = tmp_path / name
    path.write_bytes(content)
    want = said(path, options)
    for sent in (
        client.post("/api/v1/index", params=options, content=content, headers={"content-type": kind}),
        client.post("/api/v1/index", params=options, files={"file": (name, content)}),
    ):
        assert sent.status_code == 200, sent.text
        assert sent.json() == want


YEARS = """地区,年份,分区,产出,研发,能耗
示例甲,2018,东,18,1.5,0.9
示例乙,2018,西,20,3.5,0.5
示例丙,2018,东,5,2.2,0.4
示例甲,2019,东,19,…,0.8
示例乙,2019,西,18,3.6,0.6
示例丙,2019,东,8,2.4,0.4
"""


@pytest.mark.parametrize(
    "more",
    [
        {"fill": ["latest"], "error": ["产出=4%", "*=low"], "class": ["low=8%"], "screen": ["0.5"]},
        {"sensitivity": ["true"], "of": ["示例甲", "示例乙"]},
        {"leaving": ["true"], "scale": ["zscore"]},
        {"pairs": ["true"], "level": ["0.8"]},
        {"chances": ["true"], "seed": ["4"], "fill": ["linear"]},
    ],
)
def test_several_years_and_how_sure(client: TestClient, tmp_path: Path, more: dict[str, list[str]]) -> None:
    """Every answer is the one of the command line."""
    options = {"year": ["年份"], "by": ["分区"], "less": ["能耗"], "runs": ["40"], **more}
    path = tmp_path / "y.csv"
    path.write_text(YEARS, encoding="utf-8")
    sent = client.post("/api/v1/index", params=options, files={"file": ("y.csv", YEARS.encode())})
    assert sent.status_code == 200, sent.text
    assert sent.json() == said(path, options)


@pytest.mark.parametrize("view", ["", "sensitivity", "leaving", "pairs", "chances"])
@pytest.mark.parametrize(
    "text",
    [
        "a,y,b\nx,2018,1\n",
        "a,y,b\nx,2018,1\nx,2019,2\n",
        "a,y,b\nx,2018,1\nz,2019,1\n",
        "a,y,b,c\nx,2018,1,2\nz,2018,3,1\nx,2019,…,…\nz,2019,,4\n",
    ],
)
def test_years_that_say_little_are_answered_or_refused(client: TestClient, text: str, view: str) -> None:
    """One unit, one year, units that never meet, a year without a score: nothing breaks."""
    query = {
        "year": "y",
        "fill": "latest",
        "runs": "30",
        "error": "*=5%",
        "winsorise": "2",
        **({view: "1"} if view else {}),
    }
    sent = client.post("/api/v1/index", params=query, content=text.encode(), headers={"content-type": "text/csv"})
    assert sent.status_code in (200, 400), sent.text
    if sent.status_code == 400:
        assert {p["code"] for p in sent.json()["problems"]} <= {"index-empty", "index-one-unit", "index-alike"}


def test_tables_of_confidence_and_of_another_vintage(client: TestClient, tmp_path: Path) -> None:
    """As further files of the form; the command line reads them from disk and says the same."""
    parts = {"file": TEXT, "confidence": "地区,产出\n示例甲,低\n", "vintage": "地区,产出\n示例乙,22\n"}
    for name, text in parts.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    paths = {name: [str(tmp_path / f"{name}.csv")] for name in ("confidence", "vintage")}
    files = {name: (f"{name}.csv", text) for name, text in parts.items()}
    sent = client.post("/api/v1/index", params={"class": "low=9%", "runs": "40"}, files=files)
    assert sent.status_code == 200, sent.text
    assert sent.json() == said(tmp_path / "file.csv", {"class": ["low=9%"], "runs": ["40"], **paths})
    assert "两个版本取一（1 格）" in sent.json()["varied"]["zh"]
    wrong = client.post("/api/v1/index", params={"runs": "40"}, files=files)
    assert [p["code"] for p in wrong.json()["problems"]] == ["index-error"]


def refused(client: TestClient, content: bytes, kind: str = "text/csv", **query: str | list[str]) -> list[list[str]]:
    """Return code and place of every problem of a request that must fail with 400."""
    found = client.post("/api/v1/index", params=query, content=content, headers={"content-type": kind})
    assert found.status_code == 400, found.text
    problems = found.json()["problems"]
    assert all(p["what"]["zh"] and p["what"]["en"] and p["repair"]["zh"] and p["repair"]["en"] for p in problems)
    return [[p["code"], p["where"]] for p in problems]


def test_a_wrong_cell_is_named(client: TestClient, tmp_path: Path) -> None:
    """With the name of the file where it has one; the command line says the same."""
    bad = TEXT.replace("3.5", "很高").encode()
    assert refused(client, bad) == [["index-cell", "table.csv C3"]]
    sent = client.post("/api/v1/index", files={"file": ("县.csv", bad)}).json()
    path = tmp_path / "县.csv"
    path.write_bytes(bad)
    done = zhishu("index", str(path), "--json")
    assert (done.returncode, json.loads(done.stdout)["problems"]) == (1, sent["problems"])
    assert sent["problems"][0]["where"] == "县.csv C3"


@pytest.mark.parametrize("column", ["姓名", "身份证号", "户主民族", "full name"])
@pytest.mark.parametrize("place", ["地区", "研发"])
def test_what_single_persons_are_is_refused(client: TestClient, tmp_path: Path, column: str, place: str) -> None:
    """As the column of units and as an indicator, before anything else, over REST and on the command line."""
    text = TEXT.replace(place, column, 1)
    assert refused(client, text.encode()) == [["column-banned", f"table.csv {column}"]]
    assert refused(client, book(text), XLSX) == [["column-banned", f"table.xlsx {column}"]]
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    done = zhishu("index", str(path))
    assert done.returncode == 1
    assert "column-banned" in done.stderr


def test_a_unit_that_is_a_person_is_refused(client: TestClient) -> None:
    """The example of the standard in the place of a unit; the number is not said again."""
    text = TEXT.replace("示例乙", "11010519491231002X")
    assert refused(client, text.encode()) == [["identity-number", "table.csv A3"]]


def bomb() -> bytes:
    """Return a workbook one part of which unpacks to far more than it is."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 20_000_000)
    return buffer.getvalue()


def leading_out() -> bytes:
    """Return an archive with a part named to lie outside of it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
        archive.writestr("../../evil", "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "kind", "code"),
    [
        (b"", "text/csv", "intake-empty"),
        (b"<html><table></table></html>", "text/csv", "xlsx-html"),
        (b"%PDF-1.7", XLSX, "xlsx-not-a-workbook"),
        (bomb(), XLSX, "xlsx-too-large"),
        (leading_out(), XLSX, "xlsx-not-a-workbook"),
        (b"\x00\x01\x02\xff\xfe\xff", "text/csv", "intake-encoding"),
        (b'a,b\nx,"1', "text/csv", "intake-csv"),
        (b"a\nx\n", "text/csv", "index-empty"),
        (b"a,b\n", "text/csv", "index-empty"),
        (b"a,b\nx,1,2\n", "text/csv", "index-column"),
        (b"a,index\nx,1\ny,2\n", "text/csv", "index-column"),
        (b"a,b\nx,1\nx,2\n", "text/csv", "index-unit-twice"),
        (b"{}", "application/json", "index-body"),
        (TEXT.encode(), "", "index-body"),
        (TEXT.encode(), "application/x-www-form-urlencoded", "index-body"),
        (b"--b", "multipart/form-data", "index-body"),
        (b"--b\r\nx", "multipart/form-data; boundary=b", "index-body"),
        (("a," + ",".join(f"c{n}" for n in range(2000)) + "\nx,1\n").encode(), "text/csv", "index-too-large"),
        (b"a,b\n" + b"".join(b"u%d,1\n" % n for n in range(20_001)), "text/csv", "index-too-large"),
        (b"a,b,c\n" + b"x,1\n" * 1_200_000, "text/csv", "index-too-large"),
    ],
)
def test_a_hostile_body_is_refused(client: TestClient, content: bytes, kind: str, code: str) -> None:
    """With the one code that says what it is."""
    assert {c for c, _ in refused(client, content, kind)} == {code}


@pytest.mark.parametrize(
    ("files", "data"),
    [
        ([("table", ("a.csv", TEXT))], {}),
        ([("file", ("a.csv", TEXT)), ("file", ("b.csv", TEXT))], {}),
        ([("file", ("a.csv", TEXT))], {"runs": "5"}),
        ([], {"file": TEXT}),
    ],
)
def test_a_form_has_one_part(
    client: TestClient, files: list[tuple[str, tuple[str, str]]], data: dict[str, str]
) -> None:
    """One file, and nothing beside it that would look as if it were read."""
    sent = client.post("/api/v1/index", files=files or {"x": ("", "")}, data=data)
    assert (sent.status_code, sent.json()["problems"][0]["code"]) == (400, "index-body")


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({"lesss": "能耗"}, 400, "query-key"),
        ({"runs": ["1", "2"]}, 400, "query-twice"),
        ({"runs": "100001"}, 422, "query-unreadable"),
        ({"runs": "0"}, 422, "query-unreadable"),
        ({"least": "nan"}, 422, "query-unreadable"),
        ({"level": "1"}, 422, "query-unreadable"),
        ({"winsorise": "21"}, 422, "query-unreadable"),
        ({"seed": "-1"}, 422, "query-unreadable"),
        ({"sensitivity": "maybe"}, 422, "query-unreadable"),
        ({"less": "能毫"}, 400, "index-column"),
        ({"year": "年份"}, 400, "index-column"),
        ({"by": "分区"}, 400, "index-column"),
        ({"fill": "latest"}, 400, "index-option"),
        ({"screen": "2"}, 422, "query-unreadable"),
        ({"of": "示例甲"}, 400, "index-option"),
        ({"pairs": "true", "leaving": "true"}, 400, "index-option"),
        ({"error": "产出"}, 400, "index-option"),
        ({"error": "产出=-1%"}, 400, "index-error"),
        ({"class": "x=1%"}, 400, "index-error"),
        ({"sensitivity": "true", "of": "示例庚"}, 400, "index-unit"),
        ({"group": ["甲=产出", "乙=甲"]}, 400, "index-column"),
        ({"group": ["甲=产出", "甲=研发"]}, 400, "index-option"),
        ({"group": "甲"}, 400, "index-option"),
        ({"weight": "产出=nan"}, 400, "index-option"),
        ({"weight": "产出=-1"}, 400, "index-option"),
        ({"mean": "mode"}, 400, "index-choice"),
        ({"scale": "x" * 5000}, 400, "index-choice"),
        ({"least": "1", "weight": ["产出=0", "研发=0", "能耗=0"], "sensitivity": "1"}, 400, "index-weights-zero"),
    ],
)
def test_a_wrong_option_is_refused(
    client: TestClient, query: dict[str, str | list[str]], status: int, code: str
) -> None:
    """None of them is passed over in silence."""
    sent = client.post("/api/v1/index", params=query, content=TEXT.encode(), headers={"content-type": "text/csv"})
    assert (sent.status_code, sent.json()["problems"][0]["code"]) == (status, code)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"sensitivity": "true", "of": "*"},
        {"mean": "copeland", "runs": "20"},
        {"leaving": "true"},
        {"leaving": "true", "winsorise": "3", "mean": "geometric"},
        {"pairs": "true"},
        {"chances": "true", "error": "*=50%", "runs": "50"},
    ],
)
@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("a,b\nx,1\n", "index-one-unit", "table.csv"),
        ("a,b\nx,1\ny,1\n", "index-alike", "b"),
        ("a,b\nx,…\ny,…\nz,1\n", "index-alike", "b"),
        ("a,b\nx,…\ny,…\n", "index-no-figure", "b"),
        ("a,b,c\nx,-1e308,1\ny,1e308,2\nz,0,1e-308\n", "index-cell", "table.csv B2"),
    ],
)
def test_a_table_that_says_little_is_refused(
    client: TestClient, text: str, code: str, where: str, query: dict[str, str]
) -> None:
    """One unit, no spread, figures missing, figures at the ends of what a number can be: each with its reason."""
    sent = client.post("/api/v1/index", params=query, content=text.encode(), headers={"content-type": "text/csv"})
    assert sent.status_code == 400, sent.text
    first = sent.json()["problems"][0]
    assert (first["code"], first["where"]) == (code, where)


def test_more_runs_than_a_request_may_take_are_refused(client: TestClient, tmp_path: Path) -> None:
    """With how many it may be; the command line has the same bound."""
    text = "a,b,c\n" + "".join(f"u{n},{n},{n * n % 97}\n" for n in range(3000))
    assert refused(client, text.encode(), runs="100000") == [["index-too-large", "runs"]]
    assert refused(client, text.encode(), mean="copeland") == [["index-too-large", "runs"]]
    many = text + "".join(f"v{n},1,2\n" for n in range(1))
    assert refused(client, many.encode(), mean="copeland", runs="1") == [["index-too-large", "copeland"]]
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    done = zhishu("index", str(path), "--runs", "100000")
    assert done.returncode == 1
    assert "at most 3333 runs" in done.stderr


def test_not_every_wrong_cell_of_many_is_listed(client: TestClient) -> None:
    """After some hundreds the rest is not read, and that is said."""
    found = refused(client, ("a,b\n" + "".join(f"u{n},x\n" for n in range(5000))).encode())
    assert len(found) == 201
    assert found[-1] == ["index-too-many", "table.csv"]
