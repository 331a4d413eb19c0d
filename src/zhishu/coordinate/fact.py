"""What the office knows: facts, each one act on one subject, in the order they were recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

# No floats: a quantity is written as text, exactly as it was given.
Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True, slots=True)
class Fact:
    """One act on one subject, as recorded: never changed, only followed by others.

    ``stream`` is the kind of subject and its id (``task/2019-0012``); ``version`` counts the acts on it from 1;
    ``by`` is the account that acted, ``unit`` the unit it acted for; ``at`` the instant in UTC, ``on`` the day
    at the office. ``body`` holds what the act's form asked for, files as their SHA-256.
    """

    stream: str
    version: int
    act: str
    by: str
    unit: str
    at: datetime
    on: date
    body: Mapping[str, Json]

    @property
    def kind(self) -> str:
        """Return the kind of the subject."""
        return self.stream.partition("/")[0]

    @property
    def subject(self) -> str:
        """Return the id of the subject within its kind."""
        return self.stream.partition("/")[2]

    def text(self, field: str) -> str:
        """Return a field as text, blank where it was not given."""
        value = self.body.get(field)
        return "" if value is None else str(value)

    def texts(self, field: str) -> tuple[str, ...]:
        """Return a field that holds several texts."""
        value = self.body.get(field)
        return tuple(str(v) for v in value) if isinstance(value, list) else ()

    def day(self, field: str) -> date | None:
        """Return a field that holds a date, None where it was not given."""
        value = self.text(field)
        return date.fromisoformat(value) if value else None


SYSTEM = "system"
"""The account that proposals of the clock are recorded under: reminders, never decisions."""
