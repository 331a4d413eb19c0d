"""What an audit looks at, computed once, and the findings it makes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from zhishu.score.index import TOP, Index
from zhishu.score.leaving import places
from zhishu.score.steps.aggregate import MEANS, Array
from zhishu.score.steps.recipe import Recipe, Study, with_mean
from zhishu.score.steps.shape import Column
from zhishu.score.steps.tree import Tree
from zhishu.terms import Text

Severity = Literal["warning", "note"]
SEVERITIES: dict[Severity, Text] = {"warning": Text("警示", "warning"), "note": Text("说明", "note")}
NAMED = 5
"""So many names are told in a sentence, the others counted."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: its code, the indicators, headings or units it is about, a sentence with the numbers, the number
    it was judged by, and whether it warns or only tells."""

    code: str
    where: tuple[str, ...]
    says: Text
    value: float
    severity: Severity

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        return {
            "code": self.code,
            "where": list(self.where),
            "says": self.says.to_json(),
            "value": self.value,
            "severity": self.severity,
        }


@dataclass(frozen=True, slots=True)
class Look:
    """An index laid open: the tree with the mean that is used, scaled columns, the scores of all headings by their id."""

    index: Index
    tree: Tree
    columns: dict[str, Column]
    scores: dict[str, Array]

    @property
    def units(self) -> tuple[str, ...]:
        """Return the names of the units, in the order of the columns."""
        return self.index.units

    @property
    def study(self) -> Study:
        """Return the figures as they were read."""
        return self.index.study

    @property
    def recipe(self) -> Recipe:
        """Return how the index is made."""
        return self.index.recipe

    @property
    def top(self) -> Array:
        """Return the score of each unit, NaN where it has none."""
        return self.scores[self.tree.top]

    def part(self, id: str) -> Array:
        """Return a scaled column, or the scores of a heading."""
        return self.columns[id] if id in self.columns else self.scores[id]

    def ranked(self) -> list[int]:
        """Return the places of the units that have a score, the best first, equal ones by name."""
        place = places(self.top)
        known = [n for n in range(len(self.units)) if not np.isnan(place[n])]
        return sorted(known, key=lambda n: (place[n], self.units[n]))


def look(index: Index) -> Look:
    """Return an index laid open. Every column needs a figure."""
    study, recipe = index.study, index.recipe
    tree = study.tree if recipe.mean is None else with_mean(study.tree, MEANS[recipe.mean])
    columns = dict(study.scaled(recipe))
    return Look(index, tree, columns, tree.scores(columns))


def label(id: str) -> Text:
    """Return how a heading or column is called: by its id, the whole index in words."""
    return Text("总指数", "the index") if id == TOP else Text(id, id)


def named(names: Iterable[str], order: Callable[[Iterable[str]], Sequence[str]] = sorted) -> Text:
    """Return names in one phrase, by name unless ordered otherwise, the first five and the number of the others.

    >>> named(["丙", "甲"]).en, named("fedcba").en
    ('丙, 甲', 'a, b, c, d, e and 1 more')
    """
    all_ = list(order(names))
    told, more = all_[:NAMED], len(all_) - NAMED
    return Text(
        "、".join(told) + (f"等 {len(all_)} 个" if more > 0 else ""),
        ", ".join(told) + (f" and {more} more" if more > 0 else ""),
    )
