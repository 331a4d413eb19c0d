"""PostgreSQL with many writers: each reports on a task of its own while pages are read in the same process."""

import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest
from clock import say
from office_load import spread
from office_made import UNITS, Clock, furnished

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.ledger.conftest import fresh_database, postgres_server

from zhishu.access.sessions import begin_session
from zhishu.ledger.verify import verify
from zhishu.office import Office, Wish
from zhishu.study import Study
from zhishu.surfaces.web.served import Served

WRITERS, ACTS, READERS = 50, 20, 4


def office_writers(study: Study) -> None:
    """Measure acts and pages on a server of our own; say so where none is installed."""
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "own" / "postgres"
        own.mkdir(parents=True)
        try:
            with postgres_server(own) as url:
                _measure(study, fresh_database(url))
        except pytest.skip.Exception as reason:
            # the tests' server skips where none is installed; a measurement says so and goes on
            say(f"PostgreSQL: {reason}")


def _measure(study: Study, url: str) -> None:
    from starlette.testclient import TestClient

    office = furnished(study, url, Clock())
    for n in range(WRITERS):
        _begin(office, n)
    app = Served(lambda: study, office.today, lambda _: office)
    written: list[float] = []
    read: list[float] = []
    refused: list[BaseException] = []
    done = threading.Event()

    def write(n: int) -> None:
        try:
            for turn in range(ACTS):
                start = time.perf_counter()
                office.act(f"unit{n}", Wish(f"task/w{n}", "progress", 5 + turn, {"progress": ["按节点推进"]}))
                written.append(time.perf_counter() - start)
        except Exception as error:
            # whatever it is: a thread would lose it, and the figures are worth nothing where anything was refused
            refused.append(error)

    def look(n: int) -> None:
        client = TestClient(app)
        client.cookies.set("zhishu_session", begin_session(office.ledger.engine, f"unit{n}", office.now()))
        while not done.is_set():
            start = time.perf_counter()
            client.get("/office").raise_for_status()
            read.append(time.perf_counter() - start)

    readers = [threading.Thread(target=look, args=(n,)) for n in range(READERS)]
    writers = [threading.Thread(target=write, args=(n,)) for n in range(WRITERS)]
    start = time.perf_counter()
    for thread in (*readers, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    took = time.perf_counter() - start
    done.set()
    for thread in readers:
        thread.join()
    found = verify(office.ledger)
    say(f"PostgreSQL (fsync off), {WRITERS} writers x {ACTS} acts, {READERS} readers: {len(written) / took:.0f} acts/s")
    say(f"  acts  {len(written):5}  {spread(written)}; refused {len(refused)} {refused[:1] or ''}")
    say(f"  desks {len(read):5}  {spread(read)}")
    say(f"  {found.entries:,} entries, faults {len(found.problems)}")


def _begin(office: Office, n: int) -> None:
    unit, task = f"unit{n % UNITS}", f"task/w{n}"
    draft = {
        "title": [f"示例任务{n}"],
        "template": ["supervision"],
        "supervisor": ["lead0"],
        "unit": [unit],
        "reviewer": ["review0"],
        "region": ["510000"],
        "domain": [next(iter(office.rules.domains))],
    }
    for version, (by, act) in enumerate(
        (("lead0", "draft"), ("lead0", "open"), ("lead0", "assign"), (unit, "sign"), (unit, "handle"))
    ):
        office.act(by, Wish(task, act, version, draft if act == "draft" else {}))
