"""Timing, and what was measured in one line each."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable


def say(line: str) -> None:
    """Write one line."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def once(run: Callable[[], object]) -> float:
    """Return the wall time of one run in seconds."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def median(run: Callable[[], object], times: int) -> float:
    """Return the median wall time in seconds."""
    return statistics.median(once(run) for _ in range(times))


def command(*args: str) -> float:
    """Return the median wall time of a whole zhishu process, imports included."""
    line = [sys.executable, "-c", "from zhishu.surfaces.cli.main import main; main()", *args]
    return median(lambda: subprocess.run(line, capture_output=True, check=True), 5)
