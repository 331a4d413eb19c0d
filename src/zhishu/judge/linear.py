"""Linear forms of comparisons over unknown numbers, and points that meet every cell of their arrangement.

A comparison of sums, differences, multiples and one quotient changes its answer only where a linear form is zero. The
zero sets cut the space of the unknown numbers into cells on which every comparison is constant; one point in each cell
is enough to know all that can happen. Points are found by eliminating one number after another, exactly, in fractions
(Fourier–Motzkin projection of the arrangement; Schrijver 1986, Theory of Linear and Integer Programming, 12.2).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from zhishu.formula.evaluate import evaluate
from zhishu.formula.scopes import Plain
from zhishu.formula.tree import Binary, Call, Compare, Logic, Name, Node, Unary, children, names
from zhishu.judge.domain import Domain, Values

MOST_FORMS = 400
"""More forms than this are not projected; the caller then says that its answer is a bound."""


class NotLinear(Exception):
    """Raised where a comparison is no linear form of the unknown numbers."""


@dataclass(frozen=True, slots=True)
class Form:
    """A linear form: coefficients by name, and a constant."""

    terms: tuple[tuple[str, Fraction], ...]
    constant: Fraction

    def of(self, name: str) -> Fraction:
        """Return the coefficient of a name."""
        return next((c for n, c in self.terms if n == name), Fraction(0))

    def at(self, name: str, value: Fraction) -> "Form":
        """Return the form with one number written in."""
        rest = tuple((n, c) for n, c in self.terms if n != name)
        return Form(rest, self.constant + self.of(name) * value)


def _form(terms: Mapping[str, Fraction], constant: Fraction) -> Form:
    return Form(tuple(sorted((n, c) for n, c in terms.items() if c)), constant)


ONE = Form((), Fraction(1))


def _sum(a: Form, b: Form, by: Fraction) -> Form:
    terms = dict(a.terms)
    for name, c in b.terms:
        terms[name] = terms.get(name, Fraction(0)) + by * c
    return _form(terms, a.constant + by * b.constant)


def _times(a: Form, b: Form) -> Form:
    if a.terms and b.terms:
        raise NotLinear
    one, other = (a, b) if b.terms else (b, a)
    c = one.constant
    return _form({n: k * c for n, k in other.terms}, other.constant * c)


Ratio = tuple[Form, Form]


def forms_of(node: Node, unknown: frozenset[str], values: Values) -> list[Form]:
    """Return the forms at whose zeros a comparison may change. Raises NotLinear.

    >>> from zhishu.formula.parse import parse
    >>> forms = forms_of(parse("supplied / approved < 0.6"), frozenset({"supplied", "approved"}), {})
    >>> forms[-1].terms, forms[-1].constant
    ((('approved', Fraction(-3, 5)), ('supplied', Fraction(1, 1))), Fraction(0, 1))
    """
    reader = _Reader(unknown, values)
    match node:
        case Compare(_, left, right):
            for a in reader.ratios(left):
                for b in reader.ratios(right):
                    reader.found.append(_sum(_times(a[0], b[1]), _times(b[0], a[1]), Fraction(-1)))
        case Name():
            pass
        case _:
            raise NotLinear
    return [f for f in dict.fromkeys(reader.found) if f.terms]


class _Reader:
    """Reads expressions as quotients of forms; ``found`` gathers the forms met on the way."""

    def __init__(self, unknown: frozenset[str], values: Values) -> None:
        self.unknown, self.values = unknown, values
        self.found: list[Form] = []

    def ratios(self, node: Node) -> list[Ratio]:
        """Return every quotient an expression may be, by the branches of its choices."""
        if not names(node) & self.unknown:
            return [(self._known(node), ONE)]
        match node:
            case Name(name):
                return [(Form(((name, Fraction(1)),), Fraction(0)), ONE)]
            case Unary(_, operand):
                return [(_times(n, Form((), Fraction(-1))), d) for n, d in self.ratios(operand)]
            case Binary(op, left, right):
                return [self._binary(op, a, b) for a in self.ratios(left) for b in self.ratios(right)]
            case Call("add_days", (day, days)):
                return [self._binary("+", a, b) for a in self.ratios(day) for b in self.ratios(days)]
            case Call("min" | "max", args):
                found = [r for arg in args for r in self.ratios(arg)]
                self._apart(found)
                return found
            case Call("abs", (arg,)):
                found = self.ratios(arg)
                self.found += [n for n, _ in found]
                return [*found, *((_times(n, Form((), Fraction(-1))), d) for n, d in found)]
            case Call("when", (c, a, b)):
                self._conditions(c)
                return [*self.ratios(a), *self.ratios(b)]
            case _:
                raise NotLinear

    def _known(self, node: Node) -> Form:
        value = evaluate(node, Plain(self.values))
        if isinstance(value, date):
            return Form((), Fraction(value.toordinal()))
        if not isinstance(value, Fraction):
            raise NotLinear
        return Form((), value)

    def _binary(self, op: str, a: Ratio, b: Ratio) -> Ratio:
        match op:
            case "+" | "-":
                by = Fraction(1 if op == "+" else -1)
                if a[1] == b[1]:
                    return _sum(a[0], b[0], by), a[1]
                return _sum(_times(a[0], b[1]), _times(b[0], a[1]), by), _times(a[1], b[1])
            case "*":
                return _times(a[0], b[0]), _times(a[1], b[1])
            case "/":
                # where the divisor is zero there is no answer, and beside it the sign turns
                self.found.append(b[0])
                return _times(a[0], b[1]), _times(a[1], b[0])
            case _:
                raise NotLinear

    def _apart(self, ratios: Sequence[Ratio]) -> None:
        for i, a in enumerate(ratios):
            for b in ratios[i + 1 :]:
                self.found.append(_sum(_times(a[0], b[1]), _times(b[0], a[1]), Fraction(-1)))

    def _conditions(self, node: Node) -> None:
        if isinstance(node, Logic):
            for child in children(node):
                self._conditions(child)
        elif names(node) & self.unknown:
            self.found += forms_of(node, self.unknown, self.values)


def points(
    names_: Sequence[str], forms: Sequence[Form], domains: Mapping[str, Domain]
) -> Iterator[dict[str, Fraction]]:
    """Yield points of the unknown numbers that meet every cell the forms make inside the domains.

    Raises NotLinear where there are too many forms to project.
    """
    if not names_:
        yield {}
        return
    first, rest = names_[0], names_[1:]
    for value in _values(_cuts(first, rest, forms, domains), domains[first]):
        if not rest:
            yield {first: value}
            continue
        for more in points(rest, [f.at(first, value) for f in forms], domains):
            yield {first: value, **more}


def _cuts(first: str, rest: Sequence[str], forms: Sequence[Form], domains: Mapping[str, Domain]) -> list[Fraction]:
    """Return the values of one number at which the cells of the others change."""
    left = [f for f in forms if f.terms]
    for name in rest:
        ends = (domains[name].least, domains[name].most)
        left += [Form(((name, Fraction(1)),), -end) for end in ends if end is not None]
    for name in reversed(rest):
        with_, without = [f for f in left if f.of(name)], [f for f in left if not f.of(name)]
        pairs = [
            _sum(_times(a, Form((), b.of(name))), b, -a.of(name)) for i, a in enumerate(with_) for b in with_[i + 1 :]
        ]
        left = list(dict.fromkeys(f for f in (*without, *pairs) if f.terms))
        if len(left) > MOST_FORMS:
            raise NotLinear
    return sorted({-f.constant / f.of(first) for f in left if f.of(first)})


def _values(cuts: Sequence[Fraction], domain: Domain) -> list[Fraction]:
    """Return each cut and a value in each gap between them, those that lie in the domain."""
    low, high = domain.least, domain.most
    inside = [c for c in cuts if (low is None or c >= low) and (high is None or c <= high)]
    ends: list[Fraction | None] = [low, *inside, high]
    found = [*inside, *(e for e in (low, high) if e is not None)]
    for a, b in pairwise(ends):
        found += _between(a, b, domain.whole)
    if domain.whole:
        found = [v for v in found if v.denominator == 1]
    return sorted(set(found))


def _between(a: Fraction | None, b: Fraction | None, whole: bool) -> list[Fraction]:
    """Return a value strictly between two ends, an end of None being open; none where there is none."""
    if a is None and b is None:
        return [Fraction(0)]
    if a is None or b is None:
        near = (b if a is None else a) or Fraction(0)
        step = max(Fraction(1), abs(near))
        return [Fraction(near.__floor__() - step.__ceil__() if a is None else near.__ceil__() + step.__ceil__())]
    if whole:
        middle = Fraction(a.__floor__() + 1)
        return [middle] if middle < b else []
    return [(a + b) / 2] if a < b else []
