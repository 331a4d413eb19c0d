"""Parts that add up to a whole, one below the other, each from where the last one ended."""

from dataclasses import dataclass
from itertools import accumulate

from zhishu.surfaces.web.charts.axes import tick_label, tick_step
from zhishu.surfaces.web.charts.ink import BRAND, CLASSES, INK, INK2, LINE, LINE2, RUNS, TICK
from zhishu.surfaces.web.charts.model import Size
from zhishu.surfaces.web.charts.names import Names, names_of, rows_size
from zhishu.surfaces.web.charts.scale import Scale, ticks
from zhishu.surfaces.web.charts.svg import clean, frame, line, shown, tag, text
from zhishu.terms import Language, Text

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
    return rows_size(place, parts + 1, EDGE, letters)


def waterfall_chart(waterfall: Waterfall, lang: Language, size: Size) -> str:
    """Return the drawing; the last bar is the whole, from nought."""
    k, whole = size.text, waterfall.whole.say(lang)
    names = names_of([*(p.name for p in waterfall.parts), whole], size)
    ends = [0.0, *accumulate(p.value for p in waterfall.parts)]
    marks = ticks(min(ends), max(*ends, waterfall.sum), 4 if size.narrow else 8)
    x = Scale(marks[0], marks[-1], names.side, size.width - names.letter * 3.6)
    bottom, step = size.height - 26 * k, tick_step(marks)
    parts = []
    for value in marks:
        at, words = x.at(value), tick_label(value, step)
        parts.append(line(at, 2, at, bottom, LINE))
        parts.append(text(at, bottom + names.letter * 1.4, words, size=TICK * k, fill=INK2, anchor="middle"))
    for n, (part, start, end) in enumerate(zip(waterfall.parts, ends[:-1], ends[1:], strict=True)):
        top = 4 * k + n * names.row
        # where the next one begins
        parts.append(line(x.at(end), top + names.over + 5 * k, x.at(end), top + names.row + names.over + 5 * k, LINE2))
        parts += _bar(part, x.at(start), x.at(end), top, names, CLASSES[3] if part.value >= 0 else RUNS[0], k)
    top = 4 * k + len(waterfall.parts) * names.row
    parts += _bar(Part(whole, waterfall.sum), x.at(0), x.at(waterfall.sum), top, names, BRAND, k, bold=True)
    return frame(size, waterfall.title.say(lang), waterfall.summary.say(lang), "".join(parts), "waterfall")


def _bar(
    part: Part, start: float, end: float, top: float, names: Names, fill: str, k: float, bold: bool = False
) -> list[str]:
    y = top + names.over + 5 * k
    wide, value = max(abs(end - start), 0.8), shown(part.value, 2)
    told = tag("title", clean(f"{part.name} {value}"))
    return [
        names.name(part.name, top, bold),
        tag("rect", told, x=min(start, end), y=y, width=wide, height=14 * k, fill=fill),
        text(max(start, end) + 6, y + 7 * k + names.letter * 0.36, value, size=names.letter, fill=INK, bold=bold),
    ]
