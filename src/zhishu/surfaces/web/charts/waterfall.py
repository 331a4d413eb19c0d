"""Parts that add up to a whole, one below the other, each from where the last one ended."""

from dataclasses import dataclass
from itertools import accumulate

from zhishu.surfaces.web.charts.axes import tick_label, tick_step
from zhishu.surfaces.web.charts.ink import BRAND, CLASSES, INK, INK2, LINE, LINE2, RUNS, TICK
from zhishu.surfaces.web.charts.model import MAIN, PHONE, WIDE, Size
from zhishu.surfaces.web.charts.ranked import cut
from zhishu.surfaces.web.charts.scale import Scale, text_width, ticks
from zhishu.surfaces.web.charts.svg import clean, frame, line, shown, tag, text
from zhishu.terms import Language, Text

ROW = 24.0
EDGE = 34.0


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its name and what it adds."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Parts in their order and the whole they add up to."""

    title: Text
    summary: Text
    parts: tuple[Part, ...]
    whole: Text
    sum: float


def waterfall_size(place: str, parts: int, letters: float = 1.0) -> Size:
    """Return the size for so many parts on a ``wide`` page, a phone (``narrow``) or ``paper``."""
    width = {"wide": WIDE, "narrow": PHONE, "paper": MAIN}[place].width
    return Size(width, (EDGE + ROW * (parts + 1)) * letters, letters)


def waterfall_chart(waterfall: Waterfall, lang: Language, size: Size) -> str:
    """Return the drawing; the last bar is the whole, from nought."""
    k, letter = size.text, (TICK + 1) * size.text
    whole = waterfall.whole.say(lang)
    names = [p.name for p in waterfall.parts]
    side = min(size.width * 0.42, max(text_width(n, letter) for n in [*names, whole]) + 12)
    ends = [0.0, *accumulate(p.value for p in waterfall.parts)]
    marks = ticks(min(ends), max(*ends, waterfall.sum), 4 if size.narrow else 8)
    x = Scale(marks[0], marks[-1], side, size.width - letter * 3.6)
    bottom, step = size.height - 26 * k, tick_step(marks)
    parts = []
    for value in marks:
        parts.append(line(x.at(value), 2, x.at(value), bottom, LINE))
        words = tick_label(value, step)
        parts.append(text(x.at(value), bottom + letter * 1.4, words, size=TICK * k, fill=INK2, anchor="middle"))
    for n, (part, start, end) in enumerate(zip(waterfall.parts, ends[:-1], ends[1:], strict=True)):
        y = 4 * k + n * ROW * k
        parts += _bar(
            part.name,
            part.value,
            x.at(start),
            x.at(end),
            y,
            side,
            letter,
            k,
            CLASSES[3] if part.value >= 0 else RUNS[0],
            False,
        )
        # where the next one begins
        parts.append(line(x.at(end), y + 4 * k, x.at(end), y + (ROW + 18) * k, LINE2))
    y = 4 * k + len(waterfall.parts) * ROW * k
    parts += _bar(whole, waterfall.sum, x.at(0), x.at(waterfall.sum), y, side, letter, k, BRAND, True)
    return frame(size, waterfall.title.say(lang), waterfall.summary.say(lang), "".join(parts), "waterfall")


def _bar(
    name: str,
    value: float,
    start: float,
    end: float,
    y: float,
    side: float,
    letter: float,
    k: float,
    fill: str,
    bold: bool,
) -> list[str]:
    base = y + 11 * k + letter * 0.36
    left, wide = min(start, end), max(abs(end - start), 0.8)
    told = tag("title", clean(f"{name} {shown(value, 2)}"))
    return [
        text(side - 10, base, cut(name, letter, side - 12), size=letter, fill=INK, anchor="end", bold=bold),
        tag("rect", told, x=left, y=y + 4 * k, width=wide, height=14 * k, fill=fill),
        text(max(start, end) + 6, base, shown(value, 2), size=letter, fill=INK, bold=bold),
    ]
