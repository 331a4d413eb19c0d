"""What an unknown fact could be: the values that the questions asked of it can tell apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from zhishu.formula.evaluate import Value
from zhishu.pack.system import Column, Parameter
from zhishu.units import parse_unit

OTHER = "〈其他〉"
"""A word that no rule, table or list names."""


FIRST = Fraction(date(1900, 1, 1).toordinal())
"""Days before this are not thought of as an unknown day."""


@dataclass(frozen=True, slots=True)
class Domain:
    """The values a fact may have: truths, a closed or an open set of words, numbers or days between two ends."""

    kind: Literal["truth", "word", "number", "date"]
    words: tuple[str, ...] | None = None
    least: Fraction | None = None
    most: Fraction | None = None
    whole: bool = False

    def real(self, number: Fraction) -> Value:
        """Return a number as a value of the domain: a day where it holds days."""
        return date.fromordinal(int(number)) if self.kind == "date" else number


def domain_of(column: Column) -> Domain:
    """Return the domain of a field, in base units.

    >>> from zhishu.terms import Text
    >>> area = Column("area", Text("面积", "area"), "number", "公顷", least=Fraction(0))
    >>> domain_of(area).least, domain_of(area).most
    (Fraction(0, 1), None)
    """
    match column.type:
        case "truth":
            return Domain("truth")
        case "choice":
            return Domain("word", tuple(column.choices))
        case "date":
            return Domain("date", least=FIRST, most=Fraction(date.max.toordinal()), whole=True)
        case "number" | "year":
            factor = parse_unit(column.unit).factor if column.unit else Fraction(1)
            ends = [None if end is None else end * factor for end in (column.least, column.most)]
            # a whole number of a unit is whole in base units only where the unit is the base unit
            return Domain("number", None, ends[0], ends[1], (column.whole or column.type == "year") and factor == 1)
        case _:
            return Domain("word")


def domain_of_parameter(parameter: Parameter) -> Domain:
    """Return the domain of a parameter that nobody has set."""
    kind = "text" if parameter.type == "text" else parameter.type
    return domain_of(
        Column(
            parameter.id,
            parameter.name,
            kind,
            parameter.unit,
            parameter.choices,
            parameter.least,
            parameter.most,
        )
    )


Values = Mapping[str, Value]
"""The value of every fact and parameter by name."""
