"""What judging a million applications costs, measured in one run: ``make bench judge``.

The engine and the rules written by hand take turns on the same table, so that a busy machine is busy for both; medians
of their wall time, and the median of their ratios. Single cases, peers that are installed, points against rivers and a register on DuckDB
follow, each said to meet its bar or not.
"""

import importlib.util
import os
import platform
import resource
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from typing import TypeVar

import polars as pl
from applications import applications, negative_list
from by_hand import by_hand
from clock import once, say
from facts import OUTCOMES
from peer_openfisca import openfisca, openfisca_whole
from peer_zen import zen, zen_by_row, zen_tables, zen_whole
from peers import Peer, Whole, beside, beside_whole
from ready import ready
from register_file import register_file
from space import made, points

from zhishu.formula.engine import read_cell
from zhishu.judge.columnar.chunk import judge_chunk
from zhishu.judge.columnar.kit import PLAIN, Kit, compiled
from zhishu.judge.opinion import Opinion, judge_case
from zhishu.judge.register import Plan
from zhishu.judge.ruleset import RuleSet
from zhishu.study import Study, open_study
from zhishu.study.judging import judge_one, open_book
from zhishu.system.books.say import opinion_json

ROWS = 1_000_000
P = TypeVar("P", Peer, Whole)
TURNS = 7
TURN = 0.5
"""Seconds that each of two engines works in its turn, whatever one of its goes takes: a short one beside a long is all start."""
LONG = 2_000_000
"""Rows of the register on DuckDB; ``make bench judge ROWS=50000000`` asks for a nation's."""
CHECKED = ("verdict", "best", "worst", "fired", "missing")


def ways(plan: Plan) -> dict[str, Kit]:
    """Return the ways to judge by name: numpy's and polars', and in compiled loops where numba is installed."""
    found = {"judge": PLAIN}
    return found if importlib.util.find_spec("numba") is None else {**found, "judge compiled": compiled(plan)}


def ours(frame: pl.DataFrame, plan: Plan, kit: Kit) -> pl.DataFrame:
    """Return what ``judge`` says of the applications, in the columns and words of ``by_hand``."""
    found = judge_chunk(plan, frame, kit)
    outcome = pl.Enum(OUTCOMES)
    return found.with_columns(found[c].cast(pl.UInt8).cat.to(outcome) for c in ("verdict", "best", "worst"))


def hand(frame: pl.DataFrame, negative: pl.DataFrame) -> pl.DataFrame:
    """Return what the rules written by hand say."""
    return by_hand(frame.lazy(), negative).collect()


def compare(frame: pl.DataFrame, negative: pl.DataFrame, plan: Plan) -> None:
    """Say medians and ratio of the engine and the rules by hand, both first checked to say the same."""
    kits, told = ways(plan), hand(frame, negative).sort("id").select(CHECKED)
    for name, kit in kits.items():
        said = ours(frame, plan, kit)
        assert said["exact"].all()
        said = said.sort("id").select(CHECKED)
        for column in CHECKED:
            unlike = (said[column].cast(pl.String).ne_missing(told[column].cast(pl.String))).sum()
            assert not unlike, f"{name}, {column}: {unlike} rows are unlike"
    runs: dict[str, Callable[[], object]] = {"by hand": lambda: hand(frame, negative)}
    runs |= {name: partial(ours, frame, plan, kit) for name, kit in kits.items()}
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
            f"  {name:14} {middle:6.3f} s (of processors {statistics.median(used[name]):.3f} s), "
            f"{len(frame) / middle:12,.0f} rows/s"
        )
    for name in kits:
        for how, found in (("wall", spent), ("of processors", used)):
            ratios = [a / b for a, b in zip(found[name], found["by hand"], strict=True)]
            middle = statistics.median(ratios)
            bar = f": at most 1.5 {met(middle <= 1.5)}" if how == "wall" else ""
            say(f"  {name} / by hand, {how}: {middle:.2f} ({min(ratios):.2f} to {max(ratios):.2f}){bar}")


def met(held: bool) -> str:
    """Return whether a bar is met, in words."""
    return "met" if held else "NOT met"


def cases(what: str, rules: RuleSet, asked: Sequence[Callable[[], Opinion]]) -> None:
    """Say what one case with its whole explanation costs, the book loaded; each case is asked three times."""
    spent, used = [], []
    for ask in asked:
        tries = []
        for _ in range(3):
            before, busy = time.perf_counter(), time.process_time()
            opinion_json(rules, ask())
            tries.append((time.perf_counter() - before, time.process_time() - busy))
        spent.append(statistics.median(t for t, _ in tries))
        used.append(statistics.median(t for _, t in tries))
    middle, far = statistics.median(spent) * 1000, sorted(spent)[len(spent) * 95 // 100] * 1000
    say(
        f"  one case explained, {what}, {len(asked)} cases: median {middle:.2f} ms (of processors "
        f"{statistics.median(used) * 1000:.2f} ms), 95 % below {far:.2f} ms: median below 2 ms {met(middle < 2)}"
    )


def one(plan: Plan, frame: pl.DataFrame) -> None:
    """Say what one case costs by the book of the benchmark and by the book on siting."""
    drawn = [{n: read_cell(v) for n, v in row.items() if v is not None} for row in frame.head(300).to_dicts()]
    cases("the book measured here", plan.rules, [partial(judge_case, plan.rules, facts) for facts in drawn])
    study = open_study()
    book = open_book(study, "siting", date(2022, 12, 31))
    examples = [dict(zip(SITING[0].split(","), line.split(","), strict=True)) for line in SITING[1:]]
    cases("the siting book, from the cells of a form", book, [partial(form, study, book, cells) for cells in examples])


def form(study: Study, book: RuleSet, cells: Mapping[str, str]) -> Opinion:
    """Return the opinion on the cells of a form."""
    return judge_one(study, book, cells)[1]


SITING = (
    "id,applied_on,kind,action,chemical,industry,river,distance,distance_error,in_red_line,land_approved,land_supplied",
    "示例1,2022-01-01,园区,新建,重化工,2511,长江干流,0.5,0.05,否,100,70",
    "示例2,2022-01-01,项目,新建,非化工,1910,名录内支流,5,0.1,否,500,400",
    "示例3,2022-01-01,项目,新建,非化工,3011,名录内支流,5,0.1,否,500,299",
    "示例4,2022-01-01,园区,新建,重化工,3011,长江干流,0.9,1 公里,否,100,70",
    "示例5,2022-01-01,项目,改建,非化工,,,,,,,",
)


def peers(frame: pl.DataFrame, negative: pl.DataFrame, plan: Plan) -> None:
    """Say how two other engines do on the same rules, and how many times as fast ``judge`` is on a row.

    ``judge`` does the whole work in every ratio; a peer does it only where the line says so. Each takes turns with
    ``judge`` on the million rows, so that a busy machine is busy for both; the first turn loads it and does not count.
    """
    many, some, few = frame, frame.head(50_000), frame.head(5_000)
    wholes = [
        (openfisca_whole, many, "in formulas of ours", 5),
        (zen_whole, some, "in one expression over a batch, the fastest way found", None),
        (zen_tables, few, "by decision tables, a call a row", 1000),
    ]
    worsts = [
        (openfisca, many, "as rules are written there"),
        (zen, some, "in a batch, the list looked up outside"),
        (zen_by_row, few, "a call a row, the list looked up outside"),
    ]
    kits = ways(plan)
    for run, rows, how, least in wholes:
        turns = [(_turn(run, rows, negative), _each(frame, plan, kits)) for _ in range(1 + TURNS // 2)]
        beside_whole(turns[-1][0], rows, negative, how)
        _times(turns[1:], "the whole work", len(rows), len(frame), least)
    for only, rows, how in worsts:
        found = [(_turn(only, rows, negative), _each(frame, plan, kits)) for _ in range(1 + TURNS // 2)]
        beside(found[-1][0], rows, negative, how)
        _times(found[1:], "its worst outcome only (not the same work)", len(rows), len(frame), None)


Used = tuple[float, float]
"""Seconds, and those of processors."""


def _each(frame: pl.DataFrame, plan: Plan, kits: Mapping[str, Kit]) -> dict[str, Used]:
    """Return what one of ``judge``'s goes takes in a turn of at least ``TURN`` seconds, by the way it is done.

    Outcomes are numbers here, as the peers give them.
    """
    found = {}
    for name, kit in kits.items():
        busy, goes, spent = time.process_time(), 0, 0.0
        while spent < TURN:
            spent, goes = spent + once(partial(judge_chunk, plan, frame, kit)), goes + 1
        found[name] = spent / goes, (time.process_time() - busy) / goes
    return found


def _turn(
    run: Callable[[pl.DataFrame, pl.DataFrame], P | None], rows: pl.DataFrame, negative: pl.DataFrame
) -> P | None:
    """Return what a peer did, with what one of its goes takes in a turn of at least ``TURN`` seconds."""
    found = [run(rows, negative)]
    while found[0] is not None and sum(p.seconds for p in found if p is not None) < TURN:
        found.append(run(rows, negative))
    held = [p for p in found if p is not None]
    if not held:
        return None
    seconds, busy = (statistics.mean(times) for times in ([p.seconds for p in held], [p.busy for p in held]))
    return replace(held[-1], seconds=seconds, busy=busy)


def _times(
    turns: Sequence[tuple[Peer | Whole | None, Mapping[str, Used]]],
    what: str,
    rows: int,
    judged: int,
    least: int | None,
) -> None:
    """Say the medians of how many times as fast ``judge`` is on a row, by the clock and of processors; the last way is the
    one held to the bar."""
    done = [(peer, used) for peer, used in turns if peer is not None]
    if not done:
        say(f"  a peer is not installed here: {what} not measured")
        return
    names = list(done[0][1])
    for name in names:
        wall, used = (
            [(took / rows) / (ours_ / judged) for took, ours_ in pairs]
            for pairs in ([(p.seconds, u[name][0]) for p, u in done], [(p.busy, u[name][1]) for p, u in done])
        )
        middle = statistics.median(wall)
        bar = "" if least is None or name != names[-1] else f": at least {least:,} {met(middle >= least)}"
        say(
            f"  {name} / {done[0][0].name} on a row, {what}: {middle:,.1f} times as fast ({min(wall):,.1f} to {max(wall):,.1f}; "
            f"of processors {statistics.median(used):,.1f}){bar}"
        )


def main(rows: int = ROWS, long: int = LONG) -> None:
    """Run everything and name the machine's load."""
    say(
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.machine()}, {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, polars {pl.__version__}"
    )
    frame, negative = applications(rows), negative_list()
    say(f"{rows:,} applications, 15 rules, a list of {len(negative):,} keys, median of {TURNS}:")
    plan = ready(negative)
    compare(frame, negative, plan)
    one(plan, frame)
    peers(frame, negative, plan)
    points(made())
    register_file(long)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    say(f"peak memory of this process {peak:.0f} MB; load at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main(long=int(sys.argv[1]) if len(sys.argv) > 1 else LONG)
