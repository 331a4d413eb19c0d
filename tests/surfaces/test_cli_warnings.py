"""``zhishu warnings``: tables, CSV and JSON of one answer."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from zhishu.surfaces.cli.main import cli


def run(*args: str) -> str:
    """Return what the command prints."""
    done = CliRunner().invoke(
        cli, ["warnings", "--on", "2026-01-01", *args], env={"ZHISHU_LANG": "en", "COLUMNS": "200"}
    )
    assert done.exit_code == 0, done.output
    return done.output


def test_json_csv_and_table_tell_the_same() -> None:
    """Open ones by default; closed ones with --all, and in JSON always."""
    rows = json.loads(run("--json"))["warnings"]
    still = [r for r in rows if r["closed"] is None]
    listed = list(csv.DictReader(io.StringIO(run("--csv"))))
    assert [(r["id"], r["region"]) for r in still] == [(r["id"], r["code"]) for r in listed]
    assert len(list(csv.DictReader(io.StringIO(run("--csv", "--all"))))) == len(rows) > len(still)
    assert "Bazhong" in run()


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30"])
def test_a_day_that_is_none_is_refused(day: str) -> None:
    """With the way to write it."""
    assert CliRunner().invoke(cli, ["warnings", "--on", day]).exit_code == 2
