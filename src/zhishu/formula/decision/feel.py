"""Cells as unary tests of S-FEEL, the small expression language of DMN 1.3, written and read.

Numbers stand in the unit of the column, since FEEL has none; a code that begins with something is written with
``starts with(?, …)`` and a fact that is not known as ``null``, both of full FEEL. What cannot be said is refused.
"""

import re
from datetime import date

from zhishu.formula.decision.refuse import refuse
from zhishu.formula.decision.table import Cell, Equal, InputKind, Known, Prefix, Span, Test, Value
from zhishu.formula.decision.values import base, read_date, read_value, write_value, write_word
from zhishu.formula.tree import Number, Truth, Word
from zhishu.formula.written import decimal
from zhishu.terms import Text
from zhishu.units import parse_unit

_STRING = r'"(?:[^"\\]|\\.)*"'
_LITERAL = rf'(?:{_STRING}|-?\d+(?:\.\d+)?|-?\.\d+|date\(\s*"[^"]*"\s*\)|true\b|false\b|null\b)'
_TEST = re.compile(
    rf"(?P<op><=|>=|<|>)\s*(?P<end>{_LITERAL})"
    rf"|(?P<open>[\[(\]])\s*(?P<low>{_LITERAL})\s*\.\.\s*(?P<high>{_LITERAL})\s*(?P<close>[\])\[])"
    rf"|starts with\(\s*\?\s*,\s*(?P<stem>{_STRING})\s*\)|(?P<value>{_LITERAL})",
    re.ASCII | re.DOTALL,
)
_NEXT = re.compile(r"\s*,\s*")
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SIGNS = {"n": "\n", "r": "\r", "t": "\t"}


def write_feel(cell: Cell, kind: InputKind, where: str) -> str:
    """Return a cell as unary tests. Raises ZhishuError ``table-dmn-cell`` where S-FEEL cannot say it.

    >>> from zhishu.formula.decision.cell import read_cell
    >>> share = InputKind("number", "%")
    >>> write_feel(read_cell("not([0..60))", share, "示例.csv:2 share"), share, "示例.csv:2 share")
    'not([0..60))'
    """
    if not cell.tests:
        return "-"
    if cell.tests == (Known(True),) and not cell.negated:
        return "not(null)"
    if Known(True) in cell.tests or (cell.negated and cell.tests == (Known(False),)):
        what = Text("“已知”与别的条件并列，DMN 写不出", "known beside other tests cannot be said in DMN")
        raise refuse("table-dmn-cell", where, what, Text("单独写 已知 或 未知", "write known or unknown alone"))
    listed = ", ".join(_test(test, kind, where) for test in cell.tests)
    return f"not({listed})" if cell.negated else listed


def _test(test: Test, kind: InputKind, where: str) -> str:
    match test:
        case Equal(value):
            return write_literal(value, kind, where)
        case Prefix(text):
            return f"starts with(?, {_quoted(text)})"
        case Known():
            return "null"
        case Span(None, high, _, closed) if high is not None:
            return f"{'<=' if closed else '<'} {write_literal(high, kind, where)}"
        case Span(low, None, closed, _) if low is not None:
            return f"{'>=' if closed else '>'} {write_literal(low, kind, where)}"
        case Span(low, high, first, last):
            assert low is not None
            assert high is not None
            ends = f"{write_literal(low, kind, where)}..{write_literal(high, kind, where)}"
            return f"{'[' if first else '('}{ends}{']' if last else ')'}"


def write_literal(value: Value | None, kind: InputKind, where: str) -> str:
    """Return a value as FEEL writes it, a number in the unit of the column.

    Raises ZhishuError ``table-dmn-cell`` for a number that does not end as a decimal there.

    >>> from fractions import Fraction
    >>> write_literal(Number(Fraction(3), "公里"), InputKind("number", "m"), "示例.csv:2 length")
    '3000'
    """
    match value:
        case None:
            return "null"
        case Truth(flag):
            return "true" if flag else "false"
        case Word(word):
            return _quoted(word)
        case date():
            return f'date("{value.isoformat()}")'
        case Number():
            factor = parse_unit(kind.unit).factor if kind.unit else 1
            written = decimal(base(value) / factor)
            if "/" not in written:
                return written
    what = Text(f"{write_value(value)} 在本列单位下除不尽", f"{write_value(value)} has no end in the column's unit")
    raise refuse("table-dmn-cell", where, what, Text("改用本列的单位", "write it in the unit of the column"))


def _quoted(word: str) -> str:
    return '"' + "".join(_ESCAPED.get(sign, sign) for sign in word) + '"'


def read_feel(text: str, kind: InputKind, where: str) -> Cell:
    """Return the cell of a unary test; an empty one asks nothing.

    Raises ZhishuError ``table-dmn-cell``, or what a value's reading raises.

    >>> share = InputKind("number", "%")
    >>> read_feel("not([0..60))", share, "示例.dmn").negated
    True
    """
    text = text.strip()
    if text in ("", "-"):
        return Cell()
    denied = re.fullmatch(r"not\s*\((.*)\)", text, re.DOTALL)
    inner = denied.group(1).strip() if denied else text
    tests: list[Test] = []
    at = 0
    while True:
        found = _TEST.match(inner, at)
        if found is None:
            raise _not_understood(text, where)
        tests.append(_read(found, kind, where))
        following = _NEXT.match(inner, found.end())
        if following is None:
            break
        at = following.end()
    if inner[found.end() :].strip():
        raise _not_understood(text, where)
    if denied and tests == [Known(False)]:
        return Cell((Known(True),))
    return Cell(tuple(tests), denied is not None)


def _read(found: re.Match[str], kind: InputKind, where: str) -> Test:
    part = found.groupdict()
    if part["stem"] is not None:
        if kind.kind not in ("word", "choice"):
            raise _not_understood(found.group(), where)
        return Prefix(_unquoted(part["stem"], where))
    if part["value"] is not None:
        value = read_literal(part["value"], kind, where)
        return Known(False) if value is None else Equal(value)
    if part["op"] is not None:
        end, closed = _end(part["end"], kind, where), len(part["op"]) == 2
        return Span(end, None, low_in=closed) if part["op"][0] == ">" else Span(None, end, high_in=closed)
    low, high = _end(part["low"], kind, where), _end(part["high"], kind, where)
    span = Span(low, high, part["open"] == "[", part["close"] == "]")
    if base(low) > base(high) or (base(low) == base(high) and not (span.low_in and span.high_in)):
        raise _not_understood(found.group(), where)
    return span


def _end(text: str, kind: InputKind, where: str) -> Number | date:
    value = read_literal(text, kind, where)
    if isinstance(value, Number | date):
        return value
    raise _not_understood(text, where)


def read_literal(text: str, kind: InputKind, where: str) -> Value | None:
    """Return the value a FEEL literal states, None for ``null``; numbers are in the unit of the column.

    Raises ZhishuError ``table-dmn-cell`` for anything else, and for a literal of another kind.

    >>> read_literal("0.5", InputKind("number", "%"), "示例.dmn")
    Number(value=Fraction(1, 2), unit='%')
    """
    text = text.strip()
    if not re.fullmatch(_LITERAL, text, re.ASCII | re.DOTALL):
        raise _not_understood(text, where)
    if text == "null":
        return None
    day = re.fullmatch(r'date\(\s*"([^"]*)"\s*\)', text)
    match kind.kind:
        case "date" if day:
            return read_date(day.group(1), where)
        case "truth" if text in ("true", "false"):
            return Truth(text == "true")
        case "word" if text[0] == '"' and len(text) > 2:
            return Word(_unquoted(text, where))
        case "choice" if text[0] == '"' and len(text) > 2:
            return read_value(write_word(_unquoted(text, where)), kind, where)
        case "number" if text[-1].isdigit() and not day:
            # the unit is written out, so that no share is in doubt
            return _number(text, kind, where)
        case _:
            raise _not_understood(text, where)


def _number(text: str, kind: InputKind, where: str) -> Number:
    full = text.replace("-.", "-0.") if text.startswith("-.") else f"0{text}" if text.startswith(".") else text
    own = None if kind.unit in (None, "1") else kind.unit
    value = read_value(f"{full} {own or ''}", kind, where)
    assert isinstance(value, Number)
    return Number(value.value, own)


def _unquoted(text: str, where: str) -> str:
    def sign(found: re.Match[str]) -> str:
        code = found.group(1)
        if code[0] == "u":
            return chr(int(code[1:], 16))
        return _SIGNS.get(code, code)

    inner = text[1:-1]
    if re.search(r"\\(?![nrt\"\\]|u[0-9a-fA-F]{4})", inner.replace("\\\\", "")):
        raise _not_understood(text, where)
    return re.sub(r"\\(u[0-9a-fA-F]{4}|.)", sign, inner, flags=re.DOTALL)


def _not_understood(text: str, where: str) -> Exception:
    shown = text if len(text) <= 60 else f"{text[:60]}…"
    what = Text(f"这个单元格读不懂：{shown}", f"this entry is not understood: {shown}")
    repair = Text(
        "用 -、值、比较、区间、not(…)、null 或 starts with(?, …)，值合乎列的类型",
        "use -, values, comparisons, intervals, not(…), null or starts with(?, …) of the column's kind",
    )
    return refuse("table-dmn-cell", where, what, repair)
