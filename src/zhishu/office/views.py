"""Views: the lines of a moment that some readers see, ranked once and then kept up with what is recorded."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from zhishu.office.line import Line
from zhishu.office.ranking import Ranking

MOST = 200
"""Views kept of a moment; the one not asked for longest goes first."""


@dataclass(frozen=True, slots=True)
class _View:
    """A ranking, how much of the log it has seen, and the state of the units it rests on."""

    ranking: Ranking
    seen: int
    units: int


@dataclass(slots=True)
class Views:
    """The views of one moment. ``log`` says which line gave way to which, in order; safe to share between threads."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    log: list[tuple[Line | None, Line]] = field(default_factory=list)
    touched: int = 0
    kept: OrderedDict[Hashable, _View] = field(default_factory=OrderedDict)

    def get(self, name: Hashable, units: int, make: Callable[[], Ranking], takes: Callable[[Line], bool]) -> Ranking:
        """Return a view: all that ``make`` gives, every line of it taken. It is made anew where the units changed since.

        ``takes`` must refuse every line that ``make`` would leave out; what it says may rest on the line, on its
        subject, and on the units.
        """
        held = self.kept.get(name)
        if held is None or held.units != units:
            ranking = make()
        elif held.seen < len(self.log):
            moves = [(before, after if takes(after) else None) for before, after in self.log[held.seen :]]
            ranking = held.ranking.changed(moves)
        else:
            ranking = held.ranking
        self.kept[name] = _View(ranking, len(self.log), units)
        self.kept.move_to_end(name)
        if len(self.kept) > MOST:
            self.kept.popitem(last=False)
        return ranking
