"""A dated list as a table to fill in or to take away: guidance in both languages above the header, CSV or Excel."""

import io
import json
from collections.abc import Collection
from dataclasses import dataclass

import xlsxwriter

from zhishu.pack.book import Book
from zhishu.pack.dated_list import DatedList
from zhishu.pack.load_list import BASIS, BASIS_EN, ENTRY, ENTRY_EN, FROM, TO
from zhishu.surfaces.csv_text import csv_text
from zhishu.surfaces.excel.naming import BUILT, sheet_title
from zhishu.surfaces.register.source import GUIDE
from zhishu.system.books.say import BY, named
from zhishu.terms import Text

ALL = "全部"
_HOW = Text(
    f"从编号行的下一行填起，一行一条；编号行不要改，它上面 {GUIDE} 开头的行只作说明；失效的条目写失效日期，不要删去",
    f"Fill in below the row of ids, one entry a row; do not change the ids; rows above them that begin with {GUIDE} are "
    "guidance; an entry that has ended keeps its row, with its last day",
)
_EVERY = Text(f"空着或写“{ALL}”：都适用", f"blank or {ALL}: holds for all")


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list: its id, its name, whether it must be filled, what a cell takes."""

    id: str
    name: Text
    needed: bool
    takes: Text


def list_columns(book: Book, dated: DatedList, english: Collection[str] = ()) -> tuple[ListColumn, ...]:
    """Return the columns of a list in their order, and of those for readers of English the ones named."""
    matched = [
        ListColumn(
            m.column,
            named(book, m.fact),
            True,
            Text(f"与事实核对：{BY[m.by].zh}；{_EVERY.zh}", f"looked up {BY[m.by].en}; {_EVERY.en}"),
        )
        for m in dated.match
    ]
    own = [
        ListColumn(ENTRY, Text("条目", "entry"), True, Text("名称或编号，不得重复", "a name or number, each once")),
        ListColumn(ENTRY_EN, Text("条目英文", "entry in English"), False, Text("可不填", "may be blank")),
        *matched,
        ListColumn(
            FROM, Text("施行日期", "in force from"), True, Text("必填，如 2018-06-30", "needed, such as 2018-06-30")
        ),
        ListColumn(
            TO, Text("失效日期", "in force to"), False, Text("含当日；空着为仍有效", "that day included; blank: still")
        ),
        ListColumn(BASIS, Text("依据", "basis"), False, Text("文件名称和文号", "the document and its number")),
        ListColumn(BASIS_EN, Text("依据英文", "basis in English"), False, Text("可不填", "may be blank")),
    ]
    return tuple(c for c in own if c.id not in (ENTRY_EN, BASIS_EN) or c.id in english)


def list_csv(book: Book, dated: DatedList, filled: bool) -> bytes:
    """Return a list as CSV in UTF-8 with its mark for Excel: empty with guidance, or as it stands."""
    guidance, header, rows = _table(book, dated, filled)
    head, *more = [*guidance, header]
    return b"\xef\xbb\xbf" + csv_text(head, [*more, *rows]).encode()


def list_xlsx(book: Book, dated: DatedList, filled: bool) -> bytes:
    """Return the same as a workbook whose cells are all text, so that a code keeps its zeros."""
    guidance, header, rows = _table(book, dated, filled)
    buffer = io.BytesIO()
    made = xlsxwriter.Workbook(buffer, {"in_memory": True})
    made.set_properties({"title": dated.name.zh, "created": BUILT})
    sheet = made.add_worksheet(sheet_title(dated.name.zh) or dated.id)
    text, small = made.add_format({"num_format": "@"}), made.add_format({"font_color": "#606b76", "font_size": 9})
    head = made.add_format({"bold": True, "bg_color": "#dfe9ec", "border": 1, "num_format": "@"})
    sheet.set_column(0, len(header) - 1, 22, text)
    for at, row in enumerate([*guidance, header, *rows]):
        kind = small if at < len(guidance) else head if at == len(guidance) else text
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(at, column, cell, kind)
    sheet.freeze_panes(len(guidance) + 1, 0)
    made.close()
    return buffer.getvalue()


def layer_form(book: Book, layer: str) -> bytes:
    """Return a layer to fill in: what it must declare, and one specimen line that counts for nothing."""
    kinds = [m.kind for m in book.measured.values() if m.layer == layer and m.kind is not None]
    kind = next((t.zh for k in kinds for t in book.fields[k].choices.values()), "")
    made = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "EPSG:4490"}},
        "source": "示例：哪张图、比例尺、年份",
        "error_m": 30,
        "line": "bank",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "LineString", "coordinates": [[104.0, 30.0], [104.1, 30.0]]},
                "properties": {
                    "name": "示例线",
                    "kind": kind,
                    "cite": "示例：列明它的名录",
                    "valid_from": "2019-01-01",
                    "counts": False,
                },
            }
        ],
    }
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def _table(book: Book, dated: DatedList, filled: bool) -> tuple[list[list[str]], list[str], list[list[str]]]:
    """Return the rows of guidance, the row of ids, and the entries."""
    entries = (dated.entries or ()) if filled else ()
    english = [ENTRY_EN] * any(e.en for e in entries) + [BASIS_EN] * any(e.basis_en for e in entries)
    columns = list_columns(book, dated, english)
    header = [c.id for c in columns]
    if filled:
        rows = []
        for e in entries:
            keys = {m.column: ALL if k is None else k for m, k in zip(dated.match, e.keys, strict=True)}
            ends = e.valid_to.isoformat() if e.valid_to else ""
            own = {
                ENTRY: e.id,
                ENTRY_EN: e.en,
                FROM: e.valid_from.isoformat(),
                TO: ends,
                BASIS: e.basis,
                BASIS_EN: e.basis_en,
            }
            rows.append([{**own, **keys}[c] for c in header])
        return [], header, rows
    head = [
        [_HOW.zh, *[""] * (len(columns) - 1)],
        [_HOW.en, *[""] * (len(columns) - 1)],
        [c.name.zh for c in columns],
        [c.name.en for c in columns],
        [c.takes.zh for c in columns],
        [c.takes.en for c in columns],
    ]
    return [[f"{GUIDE} {row[0]}", *row[1:]] for row in head], header, []
