"""A citation: the sentence of the strategy a declaration rests on."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cite:
    """Article.sentence, an anchor phrase of it, and the file and line where the citation is written."""

    at: str
    quote: str
    where: str = field(default="", compare=False)
