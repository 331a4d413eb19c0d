"""What the index says about its speed, measured in one run: ``make bench score``. One core: set the threads to one.

Whole regenerations (treat, scale, weigh, aggregate, rank) on a table of the size of COINr's example, 51 units and 49
indicators in a tree of four levels; many weights over 3,000 units and 100 indicators; Copeland over the same.
"""

import os
import platform
import resource
import time
from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
from clock import say

from zhishu.score.steps.aggregate import copeland
from zhishu.score.steps.recipe import SCALES, Study
from zhishu.score.steps.sure import Varied, vary
from zhishu.score.steps.tree import Tree, tree_of


def used(run: Callable[[], object]) -> tuple[float, object]:
    """Return the processor time of a run, and what it gave."""
    start = time.process_time()
    found = run()
    return time.process_time() - start, found


def made(units: int, groups: tuple[int, ...], seed: int = 1) -> Study:
    """Return an index over generated columns, a fifth of them skewed: so many under each heading, two heads, one top."""
    random = np.random.default_rng(seed)
    columns = {}
    rows: list[tuple[str, str, float]] = []
    for g, many in enumerate(groups):
        for k in range(many):
            drawn = random.normal(size=units)
            columns[f"i{g}_{k}"] = np.exp(1.5 * drawn) if (g + k) % 5 == 0 else drawn + 10
            rows.append((f"i{g}_{k}", f"g{g}", 1.0))
        rows.append((f"g{g}", f"h{g % 2}", 1.0))
    rows += [("h0", "index", 1.0), ("h1", "index", 1.0), ("index", "", 1.0)]
    tree: Tree = tree_of(rows)
    return Study(columns, dict.fromkeys(columns, 1), tree)


def main() -> None:
    """Run everything."""
    say(
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.machine()}, {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, numpy {np.__version__}"
    )
    example = (7, 6, 6, 5, 8, 5, 6, 6)
    some = Varied(means=("arithmetic", "geometric"), runs=20_000)
    every = Varied((None, 1, 3, 5), tuple(SCALES), ("arithmetic", "geometric", "harmonic"), 0.25, 20_000)
    say("whole regenerations with ranks of 51 units, 49 indicators, runs for each second of processor time:")
    for label, varied, bar in (("weights and mean vary", some, 2500), ("every stage varies", every, 1000)):
        taken, found = used(lambda v=varied: vary(made(51, example), v).ranks)  # type: ignore[misc]  # binds this turn
        assert isinstance(found, np.ndarray)
        say(f"  {label:22} {varied.runs / taken:8,.0f}  (bar {bar:,}; COINr was measured at 4.1 to 4.8)")
    wide = made(3000, (20,) * 5)
    taken, _ = used(lambda: vary(wide, Varied((None,), runs=10_000)).ranks)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(
        f"10,000 weights over 3,000 units, 100 indicators, with ranks: {taken:.1f} s (bar 4 s), peak {peak:.0f} MB (bar 1 GB)"
    )
    table = np.column_stack(list(wide.columns.values()))
    taken, _ = used(lambda: copeland(table, np.ones(table.shape[1])))
    say(f"Copeland over the same 3,000 and 100: {taken:.1f} s (bar 5 s); load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
