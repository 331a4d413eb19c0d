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
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import polars as pl
from by_hand import by_hand
from clock import once, say
from facts import OUTCOMES
from generate import applications, negative_list
from peer_openfisca import openfisca
from peer_zen import zen
from peers import beside as beside_peers

from zhishu.judge.columnar.chunk import judge_chunk
from zhishu.judge.opinion import judge_case
from zhishu.judge.register import Plan, plan_register
from zhishu.judge.ruleset import assemble
from zhishu.pack.compile_book import beside, compile_book
from zhishu.pack.lines import read_yaml
from zhishu.pack.load_list import read_list
from zhishu.system.books.say import opinion_json

ROWS = 1_000_000
TURNS = 7
CHECKED = ("verdict", "best", "worst", "fired", "missing")


def ready(negative: pl.DataFrame) -> Plan:
    """Return the book of the fifteen rules with its list, ready for registers."""
    path = Path(__file__).parent / "book.yaml"
    text = path.read_text(encoding="utf-8")
    book, problems = compile_book(read_yaml(text, path.name), text, beside(path.parent))
    assert book is not None, problems
    declared = book.lists["negative"]
    rows = negative.with_row_index("entry").write_csv()
    entries, wrong = read_list(rows, "negative", declared.match)
    assert not wrong, wrong
    return plan_register(assemble(book, date(2026, 1, 1), None, {"negative": replace(declared, entries=entries)}))


def ours(frame: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """Return what ``judge`` says of the applications, in the columns and words of ``by_hand``."""
    found = judge_chunk(plan, frame)
    outcome = pl.Enum(OUTCOMES)
    return found.with_columns(found[c].cast(pl.UInt8).cat.to(outcome) for c in ("verdict", "best", "worst"))


def hand(frame: pl.DataFrame, negative: pl.DataFrame) -> pl.DataFrame:
    """Return what the rules written by hand say."""
    return by_hand(frame.lazy(), negative).collect()


def compare(frame: pl.DataFrame, negative: pl.DataFrame) -> None:
    """Say medians and ratio of the engine and the rules by hand; that both say the same is checked first."""
    plan = ready(negative)
    said, told = ours(frame, plan), hand(frame, negative)
    both = said.sort("id").select(CHECKED), told.sort("id").select(CHECKED)
    for column in CHECKED:
        unlike = (both[0][column].cast(pl.String).ne_missing(both[1][column].cast(pl.String))).sum()
        assert not unlike, f"{column}: {unlike} rows are unlike"
    assert said["exact"].all()
    runs: dict[str, Callable[[], object]] = {
        "by hand": lambda: hand(frame, negative),
        "judge": lambda: ours(frame, plan),
    }
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
    for name, found in (("wall", spent), ("of processors", used)):
        ratios = [a / b for a, b in zip(found["judge"], found["by hand"], strict=True)]
        say(f"  judge / by hand, {name}: {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})")
    one(plan, frame)


def one(plan: Plan, frame: pl.DataFrame, cases: int = 300) -> None:
    """Say what one case with its whole explanation costs."""
    spent = []
    for row in frame.head(cases).to_dicts():
        facts = {
            n: Fraction(v) if isinstance(v, int) and not isinstance(v, bool) else v
            for n, v in row.items()
            if v is not None
        }
        before = time.perf_counter()
        opinion_json(plan.rules, judge_case(plan.rules, facts))
        spent.append(time.perf_counter() - before)
    say(
        f"  one case explained: median {statistics.median(spent) * 1000:.2f} ms, 95 % below {sorted(spent)[cases * 95 // 100] * 1000:.2f} ms"
    )


def main(rows: int = ROWS) -> None:
    """Run everything and name the machine's load."""
    say(
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.machine()}, {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, polars {pl.__version__}"
    )
    frame, negative = applications(rows), negative_list()
    say(f"{rows:,} applications, 15 rules, a list of {len(negative):,} keys, median of {TURNS}:")
    compare(frame, negative)
    beside_peers(openfisca, "openfisca-core", frame, negative)
    beside_peers(zen, "zen-engine", frame.head(20_000), negative)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(f"peak memory of this process {peak:.0f} MB; load at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main(*(int(size) for size in sys.argv[1:]))
