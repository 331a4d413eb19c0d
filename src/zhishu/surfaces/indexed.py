"""An index from one table for whoever asks: options as they are written, and one JSON for command line and REST."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

if TYPE_CHECKING:
    from zhishu.score.table import Index

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

        problems = [
            _wrong(option, str(value), "不是数", "not a number")
            for option, value in (("least", self.least), ("shift", self.shift), ("level", self.level))
            if math.isnan(value)
        ]
        groups = _pairs("group", self.groups, problems)
        weights = {n: _weight(v, problems) for n, v in _pairs("weight", self.weights, problems).items()}
        if problems:
            raise ZhishuError(problems)
        return index_of(
            content,
            name,
            less_is_better=self.less,
            groups={n: ids.split(",") for n, ids in groups.items()},
            weights=weights,
            weights_by=self.weights_by,
            scale=self.scale,
            mean=self.mean,
            winsorise=self.winsorise,
            least=self.least,
        )


def standings_json(index: "Index", asked: Asked) -> dict[str, object]:
    """Return the contract of an index: what was varied, and every unit with its intervals, the best first."""
    varied = index.varied(asked.shift, asked.runs, asked.seed)
    rows = index.standings(varied, asked.level)
    told = varied.says().to_json()
    return {"schema": 1, "varied": told, "level": asked.level, "units": [r.to_json() for r in rows]}


def sensitivity_json(index: "Index", asked: Asked) -> dict[str, object]:
    """Return the contract of a sensitivity; null where nothing moves, so that there are no shares of it."""
    found = _plain(index.sensitivity(asked.shift, asked.level, asked.seed).to_json())
    assert isinstance(found, dict)
    return {"schema": 1, **found}


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _pairs(option: str, texts: Iterable[str], problems: list[Problem]) -> dict[str, str]:
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
