"""Acts: what can be done to a subject, with the form that asks for what the act must bring."""

from dataclasses import dataclass
from typing import Literal

from zhishu.terms import Text

FieldType = Literal["text", "long", "date", "whole", "choice", "unit", "units", "account", "region", "files", "made"]


@dataclass(frozen=True, slots=True)
class Field:
    """One question of an act's form. ``choices`` are for ``choice``; ``hint`` stands under the name.

    A field of type ``made`` is no question: the program fills it in, with the SHA-256 of what it made or with words.
    """

    id: str
    name: Text
    type: FieldType = "text"
    required: bool = False
    choices: tuple[tuple[str, Text], ...] = ()
    hint: Text | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """An act: the right an account needs for it, and its form.

    ``adverse`` marks an act that burdens somebody: pages say basis, decider, notice, objection, expiry and
    repair before its button. ``judges`` marks one that rules on what somebody else brought or asked for.
    """

    id: str
    name: Text
    right: str
    fields: tuple[Field, ...] = ()
    adverse: bool = False
    judges: bool = False

    @property
    def made(self) -> bool:
        """Whether the program must make something for it, so that no plain form can do it."""
        return any(f.type == "made" for f in self.fields)
