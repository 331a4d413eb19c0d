"""Cells of a user's table: numbers, years, dates and units read exactly, or refused with the repair."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from zhishu.data.days import read_day
from zhishu.errors import Problem, Severity, ZhishuError
from zhishu.terms import Text
from zhishu.units import Unit, convert, parse_unit

# Signs that yearbooks print where there is no figure: not available, or smaller than the unit. None is zero.
NO_FIGURE = frozenset({"", "-", "--", "–", "—", "——", "…", "……", "..", "..."})
FIRST_YEAR, LAST_YEAR = 1949, 2100
MOST_DIGITS = 18
_EXCEL_DAY_0 = date(1899, 12, 30)

# Written out because Unicode's own folding would turn 5² into 52.
WIDE = {ord("０") + n: str(n) for n in range(10)} | {
    ord(w): n for w, n in zip("．－＋，％－−　", ".-+,%-- ", strict=True)
}
PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
GROUPED = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_EXPONENT = re.compile(r"[+-]?[0-9.]+[eE][+-]?[0-9]+")
_NOT_FINITE = frozenset({"nan", "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity", "∞", "-∞"})
_YEAR = re.compile(r"([0-9]{4})年?")


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that was read as something else than its letters: full-width digits, a name for a code."""

    where: str
    before: str
    after: str


@dataclass(slots=True)
class Cells:
    """One row of a table, with the problems and changes found while its cells are read."""

    file: str
    line: int
    row: dict[str, str]
    problems: list[Problem] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def where(self, column: str) -> str:
        """Return the place of a cell, such as ``gdp.csv:12 value``."""
        return f"{self.file}:{self.line} {column}"

    def text(self, column: str) -> str:
        """Return the letters of a cell without blanks around them."""
        return self.row.get(column, "").strip().strip("\u3000")

    def bad(self, column: str, code: str, what: Text, repair: Text, severity: Severity = "error") -> None:
        """Note a problem of a cell."""
        self.problems.append(Problem(code, self.where(column), what, repair, severity))

    def changed(self, column: str, before: str, after: str) -> str:
        """Return the new reading of a cell and note it where it differs from what stands there."""
        if before != after:
            self.changes.append(Change(self.where(column), before, after))
        return after

    def word(self, column: str, known: dict[str, str], default: str) -> str | None:
        """Return one of a few words, in Chinese or English; None with a problem for any other."""
        text = self.text(column)
        if not text:
            return default
        found = known.get(text.lower())
        if found is not None:
            return self.changed(column, text, found)
        words = [*dict.fromkeys(k for k in known if k)]
        what = Text(f"{column} 不能是“{text}”", f"{column} cannot be {text}")
        self.bad(column, "intake-word", what, Text(f"写 {' 或 '.join(words)}", f"write {' or '.join(words)}"))
        return None

    def year(self) -> str | None:
        """Return the period of a row, a year from 1949 to 2100."""
        text = self.text("period")
        plain = text.translate(WIDE)
        found = _YEAR.fullmatch(plain)
        if found is None:
            what = Text(f"时期“{text}”不是年份", f"the period {text} is not a year")
            repair = Text("只收全年数，写四位年份，如 2018", "only whole years are taken; write the year, such as 2018")
            self.bad("period", "intake-period", what, repair)
            return None
        if not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
            what = Text(f"{found[1]} 年超出范围", f"the year {found[1]} is out of range")
            repair = Text(f"{FIRST_YEAR}—{LAST_YEAR} 年", f"{FIRST_YEAR} to {LAST_YEAR}")
            self.bad("period", "intake-period-range", what, repair)
            return None
        return self.changed("period", text, found[1])

    def number(self) -> Fraction | None:
        """Return the value of a row; None where there is none (a warning) or it is refused (an error)."""
        text = self.text("value")
        plain = text.translate(WIDE)
        if plain in NO_FIGURE:
            what = Text(f"“{text}”按没有数字处理，不作零", f"“{text}” is read as no figure, not as zero")
            self.bad(
                "value",
                "intake-no-figure",
                what,
                Text("有数字时再补", "supply the figure when there is one"),
                "warning",
            )
            return None
        if PLAIN.fullmatch(plain) and len(plain.strip("+-").replace(".", "")) <= MOST_DIGITS:
            self.changed("value", text, plain)
            return Fraction(plain)
        code, repair = number_repair(plain)
        what = Text(f"数值“{_short(text)}”读不成数", f"the value {_short(text)} is not a number here")
        self.bad("value", code, what, repair)
        return None

    def day(self, column: str) -> date | None:
        """Return the date of a cell; None where it is empty or refused."""
        text = self.text(column)
        if not text:
            return None
        plain = text.translate(WIDE)
        read = read_day(plain)
        if read is not None:
            self.changed(column, text, read.isoformat())
            return read
        repair = Text("写成 2018-06-30 的样子", "write it like 2018-06-30")
        if plain.isdecimal() and len(plain) == 5:
            guess = _EXCEL_DAY_0 + timedelta(int(plain))
            repair = Text(f"这是 Excel 日期序号？如是，写 {guess}", f"an Excel serial date? if so, write {guess}")
        self.bad(column, "intake-date", Text(f"“{text}”不是日期", f"{text} is not a date"), repair)
        return None

    def unit(self, declared: str, value: Fraction | None) -> None:
        """Check the unit of a row against the declared one; another name of the same unit is taken."""
        text = self.text("unit")
        try:
            given, wanted = parse_unit(text, self.where("unit")), parse_unit(declared)
        except ZhishuError as error:
            self.problems += error.problems
            return
        if given == wanted:
            self.changed("unit", text, declared)
            return
        what = Text(f"单位是 {text}，该指标用 {declared}", f"the unit is {text}, the series is in {declared}")
        repair = _convert_repair(value, given, wanted, declared)
        self.bad("unit", "intake-unit", what, repair)


def decimal_text(value: Fraction) -> str | None:
    """Return a fraction as a finite decimal, or None where it has none.

    >>> decimal_text(Fraction(404, 10)), decimal_text(Fraction(1, 3))
    ('40.4', None)
    """
    above, below = value.numerator, value.denominator
    for places in range(MOST_DIGITS + 1):
        power = 10**places
        if power % below == 0:
            sign, digits = "-" if above < 0 else "", str(abs(above) * (power // below)).rjust(places + 1, "0")
            return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)
    return None


def _convert_repair(value: Fraction | None, given: Unit, wanted: Unit, declared: str) -> Text:
    alike = (given.dimension, given.sort) == (wanted.dimension, wanted.sort)
    told = decimal_text(convert(value, given, wanted)) if alike and value is not None else None
    if told is not None:
        return Text(f"写 {told} {declared}", f"write {told} {declared}")
    return Text(f"换算成 {declared}，或改用另一指标", f"convert to {declared}, or use another series")


def number_repair(plain: str) -> tuple[str, Text]:
    """Return the code and the repair of what is no number here."""
    checks: tuple[tuple[Callable[[str], object], str, Text], ...] = (
        (
            GROUPED.fullmatch,
            "intake-number-comma",
            Text(
                f"去掉千位逗号：{_short(plain.replace(',', ''))}",
                f"leave out the comma: {_short(plain.replace(',', ''))}",
            ),
        ),
        (
            lambda t: "," in t,
            "intake-number-comma",
            Text("去掉逗号，小数点用“.”", "no comma; the decimal sign is “.”"),
        ),
        (
            lambda t: t.lower() in _NOT_FINITE,
            "intake-not-finite",
            Text("没有数字就留空", "leave the cell empty if there is no figure"),
        ),
        (
            _EXPONENT.fullmatch,
            "intake-number",
            Text("不用科学记数法，写出全部数字", "no scientific notation; write all digits"),
        ),
        (
            lambda t: t.startswith("#"),
            "intake-number",
            Text(
                "“#”是其中项或表格出错的记号：写数字，没有就留空",
                "“#” marks a part or an error of a spreadsheet: write the number, or leave the cell empty",
            ),
        ),
        (
            lambda t: t.endswith(("%", "‰")),
            "intake-number",
            Text("百分号写在单位一栏", "the percent sign belongs in the unit column"),
        ),
        (
            PLAIN.fullmatch,
            "intake-number",
            Text(f"最多 {MOST_DIGITS} 位数字", f"at most {MOST_DIGITS} digits"),
        ),
    )
    for fits, code, repair in checks:
        if fits(plain):
            return code, repair
    return "intake-number", Text("只写数字、负号和小数点", "digits, a minus sign and a decimal point only")


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:30]}…"
