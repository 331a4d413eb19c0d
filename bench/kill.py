"""Kill -9 at 200 random points of an import: afterwards every batch is there whole or not at all, and the chain holds.

``make kill``; ``kill.py COUNT SEED`` for other points. One ledger bears all the kills, as an office's would.
"""

import random
import sys
import tempfile
import time
from pathlib import Path

from clock import say

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.ledger.conftest import filled
from tests.ledger.test_ledger_crash import killed_after

from zhishu.ledger import open_ledger
from zhishu.ledger.verify import verify_file

BATCH = 200
MOST_BATCHES = 3


def batch_time(folder: Path) -> float:
    """Return how long a batch takes here and now: the window that kills are spread over."""
    ledger = open_ledger(folder / "timed.db")
    filled(ledger, BATCH)
    start = time.perf_counter()
    filled(ledger, BATCH, BATCH)
    return time.perf_counter() - start


def main() -> None:
    """Kill, verify, count; leave with 1 where a kill left half a batch or lost an acknowledged one, or all fell alike."""
    count, seed = (int(a) for a in (*sys.argv[1:3], *("200", "2018")[len(sys.argv) - 1 :]))
    chance = random.Random(seed)
    lost = half = broken = 0
    outcomes = {"none": 0, "all, acknowledged": 0, "all, not yet acknowledged": 0}
    before = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "office.db"
        window = 2 * batch_time(Path(folder))
        for _ in range(count):
            acknowledged = killed_after(path, window * chance.random(), chance.randrange(MOST_BATCHES + 1))
            found = verify_file(path)
            broken += bool(found.problems)
            half += found.entries % BATCH != 0
            lost += found.entries < acknowledged
            # what the batch under way at the moment of the kill came to
            if found.entries > max(acknowledged, before):
                outcomes["all, not yet acknowledged"] += 1
            elif found.entries == before:
                outcomes["none"] += 1
            else:
                outcomes["all, acknowledged"] += 1
            before = found.entries
    told = ", ".join(f"{name} {n}" for name, n in outcomes.items())
    say(f"{count} kills (seed {seed}), {before:,} entries at the end: what the kill left of its own import: {told}")
    say(f"half a batch {half}, acknowledged batches lost {lost}, broken chains {broken}")
    if min(outcomes["all, acknowledged"], outcomes["none"] + outcomes["all, not yet acknowledged"]) == 0:
        say("every kill found the import at the same point: this proves nothing")
        sys.exit(1)
    if half or lost or broken:
        sys.exit(1)


if __name__ == "__main__":
    main()
