"""Several years of one table: a row for each unit and year, gaps filled where that is asked, and then an index."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Unpack

import numpy as np
from numpy.typing import NDArray

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.score.steps import panel
from zhishu.score.steps.aggregate import Array
from zhishu.score.steps.shape import Column
from zhishu.score.table import Options, index_from
from zhishu.score.table_grid import arrays, figure, rows_of
from zhishu.score.years import WAYS, Filled, Panel, Screened
from zhishu.terms import Text


def read_panel(
    file: str | Path, year: str, *, fill: str = "", screen: float = 0.0, **options: Unpack[Options]
) -> Panel:
    """Return the index of a file with a column of years; see ``panel_of`` for the options and what is refused.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "demo.csv"
    >>> _ = path.write_text("unit,year,output\\n示例甲,2018,10\\n示例乙,2018,20\\n示例甲,2019,30\\n", encoding="utf-8")
    >>> read_panel(path, "year").scores()
    {2018: {'示例甲': 1.0, '示例乙': 50.5}, 2019: {'示例甲': 100.0, '示例乙': None}}
    """
    path = Path(file)
    return panel_of(path.read_bytes(), path.name, year, fill=fill, screen=screen, **options)


def panel_of(
    content: bytes,
    name: str,
    year: str,
    *,
    fill: str = "",
    screen: float = 0.0,
    by: str = "",
    **options: Unpack[Options],
) -> Panel:
    """Return the index of a table with a row for each unit and year; ``year`` names the column of years.

    All years share one scale; outliers are drawn in within a year. ``fill`` gives gaps a figure by one of ``WAYS``, from
    the unit's own years; a unit without a row in a year stays out of it. ``screen`` leaves a unit out of the years in
    which the table holds less than this share of its figures, ``by`` names a column of groups; the other options are
    those of ``index_of``. Raises ZhishuError as ``index_of``, and for ``index-year``, ``index-group``.
    """
    problems: list[Problem] = []
    rows = rows_of(content, name, problems, figure, year, by)
    if fill and fill not in WAYS:
        what = Text(f"没有补数方法“{fill}”", f"there is no way {fill} to fill gaps")
        problems.append(Problem("index-choice", "fill", what, did_you_mean(fill, WAYS)))
    ready = options.get("prepare")
    if ready is not None and (ready.known or ready.nonzero or ready.filling):
        what = Text(
            "多年的表按年份筛选和补数，不用 prepare 的 known、nonzero、filling",
            "a table of several years is screened and filled by year, not by known, nonzero or filling of prepare",
        )
        problems.append(Problem("index-choice", "prepare", what, Text("用 screen 和 fill", "use screen and fill")))
    if problems:
        raise ZhishuError(problems)
    units, years = tuple(dict.fromkeys(rows.units)), tuple(sorted(set(rows.years)))
    at_unit, at_year = {u: n for n, u in enumerate(units)}, {y: n for n, y in enumerate(years)}
    places = np.array([at_year[y] * len(units) + at_unit[u] for u, y in zip(rows.units, rows.years, strict=True)])
    columns = {id: _placed(column, places, (len(years), len(units))) for id, column in arrays(rows).items()}
    there = ~np.isnan(_placed(np.zeros(len(places)), places, (len(years), len(units))))
    kept, screened = _screened(columns, there, screen, units, years)
    filled: list[Filled] = []
    for way in WAYS:
        if way == fill:
            for id, column in columns.items():
                columns[id], taken = panel.fill(column, np.array(years, dtype=np.float64), way, kept)
                filled += [
                    Filled(units[t.unit], years[t.year], id, t.value, way, tuple(years[n] for n in t.sources))
                    for t in taken
                ]
    stacked = {id: np.where(kept, column, np.nan).reshape(-1) for id, column in columns.items()}
    names = [f"{unit} {y}" for y in years for unit in units]
    index = index_from(names, stacked, name, **options)
    groups = [""] * len(names)
    for place, group in zip(places, rows.groups, strict=bool(by)):
        groups[place] = group
    study = replace(index.study, years=len(years), kept={})
    whole = replace(index, study=study, by=tuple(groups) if by else ())
    order = sorted(filled, key=lambda f: (f.year, at_unit[f.unit], list(columns).index(f.column)))
    return Panel(units, years, whole, there, tuple(order), tuple(screened))


def _placed(column: Column, places: NDArray[np.int64], shape: tuple[int, int]) -> Array:
    found = np.full(shape[0] * shape[1], np.nan)
    found[places] = column
    return found.reshape(shape)


def _screened(
    columns: Mapping[str, Array], there: NDArray[np.bool_], least: float, units: tuple[str, ...], years: tuple[int, ...]
) -> tuple[NDArray[np.bool_], list[Screened]]:
    """Return which rows stay, and those that do not."""
    tables = list(columns.values())
    stays = panel.screen(tables, least)
    known = (~np.isnan(np.stack(tables))).mean(axis=0)
    left = [Screened(units[u], years[y], float(known[y, u])) for y, u in np.argwhere(there & ~stays)]
    return there & stays, left
