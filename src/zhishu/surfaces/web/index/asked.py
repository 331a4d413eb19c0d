"""Choices read from an address, with the field of every one that cannot be read."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from zhishu.errors import Problem
from zhishu.surfaces.indexed import LEAST, LEVEL, MOST_RUNS, MOST_WINSORISED, SHIFT
from zhishu.surfaces.web.fields import Wrong
from zhishu.surfaces.web.index.chosen import MEANS, PLAIN, SCALES, Chosen
from zhishu.terms import Text

MOST_SEED = 2**31 - 1
MOST_WEIGHT = 1e9
LONGEST = 40
NAMES: dict[str, Text] = {
    "scale": Text("标准化", "scale"),
    "mean": Text("合成方法", "mean"),
    "winsorise": Text("离群处理", "outliers"),
    "least": Text("至少有数", "must be known"),
    "shift": Text("权重变动", "weights move by"),
    "level": Text("区间水平", "level"),
    "runs": Text("次数", "runs"),
    "seed": Text("种子", "seed"),
}


@dataclass(slots=True)
class Reader:
    """Reads typed choices; ``wrong`` collects what cannot be read. ``prefix`` stands before every key."""

    typed: Mapping[str, str]
    prefix: str = ""
    wrong: list[Wrong] = field(default_factory=list)

    def get(self, key: str) -> str:
        """Return what was typed under a key, blank for nothing."""
        return self.typed.get(self.prefix + key, "").strip()

    def number(self, key: str, name: Text, low: float, high: float, plain: float) -> float:
        """Return a number between bounds, included; what stands anyway where nothing was typed."""
        text = self.get(key)
        if not text:
            return plain
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if low <= value <= high:
            return value
        repair = Text(f"写 {low:g} 到 {high:,.10g} 的数", f"write a number from {low:g} to {high:,.10g}")
        if high >= MOST_WEIGHT:
            repair = Text("写数，例如 2 或 0.5", "write a number such as 2 or 0.5")
        self.refuse(key, name, text, repair)
        return plain

    def whole(self, key: str, name: Text, low: int, high: int, plain: int) -> int:
        """Return a whole number between bounds, included."""
        value = self.number(key, name, low, high, plain)
        if value == int(value):
            return int(value)
        self.refuse(key, name, self.get(key), Text("写整数", "write a whole number"))
        return plain

    def one_of(self, key: str, name: Text, known: Mapping[str, Text], plain: str) -> str:
        """Return one of the words known."""
        text = self.get(key) or plain
        if text in known:
            return text
        self.refuse(key, name, text, Text("从列表里选", "choose from the list"))
        return plain

    def refuse(self, key: str, name: Text, text: str, repair: Text) -> None:
        """Add that a field cannot be read."""
        what = Text(f"读不出“{text[:LONGEST]}”", f"“{text[:LONGEST]}” cannot be read")
        self.wrong.append(Wrong(Problem("index-option", self.prefix + key, what, repair), self.prefix + key, name))


def read_choices(
    typed: Mapping[str, str], columns: Sequence[str], prefix: str = ""
) -> tuple[Chosen, tuple[Wrong, ...]]:
    """Return the choices of an address for the indicators of a table, and what of it cannot be read."""
    r = Reader(typed, prefix)
    places = range(1, len(columns) + 1)
    out = frozenset(n for n in places if r.get(f"x{n}"))
    headings = {n: h[:LONGEST] for n in places if (h := r.get(f"g{n}"))}
    weights = {}
    for n in places:
        name = Text(f"“{columns[n - 1]}”的权重", f"weight of {columns[n - 1]}")
        if (value := r.number(f"w{n}", name, 0, MOST_WEIGHT, 1.0)) != 1:
            weights[n] = value
    own = {}
    for heading in dict.fromkeys(headings.values()):
        name = Text(f"“{heading}”的权重", f"weight of {heading}")
        if (value := r.number(f"v.{heading}", name, 0, MOST_WEIGHT, 1.0)) != 1:
            own[heading] = value
    if len(out) == len(columns):
        none = Text("没有一列参与计算", "no column is used")
        repair = Text("至少留一列", "keep one at least")
        r.wrong.append(
            Wrong(Problem("index-empty", f"{prefix}x1", none, repair), f"{prefix}x1", Text("指标", "columns"))
        )
    chosen = Chosen(
        frozenset(n for n in places if r.get(f"l{n}")),
        out,
        headings,
        weights,
        own,
        r.one_of("scale", NAMES["scale"], SCALES, PLAIN["scale"]),
        r.one_of("mean", NAMES["mean"], MEANS, PLAIN["mean"]),
        r.whole("winsorise", NAMES["winsorise"], 1, MOST_WINSORISED, 0) or None,
        r.number("least", NAMES["least"], LEAST[0] * 100, LEAST[1] * 100, 100) / 100,
        r.number("shift", NAMES["shift"], SHIFT[0] * 100, SHIFT[1] * 100, 25) / 100,
        r.number("level", NAMES["level"], LEVEL[0] * 100, LEVEL[1] * 100, 90) / 100,
        r.whole("runs", NAMES["runs"], 1, MOST_RUNS, 1000),
        r.whole("seed", NAMES["seed"], 0, MOST_SEED, 1),
    )
    return chosen, tuple(r.wrong)


def placed(problems: Sequence[Problem], columns: Sequence[str], chosen: Chosen) -> tuple[Wrong, ...]:
    """Return problems of an index with the field that each is about."""
    places = {c: n for n, c in enumerate(columns, 1)}
    first: dict[str, int] = {}
    for n, heading in sorted(chosen.headings.items()):
        first.setdefault(heading, n)
    found = []
    for p in problems:
        key, name = "scale", Text(p.where, p.where)
        if p.where in ("runs", "copeland"):
            key = "runs" if p.where == "runs" else "mean"
            name = NAMES[key]
        elif p.where in first:
            key = f"g{first[p.where]}"
        elif p.where in places:
            key = f"w{places[p.where]}"
        found.append(Wrong(p, key, name))
    return tuple(found)
