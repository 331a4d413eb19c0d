"""A unit of the office as it stands: what other subjects may know of it."""

from dataclasses import dataclass
from datetime import date

from zhishu.terms import Text

_NAMELESS = Text("", "")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: name, region, domain (``*``: every one), the unit above it, and the days it exists (both included)."""

    id: str
    name: Text = _NAMELESS
    region: str = ""
    domain: str = "*"
    above: str = ""
    since: date | None = None
    until: date | None = None

    def exists(self, on: date) -> bool:
        """Return whether the unit exists on a day."""
        return self.since is not None and self.since <= on and (self.until is None or on <= self.until)
