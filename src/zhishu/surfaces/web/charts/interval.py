"""A threshold on a line with what lies on each side and where each reading falls."""

from zhishu.surfaces.web.charts.axes import tick_label
from zhishu.surfaces.web.charts.ink import INK, INK2, LABEL, STATE_GROUND, STATE_INK, SUNK, SURFACE, TICK
from zhishu.surfaces.web.charts.model import Interval, Mark, Size
from zhishu.surfaces.web.charts.scale import Scale, text_width, ticks
from zhishu.surfaces.web.charts.svg import frame, line, tag, text
from zhishu.surfaces.web.icons import icon_at
from zhishu.terms import Language

HEIGHT = 142


def interval_line(interval: Interval, lang: Language, size: Size) -> str:
    """Return the threshold line; the adopted reading is filled, the others hollow, each named below."""
    k = size.text
    letter, bold = TICK * k + 1.5, LABEL * k + 1
    edge = 24 if size.narrow else 70
    x = Scale(interval.low, interval.high, edge, size.width - edge)
    top, tall = 46 * k, 38 * k
    at = x.at(interval.threshold)
    harm, fine = STATE_GROUND["missed"], SUNK
    left, right = (harm, fine) if interval.harmful_side == "below" else (fine, harm)
    parts = [
        tag("rect", x=edge, y=top, width=at - edge, height=tall, fill=left),
        tag("rect", x=at, y=top, width=size.width - edge - at, height=tall, fill=right),
    ]
    red = STATE_INK["missed"]
    below, above = interval.harmful_side == "below", interval.harmful_side == "above"
    middle = top + tall / 2 + letter * 0.36
    parts.append(text(edge + 10, middle, interval.below.say(lang), size=letter, fill=red if below else INK2))
    parts.append(
        text(
            size.width - edge - 10,
            middle,
            interval.above.say(lang),
            size=letter,
            fill=red if above else INK2,
            anchor="end",
        )
    )
    parts += _ticks(x, interval, top + tall, letter)
    parts.append(line(at, top - 16 * k, at, top + tall + 14 * k, INK, 2.2, role="threshold"))
    words = interval.threshold_label.say(lang)
    half = text_width(words, bold) / 2
    parts.append(
        text(
            min(max(at, half + 4), size.width - half - 4),
            top - 24 * k,
            words,
            size=bold,
            fill=INK,
            anchor="middle",
            bold=True,
        )
    )
    parts += _marks(x, interval, lang, size, top, tall, bold)
    return frame(
        Size(size.width, (HEIGHT if len(interval.marks) <= 2 else HEIGHT + 20) * k, k),
        interval.title.say(lang),
        interval.summary.say(lang),
        "".join(parts),
        "interval",
    )


def _ticks(x: Scale, interval: Interval, y: float, letter: float) -> list[str]:
    values = [v for v in ticks(interval.low, interval.high, 4) if interval.low <= v <= interval.high]
    step = values[1] - values[0] if len(values) > 1 else 1
    parts = []
    for value in values:
        if value == interval.threshold or any(abs(x.at(m.value) - x.at(value)) < 14 for m in interval.marks):
            continue
        parts.append(line(x.at(value), y, x.at(value), y + 6, INK2))
        unit = interval.unit if interval.unit == "%" else ""
        parts.append(text(x.at(value), y + 8 + letter, tick_label(value, step) + unit, size=letter, anchor="middle"))
    return parts


def _marks(x: Scale, interval: Interval, lang: Language, size: Size, top: float, tall: float, bold: float) -> list[str]:
    parts, ends = [], [-1e9, -1e9, -1e9]
    for mark in sorted(interval.marks, key=lambda m: (m.value, not m.adopted)):
        at, words = x.at(mark.value), mark.label.say(lang)
        colour = STATE_INK[mark.state] if mark.adopted else INK2
        wide = text_width(words, bold)
        # Words hang towards the outside, away from the line, so that two readings rarely meet.
        left = at - wide + 10 if mark.value < interval.threshold else at - 10
        left = min(max(left, 4), size.width - wide - 4)
        row = next((i for i, end in enumerate(ends) if left > end + 8), len(ends) - 1)
        ends[row] = left + wide
        base = top + tall + 40 * size.text + row * bold * 1.5
        parts.append(line(at, top + tall / 2, at, base - bold, colour, 1.3))
        parts.append(_shape(mark, at, top + tall / 2, colour))
        parts.append(text(left, base, words, size=bold, fill=colour, bold=True, halo=SURFACE))
    return parts


def _shape(mark: Mark, x: float, y: float, colour: str) -> str:
    if mark.adopted:
        return icon_at(mark.state, x, y, 18, colour)
    return tag("circle", class_="other", cx=x, cy=y, r=7.6, fill=SURFACE, stroke=colour, stroke_width=2.2)
