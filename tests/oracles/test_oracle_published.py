"""Worked examples others have published: TOPSIS, entropy, CRITIC, judgements of pairs; and coupling and obstacles by hand."""

import numpy as np
import pytest

from zhishu.score.steps import normalise, weigh
from zhishu.score.steps.aggregate import topsis
from zhishu.score.steps.ampi import ampi, ampi_scaled
from zhishu.score.steps.diagnose import coupling, obstacles

AIRCRAFT = np.array(
    [
        [2.0, 1500, 20000, 5.5, 5, 9],
        [2.5, 2700, 18000, 6.5, 3, 5],
        [1.8, 2000, 21000, 4.5, 7, 7],
        [2.2, 1800, 20000, 5, 5, 5],
    ]
)


def test_hwang_and_yoons_aircraft() -> None:
    """Hwang and Yoon 1981, Multiple Attribute Decision Making: closeness 0.643, 0.268, 0.613, 0.312; less cost is better."""
    table = AIRCRAFT / np.sqrt((AIRCRAFT**2).sum(axis=0)) * np.array([1, 1, 1, -1, 1, 1])
    found = topsis(table, np.array([0.2, 0.1, 0.1, 0.1, 0.2, 0.3]))
    # worked with four decimals there
    assert list(found) == pytest.approx([0.643, 0.268, 0.613, 0.312], abs=0.001)


@pytest.mark.parametrize(
    ("table", "weights"),
    [
        # Xu 2004, European Journal of Operational Research 156(2): 530-532
        ([[30, 30, 38, 29], [19, 54, 86, 29], [19, 15, 85, 28.9], [68, 70, 60, 29]], (0.4630, 0.3992, 0.1378, 0.0000)),
        # Zavadskas and Podvezko 2016, doi:10.1142/S0219622016500036
        ([[3.0, 100, 10, 7], [2.5, 80, 8, 5], [1.8, 50, 20, 11], [2.2, 70, 12, 9]], (0.1146, 0.1981, 0.4185, 0.2689)),
    ],
)
def test_entropy(table: list[list[float]], weights: tuple[float, ...]) -> None:
    """To four decimals."""
    assert list(weigh.entropy(np.array(table, dtype=float))) == pytest.approx(weights, abs=0.00006)


def test_critic() -> None:
    """Tuş and Aytaç Adalı 2019, doi:10.1007/s12597-019-00371-6: five programs, six criteria, all taken as more is better."""
    table = np.array(
        [[5000, 3, 3, 4, 3, 2], [680, 5, 3, 2, 2, 1], [2000, 3, 2, 3, 4, 3], [600, 4, 3, 1, 2, 2], [800, 2, 4, 3, 3, 4]]
    )
    scaled = np.column_stack([normalise.minmax(x.astype(float), 1, 0, 1) for x in table.T])
    assert list(weigh.critic(scaled)) == pytest.approx([0.157, 0.249, 0.168, 0.121, 0.154, 0.151], abs=0.0006)


def test_saatys_drinks() -> None:
    """Saaty 2008, doi:10.1504/IJSSCI.2008.017590: which drink more is drunk of; ratio 0.022."""
    judgements = np.array(
        [
            [1, 9, 5, 2, 1, 1, 1 / 2],
            [1 / 9, 1, 1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9],
            [1 / 5, 3, 1, 1 / 3, 1 / 4, 1 / 3, 1 / 9],
            [1 / 2, 9, 3, 1, 1 / 2, 1, 1 / 3],
            [1, 9, 4, 2, 1, 2, 1 / 2],
            [1, 9, 3, 1, 1 / 2, 1, 1 / 3],
            [2, 9, 9, 3, 2, 3, 1],
        ]
    )
    found = weigh.pairwise(judgements)
    assert list(found.weights) == pytest.approx([0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327], abs=0.0006)
    assert found.ratio == pytest.approx(0.022, abs=0.0006)
    assert found.consistent


def test_consistency_by_hand() -> None:
    """A circle of three, each twice the next: λ = 1 + 2 + 1/2, so (3.5 − 3)/2/0.58 = 0.431 and no weights but equal ones.

    Judgements made of weights have λ = n: ratio 0, and those weights back.
    """
    circle = weigh.pairwise(np.array([[1, 2, 1 / 2], [1 / 2, 1, 2], [2, 1 / 2, 1]]))
    assert circle.ratio == pytest.approx(0.25 / 0.58)
    assert list(circle.weights) == pytest.approx([1 / 3] * 3)
    assert not circle.consistent
    weights = np.array([0.4, 0.3, 0.2, 0.1])
    made = weigh.pairwise(weights[:, None] / weights[None, :])
    assert list(made.weights) == pytest.approx(list(weights))
    assert made.ratio == pytest.approx(0, abs=1e-12)


def test_coupling_by_hand() -> None:
    """Two subsystems, 0.9 and 0.4: C = √0.36/0.65 = 12/13, T = 0.65, D = √0.6; three, 0.8, 0.4 and 0.1: D² = ∛0.032."""
    assert coupling(np.array([0.9, 0.4])) == pytest.approx(np.sqrt(0.6))
    assert coupling(np.array([0.8, 0.4, 0.1])) == pytest.approx(np.sqrt(0.032 ** (1 / 3)))
    # three to one for the first: T = 0.775, C as before
    weighted = coupling(np.array([0.9, 0.4]), np.array([3.0, 1.0]))
    assert weighted == pytest.approx(np.sqrt(12 / 13 * 0.775))
    # the same mean, nearer to each other: better coordinated
    assert coupling(np.array([0.65, 0.65])) > coupling(np.array([0.9, 0.4])) > coupling(np.array([1.0, 0.3]))


def test_obstacles_by_hand() -> None:
    """Weights 0.5, 0.3, 0.2 and 0.2, 0.5, 0.9 reached: 0.40, 0.15, 0.02 short of 0.57 in all."""
    found = obstacles(np.array([[0.2, 0.5, 0.9], [1.0, 1.0, 1.0]]), np.array([0.5, 0.3, 0.2]))
    assert list(found[0]) == pytest.approx([0.40 / 0.57, 0.15 / 0.57, 0.02 / 0.57])
    assert np.isnan(found[1]).all()


def test_an_index_over_time_by_hand() -> None:
    """Mazziotta and Pareto 2016, doi:10.1007/s11205-015-0998-2: posts half the range of all years about the reference.

    Range 10 to 50, reference 20: posts 0 and 40, so 10, 20, 50 are 85, 100, 145 by (x − 0)/40·60 + 70, and 200 less that
    where less is better. Of 85 and 115 the mean is 100, the spread 15: 100 − 15²/100, or plus for an index of harm.
    """
    one = np.array([[10.0, 20.0], [20.0, 50.0]])
    assert ampi_scaled(one, 1, 20.0).tolist() == [[85, 100], [100, 145]]
    assert ampi_scaled(one, -1, 20.0).tolist() == [[115, 100], [100, 55]]
    assert ampi([one, one], [1, -1], [20.0, 20.0])[0].tolist() == [97.75, 100]
    assert ampi([one, one], [1, -1], [20.0, 20.0], upwards=False)[0].tolist() == [102.25, 100]
