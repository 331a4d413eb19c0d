"""A piece of a register as typed facts in base units: every cell is read as a form's would be, problems with their rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import partial
from math import ceil

import polars as pl

from zhishu.data.days import HOURS_EAST
from zhishu.data.percent import share_or_percent
from zhishu.data.region_words import RegionWords
from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.formula.engine import run_register
from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.pack.banned import banned
from zhishu.pack.book import Book
from zhishu.pack.identity import holds_identity, identity_problem
from zhishu.pack.system import Column
from zhishu.surfaces.register.measuring import given, sites, taken
from zhishu.system.books.agree import contradictions
from zhishu.system.books.layers import Fitted
from zhishu.system.books.measure import measure
from zhishu.system.books.read import no_place
from zhishu.system.bounds import bounds_problem
from zhishu.system.cells import NOTHING, UNKNOWN_WORDS, read_cell
from zhishu.system.gazetteer import Gazetteer
from zhishu.terms import Text
from zhishu.units import parse_unit

MOST_DISTINCT = 50_000
"""Distinct words read one by one as a form's cells are; a column with more is read all together."""
MOST_PROBLEMS = 200
MOST_EXACT = 2**53
"""Up to this floats hold every whole number, and so do all engines."""
MOST_REMARKS = 20
_CHECK = "_check"
_PLAIN = r"^[+-]?[0-9]+(\.[0-9]+)?$"
_ODD = r"[^\x00-\x7f\u4e00-\u9fff]"
"""Signs that may be another width of a plain one; no others are, and most rows have none."""
_EIGHTEEN = r"(?:[0-9] *){17}[0-9Xx]"
Where = Callable[[int, str], str]
"""The place of a row (from 0) and a field."""


@dataclass(slots=True)
class Intake:
    """Reads pieces of one register of a book, one after another.

    ``remarked`` counts remarks by their code, ``remarks`` are the first of each, ``subjects`` whose rows those are.
    """

    book: Book
    gazetteer: Gazetteer
    file: str
    first_line: int = 1
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    remarked: dict[str, int] = field(default_factory=dict)
    fitted: Mapping[str, Fitted] = field(default_factory=dict)
    taken: list[pl.DataFrame] = field(default_factory=list)

    def columns(self, names: Sequence[str]) -> None:
        """Note columns the book does not know and the key if it is missing; fields that are not there are unknown."""
        for name in names:
            kind = banned(name)
            if kind is not None:
                what = Text(f"列 {name} 属于{kind.zh}，不得装入", f"the column {name} holds {kind.en}: it is refused")
                self._note("intake-banned", name, what, Text("从文件中删去这一列", "remove the column from the file"))
            elif name not in self.book.fields:
                what = Text(f"规则册没有字段 {name}", f"the book has no field {name}")
                self._note("case-unknown-column", name, what, did_you_mean(name, self.book.fields))
        if self.book.key not in names:
            what = Text(f"缺编号列 {self.book.key}", f"the key column {self.book.key} is missing")
            self._note("register-no-key", self.book.key, what, Text("补上编号列", "add the key column"))

    def _note(self, code: str, column: str, what: Text, repair: Text) -> None:
        self.problems.append(Problem(code, f"{self.file}:{column}", what, repair))

    def piece(self, frame: pl.DataFrame, offset: int) -> pl.DataFrame:
        """Return a piece in base units, every field of the book a column; problems and remarks are noted."""

        def where(row: int, name: str) -> str:
            return f"{self.file}:{offset + row + self.first_line}.{name}"

        stated = pl.DataFrame([self._column(column, frame, where) for column in self.book.fields.values()])
        self._placeless(stated, where)
        self._agree(stated, frame, where)
        stated = stated.with_columns(self._assumed(self.book.fields[f], stated[f]) for f in self.book.if_missing)
        return self._measure(stated, where)

    def take(self) -> list[pl.DataFrame]:
        """Return what was measured since this was asked last; no table is empty."""
        taken, self.taken = [t for t in self.taken if len(t)], []
        return taken

    @property
    def full(self) -> bool:
        """Whether so many problems stand that reading on serves nobody."""
        return len(self.problems) > MOST_PROBLEMS

    def refuse(self) -> None:
        """Raise the problems noted, if there are any; where there may be more, the last says so."""
        if self.full:
            self.problems[MOST_PROBLEMS:] = [_more(self.file)]
        if self.problems:
            raise ZhishuError(self.problems)

    def _placeless(self, stated: pl.DataFrame, where: Where) -> None:
        """Remark the rows that name no place."""
        for column in self.book.fields.values():
            if column.type != "region" or column.required or column.id in self.book.if_missing:
                continue
            blank = stated[column.id].is_null()
            rows = blank.arg_true()
            for row in rows.head(MOST_REMARKS):
                self._remark(no_place(column, where(row, column.id)), stated, row)
            if len(rows) > MOST_REMARKS:
                self.remarked["case-no-place"] += len(rows) - MOST_REMARKS

    def _remark(self, problem: Problem, stated: pl.DataFrame, row: int) -> None:
        n = self.remarked.get(problem.code, 0)
        self.remarked[problem.code] = n + 1
        if n < MOST_REMARKS:
            self.remarks.append(problem)
            self.subjects.append(str(stated[self.book.key][row] or ""))

    def _measure(self, stated: pl.DataFrame, where: Where) -> pl.DataFrame:
        """Return the facts with what can be measured filled in; what was measured is kept beside."""
        for m in self.book.measured.values():
            fitted = self.fitted.get(m.id)
            if fitted is None and not (stated[m.x].count() or stated[m.y].count()):
                continue
            found = measure(self.book, m, sites(self.book, m, stated), fitted)
            for note in found.notes:
                problem = replace(note.problem, where=where(note.row, note.fields))
                if problem.severity == "error":
                    self._add(problem)
                else:
                    self._remark(problem, stated, note.row)
            if fitted is not None:
                self.taken += taken(self.book, m, stated, found)
            stated = stated.with_columns(given(m, found))
        return stated

    def _agree(self, stated: pl.DataFrame, raw: pl.DataFrame, where: Where) -> None:
        """Note the rows whose facts contradict each other; each is read again as a form is, and exactly."""
        if not self.book.checks:
            return
        formulas = {f"{_CHECK}{i}": a.node for i, a in enumerate(self.book.checks)}
        read = sorted({f for a in self.book.checks for f in a.reads})
        found = run_register(formulas, stated.select(read))
        broken = ~pl.all_horizontal(found[name].fill_null(True) for name in formulas)
        for row in pl.select(broken).to_series().arg_true():
            values = {f: self._cell(self.book.fields[f], raw, row) for f in self.book.fields}
            for problem in contradictions(self.book, values, partial(where, row)):
                self._add(problem)
            if self.full:
                return

    def _cell(self, column: Column, raw: pl.DataFrame, row: int) -> Value:
        cell = raw[column.id][row] if column.id in raw.columns else None
        return self._read(column, cell)[0]

    def _column(self, column: Column, frame: pl.DataFrame, where: Where) -> pl.Series:
        kind = _dtype(column)
        if column.id not in frame.columns:
            return pl.Series(column.id, [None] * len(frame), dtype=kind)
        raw = frame[column.id]
        if column.type in ("number", "year"):
            found = self._numbers(column, raw, where)
        elif raw.dtype == kind and column.type in ("truth", "date"):
            found = raw
        elif raw.dtype in (pl.String, pl.Categorical, pl.Enum) or raw.dtype.is_integer() or raw.dtype == pl.Boolean:
            found = self._words(column, raw.cast(pl.String), where, kind)
        elif raw.dtype == pl.Null:
            found = raw.cast(kind)
        elif isinstance(raw.dtype, pl.Datetime) and column.type == "date":
            found = _day(raw, raw.dtype.time_zone)
        else:
            self._first(raw.is_not_null(), "register-column-kind", column, raw, where)
            found = pl.Series(column.id, [None] * len(raw), dtype=kind)
        if column.required or column.id == self.book.key:
            for row in found.is_null().arg_true().head(3):
                what = Text(f"必填项“{column.name.zh}”空着", f"{column.name.en} must be filled")
                self._add(Problem("case-cell-missing", where(row, column.id), what, Text("填上", "fill it in")))
        return found.alias(column.id)

    def _assumed(self, column: Column, found: pl.Series) -> pl.Series:
        if not found.null_count():
            return found
        value, _ = read_cell(
            self.book.if_missing[column.id].value, column.type, column.unit, column.choices, column.name, ""
        )
        return found.fill_null(_cell(value))

    def _words(self, column: Column, raw: pl.Series, where: Where, kind: pl.DataType) -> pl.Series:
        distinct = raw.drop_nulls().unique(maintain_order=True)
        if len(distinct) > MOST_DISTINCT and column.type in ("text", "ref") and column.form is None:
            return self._many(column, raw, where)
        read: dict[str, object] = {}
        for word in distinct.to_list():
            value, problem = self._read(column, word)
            if problem is not None:
                row = int((raw == word).arg_true()[0])
                self._add(Problem(problem.code, where(row, column.id), problem.what, problem.repair))
            read[word] = _cell(value)
        known = pl.Series("value", list(read.values()), dtype=kind)
        table = pl.DataFrame({"raw": pl.Series(list(read), dtype=pl.String), "value": known})
        return raw.to_frame("raw").join(table, on="raw", how="left", maintain_order="left")["value"]

    def _read(self, column: Column, word: object) -> tuple[Value, Problem | None]:
        value, problem = read_cell(word, column.type, column.unit, column.choices, column.name, "")
        if problem is None and column.type == "region" and isinstance(value, str):
            value, problem = self.gazetteer.read(self.book.id, column, value, "")
        if problem is None and isinstance(value, str):
            problem = bounds_problem(column, value, "")
        return value, problem

    def _many(self, column: Column, raw: pl.Series, where: Where) -> pl.Series:
        """Return a column of many words as ``read_cell`` reads each: of one width, blanks unknown, no identity numbers."""
        odd = raw.str.contains(_ODD).fill_null(False)
        words = raw.zip_with(~odd, raw.str.normalize("NFKC")) if odd.any() else raw
        words = words.str.strip_chars()
        words = words.set(words.str.to_lowercase().is_in(sorted(UNKNOWN_WORDS | NOTHING)), None)
        for row in words.str.contains(_EIGHTEEN).fill_null(False).arg_true():
            if holds_identity(words[row]):
                self._add(identity_problem(where(row, column.id), column.name))
        return words

    def _numbers(self, column: Column, raw: pl.Series, where: Where) -> pl.Series:
        factor = parse_unit(column.unit).factor if column.unit else Fraction(1)
        if raw.dtype == pl.Null:
            return raw.cast(pl.Float64)
        if raw.dtype in (pl.String, pl.Categorical, pl.Enum):
            own = self._written(column, raw.cast(pl.String), where, factor)
        elif raw.dtype.is_integer():
            own = raw.cast(pl.Int64, strict=False)
            self._first(raw.is_not_null() & own.is_null(), "case-not-finite", column, raw, where)
        elif raw.dtype == pl.Float64 or raw.dtype.is_decimal():
            own = raw.cast(pl.Float64)
            self._endless(~own.is_finite().fill_null(True), column, raw, where)
            own = own.set(~own.is_finite().fill_null(True), None)
        else:
            # in 32 bits 60 % lies 2·10⁻⁸ above 60 %, and a truth is no number
            self._first(raw.is_not_null(), "register-column-kind", column, raw, where)
            return pl.Series(column.id, [None] * len(raw), dtype=pl.Float64)
        own = self._exact(column, own, where, factor)
        self._bounds(column, own, where, factor)
        if column.unit == "%":
            doubt = share_or_percent(column.name, _bare(own, where, column.id))
            if doubt is not None:
                self._add(doubt)
        if factor == 1:
            return own
        if own.dtype == pl.Int64 and factor.denominator == 1:
            return own * int(factor)
        return own.cast(pl.Float64) * float(factor)

    def _written(self, column: Column, raw: pl.Series, where: Where, factor: Fraction) -> pl.Series:
        words = raw.str.strip_chars()
        blank = words.str.to_lowercase().is_in(sorted(UNKNOWN_WORDS))
        words = words.set(blank.fill_null(False), None)
        plain = words.str.contains(_PLAIN).fill_null(True)
        if plain.all():
            whole = words.cast(pl.Int64, strict=False)
            if whole.null_count() == words.null_count():
                return whole
        numbers = words.set(~plain, None).cast(pl.Float64)
        for row in (~plain).arg_true():
            value, problem = read_cell(words[row], column.type, column.unit, column.choices, column.name, "")
            if problem is not None:
                self._add(Problem(problem.code, where(row, column.id), problem.what, problem.repair))
                if len(self.problems) > MOST_PROBLEMS:
                    break
            elif isinstance(value, Fraction):
                numbers[row] = float(value / factor)
        return numbers

    def _exact(self, column: Column, own: pl.Series, where: Where, factor: Fraction) -> pl.Series:
        """Return the numbers an engine holds to the last digit; larger ones are noted, they would be judged rounded."""
        most = min(Fraction(MOST_EXACT) / factor, Fraction(2**63 - 1))
        end = ceil(most) if own.dtype == pl.Int64 else float(most)
        far = ((own >= end) | (own <= -end)).fill_null(False)
        for row in far.arg_true().head(3):
            what = Text(
                f"{column.name.zh} {own[row]} 太大：登记表里的数折合成基本单位须小于 2⁵³（约 9007 万亿），再大末几位会丢",
                f"{column.name.en} {own[row]} is too large: figures of a register in base units lie below 2⁵³ (about "
                "9.007·10¹⁵), beyond that their last digits are lost",
            )
            repair = Text(
                "核对单位；确是这样大的数，用单件判定", "check the unit; judge a figure truly so large as one case"
            )
            self._add(Problem("register-too-large", where(row, column.id), what, repair))
        return own.set(far, None)

    def _bounds(self, column: Column, own: pl.Series, where: Where, factor: Fraction) -> None:
        out = pl.repeat(False, len(own), eager=True) if column.type == "year" else _outside(column, own)
        for row in out.arg_true().head(3):
            problem = bounds_problem(column, Fraction(own[row]) * factor, where(row, column.id))
            if problem is not None:
                self._add(problem)

    def _first(self, bad: pl.Series, code: str, column: Column, raw: pl.Series, where: Where) -> None:
        for row in bad.arg_true().head(1):
            what = Text(
                f"{column.name.zh}读不成：{raw[row]}（列的类型是 {raw.dtype}）",
                f"{column.name.en} cannot be read: {raw[row]} (the column is {raw.dtype})",
            )
            repair = Text(
                "改列的类型：整数、64 位小数、文字、真假、日期",
                "store it as integers, 64-bit floats, texts, truths or dates",
            )
            self._add(Problem(code, where(row, column.id), what, repair))

    def _endless(self, bad: pl.Series, column: Column, raw: pl.Series, where: Where) -> None:
        for row in bad.arg_true().head(3):
            what = Text(
                f"{column.name.zh}不是有限的数：{raw[row]}", f"{column.name.en} is not a finite number: {raw[row]}"
            )
            repair = Text("未知则留空（空值，不是 NaN）", "leave it empty where it is unknown: null, not NaN")
            self._add(Problem("case-not-finite", where(row, column.id), what, repair))

    def _add(self, problem: Problem) -> None:
        if len(self.problems) <= MOST_PROBLEMS:
            self.problems.append(problem)


def _more(file: str) -> Problem:
    what = Text(f"问题太多，只列出前 {MOST_PROBLEMS} 处", f"too many problems: the first {MOST_PROBLEMS} are named")
    return Problem("register-more-problems", file, what, Text("改好后再读一遍", "correct these and read it again"))


def begin(
    book: Book, words: RegionWords, file: str, first_line: int = 1, fitted: Mapping[str, Fitted] | None = None
) -> Intake:
    """Return the reader of one register; ``fitted`` are the layers that are loaded."""
    return Intake(book, Gazetteer(words), file, first_line, fitted=fitted or {})


def _dtype(column: Column) -> pl.DataType:
    match column.type:
        case "number" | "year":
            return pl.Float64()
        case "truth":
            return pl.Boolean()
        case "date":
            return pl.Date()
        case _:
            return pl.String()


def _day(raw: pl.Series, zone: str | None) -> pl.Series:
    """Return the days of moments; those of a zone are counted in Beijing time, as a text that names its zone is."""
    if zone is not None:
        raw = raw.dt.convert_time_zone("UTC").dt.replace_time_zone(None).dt.offset_by(f"{HOURS_EAST}h")
    return raw.dt.date()


def _cell(value: Value) -> str | bool | date | float | None:
    if isinstance(value, Unknown):
        return None
    return float(value) if isinstance(value, Fraction) else value


def _outside(column: Column, own: pl.Series) -> pl.Series:
    out = pl.repeat(False, len(own), eager=True)
    if column.least is not None:
        out = out | (own < float(column.least)).fill_null(False)
    if column.most is not None:
        out = out | (own > float(column.most)).fill_null(False)
    if column.whole and own.dtype != pl.Int64:
        out = out | (own != own.floor()).fill_null(False)
    return out


def _bare(own: pl.Series, where: Where, name: str) -> list[tuple[object, str]]:
    """Return the cells that decide whether a column is in percent: one above 1, and one below."""
    large, small = (own.abs() > 1).fill_null(False), ((own.abs() < 1) & (own != 0)).fill_null(False)
    rows = [*large.arg_true().head(1), *small.arg_true().head(1)]
    return [(str(own[row]), where(row, name)) for row in rows]
