"""Trends of three units over five years of COINr's panel: growth, growth lately, and change along a line."""

from collections.abc import Callable

import numpy as np
import pytest
from oracle_coinr import needs_golden
from test_oracle_coinr_steps import number, rows

from zhishu.score.steps.trend import Trend, growth, slope

pytestmark = needs_golden
UNDEFINED = {
    "12_trends_CAGR": {
        (u, i, "base_not_positive") for u, i in (("BEL", "CostImpEx"), ("BEL", "Poverty"), ("DEU", "Poverty"))
    },
    "12_trends_CAGR_latest3": set[tuple[str, str, str]](),
    "12_trends_prc_change": {("BEL", "CostImpEx", "base_not_positive"), ("DEU", "Poverty", "base_not_positive")},
}


@pytest.mark.parametrize(
    ("golden", "column", "first", "mine"),
    [
        ("12_trends_CAGR", "CAGR", "t_first", growth),
        ("12_trends_CAGR_latest3", "CAGR", "t_first_use_latest", lambda y, t: growth(y, t, 3)),
        ("12_trends_prc_change", "prc_change", "t_first", slope),
    ],
)
def test_trends(golden: str, column: str, first: str, mine: Callable[[np.ndarray, np.ndarray], Trend]) -> None:
    """147 series; where COINr's growth from zero is infinite, ours is none and says why."""
    panel, told = rows("00_iData_panel"), rows(golden)
    assert len(told) == 147
    without = []
    for row in told:
        own = [r for r in panel if r["uCode"] == row["uCode"]]
        times, values = (np.array([number(r[c]) for r in own]) for c in ("Time", row["iCode"]))
        found = mine(values, times)
        if found.rate is None:
            # from a line that begins below zero COINr says that a rising series falls, from zero that it grows for ever
            assert not np.isfinite(number(row[column])) or (number(row[column]) < 0 < values[-1] - values[0])
            without.append((row["uCode"], row["iCode"], found.why))
        else:
            assert found.rate == pytest.approx(number(row[column]), rel=1e-9, abs=1e-13)
            assert (found.first, found.last) == (number(row[first]), number(row["t_latest"]))
        assert (found.why == "too_few") == (number(row["Avail"]) == 0)
    assert set(without) == {("CHN", "NEET", "too_few"), *UNDEFINED[golden]}
