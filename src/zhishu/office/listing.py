"""Lists of subjects for pages and exports: what an account may see of a kind, filtered, in a stable order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhishu.coordinate.rights import Scope
from zhishu.office.line import Line
from zhishu.office.moment import Moment
from zhishu.office.ranking import Ranking
from zhishu.office.sight import Sight


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
        return not self.words or self._says(line)

    def of(self, ranking: Ranking) -> Sequence[Line]:
        """Return the lines of a ranking that are asked for, in its order."""
        found = ranking.under(self.light) if self.light else ranking.order
        if self.unit and len(found) != ranking.units.get(self.unit, 0):
            found = [line for line in found if self.unit in line.scope.units]
        if self.domain:
            found = [line for line in found if line.scope.domain == self.domain]
        return [line for line in found if self._says(line)] if self.words else found

    def _says(self, line: Line) -> bool:
        sought = self.words.casefold()
        return any(sought in text.casefold() for text in (line.title.zh, line.title.en, line.stream))


def ranking(moment: Moment, kind: str, sight: Sight, unit: str = "") -> Ranking:
    """Return the subjects of a kind that an account may see, ranked; only those that concern a unit if one is given."""
    seen: dict[Scope, bool] = {}

    def takes(line: Line) -> bool:
        if not line.stream.startswith(f"{kind}/") or (unit and unit not in line.units):
            return False
        if line.scope not in seen:
            seen[line.scope] = sight.sees(kind, line.scope)
        return seen[line.scope]

    def streams() -> Iterable[str]:
        return moment.known.concerning.get(unit, ()) if unit else moment.known.streams.get(kind, ())

    return moment.ranking(
        ("list", kind, sight.reach, unit), lambda: [s for s in streams() if s.startswith(f"{kind}/")], takes
    )


def found(moment: Moment, kind: str, sight: Sight, asked: Filter) -> Sequence[Line]:
    """Return the subjects of a kind that an account may see and asks for, the most urgent first."""
    # a unit that nothing concerns is no view worth keeping
    unit = asked.unit if asked.unit in moment.known.concerning else ""
    return asked.of(ranking(moment, kind, sight, unit))
