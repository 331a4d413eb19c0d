"""Reading a pack's CSV tables: what is missing, of another shape or in another encoding is named, never raised raw."""

import csv
import io
from collections.abc import Collection, Mapping
from pathlib import Path

from zhishu.errors import Problem
from zhishu.terms import Text

Rows = list[tuple[int, Mapping[str, str]]]


def read_table(path: Path, folder: Path, columns: Collection[str], problems: list[Problem]) -> Rows:
    """Return the rows of a table with their lines; problems are noted, and a table nobody can read has no rows."""
    file = path.relative_to(folder).as_posix()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError:
        what = Text("没有这张表", "the table is missing")
        repair = Text("补上；没有内容也要有表头", "add it; with nothing in it, still with its header")
        problems.append(Problem("pack-table-missing", file, what, repair))
        return []
    except UnicodeDecodeError as error:
        what = Text("文件不是 UTF-8", f"the file is not UTF-8 (byte {error.start})")
        problems.append(Problem("pack-encoding", file, what, Text("另存为 UTF-8", "save it as UTF-8")))
        return []
    reader = csv.reader(io.StringIO(text, newline=""))
    header = next(reader, [])
    found = len(problems)
    for column in sorted({c for c in header if header.count(c) > 1}):
        what = Text(f"列 {column} 写了两次", f"the column {column} stands twice")
        problems.append(Problem("pack-column-twice", f"{file}:1", what, Text("删去一列", "remove one of them")))
    for column in [c for c in columns if c not in header]:
        what = Text(f"缺列 {column}", f"the column {column} is missing")
        problems.append(Problem("pack-column-missing", f"{file}:1", what, Text("补上这一列", "add the column")))
    if len(problems) > found:
        return []
    rows: Rows = []
    for line in reader:
        if not any(line):
            continue
        if len(line) != len(header):
            what = Text(
                f"有 {len(line)} 格，表头有 {len(header)} 格", f"{len(line)} cells, the header has {len(header)}"
            )
            repair = Text("补足空格；含逗号的格加引号", "give empty cells too, and quote cells with commas")
            problems.append(Problem("pack-row-width", f"{file}:{reader.line_num}", what, repair))
            continue
        rows.append((reader.line_num, dict(zip(header, line, strict=True))))
    return rows


def distinct(rows: Rows, columns: tuple[str, ...], file: str, problems: list[Problem]) -> Rows:
    """Return the rows whose key stands for the first time; the others are problems."""
    first: dict[tuple[str, ...], int] = {}
    kept: Rows = []
    for line, row in rows:
        key = tuple(row[c] for c in columns)
        if key in first:
            said = " ".join(key)
            what = Text(f"{said} 已在第 {first[key]} 行", f"{said} stands in line {first[key]} already")
            problems.append(Problem("pack-duplicate", f"{file}:{line}", what, Text("删去一行", "delete one")))
        else:
            first[key] = line
            kept.append((line, row))
    return kept
