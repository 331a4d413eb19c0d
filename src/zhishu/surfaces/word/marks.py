"""References: each gets a number where it is first read; a number of the text leads to its entry."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from zhishu.surfaces.printable import printable
from zhishu.surfaces.word.model import Block, Briefing, Chart, Number, Paragraph, Table, Words, pieces
from zhishu.surfaces.word.ooxml import bookmark, el, jump, leave, run

RAISED = el("vertAlign", val="superscript")


@dataclass(frozen=True, slots=True)
class Marks:
    """The number of every reference, and the relation of its address where a base was given."""

    numbers: Mapping[str, int]
    relations: Mapping[str, str] = field(default_factory=dict)

    def say(self, words: Words) -> str:
        """Return the runs of words: a number opens its entry, the raised mark leads to the list of sources."""
        return "".join(
            self._number(p) + self.mark(p.ref, RAISED) if isinstance(p, Number) else run(p) for p in pieces(words)
        )

    def cell(self, words: Words) -> str:
        """Return the runs of a table's cell: its marks stand in the column of sources."""
        return "".join(self._number(p) if isinstance(p, Number) else run(p) for p in pieces(words))

    def mark(self, ref: str, props: str = "") -> str:
        """Return the mark ``[n]`` of a reference, a link to the list; nothing for none."""
        return jump(_name(self.numbers[ref]), run(f"[{self.numbers[ref]}]", props)) if ref else ""

    def entry(self, ref: str, said: str) -> str:
        """Return the line of the list: its number, the reference (a link with a base), what it means."""
        number = self.numbers[ref]
        shown = run(ref)
        if ref in self.relations:
            shown = leave(self.relations[ref], shown)
        tail = run(f"　{printable(said)}") if said else ""
        return bookmark(number, _name(number), run(f"[{number}] ")) + shown + tail

    def _number(self, number: Number) -> str:
        if not number.ref:
            return run(number.said)
        if number.ref in self.relations:
            return leave(self.relations[number.ref], run(number.said))
        return jump(_name(self.numbers[number.ref]), run(number.said))


def number_refs(briefing: Briefing) -> dict[str, int]:
    """Return the references in the order they are read, numbered from 1."""
    found: dict[str, int] = {}
    for block in briefing.blocks:
        for words in said_by(block):
            for piece in pieces(words):
                if isinstance(piece, Number) and piece.ref:
                    found.setdefault(piece.ref, len(found) + 1)
    return found


def said_by(block: Block) -> tuple[Words, ...]:
    """Return the words of a block that may carry references."""
    match block:
        case Paragraph(words):
            return (words,)
        case Table():
            return tuple(cell for row in block.rows for cell in row)
        case Chart():
            return (block.sentence,)
        case _:
            return ()


def refs_of(row: tuple[Words, ...]) -> tuple[str, ...]:
    """Return the references of a table's row."""
    return tuple(p.ref for cell in row for p in pieces(cell) if isinstance(p, Number) and p.ref)


def address(base: str, ref: str) -> str:
    """Return where a reference opens: the base, then the reference, every special sign of it encoded.

    >>> address("https://zhishu.example/why?ref=", "cell/gdp 2018")
    'https://zhishu.example/why?ref=cell%2Fgdp%202018'
    """
    return base + quote(printable(ref), safe="")


def _name(number: int) -> str:
    return f"source_{number}"
