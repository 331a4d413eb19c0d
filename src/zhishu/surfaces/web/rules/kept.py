"""Where the verdicts of a register wait for whoever brought it: under the home, for a day, no more than so many.

What was brought is gone once it is judged; kept are keys and verdicts. The id is drawn at random and stands only in the
addresses of whoever brought the register.
"""

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zhishu.errors import Problem, ZhishuError
from zhishu.surfaces.register.run import Tally, tally_read
from zhishu.surfaces.web.shelf import put, waits
from zhishu.system.books.supplied import Supplied, supplied_read
from zhishu.terms import Text

_TOLD, _VERDICTS = "told.json", "verdicts.parquet"


@dataclass(frozen=True, slots=True)
class Kept:
    """A judged register: the book, the name of its file and whether it holds the book's specimens, the day and the
    parameters asked, which lists and layers were the user's own, what it came to, where its verdicts are."""

    id: str
    book: str
    name: str
    specimen: bool
    on: date
    settings: Mapping[str, str]
    supplied: tuple[Supplied, ...]
    tally: Tally
    verdicts: Path


def folder(home: Path) -> Path:
    """Return the folder of waiting verdicts."""
    return home / "verdicts"


def keep(
    home: Path,
    now: float,
    book: str,
    name: str,
    specimen: bool,
    on: date,
    settings: Mapping[str, str],
    supplied: Sequence[Supplied],
    judged: Callable[[Path, Path], Tally],
) -> str:
    """Have a register judged into what is kept of it, whole or not at all, and return its id.

    ``judged`` is given a folder to work in, gone afterwards, and the file to write. Registers older than a day go, and
    the oldest of too many; ``now`` is seconds of the epoch. Raises ZhishuError ``verdicts-store-failed`` and what
    ``judged`` does.
    """

    def fill(work: Path, whole: Path) -> None:
        tally = judged(work, whole / _VERDICTS)
        told: dict[str, object] = {
            "book": book,
            "name": name,
            "specimen": specimen,
            "on": on.isoformat(),
            "settings": settings,
            "supplied": [s.to_json() for s in supplied],
            "tally": tally.to_json(),
        }
        (whole / _TOLD).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")

    try:
        return put(folder(home), now, fill)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        what = Text(f"结果存不下来（{reason}）", f"the verdicts could not be kept ({reason})")
        repair = Text("核对磁盘空间和写入权限后再试", "check disk space and permission, then try again")
        raise ZhishuError([Problem("verdicts-store-failed", name, what, repair)]) from error


def kept(home: Path, book: str, id: str, now: float) -> Kept:
    """Return a waiting register of a book. Raises ZhishuError ``verdicts-unknown``."""
    place = folder(home) / id
    try:
        waits(id, place / _TOLD, now)
        told = json.loads((place / _TOLD).read_text(encoding="utf-8"))
        if told["book"] != book:
            raise FileNotFoundError
        day = date.fromisoformat(told["on"])
        tally = tally_read(told["tally"])
        own = tuple(supplied_read(s) for s in told["supplied"])
        verdicts = place / _VERDICTS
        return Kept(id, book, told["name"], told["specimen"], day, told["settings"], own, tally, verdicts)
    except (OSError, ValueError, KeyError, TypeError):
        raise _unknown(id) from None


def drop(home: Path, book: str, id: str, now: float) -> None:
    """Delete a waiting register. Raises ZhishuError ``verdicts-unknown``."""
    shutil.rmtree(kept(home, book, id, now).verdicts.parent, ignore_errors=True)


def _unknown(id: str) -> ZhishuError:
    what = Text("没有这份结果，或已过保留期", "there are no such verdicts, or they were kept long enough")
    return ZhishuError([Problem("verdicts-unknown", id[:40], what, Text("重新上传", "upload the register again"))])
