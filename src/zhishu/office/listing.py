"""Lists of subjects for pages and exports: what an account may see of a kind, filtered, in a stable order."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from zhishu.coordinate.standing import Standing
from zhishu.office.moment import Moment
from zhishu.office.sight import Sight
from zhishu.terms import Text

URGENCY = ("red", "yellow", "paused", "green", "none", "done")
_FAR = date.max


@dataclass(frozen=True, slots=True)
class Line:
    """One subject of a list; ``units`` are all it concerns."""

    stream: str
    title: Text
    units: frozenset[str]
    domain: str
    standing: Standing | None
    last: date

    def order(self) -> tuple[int, date, str]:
        """Return what lists are sorted by: the most urgent first, then the deadline."""
        colour = self.standing.colour if self.standing else "none"
        due = self.standing.due if self.standing and self.standing.due else _FAR
        return URGENCY.index(colour), due, self.stream


@dataclass(frozen=True, slots=True)
class Filter:
    """What of a list is asked for; blank takes everything. ``light`` may also be a colour."""

    words: str = ""
    light: str = ""
    unit: str = ""
    domain: str = ""

    def takes(self, line: Line, language_zh: bool = True) -> bool:
        """Return whether a line is asked for."""
        if self.unit and self.unit not in line.units:
            return False
        if self.domain and line.domain != self.domain:
            return False
        if self.light and not (line.standing and self.light in (line.standing.light, line.standing.colour)):
            return False
        if self.words:
            sought = self.words.casefold()
            return any(sought in text.casefold() for text in (line.title.zh, line.title.en, line.stream))
        return True


def lines(moment: Moment, kind: str, sight: Sight | None) -> tuple[Line, ...]:
    """Return the subjects of a kind that an account may see, the most urgent first; all of them without one."""
    declared = moment.known.kinds[kind]
    found = []
    for stream in moment.known.streams.get(kind, ()):
        state = moment.known.states[stream]
        scope = declared.scope(state)
        if sight is not None and not sight.sees(kind, scope):
            continue
        found.append(
            Line(
                stream,
                declared.title(state),
                scope.units,
                scope.domain,
                declared.standing(state, moment.world),
                moment.known.last[stream],
            )
        )
    return tuple(sorted(found, key=Line.order))


def lights(found: Iterable[Line]) -> Mapping[str, int]:
    """Return how many lines stand under each light."""
    return Counter(line.standing.light for line in found if line.standing)
