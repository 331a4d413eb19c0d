"""Our scales give COINr's numbers on its example of 51 units."""

from collections.abc import Mapping
from fractions import Fraction

import pytest
from oracle_coinr import better, close, meta, needs_golden, table

from zhishu.formula.evaluate import Value
from zhishu.score.scales import distance_to_target, efficacy, minmax, rank_points, zscore

pytestmark = needs_golden


def agree(mine: Mapping[str, Value], theirs: Mapping[str, Value]) -> list[str]:
    """Return the units on which the two differ."""
    return [u for u, v in theirs.items() if not close(mine[u], v)]


@pytest.mark.parametrize("golden", ["06_norm_minmax_0_100", "06_norm_zscore_0_1", "06_norm_rank"])
def test_scales_match_the_golden_numbers(golden: str) -> None:
    """Min-max, z-score and rank points agree for every indicator and unit."""
    raw, ways = table("02_dset_Treated"), better()
    scales = {
        "06_norm_minmax_0_100": minmax,
        "06_norm_zscore_0_1": zscore,
        "06_norm_rank": rank_points,
    }
    expected = table(golden)
    wrong = {i: agree(scales[golden](raw[i], ways[i]), expected[i]) for i in expected}
    assert {i: units for i, units in wrong.items() if units} == {}


@pytest.mark.parametrize(
    ("golden", "cap"), [("06_norm_dist2targ_iMeta", None), ("06_norm_dist2targ_iMeta_capped", Fraction(1))]
)
def test_distance_to_target_matches(golden: str, cap: Fraction | None) -> None:
    """With and without a cap."""
    raw, ways, targets, expected = table("02_dset_Treated"), better(), meta("Target"), table(golden)
    for i in expected:
        assert agree(distance_to_target(raw[i], ways[i], Fraction(targets[i]), cap), expected[i]) == []


def test_efficacy_is_the_golden_minmax_on_another_range() -> None:
    """60 + 40 times COINr's min-max on 0 to 1."""
    raw, ways, expected = table("02_dset_Treated"), better(), table("06_norm_minmax_0_100")
    for i in expected:
        mine = efficacy(raw[i], ways[i])
        assert all(
            close(mine[u], v * Fraction(40, 100) + 60) for u, v in expected[i].items() if isinstance(v, Fraction)
        )
