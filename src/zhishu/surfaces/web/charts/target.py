"""The target of a trajectory: thin tick, declared band, the reading named; the forecast as a fan."""

from zhishu.surfaces.web.charts.axes import Plot
from zhishu.surfaces.web.charts.ink import BRAND, INK2, LABEL, STATE_INK, TICK
from zhishu.surfaces.web.charts.model import Series, Size
from zhishu.surfaces.web.charts.place import Board, Spot, text_box
from zhishu.surfaces.web.charts.scale import text_width
from zhishu.surfaces.web.charts.svg import line, num, tag, text
from zhishu.surfaces.web.icons import icon_at
from zhishu.terms import Language


def target_part(series: Series, plot: Plot, board: Board, lang: Language, size: Size) -> str:
    """Return the band from its start to the deadline, the tick at the value, and the words of both."""
    target = series.target
    if target is None:
        return ""
    small, parts = size.small, []
    x, y = plot.x.at(target.x), plot.y.at(target.value)
    if target.low is not None and target.high is not None:
        top, bottom = plot.y.at(target.high), plot.y.at(target.low)
        start = plot.x.at(max(target.since if target.since is not None else target.x, plot.x.low))
        parts.append(
            tag(
                "rect",
                class_="band",
                x=start,
                y=top,
                width=max(0.0, x - start),
                height=bottom - top,
                fill=BRAND,
                fill_opacity=0.08,
            )
        )
        parts.append(tag("rect", x=x - 5, y=top, width=10, height=bottom - top, fill=BRAND, fill_opacity=0.35))
        if target.reading is not None and not small:
            letter = TICK * size.text
            words = target.reading.say(lang)
            spot = Spot(start + 6, (top + bottom) / 2 + letter * 0.36, "start")
            if x - start > text_width(words, letter) + 14 and bottom - top > letter:
                board.cover(text_box(spot, words, letter))
                parts.append(text(spot.x, spot.y, words, size=letter, fill=INK2))
        board.cover((x - 9, top, x + 9, bottom))
    parts.append(line(x - 9, y, x + 9, y, BRAND, 2.4, role="target"))
    board.cover((x - 9, y - 2, x + 9, y + 2))
    if not small:
        letter, words = LABEL * size.text, target.label.say(lang)
        top = plot.y.at(target.high) if target.high is not None else y
        half = text_width(words, letter) / 2
        # The words stay on the side of the break on which the target was set.
        cuts = [plot.x.at(k.x) for k in series.breaks if k.x > target.x]
        edge = min([size.width - 4, *(c - 6 for c in cuts)])
        middle = max(min(x, edge - half), half + 4)
        spot = Spot(middle, top - 7, "middle")
        board.cover(text_box(spot, words, letter))
        parts.append(text(spot.x, spot.y, words, size=letter, fill=BRAND, anchor="middle", bold=True, halo="#ffffff"))
    return "".join(parts)


def fan_part(series: Series, plot: Plot) -> str:
    """Return the forecast: its interval as a pale wedge, its middle as a broken line."""
    if not series.fan:
        return ""
    fan = sorted(series.fan, key=lambda f: f.x)
    # A forecast holds inside the run it starts from: it stops before the next break.
    cuts = [k.x for k in series.breaks if k.x > fan[0].x]
    fan = [f for f in fan if not cuts or f.x < min(cuts)]
    if len(fan) < 2:
        return ""
    upper = [f"{num(plot.x.at(f.x))} {num(plot.y.at(f.high))}" for f in fan]
    lower = [f"{num(plot.x.at(f.x))} {num(plot.y.at(f.low))}" for f in reversed(fan)]
    middle = [f"{num(plot.x.at(f.x))} {num(plot.y.at(f.middle))}" for f in fan]
    return tag("path", class_="fan", d="M" + "L".join(upper + lower) + "Z", fill=BRAND, fill_opacity=0.12) + tag(
        "path",
        class_="forecast",
        d="M" + "L".join(middle),
        fill="none",
        stroke=BRAND,
        stroke_width=1.5,
        stroke_dasharray="6 3",
    )


def notes_part(series: Series, plot: Plot, board: Board, lang: Language, size: Size) -> list[str]:
    """Return the verdicts of earlier dates at the foot of the plot; a narrow chart leaves them to the text."""
    if size.narrow or size.small:
        return []
    letter, parts, edge = LABEL * size.text, [], 0.0
    y = plot.bottom - 18
    for note in sorted(series.notes, key=lambda n: n.x):
        words = note.label.say(lang)
        x, wide = plot.x.at(note.x), 14 + text_width(words, letter)
        cuts = [plot.x.at(k.x) for k in series.breaks if x < plot.x.at(k.x) < x + wide]
        x = max(min([x, *(c - wide - 4 for c in cuts)]), edge)
        board.cover((x - 8, y - 8, x + 14 + text_width(words, letter), y + 8))
        parts.append(icon_at(note.state, x, y, 13, STATE_INK[note.state]))
        parts.append(text(x + 11, y + letter * 0.36, words, size=letter, fill=INK2))
        edge = x + 28 + text_width(words, letter)
    return parts
