"""Figures that are not exact: standard errors of cells, and two vintages between which a draw picks."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from zhishu.score.steps.aggregate import Array
from zhishu.score.steps.shape import Column
from zhishu.terms import Text

CLASSES = ("high", "medium", "low")
"""Confidence of a figure, the surest first. What error a class stands for is declared: there is no default."""


@dataclass(frozen=True, slots=True)
class DataError:
    """What is unsure about figures, as columns by id like those of a study, and the words an interval says it in.

    ``absolute``: the standard error in the unit of the indicator; ``relative``: as a share of the figure; where a cell
    has both, they add up. ``other``: another vintage of the figure, NaN where there is none: each draw picks one of the
    two, cell by cell, before its error is added. Errors are normal and every cell has its own.

    Raises ValueError for an error below zero or unknown.
    """

    says: Text
    absolute: Mapping[str, Column] = field(default_factory=dict)
    relative: Mapping[str, Column] = field(default_factory=dict)
    other: Mapping[str, Column] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check that no error is below zero."""
        for id, column in (*self.absolute.items(), *self.relative.items()):
            if not (column >= 0).all():
                raise ValueError(f"an error of {id} is below zero or unknown")

    def touched(self) -> tuple[str, ...]:
        """Return the columns that a draw may change, in order of their ids."""
        return tuple(sorted({*self.absolute, *self.relative, *self.other}))

    def drawn(self, columns: Mapping[str, Column], sets: NDArray[np.int64], seed: int) -> dict[str, Array]:
        """Return the drawn figures of the touched columns (sets, units). A set is the same whatever is drawn beside it.

        >>> error = DataError(Text("", ""), {"a": np.array([0.0, 1.0])})
        >>> error.drawn({"a": np.array([5.0, 5.0])}, np.array([3, 3]), 1)["a"].round(2)
        array([[5.  , 5.02],
               [5.  , 5.02]])
        """
        ids, rows = self.touched(), len(next(iter(columns.values())))
        erring = [id for id in ids if id in self.absolute or id in self.relative]
        twofold = [id for id in ids if id in self.other]
        picks, errors = np.empty((len(sets), len(twofold), rows)), np.empty((len(sets), len(erring), rows))
        for n, one in enumerate(sets):
            random = np.random.default_rng([seed, 3, int(one)])
            random.random(out=picks[n])
            random.standard_normal(out=errors[n])
        nothing, found = np.zeros(1), {}
        for id in ids:
            figures: Array = columns[id]
            if id in self.other:
                other = (picks[:, twofold.index(id)] < 0.5) & ~np.isnan(self.other[id])
                figures = np.where(other, self.other[id], figures)
            if id in erring:
                spread = self.absolute.get(id, nothing) + self.relative.get(id, nothing) * np.abs(figures)
                figures = figures + spread * errors[:, erring.index(id)]
            found[id] = figures
        return found
