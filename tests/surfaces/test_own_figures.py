"""A user's own figures: whole or not at all, seen everywhere, taken away without a trace."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from starlette.testclient import TestClient

from zhishu.errors import ZhishuError
from zhishu.surfaces.cli.main import cli
from zhishu.surfaces.opening import opened
from zhishu.surfaces.web.served import Served

HEAD = "region,period,series,value,unit,status,source,published\n"
GOOD = HEAD + "四川省,2023,hsr_under_construction_in_province,600,km,actual,示例来源,2024-02-01\n"
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test a home of its own."""
    monkeypatch.setenv("ZHISHU_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ZHISHU_LANG", "en")
    return tmp_path / "home"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Return a good table of one figure."""
    path = tmp_path / "示例.csv"
    path.write_text(GOOD, encoding="gb18030")
    return path


@pytest.fixture
def client() -> TestClient:
    """Return a client of the served application."""
    return TestClient(Served(opened, lambda: TODAY))


def call(*args: str) -> Result:
    """Return what a command did."""
    return CliRunner().invoke(cli, list(args))


def files(folder: Path) -> list[str]:
    """Return every file under a folder."""
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*")) if folder.exists() else []


def measured() -> str:
    """Return what the command line says of the series."""
    return call("measure", "hsr_under_construction_in_province", "--json", "--on", "2026-11-23").stdout


def test_a_table_is_seen_everywhere_and_taken_away_without_a_trace(table: Path, own_home: Path) -> None:
    """Added, the figure is measured and its row named; added again it adds nothing; removed, all is as before."""
    before = measured()
    checked = call("data", "check", str(table))
    assert (checked.exit_code, files(own_home)) == (0, [])
    assert "1 figures can be added" in checked.stdout
    assert call("data", "add", str(table)).exit_code == 0
    after = measured()
    assert '"600"' in after
    assert "示例.csv:2" in after
    kept = files(own_home)
    again = call("data", "add", str(table))
    assert (again.exit_code, files(own_home)) == (0, kept)
    assert "nothing new" in again.stdout
    (added,) = opened().added
    assert (added.name, added.figures) == ("示例.csv", 1)
    assert call("data", "remove", added.id).exit_code == 0
    assert measured() == before


def verdict() -> str:
    """Return the verdict on the railway target today."""
    found = json.loads(call("targets", "--json", "--on", "2026-11-23").stdout)
    return str(next(t["verdict"] for t in found["targets"] if t["id"] == "hsr-2300km-target"))


def test_a_missing_figure_decides_its_target_and_opens_to_its_row(table: Path) -> None:
    """1,863 km at least are built; 600 km under construction in the province make 2,300; without them nobody knows."""
    assert verdict() == "undecided"
    call("data", "add", str(table))
    assert verdict() == "met"
    why = call("why", "hsr_under_construction_in_province/510000/2023")
    assert "示例来源" in why.output
    # a day before it was published it counts for nothing
    found = call("measure", "hsr_under_construction_in_province", "--json", "--on", "2024-01-31").stdout
    assert json.loads(found)["readings"] == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ('四川省,2023,hsr_under_construction_in_province,"1,600",km,actual,示例,', "intake-number-comma"),
        ("四川,2023,hsr_under_construction_in_provinc,600,km,actual,示例,", "intake-series-unknown"),
        ("简阳市,2012,gdp_total,600,亿元,actual,示例,", "intake-series-unknown"),
        ("没有省,2023,hsr_under_construction_in_province,600,km,actual,示例,", "region-unknown"),
        ("四川省,2023,hsr_under_construction_in_province,600,亿元,actual,示例,", "intake-unit"),
        ("四川省,1900,hsr_under_construction_in_province,600,km,actual,示例,", "intake-period"),
        ("四川省,2023,hsr_under_construction_in_province,六百,km,actual,示例,", "intake-number"),
    ],
)
def test_a_wrong_row_leaves_nothing(tmp_path: Path, own_home: Path, row: str, code: str) -> None:
    """One wrong row beside a good one: exit 1, the cell and the repair named, nothing written."""
    path = tmp_path / "wrong.csv"
    path.write_text(GOOD + row + "\n", encoding="utf-8")
    done = call("data", "add", str(path))
    assert (done.exit_code, files(own_home)) == (1, [])
    assert code in done.stderr
    assert "wrong.csv:3" in done.stderr
    assert "not added" in done.output


def test_a_missing_column_and_a_figure_held_otherwise_are_refused(tmp_path: Path, own_home: Path) -> None:
    """No column of units; and another value for a figure the pack holds without a date of its own."""
    path = tmp_path / "t.csv"
    path.write_text("region,period,series,value,status,source\n", encoding="utf-8")
    assert "intake-column-missing" in call("data", "add", str(path)).stderr
    path.write_text(GOOD, encoding="utf-8")
    call("data", "add", str(path))
    path.write_text(GOOD.replace("600", "700"), encoding="utf-8")
    done = call("data", "add", str(path))
    assert done.exit_code == 1
    assert "intake-held-differs" in done.stderr
    assert len(opened().added) == 1


def test_a_damaged_table_is_named_and_nothing_opens_over_it(table: Path, own_home: Path) -> None:
    """A kept table that was edited by hand is refused with its file; an unknown id is refused."""
    call("data", "add", str(table))
    (path,) = own_home.rglob("*.json")
    path.write_text(path.read_text(encoding="utf-8").replace("content", "contents"), encoding="utf-8")
    with pytest.raises(ZhishuError) as caught:
        opened()
    assert caught.value.problems[0].code == "figures-damaged"
    path.unlink()
    with pytest.raises(ZhishuError) as caught:
        CliRunner().invoke(cli, ["data", "remove", "nosuch"], catch_exceptions=False)
    assert caught.value.problems[0].code == "figures-unknown"


def test_the_page_shows_before_it_adds(client: TestClient, own_home: Path) -> None:
    """Upload, preview with nothing written, confirm, every page has it, remove, every page is as before."""
    before = client.get("/indicators/hsr_under_construction_in_province").text
    shown = client.post("/data/own", files={"file": ("示例.csv", GOOD.encode("gbk"))})
    assert (shown.status_code, files(own_home)) == (200, [])
    assert "确认加入 1 个数" in shown.text
    assert "四川省" in shown.text
    table = shown.text.split('name="table" value="')[1].split('"')[0]
    added = client.post("/data/own/add", data={"table": table})
    assert "已加入" in added.text
    assert "600" in client.get("/indicators/hsr_under_construction_in_province").text
    assert "本机另加的 1 个数" in client.get("/targets").text
    removed = client.post("/data/own/remove", data={"table": table})
    assert "已移除" in removed.text
    assert client.get("/indicators/hsr_under_construction_in_province").text == before


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (HEAD + "四川省,2023,hsr_under_construction_in_province,六百,km,actual,示例,\n", "intake-number"),
        ("", "intake-empty"),
        ("region,period\n", "intake-column-missing"),
    ],
)
def test_the_page_names_what_is_wrong(client: TestClient, own_home: Path, content: str, code: str) -> None:
    """Status 422, the code, and nothing written."""
    shown = client.post("/data/own", files={"file": ("t.csv", content.encode())})
    assert shown.status_code == 422
    assert code in shown.text
    assert files(own_home) == []


def test_nothing_is_added_that_was_not_looked_at(client: TestClient, own_home: Path) -> None:
    """An id nobody uploaded, no file at all, and an id to remove that is not there: refused."""
    assert client.post("/data/own/add", data={"table": "0" * 16}).status_code == 422
    assert client.post("/data/own").status_code == 422
    assert client.post("/data/own/remove", data={"table": "../../x"}).status_code == 422
    assert files(own_home) == []


def test_another_site_cannot_write_here(client: TestClient, own_home: Path) -> None:
    """A form of another origin is refused, on pages and in REST."""
    for path in ("/data/own", "/source", "/api/v1/systems/land-supply-rate-gate/run"):
        done = client.post(path, headers={"Origin": "http://example.invalid"}, files={"file": ("t.csv", b"x")})
        assert done.status_code == 403
        assert "request-cross-site" in done.text


def test_the_empty_table_has_every_column(client: TestClient) -> None:
    """The template of the page and of the command line are one."""
    assert client.get("/data/own/template.csv").text.lstrip("\ufeff") == call("data", "template").stdout
