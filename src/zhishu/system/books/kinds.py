"""What a part of a book's formula is: its unit, its words, whether it is a day, a year or a yes or no."""

from collections.abc import Mapping
from fractions import Fraction

from zhishu.formula.tree import Binary, Call, Compare, Logic, Name, Node, Number, Truth, Unary
from zhishu.pack.book import Book
from zhishu.system.books.say import described
from zhishu.terms import Text
from zhishu.units import parse_unit

_ASKS = frozenset({"one_of", "starts_with", "within", "listed", "is_known", "is_credit_code"})
_SAME = frozenset({"min", "max", "abs", "floor", "ceil", "coalesce"})


def unit(book: Book, node: Node) -> str | None:
    """Return the unit a value reads in, None where it has none or nothing tells."""
    match node:
        case Number(_, own):
            return own
        case Name(name):
            own = described(book, name)[0]
            return own if own is not None or name not in book.facts else unit(book, book.facts[name].node)
        case Unary(_, operand):
            return unit(book, operand)
        case Binary("+" | "-", left, right):
            return unit(book, left) or unit(book, right)
        case Call("days_between", _):
            return "天"
        case Call("when", (_, *values)):
            return next((u for a in values if (u := unit(book, a)) is not None), None)
        case Call(function, args) if function in _SAME:
            return next((u for a in args if (u := unit(book, a)) is not None), None)
        case _:
            return None


def words(book: Book, node: Node) -> Mapping[str, Text]:
    """Return the words of the choices a value may be."""
    match node:
        case Name(name):
            own = described(book, name)[1]
            return own if own or name not in book.facts else words(book, book.facts[name].node)
        case Call("when" | "coalesce", args):
            return {k: v for a in args for k, v in words(book, a).items()}
        case _:
            return {}


def is_date(book: Book, node: Node) -> bool:
    """Return whether a value is a day."""
    match node:
        case Name("today") | Call("day" | "add_days", _):
            return True
        case Name(name):
            return _declared(book, name) == "date" or (name in book.facts and is_date(book, book.facts[name].node))
        case Call("min" | "max" | "coalesce", args):
            return any(is_date(book, a) for a in args)
        case Call("when", (_, *values)):
            return any(is_date(book, a) for a in values)
        case _:
            return False


def is_year(book: Book, node: Node) -> bool:
    """Return whether a value is a year, which takes no comma."""
    match node:
        case Call("year_of", _):
            return True
        case Name(name):
            return _declared(book, name) == "year" or (name in book.facts and is_year(book, book.facts[name].node))
        case _:
            return False


def is_truth(book: Book, node: Node) -> bool:
    """Return whether a value is a yes or no."""
    match node:
        case Truth() | Compare() | Logic():
            return True
        case Name(name):
            fact = book.facts.get(name)
            return (
                _declared(book, name) == "truth"
                or book.rule(name) is not None
                or (fact is not None and is_truth(book, fact.node))
            )
        case Call("when", (_, *values)):
            return any(is_truth(book, a) for a in values)
        case Call(function, _):
            return function in _ASKS
        case _:
            return False


def factor(symbol: str) -> Fraction:
    """Return the factor of a unit to its base.

    >>> factor("%")
    Fraction(1, 100)
    """
    return parse_unit(symbol).factor


def _declared(book: Book, name: str) -> str | None:
    if name in book.fields:
        return book.fields[name].type
    return book.parameters[name].type if name in book.parameters else None
