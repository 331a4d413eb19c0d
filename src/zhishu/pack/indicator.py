"""Indicators: a formula over official series, its unit, where it applies, and its citation."""

from dataclasses import dataclass

from zhishu.errors import Problem, ZhishuError
from zhishu.formula.parse import parse
from zhishu.formula.tree import Node
from zhishu.pack.lines import Lined
from zhishu.pack.strict import Bilingual, Strict, validate
from zhishu.pack.system import Cite
from zhishu.pack.system_model import CiteModel
from zhishu.terms import Text


class IndicatorModel(Strict):
    """One indicator as the pack declares it."""

    name: Bilingual
    unit: str
    formula: str
    levels: list[str]
    cite: CiteModel
    better: str | None = None
    digits: int = 1
    note: Bilingual | None = None


class IndicatorFile(Strict):
    """The indicators of one article."""

    indicators: dict[str, IndicatorModel]


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator, ready to be measured."""

    id: str
    name: Text
    unit: str
    written: str
    node: Node
    levels: tuple[str, ...]
    cite: Cite
    better: str | None
    digits: int
    note: Text | None
    where: str


def load_indicators(lined: Lined) -> tuple[dict[str, Indicator], list[Problem]]:
    """Return the indicators of one file and every problem."""
    model, problems = validate(IndicatorFile, lined)
    if model is None:
        return {}, problems
    found: dict[str, Indicator] = {}
    for name, item in model.indicators.items():
        where = lined.where(("indicators", name, "formula"))
        try:
            node = parse(item.formula, where)
        except ZhishuError as error:
            problems += error.problems
            continue
        found[name] = Indicator(
            name,
            item.name,
            item.unit,
            item.formula,
            node,
            tuple(item.levels),
            Cite(item.cite.at, item.cite.quote),
            item.better,
            item.digits,
            item.note,
            lined.where(("indicators", name)),
        )
    return found, problems
