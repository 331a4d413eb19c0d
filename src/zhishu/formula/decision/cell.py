"""The cells of a decision table: ``<60 %``, ``[1..3)``, ``26*``, ``not(a, b)``, ``-``, read and written."""

import re
from datetime import date

from zhishu.formula.decision.refuse import refuse
from zhishu.formula.decision.table import Cell, Equal, InputKind, Known, Prefix, Span, Test
from zhishu.formula.decision.values import base, read_date, read_number, read_value, unquoted, write_value, write_word
from zhishu.formula.tree import Number
from zhishu.terms import Text

# one sign for one sign, so that places in the plain text are places in the cell
_PLAIN = str.maketrans("（），、＜＞＝［］“”．", '(),,<>=[]"".')
_KNOWN = {"known": True, "已知": True, "unknown": False, "未知": False}
_COMPARE = re.compile(r"(<=|>=|<|>|≤|≥)")
_SPAN = re.compile(r"([\[(])(.*?)\.\.(.*)([\])])([^\])]*)")
_THOUSANDS = re.compile(r"\d,\d{3}(?!\d)")
_ENDS = {"<": (False, False), "<=": (False, True), ">": (True, False), ">=": (True, True)}


def read_cell(text: str, kind: InputKind, where: str) -> Cell:
    """Return what a cell asks of an input of this kind.

    Raises ZhishuError ``table-cell``, ``table-cell-kind``, ``table-cell-empty``, ``table-cell-comma``,
    ``table-cell-choice``, or what :func:`zhishu.formula.decision.values.read_value` raises.

    >>> read_cell("<60 %", InputKind("number", "%"), "示例.csv:2 share").tests
    (Span(low=None, high=Number(value=Fraction(60, 1), unit='%'), low_in=False, high_in=False),)
    >>> read_cell("not(5101*, 511402)", InputKind("word"), "示例.csv:2 code").negated
    True
    >>> read_cell("-", InputKind("word"), "示例.csv:2 code")
    Cell(tests=(), negated=False)
    """
    text = text.strip()
    plain = text.translate(_PLAIN)
    if plain in ("", "-"):
        return Cell()
    if kind.kind == "number" and _THOUSANDS.search(plain):
        repair = Text("数里不用逗号；列举时逗号后空一格", "no commas in a number; put a space after that of a list")
        raise refuse("table-cell-comma", where, Text(f"是一个数还是两个：{text}", f"one number or two: {text}"), repair)
    negated = re.match(r"not\s*\(|非\s*\(", plain) if plain.endswith(")") else None
    if negated is not None:
        start = negated.end()
        text, plain = text[start:-1], plain[start:-1]
    tests = tuple(_test(text[i:j].strip(), kind, where) for i, j in _parts(plain, where))
    match tests:
        case (Known(known),) if negated is not None:
            return Cell((Known(not known),))
        case _:
            return Cell(tests, negated is not None)


def _parts(plain: str, where: str) -> list[tuple[int, int]]:
    """Return where each part of a list begins and ends: commas inside quotes and brackets do not part."""
    parts, start, depth, quoted = [], 0, 0, False
    for i, sign in enumerate(plain):
        if sign == '"':
            quoted = not quoted
        elif not quoted and sign in "([":
            depth += 1
        elif not quoted and sign in ")]":
            depth = max(0, depth - 1)
        elif not quoted and sign == "," and depth == 0:
            parts.append((start, i))
            start = i + 1
    parts.append((start, len(plain)))
    if quoted or any(not plain[i:j].strip() for i, j in parts):
        what = Text(f"列举里有空项，或引号不成对：{plain}", f"an empty part, or a quote without its pair: {plain}")
        raise refuse("table-cell", where, what, Text("写作 甲, 乙", "write it as a, b"))
    return parts


def _test(text: str, kind: InputKind, where: str) -> Test:
    plain = text.translate(_PLAIN)
    named = text in {n for id_, name in kind.values.items() for n in (id_, name.zh, name.en)}
    if named and plain.lower() not in _KNOWN:  # a declared name may hold any sign
        return Equal(read_value(f'"{text}"', kind, where))
    if plain.lower() in _KNOWN:
        if named:
            what = Text(f"{text} 既是取值，又指是否已知", f"{text} is a value and also asks what is known")
            raise refuse(
                "table-cell-choice", where, what, Text(f'指取值时写 "{text}"', f'write "{text}" for the value')
            )
        return Known(_KNOWN[plain.lower()])
    compared, span = _COMPARE.match(plain), _SPAN.fullmatch(plain)
    if compared is not None or span is not None:
        if kind.kind not in ("number", "date"):
            what = Text(f"本列不是数或日期，不能比大小：{text}", f"neither numbers nor dates stand here: {text}")
            raise refuse("table-cell-kind", where, what, Text("列举取值", "list the values"))
        if compared is not None:
            return _comparison(compared, text, kind, where)
        assert span is not None
        return _span(span, kind, where)
    if "*" in plain:
        return _prefix(text, plain, kind, where)
    return Equal(read_value(text, kind, where))


def _prefix(text: str, plain: str, kind: InputKind, where: str) -> Prefix:
    word = plain.strip('"')
    stem = word[:-1]
    if kind.kind not in ("word", "choice") or not word.endswith("*") or not stem or "*" in stem:
        what = Text(f"* 只放在编码的末尾：{text}", f"* stands at the end of a code only: {text}")
        raise refuse("table-cell", where, what, Text("写作 26*", "write it as 26*"))
    raw = text.strip('"“”')[:-1]
    if kind.kind == "choice" and not any(value.startswith(raw) for value in kind.values):
        what = Text(f"没有以 {raw} 开头的取值", f"no value begins with {raw}")
        raise refuse("table-value-choice", where, what, Text("核对编码", "check the code"))
    return Prefix(unquoted(f'"{raw}"', where))


def _end(text: str, kind: InputKind, where: str) -> Number | date:
    text = text.strip()
    return read_date(text, where) if kind.kind == "date" else read_number(text, kind, where)


def _comparison(found: re.Match[str], text: str, kind: InputKind, where: str) -> Span:
    sign = found.group(1).replace("≤", "<=").replace("≥", ">=")
    end, (above, closed) = _end(text[found.end() :], kind, where), _ENDS[sign]
    return Span(end, None, low_in=closed) if above else Span(None, end, high_in=closed)


def _span(found: re.Match[str], kind: InputKind, where: str) -> Span:
    opened, first, second, closed, after = (part.strip() for part in found.groups())
    if after:  # [1..3) 公里: the unit of both ends
        first, second = f"{first} {after}", f"{second} {after}"
    elif kind.kind == "number":  # [1..3 公里): an end without a unit takes that of the other
        units = [re.search(r"[^\d.．]+$", end) for end in (first, second)]
        first, second = (
            f"{end} {other.group()}" if own is None and other is not None else end
            for end, own, other in zip((first, second), units, units[::-1], strict=True)
        )
    low, high = _end(first, kind, where), _end(second, kind, where)
    span = Span(low, high, opened == "[", closed == "]")
    if base(low) > base(high) or (base(low) == base(high) and not (span.low_in and span.high_in)):
        what = Text(f"区间里没有值：{found.group()}", f"no value lies in {found.group()}")
        raise refuse(
            "table-cell-empty",
            where,
            what,
            Text("先写小的一端，再写大的", "write the lower end first, then the higher"),
        )
    return span


def write_cell(cell: Cell) -> str:
    """Return a cell in its shortest writing; ``read_cell`` reads it back.

    >>> kind = InputKind("number", "公里")
    >>> write_cell(read_cell("［1..3）公里, ≥ 10", kind, "示例.csv:2 length"))
    '[1 公里..3 公里), >= 10 公里'
    """
    if not cell.tests:
        return "-"
    listed = ", ".join(_written(test) for test in cell.tests)
    return f"not({listed})" if cell.negated else listed


def _written(test: Test) -> str:
    match test:
        case Equal(value):
            return write_value(value)
        case Prefix(text):
            return f"{text}*" if write_word(text) == text else write_word(f"{text}*")
        case Known(known):
            return "known" if known else "unknown"
        case Span(None, high, _, closed) if high is not None:
            return f"{'<=' if closed else '<'} {write_value(high)}"
        case Span(low, None, closed, _) if low is not None:
            return f"{'>=' if closed else '>'} {write_value(low)}"
        case Span(low, high, first, last):
            assert low is not None
            assert high is not None
            return f"{'[' if first else '('}{write_value(low)}..{write_value(high)}{']' if last else ')'}"
