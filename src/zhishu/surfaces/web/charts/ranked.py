"""Units in the order of their ranks: a dot for the score, a line for its interval, a rule between tiers."""

from dataclasses import dataclass

from zhishu.surfaces.web.charts.axes import tick_label, tick_step
from zhishu.surfaces.web.charts.ink import BRAND, INK, INK2, INK3, LINE, LINE2, SURFACE, TICK
from zhishu.surfaces.web.charts.model import MAIN, PHONE, WIDE, Size
from zhishu.surfaces.web.charts.scale import Scale, text_width, ticks
from zhishu.surfaces.web.charts.svg import clean, frame, line, shown, tag, text
from zhishu.terms import Language, Text

ROW = 22.0
HEAD = 26.0
FOOT = 30.0


@dataclass(frozen=True, slots=True)
class RankedUnit:
    """A unit with its score, the interval of it, its rank, its ranks in words and its tier."""

    name: str
    rank: int
    score: float
    low: float
    high: float
    ranks: str
    tier: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """Units, the best first."""

    title: Text
    summary: Text
    units: tuple[RankedUnit, ...]


def ranked_size(place: str, units: int, letters: float = 1.0) -> Size:
    """Return the size of a ranking of so many units on a wide page, a phone (``narrow``) or ``paper``."""
    width = {"wide": WIDE, "narrow": PHONE, "paper": MAIN}[place].width
    return Size(width, (HEAD + FOOT + ROW * units) * letters, letters)


def ranked_chart(ranked: Ranked, lang: Language, size: Size) -> str:
    """Return the drawing; names are cut where they would take more than a third of the width."""
    k, letter = size.text, (TICK + 1) * size.text
    units = ranked.units
    side = min(size.width * 0.34, max((text_width(u.name, letter) for u in units), default=0) + letter * 3.4)
    ranks = max([text_width(u.ranks, letter) for u in units] + [letter * 4]) + 10
    values = [v for u in units for v in (u.low, u.high, u.score)]
    marks = ticks(min(values), max(values), 4 if size.narrow else 8)
    x = Scale(marks[0], marks[-1], side + 8, size.width - ranks - 8)
    top, bottom = HEAD * k, size.height - FOOT * k
    step = tick_step(marks)
    parts = []
    for value in marks:
        at = x.at(value)
        parts.append(line(at, top, at, bottom, LINE))
        parts.append(
            text(at, bottom + letter * 1.4, tick_label(value, step), size=TICK * k, fill=INK2, anchor="middle")
        )
    head = "名次区间" if lang == "zh" else "ranks"
    parts.append(text(size.width - 2, top - 9 * k, head, size=TICK * k, fill=INK3, anchor="end"))
    for n, unit in enumerate(units):
        y = top + (n + 0.5) * ROW * k
        if n and unit.tier != units[n - 1].tier:
            parts.append(line(0, y - ROW * k / 2, size.width, y - ROW * k / 2, LINE2, 1, "3 3", role="tier"))
        parts += _row(unit, x, y, side, letter, size)
    return frame(size, ranked.title.say(lang), ranked.summary.say(lang), "".join(parts), "ranked")


def _row(unit: RankedUnit, x: Scale, y: float, side: float, letter: float, size: Size) -> list[str]:
    base = y + letter * 0.36
    told = clean(f"{unit.rank} {unit.name} {shown(unit.score, 2)} ({shown(unit.low, 2)}–{shown(unit.high, 2)})")
    room = side - letter * 2.4
    low, high = x.at(unit.low), x.at(unit.high)
    return [
        text(letter * 1.6, base, str(unit.rank), size=letter, fill=INK3, anchor="end"),
        text(letter * 2.2, base, cut(unit.name, letter, room), size=letter, fill=INK),
        line(low, y, high, y, BRAND, 2.4, role="interval"),
        line(low, y - 4, low, y + 4, BRAND, 1.4),
        line(high, y - 4, high, y + 4, BRAND, 1.4),
        tag(
            "circle", tag("title", told), cx=x.at(unit.score), cy=y, r=4.6, fill=BRAND, stroke=SURFACE, stroke_width=1.4
        ),
        text(size.width - 2, base, unit.ranks, size=letter, fill=INK2, anchor="end"),
    ]


def cut(words: str, letter: float, room: float) -> str:
    """Return words that fit a width, cut at the end with an ellipsis.

    >>> cut("示例甲", 10, 100), cut("很长的名称很长的名称", 10, 50)
    ('示例甲', '很长的名…')
    """
    if text_width(words, letter) <= room:
        return words
    while words and text_width(words + "…", letter) > room:
        words = words[:-1]
    return words + "…"
