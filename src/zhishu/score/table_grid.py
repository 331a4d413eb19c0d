"""The figures of one table: the first column names the units, every other is an indicator; every wrong cell is named."""

from collections import Counter

import numpy as np

from zhishu.data.intake_cells import NO_FIGURE
from zhishu.data.sheets import Grid, delimited, workbook
from zhishu.data.sheets.grid import address
from zhishu.data.sheets.package import is_workbook
from zhishu.data.submission.values import Value, Wrong, read_value, signs_of
from zhishu.errors import Problem, ZhishuError
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


def figures_of(content: bytes, file: str, problems: list[Problem]) -> tuple[list[str], dict[str, Column]]:
    """Return the units and the columns of figures of a CSV or workbook; ``file`` is the name that problems say.

    What is wrong with a cell is added to ``problems``. Raises ZhishuError for what cannot be read as a table, for one
    that is too large (``index-too-large``), and for columns nobody may bring (``column-banned``).
    """
    grid = next(iter(workbook(content, file).values()), None) if is_workbook(content) else delimited(content, file)
    rows = list(grid.rows) if grid is not None else []
    if grid is None or len(rows) < 2 or len(grid.rows[rows[0]]) < 2:
        what = Text("表里没有数据行或数据列", "the table has no row or no column of figures")
        repair = Text(
            "第一行写列名，第一列写单位", "put the names of the columns first, and the units in the first column"
        )
        raise ZhishuError([Problem("index-empty", file, what, repair)])
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
    return _read(grid, rows, head, file, problems)


def _read(
    grid: Grid, rows: list[int], head: dict[int, str], file: str, problems: list[Problem]
) -> tuple[list[str], dict[str, Column]]:
    first = min(head)
    signs = signs_of(dict.fromkeys(NO_FIGURE, "absent"))
    units: dict[str, None] = {}
    values: dict[int, list[float]] = {c: [] for c in sorted(head) if c != first}
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
        if holds_identity(unit):
            problems.append(identity_problem(f"{file} {address(row, first)}", Text("单位", "the unit")))
        elif not unit or unit in units:
            what = Text(f"单位“{unit}”空着或写了两次", f"the unit {unit or '(blank)'} is blank or stands twice")
            where = f"{file} {address(row, first)}"
            problems.append(Problem("index-unit-twice", where, what, Text("每个单位一行", "give each unit one row")))
        units[unit] = None
        for column, found in values.items():
            read = read_value(cells.get(column), signs)
            if isinstance(read, Wrong):
                problems.append(Problem("index-cell", f"{file} {address(row, column)}", read.what, read.repair))
            found.append(float(read.number) if isinstance(read, Value) else np.nan)
    return list(units), {head[c]: np.array(found) for c, found in values.items()}
