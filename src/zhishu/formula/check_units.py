"""Units and price bases of an operation: what may stand beside what, and what comes out."""

from fractions import Fraction

from zhishu.errors import ZhishuError
from zhishu.formula.check_types import Operand, Price, Report, Type
from zhishu.formula.tree import Call, Node, Number, Unary, children
from zhishu.formula.written import decimal, short
from zhishu.terms import Text
from zhishu.units import ONE, Unit, add, comparable, countable, divide, multiply, power, subtract

_MAX_POWER = 9


def literal(node: Node) -> Fraction | None:
    """Return the value of a number written without a unit, or None.

    >>> literal(Unary("-", Number(Fraction(3))))
    Fraction(-3, 1)
    """
    match node:
        case Number(value, None):
            return value
        case Unary("-", operand):
            inner = literal(operand)
            return None if inner is None else -inner
        case _:
            return None


def join(op: str, left: Operand, right: Operand, report: Report) -> Type | None:
    """Return the type of two numbers added, subtracted, compared or chosen between, or None.

    ``op`` is ``+``, ``-``, or anything else for two values that must be alike.
    """
    a, b = left.type, right.type
    if a.price is not None and b.price is not None and a.price != b.price:
        report.add(
            "formula-price-mixed",
            Text(
                f"现价与不变价不能放在一起：{short(left.node)}、{short(right.node)}",
                f"current and constant prices do not go together: {short(left.node)}, {short(right.node)}",
            ),
            Text("两边用同一价格口径", "use one price basis on both sides"),
        )
        return None
    price = a.price or b.price
    if a.unit is None and b.unit is None:
        return Type("number", price=price)
    if a.unit is None:
        return _adopt(left, right.node, b.unit, price, report)
    if b.unit is None:
        return _adopt(right, left.node, a.unit, price, report)
    try:
        if op == "-":
            return Type("number", subtract(a.unit, b.unit), price)
        if op == "+" or comparable(a.unit, b.unit):
            return Type("number", add(a.unit, b.unit), price)
    except ZhishuError:
        pass
    report.add(
        "formula-units",
        Text(
            f"单位不同：{short(left.node)} 为 {a.unit.symbol}，{short(right.node)} 为 {b.unit.symbol}",
            f"unlike units: {short(left.node)} is in {a.unit.symbol}, {short(right.node)} in {b.unit.symbol}",
        ),
        _alike(a.unit, b.unit),
    )
    return None


def _alike(a: Unit, b: Unit) -> Text:
    if not a.dimension and not b.dimension:
        return Text(
            "水平（%）与变化（个百分点）分开：两个 % 相减得 个百分点",
            "keep a level (%) and a change (个百分点) apart: % less % is 个百分点",
        )
    return Text("改用同类的量，或乘除换算", "use quantities of one kind, or convert by multiplying or dividing")


def _adopt(bare: Operand, beside: Node, unit: Unit | None, price: Price | None, report: Report) -> Type | None:
    """Return the type of a bare number beside a unit: it takes the unit on, or must name its own."""
    if unit is None:
        return Type("number", price=price)
    value = literal(bare.node)
    if value == 0:  # zero is zero in every unit
        return Type("number", unit, price)
    near = Text(f"{short(bare.node)} 与 {short(beside)}", f"{short(bare.node)} and {short(beside)}")
    if value is not None and _too_many_parts(value, unit):
        report.add(
            "formula-percent-literal",
            Text(
                f"{near.zh}：公式里 60 % 是 0.6，{decimal(value)} 即 {decimal(value * 100)} %",
                f"{near.en}: in a formula 60 % is 0.6, so {decimal(value)} is {decimal(value * 100)} %",
            ),
            _name_unit(value, unit),
        )
        return None
    if countable(unit):
        return Type("number", unit, price)
    if value is None:
        repair = Text(
            f"给 {short(bare.node)} 声明单位，如 {unit.symbol}",
            f"declare a unit for {short(bare.node)}, as {unit.symbol}",
        )
    else:
        repair = _name_unit(value, unit)
    report.add(
        "formula-unit-missing",
        Text(f"{near.zh}（{unit.symbol}）：前者没有单位", f"{near.en} ({unit.symbol}): the first has no unit"),
        repair,
    )
    return None


def _name_unit(value: Fraction, unit: Unit) -> Text:
    example = f'quantity({decimal(value)}, "{unit.symbol}")'
    return Text(f"写作 {example}", f"write {example}")


def _too_many_parts(value: Fraction, unit: Unit) -> bool:
    # beside % a 60 is 6,000 %: only 1, the whole, is a usual number beside a level
    if unit.sort == "change":
        return abs(value) >= 1
    return unit.sort == "ratio" and unit.factor != 1 and abs(value) > 1


def product(left: Operand, right: Operand) -> Type:
    """Return the type of ``left * right``: a ratio of money is money."""
    a, b = left.type, right.type
    price = None if a.price and b.price else a.price or b.price
    if a.unit is None or b.unit is None:
        return Type("number", a.unit or b.unit, price)
    if a.unit.sort == b.unit.sort == "ratio":
        return Type("number", ONE, price)
    if a.unit.sort == "ratio":
        return Type("number", b.unit, price)
    if b.unit.sort == "ratio":
        return Type("number", a.unit, price)
    return Type("number", _plain(multiply(a.unit, b.unit)), price)


def quotient(left: Operand, right: Operand) -> Type:
    """Return the type of ``left / right``: like over like is a ratio.

    The price basis cancels between two figures of one period (a share), but not when one side is lagged:
    that quotient is a growth, and at current prices it is a nominal one.
    """
    a, b = left.type, right.type
    if a.price is not None and b.price is not None:
        lagged = shifted(left.node) != shifted(right.node)
        price = a.price if a.price == b.price and lagged else None
    else:
        price = a.price or b.price
    if b.unit is None or (b.unit.sort == "ratio" and a.unit is not None):
        unit = ONE if a.unit is not None and a.unit.sort == "ratio" and b.unit is not None else a.unit
        return Type("number", unit, price)
    return Type("number", _plain(divide(a.unit or ONE, b.unit)), price)


def _plain(unit: Unit) -> Unit:
    """Return a ratio in its base unit: km over m is evaluated as metres over metres."""
    return ONE if unit.sort == "ratio" else unit


def shifted(node: Node) -> bool:
    """Return whether a formula reads an earlier period."""
    here = isinstance(node, Call) and node.function in ("lag", "previous")
    return here or any(shifted(child) for child in children(node))


def raised(left: Operand, right: Operand, report: Report) -> Type | None:
    """Return the type of ``left ** right``; the exponent is plain, and whole where the base has a unit."""
    if right.type.unit is not None and right.type.unit != ONE:
        report.add(
            "formula-exponent",
            Text(
                f"指数不能带单位：{short(right.node)}（{right.type.unit.symbol}）",
                f"an exponent has no unit: {short(right.node)} ({right.type.unit.symbol})",
            ),
            Text(
                f'除以 quantity(1, "{right.type.unit.symbol}")',
                f'divide by quantity(1, "{right.type.unit.symbol}")',
            ),
        )
        return None
    unit = left.type.unit
    if unit is None or not unit.dimension:
        return Type("number", None if unit is None else ONE, left.type.price)
    exponent = literal(right.node)
    if exponent is None or exponent.denominator != 1 or abs(exponent) > _MAX_POWER:
        report.add(
            "formula-exponent",
            Text(
                f"{short(left.node)} 带单位 {unit.symbol}，指数只能是写定的整数（不超过 {_MAX_POWER}）",
                f"{short(left.node)} is in {unit.symbol}: write a whole exponent up to {_MAX_POWER}",
            ),
            Text("先化为比值再乘方", "divide by a like quantity first"),
        )
        return None
    return Type("number", power(unit, int(exponent)), left.type.price)


def bare_or_ratio(kind: Type) -> bool:
    """Return whether a number can be the argument of a logarithm."""
    return kind.unit is None or kind.unit.sort == "ratio"
