"""The rows below the head of a wide table: figures of a region, totals and notes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from zhishu.data.region_names import name_key
from zhishu.data.regions import Regions
from zhishu.data.series import no_level
from zhishu.data.sheets import Grid
from zhishu.data.submission.head import key
from zhishu.data.submission.places import PlaceRead, Places, placed, trimmed
from zhishu.data.submission.sink import Sink, Slot
from zhishu.pack.profile import Profile
from zhishu.terms import Text


class WideRows:
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
                    sink.problems.append(no_level(slot.series, place.level, at))
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
