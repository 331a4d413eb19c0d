"""Figures of pymcdm and SALib for the tests beside: ``python tests/oracles/remake_peers.py`` where both are installed.

They bring pandas and matplotlib, so that no lock holds them: their figures are kept in ``peers.json`` with the versions
that made them. Both are MIT.
"""

import json
from importlib.metadata import version
from pathlib import Path

import numpy as np
from oracle_tai import JUDGEMENTS, TABLE

FILE = Path(__file__).parent / "peers.json"
WEIGHTS = np.array([3.0, 1.0, 2.0, 1.0, 0.5, 0.5, 2.0, 4.0]) / 14
BASE = 1024


def sample(factors: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the points A and B (points, factors) of a plain Sobol' sequence: the same in every version of SciPy."""
    from scipy.stats import qmc

    drawn = qmc.Sobol(2 * factors, scramble=False).random(BASE)
    return drawn[:, :factors], drawn[:, factors:]


def ishigami(u: np.ndarray) -> np.ndarray:
    """Return Ishigami's function of points in the unit cube, a = 7, b = 0.1."""
    x = (2 * u - 1) * np.pi
    return np.asarray(np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0]))


def linear(u: np.ndarray) -> np.ndarray:
    """Return 0.5 + a + 2b + 3c."""
    return np.asarray(0.5 + u[:, 0] + 2 * u[:, 1] + 3 * u[:, 2])


def runs(function: object) -> np.ndarray:
    """Return the values of a function at A, B and A with each column from B, shape (factors + 2, points)."""
    assert callable(function)
    a, b = sample(3)
    mixed = [np.where(np.arange(3) == n, b, a) for n in range(3)]
    return np.stack([function(points) for points in (a, b, *mixed)])


def figures() -> dict[str, object]:
    """Return what the two libraries say of the tables, as plain lists."""
    from pymcdm import normalizations
    from pymcdm.methods import PROMETHEE_II, TOPSIS
    from pymcdm.weights import critic_weights, entropy_weights, equal_weights
    from pymcdm.weights.subjective import AHP

    types = np.ones(TABLE.shape[1])
    judged = AHP(matrix=JUDGEMENTS)
    return {
        "made_with": {name: version(name) for name in ("pymcdm", "SALib", "numpy", "scipy")},
        "equal": equal_weights(TABLE).tolist(),
        "entropy": entropy_weights(TABLE).tolist(),
        "critic": critic_weights(TABLE).tolist(),
        "topsis_minmax": TOPSIS(normalizations.minmax_normalization)(TABLE, WEIGHTS, types).tolist(),
        "topsis_vector": TOPSIS(normalizations.vector_normalization)(TABLE, WEIGHTS, types).tolist(),
        "promethee": PROMETHEE_II("usual")(TABLE, WEIGHTS, types).tolist(),
        "ahp": np.asarray(judged()).tolist(),
        "ahp_index": float(judged.get_cr()) * AHP.RI_M[len(JUDGEMENTS) - 1],
        "sobol": {function.__name__: _sobol(function) for function in (ishigami, linear)},
    }


def _sobol(function: object) -> dict[str, list[float]]:
    from SALib.analyze import sobol

    ya, yb, *mixed = runs(function)
    # SALib reads A, then A with each column from B, then B, point by point
    told = sobol.analyze(
        {"num_vars": 3, "names": list("abc"), "bounds": [[0, 1]] * 3},
        np.column_stack([ya, *mixed, yb]).ravel(),
        calc_second_order=False,
        seed=1,
    )
    mean = np.concatenate([ya, yb]).mean()
    return {
        "analyzed_first": np.asarray(told["S1"]).tolist(),
        "analyzed_total": np.asarray(told["ST"]).tolist(),
        # its estimators themselves, of values about the mean of A and B
        "first": [float(sobol.first_order(ya - mean, y - mean, yb - mean)) for y in mixed],
        "total": [float(sobol.total_order(ya, y, yb)) for y in mixed],
    }


if __name__ == "__main__":
    FILE.write_text(json.dumps(figures(), indent=1) + "\n", encoding="utf-8")
