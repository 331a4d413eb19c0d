"""The plainest scope: values by name and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from zhishu.formula.evaluate import Value
from zhishu.formula.tree import Node
from zhishu.logic import Unknown
from zhishu.units import parse_unit


@dataclass(frozen=True, slots=True)
class Plain:
    """A scope over one mapping; a name that is not in it is unknown."""

    values: Mapping[str, Value]

    def value(self, name: str) -> Value:
        """Return the value of a name."""
        return self.values.get(name, Unknown("missing", name))

    def of(self, base: str, field: str) -> Value:
        """Return ``base.field`` when it was given under that dotted name."""
        return self.values.get(f"{base}.{field}", Unknown("not_found", f"{base}.{field}"))

    def rows(self, table: str, function: str, args: tuple[Node, ...]) -> Value:
        """Return unknown: a plain scope has no tables."""
        return Unknown("empty", table)

    def call(self, function: str, args: tuple[Node, ...]) -> Value:
        """Return unknown: a plain scope has no rows before this one."""
        return Unknown("domain", function)

    def unit_factor(self, unit: str) -> Fraction:
        """Return the factor to base units."""
        return parse_unit(unit).factor
