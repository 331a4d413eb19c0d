"""Reading a submitted table by its profile: every guess told, every problem at its cell, all figures or none."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from zhishu.data.regions import Regions
from zhishu.data.series import Series
from zhishu.data.sheets import Grid, bare_formulas, delimited, workbook
from zhishu.data.sheets.grid import letters
from zhishu.data.sheets.package import is_workbook
from zhishu.data.submission.asked import period_or_problem
from zhishu.data.submission.choose import choose
from zhishu.data.submission.figures import Figures
from zhishu.data.submission.head import find_head
from zhishu.data.submission.label import safe_label
from zhishu.data.submission.long import read_long
from zhishu.data.submission.manifest import Manifest, manifest_in, other_form
from zhishu.data.submission.periods import Period, find_period, from_id
from zhishu.data.submission.reading import Progress, Reading
from zhishu.data.submission.sink import Sink
from zhishu.data.submission.totals import compare
from zhishu.data.submission.wide import read_wide
from zhishu.errors import Problem, ZhishuError
from zhishu.pack.profile import Profile
from zhishu.terms import Text

if TYPE_CHECKING:
    import polars


def _silent(done: int, total: int) -> None:
    """Tell nobody."""


def read(
    profile: Profile,
    content: bytes,
    file: str,
    regions: Regions,
    series: Mapping[str, Series],
    day: date,
    progress: Progress = _silent,
    *,
    period: str | None = None,
    form: Manifest | None = None,
) -> Reading:
    """Return what a workbook or a delimited text says, read as the profile declares.

    ``day`` is the day it is handed in: figures without a published date count as known from it. ``period`` is an id
    the caller expects; another in the title is an error. ``form`` is what a form must say of itself; a table that is
    no form has none. ``progress`` is told rows done and rows in all. Nothing is raised: problems are in the reading.
    """
    label = safe_label(file)
    try:
        # what the bytes are decides, not the name
        grids = list(workbook(content, label).values()) if is_workbook(content) else [delimited(content, label)]
    except ZhishuError as error:
        return _refused(profile, label, error.problems)
    stated = manifest_in(grids)
    if stated is not None:
        wanted = form or Manifest(profile.id, period or "", stated.pack, stated.basis)
        wrong = other_form(stated, wanted, label)
        if wrong:
            return _refused(profile, label, wrong)
        period = period or stated.period
    grid, others = choose(grids, profile)
    if grid is None:
        what = Text("文件里没有内容", "there is nothing in the file")
        return _refused(profile, label, [Problem("intake-empty", label, what, Text("核对文件", "check the file"))])
    sink = Sink(profile, f"{label} {grid.name}!" if grid.name else f"{label}!", day)
    sink.problems += bare_formulas([grid])
    if others:
        sink.guess(label, "sheet", grid.name, grid.name, others)
    _unseen(grid, sink)
    base = _base(grid, profile, period, sink, stated is not None)
    reader = read_wide if profile.layout == "wide" else read_long
    reader(grid, profile, regions, series, base, sink, progress)
    table = sink.table()
    if period and "period" in profile.head:
        _only(sink, table, {p.strip() for p in period.split(",")})
    if stated is None:
        sink.asked()
    checks, differences = compare(sink.totals, sink.parts(table) if sink.totals else {}, regions)
    problems = (*sink.problems, *differences)
    if not sink.rows and not problems:
        what = Text("表头下面没有数据行", "there is no row below the head")
        problems = (Problem("submission-no-rows", label, what, Text("核对文件和样式", "check file and profile")),)
    refused = any(p.severity == "error" for p in problems)
    return Reading(
        profile.id,
        label,
        base.id if base is not None else None,
        sink.rows,
        len(table),
        Figures.none(day) if refused else Figures(table, day),
        tuple(sink.guessed.values()),
        tuple(sink.blanks),
        tuple(checks),
        problems,
    )


def _unseen(grid: Grid, sink: Sink) -> None:
    """Tell which rows and columns are read though nobody sees them."""
    for row in sorted(grid.unseen):
        if cells := grid.rows.get(row):
            column = min(cells)
            sink.guess(sink.where(row, column), "hidden", cells[column].text[:40], cells[column].text[:40])
    top = next(iter(grid.rows), 1)
    used = grid.columns() if grid.unseen_columns else set()
    for left, right in grid.unseen_columns:
        hidden = sorted(column for column in used if left <= column <= right)
        if hidden:
            said = f"{letters(hidden[0])}–{letters(hidden[-1])}"
            sink.guess(sink.where(top, hidden[0]), "hidden", said, said)


def _only(sink: Sink, table: "polars.DataFrame", asked: set[str]) -> None:
    """Note each period across a table that is not among those asked for."""
    first = dict(table.select("period", "cell").unique("period", keep="first", maintain_order=True).iter_rows())
    for found in sorted(set(first) - asked):
        what = Text(f"时期 {found} 不在应报之列", f"the period {found} is not asked for")
        sink.bad(first[found], "submission-period-other", what, Text("删去该列", "remove the column"))


def _refused(profile: Profile, label: str, problems: tuple[Problem, ...] | list[Problem]) -> Reading:
    return Reading(profile.id, label, None, 0, 0, Figures.none(), (), (), (), tuple(problems))


def _base(grid: Grid, profile: Profile, period: str | None, sink: Sink, form: bool) -> Period | None:
    """Return the period the whole table is of: as the caller says, else as its title says; None where neither does."""
    across = "period" in profile.head
    asked = from_id(period) if period and not across else None
    if period and asked is None and not (across and all(from_id(p.strip()) for p in period.split(","))):
        what = Text(f"“{period}”不是时期", f"{period} is no period")
        repair = Text("写作 2018、2018-06 或 2018-01..06", "write 2018, 2018-06 or 2018-01..06")
        sink.bad("--period", "submission-period", what, repair)
    if across or (profile.layout == "long" and "period" in profile.fields):
        return asked if form or profile.layout == "long" else None
    found = find_head(grid, profile)
    top = found[0] if found is not None else profile.head_row
    rows = [profile.title_row] if profile.title_row is not None else []
    for row in [*rows, *(r for r in sorted(grid.rows) if r < top and r not in rows)]:
        for column, cell in sorted(grid.rows.get(row, {}).items()):
            read = find_period(cell.text) if row < top else None
            if read is None:
                continue
            where = sink.where(row, column)
            stated = period_or_problem(cell.text, read, where, sink) if read.ask else read.period
            if stated is None:
                return None
            if asked is not None and asked != stated:
                what = Text(f"标题是 {stated.words}，应是 {asked.words}", f"the title says {stated.id}, not {asked.id}")
                sink.bad(where, "submission-period-other", what, Text("核对文件", "check the file"))
            elif asked is None:
                sink.guess(where, "period-title", cell.text, stated.id, read.others)
            return stated
    return asked
