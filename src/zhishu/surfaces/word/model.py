"""What a briefing says: one frozen value in one language, before any thought of paper."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from zhishu.terms import Language

Stamp = Literal["", "draft", "specimen"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is printed, with the entry or study reference it can be opened at."""

    said: str
    ref: str = ""


Words = str | Number | tuple[str | Number, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4, without its numeral: the writer counts."""

    level: int
    words: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body."""

    words: Words


@dataclass(frozen=True, slots=True)
class Table:
    """A table; a row has as many cells as there are columns. The writer numbers tables and fits them."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing (PNG bytes, or SVG text of our own charts), its caption, and the sentence that says what it shows."""

    picture: bytes | str
    caption: str
    sentence: Words


Block = Heading | Paragraph | Table | Chart


@dataclass(frozen=True, slots=True)
class Imprint:
    """The foot of the last page (版记): who gets copies, who printed it and when."""

    copies: tuple[str, ...]
    printed_by: str
    printed_on: date


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of the ledger the briefing was made from; hashes are shortened to 12 signs in print."""

    seq: int
    hash: str
    signature: str
    verify: str


@dataclass(frozen=True, slots=True)
class Source:
    """What a reference means, in words, for the list of sources."""

    ref: str
    said: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """A document in the layout of GB/T 9704-2012, in one language.

    ``addressees`` are kinds of organs, set apart by commas; organs of one kind stand in one of them.
    ``number`` is None as long as none is assigned, ``signed_on`` as long as it is not signed: the page says so.
    ``title`` and ``organ`` may break their lines with a line feed. ``published`` is the day up to which
    published and recorded figures count; ``embargo`` is printed above the organ as it is given.
    """

    language: Language
    organ: str
    number: str | None
    title: str
    addressees: tuple[str, ...]
    blocks: tuple[Block, ...]
    signed_by: str
    signed_on: date | None
    annexes: tuple[str, ...] = ()
    imprint: Imprint | None = None
    embargo: str = ""
    published: date | None = None
    checkpoint: Checkpoint | None = None
    stamp: Stamp = ""
    sources: tuple[Source, ...] = ()


def pieces(words: Words) -> tuple[str | Number, ...]:
    """Return words as a row of plain strings and numbers.

    >>> pieces("全省")
    ('全省',)
    """
    return words if isinstance(words, tuple) else (words,)


def plain(words: Words) -> str:
    """Return words as they read, without references.

    >>> plain(("增长", Number("8.1", "e12"), "%"))
    '增长8.1%'
    """
    return "".join(p.said if isinstance(p, Number) else p for p in pieces(words))
