"""Entropy weights and TOPSIS beside pymcdm, the same tables in the same run; pymcdm is in no lock."""

import importlib.util
import time
from collections.abc import Callable
from importlib.metadata import version

import numpy as np
from clock import say

from zhishu.score.steps.aggregate import topsis
from zhishu.score.steps.normalise import minmax
from zhishu.score.steps.shape import Array
from zhishu.score.steps.weigh import entropy


def beside_pymcdm(sizes: tuple[tuple[int, int], ...] = ((51, 49), (3000, 100))) -> None:
    """Say how many times as long pymcdm takes; that both find the same is checked first."""
    if importlib.util.find_spec("pymcdm") is None:
        say("beside pymcdm: not measured, pymcdm is not installed here")
        return
    from pymcdm.methods import TOPSIS
    from pymcdm.weights import entropy_weights

    say(f"entropy weights and TOPSIS on min-max, beside pymcdm {version('pymcdm')}, processor time of one table:")
    for units, indicators in sizes:
        table = np.random.default_rng(1).uniform(1, 9, (units, indicators))
        types = np.ones(indicators)

        def ours(table: Array = table) -> Array:
            scaled = np.column_stack([minmax(x, 1, 0, 1) for x in table.T])
            return topsis(scaled, entropy(table))

        def theirs(table: Array = table, types: Array = types) -> Array:
            return np.asarray(TOPSIS()(table, entropy_weights(table), types))

        assert np.allclose(ours(), theirs(), rtol=1e-9)
        own, peer = _each(ours), _each(theirs)
        say(f"  {units:5} × {indicators:3}  {own * 1000:8.2f} ms, pymcdm {peer * 1000:8.2f} ms: ratio {peer / own:.1f}")


def _each(run: Callable[[], object]) -> float:
    """Return the processor time of one run, of as many as take a second; the least of three such."""
    start = time.process_time()
    run()
    many = max(1, int(0.3 / max(time.process_time() - start, 1e-5)))
    found = []
    for _ in range(3):
        start = time.process_time()
        for _ in range(many):
            run()
        found.append((time.process_time() - start) / many)
    return min(found)
