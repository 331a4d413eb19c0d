"""A reading: one indicator in one region and period, with all that it rests on."""

from dataclasses import dataclass
from datetime import date

from zhishu.data import Observation
from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown


@dataclass(frozen=True, slots=True)
class Reading:
    """A measured value in base units, or why it is unknown, and the observations it was computed from."""

    indicator: str
    region: str
    period: str
    value: Value
    runs: tuple[str, ...]
    confidence: str
    known_on: date | None
    assumed: int
    inputs: tuple[Observation, ...]

    @property
    def known(self) -> bool:
        """Whether there is a value."""
        return not isinstance(self.value, Unknown)
