"""Bars from nought, one to a row, the longest first; bars of headings are hollow."""

from dataclasses import dataclass

from zhishu.surfaces.web.charts.ink import BRAND, CLASSES, INK, LINE2, SURFACE, TICK
from zhishu.surfaces.web.charts.model import MAIN, PHONE, WIDE, Size
from zhishu.surfaces.web.charts.ranked import cut
from zhishu.surfaces.web.charts.scale import Scale, text_width
from zhishu.surfaces.web.charts.svg import clean, frame, line, shown, tag, text
from zhishu.terms import Language, Text

ROW = 22.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A name and its value; ``hollow`` marks another kind of thing, such as a heading."""

    name: str
    value: float
    hollow: bool = False


def bars_size(place: str, bars: int, letters: float = 1.0) -> Size:
    """Return the size for so many bars on a ``wide`` page, a phone (``narrow``) or ``paper``."""
    width = {"wide": WIDE, "narrow": PHONE, "paper": MAIN}[place].width
    return Size(width, (ROW * bars + 8) * letters, letters)


def bars_chart(bars: tuple[Bar, ...], title: Text, lang: Language, size: Size) -> str:
    """Return the drawing; the value stands at the end of its bar."""
    k, letter = size.text, (TICK + 1) * size.text
    side = min(size.width * 0.42, max(text_width(b.name, letter) for b in bars) + 14)
    x = Scale(0, max((b.value for b in bars), default=1) or 1, side, size.width - letter * 4)
    parts = [line(side, 0, side, size.height, LINE2)]
    for n, bar in enumerate(bars):
        y = 4 + n * ROW * k
        base = y + 9 * k + letter * 0.36
        fill, edge = (SURFACE, BRAND) if bar.hollow else (CLASSES[3], CLASSES[3])
        told = tag("title", clean(f"{bar.name} {shown(bar.value, 2)}"))
        parts += [
            text(side - 8, base, cut(bar.name, letter, side - 12), size=letter, fill=INK, anchor="end"),
            tag("rect", told, x=side, y=y + 3 * k, width=max(x.at(bar.value) - side, 1), height=12 * k, fill=fill, stroke=edge, stroke_width=1.2),
            text(x.at(bar.value) + 6, base, shown(bar.value, 2), size=letter, fill=INK),
        ]  # fmt: skip
    return frame(size, title.say(lang), title.say(lang), "".join(parts), "bars")
