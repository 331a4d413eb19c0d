"""Where the names of rows stand: left of the bars, or above each on a phone, where half a name says nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhishu.surfaces.web.charts.ink import INK, TICK
from zhishu.surfaces.web.charts.model import MAIN, PHONE, WIDE, Size
from zhishu.surfaces.web.charts.ranked import cut
from zhishu.surfaces.web.charts.scale import text_width
from zhishu.surfaces.web.charts.svg import text

ROW = 24.0
OVER = 17.0
"""What a name above its bar takes."""


@dataclass(frozen=True, slots=True)
class Names:
    """The place of names: ``side`` is where bars begin, ``row`` how far rows stand apart, ``over`` what is above a bar,
    ``room`` how long a name may be."""

    side: float
    row: float
    over: float
    letter: float
    room: float

    def name(self, words: str, top: float, bold: bool = False) -> str:
        """Return the name of the row that begins at ``top``."""
        if self.over:
            return text(
                self.side, top + self.letter, cut(words, self.letter, self.room), size=self.letter, fill=INK, bold=bold
            )
        base = top + self.row / 2 + self.letter * 0.36
        return text(self.side - 8, base, cut(words, self.letter, self.room), size=self.letter, fill=INK, anchor="end", bold=bold)  # fmt: skip


def names_of(words: Sequence[str], size: Size) -> Names:
    """Return where names stand in a drawing of a size."""
    letter = (TICK + 1) * size.text
    if size.narrow:
        return Names(14, (ROW + OVER) * size.text, OVER * size.text, letter, size.width - 16)
    side = min(size.width * 0.42, max((text_width(w, letter) for w in words), default=0) + 14)
    return Names(side, ROW * size.text, 0, letter, side - 10)


def rows_size(place: str, rows: int, more: float, letters: float) -> Size:
    """Return the size of a drawing of rows on a ``wide`` page, a phone (``narrow``) or ``paper``; ``more`` is the rest of
    its height."""
    width = {"wide": WIDE, "narrow": PHONE, "paper": MAIN}[place].width
    row = ROW + OVER if Size(width, 1, letters).narrow else ROW
    return Size(width, (row * rows + more) * letters, letters)
