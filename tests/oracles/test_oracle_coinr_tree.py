"""Our tree gives COINr's scores and effective weights on its example."""

import numpy as np
import pytest
from oracle_coinr import FOLDER, needs_golden
from test_oracle_coinr_steps import INDICATORS, Array, close, columns, direction, number, rows

from zhishu.score.steps.aggregate import Mean, arithmetic, generalised, geometric, harmonic
from zhishu.score.steps.normalise import minmax
from zhishu.score.steps.tree import Tree, tree_of

pytestmark = needs_golden
GROUPS = (
    "ConEcFin",
    "Environ",
    "Instit",
    "P2P",
    "Physical",
    "Political",
    "Social",
    "SusEcFin",
    "Conn",
    "Sust",
    "Index",
)


def tree(how: Mean = arithmetic, least: float = 0.0, above: Mean | None = None, equal: bool = False) -> Tree:
    """Return the tree of the example; ``above`` is the method of the two upper levels."""
    kept = [r for r in rows("00_iMeta") if r["Type"] in ("Indicator", "Aggregate")]
    told = [(r["iCode"], r["Parent"], 1.0 if equal else number(r["Weight"])) for r in kept]
    methods = {r["iCode"]: above if above is not None and r["Level"] in ("3", "4") else how for r in kept}
    return tree_of(told, methods, least)


def same(found: dict[str, Array], golden: str) -> list[str]:
    """Return the headings on which the scores differ."""
    table = rows(golden)
    return [g for g in GROUPS if not close(found[g], np.array([number(r[g]) for r in table]))]


@pytest.mark.parametrize(
    ("golden", "mine"),
    [
        ("07_agg_amean", tree()),
        ("07_agg_amean_equalweights", tree(equal=True)),
        ("07_agg_gmean", tree(geometric)),
        ("07_agg_hmean", tree(harmonic)),
        ("07_agg_genmean_p-1", tree(generalised(-1))),
        ("07_agg_genmean_p0.5", tree(generalised(0.5))),
        ("07_agg_genmean_p2", tree(generalised(2))),
        ("07_agg_genmean_p3", tree(generalised(3))),
        ("07_agg_gmean_amean_amean", tree(geometric, above=arithmetic)),
    ]
    if FOLDER.is_dir()
    else [],
)
def test_means(golden: str, mine: Tree) -> None:
    """Every heading of every unit, by one method and by two."""
    assert same(mine.scores(columns("06_norm_minmax_1_100")), golden) == []


@pytest.mark.parametrize(
    ("golden", "how", "least"),
    [
        ("07_agg_missing_a_amean_thresh_none", arithmetic, 0.0),
        ("07_agg_missing_a_amean_thresh_0.5", arithmetic, 0.5),
        ("07_agg_missing_a_amean_thresh_0.9", arithmetic, 0.9),
        ("07_agg_missing_a_amean_thresh_1", arithmetic, 1.0),
        ("07_agg_missing_a_gmean_thresh_none", geometric, 0.0),
        ("07_agg_missing_a_gmean_thresh_0.5", geometric, 0.5),
        ("07_agg_missing_a_gmean_thresh_0.9", geometric, 0.9),
        ("07_agg_missing_a_gmean_thresh_1", geometric, 1.0),
        ("07_agg_missing_a_hmean_thresh_none", harmonic, 0.0),
        ("07_agg_missing_a_hmean_thresh_0.5", harmonic, 0.5),
        ("07_agg_missing_a_hmean_thresh_0.9", harmonic, 0.9),
        ("07_agg_missing_a_hmean_thresh_1", harmonic, 1.0),
    ],
)
def test_missing_cells(golden: str, how: Mean, least: float) -> None:
    """Left out, or too many."""
    data = {c: minmax(x, direction(c), 1, 100) for c, x in columns("02_dset_Denominated").items()}
    assert same(tree(how, least).scores(data), golden) == []


def test_one_missing_cell_does_not_poison_a_mean_of_powers() -> None:
    """Where nothing below a heading is missing COINr's numbers hold; where something is, it has none and we do."""
    data = {c: minmax(x, direction(c), 1, 100) for c, x in columns("02_dset_Denominated").items()}
    found, told = tree(generalised(2)).scores(data), rows("07_agg_missing_a_genmean_p2")
    lost = 0
    for group in GROUPS:
        wanted = np.array([number(r[group]) for r in told])
        whole = ~np.isnan([data[c] for c in data if group in tree().above(c)]).any(axis=0)
        assert np.array_equal(whole, ~np.isnan(wanted))
        assert close(found[group][whole], wanted[whole])
        assert not np.isnan(found[group]).any()
        lost += int((~whole).sum())
    assert lost > 50


def test_effective_weights() -> None:
    """Shares multiplied down the tree."""
    found = tree().effective()
    for row in rows("01_effective_weights"):
        assert found[row["iCode"]] == pytest.approx(number(row["EffWeight"]), rel=1e-12)


def test_all_columns_of_the_example_are_used() -> None:
    """The leaves are the 49 indicators."""
    assert sorted(tree().leaves()) == sorted(INDICATORS)
