"""The rows of a long table one by one: what a row is a figure of is read once for all rows alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from zhishu.data.days import read_day
from zhishu.data.region_names import name_key
from zhishu.data.series import Series, no_level
from zhishu.data.sheets import Cell
from zhishu.data.submission.asked import allowed, period_or_problem
from zhishu.data.submission.head import key
from zhishu.data.submission.periods import Period, read_period
from zhishu.data.submission.places import PlaceRead, Places, placed
from zhishu.data.submission.sink import Sink
from zhishu.data.submission.slot import Slot
from zhishu.data.submission.units_said import UnitRead, unit_of
from zhishu.data.submission.values import signs_of
from zhishu.errors import Problem, did_you_mean
from zhishu.pack.profile import Meaning, Profile
from zhishu.terms import Text

SAID = ("period", "series", "unit", "status", "published", "source", "note")
"""The columns that say what a row is a figure of."""
_STATUS: dict[str, Literal["actual", "planned"]] = {
    **{"": "actual", "actual": "actual", "实际": "actual", "planned": "planned", "计划": "planned"}
}


@dataclass(frozen=True, slots=True)
class Known:
    """What rows of the same words are figures of; ``apart`` holds what was guessed in reading it."""

    slot: Slot
    apart: Sink


@dataclass(slots=True)
class LongRows:
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
    slots: dict[tuple[str, ...], Known] = field(default_factory=dict)

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
        found = self.known((*said, "n" if number else ""), row)
        slot = found.slot if isinstance(found, Known) else None
        self.tell(found.apart if isinstance(found, Known) else found, row)
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
        self.told(place, words, row)
        if place.level not in slot.series.levels:
            sink.problems.append(no_level(slot.series, place.level, where))
            return
        sink.cell(slot, place.code, value, row, columns["value"])

    def placed_at(self, words: str, end: str) -> PlaceRead:
        """Return the region of a label at the end of a period."""
        return self.places.read(words, date.fromisoformat(end))

    def told(self, place: PlaceRead, words: str, row: int, times: int = 1) -> None:
        """Note how a label was read, in a row and as often as it is alike below."""
        where = self.sink.where(row, self.columns["region"])
        for kind, others in place.guesses:
            self.sink.guess(where, kind, words, f"{place.name}（{place.code}）", others, times)

    def known(self, words: tuple[str, ...], row: int) -> Known | Sink:
        """Return what a row is a figure of, by its words of ``SAID`` and ``n`` where the period is a number; where
        it is none, what is wrong. Nothing is noted yet."""
        if words not in self.slots:
            apart = Sink(self.profile, self.sink.prefix, self.sink.day)
            aside = replace(self, sink=apart)
            slot = aside._read(words[:-1], words[-1] == "n", row)
            self.signs = aside.signs
            if slot is None:
                return apart
            self.slots[words] = Known(slot, apart)
        return self.slots[words]

    def tell(self, apart: Sink, row: int, times: int = 1) -> None:
        """Note what was guessed in reading a row, and what is wrong with it."""
        for g in apart.guessed.values():
            self.sink.guess(f"{g.where.rstrip('0123456789')}{row}", g.kind, g.written, g.read, g.others, times)
        self.sink.problems += apart.problems
        apart.problems.clear()

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
