"""All 39 targets get the verdict the figures support, on three dates, by computation alone.

``expected.csv`` holds what the supplied reading of the figures expects; where that is at hand the two are compared.
"""

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from zhishu.study import Study
from zhishu.study.targets import judge_target, judge_targets, targets_json

NOW = date(2026, 11, 23)
Row = Mapping[str, str]


@pytest.fixture(scope="module")
def expected() -> dict[str, Row]:
    """Return the expected verdicts by target."""
    with Path(__file__).with_name("expected.csv").open(encoding="utf-8", newline="") as handle:
        return {row["target"]: row for row in csv.DictReader(handle)}


def bands(row: Row) -> dict[str, str]:
    """Return the expected verdict by the width of the band."""
    return dict(part.split(":") for part in row["bands"].split())


def test_the_table_is_the_supplied_one(
    expected: dict[str, Row], expected_targets: dict[str, dict[str, object]]
) -> None:
    """Where the supplied reading of the targets is at hand, the table says the same."""
    assert set(expected) == set(expected_targets)
    for key, row in expected_targets.items():
        mine, days = expected[key], row["expected_on"]
        assert isinstance(days, dict)
        assert (mine["verdict"], mine["reason"]) == (row["expected"], row["reason"])
        assert mine["on_2020_12_31"] == days["2020-12-31"]["verdict"]
        assert mine["on_2018_12_31"] == days["2018-12-31"]["verdict"]
        widths = row.get("bands")
        assert bands(mine) == {str(b["within"]): b["expected"] for b in (widths if isinstance(widths, list) else [])}


def test_every_verdict_and_reason(study: Study, expected: dict[str, Row]) -> None:
    """Verdict and reason of every target as of 23 November 2026."""
    found = judge_targets(study, NOW)
    got = {k: (j.verdict, j.reason) for k, (_, j) in found.items()}
    assert got == {k: (row["verdict"], row["reason"]) for k, row in expected.items()}


@pytest.mark.parametrize("on", ["2020-12-31", "2018-12-31"])
def test_verdicts_of_earlier_days(study: Study, expected: dict[str, Row], on: str) -> None:
    """Only what was public by then counts."""
    found = judge_targets(study, date.fromisoformat(on))
    column = f"on_{on.replace('-', '_')}"
    assert {k: j.verdict for k, (_, j) in found.items()} == {k: row[column] for k, row in expected.items()}


def test_the_width_of_a_vague_word(study: Study, expected: dict[str, Row]) -> None:
    """Each declared band gives its verdict, and the switch of the services share is 2.79 points."""
    for key, row in expected.items():
        if row["bands"]:
            j = judge_target(study, key, NOW)
            got = {round(float(w) * 100, 4): v for w, v in j.band_verdicts}
            assert {w: got[float(w)] for w in bands(row)} == bands(row)
    switch = judge_target(study, "service-share-55", NOW).band_switch
    assert switch is not None
    assert round(float(switch) * 100, 2) == 2.79


def test_verdicts_are_not_written_in_the_pack(study: Study) -> None:
    """No target file holds a verdict: they come out of figures."""
    for path in Path(study.pack.folder).glob("articles/*/targets.yaml"):
        text = path.read_text(encoding="utf-8")
        assert "verdict" not in text
        assert "expected" not in text


def test_contract_form(study: Study) -> None:
    """The JSON of the targets has the promised keys and never a percent of a percent."""
    found = targets_json(study, NOW)
    assert found["verdicts"] == {"met": 3, "on_track": 0, "behind": 0, "far_behind": 0, "missed": 1, "undecided": 35}
    rows = found["targets"]
    assert isinstance(rows, list)
    for row in rows:
        assert {
            "id",
            "at",
            "verdict",
            "value",
            "target",
            "period",
            "band",
            "coverage",
            "basis",
            "reason",
            "method",
        } <= set(row)


def test_later_figures_of_another_run_are_noted_not_compared(study: Study) -> None:
    """The 56.0 % of 2024 stands beside the verdict of 2022, not in its place."""
    j = judge_target(study, "service-share-55", NOW)
    assert (j.verdict, j.period) == ("missed", "2022")
    assert [p.year for p in j.later] == [2024]
