"""``zhishu index``: one table in, ranks with intervals out; options that are none are refused in words."""

import json
from pathlib import Path

import pytest
from tests.surfaces.called import zhishu

from zhishu.score.steps.aggregate import MEANS
from zhishu.score.steps.recipe import SCALES
from zhishu.score.table_weights import WEIGHTS_BY

TEXT = "地区,产出,研发,能耗\n示例甲,18,1.5,0.9\n示例乙,20,3.5,0.5\n示例丙,5,2.2,0.4\n示例丁,9,3.2,0.6\n示例戊,7,…,1.1\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a table of five units, one figure missing."""
    path = tmp_path / "demo.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_ranks_with_their_intervals(file: Path) -> None:
    """As JSON, the same each time; a unit with a hole has no score and is last."""
    done = [zhishu("index", str(file), "--less", "能耗", "--weight", "产出=2", "--json") for _ in range(2)]
    assert done[0].stdout == done[1].stdout
    said = json.loads(done[0].stdout)
    assert [u["unit"] for u in said["units"]] == ["示例乙", "示例丁", "示例甲", "示例丙", "示例戊"]
    assert said["units"][-1]["score"] is None
    assert said["varied"]["en"] == "weights ±25%; 1000 runs, seed 1"
    table = zhishu("index", str(file), "--less", "能耗", "--csv")
    assert table.stdout.splitlines()[1].split(",")[1] == "示例乙"
    assert table.stdout.splitlines()[-1].split(",")[1] == "示例戊"


def test_which_choice_moves_ranks(file: Path) -> None:
    """Every factor is named, with its bounds; the runs and those that failed are counted."""
    said = json.loads(zhishu("index", str(file), "--less", "能耗", "--sensitivity", "--json").stdout)
    assert set(said["shares"]) == {"treatment", "scale", "mean", "weights"}
    assert said["runs"] == 256 * 6
    assert said["failed"] == 0


def test_what_weakens_the_index(file: Path) -> None:
    """Findings as JSON, CSV and a table: the same ones, warnings first and counted; the unit with a hole is named."""
    said = json.loads(zhishu("index", str(file), "--less", "能耗", "--audit", "--json").stdout)
    severities = [f["severity"] for f in said["findings"]]
    assert severities == ["warning"] * said["warnings"] + ["note"] * (len(severities) - said["warnings"])
    assert said["varied"]["en"] == "weights ±25%; 1000 runs, seed 1"
    hole = next(f for f in said["findings"] if f["code"] == "unscored")
    assert (hole["where"], hole["says"]["zh"]) == (["示例戊"], "示例戊没有得分：“研发”没有可用的数")
    assert {"scale", "left_out", "compensation", "missing_unit", "missing_column"} <= {
        f["code"] for f in said["findings"]
    }
    lines = zhishu("index", str(file), "--less", "能耗", "--audit", "--csv").stdout.splitlines()
    assert len(lines) == 1 + len(severities)
    table = zhishu("index", str(file), "--less", "能耗", "--audit")
    assert table.returncode == 0
    assert str(said["warnings"]) in table.stderr


def test_votes_have_intervals_too(file: Path) -> None:
    """Copeland's votes, run by run."""
    said = json.loads(zhishu("index", str(file), "--mean", "copeland", "--runs", "50", "--json").stdout)
    assert said["units"][0]["rank_from"] == 1


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--less", "能毫"), 1, "index-column"),
        (("--mean", "mode"), 1, "index-choice"),
        (("--weight", "产出"), 2, "NAME=VALUE"),
        (("--weight", "产出=x"), 2, "not a number"),
        (("--weight", "产出=-1"), 2, "not below zero"),
        (("--level", "2"), 2, "--level"),
        (("--audit", "--sensitivity"), 2, "choose one"),
    ],
)
def test_what_is_no_option_is_refused(file: Path, options: tuple[str, ...], code: int, words: str) -> None:
    """With what is wrong and how to write it."""
    done = zhishu("index", str(file), *options)
    assert done.returncode == code
    assert words in done.stderr
    assert done.stdout == ""


def test_help_names_every_choice() -> None:
    """Scales, means and ways to find weights, as the index knows them."""
    words = set(zhishu("index", "--help").stdout.split())
    assert {*SCALES, *MEANS, *WEIGHTS_BY} <= words
