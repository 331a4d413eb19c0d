"""Schemes: dimensions, indicators, weights and how they are brought to one scale."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import Field

from zhishu.errors import Problem
from zhishu.pack.lines import Lined
from zhishu.pack.strict import Bilingual, Exact, Strict, validate
from zhishu.pack.system import Cite
from zhishu.pack.system_model import CiteModel
from zhishu.terms import Text

LEAST_CLASS = 5


class SchemeIndicatorModel(Strict):
    """One indicator of a dimension with its weight and direction."""

    indicator: str
    weight: Exact
    better: Literal["higher", "lower"]
    direction: Bilingual | None = None
    denominator: Bilingual | None = None


class DimensionModel(Strict):
    """One dimension: its weight, its indicators (of which ``at_least`` a percentage must be known), or what it needs."""

    name: Bilingual
    weight: Exact
    cite: CiteModel
    indicators: list[SchemeIndicatorModel] = Field(default_factory=list)
    needs: list[Bilingual] = Field(default_factory=list)
    at_least: Exact = Decimal(100)


class SchemeModel(Strict):
    """A scheme as the pack declares it."""

    name: Bilingual
    cite: CiteModel
    level: Literal["prefecture", "county"]
    classes: Literal["zone"]
    normalise: Literal["minmax", "efficacy", "rank", "zscore"]
    aggregate: Literal["arithmetic", "geometric"] = "arithmetic"
    proposal: Bilingual
    dimensions: dict[str, DimensionModel]


class SchemeFile(Strict):
    """The schemes of one article."""

    schemes: dict[str, SchemeModel]


@dataclass(frozen=True, slots=True)
class Part:
    """An indicator in a dimension, and why its direction and its denominator are right, where that is declared."""

    indicator: str
    weight: Fraction
    better: str
    direction: Text | None = None
    denominator: Text | None = None


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension of a scheme; without parts it says what it needs."""

    id: str
    name: Text
    weight: Fraction
    cite: Cite
    parts: tuple[Part, ...]
    needs: tuple[Text, ...]
    at_least: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scheme, ready to score. Weights of the dimensions sum to 1."""

    id: str
    name: Text
    cite: Cite
    level: str
    normalise: str
    aggregate: Literal["arithmetic", "geometric"]
    proposal: Text
    dimensions: tuple[Dimension, ...]
    where: str


def load_schemes(lined: Lined) -> tuple[dict[str, Scheme], list[Problem]]:
    """Return the schemes of one file; weights that do not sum to 100 are refused with the residual."""
    model, problems = validate(SchemeFile, lined)
    if model is None:
        return {}, problems
    found: dict[str, Scheme] = {}
    for name, item in model.schemes.items():
        groups = [("dimensions", [d.weight for d in item.dimensions.values()])]
        groups += [(k, [p.weight for p in d.indicators]) for k, d in item.dimensions.items() if d.indicators]
        for label, weights in groups:
            residual = 100 - sum(weights)
            if residual:
                what = Text(f"{label} 的权重差 {residual} 才到 100", f"the weights of {label} miss 100 by {residual}")
                repair = Text("使权重合计为 100", "make the weights sum to 100")
                problems.append(Problem("scheme-weights", lined.where(("schemes", name)), what, repair))
        dimensions = tuple(
            Dimension(
                k,
                d.name,
                Fraction(d.weight) / 100,
                Cite(d.cite.at, d.cite.quote, lined.where(("schemes", name, "dimensions", k, "cite"))),
                tuple(
                    Part(p.indicator, Fraction(p.weight) / 100, p.better, p.direction, p.denominator)
                    for p in d.indicators
                ),
                tuple(d.needs),
                Fraction(d.at_least) / 100,
            )
            for k, d in item.dimensions.items()
        )
        where = lined.where(("schemes", name))
        cite = Cite(item.cite.at, item.cite.quote, lined.where(("schemes", name, "cite")))
        found[name] = Scheme(
            name, item.name, cite, item.level, item.normalise, item.aggregate, item.proposal, dimensions, where
        )
    return found, problems
