"""A moment of the office: what was recorded by the end of a day, and the world of that day."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from zhishu.coordinate.act import Act
from zhishu.coordinate.deciding import Barred
from zhishu.coordinate.rights import Scope
from zhishu.coordinate.standing import Standing
from zhishu.coordinate.units import Unit
from zhishu.coordinate.world import World
from zhishu.office.line import Line, rank, words
from zhishu.office.projection import Projection
from zhishu.office.ranking import Ranking, ranked
from zhishu.office.views import Views
from zhishu.terms import Text


class Drawn(NamedTuple):
    """A line with the version it was drawn of, the last day on which it holds if nothing is recorded until then, and
    how much its units had changed."""

    version: int
    line: Line
    until: date
    stirred: int = 0


@dataclass(frozen=True, slots=True)
class Moment:
    """The record as of a day; ``today`` is the real day, and only on it can anybody act.

    ``drawn`` keeps the lines worked out so far, ``called`` the acts that wait: a version of a subject never
    changes, and the day is fixed.
    """

    known: Projection
    world: World
    today: date
    drawn: dict[str, Drawn] = field(default_factory=dict)
    views: Views = field(default_factory=Views)
    called: dict[str, tuple[tuple[int, int], tuple[Act, ...]]] = field(default_factory=dict)
    same: dict[Act, Act] = field(default_factory=dict)
    places: dict[Scope, Scope] = field(default_factory=dict)

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
        held = self.drawn.get(stream)
        if held is not None and (held.version, held.stirred) == self._seen(stream):
            return held.line
        with self.views.lock:
            return self._drawn_anew(stream)

    def deciders(self, stream: str) -> Mapping[str, Barred]:
        """Return the rulings that wait on a subject, and who may not give them."""
        if stream not in self.known.deciding:
            return {}
        return self.known.kinds[stream.partition("/")[0]].deciders(self.known.states[stream])

    def waiting(self, stream: str, unit: str, account: str = "") -> tuple[Act, ...]:
        """Return the acts that stand open on a subject and wait for a unit, in the order of its kind.

        A ruling waits for every unit that is not barred from it; of whoever may not give it as a person, only
        ``account`` is left out.
        """
        line = self.line(stream)
        kind, state = self.known.kinds[stream.partition("/")[0]], self.known.states[stream]
        rulings = self.deciders(stream)
        # whom a ruling goes up to may change with a unit far above: it is asked again
        waits = kind.actors(state, self.world) if rulings else line.waits
        held = self.called.get(stream)
        seen = self._seen(stream)
        if held is None or held[0] != seen:
            acts = kind.acts(state, self.world)
            # one form stands on thousands of subjects: it is kept once
            held = (seen, tuple(self.same.setdefault(a, a) for a in acts if a.id in waits or a.id in rulings))
            self.called[stream] = held
        found = []
        for act in held[1]:
            named, bar = waits.get(act.id, frozenset()), rulings.get(act.id)
            if unit in named if bar is None else bar.lets(unit, account, named):
                found.append(act)
        return tuple(found)

    def of_kind(self, kind: str) -> Ranking:
        """Return every subject of a kind, ranked."""

        def make() -> Ranking:
            return ranked(map(self.line, tuple(self.known.streams.get(kind, ()))))

        return self.ranking(("kind", kind), make, lambda line: line.stream.startswith(f"{kind}/"))

    def of_unit(self, name: Hashable, unit: str, takes: Callable[[Line], bool]) -> Ranking:
        """Return what is taken of the subjects that concern a unit, ranked; ``name`` tells views apart."""

        def mine(line: Line) -> bool:
            return unit in line.scope.units and takes(line)

        def make() -> Ranking:
            return ranked(filter(mine, map(self.line, tuple(self.known.concerning.get(unit, ())))))

        return self.ranking(name, make, mine)

    def ranking(self, name: Hashable, make: Callable[[], Ranking], takes: Callable[[Line], bool]) -> Ranking:
        """Return a reader's view as ``make`` gives it, kept up with the record; ``name`` tells views apart.

        ``takes`` must refuse every line that ``make`` would leave out; what it says may rest on the line, on its
        subject, and on the units.
        """
        views = self.views
        with views.lock:
            new = len(self.known.touched)
            for stream in dict.fromkeys(self.known.touched[views.touched : new]) if views.kept else ():
                self.line(stream)
            views.touched = new
            return views.get(name, self.known.changed["unit"], make, takes)

    def _seen(self, stream: str) -> tuple[int, int]:
        """Return what a line holds for: the version of its subject, and how often its units changed."""
        return self.known.versions[stream], self.known.stirred.get(stream, 0)

    def _drawn_anew(self, stream: str) -> Line:
        held = self.drawn.get(stream)
        version, stirred = self._seen(stream)
        kind, state = self.known.kinds[stream.partition("/")[0]], self.known.states[stream]
        standing = kind.standing(state, self.world)
        title, scope = kind.called(state, self.world), kind.scope(state)
        others = kind.sought(state, self.world)
        named = [n for other in others for n in (other.zh, other.en)] if others else ()
        line = Line(
            stream,
            title,
            self.places.setdefault(scope, scope),
            standing,
            self.known.last[stream],
            kind.actors(state, self.world),
            rank(stream, standing),
            words(title.zh, title.en, *named, stream),
        )
        self.views.log.append((held.line if held else None, line))
        self.drawn[stream] = Drawn(version, line, kind.holds(state, standing, self.world), stirred)
        return line

    def lasting(self, day: date) -> dict[str, Drawn]:
        """Return the lines that still hold on a later day, for its moment to begin with."""
        return {stream: held for stream, held in self.drawn.copy().items() if held.until >= day}

    def title(self, stream: str) -> Text:
        """Return what a subject is called, also one on which nothing is recorded yet."""
        name, _, id = stream.partition("/")
        kind = self.known.kinds.get(name)
        return Text(stream, stream) if kind is None else kind.called(self.state(stream) or kind.start(id), self.world)

    def unit_name(self, id: str) -> Text:
        """Return the name of a unit, its id where it has none."""
        found = self.state(f"unit/{id}")
        return found.name if isinstance(found, Unit) else Text(id, id)
