"""The same seed gives the same bytes on one thread or on four: what was published can be made again on any machine."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# large enough, and of a number of units that no block divides, that a library would share products out among threads
MADE = """
import hashlib, sys
import numpy as np
from zhishu.score.steps.recipe import Study
from zhishu.score.steps.sobol import of_ranks
from zhishu.score.steps.sure import Varied, vary
from zhishu.score.steps.tree import tree_of
from zhishu.score.steps.weigh import critic, entropy

random = np.random.default_rng(11)
columns = {f"i{n}": random.lognormal(size=281) for n in range(66)}
rows = [(id, f"g{n % 2}", 1.0) for n, id in enumerate(columns)]
tree = tree_of([*rows, ("g0", "top", 2.0), ("g1", "top", 1.0), ("top", "", 1.0)])
study = Study(columns, dict.fromkeys(columns, 1), tree)
table = np.column_stack(list(columns.values()))
parts = [critic(table), entropy(table)]
for means in (("arithmetic",), ("topsis",), ("arithmetic", "harmonic", "mpi", "owa")):
    varied = Varied((None, 5) if len(means) > 1 else (None,), ("minmax",), means, 0.3, 250, 7)
    sure = vary(study, varied)
    parts += [sure.scores, sure.ranks, *sure.interval(), sure.tiers()]
if "sensitivity" in sys.argv:
    parts.append(np.array(repr(of_ranks(study, varied, 64)).encode()))
print(hashlib.sha256(b"".join(p.tobytes() for p in parts)).hexdigest())
"""


def made(threads: int, *words: str) -> str:
    """Return a digest of all that the runs give, made by a process of its own."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    environment = {**os.environ, **dict.fromkeys(names, str(threads)), "PYTHONPATH": str(ROOT / "src")}
    line = [sys.executable, "-c", MADE, *words]
    return subprocess.run(line, env=environment, capture_output=True, check=True, text=True).stdout.strip()


def test_one_thread_or_four() -> None:
    """Weights found, scores, ranks, intervals, tiers and the shares of a sensitivity, to the last bit."""
    pytest.importorskip("scipy", reason="SciPy (extra sensitivity) is not installed")
    one = made(1, "sensitivity")
    assert len(one) == hashlib.sha256().digest_size * 2
    assert made(4, "sensitivity") == one
