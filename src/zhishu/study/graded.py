"""Levels that were worked out, kept beside a study: every example of a system is run for one, and no figure changes it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Level:
    """The level of one system and what keeps it from the next."""

    level: int
    lacks: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Graded:
    """What is known of the levels of systems. Safe to share between threads and studies: a level is kept with all
    it rests on, and worked out again where any of that differs."""

    held: dict[str, tuple[object, Level]] = field(default_factory=dict)

    def level(self, name: str, rests_on: object, make: Callable[[], Level]) -> Level:
        """Return the level of a system, worked out by ``make`` where it is not known for what it rests on.

        >>> graded, made = Graded(), []
        >>> def make() -> Level: made.append(1); return Level(3, ())
        >>> [graded.level("a", text, make).level for text in ("one", "one", "two")], len(made)
        ([3, 3, 3], 2)
        """
        known = self.held.get(name)
        if known is None or known[0] != rests_on:
            known = (rests_on, make())
            self.held[name] = known
        return known[1]
