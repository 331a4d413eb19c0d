"""A moment of the office: what was recorded by the end of a day, and the world of that day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhishu.coordinate.rights import Scope
from zhishu.coordinate.standing import Standing
from zhishu.coordinate.units import Unit
from zhishu.coordinate.world import World
from zhishu.office.projection import Projection
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Line:
    """One subject in short: what lists and desks show of it. ``waits`` names, by open act, the units it waits for."""

    stream: str
    title: Text
    scope: Scope
    standing: Standing | None
    last: date
    waits: Mapping[str, frozenset[str]]

    @property
    def units(self) -> frozenset[str]:
        """Return the units it concerns."""
        return self.scope.units


@dataclass(frozen=True, slots=True)
class Moment:
    """The record as of a day; ``today`` is the real day, and only on it can anybody act.

    ``drawn`` keeps the lines worked out so far: a version of a subject never changes, and the day is fixed.
    """

    known: Projection
    world: World
    today: date
    drawn: dict[str, tuple[int, Line]] = field(default_factory=dict)

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

    def line(self, stream: str) -> Line:
        """Return a subject in short; worked out once for each version of it on a day."""
        version = self.known.versions[stream]
        held = self.drawn.get(stream)
        if held is not None and held[0] == version:
            return held[1]
        kind, state = self.known.kinds[stream.partition("/")[0]], self.known.states[stream]
        line = Line(
            stream,
            kind.title(state),
            kind.scope(state),
            kind.standing(state, self.world),
            self.known.last[stream],
            kind.actors(state, self.world),
        )
        self.drawn[stream] = (version, line)
        return line

    def unit_name(self, id: str) -> Text:
        """Return the name of a unit, its id where it has none."""
        found = self.state(f"unit/{id}")
        return found.name if isinstance(found, Unit) else Text(id, id)
