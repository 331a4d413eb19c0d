"""Wide tables: regions down, series across, under one to four head rows."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from zhishu.data.region_names import name_key
from zhishu.data.regions import Regions
from zhishu.data.series import Series
from zhishu.data.sheets import Grid
from zhishu.data.submission.head import Above, column_of, find_head, heads, key
from zhishu.data.submission.periods import Period, PeriodRead, of_column
from zhishu.data.submission.places import PlaceRead, Places, placed, trimmed
from zhishu.data.submission.reading import Progress
from zhishu.data.submission.sink import Sink, Slot
from zhishu.data.submission.units_said import UnitRead, unit_of, units_above
from zhishu.data.submission.values import signs_of
from zhishu.errors import Problem, did_you_mean
from zhishu.pack.profile import Profile, ProfileColumn
from zhishu.terms import Text


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
    slots = _slots(heads(grid, profile, top, column, code), profile, series, base, above, sink)
    if not slots:
        return
    body = [r for r in sorted(grid.rows) if r >= top + len(profile.head) and grid.rows[r]]
    levels = (*profile.levels, *(t.level for t in profile.totals if t.level))
    reader = _Rows(grid, profile, regions, Places(regions, tuple(dict.fromkeys(levels))), slots, column, code, sink)
    for done, row in enumerate(body, start=1):
        reader.row(row)
        progress(done, len(body))
        if sink.full():
            return


def units_over(grid: Grid, profile: Profile, top: int) -> list[str]:
    """Return the units stated above the head: in the declared row, else in any."""
    rows = [profile.unit_row] if profile.unit_row is not None else []
    for row in [*rows, *(r for r in sorted(grid.rows) if r < top)]:
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
    for head in above:
        where = sink.where(head.row, head.column)
        declared = column_of(head, profile)
        if declared is None:
            what = Text(f"样式里没有这一列：{head.said}", f"the profile has no column {head.said}")
            sink.bad(where, "submission-column-unknown", what, did_you_mean(head.said, known))
            continue
        met.add(profile.columns.index(declared))
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


def allowed(period: Period, profile: Profile, where: str, sink: Sink, planned: bool = False) -> Period | None:
    """Return a period the profile takes and that has begun (or is planned), or None with its problem."""
    if period.kind not in profile.periods:
        what = Text(f"样式不收 {period.words}这样的时期", f"the profile takes no period like {period.id}")
        sink.bad(
            where, "submission-period-kind", what, Text("核对时期或换样式", "check the period or take another profile")
        )
        return None
    if period.begin > sink.day and not planned:
        what = Text(f"{period.words}还没有开始", f"{period.id} has not begun")
        sink.bad(where, "submission-period-future", what, Text("核对时期", "check the period"))
        return None
    return period


def period_or_problem(text: str, read: PeriodRead | None, where: str, sink: Sink) -> Period | None:
    """Return the period of a cell with its guess noted, or None with its problem."""
    if read is None:
        what = Text(f"“{text}”不是时期", f"{text} is no period")
        repair = Text("写作 2018年、2018年6月 或 2018年1-6月", "write 2018, 2018-06 or 2018-01..06")
        sink.bad(where, "submission-period", what, repair)
        return None
    if read.ask:
        either = " / ".join((read.period.id, *read.others))
        what = Text(f"“{text}”分不清是 {either}", f"{text} may be {either}")
        sink.bad(where, "submission-period-open", what, Text("写作 2018年1月", "write 2018-01"))
        return None
    if read.guessed:
        kind = "period-month" if "." in text and read.period.kind == "month" else "period-read"
        sink.guess(where, kind, text, read.period.id, read.others)
    return read.period


class _Rows:
    """Reads the rows below a head, one at a time."""

    def __init__(
        self,
        grid: Grid,
        profile: Profile,
        regions: Regions,
        places: Places,
        slots: dict[int, Slot],
        column: int,
        code: int | None,
        sink: Sink,
    ) -> None:
        self.grid, self.profile, self.regions, self.places = grid, profile, regions, places
        self.slots, self.column, self.code, self.sink = slots, column, code, sink
        self.by_word = {key(w): t for t in profile.totals for w in t.said}
        self.by_level = {t.level: t for t in profile.totals if t.level is not None}
        self.zones = next((t for t in profile.totals if t.over == "zone"), None)
        self.parent = ""
        self.ends = sorted({s.period.end for s in slots.values()})

    def row(self, row: int) -> None:
        """Read one row: figures of a region, a total, or a note."""
        cells, sink = self.grid.rows[row], self.sink
        label = cells.get(self.column)
        if label is None and self.grid.merged:
            label = self.grid.covered(row, self.column)
        coded = cells.get(self.code) if self.code is not None else None
        where = sink.where(row, self.column)
        words = label.text if label is not None else coded.text if coded is not None else ""
        if self._note(row, words):
            return
        sink.rows += 1
        if not words:
            what = Text("这一行没有写地区", "the row names no region")
            sink.bad(where, "submission-region-blank", what, Text("写全称、简称或代码", "write a name or a code"))
            return
        total = self.by_word.get(name_key(words)) or self.by_word.get(key(words))
        zone = self._zone(words)
        if total is not None or zone is not None:
            declared = total or self.zones
            assert declared is not None
            for column, slot in self.slots.items():
                sink.total(slot, declared, words, zone or "", cells.get(column), sink.where(row, column))
            return
        read = {end: self._place(words, end) for end in self.ends}
        failed = next((p for p in read.values() if p.problems), None)
        if failed is not None:
            sink.problems += placed(failed.problems, where)
            for column in self.slots:
                sink.looked(cells.get(column), sink.where(row, column))
            return
        if coded is not None and label is not None:
            self._agrees(read, coded.text, sink.where(row, self.code or 0))
        self._told(read, words, where)
        over = self.by_level.get(read[self.ends[-1]].level)
        if over is not None:
            self.parent = read[self.ends[-1]].name
        for column, slot in self.slots.items():
            place = read[slot.period.end]
            at = sink.where(row, column)
            if over is not None:
                sink.total(slot, over, words, place.code, cells.get(column), at)
            elif place.level not in slot.series.levels:
                if cells.get(column) is not None:
                    no_level(slot.series, place.level, at, sink)
            else:
                sink.cell(slot, place.code, cells.get(column), at)

    def _place(self, words: str, end: date) -> PlaceRead:
        """Return the region of a label; a name that several share is the one below the prefecture row above it."""
        read = self.places.read(words, end)
        if self.parent and any(p.code == "region-ambiguous" for p in read.problems):
            below = self.places.read(f"{self.parent}{trimmed(words)}", end)
            if not below.problems:
                return replace(below, guesses=(("region-parent", ()),))
        return read

    def _note(self, row: int, words: str) -> bool:
        begins = [n for n in self.profile.notes if key(words).startswith(key(n))] if words else []
        alone = not any(column in self.grid.rows[row] for column in self.slots)
        if alone and (begins or (not words and self.code is None)):
            first = words or next(iter(self.grid.rows[row].values())).text
            self.sink.guess(self.sink.where(row, self.column), "row-note", first[:40], "—")
            return True
        return False

    def _zone(self, words: str) -> str | None:
        if self.zones is None:
            return None
        return next(
            (
                f"zone:{z}"
                for z, (name, _, _) in self.regions.zones.items()
                if key(words) in (name_key(name.zh), name_key(name.en))
            ),
            None,
        )

    def _agrees(self, read: Mapping[date, PlaceRead], code: str, where: str) -> None:
        end = self.ends[-1]
        other = self.places.read(code, end)
        if other.problems:
            self.sink.problems += placed(other.problems, where)
        elif other.code != read[end].code:
            what = Text(f"代码 {code} 与名称 {read[end].name} 不是一地", f"the code {code} is not {read[end].name}")
            self.sink.bad(where, "submission-region-code", what, Text("核对代码和名称", "check code and name"))

    def _told(self, read: Mapping[date, PlaceRead], words: str, where: str) -> None:
        for place in {p.code: p for p in read.values()}.values():
            for kind, others in place.guesses:
                self.sink.guess(where, kind, words, f"{place.name}（{place.code}）", others)


def no_level(series: Series, level: str, where: str, sink: Sink) -> None:
    """Note a figure of a level the series does not have."""
    what = Text(f"{series.name.zh}没有 {level} 一级的数", f"{series.id} has no figures of the level {level}")
    listed = " ".join(series.levels)
    sink.bad(where, "intake-level", what, Text(f"该指标的层级：{listed}", f"levels of the series: {listed}"))
