"""One mark, one promise: columns by article on a wide page, one even field on a phone."""

from collections.abc import Sequence

from zhishu.surfaces.web.charts.ink import (
    AMBER_MARK,
    INK,
    INK2,
    INK3,
    LABEL,
    LINE2,
    RING,
    STATE_INK,
    SURFACE,
    TICK,
)
from zhishu.surfaces.web.charts.model import Column, Size
from zhishu.surfaces.web.charts.svg import clean, frame, line, num, tag, text
from zhishu.terms import PROMISE_STATES, Language, Text

# What stands first in a column, and the shape that carries it without colour.
ORDER = ("proven", "missed", "overdue", "in_progress", "no_report")


def dot_strip(columns: Sequence[Column], lang: Language, size: Size, title: Text, summary: Text) -> str:
    """Return every promise as one mark; the counts are said in the description and under each column.

    The height of the drawing follows from the counts; ``size.height`` is ignored. A state outside
    ``PROMISE_STATES`` raises KeyError: no promise is dropped silently.
    """
    for column in columns:
        for state in column.counts:
            PROMISE_STATES[state]
    totals = {s: sum(c.counts.get(s, 0) for c in columns) for s in ORDER}
    counted = "，".join(f"{PROMISE_STATES[s].zh} {n}" for s, n in totals.items() if n)
    if lang == "en":
        counted = ", ".join(f"{PROMISE_STATES[s].en} {n}" for s, n in totals.items() if n)
    said = f"{summary.say(lang)} {counted}"
    if size.narrow:
        body, height = _field(totals, size)
    else:
        body, height = _columns(columns, lang, size)
    return frame(Size(size.width, height, size.text), title.say(lang), said, body, "dots")


def _spread(counts: dict[str, int]) -> list[str]:
    return [state for state in ORDER for _ in range(counts.get(state, 0))]


def _field(totals: dict[str, int], size: Size) -> tuple[str, float]:
    per_row = max(10, int((size.width - 4) // 9.6))
    pitch = (size.width - 4) / per_row
    spots: dict[str, list[tuple[float, float]]] = {}
    states = _spread(totals)
    for i, state in enumerate(states):
        spots.setdefault(state, []).append((2 + pitch * (i % per_row + 0.5), 6 + pitch * (i // per_row)))
    rows = -(-len(states) // per_row)
    return _marks(spots, pitch * 0.36), 12 + pitch * max(rows - 1, 0)


def _columns(columns: Sequence[Column], lang: Language, size: Size) -> tuple[str, float]:
    wide, letter = 5, LABEL * size.text
    slot = size.width / max(len(columns), 1)
    pitch = min(7.6, (slot - 8) / wide)
    rows = max((-(-sum(c.counts.values()) // wide) for c in columns), default=0)
    floor = 8 + rows * pitch
    spots: dict[str, list[tuple[float, float]]] = {}
    parts = [line(0, floor + 2, size.width, floor + 2, LINE2)]
    for i, column in enumerate(columns):
        middle = slot * (i + 0.5)
        states = _spread(dict(column.counts))
        for k, state in enumerate(states):
            x = middle + (k % wide - (wide - 1) / 2) * pitch
            spots.setdefault(state, []).append((x, floor - pitch * (k // wide) - pitch * 0.5))
        special = any(state != "no_report" for state in states)
        label = text(
            middle,
            floor + 4 + letter * 1.2,
            column.label,
            size=letter,
            anchor="middle",
            fill=INK if special else INK2,
            bold=special,
        )
        label += text(
            middle, floor + 4 + letter * 2.4, str(len(states)), size=TICK * size.text, fill=INK3, anchor="middle"
        )
        parts.append(_linked(column, len(states), label, middle, slot, floor + 6 + letter * 2.6, lang))
    return "".join(parts[:1]) + _marks(spots, pitch * 0.36) + "".join(parts[1:]), floor + 8 + letter * 2.6


def _linked(column: Column, count: int, label: str, middle: float, slot: float, height: float, lang: Language) -> str:
    if not column.href:
        return label
    name = f"第 {column.label} 条，{count} 项" if lang == "zh" else f"Article {column.label}, {count} promises"
    hit = tag("rect", x=middle - slot / 2, y=0, width=slot, height=height, fill=SURFACE, fill_opacity=0)
    return tag("a", tag("title", clean(name)) + label + hit, href=column.href, aria_label=name)


def _marks(spots: dict[str, list[tuple[float, float]]], r: float) -> str:
    """Return all marks of a state as one path: 819 of them stay a small drawing."""
    parts = []
    # all marks of a state have one shape: only where they stand is written for each
    turn = f"a{num(r)} {num(r)} 0 1 0"
    ring = f"{turn} {num(2 * r)} 0{turn} {num(-2 * r)} 0"
    bow = f"a{num(r)} {num(r)} 0 0 1 0 {num(2 * r)}Z"
    square = f"h{num(2 * r)}v{num(2 * r)}h{num(-2 * r)}Z"
    for state in reversed(ORDER):
        at = spots.get(state, [])
        if not at:
            continue
        if state in {"no_report", "proven", "in_progress"}:
            d = "".join(f"M{num(x - r)} {num(y)}{ring}" for x, y in at)
            if state == "no_report":
                parts.append(tag("path", class_="no_report", d=d, fill=SURFACE, stroke=RING, stroke_width=1))
                continue
            if state == "in_progress":
                half = "".join(f"M{num(x)} {num(y - r)}{bow}" for x, y in at)
                colour = STATE_INK[state]
                parts.append(tag("path", d=d, fill=SURFACE, stroke=colour, stroke_width=1))
                parts.append(tag("path", class_=state, d=half, fill=colour))
                continue
        elif state == "missed":
            d = "".join(f"M{num(x - r)} {num(y - r)}{square}" for x, y in at)
        else:
            k = r * 1.35
            d = "".join(
                f"M{num(x)} {num(y - k)}L{num(x + k)} {num(y)} {num(x)} {num(y + k)} {num(x - k)} {num(y)}Z"
                for x, y in at
            )
        colour = AMBER_MARK if state == "overdue" else STATE_INK[state]
        parts.append(tag("path", class_=state, d=d, fill=colour, stroke=colour))
    return "".join(parts)
