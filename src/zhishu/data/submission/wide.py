"""Wide tables: regions down, series across, under one to four head rows."""

from collections.abc import Mapping

from zhishu.data.regions import Regions
from zhishu.data.series import Series
from zhishu.data.sheets import Grid
from zhishu.data.submission.asked import allowed, period_or_problem
from zhishu.data.submission.head import Above, declared_columns, find_head, heads, key
from zhishu.data.submission.periods import Period, of_column
from zhishu.data.submission.places import Places
from zhishu.data.submission.reading import Progress
from zhishu.data.submission.sink import Sink
from zhishu.data.submission.slot import Slot
from zhishu.data.submission.units_said import UnitRead, unit_of, units_above
from zhishu.data.submission.values import signs_of
from zhishu.data.submission.wide_rows import BodyCells, WideRows
from zhishu.errors import Problem, did_you_mean
from zhishu.pack.profile import Profile, ProfileColumn
from zhishu.terms import Text

# columns that number the rows of a printed table
_COUNTERS = frozenset({"序号", "no.", "no"})


def read_wide(
    grid: Grid,
    profile: Profile,
    regions: Regions,
    series: Mapping[str, Series],
    base: Period | None,
    sink: Sink,
    progress: Progress,
) -> None:
    """Read every row below the head into the sink."""
    found = find_head(grid, profile)
    if found is None:
        said = "、".join(profile.corner)
        what = Text(f"找不到表头（{said}）", f"the head ({said}) is not found")
        sink.bad(
            sink.prefix.rstrip("!"), "submission-head-missing", what, Text("核对样式和表头", "check profile and head")
        )
        return
    top, column = found
    if top != profile.head_row:
        sink.guess(sink.where(top, column), "head-row", f"{top}", f"{top}", (f"{profile.head_row}",))
    code = next((c for c, cell in grid.rows[top].items() if key(cell.text) in {key(w) for w in profile.code}), None)
    above = units_over(grid, profile, top)
    slots = _slots(heads(grid, profile, top, (column, code)), profile, series, base, above, sink)
    if not slots:
        return
    body = [r for r in grid.rows.numbers if r >= top + len(profile.head)]
    levels = (*profile.levels, *(t.level for t in profile.totals if t.level))
    cells = BodyCells.of(grid, top + len(profile.head), slots, profile.confidence)
    places = Places(regions, tuple(dict.fromkeys(levels)))
    reader = WideRows(grid, cells, profile, regions, places, slots, column, code, sink)
    for done, row in enumerate(body, start=1):
        reader.row(row)
        progress(done, len(body))
        if sink.full():
            return
    reader.close()


def units_over(grid: Grid, profile: Profile, top: int) -> list[str]:
    """Return the units stated above the head: in the declared row, else in any."""
    rows = [profile.unit_row] if profile.unit_row is not None else []
    for row in [*rows, *(r for r in grid.rows if r < top)]:
        for cell in grid.rows.get(row, {}).values():
            stated = units_above(cell.text)
            if stated is not None and row < top:
                return stated
    return []


def _slots(
    above: list[Above],
    profile: Profile,
    series: Mapping[str, Series],
    base: Period | None,
    units: list[str],
    sink: Sink,
) -> dict[int, Slot]:
    slots: dict[int, Slot] = {}
    met: set[int] = set()
    known = [" / ".join(h[0] for h in c.heads) for c in profile.columns]
    columns = declared_columns(profile)
    for head in above:
        where = sink.where(head.row, head.column)
        at = columns.get(tuple(key(w) for w in head.words))
        if at is None and key(head.said) in _COUNTERS:
            sink.guess(where, "column-left", head.said, "—")
            continue
        if at is None:
            what = Text(f"样式里没有这一列：{head.said}", f"the profile has no column {head.said}")
            sink.bad(where, "submission-column-unknown", what, did_you_mean(head.said, known))
            continue
        met.add(at)
        declared = profile.columns[at]
        if declared.series is None or declared.series not in series:
            why = declared.leave.zh if declared.leave else "—"
            sink.guess(where, "column-left", head.said, why)
            continue
        period = _period(head, declared, profile, base, where, sink)
        unit = unit_of(head.unit, units, declared.unit or profile.unit, series[declared.series].unit, where)
        if isinstance(unit, Problem):
            sink.problems.append(unit)
        elif period is not None:
            _told(unit, series[declared.series], head, where, sink)
            run = profile.run(declared.series, period.year)
            slots[head.column] = Slot(
                series[declared.series],
                period,
                unit,
                run,
                signs_of(declared.signs),
                declared.percent,
                source=profile.source.zh,
            )
    for i, declared in enumerate(profile.columns):
        if i not in met and not declared.optional:
            what = Text(f"缺列 {known[i] or declared.series}", f"the column {known[i] or declared.series} is missing")
            sink.bad(sink.prefix.rstrip("!"), "submission-column-missing", what, Text("补上这一列", "add the column"))
    return slots


def _told(unit: UnitRead, series: Series, head: Above, where: str, sink: Sink) -> None:
    if unit.found is not None:
        sink.guess(where, unit.found, head.said, unit.unit.symbol, unit.others)
    if unit.factor != 1:
        sink.guess(where, "unit-converted", unit.unit.symbol, f"× {unit.factor} = {series.unit}")


def _period(
    head: Above, declared: ProfileColumn, profile: Profile, base: Period | None, where: str, sink: Sink
) -> Period | None:
    if head.period is not None:
        text, read, row = head.period
        place = sink.where(row, head.column)
        period = period_or_problem(text, read, place, sink)
        base = period if period is not None else None
        if period is None:
            return None
    if base is None:
        what = Text("表上没有写明时期", "the table states no period")
        sink.bad(
            where,
            "submission-period-missing",
            what,
            Text("标题写明时期，或用 --period", "state it in the title, or give --period"),
        )
        return None
    period = of_column(base, declared)
    if period is None:
        what = Text(f"{base.words}没有写到月，这一列要月份", f"{base.id} names no month, the column needs one")
        sink.bad(where, "submission-period-month", what, Text("标题写明月份", "state the month in the title"))
        return None
    return allowed(period, profile, where, sink)
