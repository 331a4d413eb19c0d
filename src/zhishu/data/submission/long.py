"""Long tables: one figure a row, its region, period and series in columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from zhishu.data.days import read_day
from zhishu.data.region_names import name_key
from zhishu.data.regions import Regions
from zhishu.data.series import Series, no_level
from zhishu.data.sheets import Cell, Grid
from zhishu.data.submission.asked import allowed, period_or_problem
from zhishu.data.submission.head import find_head, key
from zhishu.data.submission.periods import Period, read_period
from zhishu.data.submission.places import PlaceRead, Places, placed
from zhishu.data.submission.reading import Guess, Progress
from zhishu.data.submission.sink import Sink, Slot
from zhishu.data.submission.units_said import UnitRead, unit_of
from zhishu.data.submission.values import signs_of
from zhishu.data.submission.wide import units_over
from zhishu.errors import Problem, did_you_mean
from zhishu.pack.profile import Meaning, Profile
from zhishu.terms import Text

_SLOT = ("period", "series", "unit", "status", "published", "source", "note")
_STATUS: dict[str, Literal["actual", "planned"]] = {
    **{"": "actual", "actual": "actual", "实际": "actual", "planned": "planned", "计划": "planned"}
}


def read_long(
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
        what = Text("找不到表头", "the head is not found")
        sink.bad(
            sink.prefix.rstrip("!"), "submission-head-missing", what, Text("核对样式和表头", "check profile and head")
        )
        return
    top, first = found
    if top != profile.head_row:
        sink.guess(sink.where(top, first), "head-row", f"{top}", f"{top}", (f"{profile.head_row}",))
    columns = _columns(grid.rows[top], top, profile, base, sink)
    if columns is None:
        return
    body = [r for r in sorted(grid.rows) if r > top and grid.rows[r]]
    by_name = {name_key(w): s for s in series.values() for w in (s.id, s.name.zh, s.name.en)}
    above = units_over(grid, profile, top)
    reader = _Long(
        profile,
        Places(regions, profile.levels),
        by_name,
        base,
        above,
        columns,
        sink,
        bool(grid.name),
        [columns.get(f, 0) for f in _SLOT],
    )
    for done, row in enumerate(body, start=1):
        reader.row(row, grid.rows[row])
        if not done % 256 or done == len(body):
            progress(done, len(body))
            if sink.full():
                return


def _columns(
    line: Mapping[int, Cell], row: int, profile: Profile, base: Period | None, sink: Sink
) -> dict[str, int] | None:
    by_word = {key(w): f for f, said in profile.fields.items() for w in said}
    columns: dict[str, int] = {}
    sound = True
    for column, cell in sorted(line.items()):
        name = by_word.get(key(cell.text))
        if name is None or name in columns:
            what = Text(f"不认识或重复的列 {cell.text}", f"the column {cell.text} is unknown or stands twice")
            known = [w for said in profile.fields.values() for w in said]
            sink.bad(sink.where(row, column), "submission-column-unknown", what, did_you_mean(cell.text, known))
            sound = False
        else:
            columns[name] = column
    needed = ["region", "series", "value"] + ([] if base is not None else ["period"])
    for name in needed:
        if name not in columns:
            words = profile.fields.get(name, (name,))
            what = Text(f"缺列 {words[0]}", f"the column {words[-1]} is missing")
            sink.bad(
                f"{sink.prefix}{row}:{row}", "submission-column-missing", what, Text("补上这一列", "add the column")
            )
            sound = False
    return columns if sound else None


@dataclass(slots=True)
class _Long:
    """Reads the rows of a long table; what one word means is looked up once."""

    profile: Profile
    places: Places
    by_name: Mapping[str, Series]
    base: Period | None
    above: list[str]
    columns: Mapping[str, int]
    sink: Sink
    typed: bool
    order: list[int]
    signs: Mapping[str, Meaning] = field(default_factory=dict)
    slots: dict[tuple[str, ...], tuple[Slot, tuple[tuple[str, Guess], ...]]] = field(default_factory=dict)

    def row(self, row: int, cells: Mapping[int, Cell]) -> None:
        """Read one row."""
        sink, columns = self.sink, self.columns
        label = cells.get(columns["region"])
        words = label.text if label is not None else ""
        value = cells.get(columns["value"])
        if words and len(cells) == 1 and any(key(words).startswith(key(n)) for n in self.profile.notes):
            sink.guess(sink.where(row, columns["region"]), "row-note", words[:40], "—")
            return
        sink.rows += 1
        # 0 is no column: a field without one is blank
        said = tuple([cells[at].text if at in cells else "" for at in self.order])
        at = columns.get("period")
        number = at is not None and (cell := cells.get(at)) is not None and (cell.kind == "n" or not self.typed)
        slot = self._slot(said, number, row)
        where = sink.where(row, columns["region"])
        if not words:
            what = Text("这一行没有写地区", "the row names no region")
            sink.bad(where, "submission-region-blank", what, Text("写全称、简称或代码", "write a name or a code"))
            return
        place = self.places.read(words, slot.period.end if slot is not None else sink.day)
        if place.problems:
            sink.problems += placed(place.problems, where)
        if place.problems or slot is None:
            sink.looked(value, sink.where(row, columns["value"]))
            return
        self._told(place, words, where)
        if place.level not in slot.series.levels:
            sink.problems.append(no_level(slot.series, place.level, where))
            return
        sink.cell(slot, place.code, value, sink.where(row, columns["value"]))

    def _told(self, place: PlaceRead, words: str, where: str) -> None:
        for kind, others in place.guesses:
            self.sink.guess(where, kind, words, f"{place.name}（{place.code}）", others)

    def _slot(self, said: tuple[str, ...], number: bool, row: int) -> Slot | None:
        """Return what a row is a figure of; rows alike in all but region and value share it, and what was guessed
        or wrong is told for each."""
        key = (*said, "n" if number else "")
        known = self.slots.get(key)
        guesses = self.sink.guesses
        if known is not None:
            for column, g in known[1]:
                guesses.append(Guess(f"{column}{row}", g.kind, g.written, g.read, g.others))
            return known[0]
        before = len(guesses)
        slot = self._read(said, number, row)
        if slot is not None:
            told = tuple((g.where.removesuffix(str(row)), g) for g in guesses[before:])
            self.slots[key] = (slot, told)
        return slot

    def _read(self, said: tuple[str, ...], number: bool, row: int) -> Slot | None:
        written, name, unit_word, status, published, source, note = said
        sink = self.sink
        series = self.by_name.get(name_key(name))
        period = self._period(written, number, row, _STATUS.get(status.lower()) == "planned")
        unit: UnitRead | None = None
        if series is None:
            what = Text(f"没有指标“{name}”", f"there is no series {name}")
            known = [w for s in self.by_name.values() for w in (s.id, s.name.zh)]
            sink.bad(self._at("series", row), "intake-series-unknown", what, did_you_mean(name, known))
        else:
            found = unit_of(unit_word or None, self.above, self.profile.unit, series.unit, self._at("unit", row))
            if isinstance(found, Problem):
                sink.problems.append(found)
            else:
                unit = found
                if unit.found is not None:
                    sink.guess(self._at("unit", row), unit.found, unit_word, unit.unit.symbol, unit.others)
                if unit.factor != 1:
                    sink.guess(self._at("unit", row), "unit-converted", unit_word, f"× {unit.factor} = {series.unit}")
        state = _STATUS.get(status.lower())
        if state is None:
            what = Text(f"状态不能是“{status}”", f"the status cannot be {status}")
            sink.bad(self._at("status", row), "intake-word", what, Text("写 实际 或 计划", "write actual or planned"))
        day = self._day(published, row)
        if day is not None and period is not None and state == "actual" and period.begin > day:
            what = Text(f"{period.words}在 {day} 还没有开始", f"{period.id} had not begun on {day}")
            repair = Text("核对时期和发布日期，或写 计划", "check period and published date, or write planned")
            sink.bad(self._at("published", row), "submission-period-future", what, repair)
            return None
        if series is None or period is None or unit is None or state is None or (published and day is None):
            return None
        if not self.signs:
            self.signs = signs_of(self.profile.signs)
        return Slot(
            series,
            period,
            unit,
            self.profile.run(series.id, period.year),
            self.signs,
            self.profile.percent,
            state,
            day,
            " ".join(source.split()) or self.profile.source.zh,
            " ".join(note.split()),
        )

    def _period(self, written: str, number: bool, row: int, planned: bool) -> Period | None:
        where = self._at("period", row)
        if "period" not in self.columns and self.base is not None:
            return allowed(self.base, self.profile, where, self.sink, planned)
        period = period_or_problem(written, read_period(written, number), where, self.sink)
        if period is not None and self.base is not None and period != self.base:
            what = Text(
                f"时期是 {period.words}，应是 {self.base.words}", f"the period is {period.id}, not {self.base.id}"
            )
            self.sink.bad(where, "submission-period-other", what, Text("核对时期", "check the period"))
            return None
        return allowed(period, self.profile, where, self.sink, planned) if period is not None else None

    def _day(self, written: str, row: int) -> date | None:
        if not written:
            return None
        day = read_day(written)
        if day is None or day > self.sink.day:
            what = Text(f"“{written}”不是已到的日期", f"{written} is no day up to now")
            repair = Text("写成 2018-06-30 的样子", "write it like 2018-06-30")
            self.sink.bad(self._at("published", row), "intake-date", what, repair)
            return None
        return day

    def _at(self, name: str, row: int) -> str:
        return self.sink.where(row, self.columns.get(name, self.columns["value"]))
