"""Our means and ranks give COINr's numbers through three levels, with and without missing values."""

from fractions import Fraction

import pytest
from oracle_coinr import Table, better, close, meta, needs_golden, table

from zhishu.score.aggregate import Aggregation, weighted_mean
from zhishu.score.rank import places
from zhishu.score.scales import minmax

pytestmark = needs_golden


def climb(indicators: Table, how: Aggregation, at_least: Fraction = Fraction(1)) -> Table:
    """Return all parents of the example, pillars first, from scaled indicators."""
    levels, parents, weights = meta("Level"), meta("Parent"), meta("Weight")
    values: Table = dict(indicators)
    for level in ("1", "2", "3"):
        for parent in sorted({parents[c] for c in levels if levels[c] == level}):
            children = [c for c in values if levels.get(c) == level and parents[c] == parent]
            values[parent] = {
                u: weighted_mean([(values[c][u], Fraction(weights[c])) for c in children], how, at_least)
                for u in indicators["LPI"]
            }
    return {c: v for c, v in values.items() if c not in indicators}


def differ(mine: Table, theirs: Table) -> list[tuple[str, str]]:
    """Return the cells on which the two differ."""
    return [(c, u) for c in theirs for u in theirs[c] if not close(mine[c][u], theirs[c][u])]


@pytest.mark.parametrize(("golden", "how"), [("07_agg_amean", "arithmetic"), ("07_agg_gmean", "geometric")])
def test_means_match_through_three_levels(golden: str, how: Aggregation) -> None:
    """Pillars, sub-indices and the index of 51 units."""
    assert differ(climb(table("06_norm_minmax_1_100"), how), table(golden)) == []


@pytest.mark.parametrize(
    ("golden", "how", "share"),
    [
        ("07_agg_missing_a_amean_thresh_0.5", "arithmetic", "0.5"),
        ("07_agg_missing_a_amean_thresh_0.9", "arithmetic", "0.9"),
        ("07_agg_missing_a_amean_thresh_1", "arithmetic", "1"),
        ("07_agg_missing_a_amean_thresh_none", "arithmetic", "0"),
        ("07_agg_missing_a_gmean_thresh_0.5", "geometric", "0.5"),
        ("07_agg_missing_a_gmean_thresh_0.9", "geometric", "0.9"),
        ("07_agg_missing_a_gmean_thresh_1", "geometric", "1"),
        ("07_agg_missing_a_gmean_thresh_none", "geometric", "0"),
    ],
)
def test_missing_values_follow_the_declared_share(golden: str, how: Aggregation, share: str) -> None:
    """A parent is known from the declared share of its children on, weights renormalised."""
    raw, ways = table("02_dset_Denominated"), better()
    ones = {
        i: {u: v * Fraction(99, 100) + 1 if isinstance(v, Fraction) else v for u, v in minmax(raw[i], ways[i]).items()}
        for i in table("06_norm_minmax_1_100")
    }
    assert differ(climb(ones, how, Fraction(share)), table(golden)) == []


def test_ranks_match() -> None:
    """Competition ranks of the index, its sub-indices and every indicator."""
    scores, expected = table("02_dset_Aggregated"), table("09_results_ranks")
    for column in expected:
        if column != "uName":
            units = sorted(scores[column])
            assert places([scores[column][u] for u in units]) == [expected[column][u] for u in units]
