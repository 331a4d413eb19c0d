"""What the index says about its speed, measured in one run: ``make bench score``, on one core.

Whole regenerations (treat, scale, weigh, aggregate, rank; what runs share is made once) on COINr's example where its
tables are, and on a generated table of its size; many weights over 3,000 units and 100 indicators; Copeland over the same; pymcdm where it is installed.
"""

import os
import platform
import resource
import time
from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
from clock import say
from score_example import COINR, example
from score_peer import beside_pymcdm

from zhishu.score.steps.aggregate import copeland
from zhishu.score.steps.diagnose import ranks
from zhishu.score.steps.recipe import SCALES, Recipe, Study
from zhishu.score.steps.sure import Sure, Varied, vary
from zhishu.score.steps.tree import Tree, tree_of

LIKE_IT = (7, 6, 6, 5, 8, 5, 6, 6)
"""Indicators under each of eight headings, as in COINr's example."""


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


def regenerations(name: str, index: Callable[[], Study], runs: int = 20_000) -> None:
    """Say how many whole indices a second are made, reading the table included, where two stages vary and where all do."""
    two = Varied(means=("arithmetic", "geometric"), runs=runs)
    every = Varied((None, 1, 3, 5), tuple(SCALES), ("arithmetic", "geometric", "harmonic"), 0.25, runs)
    for label, varied, bar in (
        ("weights and mean vary", two, "bar 2,500, aim 5,000"),
        ("treatment, scale, weights and mean vary", every, "bar 1,000"),
    ):
        taken, found = used(lambda v=varied: vary(index(), v))  # type: ignore[misc]  # binds this turn
        assert isinstance(found, Sure)
        ranked, _ = used(lambda s=found: s.ranks)  # type: ignore[misc]  # binds this turn
        say(f"  {name:16} {label:40} {runs / (taken + ranked):8,.0f}  ({bar}); {found.failed} failed")


def alone(name: str, index: Study, runs: int = 200) -> None:
    """Say how many a second are made where no run shares anything with another."""
    recipes = [Recipe(n % 6, tuple(SCALES)[n % len(SCALES)], ("arithmetic", "geometric")[n % 2]) for n in range(runs)]

    def each() -> None:
        for recipe in recipes:
            fresh = Study(index.columns, index.directions, index.tree)
            ranks(fresh.scores(recipe)[fresh.tree.top])

    taken, _ = used(each)
    say(f"  {name:16} {'the same, nothing shared between runs':40} {runs / taken:8,.0f}")


def main() -> None:
    """Run everything."""
    say(
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.machine()}, {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, numpy {np.__version__}"
    )
    say("whole regenerations with ranks of 51 units, 49 indicators, runs for each second of processor time:")
    say(f"  ({COINR})")
    real = example()
    if real is None:
        say("  COINr's example: not measured, ../shared/golden/coinr is not here")
    else:
        regenerations("COINr's example", lambda: example() or made(51, LIKE_IT))
        alone("COINr's example", real)
    regenerations("generated table", lambda: made(51, LIKE_IT))
    wide = made(3000, (20,) * 5)
    taken, _ = used(lambda: vary(wide, Varied((None,), runs=10_000)).ranks)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(
        f"10,000 weights over 3,000 units, 100 indicators, with ranks: {taken:.1f} s (bar 4 s), peak {peak:.0f} MB (bar 1 GB)"
    )
    table = np.column_stack(list(wide.columns.values()))
    taken, _ = used(lambda: copeland(table, np.ones(table.shape[1])))
    say(f"Copeland over the same 3,000 and 100: {taken:.1f} s (bar 5 s)")
    beside_pymcdm()
    say(f"load at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
