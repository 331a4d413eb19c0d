"""Values with intervals, a few to a row: filled dots for one reading, hollow ones for another."""

from dataclasses import dataclass

from zhishu.surfaces.web.charts.axes import tick_label, tick_step
from zhishu.surfaces.web.charts.ink import BRAND, INK, INK2, LINE, LINE2, SURFACE, TICK
from zhishu.surfaces.web.charts.model import MAIN, PHONE, WIDE, Size
from zhishu.surfaces.web.charts.ranked import cut
from zhishu.surfaces.web.charts.scale import Scale, text_width, ticks
from zhishu.surfaces.web.charts.svg import clean, frame, line, shown, tag, text
from zhishu.terms import Language, Text

ROW = 46.0
FOOT = 30.0


@dataclass(frozen=True, slots=True)
class Span:
    """A value with its bounds; ``filled`` tells the two readings of a row apart."""

    value: float
    low: float
    high: float
    filled: bool = True


@dataclass(frozen=True, slots=True)
class SpanRow:
    """A row: its name and its values, from above."""

    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Spans:
    """Rows on one axis from nought to one."""

    title: Text
    summary: Text
    rows: tuple[SpanRow, ...]


def spans_size(place: str, rows: int, letters: float = 1.0) -> Size:
    """Return the size for so many rows on a ``wide`` page, a phone (``narrow``) or ``paper``."""
    width = {"wide": WIDE, "narrow": PHONE, "paper": MAIN}[place].width
    return Size(width, (FOOT + ROW * rows) * letters, letters)


def spans_chart(spans: Spans, lang: Language, size: Size) -> str:
    """Return the drawing."""
    k, letter = size.text, (TICK + 1) * size.text
    side = min(size.width * 0.4, max(text_width(r.name, letter) for r in spans.rows) + 14)
    every = [v for r in spans.rows for s in r.spans for v in (s.low, s.high, s.value)]
    marks = ticks(min(0.0, *every), max(1.0, *every), 4 if size.narrow else 10)
    x = Scale(marks[0], marks[-1], side + 6, size.width - 14)
    bottom, step = size.height - FOOT * k, tick_step(marks)
    parts = []
    for value in marks:
        at = x.at(value)
        parts.append(line(at, 0, at, bottom, LINE2 if value == 0 else LINE))
        parts.append(
            text(at, bottom + letter * 1.4, tick_label(value, step), size=TICK * k, fill=INK2, anchor="middle")
        )
    for n, row in enumerate(spans.rows):
        middle = (n + 0.5) * ROW * k
        parts.append(
            text(side - 6, middle + letter * 0.36, cut(row.name, letter, side - 8), size=letter, fill=INK, anchor="end")
        )
        for place, span in enumerate(row.spans):
            y = middle + (place - (len(row.spans) - 1) / 2) * 17 * k
            parts += _span(row.name, span, x, y)
    return frame(size, spans.title.say(lang), spans.summary.say(lang), "".join(parts), "spans")


def _span(name: str, span: Span, x: Scale, y: float) -> list[str]:
    low, high = x.at(span.low), x.at(span.high)
    told = tag("title", clean(f"{name} {shown(span.value, 2)} ({shown(span.low, 2)}–{shown(span.high, 2)})"))
    return [
        line(low, y, high, y, BRAND, 2.2, role="interval"),
        line(low, y - 4, low, y + 4, BRAND, 1.4),
        line(high, y - 4, high, y + 4, BRAND, 1.4),
        tag(
            "circle",
            told,
            cx=x.at(span.value),
            cy=y,
            r=5,
            fill=BRAND if span.filled else SURFACE,
            stroke=BRAND,
            stroke_width=1.8,
        ),
    ]
