"""Lists of subjects for pages and exports: what an account may see of a kind, filtered, in a stable order."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from zhishu.office.moment import Line, Moment
from zhishu.office.sight import Sight

URGENCY = ("red", "yellow", "paused", "green", "none", "done")
_FAR = date.max


def urgency(line: Line) -> tuple[int, date, str]:
    """Return what lists are sorted by: the most urgent first, then the deadline."""
    colour = line.standing.colour if line.standing else "none"
    due = line.standing.due if line.standing and line.standing.due else _FAR
    return URGENCY.index(colour), due, line.stream


@dataclass(frozen=True, slots=True)
class Filter:
    """What of a list is asked for; blank takes everything. ``light`` may also be a colour."""

    words: str = ""
    light: str = ""
    unit: str = ""
    domain: str = ""

    def takes(self, line: Line) -> bool:
        """Return whether a line is asked for."""
        if self.unit and self.unit not in line.units:
            return False
        if self.domain and line.scope.domain != self.domain:
            return False
        if self.light and not (line.standing and self.light in (line.standing.light, line.standing.colour)):
            return False
        if self.words:
            sought = self.words.casefold()
            return any(sought in text.casefold() for text in (line.title.zh, line.title.en, line.stream))
        return True


def lines(moment: Moment, kind: str, sight: Sight | None) -> tuple[Line, ...]:
    """Return the subjects of a kind that an account may see, the most urgent first; all of them without one."""
    every = (moment.line(stream) for stream in tuple(moment.known.streams.get(kind, ())))
    found = [line for line in every if sight is None or sight.sees(kind, line.scope)]
    return tuple(sorted(found, key=urgency))


def lights(found: Iterable[Line]) -> Mapping[str, int]:
    """Return how many lines stand under each light."""
    return Counter(line.standing.light for line in found if line.standing)
