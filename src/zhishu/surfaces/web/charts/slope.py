"""Ranks in two orders: a line from each unit on the left to the same on the right; who moves is drawn dark."""

from dataclasses import dataclass

from zhishu.surfaces.web.charts.ink import BRAND, INK, INK2, INK3, LINE2, RUNS, SURFACE, TICK
from zhishu.surfaces.web.charts.model import HALF, MAIN, PHONE, Size
from zhishu.surfaces.web.charts.ranked import cut
from zhishu.surfaces.web.charts.svg import clean, frame, line, tag, text
from zhishu.terms import Language, Text

ROW = 22.0
HEAD = 28.0


@dataclass(frozen=True, slots=True)
class SlopeUnit:
    """A unit with its rank before and after."""

    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Slope:
    """Units by their rank before, and what the two sides are called."""

    title: Text
    summary: Text
    left: Text
    right: Text
    units: tuple[SlopeUnit, ...]


def slope_size(place: str, units: int, letters: float = 1.0) -> Size:
    """Return the size for so many units on a ``wide`` page, a phone (``narrow``) or ``paper``."""
    width = {"wide": HALF, "narrow": PHONE, "paper": MAIN}[place].width
    return Size(width, (HEAD + ROW * units + 6) * letters, letters)


def slope_chart(slope: Slope, lang: Language, size: Size) -> str:
    """Return the drawing; units stand in the order of their ranks on both sides, each in a row of its own."""
    k, letter = size.text, (TICK + 1) * size.text
    side = size.width * 0.34
    after = sorted(slope.units, key=lambda u: (u.after, u.before, u.name))
    row = {u.name: n for n, u in enumerate(after)}
    head = HEAD * k - 12 * k
    parts = [
        text(side - 14, head, slope.left.say(lang), size=TICK * k, fill=INK3, anchor="end"),
        text(size.width - side + 14, head, slope.right.say(lang), size=TICK * k, fill=INK3),
    ]
    # who stays is drawn first, so that no line of those who move is hidden
    order = sorted(enumerate(slope.units), key=lambda pair: pair[1].before != pair[1].after)
    for n, unit in order:
        left, right = (HEAD + (n + 0.5) * ROW) * k, (HEAD + (row[unit.name] + 0.5) * ROW) * k
        colour = LINE2 if unit.before == unit.after else BRAND if unit.after < unit.before else RUNS[0]
        ink = INK2 if unit.before == unit.after else INK
        words = cut(unit.name, letter, side - letter * 3.4)
        told = tag("title", clean(f"{unit.name} {unit.before} → {unit.after}"))
        parts += [
            line(side, left, size.width - side, right, colour, 1.4 if unit.before == unit.after else 2),
            tag("circle", told, cx=side, cy=left, r=3.6, fill=colour, stroke=SURFACE, stroke_width=1),
            tag("circle", told, cx=size.width - side, cy=right, r=3.6, fill=colour, stroke=SURFACE, stroke_width=1),
            text(side - 12, left + letter * 0.36, f"{words} {unit.before}", size=letter, fill=ink, anchor="end"),
            text(size.width - side + 12, right + letter * 0.36, f"{unit.after} {words}", size=letter, fill=ink),
        ]
    return frame(size, slope.title.say(lang), slope.summary.say(lang), "".join(parts), "slope")
