"""A strip plot: one unit among all others with the median tick, no ranks."""

from zhishu.surfaces.web.charts.ink import INK, INK3, LINE2, RUNS, SEAL, SURFACE, TICK
from zhishu.surfaces.web.charts.model import Dot, Size, Strip
from zhishu.surfaces.web.charts.scale import Scale, text_width
from zhishu.surfaces.web.charts.svg import clean, frame, line, shown, tag, text
from zhishu.terms import Language

LAYER = {"rest": 0, "peer": 1, "unit": 2}


def strip_plot(strip: Strip, lang: Language, size: Size) -> str:
    """Return the strip: hollow dots for the rest, filled for peers, a diamond for this unit.

    The ends are named with their values, the median is a dashed tick; units without a figure are not
    drawn and belong into the summary sentence.
    """
    letter = TICK * size.text
    values = [d.value for d in strip.dots]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    x = Scale(low, high, 14, size.width - 14)
    y = 15.0
    parts = [line(14, y, size.width - 14, y, LINE2, 1.5)]
    if strip.median is not None:
        m = x.at(strip.median)
        parts.append(line(m, y - 11, m, y + 11, INK, 1.6, role="median"))
    for dot in sorted(strip.dots, key=lambda d: (LAYER[d.group], d.value, d.name.zh)):
        parts.append(_dot(dot, x.at(dot.value), y, strip.decimals, lang))
    if values:
        parts += _ends(strip, lang, size, letter, y)
    return frame(size, strip.title.say(lang), strip.summary.say(lang), "".join(parts), "strip")


def _dot(dot: Dot, x: float, y: float, decimals: int, lang: Language) -> str:
    words = tag("title", clean(f"{dot.name.say(lang)} {shown(dot.value, decimals)}"))
    if dot.group == "unit":
        return tag(
            "path",
            words,
            class_="unit",
            fill=SEAL,
            stroke=SURFACE,
            stroke_width=1.2,
            d=f"M{x:.1f} {y - 8.5:.1f}l8.5 8.5-8.5 8.5-8.5-8.5Z",
        )
    if dot.group == "peer":
        return tag("circle", words, class_="peer", cx=x, cy=y, r=5.4, fill=RUNS[1], stroke=SURFACE, stroke_width=1)
    return tag("circle", words, class_="rest", cx=x, cy=y, r=4.6, fill=SURFACE, stroke="#8b8e8c", stroke_width=1.1)


def _ends(strip: Strip, lang: Language, size: Size, letter: float, y: float) -> list[str]:
    first = min(strip.dots, key=lambda d: (d.value, d.name.zh))
    last = max(strip.dots, key=lambda d: (d.value, d.name.zh))
    left = f"{first.name.say(lang)} {shown(first.value, strip.decimals)}"
    right = f"{last.name.say(lang)} {shown(last.value, strip.decimals)}"
    base = y + 12 + letter
    parts = [text(10, base, left, size=letter, fill=INK3)]
    if text_width(left + right, letter) + 30 < size.width:
        parts.append(text(size.width - 10, base, right, size=letter, fill=INK3, anchor="end"))
    return parts
