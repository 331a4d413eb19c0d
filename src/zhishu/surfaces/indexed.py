"""An index from one table for whoever asks: options as they are written on the command line and in a query."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

if TYPE_CHECKING:
    from zhishu.score.index import Index
    from zhishu.score.table import Options

MOST_RUNS = 100_000
MOST_WINSORISED = 20
LEAST = (0.0, 1.0)
SHIFT = (0.0, 0.99)
LEVEL = (0.01, 0.99)
"""What the options may be, bounds included; ``seed`` is any whole number not below zero."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of an index as they are written: ``groups`` as NAME=A,B and ``weights`` as NAME=2."""

    less: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    weights: tuple[str, ...] = ()
    scale: str = "minmax"
    mean: str = "arithmetic"
    winsorise: int | None = None
    least: float = 1.0
    shift: float = 0.25
    level: float = 0.9
    runs: int = 1000
    seed: int = 1
    weights_by: str = "declared"

    def index(self, content: bytes, name: str) -> "Index":
        """Return the index of a table's bytes. Raises ZhishuError ``index-option`` before anything is read."""
        # NumPy is loaded for an index alone, not for every command
        from zhishu.score.table import index_of

        return index_of(content, name, **self.options())

    def options(self) -> "Options":
        """Return the options as ``index_of`` takes them. Raises ZhishuError ``index-option``."""
        problems = [
            _wrong(option, str(value), "不是数", "not a number")
            for option, value in (("least", self.least), ("shift", self.shift), ("level", self.level))
            if math.isnan(value)
        ]
        groups = named_values("group", self.groups, problems)
        weights = {n: _weight(v, problems) for n, v in named_values("weight", self.weights, problems).items()}
        if problems:
            raise ZhishuError(problems)
        return {
            "less_is_better": self.less,
            "groups": {n: ids.split(",") for n, ids in groups.items()},
            "weights": weights,
            "weights_by": self.weights_by,
            "scale": self.scale,
            "mean": self.mean,
            "winsorise": self.winsorise,
            "least": self.least,
        }


def named_values(option: str, texts: Iterable[str], problems: list[Problem]) -> dict[str, str]:
    """Return the values of an option that is written NAME=VALUE and may be repeated."""
    found: dict[str, str] = {}
    for text in texts:
        name, _, value = text.partition("=")
        if not name or not value:
            problems.append(_wrong(option, text, "写作 名称=值", "write NAME=VALUE"))
        elif name in found:
            problems.append(_wrong(option, text, "写了两次", "given twice"))
        else:
            found[name] = value
    return found


def _weight(text: str, problems: list[Problem]) -> float:
    try:
        value = float(text)
    except ValueError:
        problems.append(_wrong("weight", text, "不是数", "not a number"))
        return 1.0
    if not 0 <= value < 1e9:
        problems.append(_wrong("weight", text, "权重不小于 0", "a weight is not below zero"))
    return value


def _wrong(option: str, text: str, zh: str, en: str) -> Problem:
    what = Text(f"{text[:40]}：{zh}", f"{text[:40]}: {en}")
    repair = Text("例如 group 生态=林草,水质，weight 生态=2", "such as group eco=woods,water and weight eco=2")
    return Problem("index-option", option, what, repair)
