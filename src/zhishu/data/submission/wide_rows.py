"""The rows below the head of a wide table: figures of a region, totals and notes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from zhishu.data.region_names import name_key
from zhishu.data.regions import Regions
from zhishu.data.series import no_level
from zhishu.data.sheets import Cell, Grid
from zhishu.data.sheets.grid import Rows
from zhishu.data.submission.head import key
from zhishu.data.submission.places import PlaceRead, Places, placed, trimmed
from zhishu.data.submission.plain import plain_cells, slot_table
from zhishu.data.submission.sink import Sink
from zhishu.data.submission.slot import Slot
from zhishu.pack.profile import Profile, Total
from zhishu.terms import Text

if TYPE_CHECKING:
    import polars


@dataclass(frozen=True, slots=True)
class BodyCells:
    """The cells below a head in two parts: plain numbers of the slots, read at once, and all others by row."""

    plain: "polars.DataFrame"
    others: Rows
    count: Mapping[int, int]

    @classmethod
    def of(cls, grid: Grid, first: int, slots: Mapping[int, Slot], confidence: str) -> "BodyCells":
        """Return the cells from a row on; ``count`` says how many plain ones a row has."""
        import polars as pl

        body = grid.cells.filter(pl.col("row") >= first)
        known = slot_table(list(slots.values()), confidence)
        known = known.with_columns(pl.Series("column", list(slots), pl.Int32))
        signs = {sign for slot in slots.values() for sign in slot.signs}
        plain = plain_cells(body.rename({"kind": "type"}).join(known, on="column"), sorted(signs))
        others = body.join(plain.select("row", "column"), on=["row", "column"], how="anti", maintain_order="left")
        counted = plain.get_column("row").value_counts()
        count = dict(zip(counted["row"].to_list(), counted["count"].to_list(), strict=True))
        return cls(plain, Rows(others), count)


class WideRows:
    """Reads the rows below a head, one at a time, and the plain numbers of all taken rows at the end."""

    def __init__(
        self,
        grid: Grid,
        cells: BodyCells,
        profile: Profile,
        regions: Regions,
        places: Places,
        slots: dict[int, Slot],
        column: int,
        code: int | None,
        sink: Sink,
    ) -> None:
        self.grid, self.cells, self.profile, self.regions, self.places = grid, cells, profile, regions, places
        self.slots, self.column, self.code, self.sink = slots, column, code, sink
        self.by_word = {key(w): t for t in profile.totals for w in t.said}
        self.by_level = {t.level: t for t in profile.totals if t.level is not None}
        self.zones = next((t for t in profile.totals if t.over == "zone"), None)
        self.parent = ""
        self.end = {column: slot.period.end for column, slot in slots.items()}
        self.ends = sorted(set(self.end.values()))
        self.unfit: dict[tuple[str, ...], frozenset[int]] = {}
        # rows whose plain numbers are taken, with the code of their region at each end
        self.taken: list[tuple[int, str, str]] = []

    def row(self, row: int) -> None:
        """Read one row: figures of a region, a total, or a note."""
        cells, sink = self.cells.others.get(row, {}), self.sink
        label = cells.get(self.column)
        if label is None and self.grid.merged:
            label = self.grid.covered(row, self.column)
        coded = cells.get(self.code) if self.code is not None else None
        where = sink.where(row, self.column)
        words = label.text if label is not None else coded.text if coded is not None else ""
        if self._note(row, words, cells):
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
            self._total(row, declared, words, dict.fromkeys(self.ends, zone or ""))
            return
        read = {end: self._place(words, end) for end in self.ends}
        failed = next((p for p in read.values() if p.problems), None)
        if failed is not None:
            sink.problems += placed(failed.problems, where)
            # a plain number has nothing wrong in it
            for column in self.slots:
                sink.looked(cells.get(column), sink.where(row, column))
            return
        if coded is not None and label is not None:
            self._agrees(read, coded.text, sink.where(row, self.code or 0))
        self._told(read, words, where)
        over = self.by_level.get(read[self.ends[-1]].level)
        if over is not None:
            self.parent = read[self.ends[-1]].name
            self._total(row, over, words, {end: place.code for end, place in read.items()})
            return
        self._figures(row, read, cells)

    def close(self) -> None:
        """Take the plain numbers of the rows that are a region's."""
        import polars as pl

        rows = pl.DataFrame(self.taken, {"row": pl.Int32, "end": pl.String, "region": pl.String}, orient="row")
        ends = [end.isoformat() for end in self.end.values()]
        of = pl.DataFrame(
            {"column": pl.Series(list(self.slots), dtype=pl.Int32), "end": pl.Series(ends, dtype=pl.String)}
        )
        self.sink.block(self.cells.plain.join(of, on="column").join(rows, on=["row", "end"]))

    def _figures(self, row: int, read: Mapping[date, PlaceRead], cells: Mapping[int, Cell]) -> None:
        """Take a region's row: what is not plain, or missing, now; the plain numbers at the end."""
        unfit = self._unfit({end: place.level for end, place in read.items()})
        given = self.cells.count.get(row, 0) + sum(column in self.slots for column in cells)
        whole = given == len(self.slots) and not unfit
        every = cells if whole else self.grid.rows[row]
        for column, slot in self.slots.items():
            if column in unfit:
                if column in every:
                    level = read[self.end[column]].level
                    self.sink.problems.append(no_level(slot.series, level, self.sink.where(row, column)))
            elif unfit or column in cells or (not whole and column not in every):
                self.sink.cell(slot, read[self.end[column]].code, every.get(column), row, column)
        if not unfit:
            self.taken += [(row, end.isoformat(), place.code) for end, place in read.items()]

    def _unfit(self, levels: Mapping[date, str]) -> frozenset[int]:
        """Return the columns whose series has no figures of a region of these levels."""
        known = tuple(levels.values())
        if known not in self.unfit:
            wrong = (c for c, slot in self.slots.items() if levels[self.end[c]] not in slot.series.levels)
            self.unfit[known] = frozenset(wrong)
        return self.unfit[known]

    def _total(self, row: int, declared: Total, words: str, regions: Mapping[date, str]) -> None:
        cells = self.grid.rows[row]
        for column, slot in self.slots.items():
            region, where = regions[self.end[column]], self.sink.where(row, column)
            self.sink.total(slot, declared, words, region, cells.get(column), where)

    def _place(self, words: str, end: date) -> PlaceRead:
        """Return the region of a label; a name that several share is the one below the prefecture row above it."""
        read = self.places.read(words, end)
        if self.parent and any(p.code == "region-ambiguous" for p in read.problems):
            below = self.places.read(f"{self.parent}{trimmed(words)}", end)
            if not below.problems:
                return replace(below, guesses=(("region-parent", ()),))
        return read

    def _note(self, row: int, words: str, cells: Mapping[int, Cell]) -> bool:
        begins = [n for n in self.profile.notes if key(words).startswith(key(n))] if words else []
        alone = not self.cells.count.get(row) and not any(column in cells for column in self.slots)
        if alone and (begins or (not words and self.code is None)):
            first = words or next(iter(cells.values())).text
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
