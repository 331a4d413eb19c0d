"""Kill -9 at 200 random points of an import: afterwards every batch is there whole or not at all, and the chain holds.

``make kill``; ``kill.py COUNT SEED`` for other points. One ledger bears all the kills, as an office's would.
"""

import random
import sys
import tempfile
from pathlib import Path

from clock import say

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.ledger.test_ledger_crash import killed_after

from zhishu.ledger.verify import verify_file

BATCH = 200
LONGEST = 0.25


def main() -> None:
    """Kill, verify, count; leave with 1 where a single kill left half a batch or lost an acknowledged one."""
    count, seed = (int(a) for a in (*sys.argv[1:3], *("200", "2018")[len(sys.argv) - 1 :]))
    chance = random.Random(seed)
    lost = half = broken = 0
    outcomes = {"none": 0, "all, acknowledged": 0, "all, not yet acknowledged": 0}
    before = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "office.db"
        for _ in range(count):
            acknowledged = killed_after(path, LONGEST * chance.random())
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
    if half or lost or broken:
        sys.exit(1)


if __name__ == "__main__":
    main()
