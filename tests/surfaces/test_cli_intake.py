"""``zhishu intake``: what a table would change is told before anything is; forms are written once."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

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


def test_without_dry_run_nothing_happens(file: Path) -> None:
    """Misuse is said as such."""
    assert CliRunner().invoke(cli, ["intake", "tidy", str(file)]).exit_code == 2


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
