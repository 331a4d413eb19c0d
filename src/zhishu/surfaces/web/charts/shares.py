"""Bars from nought, one to a row, the longest first; bars of headings are hollow."""

from dataclasses import dataclass

from zhishu.surfaces.web.charts.ink import BRAND, CLASSES, INK, LINE2, SURFACE
from zhishu.surfaces.web.charts.model import Size
from zhishu.surfaces.web.charts.names import names_of, rows_size
from zhishu.surfaces.web.charts.scale import Scale
from zhishu.surfaces.web.charts.svg import clean, frame, line, shown, tag, text
from zhishu.terms import Language, Text


@dataclass(frozen=True, slots=True)
class Bar:
    """A name and its value; ``hollow`` marks another kind of thing, such as a heading."""

    name: str
    value: float
    hollow: bool = False


def bars_size(place: str, bars: int, letters: float = 1.0) -> Size:
    """Return the size for so many bars on a ``wide`` page, a phone (``narrow``) or ``paper``."""
    return rows_size(place, bars, 8, letters)


def bars_chart(bars: tuple[Bar, ...], title: Text, lang: Language, size: Size, decimals: int = 2) -> str:
    """Return the drawing; the value stands at the end of its bar."""
    k, names = size.text, names_of([b.name for b in bars], size)
    side = names.side
    x = Scale(0, max((b.value for b in bars), default=1) or 1, side, size.width - names.letter * 4)
    parts = [line(side, 0, side, size.height, LINE2)]
    for n, bar in enumerate(bars):
        top = 4 * k + n * names.row
        y = top + names.over + 6 * k
        fill, edge = (SURFACE, BRAND) if bar.hollow else (CLASSES[3], CLASSES[3])
        told, long = tag("title", clean(f"{bar.name} {shown(bar.value, decimals)}")), max(x.at(bar.value) - side, 1)
        parts += [
            names.name(bar.name, top),
            tag("rect", told, x=side, y=y, width=long, height=12 * k, fill=fill, stroke=edge, stroke_width=1.2),
            text(
                side + long + 6,
                y + 6 * k + names.letter * 0.36,
                shown(bar.value, decimals),
                size=names.letter,
                fill=INK,
            ),
        ]
    return frame(size, title.say(lang), title.say(lang), "".join(parts), "bars")
