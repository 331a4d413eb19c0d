"""The value of a dated parameter on a day: the law as of that day; and the value it proposes, where that is adopted."""

from datetime import date
from fractions import Fraction

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.pack.system import Parameter
from zhishu.terms import Text
from zhishu.units import parse_unit

ADOPTED = Text("提议", "proposal")
"""The word that adopts what is proposed, written where the value of a parameter goes."""


def in_force(parameter: Parameter, on: date) -> Value:
    """Return the value of a parameter on a date, in base units; before its first date it is not set."""
    dated = [value for day, value in parameter.values if day <= on]
    return in_base(parameter, dated[-1]) if dated else not_set(parameter)


def in_base(parameter: Parameter, value: Fraction | str | date | bool) -> Fraction | str | date | bool:
    """Return a declared value in base units."""
    if isinstance(value, Fraction) and parameter.unit is not None:
        return value * parse_unit(parameter.unit).factor
    return value


def not_set(parameter: Parameter) -> Unknown:
    """Return the unknown of a parameter nobody has set, which names it."""
    return Unknown("not_set", parameter.name.zh, parameter.name.en)


def adopts(raw: object) -> bool:
    """Return whether a setting is the word that adopts a proposal.

    >>> adopts("提议"), adopts(" Proposal"), adopts(10)
    (True, True, False)
    """
    return isinstance(raw, str) and raw.strip().lower() in (ADOPTED.zh, ADOPTED.en)


def proposed(parameter: Parameter) -> Fraction | str | date | bool | None:
    """Return the value a parameter proposes, in base units; None where it proposes none."""
    return None if parameter.proposed is None else in_base(parameter, parameter.proposed)
