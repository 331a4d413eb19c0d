"""A subject in a row: what a list says of it beside its light, worked out from the state when the row is shown."""

from dataclasses import dataclass

from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Node:
    """Where a subject stands in its workflow: nodes passed, of how many, and the name of the one it is at."""

    passed: int
    of: int
    name: Text


@dataclass(frozen=True, slots=True)
class Brief:
    """What a row says of a subject.

    ``at`` is the sentence it rests on, ``lead`` the unit that owes it and ``others`` how many owe it too;
    ``node`` is none without a workflow. ``files`` counts the pieces of evidence. ``order`` is the level of the
    order on it, ``signed`` whether that order is in force and no mere proposal. ``reminders`` are those recorded
    on the day, by their rule.
    """

    at: str = ""
    lead: str = ""
    others: int = 0
    node: Node | None = None
    files: int = 0
    order: str = ""
    signed: bool = False
    reminders: tuple[Text, ...] = ()
