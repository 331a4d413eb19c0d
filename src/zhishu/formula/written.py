"""Writing a formula back as text, to show the part a problem is about."""

from fractions import Fraction

from zhishu.formula.tree import Binary, Call, Compare, Logic, Name, Node, Number, Of, Rows, Truth, Unary, Word

_MAX_LENGTH = 80
_COMPARE, _UNARY, _POWER = 4, 7, 8
_LEVEL = {"or": 1, "and": 2, "not": 3, "+": 5, "-": 5, "*": 6, "/": 6, "**": _POWER}


def written(node: Node) -> str:
    """Return the text of a formula; ``parse`` reads it back as the same tree.

    >>> from zhishu.formula.parse import parse
    >>> written(parse("(supplied+approved)*2<quantity(60,'%')"))
    '(supplied + approved) * 2 < quantity(60, "%")'
    """
    match node:
        case Number(value, None):
            return decimal(value)
        case Number(value, unit):
            return f'quantity({decimal(value)}, "{unit}")'
        case Word(word):
            return f'"{word}"' if '"' not in word and "\\" not in word and word.isprintable() else repr(word)
        case Truth(value):
            return str(value)
        case Name(name):
            return name
        case Of(base, field):
            return f"{base}.{field}"
        case Unary(_, operand):
            return f"-{_part(operand, _UNARY)}"
        case Binary("**", left, right):
            return f"{_part(left, _POWER + 1)} ** {_part(right, _UNARY)}"
        case Binary(op, left, right):
            return f"{_part(left, _LEVEL[op])} {op} {_part(right, _LEVEL[op] + 1)}"
        case Compare(op, left, right):
            return f"{_part(left, _COMPARE + 1)} {op} {_part(right, _COMPARE + 1)}"
        case Logic("not", (term,)):
            return f"not {_part(term, _LEVEL['not'])}"
        case Logic(op, terms):
            return f" {op} ".join(_part(term, _LEVEL[op] + 1) for term in terms)
        case Call(function, args):
            return f"{function}({', '.join(written(arg) for arg in args)})"
        case Rows(table, function, args):
            return f"{table}.{function}({', '.join(written(arg) for arg in args)})"


def short(node: Node) -> str:
    """Return the text of a formula, cut where it is too long for a message."""
    text = written(node)
    return text if len(text) <= _MAX_LENGTH else f"{text[:_MAX_LENGTH]}…"


def decimal(value: Fraction) -> str:
    """Return a number as a decimal where it ends, else as a quotient.

    >>> decimal(Fraction(3, 5)), decimal(Fraction(1, 3))
    ('0.6', '1 / 3')
    """
    digits = 0
    while digits <= 130 and (value * 10**digits).denominator != 1:
        digits += 1
    if digits > 130:
        return f"{value.numerator} / {value.denominator}"
    whole = str(abs(int(value * 10**digits))).rjust(digits + 1, "0")
    text = f"{whole[:-digits]}.{whole[-digits:]}" if digits else whole
    return f"-{text}" if value < 0 else text


def _part(node: Node, least: int) -> str:
    """Return the text of a part, in brackets where it binds less tightly than its place asks."""
    match node:
        case Binary(op, _, _) | Logic(op, _):
            level = _LEVEL[op]
        case Compare():
            level = _COMPARE
        case Unary():
            level = _UNARY
        case _:
            level = _POWER + 1
    return f"({written(node)})" if level < least else written(node)
