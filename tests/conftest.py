"""Shared fixtures: the study of the shipped pack, and the supplied text where it is at hand."""

import json
from pathlib import Path

import pytest

from zhishu.study import Study, open_study

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def study() -> Study:
    """Return the shipped study, loaded once."""
    return open_study()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of shared facts, or skip."""
    if not SHARED.is_dir():
        pytest.skip("the shared facts (../shared) are not beside the checkout")
    return SHARED


@pytest.fixture(scope="session")
def expected_targets(shared: Path) -> dict[str, dict[str, object]]:
    """Return the verdicts the figures support, by key."""
    lines = (shared / "decision" / "targets.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["key"]: row for row in map(json.loads, lines)}
