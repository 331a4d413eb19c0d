"""The frame of a trajectory: scales, grid, years, and the breaks that cut the time axis."""

from dataclasses import dataclass

from zhishu.surfaces.web.charts.ink import INK2, INK3, LABEL, LINE, SURFACE, TICK
from zhishu.surfaces.web.charts.model import Series, Size
from zhishu.surfaces.web.charts.place import Board, Spot, text_box
from zhishu.surfaces.web.charts.scale import Scale, text_width, ticks
from zhishu.surfaces.web.charts.svg import line, tag, text
from zhishu.terms import Language
from zhishu.units.words import unit_words

BREAK_RULE = "#8b8474"


@dataclass(frozen=True, slots=True)
class Plot:
    """The inner rectangle of a chart with its two scales and the ticks of the value axis."""

    x: Scale
    y: Scale
    left: float
    right: float
    top: float
    bottom: float
    ticks: tuple[float, ...]


def tick_label(value: float, step: float) -> str:
    """Return a tick with just the decimals its step needs.

    >>> tick_label(2000, 1000), tick_label(2.5, 2.5)
    ('2,000', '2.5')
    """
    decimals = 0 if step == int(step) else 1 if round(step * 10) == step * 10 else 2
    return f"{value:,.{decimals}f}"


def tick_step(values: tuple[float, ...]) -> float:
    """Return the distance of neighbouring ticks; one lonely tick counts as whole."""
    return values[1] - values[0] if len(values) > 1 else 1.0


def plot_of(series: Series, size: Size) -> Plot:
    """Return scales that hold every point, the target with its band, the forecast and the path to go."""
    ys = [p.y for p in series.points] + [y for f in series.fan for y in (f.low, f.high)]
    xs = [p.x for p in series.points] + [f.x for f in series.fan] + [g.x for g in series.gaps]
    if series.target is not None:
        t = series.target
        ys += [v for v in (t.value, t.low, t.high) if v is not None]
        xs.append(t.x)
    if series.needed is not None:
        ys += [y for _, y in series.needed]
        xs += [x for x, _ in series.needed]
    low, high = series.value_span or ((min(ys), max(ys)) if ys else (0.0, 1.0))
    if series.zero:
        low = min(low, 0.0)
    pad = (high - low) * 0.07 or 1.0
    low, high = (low if series.zero and low == 0 else low - pad), high + pad
    values = ticks(low, high, 4 if size.small else 5)
    values = tuple(v for v in values if low <= v <= high) or values
    first, last = series.span or ((min(xs), max(xs)) if xs else (0.0, 1.0))
    step = tick_step(values)
    letter = TICK * size.text
    left = 10 + max(text_width(tick_label(v, step) + "%", letter) for v in values)
    # The right margin carries the label of the last point; phones give it less.
    right = size.width - (26 if size.narrow else 70)
    reasons = 0 if size.small or size.tall else len(series.breaks)
    top = (16 if size.small else 30 + 15 * max(reasons - 1, 0)) * size.text
    bottom = size.height - 30 * size.text
    return Plot(
        Scale(first, last, left + 8, right),
        Scale(low, high, bottom - 8, top + 10),
        left,
        right,
        top,
        bottom,
        values,
    )


def grid_part(series: Series, plot: Plot, lang: Language, size: Size) -> str:
    """Return hairlines, value ticks and years; years are thinned so that they never touch."""
    letter = TICK * size.text
    step = tick_step(plot.ticks)
    unit = series.unit if series.unit in {"%", "‰"} else ""
    parts = []
    for value in plot.ticks:
        y = plot.y.at(value)
        words = tick_label(value, step) + (unit if value == plot.ticks[-1] else "")
        parts.append(line(plot.left + 8, y, plot.right, y, LINE))
        parts.append(text(plot.left, y + letter * 0.36, words, size=letter, fill=INK2, anchor="end"))
    first, last = round(plot.x.low), round(plot.x.high)
    room = text_width("2020", letter) + 14
    every = next(n for n in (1, 2, 3, 5, 10, 20, 50) if n * abs(plot.x.at(1) - plot.x.at(0)) >= room or n == 50)
    start = first if every < 5 else first + (-first % every)
    for year in range(start, last + 1, every):
        parts.append(
            text(plot.x.at(year), plot.bottom + letter * 1.5, str(year), size=letter, fill=INK2, anchor="middle")
        )
    words = unit_words(series.unit).say(lang)
    if words and not unit and not size.narrow:
        parts.append(text(4, plot.top - 8, words, size=letter, fill=INK3))
    return "".join(parts)


def breaks_part(series: Series, plot: Plot, board: Board, lang: Language, size: Size) -> str:
    """Return each break: dashed rule, // on the axis, the reason in words beside the rule."""
    letter = (LABEL if size.height / size.text > 300 else TICK) * size.text
    parts = []
    for cut in series.breaks:
        x = plot.x.at(cut.x)
        if not plot.left <= x <= plot.right:
            continue
        parts.append(line(x, plot.top - 4, x, plot.bottom - 2, BREAK_RULE, 1.2, "3.5 3.5", role="break"))
        parts.append(
            tag(
                "path",
                class_="slashes",
                fill="none",
                stroke=INK2,
                stroke_width=1.6,
                d=f"M{x - 6:.1f} {plot.bottom + 5:.1f}l5-9M{x:.1f} {plot.bottom + 5:.1f}l5-9",
            )
        )
        board.cover((x - 2, plot.top, x + 2, plot.bottom))
        if not size.small:
            parts.append(
                _reason(cut.reason.say(lang), cut.note.say(lang) if cut.note else "", x, plot, board, letter, size)
            )
    return "".join(parts)


def _reason(reason: str, note: str, x: float, plot: Plot, board: Board, letter: float, size: Size) -> str:
    if not size.tall:
        return _above(reason, x, plot, board, letter, size)
    y = plot.top + (plot.bottom - plot.top) * 0.62
    anchor = "start" if x + text_width(reason, letter) + 12 < size.width else "end"
    # two breaks near each other: the second reason steps down until it stands free
    rows = [Spot(x + (9 if anchor == "start" else -9), y + letter * 3 * i, anchor) for i in range(3)]
    spot = min(rows, key=lambda s: (board.cost(text_box(s, reason, letter)) > 1, s.y))
    y = spot.y
    board.cover(text_box(spot, reason, letter))
    parts = text(spot.x, y, reason, size=letter, fill=INK2, anchor=anchor, bold=True)
    if note:
        below = Spot(spot.x, y + letter * 1.4, anchor)
        board.cover(text_box(below, note, letter))
        parts += text(below.x, below.y, note, size=letter, fill=INK3, anchor=anchor)
    return parts


def _above(reason: str, x: float, plot: Plot, board: Board, letter: float, size: Size) -> str:
    """Return a reason above the plot, a row lower for each one already there, so that none is lost."""
    anchor = "end" if x - text_width(reason, letter) - 6 > 2 else "start"
    step = letter * 1.3
    rows = [Spot(x + (-5 if anchor == "end" else 5), letter + step * i, anchor) for i in range(4)]
    spot = min(rows, key=lambda s: (board.cost(text_box(s, reason, letter)) > 0, s.y))
    board.cover(text_box(spot, reason, letter))
    rule = line(x, spot.y - letter, x, plot.top, BREAK_RULE, 1.2, "3.5 3.5")
    return rule + text(spot.x, spot.y, reason, size=letter, fill=INK3, anchor=anchor, halo=SURFACE)
