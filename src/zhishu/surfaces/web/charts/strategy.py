"""The strategy map: problems, the parts of the strategy that answer them, articles, and what measures them.

A ribbon is as wide as what it carries (promises, systems or targets); colour says which problem a path belongs
to, never whether something is good. Good and bad stand at the right end alone, by shape, colour and word.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhishu.surfaces.web.charts.ink import INK, INK2, INK3, LABEL, LINE, LINE2, STATE_INK, SURFACE, TICK
from zhishu.surfaces.web.charts.model import Size
from zhishu.surfaces.web.charts.scale import text_width
from zhishu.surfaces.web.charts.svg import clean, frame, line, num, tag, text
from zhishu.surfaces.web.icons import icon_at
from zhishu.terms import Language, Text

HUES = ("#2d6f8e", "#7a5c9a", "#2f7d5b", "#a8672a")
GREY = "#7d848a"
COLUMNS = (0.0, 196.0, 300.0, 552.0, 640.0, 872.0, 1010.0, 1056.0, 1096.0)
"""Left and right of the problems, left and right of the answers, left of titles, bars, systems, indicators, lamps."""
BAR, ROW, GAP, THICK = 76.0, 31.0, 13.0, 150.0


@dataclass(frozen=True, slots=True)
class Lamp:
    """A target's verdict, with what a reader hears and where it leads."""

    verdict: str
    said: str
    href: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """One article: the amount its ribbon carries, its counts, its targets."""

    label: str
    title: Text
    amount: int
    promises: int
    systems: int
    usable: int
    indicators: int
    lamps: tuple[Lamp, ...]
    href: str


@dataclass(frozen=True, slots=True)
class Branch:
    """One part of the strategy with its articles; ``problem`` counts from 0, None where the text names none."""

    name: Text
    kind: Text
    problem: int | None
    members: tuple[Text, ...]
    leaves: tuple[Leaf, ...]

    @property
    def amount(self) -> int:
        """Return what the ribbons into its articles carry together."""
        return sum(leaf.amount for leaf in self.leaves)


@dataclass(frozen=True, slots=True)
class Root:
    """One problem: its name, lines of counts below it, where it leads."""

    name: Text
    lines: tuple[Text, ...]
    href: str


@dataclass(frozen=True, slots=True)
class Box:
    """Where something stands: top and height."""

    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything of a map stands, from top to bottom."""

    branches: tuple[Box, ...]
    leaves: tuple[tuple[float, ...], ...]
    roots: Mapping[int | None, Box]
    height: float


def plan(roots: Sequence[Root], branches: Sequence[Branch], top: float, k: float) -> Plan:
    """Return where each box and each article stands; boxes of one column never touch."""
    y, boxes, rows = top, [], []
    for branch in branches:
        needed = (58 + 25 * _member_rows(branch, k)) * k
        height = max(ROW * k * len(branch.leaves), needed)
        boxes.append(Box(y, height))
        first = y + (height - ROW * k * len(branch.leaves)) / 2 + ROW * k / 2
        rows.append(tuple(first + ROW * k * i for i in range(len(branch.leaves))))
        y += height + GAP * k
    placed: dict[int | None, Box] = {}
    for root in (*range(len(roots)), None):
        mine = [box for box, branch in zip(boxes, branches, strict=True) if branch.problem == root]
        if mine:
            middle = (mine[0].top + mine[-1].top + mine[-1].height) / 2
            tall = 94 * k
            placed[root] = Box(middle - tall / 2, tall)
    return Plan(tuple(boxes), tuple(rows), placed, y)


def _member_rows(branch: Branch, k: float) -> int:
    return -(-len(branch.members) // 3)


def strategy_map(
    roots: Sequence[Root],
    branches: Sequence[Branch],
    heads: Sequence[Text],
    without: Root,
    lang: Language,
    size: Size,
    title: Text,
    summary: Text,
) -> str:
    """Return the map; ``without`` is the box of what no named problem covers; the height follows from the rows."""
    k = size.text
    found = plan(roots, branches, 40 * k, k)
    scale = THICK * k / max(sum(b.amount for b in branches), 1)
    parts = [_heads(heads, lang, k)]
    parts += _flows(roots, branches, found, scale, k)
    for root, box in found.roots.items():
        parts.append(_root(without if root is None else roots[root], root, box, lang, k))
    most = max((leaf.promises for b in branches for leaf in b.leaves), default=1) or 1
    for branch, box, rows in zip(branches, found.branches, found.leaves, strict=True):
        parts.append(_branch(branch, box, lang, k))
        parts += [_leaf(leaf, y, branch.problem, most, lang, k) for leaf, y in zip(branch.leaves, rows, strict=True)]
    return frame(Size(size.width, found.height, k), title.say(lang), summary.say(lang), "".join(parts), "strategy")


def hue(problem: int | None) -> str:
    """Return the colour of a path; grey where the text names no problem."""
    return GREY if problem is None else HUES[problem % len(HUES)]


def _heads(heads: Sequence[Text], lang: Language, k: float) -> str:
    places = (COLUMNS[0], COLUMNS[2], COLUMNS[4], COLUMNS[5], COLUMNS[6], COLUMNS[7], COLUMNS[8])
    anchors = ("start", "start", "start", "start", "end", "end", "start")
    words = [
        text(x, 14 * k, head.say(lang), size=TICK * k, fill=INK2, anchor=anchor, bold=True)
        for x, head, anchor in zip(places, heads, anchors, strict=True)
    ]
    return "".join(words) + line(0, 23 * k, 1210, 23 * k, LINE2)


def _flows(roots: Sequence[Root], branches: Sequence[Branch], found: Plan, scale: float, k: float) -> list[str]:
    parts = []
    left: dict[int | None, float] = {}
    for root, box in found.roots.items():
        carried = sum(b.amount for b in branches if b.problem == root) * scale
        left[root] = box.top + (box.height - carried) / 2
    for branch, box, rows in zip(branches, found.branches, found.leaves, strict=True):
        carried, colour = branch.amount * scale, hue(branch.problem)
        middle = box.top + (box.height - carried) / 2
        parts.append(_ribbon(COLUMNS[1], left[branch.problem], COLUMNS[2], middle, carried, colour))
        left[branch.problem] += carried
        at = middle
        for leaf, y in zip(branch.leaves, rows, strict=True):
            wide = leaf.amount * scale
            parts.append(_ribbon(COLUMNS[3], at, COLUMNS[4] - 26, y - wide / 2, wide, colour))
            at += wide
    return parts


def _ribbon(x1: float, y1: float, x2: float, y2: float, wide: float, colour: str) -> str:
    if wide <= 0:
        return ""
    half = (x1 + x2) / 2
    there = f"M{num(x1)} {num(y1)}C{num(half)} {num(y1)} {num(half)} {num(y2)} {num(x2)} {num(y2)}"
    back = f"L{num(x2)} {num(y2 + wide)}C{num(half)} {num(y2 + wide)} {num(half)} {num(y1 + wide)} {num(x1)} {num(y1 + wide)}Z"
    return tag("path", d=there + back, fill=colour, fill_opacity=0.22)


def _root(root: Root, problem: int | None, box: Box, lang: Language, k: float) -> str:
    dashed: dict[str, str] = {"stroke_dasharray": "4 3"} if problem is None else {}
    ground = tag(
        "rect", x=0.5, y=box.top, width=COLUMNS[1] - 1, height=box.height, rx=5, fill=SURFACE, stroke=LINE2, **dashed
    )
    edge = "" if problem is None else tag("rect", x=0, y=box.top, width=5, height=box.height, rx=2, fill=hue(problem))
    parts = [ground, edge]
    letter = (LABEL + 2.5) * k
    rows = _wrapped(root.name.say(lang), letter, COLUMNS[1] - 30)
    tall = letter * 1.25 * len(rows) + TICK * k * 1.45 * len(root.lines)
    y = box.top + (box.height - tall) / 2 + letter * 0.95
    for row in rows:
        parts.append(text(16, y, row, size=letter, fill=INK, bold=True))
        y += letter * 1.25
    for said in root.lines:
        parts.append(text(16, y + 3 * k, said.say(lang), size=TICK * k, fill=INK2))
        y += TICK * k * 1.45
    return _linked("".join(parts), root.href, root.name.say(lang))


def _branch(branch: Branch, box: Box, lang: Language, k: float) -> str:
    x, wide = COLUMNS[2], COLUMNS[3] - COLUMNS[2]
    parts = [
        tag("rect", x=x, y=box.top, width=wide, height=box.height, rx=5, fill=SURFACE, stroke=LINE),
        tag("rect", x=x, y=box.top, width=wide, height=3.5, rx=1.7, fill=hue(branch.problem)),
    ]
    letter = (LABEL + 1) * k
    needed = (58 + 25 * _member_rows(branch, k)) * k
    y = box.top + (box.height - needed) / 2 + 26 * k
    amount = str(branch.amount)
    parts.append(text(x + 14, y, branch.name.say(lang), size=letter, fill=INK, bold=True))
    parts.append(text(x + wide - 12, y, amount, size=letter, fill=INK, anchor="end", bold=True))
    parts.append(text(x + 14, y + 19 * k, branch.kind.say(lang), size=TICK * k, fill=INK3))
    pitch = (wide - 24) / 3
    for i, member in enumerate(branch.members):
        left, top = x + 12 + pitch * (i % 3), y + (28 + 25 * (i // 3)) * k
        parts.append(
            tag(
                "rect", x=left, y=top, width=pitch - 6, height=20 * k, rx=10, fill=hue(branch.problem), fill_opacity=0.1
            )
        )
        middle = left + (pitch - 6) / 2
        parts.append(text(middle, top + 14.5 * k, member.say(lang), size=(TICK - 0.5) * k, fill=INK2, anchor="middle"))
    return "".join(parts)


def _leaf(leaf: Leaf, y: float, problem: int | None, most: int, lang: Language, k: float) -> str:
    letter, base = LABEL * k, y + 4.4 * k
    x = COLUMNS[4]
    parts = [text(x - 8, base, leaf.label, size=letter, fill=INK, anchor="end", bold=True)]
    rows = _wrapped(leaf.title.say(lang), letter, COLUMNS[5] - x - 12)
    small = letter if len(rows) == 1 else (TICK - 0.5) * k
    rows = rows if len(rows) == 1 else _wrapped(leaf.title.say(lang), small, COLUMNS[5] - x - 12)
    for i, row in enumerate(rows[:2]):
        parts.append(text(x, base + (i - (len(rows[:2]) - 1) / 2) * small * 1.12, row, size=small, fill=INK2))
    head = _linked("".join(parts), leaf.href, f"{leaf.label} {leaf.title.say(lang)}")
    wide = BAR * leaf.promises / most
    bar = tag(
        "rect", x=COLUMNS[5], y=y - 5.5 * k, width=wide, height=11 * k, rx=1.5, fill=hue(problem), fill_opacity=0.75
    )
    tail = [bar, text(COLUMNS[5] + wide + 7, base, str(leaf.promises), size=letter, fill=INK)]
    tail.append(text(COLUMNS[6], base, f"{leaf.usable}/{leaf.systems}", size=letter, fill=INK2, anchor="end"))
    tail.append(text(COLUMNS[7], base, str(leaf.indicators), size=letter, fill=INK2, anchor="end"))
    if not leaf.lamps:
        none = Text("无数量目标", "no numeric target").say(lang)
        tail.append(text(COLUMNS[8], base, none, size=TICK * k, fill=INK3))
    for i, lamp in enumerate(leaf.lamps):
        mark = icon_at(lamp.verdict, COLUMNS[8] + 8 + 18.5 * i, y, 15 * k, STATE_INK[lamp.verdict])
        area = tag("rect", x=COLUMNS[8] - 1 + 18.5 * i, y=y - 12, width=18, height=24, fill=SURFACE, fill_opacity=0)
        tail.append(_linked(area + mark, lamp.href, lamp.said))
    return head + "".join(tail)


def _linked(body: str, href: str, said: str) -> str:
    return tag("a", tag("title", clean(said)) + body, href=href, aria_label=said)


def _wrapped(words: str, letter: float, room: float) -> list[str]:
    """Return words in rows that fit; Chinese breaks anywhere, English at spaces."""
    units = words.split(" ") if " " in words else list(words)
    join = " " if " " in words else ""
    rows: list[str] = []
    for unit in units:
        longer = f"{rows[-1]}{join}{unit}" if rows else unit
        if rows and text_width(longer, letter) <= room:
            rows[-1] = longer
        else:
            rows.append(unit)
    return rows
