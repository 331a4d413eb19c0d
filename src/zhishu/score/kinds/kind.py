"""A kind of score as a scheme names it: what it reads of a unit, its parameters, and the points of a class."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from zhishu.formula.evaluate import Value
from zhishu.score.kinds.sense import Senseless
from zhishu.terms import Text

Row = Sequence[Value]
Units = Mapping[str, Row]
Parameters = TypeVar("Parameters")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: its name, what a row of it holds, the class of its parameters, who calls for it, and how it scores.

    ``reads`` names the values of a row in order; a kind that reads ``many`` takes any number of the last.
    """

    name: str
    title: Text
    reads: tuple[str, ...]
    parameters: type
    caller: Text
    run: Callable[[Units, object], dict[str, Value]]
    many: bool = False

    def score(self, units: Units, how: object) -> dict[str, Value]:
        """Return unit → points of one class, in the order of the units' names.

        ``units`` holds unit → row of the values that ``reads`` names; ``how`` is one of ``parameters``. Raises Senseless
        for parameters of another kind, or for a row with values too many or too few.
        """
        for unit, row in units.items():
            if not self.many and len(row) != len(self.reads):
                zh, en = f"“{unit}”须有：{'、'.join(self.reads)}", f"{unit} must have {', '.join(self.reads)}"
                raise Senseless(self.name, Text(zh, en))
        return self.run({unit: units[unit] for unit in sorted(units)}, how)


def unit_by_unit(
    one: Callable[[Row, Parameters], Value], parameters: type[Parameters]
) -> Callable[[Units, object], dict[str, Value]]:
    """Return how a class is scored whose units are scored each by itself."""

    def run(units: Units, how: object) -> dict[str, Value]:
        mine = _of(how, parameters)
        return {unit: one(row, mine) for unit, row in units.items()}

    return run


def as_class(
    every: Callable[[Mapping[str, Value], Parameters], dict[str, Value]], parameters: type[Parameters]
) -> Callable[[Units, object], dict[str, Value]]:
    """Return how a class is scored whose units are scored against each other, on one value a unit."""

    def run(units: Units, how: object) -> dict[str, Value]:
        return every({unit: row[0] for unit, row in units.items()}, _of(how, parameters))

    return run


def _of(how: object, parameters: type[Parameters]) -> Parameters:
    if isinstance(how, parameters):
        return how
    name = parameters.__name__
    raise Senseless(name, Text(f"参数须为 {name}", f"the parameters must be a {name}, not a {type(how).__name__}"))
