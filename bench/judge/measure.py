"""What judging a million applications costs, measured in one run: ``make bench judge``.

The engine and the rules written by hand take turns on the same table, so that a busy machine is busy for both; medians
of their wall time, and the median of their ratios. Peers that are installed follow, on fewer rows.
"""

import os
import platform
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

import polars as pl
from by_hand import by_hand
from clock import once, say
from generate import applications, negative_list
from peer_openfisca import openfisca
from peer_zen import zen
from peers import beside

ROWS = 1_000_000
TURNS = 7
CHECKED = ("verdict", "best", "worst", "fired", "missing")


def ours(frame: pl.DataFrame, negative: pl.DataFrame) -> pl.DataFrame | None:
    """Return what ``judge`` says of the applications, the columns of ``by_hand``; None until it is connected."""
    return None


def hand(frame: pl.DataFrame, negative: pl.DataFrame) -> pl.DataFrame:
    """Return what the rules written by hand say."""
    return by_hand(frame.lazy(), negative).collect()


def compare(frame: pl.DataFrame, negative: pl.DataFrame) -> None:
    """Say medians and ratio of the engine and the rules by hand; that both say the same is checked first."""
    said, told = ours(frame, negative), hand(frame, negative)
    if said is not None:
        both = said.sort("id").select(CHECKED), told.sort("id").select(CHECKED)
        for column in CHECKED:
            unlike = (both[0][column].cast(pl.String).ne_missing(both[1][column].cast(pl.String))).sum()
            assert not unlike, f"{column}: {unlike} rows are unlike"
    runs: dict[str, Callable[[], object]] = {"by hand": lambda: hand(frame, negative)}
    if said is not None:
        runs["judge"] = lambda: ours(frame, negative)
    spent: dict[str, list[float]] = {name: [] for name in runs}
    used: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(TURNS):
        for name, run in runs.items():
            before = time.process_time()
            spent[name].append(once(run))
            used[name].append(time.process_time() - before)
    for name, seconds in spent.items():
        middle = statistics.median(seconds)
        say(
            f"  {name:8} {middle:6.2f} s (of processors {statistics.median(used[name]):.2f} s), "
            f"{len(frame) / middle:12,.0f} rows/s"
        )
    if said is None:
        say("  judge: not connected")
    else:
        ratios = [a / b for a, b in zip(spent["judge"], spent["by hand"], strict=True)]
        say(f"  judge / by hand: {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")


def main(rows: int = ROWS) -> None:
    """Run everything and name the machine's load."""
    say(
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.machine()}, {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, polars {pl.__version__}"
    )
    frame, negative = applications(rows), negative_list()
    say(f"{rows:,} applications, 15 rules, a list of {len(negative):,} keys, median of {TURNS}:")
    compare(frame, negative)
    beside(openfisca, "openfisca-core", frame, negative)
    beside(zen, "zen-engine", frame.head(20_000), negative)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(f"peak memory of this process {peak:.0f} MB; load at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main(*(int(size) for size in sys.argv[1:]))
