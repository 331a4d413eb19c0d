"""A trajectory: comparable runs that never join across a break, the target, the forecast, the gaps."""

import itertools

from zhishu.surfaces.web.charts.axes import Plot, breaks_part, grid_part, plot_of
from zhishu.surfaces.web.charts.ink import BRAND, STATE_INK, SURFACE
from zhishu.surfaces.web.charts.labels import labels_part, run_colours, run_order, verdict_point
from zhishu.surfaces.web.charts.model import Point, Series, Size
from zhishu.surfaces.web.charts.place import Board
from zhishu.surfaces.web.charts.svg import HATCH, clean, frame, hatch, line, num, shown, tag
from zhishu.surfaces.web.charts.target import fan_part, notes_part, target_part
from zhishu.surfaces.web.icons import icon_at
from zhishu.terms import Language
from zhishu.units.words import unit_words


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
    board = Board((plot.left + 2, 2, size.width - 2, plot.bottom - 2))
    parts = [hatch(), grid_part(series, plot, lang, size), breaks_part(series, plot, board, lang, size)]
    parts += [fan_part(series, plot), target_part(series, plot, board, lang, size)]
    parts += [_gaps(series, plot, lang), _needed(series, plot), *_lines(series, plot, board)]
    parts += _points(series, plot, board, lang, size)
    parts += notes_part(series, plot, board, lang, size)
    parts += labels_part(series, plot, board, lang, size)
    said = series.summary.say(lang)
    if not series.zero:
        said += "。纵轴不从零起。" if lang == "zh" else ". The value axis does not start at zero."
    return frame(size, series.title.say(lang), said, "".join(parts), "series")


def _lines(series: Series, plot: Plot, board: Board) -> list[str]:
    colours, solid, parts = run_colours(series), dict[str, list[str]](), []
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
    if any(xa < k.x < xb for k in series.breaks):
        return ""
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


def _points(series: Series, plot: Plot, board: Board, lang: Language, size: Size) -> list[str]:
    colours, parts = run_colours(series), []
    unit = series.unit if series.unit in ("%", "‰") else f" {unit_words(series.unit).say(lang)}".rstrip()
    radius = 3.2 if size.width < 420 else 4.6
    verdict_at = verdict_point(series)
    for p in series.points:
        x, y, colour = plot.x.at(p.x), plot.y.at(p.y), colours[p.run]
        r = radius * (0.8 if p.revised else 1)
        board.cover((x - r, y - r, x + r, y + r))
        words = clean(f"{p.x:g}: {shown(p.y, series.decimals)}{unit}")
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
