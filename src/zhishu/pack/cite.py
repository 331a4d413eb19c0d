"""A citation: the sentence of the strategy a declaration rests on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cite:
    """Article.sentence and an anchor phrase of it."""

    at: str
    quote: str
