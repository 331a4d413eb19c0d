"""The head of the first page: restriction, red mark of the organ, number, red rule, title, addressees."""

from zhishu.surfaces.printable import ems
from zhishu.surfaces.word.model import Briefing
from zhishu.surfaces.word.ooxml import before, broken, el, paragraph, run
from zhishu.surfaces.word.page import (
    LINE,
    MARK_BELOW_TOP,
    PORTRAIT,
    RED,
    RULE_BELOW_NUMBER,
    TITLE,
    points,
    twips,
)
from zhishu.surfaces.word.wording import COLON, LIST_SIGN, NO_NUMBER, STAMPS, lines

_LARGEST, _SMALLEST = 50.0, 24.0
# Bold Latin letters are wider than the estimate for text.
_HEAVIER = 1.15
# Ink begins below the top of the line by this share of the size: little for characters, more for capitals.
_INK, _INK_CAPITALS = 0.035, 0.215
# A square of type reaches 0.12 of its size below the baseline, which lies at four fifths of an exact line.
_BELOW = LINE * 0.2 - 16 * 0.12


def head(briefing: Briefing) -> str:
    """Return the paragraphs from the top of the block to the addressees."""
    words = briefing.language
    made = paragraph(run(briefing.embargo), "Restriction") if briefing.embargo else ""
    made += _organ(briefing, LINE if briefing.embargo else 0.0)
    number = briefing.number if briefing.number is not None else NO_NUMBER.say(words)
    gap = round(points(RULE_BELOW_NUMBER) - _BELOW)
    rule = el("pBdr", el("bottom", val="single", sz=12, space=gap, color=RED))
    made += paragraph(run(number), "DocumentNumber", rule + before(2 * LINE))
    room = points(PORTRAIT.block[0]) / TITLE / (_HEAVIER if words == "en" else 1.0) - 1
    made += paragraph(broken(lines(briefing.title, room)), "Title", before(2 * LINE))
    if briefing.stamp == "draft":
        said = STAMPS["draft"].say(words)
        made += paragraph(run(f"（{said}）" if words == "zh" else f"({said})"), "DocumentNumber")
    if briefing.addressees:
        said = LIST_SIGN.say(words).join(briefing.addressees) + COLON.say(words)
        made += paragraph(run(said), "Flush", before(LINE))
    return made


def _organ(briefing: Briefing, used: float) -> str:
    """Return the red mark: as large as the block allows, its upper edge 35 mm below the block's top."""
    size, said = _mark(briefing.organ)
    line = size * 1.1
    ink = _INK_CAPITALS if briefing.organ.isascii() else _INK
    space = el(
        "spacing",
        before=twips(points(MARK_BELOW_TOP) - used - size * ink),
        line=twips(line),
        lineRule="exact",
    )
    letters = el("sz", val=round(size * 2)) + el("szCs", val=round(size * 2))
    runs = "<w:r><w:br/></w:r>".join(run(part, letters) for part in said)
    return paragraph(runs, "Organ", space)


def _mark(organ: str) -> tuple[float, tuple[str, ...]]:
    """Return the size of the mark in points and its lines: one line if it stays large, else two or three."""
    wide = points(PORTRAIT.block[0])
    heavier = _HEAVIER if organ.isascii() else 1.0
    for count in (1, 2, 3):
        said = lines(organ, max(1.0, ems(organ) / count + (2 if count > 1 else 0)))
        size = min(_LARGEST, int(wide / heavier / max(1.0, *map(ems, said), 1.0) * 2) / 2)
        if size >= (30.0 if count == 1 else _SMALLEST):
            return size, said
    return _SMALLEST, lines(organ, wide / _SMALLEST / heavier)
