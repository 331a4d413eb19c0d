"""How a subject stands on a day: derived from its facts and the clock whenever it is asked, never stored."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from zhishu.terms import Text

CANCELLED = "cancelled"
"""The light of what was taken back while it was a draft."""
Colour = Literal["green", "yellow", "red", "done", "paused", "none"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A light with its word and its reason; ``due`` is the deadline in force, ``units`` who owes the next answer.

    ``light`` is the code that filters use; ``none`` is a colour for what has no clock.
    """

    light: str
    colour: Colour
    words: Text
    reason: Text
    due: date | None = None
    units: tuple[str, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether nothing more is owed."""
        return self.colour == "done" or self.light == CANCELLED
