"""Where a reading gathers: figures once each, guesses, blanks, parts of totals, and every problem with its cell."""

from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from zhishu.data.percent import share_or_percent
from zhishu.data.sheets import Cell, address
from zhishu.data.submission.figures import CANONICAL, ORDER, ORIGIN, exact, number_of
from zhishu.data.submission.plain import with_addresses, with_values
from zhishu.data.submission.reading import Blank, Guess
from zhishu.data.submission.slot import Slot
from zhishu.data.submission.totals import Part, TotalRow
from zhishu.data.submission.units_said import PERMILLE
from zhishu.data.submission.values import Value, Wrong, read_value, signs_of
from zhishu.errors import Problem
from zhishu.pack.profile import MEANINGS, Profile, Total
from zhishu.terms import Text
from zhishu.units import PERCENT, Unit, parse_unit

if TYPE_CHECKING:
    import polars

MOST_PROBLEMS = 2000
_PLACE = ("row", "column")


@dataclass(slots=True)
class Sink:
    """What has been gathered so far from one sheet."""

    profile: Profile
    prefix: str
    day: date
    single: list[tuple[str | int | None, ...]] = field(default_factory=list)
    blocks: list["polars.DataFrame"] = field(default_factory=list)
    guessed: dict[tuple[str, str, str, str, tuple[str, ...]], Guess] = field(default_factory=dict)
    blanks: list[Blank] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    totals: list[TotalRow] = field(default_factory=list)
    unread: list[tuple[tuple[str, str], Part]] = field(default_factory=list)
    bare: dict[str, list[tuple[object, str]]] = field(default_factory=dict)
    names: dict[str, Text] = field(default_factory=dict)
    rows: int = 0

    def where(self, row: int, column: int) -> str:
        """Return the place of a cell."""
        return f"{self.prefix}{address(row, column)}"

    def full(self) -> bool:
        """Return whether so much is wrong that reading on would help nobody; it is then said."""
        if len(self.problems) < MOST_PROBLEMS:
            return False
        what = Text(
            f"已列 {len(self.problems)} 处，其余没有再读", f"{len(self.problems)} are listed, the rest was not read"
        )
        self.bad(
            self.prefix.rstrip("!"), "submission-too-many", what, Text("核对样式", "check whether the profile fits")
        )
        return True

    def bad(self, where: str, code: str, what: Text, repair: Text) -> None:
        """Note an error."""
        self.problems.append(Problem(code, where, what, repair))

    def guess(
        self, where: str, kind: str, written: str, read: str, others: tuple[str, ...] = (), times: int = 1
    ) -> None:
        """Note a guess; one that comes again in its column is counted, not listed again."""
        key = (where.rstrip("0123456789"), kind, written, read, others)
        known = self.guessed.get(key)
        if known is None:
            self.guessed[key] = Guess(where, kind, written, read, others, times)
        else:
            self.guessed[key] = replace(known, times=known.times + times)

    def block(self, cells: "polars.DataFrame") -> None:
        """Take plain cells of regions at once: row, column, text, region, and what ``slot_table`` has of their slot."""
        found = with_addresses(with_values(cells), self.prefix).rename({"text": "written"})
        self.blocks.append(found.select(*CANONICAL, *ORIGIN, *_PLACE))

    def cell(self, slot: Slot, region: str, cell: Cell | None, row: int, column: int) -> None:
        """Take one cell of a region's row: a figure, a blank or a problem."""
        found = read_value(cell, slot.signs)
        written = cell.text if cell is not None else ""
        where = self.where(row, column)
        if isinstance(found, Value):
            factor = self._factor(slot, found, where)
            if factor is not None:
                self._figure(slot, region, found, factor, written, (row, column))
                return
        elif isinstance(found, Wrong):
            self.bad(where, found.code, found.what, found.repair)
        elif found == "nil":
            self.guess(where, "nil", written, "0", (MEANINGS["absent"].zh,))
            self._add(slot, region, Fraction(0), written, (row, column), Fraction(1), "")
            return
        else:
            self.blanks.append(Blank(where, written, found, region, slot.period.id, slot.series.id))
            return
        self.unread.append(((slot.series.id, slot.period.id), Part(region, None, None)))

    def parts(self, table: "polars.DataFrame") -> dict[tuple[str, str], list[Part]]:
        """Return what totals may sum, by series and period, of the figures of a table and of what is none."""
        import polars as pl

        found: dict[tuple[str, str], list[Part]] = {}
        summed = table.filter(pl.col("series").is_in([t.group[0] for t in self.totals]))
        for series, period, region, value in summed.select("series", "period", "region", "value").iter_rows():
            found.setdefault((series, period), []).append(Part(region, number_of(value), None))
        for b in self.blanks:
            found.setdefault((b.series, b.period), []).append(Part(b.region, None, b.meaning))
        for group, part in self.unread:
            found.setdefault(group, []).append(part)
        return found

    def looked(self, cell: Cell | None, where: str) -> None:
        """Note what is wrong with a cell whose row is refused already."""
        found = read_value(cell, signs_of(self.profile.signs))
        if isinstance(found, Wrong):
            self.bad(where, found.code, found.what, found.repair)

    def total(self, slot: Slot, declared: Total, label: str, region: str, cell: Cell | None, where: str) -> None:
        """Keep one cell of a total row for comparison."""
        found = read_value(cell, slot.signs)
        if isinstance(found, Wrong):
            self.bad(where, found.code, found.what, found.repair)
        elif isinstance(found, Value):
            factor = self._factor(slot, found, where)
            if found.guess and cell is not None:
                self.guess(where, found.guess, cell.text, exact(found.number))
            if factor is not None:
                _, _, decimals = (cell.text if cell is not None else "").partition(".")
                step = factor / 10 ** sum(c.isdecimal() for c in decimals)
                group = (slot.series.id, slot.period.id)
                self.totals.append(
                    TotalRow(group, declared, label, region, slot.series, where, found.times(factor), step)
                )

    def _figure(
        self, slot: Slot, region: str, found: Value, factor: Fraction, written: str, at: tuple[int, int]
    ) -> None:
        where = self.where(*at)
        if found.guess:
            self.guess(where, found.guess, written, exact(found.number))
        if slot.unit.ratio and not found.sign:
            if slot.percent == "share":
                self.guess(where, "share", written, f"{exact(found.number * 100)}{slot.unit.unit.symbol}")
            elif slot.percent == "ask":
                self.bare.setdefault(slot.series.id, []).append((exact(found.number), where))
                self.names[slot.series.id] = slot.series.name
        self._add(slot, region, found.times(factor), written, at, factor, found.sign)

    def _factor(self, slot: Slot, found: Value, where: str) -> Fraction | None:
        """Return what a number is multiplied by to stand in the unit of its series."""
        if not found.sign:
            share = slot.unit.ratio and slot.percent == "share"
            return slot.unit.factor * 100 if share else slot.unit.factor
        own: Unit = PERCENT if found.sign == "%" else PERMILLE
        wanted = parse_unit(slot.series.unit)
        if wanted.dimension or wanted.sort == "change":
            what = Text(
                f"带{found.sign}号，该指标用 {slot.series.unit}",
                f"it has a {found.sign} sign, the series is in {slot.series.unit}",
            )
            self.bad(where, "intake-unit", what, Text("核对列和格式", "check the column and the format"))
            return None
        if own != slot.unit.unit:
            self.guess(
                where, "percent-sign", f"{exact(found.number)}{found.sign}", slot.series.unit, (slot.unit.unit.symbol,)
            )
        return own.factor / wanted.factor

    def _add(
        self, slot: Slot, region: str, value: Fraction, written: str, at: tuple[int, int], factor: Fraction, sign: str
    ) -> None:
        series = slot.series
        said = (
            *(region, slot.period.id, series.id, exact(value), series.unit),
            *("" if series.price == "none" else series.price, slot.run, series.kind, slot.status),
            *(slot.published.isoformat() if slot.published is not None else "", slot.source),
            *(self.profile.confidence, slot.note, self.where(*at), written, sign or slot.unit.unit.symbol),
            exact(factor),
        )
        self.single.append((*(word or None for word in said), *at))

    def table(self) -> "polars.DataFrame":
        """Return the figures by series, region, period and status; one that stands twice is an error at its second cell."""
        import polars as pl

        words, numbers = dict.fromkeys((*CANONICAL, *ORIGIN), pl.String), dict.fromkeys(_PLACE, pl.Int32)
        single = pl.DataFrame(self.single, {**words, **numbers}, orient="row")
        # figures of one key in the order in which they were read
        found = pl.concat([*self.blocks, single]).sort(*ORDER, *_PLACE)
        again = pl.all_horizontal(*(pl.col(c) == pl.col(c).shift(1) for c in ORDER))
        twice = found.with_columns(pl.col("cell").shift(1).alias("before")).filter(again)
        for second, first in twice.select("cell", "before").iter_rows():
            what = Text(f"与 {first} 是同一个数", f"the same figure as {first}")
            self.bad(second, "submission-twice", what, Text("删去一处", "remove one of them"))
        return found.drop(*_PLACE)

    def asked(self) -> None:
        """Note where a column of percentages leaves open whether it is written in shares."""
        for series, cells in sorted(self.bare.items()):
            problem = share_or_percent(self.names[series], cells)
            if problem is not None:
                self.problems.append(problem)
