"""Arithmetic on units: products, quotients, sums and exact conversion; a level is not a change."""

from fractions import Fraction

from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text
from zhishu.units.table import is_time, named, preferred
from zhishu.units.unit import ONE, POINT, Dimension, Sort, Unit


def multiply(a: Unit, b: Unit) -> Unit:
    """Return the unit of a product.

    >>> from zhishu.units import parse_unit
    >>> multiply(parse_unit("元/人"), parse_unit("人")).symbol
    '元'
    """
    return _combine(a, b, 1)


def divide(a: Unit, b: Unit) -> Unit:
    """Return the unit of a quotient; a ratio of two like units is a plain ratio.

    >>> from zhishu.units import parse_unit
    >>> divide(parse_unit("万元"), parse_unit("亩")).symbol
    '万元/亩'
    """
    return _combine(a, b, -1)


def power(unit: Unit, exponent: int) -> Unit:
    """Return the unit of a whole power.

    >>> from zhishu.units import parse_unit
    >>> power(parse_unit("km"), 2).symbol
    'km²'
    """
    if exponent == 0:
        return ONE
    result = unit if exponent > 0 else divide(ONE, unit)
    step = result
    for _ in range(abs(exponent) - 1):
        result = multiply(result, step)
    return result


def root(unit: Unit, degree: int) -> Unit | None:
    """Return the base unit of a root, or None if an exponent does not divide.

    >>> from zhishu.units import parse_unit
    >>> root(parse_unit("公顷"), 2).symbol
    'm'
    """
    if degree < 1 or any(exponent % degree for _, exponent in unit.dimension):
        return None
    dimension = tuple((base, exponent // degree) for base, exponent in unit.dimension)
    bare = Unit(_write(dict(dimension)), dimension, Fraction(1), "quantity" if dimension else "ratio")
    return _with_symbol(bare)


def comparable(a: Unit, b: Unit) -> bool:
    """Return whether two values can stand on the two sides of ``<``: 60 % and 5 个百分点 cannot.

    A plain ratio (unit 1) makes no difference between level and change, so both compare with it.

    >>> from zhishu.units import parse_unit
    >>> comparable(parse_unit("公顷"), parse_unit("亩")), comparable(parse_unit("%"), parse_unit("个百分点"))
    (True, False)
    """
    if a.dimension != b.dimension:
        return False
    return a.sort == b.sort or ONE in (a, b)


def add(a: Unit, b: Unit) -> Unit:
    """Return the unit of a sum: % + 个百分点 is %.

    Raises ZhishuError ``unit-mismatch`` for unlike units. Of two like units the finer one is returned.

    >>> from zhishu.units import parse_unit
    >>> add(parse_unit("个百分点"), parse_unit("%")).symbol
    '%'
    """
    if a.dimension != b.dimension:
        raise _unlike(a, b, Text("相加", "added"))
    if a.sort == b.sort:
        return min(a, b, key=lambda unit: (unit.factor, unit.symbol))
    return b if a.sort == "change" else a


def subtract(a: Unit, b: Unit) -> Unit:
    """Return the unit of a difference: % − % is 个百分点, % − 个百分点 is %.

    Raises ZhishuError ``unit-mismatch`` for unlike units, and for a change less a level.

    >>> from zhishu.units import parse_unit
    >>> subtract(parse_unit("%"), parse_unit("‰")).symbol
    '个百分点'
    """
    if a.dimension != b.dimension or (a.sort == "change" and b.sort != "change"):
        raise _unlike(a, b, Text("相减", "subtracted"))
    if a.sort == b.sort == "ratio":
        return POINT
    return add(a, b)


def convert(value: Fraction, a: Unit, b: Unit) -> Fraction:
    """Return a value written in ``a`` as written in ``b``, exactly.

    Raises ZhishuError ``unit-mismatch``.

    >>> from zhishu.units import parse_unit
    >>> convert(Fraction(3), parse_unit("公顷"), parse_unit("亩"))
    Fraction(45, 1)
    """
    if not comparable(a, b):
        raise _unlike(a, b, Text("换算", "converted"))
    return value * a.factor / b.factor


def _combine(a: Unit, b: Unit, sign: int) -> Unit:
    exponents = dict(a.dimension)
    for base, exponent in b.dimension:
        exponents[base] = exponents.get(base, 0) + sign * exponent
    dimension = tuple(sorted((base, e) for base, e in exponents.items() if e))
    factor = a.factor * b.factor if sign > 0 else a.factor / b.factor
    terms = _terms(a.symbol)
    for term, exponent in _terms(b.symbol).items():
        terms[term] = terms.get(term, 0) + sign * exponent
    return _with_symbol(Unit(_write(terms), dimension, factor, _sort(a, b, sign, dimension)))


def _sort(a: Unit, b: Unit, sign: int, dimension: Dimension) -> Sort:
    # a change stays a change when scaled or spread over time; a change of money is plain money
    change, other = (a, b) if a.sort == "change" else (b, a)
    scales = other.sort == "ratio" or is_time(other)
    if change.sort == "change" and other.sort != "change" and scales and (change is a or sign > 0):
        return "change"
    return "quantity" if dimension else "ratio"


def _with_symbol(unit: Unit) -> Unit:
    single = named(unit.symbol)
    if single is not None and single == unit:
        return unit
    return Unit(preferred(unit) or unit.symbol, unit.dimension, unit.factor, unit.sort)


def _terms(symbol: str) -> dict[str, int]:
    """Return the named parts of a symbol with their exponents."""
    terms: dict[str, int] = {}
    top, _, bottom = symbol.partition("/")
    for side, sign in ((top, 1), (bottom.strip("()"), -1)):
        for part in side.split("·"):
            name, _, exponent = part.partition("^")
            if name not in ("", "1"):
                terms[name] = terms.get(name, 0) + sign * int(exponent or 1)
    return terms


def _write(terms: dict[str, int]) -> str:
    def side(sign: int) -> list[str]:
        powers = ((name, sign * e) for name, e in terms.items() if sign * e > 0)
        return [name if e == 1 else f"{name}^{e}" for name, e in powers]

    top, bottom = "·".join(side(1)) or "1", side(-1)
    if not bottom:
        return top
    return f"{top}/{bottom[0]}" if len(bottom) == 1 else f"{top}/({'·'.join(bottom)})"


def _unlike(a: Unit, b: Unit, verb: Text) -> ZhishuError:
    what = Text(f"{a.symbol} 与 {b.symbol} 不能{verb.zh}", f"{a.symbol} and {b.symbol} cannot be {verb.en}")
    if not a.dimension and not b.dimension:
        repair = Text("水平用 %，变化用 个百分点", "use % for a level and 个百分点 for a change")
    else:
        repair = Text("改用同类单位", "use units of one kind")
    return ZhishuError([Problem("unit-mismatch", f"{a.symbol}, {b.symbol}", what, repair)])
