"""The cells of one table: the first column names the units, every other is an indicator; every wrong cell is named.

A column may hold the year of each row and another the group of its unit; these are no indicators.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from zhishu.data.intake_cells import FIRST_YEAR, LAST_YEAR, NO_FIGURE, WIDE
from zhishu.data.sheets import Cell, Grid, delimited, workbook
from zhishu.data.sheets.grid import address
from zhishu.data.sheets.package import is_workbook
from zhishu.data.submission.values import Value, Wrong, read_value, signs_of
from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.pack.banned import banned_columns
from zhishu.pack.identity import holds_identity, identity_problem
from zhishu.score.steps.shape import Column
from zhishu.terms import Text

MOST_FIGURES = 100_000
"""Units times indicators of one table: three thousand counties with thirty-three indicators."""
MOST_UNITS = 10_000
MOST_COLUMNS = 1000
MOST_SAID = 200
"""Wrong cells that are listed before reading ends."""


Said = TypeVar("Said")
_SIGNS = signs_of(dict.fromkeys(NO_FIGURE, "absent"))


@dataclass(frozen=True, slots=True)
class Rows(Generic[Said]):
    """The rows of a table in order: unit, year and group of each (no years or groups where no column holds them), what
    its cells say by column, and the address of the first cell of each row."""

    units: list[str]
    years: list[int]
    groups: list[str]
    columns: dict[str, list[Said]]
    places: list[str]


def figures_of(content: bytes, file: str, problems: list[Problem]) -> tuple[list[str], dict[str, Column]]:
    """Return the units and the columns of figures of a CSV or workbook; ``file`` is the name that problems say.

    What is wrong with a cell is added to ``problems``. Raises ZhishuError for what cannot be read as a table, for one
    that is too large (``index-too-large``), and for columns nobody may bring (``column-banned``).
    """
    rows = rows_of(content, file, problems, figure)
    return rows.units, arrays(rows)


def arrays(rows: Rows[float]) -> dict[str, Column]:
    """Return the columns of figures."""
    return {id: np.array(found) for id, found in rows.columns.items()}


def figure(cell: Cell | None) -> float | Wrong:
    """Return the figure of a cell, NaN where there is none."""
    read = read_value(cell, _SIGNS)
    if isinstance(read, Wrong):
        return read
    return float(read.number) if isinstance(read, Value) else float("nan")


def rows_of(
    content: bytes,
    file: str,
    problems: list[Problem],
    read: Callable[[Cell | None], Said | Wrong],
    year: str = "",
    by: str = "",
) -> Rows[Said]:
    """Return the rows of a CSV or workbook: ``read`` says what a cell of an indicator is, ``year`` and ``by`` name the
    columns of years and of groups. Problems and errors as of ``figures_of``, and ``index-column`` for a column that is
    not there, ``index-year`` and ``index-group`` for cells of these columns."""
    grid = next(iter(workbook(content, file).values()), None) if is_workbook(content) else delimited(content, file)
    rows = list(grid.rows) if grid is not None else []
    if grid is None or len(rows) < 2 or len(grid.rows[rows[0]]) < 2:
        raise ZhishuError([_nothing(file)])
    head = {c: cell.text for c, cell in grid.rows[rows[0]].items()}
    if refused := banned_columns(head.values(), file):
        raise ZhishuError(refused)
    if len(rows) - 1 > MOST_UNITS or len(head) - 1 > MOST_COLUMNS or (len(rows) - 1) * (len(head) - 1) > MOST_FIGURES:
        what = Text(
            f"表有 {len(rows) - 1} 行 {len(head)} 列，过大",
            f"the table has {len(rows) - 1} rows and {len(head)} columns: too large",
        )
        repair = Text(
            f"至多 {MOST_UNITS} 个单位、{MOST_COLUMNS} 个指标、{MOST_FIGURES} 个数",
            f"at most {MOST_UNITS} units, {MOST_COLUMNS} indicators and {MOST_FIGURES} figures",
        )
        raise ZhishuError([Problem("index-too-large", file, what, repair)])
    times = Counter(head.values())
    for column, name in head.items():
        if times[name] > 1 or not name:
            what = Text(f"列名“{name}”写了两次", f"the name {name} stands over two columns")
            where = f"{file} {address(rows[0], column)}"
            problems.append(Problem("index-column", where, what, Text("改名", "name them apart")))
    absent = [name for name in dict.fromkeys((year, by)) if name and name not in times]
    if absent or (year and year == by):
        raise ZhishuError([*problems, *_absent(absent or [by], head, file)])
    if len(head) - bool(year) - bool(by) < 2:
        raise ZhishuError([*problems, _nothing(file)])
    return _read(grid, rows, head, file, problems, read, year, by)


def _nothing(file: str) -> Problem:
    what = Text("表里没有数据行或数据列", "the table has no row or no column of figures")
    repair = Text("第一行写列名，第一列写单位", "put the names of the columns first, and the units in the first column")
    return Problem("index-empty", file, what, repair)


def _absent(names: list[str], head: dict[int, str], file: str) -> list[Problem]:
    found = []
    for name in names:
        if name in head.values():
            what = Text(f"列“{name}”不能既是年份又是分组", f"the column {name} cannot be both the year and the group")
        else:
            what = Text(f"表里没有列“{name}”", f"the table has no column {name}")
        found.append(Problem("index-column", file, what, did_you_mean(name, [n for n in head.values() if n != name])))
    return found


def _read(
    grid: Grid,
    rows: list[int],
    head: dict[int, str],
    file: str,
    problems: list[Problem],
    read: Callable[[Cell | None], Said | Wrong],
    year: str,
    by: str,
) -> Rows[Said]:
    of = {name: c for c, name in head.items()}
    at_year, at_group = of.get(year) if year else None, of.get(by) if by else None
    first, *others = (c for c in sorted(head) if c not in (at_year, at_group))
    values: dict[int, list[Said]] = {c: [] for c in others}
    found: Rows[Said] = Rows([], [], [], {head[c]: cells for c, cells in values.items()}, [])
    seen: set[tuple[str, int]] = set()
    for row in rows[1:]:
        if len(problems) >= MOST_SAID:
            what = Text(f"已列 {len(problems)} 处，其余没有再读", f"{len(problems)} are listed, the rest was not read")
            problems.append(Problem("index-too-many", file, what, Text("先改这些", "mend these first")))
            break
        cells = grid.rows[row]
        bare = next((c for c in cells if c not in head), None)
        if bare is not None:
            what = Text("这一列没有列名", "this column has no name")
            where = f"{file} {address(row, bare)}"
            problems.append(Problem("index-column", where, what, Text("在第一行写列名", "name it in the first row")))
        unit = cells[first].text if first in cells else ""
        place = f"{file} {address(row, first)}"
        when = 0
        if at_year is not None:
            when = _year(cells.get(at_year), f"{file} {address(row, at_year)}", problems)
            found.years.append(when)
        if holds_identity(unit):
            problems.append(identity_problem(place, Text("单位", "the unit")))
        elif not unit or ((unit, when) in seen and (when or not year)):
            problems.append(_twice(unit, when, place))
        seen.add((unit, when))
        found.units.append(unit)
        found.places.append(place)
        if at_group is not None:
            found.groups.append(_group(cells.get(at_group), f"{file} {address(row, at_group)}", problems))
        for column, listed in values.items():
            said = read(cells.get(column))
            if isinstance(said, Wrong):
                problems.append(Problem("index-cell", f"{file} {address(row, column)}", said.what, said.repair))
            else:
                listed.append(said)
    return found


def _twice(unit: str, year: int, place: str) -> Problem:
    if year and unit:
        what = Text(f"单位“{unit}”在 {year} 年写了两次", f"the unit {unit} stands twice in {year}")
        return Problem("index-unit-twice", place, what, Text("每个单位每年一行", "give each unit one row a year"))
    what = Text(f"单位“{unit}”空着或写了两次", f"the unit {unit or '(blank)'} is blank or stands twice")
    return Problem("index-unit-twice", place, what, Text("每个单位一行", "give each unit one row"))


def _year(cell: Cell | None, place: str, problems: list[Problem]) -> int:
    """Return the year of a row, 0 where there is none."""
    text = cell.text.translate(WIDE).strip().removesuffix("年") if cell is not None else ""
    if text.isascii() and text.isdigit() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    what = Text(f"“{text[:30]}”不是年份", f"{text[:30] or '(blank)'} is no year")
    repair = Text(f"写四位年份，{FIRST_YEAR}—{LAST_YEAR}", f"write four digits, {FIRST_YEAR} to {LAST_YEAR}")
    problems.append(Problem("index-year", place, what, repair))
    return 0


def _group(cell: Cell | None, place: str, problems: list[Problem]) -> str:
    text = cell.text if cell is not None else ""
    if holds_identity(text):
        problems.append(identity_problem(place, Text("分组", "the group")))
    elif not text:
        what = Text("没有写分组", "no group is given")
        problems.append(Problem("index-group", place, what, Text("写上该单位的组", "write the group of the unit")))
    return text
