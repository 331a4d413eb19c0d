"""What a table says besides its figures: the group of each unit, and how unsure the figures are."""

from dataclasses import replace
from typing import Unpack

from zhishu.errors import Problem, ZhishuError
from zhishu.score.index import Index
from zhishu.score.table import Options, index_from
from zhishu.score.table_errors import Declared, Table, errors_of
from zhishu.score.table_grid import arrays, figure, rows_of
from zhishu.score.years import Panel


def index_by(content: bytes, name: str, by: str, **options: Unpack[Options]) -> Index:
    """Return the index of a table in which the column ``by`` names the group of each unit; see ``index_of``.

    Raises ZhishuError as ``index_of``, ``index-column`` without such a column, ``index-group`` for a blank cell of it.

    >>> index_by("unit,class,output\\n示例甲,A,10\\n示例乙,B,20\\n".encode(), "demo.csv", "class").by
    ('A', 'B')
    """
    problems: list[Problem] = []
    rows = rows_of(content, name, problems, figure, by=by)
    if problems:
        raise ZhishuError(problems)
    index = index_from(rows.units, arrays(rows), name, **options)
    groups = dict(zip(rows.units, rows.groups, strict=True))
    # a unit that screening left out has no place any more
    return replace(index, by=tuple(groups[unit] for unit in index.units))


def with_errors(index: Index, declared: Declared, by: str = "") -> Index:
    """Return an index whose intervals also vary its figures by their errors; ``by`` is the column of groups, if any.

    Raises ZhishuError as ``errors_of``.
    """
    keys = [(unit, 0) for unit in index.units]
    return replace(index, errors=errors_of(declared, Table(index.study.columns, keys, "", by)))


def with_panel_errors(panel: Panel, declared: Declared, year: str, by: str = "") -> Panel:
    """Return an index of several years whose intervals also vary its figures; cells that were filled have the error of
    the class ``carried``, if one is declared for it. Raises ZhishuError as ``errors_of``."""
    rows = [(y, unit) for y in range(len(panel.years)) for unit in range(len(panel.units))]
    # a row that the table does not have is nobody's
    keys = [(panel.units[u], panel.years[y]) if panel.there[y, u] else ("", -n) for n, (y, u) in enumerate(rows)]
    filled = {((f.unit, f.year), f.column) for f in panel.filled}
    errors = errors_of(declared, Table(panel.index.study.columns, keys, year, by, filled))
    return replace(panel, index=replace(panel.index, errors=errors))
