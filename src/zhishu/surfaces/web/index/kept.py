"""Where an uploaded table waits while its pages are looked at: a file under the home, for a day, no more than so many.

The id of a table is drawn at random and stands only in the addresses of whoever uploaded it.
"""

import json
import os
import secrets
import tempfile
from pathlib import Path

import numpy as np

from zhishu.errors import Problem, ZhishuError
from zhishu.surfaces.web.index.sheet import Sheet
from zhishu.surfaces.web.shelf import make_room, waits
from zhishu.terms import Text


def folder(home: Path) -> Path:
    """Return the folder of waiting tables."""
    return home / "index"


def keep(home: Path, sheet: Sheet, now: float) -> str:
    """Write what was read of a table, complete or not at all, and return its id. Raises ZhishuError ``index-store-failed``.

    Tables older than a day go, and the oldest of too many; ``now`` is seconds of the epoch.
    """
    id = secrets.token_hex(16)
    target = folder(home) / f"{id}.json"
    figures = {c: [None if np.isnan(x) else float(x) for x in column] for c, column in sheet.figures.items()}
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        make_room(target.parent, now)
        handle, part = tempfile.mkstemp(prefix=".part-", dir=target.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump({"name": sheet.name, "units": sheet.units, "figures": figures}, file, ensure_ascii=False)
            os.utime(part, (now, now))
            Path(part).replace(target)
        finally:
            Path(part).unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        what = Text(f"表存不下来（{reason}）", f"the table could not be kept ({reason})")
        repair = Text("核对磁盘空间和写入权限后再试", "check disk space and permission, then try again")
        raise ZhishuError([Problem("index-store-failed", sheet.name, what, repair)]) from error
    return id


def kept(home: Path, id: str, now: float) -> Sheet:
    """Return a waiting table. Raises ZhishuError ``index-table-unknown`` for one that is not there, or not any more."""
    try:
        found = json.loads(_waiting(home, id, now).read_text(encoding="utf-8"))
        figures = {c: np.array(column, dtype=np.float64) for c, column in found["figures"].items()}
        return Sheet(id, found["name"], tuple(found["units"]), figures)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise _unknown(id) from None


def drop(home: Path, id: str, now: float) -> None:
    """Delete a waiting table. Raises ZhishuError ``index-table-unknown``."""
    try:
        _waiting(home, id, now).unlink()
    except OSError:
        raise _unknown(id) from None


def _waiting(home: Path, id: str, now: float) -> Path:
    path = folder(home) / f"{id}.json"
    waits(id, path, now)
    return path


def _unknown(id: str) -> ZhishuError:
    what = Text("没有这张表，或已过保留期", "there is no such table, or it was kept long enough")
    return ZhishuError([Problem("index-table-unknown", id[:40], what, Text("重新上传", "upload it again"))])
