"""Our diagnostics give COINr's correlations, alphas and principal components on its example."""

import numpy as np
import pytest
from oracle_coinr import needs_golden
from test_oracle_coinr_steps import Array, columns, direction, number, rows
from test_oracle_coinr_tree import GROUPS, tree

from zhishu.score.steps import diagnose, relate, weigh
from zhishu.score.steps.normalise import minmax
from zhishu.score.steps.screen import screen

pytestmark = needs_golden


def children(group: str) -> list[str]:
    """Return the codes that stand directly under a heading."""
    return [r["iCode"] for r in rows("00_iMeta") if r["Parent"] == group]


def normalised() -> dict[str, Array]:
    """Return the scaled indicators and the scores of every heading."""
    data = {c: minmax(x, direction(c)) for c, x in columns("02_dset_Treated").items()}
    return {**data, **tree().scores(data)}


@pytest.mark.parametrize(
    ("golden", "how"),
    [
        ("10_corr_ind_pearson", "pearson"),
        ("10_corr_ind_spearman", "spearman"),
        ("10_corr_ind_kendall", "kendall"),
        ("10_corr_ind_index_pearson", "pearson"),
        ("10_corr_ind_index_spearman", "spearman"),
        ("10_corr_ind_index_kendall", "kendall"),
        ("10_corr_pillar_subindex", "pearson"),
    ],
)
def test_correlations(golden: str, how: diagnose.Correlation) -> None:
    """Of indicators with each other and with the index, of pillars with sub-indices."""
    source, told = normalised(), rows(golden)
    found = [diagnose.correlation(source[r["Var1"]], source[r["Var2"]], how) for r in told]
    assert np.allclose(found, [number(r["Correlation"]) for r in told], rtol=1e-9, atol=1e-11)


def test_chance() -> None:
    """Of every pair of treated indicators, the smallest of 1e-17 too; those above one in twenty are left out."""
    source = normalised()
    wanted = {(r["row"], c): number(r[c]) for r in rows("10_corr_pvals_pearson") for c in r if c != "row"}
    assert len(wanted) == 49 * 49
    for (a, b), chance in wanted.items():
        value = diagnose.correlation(source[a], source[b])
        found = 0.0 if a == b else relate.by_chance(value, len(source[a]))
        assert found == pytest.approx(chance, rel=1e-9, abs=1e-15)
    for row in rows("10_corr_ind_pearson_p05"):
        value = diagnose.correlation(source[row["Var1"]], source[row["Var2"]])
        told = number(row["Correlation"])
        assert np.isnan(told) == (wanted[row["Var1"], row["Var2"]] > 0.05)
        assert np.isnan(told) or value == pytest.approx(told, rel=1e-9)


def test_family() -> None:
    """Of each indicator with its pillar, its sub-index and the index."""
    found, told = relate.family(tree(), normalised()), rows("10_corr_family")
    place = {"Pillar": 0, "Sub-index": 1, "Index": 2}
    assert len(told) == 3 * 49
    for row in told:
        values = list(found[row["Var2"]].values())
        assert values[place[row["Var1"]]] == pytest.approx(number(row["Correlation"]), rel=1e-9)


@pytest.mark.parametrize(
    ("golden", "low", "high"), [("10_corr_flags_high75", -1.0, 0.75), ("10_corr_flags_lowm40", -0.4, 1.0)]
)
def test_pairs_that_stand_out(golden: str, low: float, high: float) -> None:
    """Neighbours within a pillar above 0.75 or below −0.4, and no others."""
    scaled = {c: x for c, x in normalised().items() if c not in GROUPS}
    found = {(p.heading, *sorted((p.one, p.other))): p.value for p in relate.pairs(tree(), scaled, low=low, high=high)}
    told = {(r["Group"], *sorted((r["Ind1"], r["Ind2"]))): number(r["Corr"]) for r in rows(golden)}
    assert found == pytest.approx(told, rel=1e-9)


def test_availability() -> None:
    """Of each unit's figures, how many are missing, zero and known; the shares known under each heading."""
    raw = columns("02_dset_Raw")
    seen = screen(np.column_stack(list(raw.values())))
    for mine, row in zip(seen, rows("10_data_avail"), strict=True):
        assert [mine.missing, mine.zeros, mine.missing + mine.zeros] == [
            int(row[c]) for c in ("N_missing", "N_zero", "N_miss_or_zero")
        ]
        assert mine.known == pytest.approx(number(row["Dat_Avail"]), rel=1e-12)
        assert mine.nonzero == pytest.approx(number(row["Non_Zero"]), rel=1e-12)
    told = rows("10_data_avail_bygroup")
    for group in GROUPS:
        below = [c for c in raw if group in tree().above(c)]
        shares = [s.known for s in screen(np.column_stack([raw[c] for c in below]))]
        assert shares == pytest.approx([number(r[group]) for r in told], rel=1e-9)


def test_alpha() -> None:
    """Of each group, raw and scaled, and of the headings."""
    raw, scaled = columns("02_dset_Raw"), normalised()
    for row in rows("10_cronbach"):
        data = raw if row["dset"] == "Raw" else scaled
        codes = [c for c in data if c not in GROUPS] if row["group"] == "ALL" else children(row["group"])
        table = np.column_stack([data[c] for c in codes])
        assert diagnose.alpha(table) == pytest.approx(number(row["alpha"]), rel=1e-10), row


def group_table(told: list[dict[str, str]], group: str) -> Array:
    """Return the scaled columns of a group, in the order of its loadings."""
    scaled = normalised()
    return np.column_stack([scaled[r["iCode"]] for r in told if r["group"] == group and r["pc"] == "1"])


def alike(mine: Array, theirs: list[float]) -> bool:
    """Return whether two components agree but for the sign, which means nothing."""
    return any(np.allclose(mine * sign, theirs, rtol=1e-9, atol=1e-11) for sign in (1, -1))


@pytest.mark.parametrize(
    ("loadings", "variance", "weights"),
    [
        ("10_pca_loadings_L1", "10_pca_variance_L1", "10_pca_weights_L1"),
        ("10_pca_loadings_L2", "10_pca_variance_L2", "10_pca_weights_L2"),
    ],
)
def test_principal_components(loadings: str, variance: str, weights: str) -> None:
    """Loadings of every component, the spread and share each stands for, and weights from the first, sign aside."""
    told, spread = rows(loadings), rows(variance)
    weight = {r["iCode"]: number(r["Weight"]) for r in rows(weights)}
    for group in sorted({r["group"] for r in told}):
        table = group_table(told, group)
        found, sizes = weigh.loadings(table), weigh.variances(table)
        for n in range(table.shape[1]):
            mine = [r for r in told if r["group"] == group and r["pc"] == str(n + 1)]
            assert alike(found[:, n], [number(r["loading"]) for r in mine])
            row = next(r for r in spread if r["group"] == group and r["pc"] == str(n + 1))
            assert np.sqrt(sizes[n]) == pytest.approx(number(row["sdev"]), rel=1e-9)
            assert sizes[n] / sizes.sum() == pytest.approx(number(row["var_frac"]), rel=1e-9)
        codes = [r["iCode"] for r in told if r["group"] == group and r["pc"] == "1"]
        assert alike(found[:, 0], [weight[c] for c in codes])
        # ours sum to one whatever the sign the algebra happens to give
        assert weigh.principal(table) == pytest.approx(found[:, 0] / found[:, 0].sum())
