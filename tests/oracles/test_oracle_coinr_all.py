"""Every golden table of COINr is read by a test here, or stands on a list with the reason why none can."""

import ast
from pathlib import Path

from oracle_coinr import FOLDER, needs_golden

pytestmark = needs_golden
WRONG = "COINr returns its input (../shared/golden/coinr/README.md); test_oracle_coinr_treat holds the right behaviour"
UNREAD = {
    "04_treat_logGII": WRONG,
    "04_treat_logGII_details": f"made from 04_treat_logGII: {WRONG}",
}


def given(path: Path) -> set[str]:
    """Return the strings that a module gives to a call, or to a test by its parameters; not those it only mentions."""
    calls = (n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call))
    inside = (n for call in calls for part in (*call.args, *call.keywords) for n in ast.walk(part))
    return {n.value for n in inside if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def test_no_table_is_left() -> None:
    """A table whose name no test writes out in full, and that has no reason, fails here; so does a stale reason."""
    tables = {p.stem for p in FOLDER.glob("*.csv")}
    assert len(tables) >= 141
    here = Path(__file__)
    read = set().union(*(given(p) for p in here.parent.glob("test_oracle_coinr_*.py") if p != here))
    assert sorted(tables - read - set(UNREAD)) == []
    assert sorted(set(UNREAD) - tables) == []
    assert sorted(set(UNREAD) & read) == []
