"""The moments of an office that are kept: today's, and those of some past days that were asked for."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from zhishu.coordinate.world import World
from zhishu.office.moment import Moment
from zhishu.office.projection import Projection

DAYS_KEPT = 5
"""Past days kept: entries are never added to one, so its record is read once."""


@dataclass(slots=True)
class Moments:
    """Safe to share between threads; whoever asks for a past day does not keep those waiting who ask for today."""

    present: Moment | None = None
    past: dict[date, Moment] = field(default_factory=dict)
    today_lock: threading.Lock = field(default_factory=threading.Lock)
    past_lock: threading.Lock = field(default_factory=threading.Lock)

    def now(self, today: date, known: Projection, world: Callable[[date, Projection], World]) -> Moment:
        """Return the moment of today; one of a new day takes over every line of the day before that still holds."""
        with self.today_lock:
            held = self.present
            if held is None or held.day != today:
                drawn = held.lasting(today) if held is not None and held.day < today else {}
                held = self.present = Moment(known, world(today, known), today, drawn)
            return held

    def then(
        self, day: date, today: date, read: Callable[[], Projection], world: Callable[[date, Projection], World]
    ) -> Moment:
        """Return the moment of a past day, its record read where it is not kept."""
        with self.past_lock:
            held = self.past.get(day)
            if held is None:
                while len(self.past) >= DAYS_KEPT:
                    self.past.pop(next(iter(self.past)))
                known = read()
                held = self.past[day] = Moment(known, world(day, known), today)
            return held
