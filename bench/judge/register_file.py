"""A register judged from Parquet to Parquet on DuckDB, in a process of its own: rows, seconds and the most memory it held.

``python bench/judge/register_file.py ROWS`` makes the rows a million at a time in a temporary folder and judges them.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import polars as pl
from applications import write
from clock import say
from ready import ready

from zhishu.data.region_words import RegionWords
from zhishu.study import open_study
from zhishu.surfaces.register.run import judge_file

MOST = 2000
"""MB that a register of any length may take."""


def peak_memory() -> float:
    """Return the most memory this process held, in MB.

    Linux is asked for the mark of this program alone: what ``getrusage`` says begins with that of the one which started it.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def judged(folder: Path) -> None:
    """Judge the register of a folder and say what it took; the process is asked for its memory, DuckDB's included."""
    plan = ready(pl.read_parquet(folder / "negative.parquet"))
    day = date(2026, 1, 1)
    words = RegionWords(open_study().data.regions, day)
    start, busy = time.perf_counter(), time.process_time()
    tally = judge_file(plan.rules, words, folder / "register.parquet", folder / "verdicts.parquet", "duckdb")
    spent, worked = time.perf_counter() - start, time.process_time() - busy
    peak = peak_memory()
    say(
        f"  {tally.rows:,} rows from Parquet on DuckDB: {spent:.0f} s (of processors {worked:.0f} s), peak memory {peak:.0f} MB, "
        f"load {os.getloadavg()[0]:.1f}: below {MOST} MB {'met' if peak < MOST else 'NOT met'}"
    )


def register_file(rows: int) -> None:
    """Make a register and judge it in a process of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, rows)
        pl.scan_parquet(folder / "siting-*.parquet").sink_parquet(folder / "register.parquet")
        for piece in folder.glob("siting-*.parquet"):
            piece.unlink()
        path = os.pathsep.join(p for p in sys.path if p)
        line = [sys.executable, __file__, "--judge", name]
        subprocess.run(line, check=True, env={**os.environ, "PYTHONPATH": path})


if __name__ == "__main__":
    if sys.argv[1] == "--judge":
        judged(Path(sys.argv[2]))
    else:
        register_file(int(sys.argv[1]))
