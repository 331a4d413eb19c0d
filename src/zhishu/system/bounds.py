"""The bounds of a field or a parameter: a number outside them, or a word that is no code, is a problem of the input."""

from fractions import Fraction

from zhishu.errors import Problem
from zhishu.formula.evaluate import Value
from zhishu.pack.system import Column, Parameter
from zhishu.system.codes import code_problem
from zhishu.system.show import plain
from zhishu.terms import Text
from zhishu.units import parse_unit


def bounds_problem(column: Column, value: Value, where: str) -> Problem | None:
    """Return the problem of a number outside its field's bounds, or of a text that is no code of its field, or None."""
    if isinstance(value, str):
        return code_problem(column, value, where)
    if not isinstance(value, Fraction) or column.type == "year":
        return None
    factor = parse_unit(column.unit).factor if column.unit else Fraction(1)
    own = value / factor
    label = column.name
    written = plain(own)
    if column.whole and own.denominator != 1:
        what = Text(f"{label.zh} 写的是 {written}，应是整数", f"{label.en} is {written} and should be a whole number")
        return Problem("case-not-whole", where, what, Text("写整数", "write a whole number"))
    low, high = column.least, column.most
    if (low is not None and own < low) or (high is not None and own > high):
        span = _span(low, high)
        what = Text(f"{label.zh} 写的是 {written}，应{span.zh}", f"{label.en} is {written} and should be {span.en}")
        return Problem("case-out-of-range", where, what, Text("核对数和单位", "check the number and its unit"))
    return None


def _span(low: Fraction | None, high: Fraction | None) -> Text:
    """Return the bounds of a field in words; at least one is set."""
    if high is None:
        return Text(f"不小于 {plain(low or Fraction(0))}", f"at least {plain(low or Fraction(0))}")
    if low is None:
        return Text(f"不大于 {plain(high)}", f"at most {plain(high)}")
    return Text(f"在 {plain(low)} 到 {plain(high)} 之间", f"between {plain(low)} and {plain(high)}")


def parameter_bounds(parameter: Parameter, value: Value, where: str) -> Problem | None:
    """Return the problem of a setting outside its parameter's bounds, or None."""
    column = Column(parameter.id, parameter.name, "number", parameter.unit, least=parameter.least, most=parameter.most)
    return bounds_problem(column, value, where)
