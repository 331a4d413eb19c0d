"""Lists and layers somebody brought, kept for the visit: a day, at an address drawn at random that cases and registers carry.

Of a list its entries are kept and no other column, of a layer its text. What waits is never changed: bringing more makes
another.
"""

import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhishu.data.region_words import RegionWords
from zhishu.errors import Problem, ZhishuError
from zhishu.pack.book import Book
from zhishu.pack.dated_list import DatedList, Entry
from zhishu.study.open import Study
from zhishu.surfaces.web.rules.example import lists_of
from zhishu.surfaces.web.shelf import put, waits
from zhishu.system.books.keys import settled
from zhishu.system.books.supplied import NOTHING, Own, supplied_read
from zhishu.terms import Text

if TYPE_CHECKING:
    from zhishu.data.space.layer import Layer

_TOLD = "told.json"
FIELD = "brought"
"""The name under which forms and addresses carry it."""


def folder(home: Path) -> Path:
    """Return the folder of waiting lists."""
    return home / "brought"


def shelve(home: Path, now: float, book: Book, own: Own, layers: Mapping[str, bytes], before: str = "") -> str:
    """Keep what was brought, over what waits under ``before``, whole or not at all; return its id.

    ``layers`` are the texts of the layers of ``own``. What is older than a day goes, and the oldest of too many. Raises
    ZhishuError ``brought-store-failed``, and ``brought-unknown`` for ``before``.
    """
    earlier = _read(home, book, before, now) if before else {"used": [], "lists": {}}
    held = _held(book, own)
    used = {(u["kind"], u["id"]): u for u in (*earlier["used"], *held["used"])}
    told = {"book": book.id, "used": list(used.values()), "lists": {**earlier["lists"], **held["lists"]}}

    def fill(work: Path, whole: Path) -> None:
        for kind, name in used:
            if kind == "layer" and name in layers:
                (whole / f"{name}.geojson").write_bytes(layers[name])
            elif kind == "layer":
                shutil.copyfile(folder(home) / before / f"{name}.geojson", whole / f"{name}.geojson")
        (whole / _TOLD).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")

    try:
        return put(folder(home), now, fill)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        what = Text(f"名录存不下来（{reason}）", f"the lists could not be kept ({reason})")
        repair = Text("核对磁盘空间和写入权限后再试", "check disk space and permission, then try again")
        raise ZhishuError([Problem("brought-store-failed", FIELD, what, repair)]) from error


def shelved(home: Path, study: Study, book: Book, id: str, on: date, now: float) -> Own:
    """Return what waits under an id for a day, nothing for no id. Raises ZhishuError ``brought-unknown``.

    The regions of a list bear the names of that day, whatever day it was brought for. The id may be that of an example.
    """
    if not id:
        return NOTHING
    told = _read(home, book, id, now)
    words = cache(partial(RegionWords, study.data.regions))
    whole = {name: _list(book.lists[name], kept["entries"]) for name, kept in told["lists"].items()}
    lists = {name: settled(dated, book.fields, words, on)[0] for name, dated in whole.items()}
    try:
        layers = {
            u["id"]: _layer(folder(home) / id / f"{u['id']}.geojson", u["file"])
            for u in told["used"]
            if u["kind"] == "layer"
        }
    except OSError:
        raise _unknown(id) from None
    return Own(lists, layers, tuple(supplied_read(u) for u in told["used"]))


def drop(home: Path, book: Book, id: str, now: float) -> None:
    """Delete what waits under an id. Raises ZhishuError ``brought-unknown``."""
    _read(home, book, id, now)
    shutil.rmtree(folder(home) / id, ignore_errors=True)


def _held(book: Book, own: Own) -> dict[str, Any]:
    lists = {
        name: {"columns": _columns(book.lists[name]), "entries": [_cells(e) for e in dated.entries or ()]}
        for name, dated in own.lists.items()
    }
    return {"used": [s.to_json() for s in own.used], "lists": lists}


def _columns(dated: DatedList) -> list[str]:
    return [m.column for m in dated.match]


def _cells(e: Entry) -> list[object]:
    ends = e.valid_to.isoformat() if e.valid_to else None
    return [e.id, list(e.keys), e.valid_from.isoformat(), ends, e.basis, e.where, e.en, e.basis_en]


def _list(dated: DatedList, entries: list[list[Any]]) -> DatedList:
    return replace(dated, entries=tuple(_entry(*cells) for cells in entries))


def _entry(id: str, keys: list[str | None], begins: str, ends: str | None, *more: str) -> Entry:
    basis, where, en, basis_en = more
    until = date.fromisoformat(ends) if ends else None
    return Entry(id, tuple(keys), date.fromisoformat(begins), until, basis, where, en, basis_en)


@lru_cache(maxsize=8)
def _layer(path: Path, file: str) -> "Layer":
    """Return a layer; what waits is never changed, so one read serves the visit."""
    from zhishu.data.space.layer import read_layer

    return read_layer(path.read_text(encoding="utf-8"), file)


def _read(home: Path, book: Book, id: str, now: float) -> dict[str, Any]:
    example = lists_of(book, id)
    if example is not None:
        return _held(book, example)
    place = folder(home) / id / _TOLD
    try:
        waits(id, place, now)
        told: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
        fitting = all(
            name in book.lists and kept["columns"] == _columns(book.lists[name]) for name, kept in told["lists"].items()
        )
        if told["book"] != book.id or not fitting:
            raise FileNotFoundError
        return told
    except (OSError, ValueError, KeyError, TypeError):
        raise _unknown(id) from None


def _unknown(id: str) -> ZhishuError:
    what = Text(
        "没有这些名录，或已过保留期（24 小时）", "there are no such lists, or they were kept long enough (24 hours)"
    )
    repair = Text(
        "重新上传名录；不传就再判一次，按规则册自己的名录",
        "upload the lists again, or judge once more without them: then the book's own count",
    )
    return ZhishuError([Problem("brought-unknown", id[:40], what, repair)])
