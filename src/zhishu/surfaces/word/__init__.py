"""Briefings as Word files in the layout of GB/T 9704-2012: a pure model, and one writer."""

from zhishu.surfaces.word.fit import decisions
from zhishu.surfaces.word.model import (
    Block,
    Briefing,
    Chart,
    Checkpoint,
    Heading,
    Imprint,
    Number,
    Paragraph,
    Source,
    Table,
    Words,
)
from zhishu.surfaces.word.write import write

__all__ = [
    "Block",
    "Briefing",
    "Chart",
    "Checkpoint",
    "Heading",
    "Imprint",
    "Number",
    "Paragraph",
    "Source",
    "Table",
    "Words",
    "decisions",
    "write",
]
