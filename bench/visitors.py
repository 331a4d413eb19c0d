"""Visitors of a served office in a process of their own: each with a session, opening one page after the other.

Called as ``visitors.py PORT SECONDS PAUSE`` with one JSON array of [cookie, [path, …]] on standard input; writes
the seconds each answer took, by place of its path, as JSON.
"""

import http.client
import json
import random
import sys
import threading
import time


def visit(port: int, cookie: str, paths: list[str], until: float, pause: float, seed: int) -> list[list[float]]:
    """Open pages until a moment, waiting about ``pause`` seconds between them, and return how long each took."""
    chance = random.Random(seed)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    found: list[list[float]] = [[] for _ in paths]
    time.sleep(pause * chance.random())
    turn = seed
    while time.perf_counter() < until:
        place = turn % len(paths)
        start = time.perf_counter()
        connection.request("GET", paths[place], headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} for {paths[place]}")
        found[place].append(time.perf_counter() - start)
        time.sleep(pause * 2 * chance.random())
        turn += 1
    connection.close()
    return found


def main() -> None:
    """Let every visitor go about at once."""
    port, seconds, pause = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
    people = json.load(sys.stdin)
    until = time.perf_counter() + seconds
    told: list[list[list[float]]] = []

    def go(number: int, cookie: str, paths: list[str]) -> None:
        told.append(visit(port, cookie, paths, until, pause, number))

    threads = [threading.Thread(target=go, args=(n, *person)) for n, person in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(told) != len(people):
        sys.exit("a visitor was turned away")
    json.dump([[took for one in told for took in one[k]] for k in range(len(told[0]))], sys.stdout)


if __name__ == "__main__":
    main()
