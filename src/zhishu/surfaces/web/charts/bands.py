"""How wide a vague word is read, from the adopted reading outwards, and where the verdict turns."""

from zhishu.surfaces.web.charts.ink import INK, INK2, LABEL, STATE_GROUND, STATE_INK, SUNK, TICK
from zhishu.surfaces.web.charts.model import Bands, Size
from zhishu.surfaces.web.charts.scale import Scale, text_width
from zhishu.surfaces.web.charts.svg import frame, line, tag, text
from zhishu.surfaces.web.icons import icon_at
from zhishu.terms import Language


def bands(drawing: Bands, lang: Language, size: Size) -> str:
    """Return the readings on a line, each with the shape of its verdict, and the place where it turns."""
    k = size.text
    letter, bold = TICK * k + 1, LABEL * k + 0.5
    values = [m.value for m in drawing.marks] + ([drawing.switch] if drawing.switch is not None else [])
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    room = (high - low) * 0.1 or 1.0
    x = Scale(low - room, high + room, 20, size.width - 20)
    top, tall = 32 * k, 26 * k
    parts = _ground(drawing, x, top, tall, size)
    if drawing.switch is not None:
        at = x.at(drawing.switch)
        parts.append(line(at, top - 10 * k, at, top + tall + 8 * k, INK, 2, role="switch"))
        words = drawing.switch_label.say(lang) if drawing.switch_label else ""
        half = text_width(words, bold) / 2
        parts.append(
            text(
                min(max(at, half + 4), size.width - half - 4),
                top - 14 * k,
                words,
                size=bold,
                fill=INK,
                anchor="middle",
                bold=True,
            )
        )
    parts += _marks(drawing, x, top, tall, lang, size)
    height = top + tall + 26 * k + letter * 2.2
    return frame(
        Size(size.width, height, k), drawing.title.say(lang), drawing.summary.say(lang), "".join(parts), "bands"
    )


def _marks(drawing: Bands, x: Scale, top: float, tall: float, lang: Language, size: Size) -> list[str]:
    """Return each reading with its words; words that would touch step down to a second row."""
    letter, parts, ends = (TICK + 1) * size.text, [], [-1e9, -1e9]
    for mark in sorted(drawing.marks, key=lambda m: (m.value, not m.adopted)):
        at, words = x.at(mark.value), mark.label.say(lang)
        parts.append(icon_at(mark.state, at, top + tall / 2, 14, STATE_INK[mark.state]))
        half = text_width(words, letter) / 2
        row = 0 if at - half > ends[0] + 5 else 1
        ends[row] = at + half
        base, fill = top + tall + 10 * size.text + letter * (1 + 1.25 * row), INK if mark.adopted else INK2
        parts.append(text(at, base, words, size=letter, fill=fill, anchor="middle", bold=mark.adopted))
    return parts


def _ground(drawing: Bands, x: Scale, top: float, tall: float, size: Size) -> list[str]:
    end = size.width - 20
    if drawing.switch is None:
        states = {m.state for m in drawing.marks}
        fill = STATE_GROUND.get(next(iter(states)), SUNK) if len(states) == 1 else SUNK
        return [tag("rect", x=20, y=top, width=end - 20, height=tall, fill=fill)]
    at = x.at(drawing.switch)
    sides = (STATE_GROUND["missed"], STATE_GROUND["met"])
    left, right = sides if drawing.met_side == "above" else sides[::-1]
    return [
        tag("rect", x=20, y=top, width=at - 20, height=tall, fill=left),
        tag("rect", x=at, y=top, width=end - at, height=tall, fill=right),
    ]
