"""A table made ready to be treated and scaled: denominated, screened, imputed, in this order, and every cell told.

Screening looks at the figures as they came: after imputation nothing is missing, and nobody would ever go.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from zhishu.score.steps.denominate import Lost, denominate
from zhishu.score.steps.impute import Centre, by_centre, by_scaled_row
from zhishu.score.steps.normalise import Direction
from zhishu.score.steps.screen import Screened, screen
from zhishu.score.steps.shape import Column

Filling = Literal["mean", "median", "row_mean", "row_median"]
FILLINGS: tuple[Filling, ...] = ("mean", "median", "row_mean", "row_median")
"""By the centre of the units, or by where the unit's other indicators stand between worst and best."""
_CENTRE: Mapping[Filling, Centre] = {"mean": "mean", "median": "median", "row_mean": "mean", "row_median": "median"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done: each column over another times a factor; the shares of a unit's figures that must be known and not
    zero; how holes are filled (None: not at all), within which group of units (None: all)."""

    denominators: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    least_known: float = 0.0
    least_nonzero: float = 0.0
    filling: Filling | None = None
    groups: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Touch:
    """One cell, by its column and the place of its unit in the table as it came, that a step changed.

    ``before`` is NaN where a hole was filled, ``after`` where a figure lost its denominator.
    """

    column: str
    unit: int
    step: Literal["denominate", "impute"]
    before: float
    after: float
    why: Lost | Filling


@dataclass(frozen=True, slots=True)
class Prepared:
    """Columns of the units that stay, their places in the table as it came, the record of every unit of that table, and
    every cell a step filled or lost."""

    columns: Mapping[str, Column]
    kept: tuple[int, ...]
    screened: tuple[Screened, ...]
    touched: tuple[Touch, ...]


def prepare(columns: Mapping[str, Column], directions: Mapping[str, Direction], plan: Plan) -> Prepared:
    """Return the columns of ``directions`` made ready; other columns serve as denominators only.

    Raises KeyError for a denominator that is no column, ValueError for what ``denominate`` and ``screen`` refuse.

    >>> table = {"产出": np.array([8.0, 9.0, np.nan]), "人口": np.array([4.0, 0.0, 5.0])}
    >>> found = prepare(table, {"产出": 1}, Plan({"产出": ("人口", 1.0)}, filling="mean"))
    >>> found.columns["产出"], [(t.unit, t.step, t.why) for t in found.touched]
    (array([2., 2., 2.]), [(1, 'denominate', 'denominator_zero'), (1, 'impute', 'mean'), (2, 'impute', 'mean')])
    """
    touched: list[Touch] = []
    own: dict[str, Column] = {}
    for id in directions:
        own[id] = columns[id]
        if id in plan.denominators:
            by, factor = plan.denominators[id]
            divided = denominate(columns[id], columns[by], factor)
            own[id] = divided.values
            touched += [
                Touch(id, n, "denominate", float(columns[id][n]), float("nan"), why) for n, why in divided.lost.items()
            ]
    seen = tuple(screen(np.column_stack(list(own.values())), plan.least_known, plan.least_nonzero))
    kept = tuple(n for n, s in enumerate(seen) if s.kept)
    stay = {id: column[list(kept)] for id, column in own.items()}
    if plan.filling is not None:
        filled = _filled(stay, directions, plan.filling, plan.groups and [plan.groups[n] for n in kept])
        for id, column in filled.items():
            for n in np.flatnonzero(np.isnan(stay[id]) & ~np.isnan(column)):
                touched.append(Touch(id, kept[n], "impute", float("nan"), float(column[n]), plan.filling))
        stay = filled
    return Prepared(stay, kept, seen, tuple(touched))


def _filled(
    columns: Mapping[str, Column], directions: Mapping[str, Direction], how: Filling, groups: Sequence[str] | None
) -> dict[str, Column]:
    if how in ("mean", "median"):
        return {id: by_centre(column, _CENTRE[how], groups) for id, column in columns.items()}
    table = by_scaled_row(np.column_stack(list(columns.values())), list(directions.values()), _CENTRE[how])
    return dict(zip(columns, table.T, strict=True))
