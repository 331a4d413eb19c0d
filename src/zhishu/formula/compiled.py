"""A formula as a function of the values it reads: ``evaluate`` over a plain scope, its tree walked once beforehand."""

from collections.abc import Callable, Mapping

from zhishu.formula.evaluate import SIMPLE, Value, arithmetic, compare, evaluate
from zhishu.formula.scopes import Plain
from zhishu.formula.tree import Binary, Call, Compare, Name, Node, Number, Truth, Word
from zhishu.logic import Unknown

Ask = Callable[[Mapping[str, Value]], Value]
"""From values by name to the value of the formula."""


def compiled(node: Node) -> Ask:
    """Return a function that gives what ``evaluate`` gives over the same values.

    >>> from fractions import Fraction
    >>> from zhishu.formula.parse import parse
    >>> rate = compiled(parse("supplied / approved < 0.6"))
    >>> rate({"supplied": Fraction(290), "approved": Fraction(500)}), rate({"supplied": Fraction(290)})
    (True, Unknown(reason='missing', detail='approved'))
    """
    match node:
        case Name(name):
            missing = Unknown("missing", name)
            return lambda values: values.get(name, missing)
        case Number() | Word() | Truth():
            fixed = evaluate(node, Plain({}))
            return lambda values: fixed
        case Compare(op, left, right):
            a, b = compiled(left), compiled(right)
            return lambda values: compare(op, a(values), b(values))
        case Binary(op, left, right):
            a, b = compiled(left), compiled(right)
            return lambda values: arithmetic(op, a(values), b(values))
        case Call("starts_with", (Name(name), Word(prefix))) if prefix:
            return _begins(name, prefix)
        case Call(function, args) if function in SIMPLE:
            return _called(SIMPLE[function], tuple(compiled(a) for a in args))
        case _:
            return lambda values: evaluate(node, Plain(values))


def _called(simple: Callable[[list[Value]], Value], parts: tuple[Ask, ...]) -> Ask:
    def ask(values: Mapping[str, Value]) -> Value:
        told = [part(values) for part in parts]
        for value in told:
            if isinstance(value, Unknown):
                return value
        return simple(told)

    return ask


def _begins(name: str, prefix: str) -> Ask:
    missing = Unknown("missing", name)

    def ask(values: Mapping[str, Value]) -> Value:
        value = values.get(name, missing)
        if isinstance(value, str):
            return value.startswith(prefix)
        return value if isinstance(value, Unknown) else Unknown("domain", "starts_with")

    return ask
