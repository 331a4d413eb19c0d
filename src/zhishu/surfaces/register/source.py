"""Registers on disk, read in pieces of bounded size: Parquet, CSV and lines of JSON."""

import csv
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

import polars as pl

from zhishu.errors import Problem, ZhishuError
from zhishu.surfaces.register.json_lines import json_lines
from zhishu.terms import Text

PIECE = 500_000
"""Rows read at once."""
MOST_CELL = 1_000_000
GUIDE = "#"
"""Begins the rows above a CSV's header that tell people how to fill it in: they are passed over."""
SEPARATORS = {
    ";": Text("分号", "semicolons"),
    "\t": Text("制表符", "tabs"),
    "，": Text("全角逗号", "full-width commas"),
}
Told = Callable[[int, int], None]
Read = TypeVar("Read")


def rows_of(path: Path, told: Told | None = None) -> int:
    """Return how many rows a register has; text is walked line by line, and a row of another width or shape is named.

    Raises ZhishuError ``register-kind``, ``register-row-width``, ``register-broken``, ``register-header``, for lines of
    JSON what ``json_lines`` does.
    """
    match path.suffix.lower():
        case ".parquet":
            return int(_tried(path, lambda: pl.scan_parquet(path).select(pl.len()).collect().item()))
        case ".csv":
            return _walk(path, told)
        case ".ndjson" | ".jsonl":
            return json_lines(path, told)
        case other:
            what = Text(
                f"不认识的文件类型 {other or path.name}", f"a file of the kind {other or path.name} is not read"
            )
            raise ZhishuError(
                [
                    Problem(
                        "register-kind",
                        path.name,
                        what,
                        Text("用 csv、xlsx、parquet 或 ndjson", "give csv, xlsx, parquet or ndjson"),
                    )
                ]
            )


def first_line(path: Path) -> int:
    """Return the line of the first row: below guidance and header in a CSV, 1 elsewhere."""
    return _guidance(path) + 2 if path.suffix.lower() == ".csv" else 1


def names_of(path: Path) -> list[str]:
    """Return the column names of a register."""
    return list(_tried(path, lambda: _scan(path).collect_schema().names()))


def pieces(path: Path, size: int = PIECE) -> Iterator[tuple[int, pl.DataFrame]]:
    """Yield pieces of a register in order, each with the place of its first row."""
    at = 0
    if path.suffix.lower() == ".parquet":
        rows = rows_of(path)
        while at < rows:
            yield at, _tried(path, partial(_slice, path, at, size))
            at += size
        return
    batches = _scan(path).collect_batches(chunk_size=size, maintain_order=True)
    try:
        for piece in batches:
            yield at, piece
            at += len(piece)
    except pl.exceptions.PolarsError as error:
        raise _broken(path, error) from error


def _slice(path: Path, at: int, size: int) -> pl.DataFrame:
    return pl.scan_parquet(path).slice(at, size).collect()


def _scan(path: Path) -> pl.LazyFrame:
    match path.suffix.lower():
        case ".parquet":
            return pl.scan_parquet(path)
        case ".csv":
            return pl.scan_csv(path, infer_schema=False, encoding="utf8", skip_lines=_guidance(path))
        case _:
            return pl.scan_ndjson(path, infer_schema_length=None)


def _tried(path: Path, read: Callable[[], Read]) -> Read:
    try:
        return read()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _broken(path, error) from error


def _broken(path: Path, error: Exception) -> ZhishuError:
    # where a file lies on this machine is nobody's affair
    said = str(error).replace(str(path), path.name).splitlines()[0][:200]
    what = Text(f"文件读不下去：{said}", f"the file cannot be read: {said}")
    return ZhishuError(
        [
            Problem(
                "register-broken",
                path.name,
                what,
                Text("核对文件是否完整，编码是否 UTF-8", "check that the file is whole and in UTF-8"),
            )
        ]
    )


def _guidance(path: Path) -> int:
    """Return how many lines of guidance stand above the header of a CSV."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader, lines = csv.reader(handle), 0
        for cells in reader:
            if not cells or not cells[0].startswith(GUIDE):
                break
            lines = reader.line_num
    return lines


def _header(header: list[str], ends: str | tuple[str, ...] | None, place: str) -> Problem | None:
    """Return what is wrong with the header of a CSV, None where it serves."""
    again = Text("另存为逗号分隔的 CSV（UTF-8）", "save it as CSV UTF-8 with commas")
    apart = next((name for sign, name in SEPARATORS.items() if len(header) == 1 and sign in header[0]), None)
    if apart is not None:
        what = Text(
            f"表头的格不用逗号而用{apart.zh}隔开", f"the header's cells stand apart by {apart.en}, not by commas"
        )
        return Problem("register-header", place, what, again)
    if ends == "\r":
        what = Text("各行只以回车符隔开，读不了", "lines that end in a carriage return alone are not read")
        return Problem("register-header", place, what, again)
    blank = [str(i) for i, name in enumerate(header, 1) if not name.strip()]
    if header and blank:
        what = Text(f"第 {'、'.join(blank[:5])} 列没有名称", f"no name heads column {', '.join(blank[:5])}")
        repair = Text("写上名称，没有用的列连同空格删去", "name it, or delete the column with its empty cells")
        return Problem("register-header", place, what, repair)
    twice = sorted({c for c in header if header.count(c) > 1})
    if header and not twice:
        return None
    what = Text(f"表头不能用：{'、'.join(twice) or '空'}", f"the header does not serve: {', '.join(twice) or 'empty'}")
    return Problem("register-header", place, what, Text("每列一个名称", "give each column one name"))


def _walk(path: Path, told: Told | None) -> int:
    """Return the rows of a CSV whose rows all have the width of its header."""
    size, rows, above = path.stat().st_size, 0, 1
    csv.field_size_limit(MOST_CELL)
    problems: list[Problem] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.reader(handle, strict=True)
            header = next(reader, [])
            while header and header[0].startswith(GUIDE):
                header = next(reader, [])
            if header and header[0].lstrip().startswith("<"):
                what = Text("文件是网页，不是表", "the file is a web page, not a table")
                repair = Text(
                    "在原系统里导出 CSV，不要保存网页", "export CSV where it comes from; do not save the page"
                )
                raise ZhishuError([Problem("register-html", path.name, what, repair)])
            above = max(reader.line_num, 1)
            if wrong := _header(header, handle.newlines, f"{path.name}:{above}"):
                raise ZhishuError([wrong])
            width = len(header)
            for cells in reader:
                if len(cells) != width and cells:
                    what = Text(f"有 {len(cells)} 格，表头有 {width} 格", f"{len(cells)} cells, {width} in the header")
                    repair = Text("补足空格；含逗号的格加引号", "give empty cells too, and quote cells with commas")
                    problems.append(Problem("register-row-width", f"{path.name}:{reader.line_num}", what, repair))
                    if len(problems) >= 20:
                        break
                rows += bool(cells)
                if told is not None and not rows % 200_000:
                    told(min(size, rows * 60), size)
    except UnicodeDecodeError as error:
        what = Text("文件不是 UTF-8", f"the file is not UTF-8 (byte {error.start})")
        raise ZhishuError(
            [Problem("register-encoding", path.name, what, Text("另存为 CSV UTF-8", "save it as CSV UTF-8"))]
        ) from error
    except csv.Error as error:
        what = Text(
            f"第 {rows + above + 1} 行起读不下去：{error}", f"cannot be read from row {rows + above + 1}: {error}"
        )
        raise ZhishuError(
            [
                Problem(
                    "register-broken",
                    f"{path.name}:{rows + above + 1}",
                    what,
                    Text("检查引号是否配对", "check the quotation marks"),
                )
            ]
        ) from error
    if problems:
        raise ZhishuError(problems)
    return rows
