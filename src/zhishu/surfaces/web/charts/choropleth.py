"""Maps: five declared classes with their counts, hatch for the unknown, names inside where they fit, else beside the land."""

from collections.abc import Mapping

from zhishu.surfaces.web.charts.boundaries import WIDTH, Area, Boundaries
from zhishu.surfaces.web.charts.fit import fitting_spot
from zhishu.surfaces.web.charts.ink import (
    CLASSES,
    INK,
    INK2,
    INK3,
    LAND,
    LINE2,
    RUNS,
    SEAL,
    SURFACE,
    TICK,
    on_class,
)
from zhishu.surfaces.web.charts.model import Classes, Region, Size
from zhishu.surfaces.web.charts.outside import outside_names
from zhishu.surfaces.web.charts.place import Box
from zhishu.surfaces.web.charts.scale import text_width
from zhishu.surfaces.web.charts.svg import HATCH, clean, frame, hatch, num, tag, text
from zhishu.terms import Language, Text

NO_APPROVAL = Text("示意边界，无审图号", "Schematic boundaries without map-approval number")


def choropleth(
    boundaries: Boundaries,
    regions: Mapping[str, Region],
    classes: Classes,
    lang: Language,
    size: Size,
    title: Text,
    summary: Text,
) -> str:
    """Return the map with its legend; the height follows from the shape, ``size.height`` is ignored.

    A region with value None, or with a shape but no entry, is hatched, never given the lightest class.
    Regions with a value but no shape are counted in the legend as not drawn, never dropped silently.
    """
    k, ends = size.width / WIDTH, _ends(boundaries, regions)
    shapes, names, counts, unknown = [], [], [0] * len(CLASSES), 0
    beside: list[tuple[str, str]] = []
    boxes: list[Box] = []
    for area in boundaries.areas:
        region = regions.get(area.code)
        index = classes.index(region.value) if region is not None and region.value is not None else None
        if index is None:
            unknown += 1
        else:
            counts[index] += 1
        fill = HATCH if index is None else CLASSES[index]
        name = region.name if region is not None else Text(area.name_zh, area.name_zh)
        said = _said(name, region, lang)
        path = tag(
            "path",
            tag("title", clean(said)),
            d=area.path,
            fill=fill,
            fill_rule="evenodd",
            class_="unknown" if index is None else f"class{index + 1}",
        )
        href = region.href if region is not None else ""
        shapes.append(tag("a", path, href=href, aria_label=said) if href else path)
        value = region.shown if region and area.code in ends else ""
        inside, box = _name(area, name.say(lang), value, index, k, size)
        names.append(inside)
        if box is not None:
            boxes.append(box)
        else:
            short = _short(name.say(lang))
            beside.append((area.code, f"{short} {value}".strip()))
    group = tag(
        "g", "".join(shapes), transform=f"scale({k:.5g})", stroke=SURFACE, stroke_width=1.1 / k, stroke_linejoin="round"
    )
    names += outside_names(boundaries, beside, boxes, TICK * size.text, size)
    missing = len(set(regions) - set(boundaries.codes))
    top = boundaries.height * k + 16
    legend, bottom = _legend(classes, counts, unknown, missing, lang, size, top)
    said = f"{summary.say(lang)} {NO_APPROVAL.say(lang)}"
    return frame(
        Size(size.width, bottom, size.text), title.say(lang), said, hatch() + group + "".join(names) + legend, "map"
    )


def locator(boundaries: Boundaries, unit: str, peers: frozenset[str], lang: Language, size: Size, title: Text) -> str:
    """Return a small map that only says where one unit and its group lie."""
    k = size.width / WIDTH
    fills = {a.code: SEAL if a.code == unit else RUNS[1] if a.code in peers else LAND for a in boundaries.areas}
    shapes = "".join(
        tag(
            "path",
            d=a.path,
            fill=fills[a.code],
            fill_rule="evenodd",
            class_="unit" if a.code == unit else "peer" if a.code in peers else "rest",
            fill_opacity=0.5 if a.code in peers and a.code != unit else 1,
        )
        for a in boundaries.areas
    )
    group = tag("g", shapes, transform=f"scale({k:.5g})", stroke=SURFACE, stroke_width=1.2 / k)
    return frame(
        Size(size.width, boundaries.height * k + 4, size.text), title.say(lang), NO_APPROVAL.say(lang), group, "locator"
    )


def _said(name: Text, region: Region | None, lang: Language) -> str:
    if region is not None and region.value is not None:
        return f"{name.say(lang)} {region.shown or f'{region.value:g}'}"
    reason = region.reason if region is not None and region.reason is not None else Text("无数", "no figure")
    return f"{name.say(lang)}: {reason.say(lang)}" if lang == "en" else f"{name.zh}：{reason.zh}"


def _ends(boundaries: Boundaries, regions: Mapping[str, Region]) -> frozenset[str]:
    """Return the codes with the lowest and the highest value: their numbers stand on the map."""
    known = [(r.value, c) for c in boundaries.codes if (r := regions.get(c)) is not None and r.value is not None]
    return frozenset((min(known)[1], max(known)[1])) if known else frozenset()


def _name(area: Area, name: str, shown: str, index: int | None, k: float, size: Size) -> tuple[str, Box | None]:
    """Return the name where it fits inside its area, and the box it covers; nothing where it fits nowhere."""
    letter = TICK * size.text
    colour = INK if index is None else on_class(index)
    # The value stands under the name at the two ends of the scale, where readers look first.
    lines = [name, shown] if shown else [name]
    # A long name gives way to its first word: Liangshan for Liangshan Yi Autonomous Prefecture.
    tries = [lines, lines[:1], [_short(name), *lines[1:]], [_short(name)]]
    for rows in [t for i, t in enumerate(tries) if t not in tries[:i]]:
        spot = fitting_spot(area, rows, letter / k)
        if spot is None:
            continue
        halo = SURFACE if index is None else ""
        x, y = spot[0] * k, spot[1] * k
        first = y + letter * (0.36 if len(rows) == 1 else -0.2)
        parts = text(x, first, rows[0], size=letter, fill=colour, anchor="middle", halo=halo)
        if len(rows) > 1:
            parts += text(
                x, first + letter * 1.12, rows[1], size=letter, fill=colour, anchor="middle", bold=True, halo=halo
            )
        half = max(text_width(row, letter) for row in rows) / 2
        return parts, (x - half, first - letter, x + half, first + letter * (0.3 if len(rows) == 1 else 1.4))
    return "", None


def _short(name: str) -> str:
    """Return the first word of a name."""
    return name.split(" ")[0]


def _legend(
    classes: Classes, counts: list[int], unknown: int, missing: int, lang: Language, size: Size, top: float
) -> tuple[str, float]:
    letter = (TICK + 0.5) * size.text
    shown = len(classes.labels) + (1 if unknown else 0)
    step = size.width / shown
    words = [label.say(lang) for label in classes.labels]
    fills = [*CLASSES[: len(words)]]
    numbers = counts[: len(words)]
    if unknown:
        words.append("无数" if lang == "zh" else "no figure")
        fills.append(HATCH)
        numbers.append(unknown)
    parts = []
    for i, (label, fill, count) in enumerate(zip(words, fills, numbers, strict=True)):
        x = i * step
        gap = 8.0 if unknown and i == shown - 1 else 1.0
        parts.append(
            tag("rect", x=x + gap, y=top, width=step - gap - 1, height=11, fill=fill, stroke=LINE2, stroke_width=0.8)
        )
        middle = x + step / 2
        parts.append(text(middle, top + 14 + letter, label, size=letter, fill=INK2, anchor="middle"))
        number = f"{num(count)} 个" if lang == "zh" else num(count)
        parts.append(text(middle, top + 14 + letter * 2.4, number, size=letter, fill=INK3, anchor="middle"))
    bottom = top + 20 + letter * 2.4
    if missing:
        note = (
            f"另有 {missing} 个有数而无边界，见表格"
            if lang == "zh"
            else f"{missing} more with a figure but no boundary: see the table"
        )
        parts.append(text(0, bottom + letter, note, size=letter, fill=INK3))
        bottom += letter * 1.6
    return "".join(parts), bottom
