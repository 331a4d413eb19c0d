"""A case from a file: JSON, a CSV or Parquet register, or a filled Excel form."""

import csv
import io
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.pack.banned import banned_columns
from zhishu.pack.system import System, Table
from zhishu.source.decode import decode
from zhishu.surfaces.excel.filled import read_form
from zhishu.system.case import RawCase, RawRow
from zhishu.terms import Text


def case_from_file(path: Path, system: System) -> RawCase:
    """Return the case of a file. Raises ZhishuError with the place of what cannot be read."""
    if not path.is_file():
        what = Text(f"没有文件 {path.name}", f"there is no file {path.name}")
        raise ZhishuError([Problem("input-missing", path.name, what, Text("核对路径", "check the path"))])
    return case_from_bytes(path.read_bytes(), path.name, system)


def case_from_bytes(content: bytes, name: str, system: System) -> RawCase:
    """Return the case of a file's content; the ending of its name tells the kind."""
    ending = name.rsplit(".", 1)[-1].lower()
    if ending == "json":
        return case_from_json(content, name)
    if ending == "xlsx":
        return read_form(content, system, name)
    if ending == "csv":
        return _register(*_csv(content, name), name, system)
    if ending == "parquet":
        return _register(*_parquet(content, name), name, system)
    what = Text(f"不认识的文件类型 .{ending}", f"unknown kind of file .{ending}")
    raise ZhishuError(
        [Problem("input-kind", name, what, Text("用 json、csv、xlsx 或 parquet", "use json, csv, xlsx or parquet"))]
    )


def case_from_json(content: bytes, name: str) -> RawCase:
    """Return the case of a JSON document ``{"tables": {…}, "parameters": {…}}``."""
    try:
        data = json.loads(decode(content, name), parse_float=Decimal)
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        what = Text("JSON 写法有误", f"broken JSON: {error}")
        repair = Text("核对逗号、引号和括号", "check commas, quotes and brackets")
        raise ZhishuError([Problem("input-json", f"{name}:{line}", what, repair)]) from error
    tables = data.get("tables") if isinstance(data, dict) else None
    if not isinstance(tables, dict) or set(data) - {"tables", "parameters"}:
        what = Text('应为 {"tables": {…}, "parameters": {…}}', 'it should be {"tables": {…}, "parameters": {…}}')
        repair = Text("见 zhishu describe", "see `zhishu describe`")
        raise ZhishuError([Problem("input-shape", name, what, repair)])
    columns = dict.fromkeys(c for rows in tables.values() for c in _cells(rows))
    if refused := banned_columns(columns, name):
        raise ZhishuError(refused)
    raw: dict[str, list[RawRow]] = {}
    for table, rows in tables.items():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            what = Text(f"表 {table} 应是对象的列表", f"the table {table} should be a list of objects")
            repair = Text("见 zhishu describe", "see `zhishu describe`")
            raise ZhishuError([Problem("input-shape", f"{name}: tables.{table}", what, repair)])
        raw[str(table)] = [RawRow(row, f"{table}[{i}]") for i, row in enumerate(rows)]
    parameters = data.get("parameters") or {}
    return RawCase(raw, parameters if isinstance(parameters, dict) else {})


def _cells(rows: object) -> list[str]:
    """Return the cell names of a table's rows, whatever was given in their place."""
    return [str(c) for row in rows if isinstance(row, dict) for c in row] if isinstance(rows, list) else []


def _csv(content: bytes, name: str) -> tuple[list[str], list[tuple[Mapping[str, object], int]]]:
    """Return the header and the rows with their lines; a row of another width than the header is refused."""
    reader = csv.reader(io.StringIO(decode(content, name)))
    rows = [(row, reader.line_num) for row in reader if any(cell.strip() for cell in row)]
    if not rows:
        what = Text("文件是空的", "the file is empty")
        raise ZhishuError([Problem("input-empty", name, what, Text("至少要有表头", "a header is needed"))])
    header = [cell.strip() for cell in rows[0][0]]
    problems = [
        Problem(
            "input-column-twice",
            f"{name}:1",
            Text(f"列 {column} 写了两次", f"the column {column} stands twice"),
            Text("删去一列", "remove one of them"),
        )
        for column in sorted({c for c in header if header.count(c) > 1})
    ]
    for row, line in rows[1:]:
        wide = len(row) - next((i for i, cell in enumerate(reversed(row)) if cell.strip()), 0)
        if wide > len(header) or len(row) < len(header):
            what = Text(f"有 {len(row)} 格，表头有 {len(header)} 格", f"{len(row)} cells, the header has {len(header)}")
            repair = Text("补足空格；含逗号的格加引号", "give empty cells too, and quote cells with commas")
            problems.append(Problem("input-row-width", f"{name}:{line}", what, repair))
    if problems:
        raise ZhishuError(problems)
    return header, [(dict(zip(header, row, strict=False)), line) for row, line in rows[1:]]


def _parquet(content: bytes, name: str) -> tuple[list[str], list[tuple[Mapping[str, object], int]]]:
    import polars as pl

    try:
        frame = pl.read_parquet(io.BytesIO(content))
    except (pl.exceptions.PolarsError, OSError) as error:
        what = Text("读不出 Parquet", "not a readable Parquet file")
        raise ZhishuError([Problem("input-parquet", name, what, Text("重新导出", "export it again"))]) from error
    return frame.columns, [(row, i) for i, row in enumerate(frame.iter_rows(named=True), start=1)]


def _register(header: list[str], rows: list[tuple[Mapping[str, object], int]], name: str, system: System) -> RawCase:
    """Return the case of one register: the one table whose columns it has, by id or by name."""
    if refused := banned_columns(header, f"{name}:1"):
        raise ZhishuError(refused)
    tables = system.inputs()
    matching = [t for t in tables if header and set(_ids(t, header)) == set(header)] or list(tables)
    if len(matching) != 1 and len(tables) != 1:
        what = Text("看不出是哪张表", "it is not clear which table this is")
        repair = Text("用 JSON 或 Excel 表样给出多张表", "give several tables as JSON or in the Excel form")
        raise ZhishuError([Problem("input-which-table", name, what, repair)])
    table = matching[0]
    ids = _ids(table, header)
    unknown = [h for h in header if h not in ids]
    if unknown:
        known = [*table.fields, *(c.name.zh for c in table.fields.values())]
        raise ZhishuError(
            Problem(
                "case-unknown-column",
                f"{name}:1",
                Text(f"不认识的列 {h}", f"unknown column {h}"),
                did_you_mean(h, known),
            )
            for h in unknown
        )
    missing = [k for k in table.key if k not in ids.values()]
    if missing and header:
        raise ZhishuError(
            Problem(
                "input-column-missing",
                f"{name}:1",
                Text(f"缺列 {k}", f"the column {k} is missing"),
                Text("补上这一列", "add the column"),
            )
            for k in missing
        )
    raw = [
        RawRow({ids[h]: v for h, v in row.items()}, f"{name}:{line}", {ids[h]: f"{name}:{line} {h}" for h in row})
        for row, line in rows
    ]
    return RawCase({table.id: raw})


def _ids(table: Table, header: list[str]) -> dict[str, str]:
    """Return the field id of every header that names a field by id, Chinese or English name."""
    names = {word: c.id for c in table.fields.values() for word in (c.id, c.name.zh, c.name.en)}
    return {h: names[h] for h in header if h in names}
