"""The worked examples of the OECD/JRC Handbook on Constructing Composite Indicators (2008), as printed there.

Source: doi:10.1787/9789264043466-en; tables and pages beside each.
"""

import numpy as np
import pytest
from oracle_tai import COUNTRIES, INDICATORS, JUDGEMENTS, TABLE, scaled

from zhishu.score.steps import diagnose, normalise, weigh
from zhishu.score.steps.aggregate import arithmetic, copeland, geometric
from zhishu.score.steps.order import median_order, supported
from zhishu.score.steps.vote import outranking

SCHOOLING = TABLE[:, INDICATORS.index("schooling")]


def votes(*voters: tuple[int, str]) -> np.ndarray:
    """Return Borda's points (countries, indicators) of so many indicators for each order of countries, a first."""
    names = sorted(voters[0][1])
    return np.array([[float(len(o) - 1 - o.index(c)) for many, o in voters for _ in range(many)] for c in names])


def one(many: int) -> np.ndarray:
    """Return the weight one of so many indicators."""
    return np.ones(many)


def test_normalisation() -> None:
    """Table 15 (p. 87): mean years of school of 23 countries by seven methods, to two decimals."""
    printed = {
        "rank": (15, 23, 19, 12, 17, 9, 9, 20, 18, 1, 16, 22, 9, 8, 21, 6, 5, 14, 4, 3, 12, 7, 1),
        "zscore": (0.26, 1.52, 1.14, -0.06, 0.76, -0.12, -0.12, 1.27, 0.83, -1.58, 0.38, 1.46),
        "minmax": (0.59, 1.0, 0.88, 0.49, 0.76, 0.47, 0.47, 0.92, 0.78, 0.0, 0.63, 0.98, 0.47, 0.45, 0.94),
        "of_best": (0.83, 1.0, 0.95, 0.79, 0.90, 0.78, 0.78, 0.97, 0.91, 0.59, 0.85, 0.99, 0.78, 0.78, 0.98),
    }
    found = {
        "rank": normalise.rank_points(SCHOOLING, 1),
        "zscore": normalise.zscore(SCHOOLING, 1),
        "minmax": normalise.minmax(SCHOOLING, 1, 0, 1),
        "of_best": normalise.of_best(SCHOOLING, 1),
    }
    for name, values in printed.items():
        # half a unit of the last printed place, and what rounding to even leaves
        assert list(found[name][: len(values)]) == pytest.approx(values, abs=0.0051), name


def test_principal_components() -> None:
    """Table 16 (p. 90): shares of variance 41.9, 21.8, 12.3, 11.1, 6.0, 3.7, 2.2, 0.9 %."""
    spread = TABLE.std(axis=0, ddof=1)
    values = ((TABLE - TABLE.mean(axis=0)) / spread @ weigh.loadings(TABLE)).var(axis=0, ddof=1)
    assert list(values / 8 * 100) == pytest.approx([41.9, 21.8, 12.3, 11.1, 6.0, 3.7, 2.2, 0.9], abs=0.16)
    assert values.sum() == pytest.approx(8)


def test_alpha() -> None:
    """Page 72 and Table 11: 0.70 for the standardised indicators, and without each of them in turn."""
    standard = np.column_stack([normalise.zscore(x, 1) for x in TABLE.T])
    assert diagnose.alpha(standard) == pytest.approx(0.70, abs=0.005)
    printed = {"patents": 0.704, "royalties": 0.645, "internet": 0.636, "exports": 0.774}
    printed |= {"telephones": 0.603, "electricity": 0.624, "schooling": 0.662, "university": 0.706}
    for n, id in enumerate(INDICATORS):
        assert diagnose.alpha(np.delete(standard, n, axis=1)) == pytest.approx(printed[id], abs=0.003), id


def test_judgements_in_pairs() -> None:
    """Table 20 (p. 97): consistent; schooling before patents, exports and royalties, internet and what it equals last."""
    judged = weigh.pairwise(JUDGEMENTS)
    assert judged.consistent
    order = [INDICATORS[n] for n in np.argsort(-judged.weights, kind="stable")]
    assert order[:4] == ["schooling", "patents", "exports", "royalties"]
    assert judged.weights[4] == pytest.approx(judged.weights[5])


def test_benefit_of_the_doubt() -> None:
    """Table 19 (p. 94): each weight 10 to 15 % of their sum (note 29); scores to two decimals, Norway before Japan."""
    pytest.importorskip("scipy", reason="SciPy (extra sensitivity) is not installed")
    from zhishu.score.steps.doubt import benefit_of_doubt

    found = benefit_of_doubt(scaled(), 0.10, 0.15)
    printed = (1, 1, 1, 0.87, 0.80, 0.75, 0.71, 0.73, 0.66, 0.62, 0.62, 0.86, 0.60, 0.54, 0.58, 0.52, 0.51, 0.49, 0.34)
    printed += (0.38, 0.31, 0.27, 0.28)
    # the handbook had telephones and electricity to more decimals than it prints
    assert list(found.scores) == pytest.approx(printed, abs=0.01)
    # the weights of three of those whose choice is not between equals
    for country, weights in {
        "Korea": (0.22, 0.14, 0.14, 0.22, 0.14, 0.14, 0.22, 0.22),
        "Netherlands": (0.22, 0.22, 0.14, 0.22, 0.22, 0.14, 0.14, 0.14),
        "Austria": (0.22, 0.14, 0.14, 0.22, 0.22, 0.22, 0.14, 0.14),
    }.items():
        assert list(found.weights[COUNTRIES.index(country)]) == pytest.approx(weights, abs=0.006), country


def test_geometric_means_compensate_less() -> None:
    """Section 6.11 (p. 104): 21, 1, 1, 1 and 6, 6, 6, 6: equal sums, 2.14 against 6; one more makes 2.54 and 6.23."""
    table = np.array([[21.0, 1, 1, 1], [6, 6, 6, 6]])
    assert list(arithmetic(table, one(4))) == [6, 6]
    assert list(geometric(table, one(4))) == pytest.approx([2.14, 6], abs=0.005)
    table[:, 1] += 1
    assert list(geometric(table, one(4))) == pytest.approx([2.54, 6.23], abs=0.01)


def test_geometric_ranks() -> None:
    """Table 38 (p. 116): all 23 ranks by the geometric mean of the raw figures, which need no scale."""
    printed = (2, 1, 3, 4, 16, 5, 6, 13, 14, 18, 8, 11, 7, 9, 17, 12, 10, 15, 19, 21, 23, 22, 20)
    assert tuple(diagnose.ranks(geometric(TABLE, one(8)))) == printed


@pytest.mark.parametrize(
    ("voters", "points", "matrix"),
    [
        (
            ((3, "abcd"), (5, "acbd"), (7, "bdca"), (6, "cbda")),  # Tables 25 to 27 (p. 106)
            (24, 44, 38, 20),
            ((0, 8, 8, 8), (13, 0, 10, 21), (13, 11, 0, 14), (13, 0, 7, 0)),
        ),
        (
            ((23, "abc"), (17, "bca"), (2, "bac"), (10, "cab"), (8, "cba")),  # Tables 28 to 30 (p. 108)
            (58, 69, 53),
            ((0, 33, 25), (27, 0, 42), (35, 18, 0)),
        ),
    ],
)
def test_borda_and_condorcet(voters: tuple[tuple[int, str], ...], points: tuple[int, ...], matrix: object) -> None:
    """Points by place, and the matrix of how many indicators are for each of a pair."""
    table = votes(*voters)
    assert tuple(table.sum(axis=1)) == points
    over = outranking(table, one(table.shape[1])) * table.shape[1]
    np.fill_diagonal(over, 0)
    assert np.allclose(over, matrix)


def test_the_winner_of_all_pairs() -> None:
    """Page 107: c, then b, d and a; Copeland's votes say the same."""
    table = votes((3, "abcd"), (5, "acbd"), (7, "bdca"), (6, "cbda"))
    found = median_order(outranking(table, one(21)))
    assert "".join("abcd"[u] for u in found.units) == "cbda"
    assert list(copeland(table, one(21))) == [-3, 1, 3, -1]


def test_a_cycle_is_resolved_by_support() -> None:
    """Page 111: a beats b, b beats c, c beats a; of six orders b, c, a has most support, 104."""
    over = outranking(votes((23, "abc"), (17, "bca"), (2, "bac"), (10, "cab"), (8, "cba")), one(60)) * 60
    printed = {"abc": 100, "bca": 104, "cab": 86, "bac": 94, "cba": 80, "acb": 76}
    assert {o: round(supported(over, tuple("abc".index(u) for u in o))) for o in printed} == printed
    found = median_order(over)
    assert "".join("abc"[u] for u in found.units) == "bca"


def test_ranks_of_some_depend_on_others() -> None:
    """Tables 31 to 33 (p. 109): without d, whom nobody has first, Borda's winner is c and no more a."""
    table = votes((3, "cbad"), (2, "badc"), (2, "adcb"))
    assert list(normalise.borda(np.arange(4.0), 1)) == [0, 1, 2, 3]
    assert list(table.sum(axis=1)) == [13, 12, 11, 6]
    without = np.column_stack([normalise.borda(x, 1) for x in table[:3].T])
    assert list(without.sum(axis=1)) == [6, 7, 8]


def test_five_countries_in_pairs() -> None:
    """Tables 35 to 37 (p. 113): the matrix, and three orders with the most support, 6.375."""
    table = TABLE[:5].copy()
    # printed here to three decimals, which tell the United States from Japan
    table[:, 4] = [3.080, 2.997, 3.096, 3.003, 2.972]
    over = outranking(table, one(8))
    printed = [[0, 4, 3, 6, 5], [4, 0, 4, 5, 5], [5, 4, 0, 6, 5], [2, 3, 2, 0, 6], [3, 3, 3, 2, 0]]
    assert np.allclose(np.nan_to_num(over) * 8, printed)
    found = median_order(over)
    assert found.support == 6.375
    assert found.units in {(1, 2, 0, 3, 4), (2, 0, 1, 3, 4), (2, 1, 0, 3, 4)}
    for units in ((0, 1, 2, 3, 4), (0, 2, 1, 3, 4), (1, 0, 2, 3, 4)):
        assert supported(over, units) == 6.125


def test_our_order_of_all_countries_has_more_support_than_the_printed() -> None:
    """Table 38 prints one by the same rule (NCMC), with ties, whose pairs have less in these figures."""
    printed = (3, 1, 2, 4, 9, 8, 5, 11, 9, 12, 7, 6, 13, 17, 15, 15, 14, 18, 20, 19, 21, 23, 22)
    over = outranking(TABLE, one(8))
    theirs = tuple(int(n) for n in np.argsort(printed, kind="stable"))
    assert median_order(over).support >= supported(over, theirs)
