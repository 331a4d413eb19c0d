"""The parameters of a score kind from a declaration: exact numbers in the unit of the indicator."""

from collections.abc import Mapping
from dataclasses import fields
from fractions import Fraction
from typing import Never

from zhishu.pack.assessment import Raw
from zhishu.score.kinds.marginal import Band
from zhishu.score.kinds.registry import KINDS
from zhishu.score.kinds.sense import Senseless
from zhishu.terms import Text

_IN_UNIT: Mapping[str, tuple[str, ...]] = {
    "interval": ("full_at", "none_at"),
    "deduct": ("line", "step"),
    "cliff": ("line", "step"),
    "growth": ("point",),
    "marginal": ("point",),
    "expert": ("low", "high"),
}
"""Parameters that are written in the unit of the indicator and not in points."""
_COUNTS = ("least", "trim")


def parameters_of(kind: str, declared: Mapping[str, Raw], factor: Fraction = Fraction(1)) -> object:
    """Return the parameters of a kind; ``factor`` is how many base units one unit of the indicator is.

    Raises Senseless for a kind or a parameter that is not known, one that is missing, or one that makes no sense.

    >>> parameters_of("interval", {"full_at": Fraction(90), "none_at": Fraction(60)}, Fraction(1, 100))
    Interval(full_at=Fraction(9, 10), none_at=Fraction(3, 5), full=Fraction(100, 1))
    """
    if kind not in KINDS:
        names = "、".join(sorted(KINDS))
        raise Senseless(kind, Text(f"没有这种计分方式；有：{names}", f"is no kind of score; known: {', '.join(KINDS)}"))
    made = KINDS[kind].parameters
    known = {f.name for f in fields(made)}
    for name in declared:
        if name not in known:
            zh, en = f"{kind} 没有这个参数", f"is no parameter of {kind}"
            raise Senseless(
                name, Text(f"{zh}；有：{'、'.join(sorted(known))}", f"{en}; known: {', '.join(sorted(known))}")
            )
    read = {name: _read(kind, name, value, factor) for name, value in declared.items()}
    try:
        return made(**read)
    except TypeError as error:
        lacking = [f.name for f in fields(made) if f.name not in read]
        zh, en = f"缺参数：{'、'.join(lacking)}", f"parameters are missing: {', '.join(lacking)}"
        raise Senseless(kind, Text(zh, en)) from error


def _read(kind: str, name: str, value: Raw, factor: Fraction) -> object:
    if name == "bands":
        return tuple(_band(one) for one in value) if isinstance(value, tuple) else _wrong(name)
    if isinstance(value, tuple):
        return tuple(v if isinstance(v, Fraction) else _wrong(name) for v in value)
    if name in _COUNTS:
        return int(value) if isinstance(value, Fraction) and value.denominator == 1 else _wrong(name)
    if isinstance(value, Fraction):
        return value * factor if name in _IN_UNIT.get(kind, ()) else value
    return value if isinstance(value, str) else _wrong(name)


def _band(raw: Raw) -> Band:
    if not isinstance(raw, Mapping) or set(raw) - {"width", "divisor"}:
        return _wrong("bands")
    width, divisor = raw.get("width"), raw.get("divisor")
    if not isinstance(divisor, Fraction) or not (width is None or isinstance(width, Fraction)):
        return _wrong("bands")
    return Band(width, divisor)


def _wrong(name: str) -> Never:
    raise Senseless(name, Text("写法不对", "is not written as it should be"))
