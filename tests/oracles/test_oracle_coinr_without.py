"""The index of COINr's example without each indicator, pillar and sub-index: scores, ranks, and how far these move."""

import numpy as np
import pytest
from oracle_coinr import needs_golden
from test_oracle_coinr_diagnose import normalised
from test_oracle_coinr_steps import close, number, rows
from test_oracle_coinr_tree import GROUPS, tree

from zhishu.score.steps import diagnose

pytestmark = needs_golden


@pytest.mark.parametrize(
    ("scores", "ranks", "moved", "elements"),
    [
        ("11_remove_L1_scores", "11_remove_L1_ranks", "11_remove_L1_meanabsdiff", 49),
        ("11_remove_L2_scores", "11_remove_L2_ranks", "11_remove_L2_meanabsdiff", 8),
        ("11_remove_L3_scores", "11_remove_L3_ranks", "11_remove_L3_meanabsdiff", 2),
    ],
)
def test_without_each_element(scores: str, ranks: str, moved: str, elements: int) -> None:
    """Every element of one level, and the index as declared beside them."""
    data = {c: x for c, x in normalised().items() if c not in GROUPS}
    units = [r["uCode"] for r in rows("02_dset_Treated")]
    at = {r["uCode"]: r for r in rows(scores)}
    places = {r["uCode"]: r for r in rows(ranks)}
    shift = diagnose.rank_shift(tree(), data)
    told = {r["code"]: number(r["MeanAbsDiff"]) for r in rows(moved)}
    assert len(told) == elements + 1
    for code, mean in told.items():
        less = tree() if code == "Nominal" else tree().without(code)
        found = less.scores(data)["Index"]
        assert close(found, np.array([number(at[u][code]) for u in units])), code
        # where the difference of two scores is rounding, who comes first is chance: none such here
        assert diagnose.ranks(found).tolist() == [number(places[u][code]) for u in units]
        assert shift.get(code, 0.0) == pytest.approx(mean, rel=1e-9)
