"""Reading the golden tables of COINr, exactly as printed."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "golden" / "coinr"
needs_golden = pytest.mark.skipif(not FOLDER.is_dir(), reason="the golden tables (../shared/golden) are not here")

Table = dict[str, dict[str, Value]]


def table(name: str) -> Table:
    """Return a golden table as column → unit → value; an empty cell is unknown."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    columns = [c for c in rows[0] if c != "uCode"]
    return {c: {r["uCode"]: _cell(r[c]) for r in rows if "uCode" in r} for c in columns}


def meta(column: str) -> dict[str, str]:
    """Return one column of the indicators' description by code, all levels."""
    with (FOLDER / "00_iMeta.csv").open(encoding="utf-8", newline="") as handle:
        return {r["iCode"]: r[column] for r in csv.DictReader(handle)}


def better() -> dict[str, str]:
    """Return the direction of each indicator in our words."""
    return {k: "higher" if v == "1" else "lower" for k, v in meta("Direction").items()}


def close(mine: Value, theirs: Value) -> bool:
    """Return whether two values agree to eleven figures, or are both missing."""
    if not isinstance(mine, Fraction) or not isinstance(theirs, Fraction):
        return isinstance(mine, Unknown) and isinstance(theirs, Unknown)
    return abs(mine - theirs) <= Fraction(1, 10**11) * max(1, abs(theirs))


def _cell(text: str) -> Value:
    return Unknown("missing") if text in ("", "NA", "NaN") else _number(text)


def _number(text: str) -> Value:
    try:
        return Fraction(text)
    except ValueError:
        return text
