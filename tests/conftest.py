"""Shared fixtures: the study of the shipped pack, and the supplied text where it is at hand."""

import gc
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from zhishu.study import Study

# as the command line does: a pack is hundreds of thousands of objects that all stay, not worth looking through often
gc.set_threshold(100_000, 20, 20)
# what is compiled is kept for the other worker, for processes that tests start, and for the next run; it holds for what
# is imported from here on, so the fixtures import what they need
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# how long an example takes says something of the machine's load, nothing of the code
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def study() -> "Study":
    """Return the shipped study, loaded once."""
    from tests.shipped import shipped

    return shipped()


@pytest.fixture(scope="session", autouse=True)
def _opened_once() -> Iterator[None]:
    """Commands called in this process look at the same study, tried once; those in a process of their own open theirs."""
    from tests.shipped import opened_once, tried_once

    from zhishu.study import levels
    from zhishu.surfaces import opening

    patch = pytest.MonkeyPatch()
    patch.setattr(opening, "open_study", opened_once)
    patch.setattr(levels, "try_example", tried_once)
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
