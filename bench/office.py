"""What the office says about its speed, measured in one run: ``make bench office``. The machine's load is printed.

Imports to the ledger, a ledger of a million entries, desks and lists over 100,000 tasks while somebody writes,
and many writers on PostgreSQL. ``office.py PART …`` measures only some: import, ledger, pages, writers.
"""

import gc
import os
import platform
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from clock import say
from office_commit import office_commit
from office_load import load, served
from office_made import START, Clock, add_in_bulk, furnished, task_facts
from office_writers import office_writers

from zhishu.ledger import open_ledger
from zhishu.ledger.verify import verify_file
from zhishu.office import Office, open_office
from zhishu.study import Study, open_study

TASKS, EACH = 100_000, 13
DESK = ("/office",)
PAGES = (
    "/office",
    "/office/task",
    "/office/task?light=overdue",
    "/office/task?q=000977",
    "/office/task?unit=UNIT",
    "/office/TASK",
    "/api/v1/office/task?light=stale",
)
PARTS = ("import", "ledger", "pages", "writers")


def main() -> None:
    """Run everything, or the parts named."""
    parts = sys.argv[1:] or PARTS
    gc.set_threshold(100_000, 20, 20)  # as the command line does
    load_before = os.getloadavg()
    say(
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {platform.machine()}, {os.cpu_count()} cores, "
        f"load {load_before[0]:.1f} {load_before[1]:.1f} {load_before[2]:.1f}, Python {platform.python_version()}"
    )
    with tempfile.TemporaryDirectory() as folder:
        if "import" in parts:
            office_commit(Path(folder))
            say(_state())
        study = open_study()
        if "ledger" in parts or "pages" in parts:
            path = Path(folder) / "office.db"
            made = _ledger(study, path)
            if "ledger" in parts:
                _verified(path, made)
            office = _opened(study, path)
            if "pages" in parts:
                _pages(study, office)
        if "writers" in parts:
            office_writers(study)
            say(_state())


def _ledger(study: Study, path: Path) -> int:
    start = time.perf_counter()
    office = furnished(study, path, Clock(datetime(2025, 1, 1, 1, tzinfo=UTC)))
    made = add_in_bulk(office.ledger, task_facts(study, list(office.rules.domains), TASKS, EACH))
    size = path.stat().st_size / 1e6
    say(f"made a ledger of {made:,} entries on {TASKS:,} tasks, {size:.0f} MB: {time.perf_counter() - start:.0f} s")
    return made


def _verified(path: Path, made: int) -> None:
    wall, used = time.perf_counter(), time.process_time()
    found = verify_file(path)
    wall, used = time.perf_counter() - wall, time.process_time() - used
    if found.entries != made or found.problems:
        raise RuntimeError(found.problems)
    say(f"verified {found.entries:,} entries: {wall:.1f} s, processor {used:.1f} s (bar 20 s)")


def _opened(study: Study, path: Path) -> Office:
    wall, used = time.perf_counter(), time.process_time()
    gc.disable()  # as zhishu serve does
    clock = Clock(START)
    office = open_office(study, open_ledger(path), clock)
    gc.enable()
    say(f"office opened over it: {time.perf_counter() - wall:.1f} s, processor {time.process_time() - used:.1f} s")
    for label, later in (("first list after that, every task drawn", 0), ("first list of the next day", 1)):
        clock.at += timedelta(later)
        wall, used = time.perf_counter(), time.process_time()
        office.moment().of_kind("task")
        say(f"{label}: {time.perf_counter() - wall:.1f} s, processor {time.process_time() - used:.1f} s; {_state()}")
        gc.freeze()  # as zhishu serve does
    return office


def _pages(study: Study, office: Office) -> None:
    with served(study, office) as port:
        for label, paths in (("desk", DESK), ("pages", PAGES)):
            # once for each reader's view to be made
            load(office, port, f"{label}, first requests", paths, 3, 0)
            load(office, port, f"{label}, 20 people, a page every 2 s each", paths, 15, 2)
            load(office, port, f"{label}, 20 people without a pause", paths, 15, 0)
    say(_state())


def _state() -> str:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"peak memory {peak:.0f} MB, load {os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    main()
