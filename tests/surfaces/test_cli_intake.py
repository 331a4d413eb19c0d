"""``zhishu intake``: what a table would change is told before anything is; forms are written once."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from zhishu.access.tokens import new_token
from zhishu.ledger import open_ledger
from zhishu.office import Wish, open_office
from zhishu.study import Study
from zhishu.surfaces.cli.main import cli

TABLE = "2018年各市（州）主要指标\n单位：万元\n地区,地区生产总值\n全省,3\n成都,153427700\n自贡市,{}\n"


def ask(*args: str) -> Result:
    """Run the command line."""
    return CliRunner().invoke(cli, ["intake", *args], catch_exceptions=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A table of two prefectures."""
    path = tmp_path / "表.csv"
    path.write_text(TABLE.format("1"), encoding="gb18030")
    return path


def test_a_preview_tells_guesses_totals_and_differences(file: Path) -> None:
    """What was guessed with its cell, the total that differs, the figure that would be revised."""
    done = ask("prefecture-year", str(file), "--dry-run", "--on", "2024-01-01")
    assert done.exit_code == 0
    for told in (
        "可收 2 个数：新 0，相同 1，修订 1",
        "表.csv!A5: 成都 → 成都市（510100）",
        "表.csv!B4: 全省",
        "→ 0.0001 亿元 [2024-01-01]",
    ):
        assert told in done.stdout
    assert "submission-total" in done.stderr


def test_json_holds_everything(file: Path) -> None:
    """One document: guesses, blanks, totals, problems, difference, the hash of the content."""
    found = json.loads(ask("prefecture-year", str(file), "--dry-run", "--on", "2024-01-01", "--json").stdout)
    assert (found["rows"], found["accepted"], found["period"]) == (3, 2, "2018")
    assert len(found["content"]) == 64
    assert found["totals"][0]["state"] == "differs"
    assert found["difference"]["revised"][0]["vintage"] == "2024-01-01"
    assert {g["kind"] for g in found["guesses"]} == {"period-title", "unit-above", "unit-converted", "region-short"}


def test_a_refused_table_exits_with_one(file: Path) -> None:
    """The cell is named; nothing is taken."""
    file.write_text(TABLE.format("甲"), encoding="utf-8")
    done = ask("prefecture-year", str(file), "--dry-run")
    assert done.exit_code == 1
    assert "表.csv!B6" in done.stderr
    assert "可收 0 个数" in done.stdout


def test_handing_in_asks_for_unit_and_period(file: Path) -> None:
    """Misuse is said as such."""
    assert CliRunner().invoke(cli, ["intake", "tidy", str(file)]).exit_code == 2


def test_a_table_is_handed_in_by_a_token(tmp_path: Path, study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """The token's account uploads for its unit; the same table again records nothing; without a token none does."""
    where = tmp_path / "office.db"
    office = open_office(study, open_ledger(where))
    today = office.today().isoformat()
    office.found("admin", "管理员岗（示例）", "office", "示例办公室")
    made = [
        Wish(
            "unit/cd",
            "create",
            0,
            {"name": ["示例成都专班"], "region": ["510100"], "since": ["2018-01-01"], "above": ["office"]},
        ),
        *(
            Wish(f"account/{id}", "create", 0, {"name": [f"{id}（示例）"], "unit": [unit]})
            for id, unit in (("clerk", "cd"), ("stat", "office"))
        ),
        Wish("account/clerk", "grant", 1, {"role": ["unit_clerk"], "region": ["510100"], "domain": ["*"]}),
        Wish("account/stat", "grant", 1, {"role": ["statistician"], "region": ["510000"], "domain": ["*"]}),
    ]
    office.act_all("admin", made)
    office.act("stat", Wish("period/prefecture-year.2025", "open", 0, {"due": [today], "units": ["cd"]}))
    table = tmp_path / "表.csv"
    table.write_text("2025年市州主要指标\n单位：亿元\n地区,地区生产总值\n成都市,24000\n", encoding="utf-8")
    words = ["intake", "prefecture-year", str(table), "--unit", "cd", "--period", "2025", "--ledger", str(where)]
    monkeypatch.delenv("ZHISHU_TOKEN", raising=False)
    assert CliRunner().invoke(cli, words).exit_code == 2
    monkeypatch.setenv(
        "ZHISHU_TOKEN", new_token(office.ledger.engine, "clerk", "示例", ("submission.*",), 1, office.now())
    )
    done = CliRunner().invoke(cli, words)
    assert (done.exit_code, "登记" in done.stderr) == (0, True), done.output
    office.refresh()
    assert office.state("submission/prefecture-year.2025.cd").current.rows == 1
    before = office.ledger.head()
    again = CliRunner().invoke(cli, words)
    assert (again.exit_code, office.ledger.head()) == (0, before), again.output


def test_a_form_is_written_once_and_reads_back(tmp_path: Path) -> None:
    """An existing file is not overwritten; the form read by its profile changes nothing."""
    path = tmp_path / "form.xlsx"
    assert ask("form", "prefecture-year", "--period", "2018", "--out", str(path)).exit_code == 0
    again = CliRunner().invoke(cli, ["intake", "form", "prefecture-year", "--period", "2018", "--out", str(path)])
    assert again.exit_code == 1
    done = json.loads(ask("prefecture-year", str(path), "--dry-run", "--json").stdout)
    assert (done["difference"]["new"], done["difference"]["revised"], done["problems"]) == (0, [], [])
    assert done["difference"]["same"] == done["accepted"] > 100
    other = ask("prefecture-year", str(path), "--dry-run", "--period", "2019", "--json")
    assert [p["code"] for p in json.loads(other.stdout)["problems"]] == ["submission-other-form"]


def test_profiles_are_listed() -> None:
    """Those of the pack, in both forms of output."""
    assert "fiscal-month" in ask("profiles").stdout
    found = json.loads(ask("profiles", "--json").stdout)["profiles"]
    assert [p["id"] for p in found] == ["prefecture-year", "county-year", "fiscal-month", "tidy"]
