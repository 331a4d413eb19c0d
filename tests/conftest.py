"""Shared fixtures: the study of the shipped pack, and the supplied text where it is at hand."""

import gc
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from tests.shipped import opened_once, shipped

from zhishu.study import Study
from zhishu.surfaces import opening

# as the command line does: a pack is hundreds of thousands of objects that all stay, not worth looking through often
gc.set_threshold(100_000, 20, 20)
# how long an example takes says something of the machine's load, nothing of the code
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def study() -> Study:
    """Return the shipped study, loaded once."""
    return shipped()


@pytest.fixture(scope="session", autouse=True)
def _opened_once() -> Iterator[None]:
    """Commands called in this process look at the same study; those in a process of their own open theirs."""
    patch = pytest.MonkeyPatch()
    patch.setattr(opening, "open_study", opened_once)
    yield
    patch.undo()


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
