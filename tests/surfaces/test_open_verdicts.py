"""An open verdict says on the page, at the command and in JSON what it may still be and what to ask first."""

import json
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests.surfaces.called import zhishu

from zhishu.study import Study
from zhishu.surfaces.web.app import create_app

SYSTEM = "land-ban-overcapacity"
ENTRY = {
    "entry": "示例Z",
    "kind": "禁止",
    "code": "32",
    "place": "示例县",
    "valid_from": "2019-01-01",
    "basis": "示例名录文",
}
QUERY = {"id": "甲", "code": "32", "place": "示例县", "level": "先进", "duplicate": "否"}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case whose purpose is missing."""
    path = tmp_path / "case.json"
    path.write_text(json.dumps({"tables": {"entries": [ENTRY], "queries": [QUERY]}}), encoding="utf-8")
    return path


def test_the_command_says_it(case: Path) -> None:
    """Two rules read the purpose alike, so the outcome of the second cannot come about."""
    done = zhishu("run", SYSTEM, "--input", str(case), "--json", "--on", "2022-12-31")
    found = next(r for r in json.loads(done.stdout)["results"] if r["table"] == "queries")
    assert (found["verdict"], found["possible"], found["exact"]) == (
        "undetermined",
        ["forbidden", "not_listed"],
        True,
    )
    assert (found["ask"]["field"], found["ask"]["settles"]) == ("purpose", True)
    lines = zhishu("run", SYSTEM, "--input", str(case), "--on", "2022-12-31").stdout.splitlines()
    assert any(line.startswith("  ask first for “") for line in lines)


def test_the_page_says_it(study: Study, case: Path) -> None:
    """In either language, above the reasons of the row."""
    client = TestClient(create_app(study, lambda: date(2022, 12, 31)))
    for language, said in (
        ("zh", "先补“建设性质”，有的答复即可断定"),
        ("en", "with the unknown facts filled in it may still be"),
    ):
        answer = client.post(f"/systems/{SYSTEM}?lang={language}", files={"file": ("case.json", case.read_bytes())})
        assert said in answer.text
