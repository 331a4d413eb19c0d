"""Delivery confidence: independent judgements of people, shown side by side with their spread, apart from the light."""

from dataclasses import dataclass

from zhishu.coordinate.task.choices import CONFIDENCE
from zhishu.coordinate.tasks import Item, Judgement

COLOURS = tuple(id for id, _ in CONFIDENCE)
"""From the most to the least confident, as the UK's major projects were rated until 2021."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The judgements of a month, how many, the best and the worst of them, and how many colours lie between."""

    month: str
    judgements: tuple[Judgement, ...]
    best: str | None
    worst: str | None

    @property
    def width(self) -> int:
        """How many steps of colour lie between the best and the worst judgement."""
        if self.best is None or self.worst is None:
            return 0
        return COLOURS.index(self.worst) - COLOURS.index(self.best)


def spread(item: Item, month: str) -> Spread:
    """Return the judgements of a month (``2019-03``): none is averaged away."""
    found = tuple(j for j in item.judgements if f"{j.said.on:%Y-%m}" == month)
    order = sorted((j.colour for j in found), key=COLOURS.index)
    return Spread(month, found, order[0] if order else None, order[-1] if order else None)


def judged(item: Item, by: str, month: str) -> bool:
    """Return whether an account judged in a month."""
    return any(j.said.by == by for j in spread(item, month).judgements)
