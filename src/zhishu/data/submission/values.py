"""One cell of figures: an exact number in the unit as written, the meaning of a sign, or a problem."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from zhishu.data.intake_cells import GROUPED, MOST_DIGITS, PLAIN, WIDE, number_repair
from zhishu.data.sheets import Cell
from zhishu.pack.profile import Meaning
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Value:
    """A number as written, ``above / below``; ``guess`` names how it was not literal, ``sign`` is its own % or ‰."""

    above: int
    below: int = 1
    guess: str | None = None
    sign: str = ""

    @property
    def number(self) -> Fraction:
        """Return the number in the unit as written."""
        return Fraction(self.above, self.below)

    def times(self, factor: Fraction) -> Fraction:
        """Return the number in another unit; one division for both, because there are many."""
        return Fraction(self.above * factor.numerator, self.below * factor.denominator)


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a cell is no figure: code, what, repair."""

    code: str
    what: Text
    repair: Text


def sign_key(text: str) -> str:
    """Return the form in which the signs for no figure are compared: width and blanks make no difference.

    >>> sign_key("－ "), sign_key("……")
    ('-', '……')
    """
    # NFKC would turn … into three dots, and yearbooks use both
    return "".join(text.translate(WIDE).split())


def signs_of(declared: Mapping[str, Meaning]) -> dict[str, Meaning]:
    """Return the declared signs by their key; a blank cell means no figure unless it is declared otherwise."""
    return {"": "absent", **{sign_key(sign): meaning for sign, meaning in declared.items()}}


def read_value(cell: Cell | None, signs: Mapping[str, Meaning]) -> Value | Meaning | Wrong:
    """Return what a cell says.

    >>> read_value(Cell("１,２３４.5"), {})
    Value(above=12345, below=10, guess='digits-wide', sign='')
    >>> read_value(Cell("…"), {"…": "absent"}), read_value(Cell("NaN"), {}).code
    ('absent', 'intake-not-finite')
    """
    if cell is None:
        return signs.get("", "absent")
    text, kind = cell
    if kind == "n":
        if text.isdecimal() and len(text) <= MOST_DIGITS:
            return Value(int(text))
        return _stored(text)
    if kind == "p":
        number = _stored(text)
        return Value(number.above, number.below, sign="%") if isinstance(number, Value) else number
    if kind == "s":
        return _typed(text, signs)
    what = {
        "d": Text(f"是日期：{text}", f"it is a day: {text}"),
        "b": Text("是真假值", "it is true or false"),
        "e": Text(f"是表格软件的错误值：{text}", f"it is an error of a spreadsheet: {text}"),
    }[kind]
    return Wrong("intake-number", what, Text("写数字，没有就留空", "write the number, or leave the cell empty"))


def _stored(text: str) -> Value | Wrong:
    whole, _, decimals = text.partition(".")
    digits = whole.lstrip("-") + decimals
    if digits.isdecimal() and len(digits) <= MOST_DIGITS:
        return Value(int(whole + decimals), 10 ** len(decimals))
    try:
        number = Decimal(text)
    except InvalidOperation:
        return _no_number(text)
    if not number.is_finite():
        return _no_number(text)
    if number and (number.adjusted() >= MOST_DIGITS or number.adjusted() < -MOST_DIGITS):
        what = Text(f"数值 {number:.3e} 超出范围", f"the value {number:.3e} is out of range")
        return Wrong("intake-number", what, Text("核对单位和数字", "check the unit and the number"))
    return Value(*number.as_integer_ratio())


def _typed(text: str, signs: Mapping[str, Meaning]) -> Value | Meaning | Wrong:
    key = sign_key(text)
    if key in signs:
        return signs[key]
    plain = text.translate(WIDE).strip().replace("，", ",")
    guess = "digits-wide" if plain != text else None
    sign = plain[-1:] if plain[-1:] in ("%", "‰") else ""
    bare = plain[:-1].rstrip() if sign else plain
    if GROUPED.fullmatch(bare):
        bare, guess = bare.replace(",", ""), guess or "digits-grouped"
    if not PLAIN.fullmatch(bare) or len(bare.strip("+-").replace(".", "")) > MOST_DIGITS:
        return _no_number(text)
    whole, _, decimals = bare.partition(".")
    return Value(int(whole + decimals), 10 ** len(decimals), guess, sign)


def _no_number(text: str) -> Wrong:
    code, repair = number_repair(unicodedata.normalize("NFKC", text).strip())
    short = text if len(text) <= 30 else f"{text[:30]}…"
    return Wrong(code, Text(f"“{short}”读不成数", f"{short} is not a number here"), repair)
