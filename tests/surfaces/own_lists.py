"""Lists and layers of one's own for tests: specimens of the books' examples, as files and as JSON."""

import json
from typing import Any

from zhishu.pack.book import Book, BookExample
from zhishu.pack.dated_list import DatedList
from zhishu.surfaces.register.list_form import list_csv

ZONES = "entry,county,valid_from,valid_to,basis\n示例一,青神,2017/1/1,,示例名单文\n示例二,示例县,2017-01-01,2020-08-31,示例名单文\n"


def with_lists(book: Book) -> list[BookExample]:
    """Return the answered examples of a book that bring lists."""
    return [e for e in book.examples if e.lists and not e.problems and all(d.entries for d in e.lists.values())]


def files_of(book: Book, example: BookExample) -> dict[str, tuple[str, bytes]]:
    """Return the lists of an example as the files of a form."""
    return {f"list.{k}": (f"{k}.csv", list_csv(book, d, True)) for k, d in example.lists.items()}


def rows_of(dated: DatedList) -> list[list[str | None]]:
    """Return a list as JSON has it."""
    head = ["entry", *(m.column for m in dated.match), "valid_from", "valid_to", "basis"]
    return [
        list(head),
        *(
            [e.id, *e.keys, e.valid_from.isoformat(), e.valid_to.isoformat() if e.valid_to else None, e.basis]
            for e in dated.entries or ()
        ),
    ]


def layer() -> dict[str, Any]:
    """Return a layer of one specimen river along a parallel."""
    line = {"type": "LineString", "coordinates": [[103 + i * 0.05, 30.0] for i in range(41)]}
    river = {"properties": {"name": "示例江", "kind": "长江干流", "cite": "示例名录"}, "geometry": line}
    crs = {"type": "name", "properties": {"name": "EPSG:4490"}}
    return {"crs": crs, "source": "示例水系图", "error_m": 20, "line": "bank", "features": [river]}


def layer_text(**changes: object) -> bytes:
    """Return the layer as a file, some members changed; None takes one out."""
    held = {**layer(), **changes}
    return json.dumps({k: v for k, v in held.items() if v is not None}, ensure_ascii=False).encode()
