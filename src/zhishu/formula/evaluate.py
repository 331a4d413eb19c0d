"""Exact evaluation of one formula for one row: rational numbers, three-valued, total.

Numbers are ``Fraction`` in base units (60 % is 3/5, 1 万元 is 10,000 元). Sums, products, quotients and
comparisons are exact; logarithms, roots and powers with a broken exponent are rounded to 40 digits.
Every operation outside its domain gives ``Unknown`` with a reason, never an exception, NaN or infinity.
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Context, Decimal, DecimalException
from fractions import Fraction
from operator import ge, gt, le, lt
from typing import Protocol

from zhishu.formula.credit_code import is_credit_code
from zhishu.formula.section import is_section
from zhishu.formula.tree import Binary, Call, Compare, Logic, Name, Node, Number, Of, Rows, Truth, Word
from zhishu.logic import Unknown, k_and, k_not, k_or

Value = Fraction | bool | str | date | Unknown

LIMIT = Fraction(10) ** 100
_CONTEXT = Context(prec=40)
_HOLDS: dict[str, Callable[[int, int], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}


class Scope(Protocol):
    """What a formula can see: values by name, fields of referred rows, and functions of its place."""

    def value(self, name: str) -> Value:
        """Return the value of a plain name."""

    def of(self, base: str, field: str) -> Value:
        """Return ``base.field``."""

    def rows(self, table: str, function: str, args: tuple[Node, ...]) -> Value:
        """Return an aggregate over a table."""

    def call(self, function: str, args: tuple[Node, ...]) -> Value:
        """Return a function that needs the place, such as ``previous``."""

    def unit_factor(self, unit: str) -> Fraction:
        """Return the factor to base units of a written unit."""


def evaluate(node: Node, scope: Scope) -> Value:
    """Return the value of a formula in a scope.

    >>> from zhishu.formula.parse import parse
    >>> from zhishu.formula.scopes import Plain
    >>> evaluate(parse("supplied / approved"), Plain({"supplied": Fraction(290), "approved": Fraction(500)}))
    Fraction(29, 50)
    >>> evaluate(parse("0 / x < 0.6"), Plain({"x": Fraction(0)}))
    Unknown(reason='divide_by_zero', detail='')
    """
    # the kinds stand in the order of how often they are met: most of a formula are names and comparisons
    if type(node) is Name:
        return scope.value(node.id)
    if type(node) is Compare:
        return compare(node.op, evaluate(node.left, scope), evaluate(node.right, scope))
    if type(node) is Word or type(node) is Truth:
        return node.value
    if type(node) is Of:
        return scope.of(node.base, node.field)
    if type(node) is Call:
        return _call(node.function, node.args, scope)
    if type(node) is Logic:
        truths = [as_truth(evaluate(term, scope)) for term in node.terms]
        if node.op == "not":
            return k_not(truths[0])
        return k_and(*truths) if node.op == "and" else k_or(*truths)
    if type(node) is Rows:
        return scope.rows(node.table, node.function, node.args)
    if type(node) is Number:
        return node.value if node.unit is None else node.value * scope.unit_factor(node.unit)
    if type(node) is Binary:
        return arithmetic(node.op, evaluate(node.left, scope), evaluate(node.right, scope))
    inner = evaluate(node.operand, scope)
    return -inner if isinstance(inner, Fraction) else _not_number(inner)


def as_truth(value: Value) -> bool | Unknown:
    """Return a truth value; anything else is unknown, because a check at load time forbids it."""
    if value is True or value is False or isinstance(value, Unknown):
        return value
    return Unknown("domain", "not a yes or no")


def _not_number(value: Value) -> Unknown:
    return value if isinstance(value, Unknown) else Unknown("domain", "not a number")


def _bounded(value: Fraction) -> Value:
    return value if -LIMIT < value < LIMIT else Unknown("overflow")


def arithmetic(op: str, a: Value, b: Value) -> Value:
    """Return ``a op b`` for two exact numbers, or why it cannot be.

    >>> arithmetic("/", Fraction(0), Fraction(0))
    Unknown(reason='divide_by_zero', detail='')
    """
    if isinstance(a, date) and isinstance(b, date) and op == "-":
        return Fraction((a - b).days)
    if not isinstance(a, Fraction) or isinstance(a, bool):
        return _not_number(a)
    if not isinstance(b, Fraction) or isinstance(b, bool):
        return _not_number(b)
    match op:
        case "+":
            return _bounded(a + b)
        case "-":
            return _bounded(a - b)
        case "*":
            return _bounded(a * b)
        case "/":
            return Unknown("divide_by_zero") if b == 0 else _bounded(a / b)
        case _:
            return _power(a, b)


def _power(a: Fraction, b: Fraction) -> Value:
    if a == 0 and b <= 0:
        return Unknown("divide_by_zero" if b < 0 else "domain", "0 ** 0" if b == 0 else "")
    if b.denominator == 1 and abs(b) <= 64:
        size = max(a.numerator.bit_length(), a.denominator.bit_length()) * abs(int(b))
        return Unknown("overflow") if size > 4096 else _bounded(a ** int(b))
    if a < 0:
        return Unknown("domain", "negative base")
    if a == 0:
        return Fraction(0)
    return _rounded(lambda: _CONTEXT.power(to_decimal(a), to_decimal(b)))


def to_decimal(value: Fraction) -> Decimal:
    """Return the decimal of a fraction at 40 significant digits.

    >>> to_decimal(Fraction(1, 4))
    Decimal('0.25')
    """
    return _CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))


def _rounded(compute: Callable[[], Decimal]) -> Value:
    try:
        result = compute()
    except (DecimalException, ValueError, OverflowError):
        return Unknown("overflow")
    if not result.is_finite() or abs(result.adjusted()) > 110:
        return Unknown("overflow")
    return _bounded(Fraction(result))


def compare(op: str, a: Value, b: Value) -> bool | Unknown:
    """Return ``a op b``; unknown if a side is unknown or the two are of different kinds."""
    if isinstance(a, Unknown):
        return a
    if isinstance(b, Unknown):
        return b
    if op in ("==", "!="):
        return (a == b) == (op == "==") if type(a) is type(b) else Unknown("domain", "unlike kinds")
    difference = _difference(a, b)
    if difference is None:
        return Unknown("domain", "unlike kinds")
    return _HOLDS[op](difference, 0)


def _difference(a: Value, b: Value) -> int | None:
    """Return the sign of a − b for two numbers or two dates, else None."""
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        # denominators are above zero, so the cross products stand as the numbers do
        left, right = a.numerator * b.denominator, b.numerator * a.denominator
        return (left > right) - (left < right)
    # dates are compared by their ordinal, so that both kinds share one sign
    if isinstance(a, date) and isinstance(b, date):
        return (a.toordinal() > b.toordinal()) - (a.toordinal() < b.toordinal())
    return None


def _call(function: str, args: tuple[Node, ...], scope: Scope) -> Value:
    if function == "is_known":
        return not isinstance(evaluate(args[0], scope), Unknown)
    if function == "coalesce":
        values = [evaluate(a, scope) for a in args]
        return next((v for v in values if not isinstance(v, Unknown)), values[-1])
    if function == "when":
        return _when(args, scope)
    simple = SIMPLE.get(function)
    if simple is None:
        return scope.call(function, args)
    values = [evaluate(a, scope) for a in args]
    for value in values:
        if isinstance(value, Unknown):
            return value
    return simple(values)


def _when(args: tuple[Node, ...], scope: Scope) -> Value:
    condition = as_truth(evaluate(args[0], scope))
    if condition is True:
        return evaluate(args[1], scope)
    if condition is False:
        return evaluate(args[2], scope)
    first, second = evaluate(args[1], scope), evaluate(args[2], scope)
    return first if first == second and not isinstance(first, Unknown) else condition


def _numbers(values: list[Value]) -> list[Fraction] | None:
    numbers = [v for v in values if isinstance(v, Fraction)]
    return numbers if len(numbers) == len(values) else None


def _extreme(pick: Callable[[list[Fraction]], Fraction]) -> Callable[[list[Value]], Value]:
    def run(values: list[Value]) -> Value:
        if all(isinstance(v, date) for v in values):
            days = [Fraction(v.toordinal()) for v in values if isinstance(v, date)]
            return date.fromordinal(int(pick(days)))
        numbers = _numbers(values)
        return Unknown("domain", "not numbers") if numbers is None else pick(numbers)

    return run


def _number_function(compute: Callable[[Fraction], Value]) -> Callable[[list[Value]], Value]:
    def run(values: list[Value]) -> Value:
        numbers = _numbers(values)
        return Unknown("domain", "not a number") if numbers is None else compute(numbers[0])

    return run


def _log(x: Fraction) -> Value:
    return Unknown("domain", "log") if x <= 0 else _rounded(lambda: _CONTEXT.ln(to_decimal(x)))


def _root(values: list[Value]) -> Value:
    numbers = _numbers(values)
    if numbers is None or numbers[0] < 0 or numbers[1] == 0:
        return Unknown("domain", "root")
    return _power(numbers[0], 1 / numbers[1])


def _days(values: list[Value]) -> Value:
    match values:
        case [date() as a, date() as b]:
            return Fraction((b - a).days)
        case _:
            return Unknown("domain", "not dates")


def _add_days(values: list[Value]) -> Value:
    match values:
        case [date() as start, Fraction() as days] if days.denominator == 1 and abs(days) < 200_000:
            try:
                return start + timedelta(days=int(days))
            except OverflowError:
                return Unknown("overflow")
        case _:
            return Unknown("domain", "not a date and whole days")


def _day(values: list[Value]) -> Value:
    try:
        return date.fromisoformat(values[0]) if isinstance(values[0], str) else Unknown("domain", "not a date")
    except ValueError:
        return Unknown("domain", "not a date")


def _year(values: list[Value]) -> Value:
    return Fraction(values[0].year) if isinstance(values[0], date) else Unknown("domain", "not a date")


def _starts_with(values: list[Value]) -> Value:
    text, prefix = values
    if not isinstance(text, str) or not isinstance(prefix, str) or not prefix:
        return Unknown("domain", "starts_with")
    return text.startswith(prefix)


def _within(values: list[Value]) -> Value:
    """Return whether a length known to an error lies within a limit; across the limit nobody knows."""
    numbers = _numbers(values)
    if numbers is None or numbers[1] < 0:
        return Unknown("domain", "within")
    length, error, limit = numbers
    if length + error <= limit:
        return True
    return False if length - error > limit else Unknown("tolerance")


SIMPLE: dict[str, Callable[[list[Value]], Value]] = {
    "unknown": lambda values: Unknown("stated" if len(values) > 1 else "missing", *(str(v) for v in values)),
    "min": _extreme(min),
    "max": _extreme(max),
    "abs": _number_function(abs),
    "log": _number_function(_log),
    "exp": _number_function(lambda x: _rounded(lambda: _CONTEXT.exp(to_decimal(x)))),
    "sqrt": _number_function(lambda x: Unknown("domain", "sqrt") if x < 0 else _power(x, Fraction(1, 2))),
    "floor": _number_function(lambda x: Fraction(x.numerator // x.denominator)),
    "ceil": _number_function(lambda x: Fraction(-(-x.numerator // x.denominator))),
    "root": _root,
    "one_of": lambda values: any(values[0] == v for v in values[1:]),
    "starts_with": _starts_with,
    "within": _within,
    "is_credit_code": lambda values: (
        is_credit_code(values[0]) if isinstance(values[0], str) else Unknown("domain", "is_credit_code")
    ),
    "is_section": lambda values: (
        is_section(values[0]) if isinstance(values[0], str) else Unknown("domain", "is_section")
    ),
    "days_between": _days,
    "year_of": _year,
    "add_days": _add_days,
    "day": _day,
}
