"""pymcdm and SALib say the same of the same tables and runs, to 1e-9; their figures are kept in ``peers.json``."""

import json
from importlib.util import find_spec

import numpy as np
import pytest
import remake_peers
from oracle_tai import INDICATORS, JUDGEMENTS, TABLE, scaled
from remake_peers import BASE, FILE, WEIGHTS, ishigami, linear, runs

from zhishu.score.steps import weigh
from zhishu.score.steps.aggregate import topsis
from zhishu.score.steps.sobol import Sensitivity, indices
from zhishu.score.steps.vote import net_flow

PEERS = json.loads(FILE.read_text(encoding="utf-8"))
# first and total order of a, b, c: Saltelli and others 2008, section 4.6; 1, 4, 9 of 14
KNOWN = {
    "ishigami": ((0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437)),
    "linear": ((1 / 14, 4 / 14, 9 / 14), (1 / 14, 4 / 14, 9 / 14)),
}


def same(mine: np.ndarray, name: str) -> None:
    """Check figures against those of a peer."""
    assert list(mine) == pytest.approx(PEERS[name], rel=1e-9, abs=1e-12)


def estimated(function: object) -> Sensitivity:
    """Return our indices of values at the very points the peer had."""
    return indices(lambda _: runs(function).ravel(), ["a", "b", "c"], BASE, 1, resamples=1)


def test_weights() -> None:
    """Equal, entropy, CRITIC, and the judgements of the handbook with their consistency index."""
    same(weigh.equal(len(INDICATORS)), "equal")
    same(weigh.entropy(TABLE), "entropy")
    same(weigh.critic(scaled()), "critic")
    judged = weigh.pairwise(JUDGEMENTS)
    same(judged.weights, "ahp")
    # the ratio divides the index by 1.41, Saaty's mean of random matrices of eight; the peer takes another's
    assert judged.ratio * 1.41 == pytest.approx(PEERS["ahp_index"], rel=1e-9)


def test_distances_and_net_flows() -> None:
    """TOPSIS on two scales, PROMETHEE II with the usual criterion, all with weights that are not alike."""
    same(topsis(scaled(), WEIGHTS), "topsis_minmax")
    same(topsis(TABLE / np.sqrt((TABLE**2).sum(axis=0)), WEIGHTS), "topsis_vector")
    same(net_flow(TABLE, WEIGHTS), "promethee")


@pytest.mark.parametrize("function", [ishigami, linear])
def test_sensitivity(function: object) -> None:
    """SALib's estimators of the same values; and as near to what is known as all its analysis comes."""
    pytest.importorskip("scipy", reason="SciPy (extra sensitivity) is not installed")
    name = getattr(function, "__name__", "")
    mine, theirs = estimated(function), PEERS["sobol"][name]
    first, total = ([getattr(s, order) for s in mine.shares.values()] for order in ("first", "total"))
    assert first == pytest.approx(theirs["first"], rel=1e-9, abs=1e-12)
    assert total == pytest.approx(theirs["total"], rel=1e-9, abs=1e-12)
    assert total == pytest.approx(theirs["analyzed_total"], rel=1e-9)
    for known, own, peer in zip(KNOWN[name], (first, total), ("analyzed_first", "analyzed_total"), strict=True):
        off, peer_off = (float(np.abs(np.array(x) - known).max()) for x in (own, theirs[peer]))
        assert off <= peer_off + 1e-3
        assert off < 0.02  # 1,024 plain points; scrambled ones come nearer


def test_a_zero_is_the_limit_and_no_certainty() -> None:
    """pymcdm 1.4.0 takes the entropy of a column with one zero for none at all, and gives the column the most weight."""
    table = np.column_stack([np.full(20, 5.0), np.arange(1.0, 21.0)])
    table[0, 0] = 0.0
    near = table.copy()
    near[0, 0] = 1e-9
    assert weigh.entropy(table) == pytest.approx(weigh.entropy(near), abs=1e-6)
    assert weigh.entropy(table)[0] < weigh.entropy(table)[1]


@pytest.mark.skipif(not (find_spec("pymcdm") and find_spec("SALib")), reason="pymcdm and SALib are not installed")
def test_the_kept_figures_are_theirs() -> None:
    """Made again where both are installed, whatever their versions."""
    made = json.loads(json.dumps(remake_peers.figures()))
    for name in PEERS.keys() - {"made_with", "sobol"}:
        assert made[name] == pytest.approx(PEERS[name], rel=1e-9, abs=1e-12), name
    for name, told in PEERS["sobol"].items():
        for order, values in told.items():
            assert made["sobol"][name][order] == pytest.approx(values, rel=1e-9, abs=1e-12)
