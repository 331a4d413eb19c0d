"""Reading a dated list: a CSV with ids, days and a basis, and the columns in which facts are looked up."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date

from zhishu.errors import Problem, did_you_mean
from zhishu.pack.dated_list import Entry, Match
from zhishu.terms import Text

ENTRY, FROM, TO, BASIS = "entry", "valid_from", "valid_to", "basis"
ENTRY_EN, BASIS_EN = "entry_en", "basis_en"
EVERYWHERE = ("", "全部", "*")
GUIDE = "#"
"""Begins the rows above the header that tell people how to fill a list in: they are passed over, as blank ones are."""


def read_list(
    text: str, file: str, match: Sequence[Match], only: Mapping[str, str] | None = None
) -> tuple[tuple[Entry, ...], list[Problem]]:
    """Return the entries of a list's text that can be read, and every problem with line and column.

    Columns: ``entry``, ``valid_from`` (needed), ``valid_to`` (both days included), ``basis``, and one for each match; ``entry_en`` and
    ``basis_en`` for readers of English. Rows above the header that are blank or begin with ``#`` are passed over. A blank key, 全部 or the match's own word holds for all. ``only`` keeps rows whose columns hold these words.

    >>> matches = [Match("code", "code", "prefix")]
    >>> read_list("entry,code,valid_from\\n示例1,26,2019-01-01\\n", "示例.csv", matches)[0][0].keys
    ('26',)
    >>> read_list("entry,code,valid_from\\n示例1,26,不详\\n", "示例.csv", matches)[1][0].where
    '示例.csv:2 valid_from'
    """
    problems: list[Problem] = []
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    above = next(reader, None)
    while above is not None and (not any(cell.strip() for cell in above) or above[0].startswith(GUIDE)):
        above = next(reader, None)
    header = [cell.strip() for cell in above or ()]
    at = max(reader.line_num, 1)
    for column in (ENTRY, FROM, *(m.column for m in match), *(only or {})):
        if column not in header:
            what = Text(f"名录缺列 {column}", f"the list has no column {column}")
            problems.append(Problem("list-column-missing", f"{file}:{at}", what, did_you_mean(column, header)))
    if problems:
        return (), problems
    entries: list[Entry] = []
    first: dict[str, int] = {}
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        where = f"{file}:{reader.line_num}"
        if len(cells) != len(header):
            what = Text(
                f"有 {len(cells)} 格，表头有 {len(header)} 格", f"{len(cells)} cells, {len(header)} in the header"
            )
            repair = Text("补足空格；含逗号的格加引号", "give empty cells too, and quote cells with commas")
            problems.append(Problem("list-row-width", where, what, repair))
            continue
        row = {k: v.strip() for k, v in zip(header, cells, strict=True)}
        if any(row[column] != word for column, word in (only or {}).items()):
            continue
        entry = _entry(row, where, match, problems)
        if entry is None:
            continue
        if entry.id in first:
            what = Text(
                f"条目 {entry.id} 已在第 {first[entry.id]} 行",
                f"the entry {entry.id} stands in line {first[entry.id]} already",
            )
            problems.append(
                Problem("list-duplicate", where, what, Text("改编号，或删去一行", "correct the id, or delete one"))
            )
            continue
        first[entry.id] = reader.line_num
        entries.append(entry)
    return tuple(entries), problems


def _entry(row: Mapping[str, str], where: str, match: Sequence[Match], problems: list[Problem]) -> Entry | None:
    begins, ends = _day(row[FROM], f"{where} {FROM}", problems), None
    if row.get(TO, ""):
        ends = _day(row[TO], f"{where} {TO}", problems)
        if ends is None:
            return None
    if not row[ENTRY]:
        what = Text("条目没有编号", "the entry has no id")
        problems.append(Problem("list-no-id", f"{where} {ENTRY}", what, Text("写编号", "give it an id")))
        return None
    if begins is None:
        return None
    if ends is not None and ends < begins:
        what = Text(f"{row[ENTRY]} 失效早于施行", f"{row[ENTRY]} ends before it begins")
        problems.append(Problem("list-ends-early", where, what, Text("核对两个日期", "check both days")))
        return None
    keys = tuple(None if row[m.column] in (*EVERYWHERE, m.every) else row[m.column] for m in match)
    return Entry(
        row[ENTRY], keys, begins, ends, row.get(BASIS, ""), where, row.get(ENTRY_EN, ""), row.get(BASIS_EN, "")
    )


def _day(written: str, where: str, problems: list[Problem]) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        what = Text(f"不是日期：{written or '空'}", f"not a day: {written or 'empty'}")
        repair = Text(
            "写施行日期，如 2018-06-30；不知何时施行的条目不能用",
            "write the day, as 2018-06-30; an entry in force since nobody knows when cannot be used",
        )
        problems.append(Problem("list-bad-day", where, what, repair))
        return None
