"""Lists of subjects for pages and exports: what an account may see of a kind, filtered, in a stable order."""

from collections.abc import Sequence
from dataclasses import dataclass

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
        return "\0" not in self.words and all(part in line.words for part in self._parts())

    def of(self, ranking: Ranking) -> Sequence[Line]:
        """Return the lines of a ranking that are asked for, in its order."""
        found = ranking.under(self.light) if self.light else ranking.order
        if self.unit and len(found) != ranking.units.get(self.unit, 0):
            found = [line for line in found if self.unit in line.scope.units]
        if self.domain:
            found = [line for line in found if line.scope.domain == self.domain]
        if "\0" in self.words:
            return []
        for part in self._parts():
            found = [line for line in found if part in line.words]
        return found

    def _parts(self) -> tuple[str, ...]:
        """Return the words looked for, each to be found, in whatever order they stand."""
        return tuple(self.words.casefold().split())


def ranking(moment: Moment, kind: str, sight: Sight, unit: str = "") -> Ranking:
    """Return the subjects of a kind that an account may see, ranked; only those that concern a unit if one is given."""
    seen: dict[int, bool] = {}

    def takes(line: Line) -> bool:
        if not line.stream.startswith(f"{kind}/"):
            return False
        # lines that lie alike share one scope
        place = id(line.scope)
        if place not in seen:
            seen[place] = sight.sees(kind, line.scope)
        return seen[place]

    name = ("list", kind, sight.reach, unit)
    if unit:
        return moment.of_unit(name, unit, takes)
    return moment.ranking(name, lambda: moment.of_kind(kind).part(takes), takes)


def found(moment: Moment, kind: str, sight: Sight, asked: Filter) -> Sequence[Line]:
    """Return the subjects of a kind that an account may see and asks for, the most urgent first."""
    # a unit that nothing concerns is no view worth keeping
    unit = asked.unit if asked.unit in moment.known.concerning else ""
    return asked.of(ranking(moment, kind, sight, unit))
