"""A folder in which what somebody brought waits for a day, at an address drawn at random, no more than so many at once."""

import os
import re
import secrets
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

MOST_KEPT = 64
"""Kept at once; the oldest goes for a new one."""
SECONDS = 24 * 3600
"""How long one is kept."""
_ID = re.compile(r"[0-9a-f]{32}")


def waits(id: str, path: Path, now: float) -> None:
    """Raise FileNotFoundError where an id is none, or what stands at a path is gone or older than a day.

    Only what this program names is looked for: no id leads out of the folder. ``now`` is seconds of the epoch.
    """
    if not _ID.fullmatch(id) or now - path.stat().st_mtime > SECONDS:
        raise FileNotFoundError


def make_room(shelf: Path, now: float) -> None:
    """Delete what is a day old, what a stopped server left included, and the oldest of too many."""
    ages = sorted((now - p.stat().st_mtime, p) for p in shelf.iterdir())
    whole = 0
    for age, path in ages:
        is_whole = not path.name.startswith(".")
        whole += is_whole
        if age > SECONDS or (is_whole and whole >= MOST_KEPT):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def put(shelf: Path, now: float, fill: Callable[[Path, Path], None]) -> str:
    """Put a folder on a shelf, whole or not at all, and return its id.

    ``fill`` is given a folder to work in, gone afterwards, and the one that is kept. Raises OSError and what ``fill`` does.
    """
    id = secrets.token_hex(16)
    shelf.mkdir(parents=True, exist_ok=True)
    make_room(shelf, now)
    with tempfile.TemporaryDirectory(prefix=".part-", dir=shelf) as part:
        work, whole = Path(part) / "work", Path(part) / "whole"
        work.mkdir()
        whole.mkdir()
        fill(work, whole)
        for path in (*whole.iterdir(), whole):
            os.utime(path, (now, now))
        whole.rename(shelf / id)
    return id
