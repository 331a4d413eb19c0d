"""Direct labels of a trajectory: the verdict first, then what was noted, the last values, the runs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from zhishu.surfaces.web.charts.axes import Plot
from zhishu.surfaces.web.charts.ink import INK2, LABEL, STATE_INK, SURFACE, TICK, run_colour
from zhishu.surfaces.web.charts.model import Point, Series, Size
from zhishu.surfaces.web.charts.place import Board, Spot
from zhishu.surfaces.web.charts.svg import shown, text
from zhishu.terms import Language


@dataclass(frozen=True, slots=True)
class Wish:
    """A label that asks for a place beside its point; shorter words may take the place of long ones."""

    point: Point
    words: tuple[str, ...]
    size: float
    colour: str
    places: tuple[str, ...]
    bold: bool = False


def run_order(series: Series) -> tuple[str, ...]:
    """Return the comparable runs in the order of their first period without revisions."""
    first: dict[str, float] = {}
    for p in series.points:
        key = p.x + (100 if p.revised else 0)
        first[p.run] = min(first.get(p.run, key), key)
    return tuple(sorted(first, key=lambda run: (first[run], run)))


def run_colours(series: Series) -> Mapping[str, str]:
    """Return the colour of each run."""
    return {run: run_colour(i) for i, run in enumerate(run_order(series))}


def verdict_point(series: Series) -> Point | None:
    """Return the observed value at the deadline: of the latest run that has one, never a revision."""
    if series.target is None:
        return None
    due = [p for p in series.points if p.x == series.target.x and not p.revised]
    order = run_order(series)
    return max(due, key=lambda p: order.index(p.run)) if due else None


def labels_part(series: Series, plot: Plot, board: Board, lang: Language, size: Size) -> list[str]:
    """Return the labels that find a free place; the others are left to the table."""
    parts = []
    for wish in _wishes(series, lang, size):
        x, y = plot.x.at(wish.point.x), plot.y.at(wish.point.y)
        for words in wish.words:
            spot = board.put(x, y, words, wish.size, wish.places, must=False)
            if spot is not None:
                parts.append(_drawn(spot, words, wish))
                break
    return parts


def _drawn(spot: Spot, words: str, wish: Wish) -> str:
    colour, size = wish.colour, wish.size
    return text(spot.x, spot.y, words, size=size, fill=colour, anchor=spot.anchor, bold=wish.bold, halo=SURFACE)


def _wishes(series: Series, lang: Language, size: Size) -> Iterator[Wish]:
    small, large = (TICK + 0.5) * size.text, LABEL * size.text
    colours, due, target = run_colours(series), verdict_point(series), series.target
    if due is not None and target is not None and target.verdict:
        colour, value = STATE_INK[target.verdict], shown(due.y, series.decimals)
        yield Wish(due, (value,), large + 1.5, colour, ("below", "above", "below_left", "above_left", "left"), True)
        if target.gap is not None and not size.narrow:
            yield Wish(
                due, (target.gap.say(lang),), large, colour, ("far_below", "far_below_left", "far_above", "left")
            )
    if not size.small:
        for p in series.points:
            if p.label is not None:
                places = ("above", "below", "above_left", "left", "below_right", "right")
                yield Wish(p, (p.label.say(lang), shown(p.y, series.decimals)), small, colours[p.run], places)
    for run in run_order(series):
        points = sorted((p for p in series.points if p.run == run and not p.revised), key=lambda p: p.x)
        if not points:
            continue
        last, middle = points[-1], points[len(points) // 2]
        if last is not due and last.label is None:
            yield Wish(
                last,
                (shown(last.y, series.decimals),),
                large,
                INK2,
                ("above", "right", "below", "above_left"),
                True,
            )
        if run in series.runs and not size.small:
            around = ("far_below", "below", "below_right", "far_above", "above", "above_left", "far_above_right")
            yield Wish(middle, (series.runs[run].say(lang),), large, colours[run], around, True)
