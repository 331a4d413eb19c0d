"""A moment of the office: what was recorded by the end of a day, and the world of that day."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from zhishu.coordinate.standing import Standing
from zhishu.coordinate.units import Unit
from zhishu.coordinate.world import World
from zhishu.office.projection import Projection
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Moment:
    """The record as of a day; ``today`` is the real day, and only on it can anybody act."""

    known: Projection
    world: World
    today: date

    @property
    def day(self) -> date:
        """The day asked."""
        return self.world.today

    @property
    def present(self) -> bool:
        """Whether acts can be recorded: the day asked is today."""
        return self.day == self.today

    def state(self, stream: str) -> Any:
        """Return the state of a subject, None where nothing was recorded of it."""
        return self.known.states.get(stream)

    def standing(self, stream: str) -> Standing | None:
        """Return how a subject stands, None for one without a clock or that is not there."""
        state = self.state(stream)
        kind = self.known.kinds.get(stream.partition("/")[0])
        return None if state is None or kind is None else kind.standing(state, self.world)

    def unit_name(self, id: str) -> Text:
        """Return the name of a unit, its id where it has none."""
        found = self.state(f"unit/{id}")
        return found.name if isinstance(found, Unit) else Text(id, id)
