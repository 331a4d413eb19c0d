"""Sensitivity of a linear function at COINr's own points: its numbers by our estimator, and what centring mends."""

import numpy as np
import pytest
from oracle_coinr import needs_golden
from test_oracle_coinr_steps import number, rows

from zhishu.score.steps.sobol import _estimates

pytestmark = needs_golden
RUNS = 500


def test_the_linear_function() -> None:
    """a + 2b + 3c at 2,500 points: A, B, and A with one column of B each."""
    points = np.array([[number(v) for v in r.values()] for r in rows("13_linear_test_design")])
    y = np.array([number(r["y"]) for r in rows("13_linear_test_y")])
    assert points @ [1, 2, 3] == pytest.approx(y, rel=1e-12)
    a, b = points[:RUNS], points[RUNS : 2 * RUNS]
    for n in range(3):
        mixed = points[(n + 2) * RUNS : (n + 3) * RUNS]
        assert np.array_equal(mixed, np.where(np.arange(3) == n, b, a))
    told = rows("13_linear_test_indices")
    ya, yb, mixed = y[:RUNS], y[RUNS : 2 * RUNS], y[2 * RUNS :].reshape(3, RUNS)
    found = _estimates(np.full((1, RUNS), 1 / RUNS), y.reshape(5, RUNS, 1))
    first, total, variance = (x[..., 0] for x in found)
    # COINr divides by the sample variance of both halves, we by the mean square
    sample = (2 * RUNS - 1) / (2 * RUNS)
    assert total[:, 0] * sample == pytest.approx([number(r["STi"]) for r in told], rel=1e-9)
    # its first index does not take the mean off, which is ours and a term of pure chance
    chance = (mixed - ya).mean(axis=-1) * np.concatenate([ya, yb]).mean() / variance[0]
    assert (first[:, 0] + chance) * sample == pytest.approx([number(r["Si"]) for r in told], rel=1e-9)
    true = np.array([1, 4, 9]) / 14
    theirs = np.array([number(r["Si"]) for r in told])
    assert np.sqrt(((first[:, 0] - true) ** 2).mean()) < np.sqrt(((theirs - true) ** 2).mean()) / 2


def test_the_bounds_of_the_linear_function() -> None:
    """Bounds by resampling cannot be the same draws; ours lie as far apart within a third."""
    y = np.array([number(r["y"]) for r in rows("13_linear_test_y")])
    drawn = np.random.default_rng(1).multinomial(RUNS, np.full(RUNS, 1 / RUNS), 4000)
    total = _estimates(drawn / RUNS, y.reshape(5, RUNS, 1))[1][..., 0]
    for n, row in enumerate(rows("13_linear_test_indices")):
        low, high = np.quantile(total[n], [0.05, 0.95])
        assert high - low == pytest.approx(number(row["STi_q95"]) - number(row["STi_q5"]), rel=1 / 3)
        assert low < number(row["STi"]) < high
