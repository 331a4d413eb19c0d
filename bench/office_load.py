"""A served office under load: visitors of different units read while one writer adds an act every 100 ms."""

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from clock import say

from zhishu.access.sessions import begin_session
from zhishu.errors import ZhishuError
from zhishu.office import Office, Wish
from zhishu.office.desk import running
from zhishu.study import Study
from zhishu.surfaces.web.served import Served

VISITORS = ("lead0", "lead1", "review0", "review1", *(f"unit{n}" for n in range(16)))
EVERY = 0.1


@contextmanager
def served(study: Study, office: Office) -> Iterator[int]:
    """Serve an office on a free loopback port and yield the port."""
    app = Served(lambda: study, office.today, lambda _: office)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield port
    finally:
        server.should_exit = True
        thread.join(20)


@contextmanager
def writer(office: Office) -> Iterator[list[float]]:
    """Let units report on their running tasks, one act every 100 ms; yields how long each act took."""
    stop, took = threading.Event(), list[float]()

    def run() -> None:
        tasks = list(office.projection.streams["task"])
        turn = 0
        while not stop.wait(EVERY):
            start = time.perf_counter()
            while True:
                turn += 1
                stream = tasks[turn * 7919 % len(tasks)]
                unit = office.state(stream).responsible
                wish = Wish(stream, "progress", office.projection.versions[stream], {"progress": ["按节点推进"]})
                try:
                    office.act(unit, wish)
                    break
                except ZhishuError:
                    continue  # one that is closed or not yet handled
            took.append(time.perf_counter() - start)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield took
    finally:
        stop.set()
        thread.join()


def load(office: Office, port: int, label: str, paths: Sequence[str], seconds: float, pause: float) -> None:
    """Let 20 visitors read the paths in turn and say how long the answers took."""
    people = []
    for account in VISITORS:
        cookie = f"zhishu_session={begin_session(office.ledger.engine, account, office.now())}"
        task = next(iter(running(office.moment(), account).order)).stream
        people.append([cookie, [p.replace("UNIT", account).replace("TASK", task) for p in paths]])
    with writer(office) as written:
        done = subprocess.run(
            [sys.executable, str(Path(__file__).with_name("visitors.py")), str(port), str(seconds), str(pause)],
            input=json.dumps(people),
            capture_output=True,
            text=True,
            check=True,
        )
    found: list[list[float]] = json.loads(done.stdout)
    every = sum(len(one) for one in found)
    say(f"{label}: {every / seconds:.1f} pages/s")
    for path, one in zip(paths, found, strict=True):
        say(f"  {path:44} {len(one):5} answers  {spread(one)}")
    say(f"  acts written meanwhile{'':22} {len(written):5}          {spread(written)}")


def spread(found: Sequence[float]) -> str:
    """Return median, p95 and most of times."""
    told = sorted(found) or [0.0]
    shown = (told[len(told) // 2], told[int(len(told) * 0.95)], told[-1])
    return "median {:5.0f} ms, p95 {:5.0f} ms, most {:5.0f} ms".format(*(t * 1000 for t in shown))
