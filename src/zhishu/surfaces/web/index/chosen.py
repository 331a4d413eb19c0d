"""How an index is made of a table, as its pages carry it in their address: nothing of it is kept on the server."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from zhishu.score.index import Index
from zhishu.score.steps.recipe import Study
from zhishu.score.table import Options, index_from
from zhishu.surfaces.web.index.sheet import Sheet
from zhishu.terms import Text

SCALES: dict[str, Text] = {
    "minmax": Text("极差法：最差 1，最好 100", "min-max: worst 1, best 100"),
    "zscore": Text("标准差法：均值 50，标准差 10", "z-score: mean 50, spread 10"),
    "rank": Text("名次分", "ranks"),
    "percentile": Text("百分位", "percentiles"),
    "best": Text("距最好值的距离", "distance to the best"),
}
MEANS: dict[str, Text] = {
    "arithmetic": Text("算术平均（可补偿）", "arithmetic (compensates)"),
    "geometric": Text("几何平均（部分可补偿）", "geometric (compensates in part)"),
    "harmonic": Text("调和平均（少量可补偿）", "harmonic (hardly compensates)"),
    "copeland": Text("科普兰计票（不补偿）", "Copeland's votes (no compensation)"),
}
"""What the scales and means are called, in the order they are offered."""
PLAIN = {"scale": "minmax", "mean": "arithmetic", "winsorise": "", "least": "100", "shift": "25", "level": "90", "runs": "1000", "seed": "1"}  # fmt: skip
"""What stands where nothing was chosen, as it is typed; shares in per cent."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The choices of an index. Columns go by their place, 1 the first indicator, so that any name may stand over them.

    ``less``: better when less; ``out``: not used; ``headings`` and ``weights`` by place; ``own`` the weights of
    headings by their name. Shares are in 0 to 1.
    """

    less: frozenset[int] = frozenset()
    out: frozenset[int] = frozenset()
    headings: Mapping[int, str] = field(default_factory=dict)
    weights: Mapping[int, float] = field(default_factory=dict)
    own: Mapping[str, float] = field(default_factory=dict)
    scale: str = "minmax"
    mean: str = "arithmetic"
    winsorise: int | None = None
    least: float = 1.0
    shift: float = 0.25
    level: float = 0.9
    runs: int = 1000
    seed: int = 1

    def weight(self, place: int) -> float:
        """Return the weight of a column by its place."""
        return self.weights.get(place, 1.0)

    def named(self) -> tuple[str, ...]:
        """Return the headings in the order of their first columns."""
        return tuple(dict.fromkeys(h for place, h in sorted(self.headings.items()) if place not in self.out))

    def options(self, columns: Sequence[str]) -> Options:
        """Return the choices as ``index_of`` takes them, for the indicators of a table."""
        groups: dict[str, list[str]] = {}
        for place, heading in sorted(self.headings.items()):
            groups.setdefault(heading, []).append(columns[place - 1])
        weights = {columns[place - 1]: w for place, w in self.weights.items()}
        return {
            "less_is_better": [columns[place - 1] for place in sorted(self.less)],
            "groups": groups,
            "weights": weights | {h: w for h, w in self.own.items() if h in groups},
            "scale": self.scale,
            "mean": self.mean,
            "winsorise": self.winsorise,
            "least": self.least,
            "leave_out": [columns[place - 1] for place in sorted(self.out)],
        }

    def query(self) -> tuple[tuple[str, str], ...]:
        """Return the pairs of the address that say these choices; what stands anyway is left out.

        >>> Chosen(less=frozenset({2}), weights={1: 2.0}, mean="geometric").query()
        (('l2', '1'), ('w1', '2'), ('mean', 'geometric'))
        """
        marks = [(f"l{n}", "1") for n in sorted(self.less)] + [(f"x{n}", "1") for n in sorted(self.out)]
        words = [(f"g{n}", h) for n, h in sorted(self.headings.items())]
        weights = [(f"w{n}", typed(w)) for n, w in sorted(self.weights.items()) if w != 1]
        weights += [(f"v.{h}", typed(w)) for h, w in self.own.items() if w != 1]
        return (*marks, *words, *weights, *((k, v) for k, v in self.method().items() if v != PLAIN[k]))

    def method(self) -> dict[str, str]:
        """Return scale, mean and the rest as they are typed."""
        return {
            "scale": self.scale,
            "mean": self.mean,
            "winsorise": "" if self.winsorise is None else str(self.winsorise),
            "least": typed(self.least * 100),
            "shift": typed(self.shift * 100),
            "level": typed(self.level * 100),
            "runs": str(self.runs),
            "seed": str(self.seed),
        }


def typed(value: float) -> str:
    """Return a number as a person types it.

    >>> typed(2.0), typed(0.1 + 0.2), typed(0.25 * 100)
    ('2', '0.3', '25')
    """
    return f"{value:.10g}"


def address(sheet: Sheet, chosen: Chosen, page: str, more: Sequence[tuple[str, object]] = ()) -> str:
    """Return where a page of a table stands with its choices, ``more`` being what is the page's own.

    >>> address(Sheet("example", "x.csv", (), {}), Chosen(mean="geometric"), "unit", [("unit", 3)])
    '/index/example/unit?mean=geometric&unit=3'
    """
    query = urlencode([*chosen.query(), *more])
    return f"/index/{sheet.id}" + (f"/{page}" if page else "") + (f"?{query}" if query else "")


def index_as(sheet: Sheet, chosen: Chosen) -> Index:
    """Return the index of a table by choices, without the columns that are not used. Raises ZhishuError as ``index_of``."""
    index = index_from(sheet.units, sheet.figures, sheet.name, **chosen.options(sheet.columns))
    # in the order of the table, as every page lists them
    left = [c for c in sheet.columns if c in index.study.columns]
    study = Study(
        {c: index.study.columns[c] for c in left}, {c: index.study.directions[c] for c in left}, index.study.tree
    )
    return Index(index.units, study, index.recipe)
