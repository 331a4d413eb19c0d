"""A trajectory: comparable runs that never join across a break, the target, the forecast, the gaps."""

import itertools

from zhishu.surfaces.web.charts.axes import Plot, breaks_part, grid_part, plot_of
from zhishu.surfaces.web.charts.ink import BRAND, INK2, LABEL, STATE_INK, SURFACE, TICK, run_colour
from zhishu.surfaces.web.charts.model import Point, Series, Size
from zhishu.surfaces.web.charts.place import Board
from zhishu.surfaces.web.charts.svg import HATCH, clean, frame, hatch, line, num, shown, tag, text
from zhishu.surfaces.web.charts.target import fan_part, notes_part, target_part
from zhishu.surfaces.web.icons import icon_at
from zhishu.terms import Language


def run_order(series: Series) -> tuple[str, ...]:
    """Return the comparable runs in the order of their first period without revisions."""
    first: dict[str, float] = {}
    for p in series.points:
        key = p.x + (0.5 if p.revised else 0)
        first[p.run] = min(first.get(p.run, key), key)
    return tuple(sorted(first, key=lambda run: (first[run], run)))


def joins(series: Series) -> tuple[tuple[Point, Point, bool], ...]:
    """Return the pairs of neighbouring points a line may join; the flag says dotted (back-revised).

    A solid line joins two neighbouring periods of one run with no break between them. A point revised
    back beyond the break belongs to the later run: it is joined by dots. A missing period stays a gap.
    """
    pairs: list[tuple[Point, Point, bool]] = []
    for run in run_order(series):
        points = sorted((p for p in series.points if p.run == run), key=lambda p: p.x)
        for a, b in itertools.pairwise(points):
            crosses = any(a.x < k.x < b.x for k in series.breaks)
            unknown = any(a.x < g.x < b.x for g in series.gaps)
            if b.x - a.x > 1.01 or unknown or (crosses and not a.revised):
                continue
            pairs.append((a, b, a.revised))
    return tuple(pairs)


def series_chart(series: Series, lang: Language, size: Size) -> str:
    """Return the chart of one series as SVG text.

    Filled points are of high or medium confidence, hollow ones of low; a break is a dashed rule with
    // on the axis and its reason; the observed value at the deadline carries the shape of the verdict.
    """
    plot = plot_of(series, size)
    board = Board((2, 2, size.width - 2, plot.bottom - 2))
    letters = (TICK * size.text, LABEL * size.text)
    parts = [hatch(), grid_part(series, plot, lang, size), breaks_part(series, plot, board, lang, size)]
    parts += [fan_part(series, plot), target_part(series, plot, board, lang, size)]
    parts += [_gaps(series, plot, lang), _needed(series, plot), *_lines(series, plot, board)]
    parts += _points(series, plot, board, size)
    parts += notes_part(series, plot, board, lang, size)
    parts += _labels(series, plot, board, lang, size, letters)
    said = series.summary.say(lang)
    if not series.zero:
        said += "。纵轴不从零起。" if lang == "zh" else ". The value axis does not start at zero."
    return frame(size, series.title.say(lang), said, "".join(parts), "series")


def _colours(series: Series) -> dict[str, str]:
    return {run: run_colour(i) for i, run in enumerate(run_order(series))}


def _lines(series: Series, plot: Plot, board: Board) -> list[str]:
    colours, solid, parts = _colours(series), dict[str, list[str]](), []
    end: dict[str, Point] = {}
    for a, b, dotted in joins(series):
        xa, ya, xb, yb = plot.x.at(a.x), plot.y.at(a.y), plot.x.at(b.x), plot.y.at(b.y)
        board.cover_line(xa, ya, xb, yb)
        if dotted:
            parts.append(line(xa, ya, xb, yb, colours[a.run], 1.7, "1.5 4", role="revised"))
            continue
        start = "" if end.get(a.run) is a else f"M{num(xa)} {num(ya)}"
        solid.setdefault(a.run, []).append(f"{start}L{num(xb)} {num(yb)}")
        end[a.run] = b
    for run, steps in solid.items():
        parts.append(
            tag(
                "path",
                class_="run",
                d="".join(steps),
                fill="none",
                stroke=colours[run],
                stroke_width=2.2,
                stroke_linejoin="round",
            )
        )
    return parts


def _needed(series: Series, plot: Plot) -> str:
    if series.needed is None:
        return ""
    (xa, ya), (xb, yb) = series.needed
    return line(plot.x.at(xa), plot.y.at(ya), plot.x.at(xb), plot.y.at(yb), BRAND, 1.5, "4 3", role="needed")


def _gaps(series: Series, plot: Plot, lang: Language) -> str:
    parts = []
    half = abs(plot.x.at(1) - plot.x.at(0)) * 0.32
    for gap in series.gaps:
        x = plot.x.at(gap.x)
        parts.append(
            tag(
                "rect",
                tag("title", clean(f"{gap.x:g}: {gap.reason.say(lang)}")),
                class_="unknown",
                x=x - half,
                y=plot.bottom - 14,
                width=2 * half,
                height=14,
                fill=HATCH,
            )
        )
    return "".join(parts)


def _points(series: Series, plot: Plot, board: Board, size: Size) -> list[str]:
    colours, parts = _colours(series), []
    radius = 3.2 if size.width < 420 else 4.6
    verdict_at = _verdict_point(series)
    for p in series.points:
        x, y, colour = plot.x.at(p.x), plot.y.at(p.y), colours[p.run]
        r = radius * (0.8 if p.revised else 1)
        board.cover((x - r, y - r, x + r, y + r))
        words = clean(f"{p.x:g}: {shown(p.y, series.decimals)}{series.unit}")
        if p is verdict_at and series.target is not None and series.target.verdict:
            state = series.target.verdict
            mark = icon_at(state, x, y, radius * 2.9, STATE_INK[state])
            parts.append(tag("g", tag("title", words) + mark))
            continue
        hollow = p.confidence in {"low", "none"}
        parts.append(
            tag(
                "circle",
                tag("title", words),
                class_="low" if hollow else "firm",
                cx=x,
                cy=y,
                r=r,
                fill=SURFACE if hollow else colour,
                stroke=colour,
                stroke_width=1.8 if hollow else 1,
            )
        )
    return parts


def _verdict_point(series: Series) -> Point | None:
    if series.target is None:
        return None
    due = [p for p in series.points if p.x == series.target.x and not p.revised]
    return max(due, key=lambda p: p.run) if due else None


def _labels(
    series: Series, plot: Plot, board: Board, lang: Language, size: Size, letters: tuple[float, float]
) -> list[str]:
    small, large = letters
    colours, parts = _colours(series), []
    verdict_at = _verdict_point(series)
    if verdict_at is not None and series.target is not None and series.target.verdict:
        colour = STATE_INK[series.target.verdict]
        parts.append(
            _put(
                plot,
                board,
                verdict_at,
                shown(verdict_at.y, series.decimals),
                large + 1.5,
                colour,
                ("below", "above", "below_left", "above_left", "left"),
                bold=True,
            )
        )
        if series.target.gap is not None and not size.narrow:
            parts.append(
                _put(
                    plot,
                    board,
                    verdict_at,
                    series.target.gap.say(lang),
                    large,
                    colour,
                    ("far_below", "below_left", "far_above", "left"),
                    bold=False,
                )
            )
    for p in series.points:
        if p.label is not None:
            parts.append(
                _put(
                    plot,
                    board,
                    p,
                    p.label.say(lang),
                    small + 0.5,
                    colours[p.run],
                    ("above", "below", "above_left", "left", "below_right", "right"),
                    bold=False,
                )
            )
    for run in run_order(series):
        points = sorted((p for p in series.points if p.run == run and not p.revised), key=lambda p: p.x)
        if not points:
            continue
        last = points[-1]
        if last is not verdict_at and last.label is None:
            parts.append(
                _put(
                    plot,
                    board,
                    last,
                    shown(last.y, series.decimals),
                    large,
                    INK2,
                    ("above", "right", "below", "above_left"),
                    bold=True,
                )
            )
        if run in series.runs:
            middle = points[len(points) // 2]
            parts.append(
                _put(
                    plot,
                    board,
                    middle,
                    series.runs[run].say(lang),
                    large,
                    colours[run],
                    ("far_below", "below", "below_right", "far_above", "above", "above_left"),
                    bold=True,
                )
            )
    return parts


def _put(
    plot: Plot, board: Board, p: Point, words: str, size: float, colour: str, places: tuple[str, ...], *, bold: bool
) -> str:
    spot = board.put(plot.x.at(p.x), plot.y.at(p.y), words, size, places, must=False)
    if spot is None:
        return ""
    return text(spot.x, spot.y, words, size=size, fill=colour, anchor=spot.anchor, bold=bold, halo=SURFACE)
