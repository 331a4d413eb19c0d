"""One step of a formula: the part a node makes of the parts below it."""

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction

import narwhals as nw

from zhishu.formula.engine.arithmetic import absolute, add, divide, extreme, multiply, negate, subtract
from zhishu.formula.engine.choices import (
    coalesce,
    compare,
    conjunction,
    disjunction,
    is_known,
    negation,
    one_of,
    starts_with,
    when,
    within,
)
from zhishu.formula.engine.curves import Keep, exponential, logarithm, power, root, square_root, whole_part
from zhishu.formula.engine.part import Part, common_kind, guarded, literal, refuse, typed
from zhishu.formula.tree import Binary, Call, Compare, Logic, Node, Number, Truth, Unary, Word
from zhishu.formula.written import short
from zhishu.logic import Unknown
from zhishu.terms import Text
from zhishu.units import parse_unit

_BINARY: dict[str, Callable[[Part, Part], Part]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
}
_ONE: dict[str, Callable[[Part], Part]] = {
    "abs": absolute,
    "log": logarithm,
    "exp": exponential,
    "sqrt": square_root,
    "floor": lambda a: whole_part(a, up=False),
    "ceil": lambda a: whole_part(a, up=True),
}


def combine(node: Node, parts: Sequence[Part], keep: Keep) -> Part:
    """Return the part of a node whose children are compiled; ``keep`` makes a column of an expression.

    Raises ZhishuError ``engine-not-offered`` for what needs other rows, other tables or a calendar.
    """
    match node:
        case Number(value, unit):
            return literal(value if unit is None else value * parse_unit(unit).factor)
        case Word(word):
            return literal(word)
        case Truth(value):
            return literal(value)
        case Unary():
            return negate(typed(parts[0], "number"))
        case Binary("**"):
            return power(_number(parts[0], node), _number(parts[1], node), keep)
        case Binary(op):
            return _BINARY[op](*(_number(p, node) for p in parts))
        case Compare(op):
            return compare(op, parts[0], parts[1])
        case Logic("not"):
            return negation(parts[0])
        case Logic(op):
            return conjunction(parts) if op == "and" else disjunction(parts)
        case Call(function):
            return _call(function, parts, node, keep)
        case _:
            raise not_offered(node)


def _call(function: str, parts: Sequence[Part], node: Node, keep: Keep) -> Part:
    if function in _ONE:
        return _ONE[function](_number(parts[0], node))
    match function:
        case "min" | "max":
            kind = common_kind(parts)
            if kind not in ("number", "date"):
                raise not_offered(node)
            return extreme([typed(p, kind) for p in parts], function == "max")
        case "root":
            return root(_number(parts[0], node), _number(parts[1], node), keep)
        case "when":
            return when(*parts)
        case "is_known":
            return is_known(parts[0])
        case "coalesce":
            return coalesce(parts)
        case "one_of":
            return one_of(parts)
        case "starts_with":
            return starts_with(parts[0], parts[1])
        case "within":
            return within(*(_number(p, node) for p in parts))
        case "unknown":
            return literal(Unknown("missing"))
        case "day":
            return _day(parts[0])
        case "year_of":
            return _year(typed(parts[0], "date"))
        case _:
            raise not_offered(node)


def _number(part: Part, node: Node) -> Part:
    if part.kind == "date":
        raise not_offered(node)
    return typed(part, "number")


def _day(part: Part) -> Part:
    try:
        return literal(date.fromisoformat(part.literal if isinstance(part.literal, str) else ""))
    except ValueError:
        return literal(Unknown("domain"))


def _year(part: Part) -> Part:
    year = part.value.dt.year()
    found = guarded("number", (part,), year.cast(nw.Float64), (), None, year.cast(nw.Int64))
    if isinstance(part.literal, date):
        return literal(Fraction(part.literal.year))
    return found


def not_offered(node: Node) -> Exception:
    """Return the error for a part of the language that no table engine runs."""
    shown = short(node)
    return refuse(
        "engine-not-offered",
        Text(f"成批计算里没有：{shown}", f"not offered over whole tables: {shown}"),
        Text("逐行计算（evaluate），或先算成一列", "evaluate it row by row, or make it a column first"),
    )
