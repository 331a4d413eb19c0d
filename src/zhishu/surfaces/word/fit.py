"""How a table is made to fit the text block: smaller type first, then a landscape page."""

import itertools
from dataclasses import dataclass

from zhishu.surfaces.printable import ems, printable
from zhishu.surfaces.word.marks import refs_of
from zhishu.surfaces.word.model import Briefing, Table, plain
from zhishu.surfaces.word.page import LANDSCAPE, PORTRAIT, points
from zhishu.surfaces.word.styles import BIAOSONG, FANGSONG, KAI
from zhishu.surfaces.word.wording import SOURCE_COLUMN
from zhishu.terms import Language, Text

PADDING = 3.0
# A cell of text may wrap down to this many ems; a column asks for no more than this many.
NARROWEST, WIDEST = 4.0, 22.0
# Columns up to this width are kept whole as long as another can give way.
_SHORT = 9.0
# In this order: type size in points, landscape, and the width up to which a cell must stand on one line.
_TRIES = (
    (12.0, False, WIDEST),
    (10.5, False, WIDEST),
    (10.5, False, _SHORT),
    (9.0, False, WIDEST),
    (9.0, False, _SHORT),
    (9.0, False, NARROWEST),
    (10.5, True, WIDEST),
    (9.0, True, _SHORT),
    (9.0, True, NARROWEST),
    (7.5, True, NARROWEST),
)


@dataclass(frozen=True, slots=True)
class Fit:
    """How a table is set: type size and column widths in points, and which way the page lies."""

    size: float
    landscape: bool
    widths: tuple[float, ...]


def fit(table: Table, language: Language) -> Fit | None:
    """Return how a table is set, or None where even 7.5 points on a landscape page overflow the block."""
    columns = _columns(table, language)
    asked = [min(max(map(_wide, column)), WIDEST) for column in columns]
    least = [_least(column) for column in columns]
    for size, landscape, kept in _TRIES:
        room = points((LANDSCAPE if landscape else PORTRAIT).block[0])
        # an estimate of letters' widths needs a little air, or a number breaks at the cell's edge
        wide = [w * size * 1.04 + 2 * PADDING for w in asked]
        narrow = [
            (a if a <= kept else max(n, min(a, kept))) * size * 1.04 + 2 * PADDING
            for a, n in zip(asked, least, strict=True)
        ]
        if sum(narrow) <= room:
            slack = sum(wide) - sum(narrow)
            share = min(1.0, (room - sum(narrow)) / slack) if slack else 1.0
            mixed = [n + (w - n) * share for w, n in zip(wide, narrow, strict=True)]
            spread = room / sum(mixed)
            return Fit(size, landscape, tuple(w * spread for w in mixed))
    return None


def has_sources(table: Table) -> bool:
    """Return whether any number of the table carries a reference: then a column of sources is added."""
    return any(refs_of(row) for row in table.rows)


def decisions(briefing: Briefing) -> tuple[Text, ...]:
    """Return what the writer decided beyond the text: each table's setting, and the typefaces it counts on."""
    found = []
    for number, table in enumerate((b for b in briefing.blocks if isinstance(b, Table)), start=1):
        how = fit(table, briefing.language)
        if how is not None:
            way = Text("横排页", "a landscape page") if how.landscape else Text("竖排页", "a portrait page")
            found.append(
                Text(f"表{number}：{how.size:g}磅，{way.zh}", f"Table {number}: {how.size:g} points on {way.en}")
            )
    faces = f"{FANGSONG}、{BIAOSONG}、{KAI}"
    return (
        *found,
        Text(
            f"字体按国家标准写作{faces}、黑体；本机无此字体时以相近字体显示，换行可能不同",
            f"Typefaces are named by the standard ({faces}); a machine without them shows others and may break lines elsewhere",
        ),
    )


def _columns(table: Table, language: Language) -> list[list[str]]:
    """Return what stands in each column, the head first and the marks of sources last."""
    columns = [
        [printable(head), *(printable(plain(row[i])) for row in table.rows)] for i, head in enumerate(table.columns)
    ]
    if has_sources(table):
        several = any(len(set(refs_of(row))) > 1 for row in table.rows)
        columns.append([SOURCE_COLUMN.say(language), "0000–0000" if several else "0000"])
    return columns


def _wide(cell: str) -> float:
    """Return a cell's width with the gap that Word may set between Chinese and Latin letters."""
    turns = sum(1 for a, b in itertools.pairwise(cell) if a.isascii() != b.isascii() and " " not in (a, b))
    return ems(cell) + 0.25 * turns


def _least(column: list[str]) -> float:
    """Return the width a column needs when its cells wrap: the longest piece that must not be torn."""
    most = 0.0
    for cell in column:
        word = ""
        for sign in f"{cell} ":
            if sign.isascii() and sign != " ":
                word += sign
            else:
                most, word = max(most, min(ems(word), 16.0)), ""
        most = max(most, min(ems(cell), NARROWEST))
    return most
