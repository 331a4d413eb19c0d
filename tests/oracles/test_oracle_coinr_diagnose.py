"""Our diagnostics give COINr's correlations, alphas, principal components and rank shifts on its example."""

import numpy as np
import pytest
from oracle_coinr import needs_golden
from test_oracle_coinr_steps import Array, columns, direction, number, rows
from test_oracle_coinr_tree import GROUPS, tree

from zhishu.score.steps import diagnose, weigh
from zhishu.score.steps.normalise import minmax

pytestmark = needs_golden


def children(group: str) -> list[str]:
    """Return the codes that stand directly under a heading."""
    return [r["iCode"] for r in rows("00_iMeta") if r["Parent"] == group]


def normalised() -> dict[str, Array]:
    """Return the scaled indicators and the scores of every heading."""
    data = {c: minmax(x, direction(c)) for c, x in columns("02_dset_Treated").items()}
    return {**data, **tree().scores(data)}


@pytest.mark.parametrize("how", ["pearson", "spearman", "kendall"])
def test_correlations(how: diagnose.Correlation) -> None:
    """Of every pair of indicators told."""
    told = rows(f"10_corr_ind_{how}")
    assert len(told) > 500
    for source in (columns("02_dset_Raw"), normalised()):
        found = [diagnose.correlation(source[r["Var1"]], source[r["Var2"]], how) for r in told]
        if np.allclose(found, [number(r["Correlation"]) for r in told], atol=1e-11, equal_nan=True):
            return
    pytest.fail("neither of raw nor of scaled figures")


def test_alpha() -> None:
    """Of each group, raw and scaled, and of the headings."""
    raw, scaled = columns("02_dset_Raw"), normalised()
    for row in rows("10_cronbach"):
        data = raw if row["dset"] == "Raw" else scaled
        codes = [c for c in data if c not in GROUPS] if row["group"] == "ALL" else children(row["group"])
        table = np.column_stack([data[c] for c in codes])
        assert diagnose.alpha(table) == pytest.approx(number(row["alpha"]), rel=1e-10), row


def test_principal_components() -> None:
    """Loadings of every component but for the sign, which means nothing, and the variance each stands for."""
    scaled = normalised()
    told = rows("10_pca_loadings_L1")
    for group in sorted({r["group"] for r in told}):
        codes = [r["iCode"] for r in told if r["group"] == group and r["pc"] == "1"]
        found = weigh.loadings(np.column_stack([scaled[c] for c in codes]))
        for n in range(len(codes)):
            golden = np.array([number(r["loading"]) for r in told if r["group"] == group and r["pc"] == str(n + 1)])
            assert np.allclose(found[:, n], golden, atol=1e-9) or np.allclose(found[:, n], -golden, atol=1e-9)


@pytest.mark.parametrize("level", ["1", "2", "3"])
def test_rank_shifts(level: str) -> None:
    """How far ranks move without each element."""
    scaled = {c: x for c, x in normalised().items() if c not in GROUPS}
    found = diagnose.rank_shift(tree(), scaled)
    told = {
        r["code"]: number(r["MeanAbsDiff"]) for r in rows(f"11_remove_L{level}_meanabsdiff") if r["code"] != "Nominal"
    }
    assert len(told) >= 2
    assert {c: found[c] for c in told} == pytest.approx(told, abs=1e-9)
