"""An index that can be compared over time: the adjusted Mazziotta-Pareto index (AMPI).

Source: Mazziotta and Pareto 2016, doi:10.1007/s11205-015-0998-2. The posts of each indicator lie half the range of all
years above and below a reference, which thereby scores 100; scores run over about 70 to 130.
"""

from collections.abc import Sequence

import numpy as np

from zhishu.score.steps.aggregate import Array, mazziotta_pareto
from zhishu.score.steps.normalise import Direction


def ampi_scaled(values: Array, direction: Direction, reference: float) -> Array:
    """Return one indicator over all units and years (any shape) on the scale on which ``reference`` is 100.

    NaN where every value is the same. Missing stays missing.

    >>> ampi_scaled(np.array([[10.0, 20.0], [20.0, 30.0]]), 1, 20.0)
    array([[ 70., 100.],
           [100., 130.]])
    """
    half = (np.nanmax(values) - np.nanmin(values)) / 2 if not np.isnan(values).all() else 0.0
    if not half > 0:
        return np.full_like(values, np.nan)
    return np.asarray(100 + (values - reference) * direction / half * 30)


def ampi(
    indicators: Sequence[Array], directions: Sequence[Direction], references: Sequence[float], upwards: bool = True
) -> Array:
    """Return the index of units by years, each indicator of shape (units, years): the mean less its spread times its
    coefficient of variation, so that an uneven profile loses. NaN where an indicator is missing.

    ``upwards`` False is for an index of which less is better: directions are then towards more of it, and what is
    uneven adds to it. Raises ValueError for lists of different lengths.

    >>> ampi([np.array([[10.0, 30.0]]), np.array([[5.0, 1.0]])], [1, -1], [20.0, 3.0])
    array([[ 70., 130.]])
    """
    scaled = [ampi_scaled(*each) for each in zip(indicators, directions, references, strict=True)]
    return mazziotta_pareto(np.stack(scaled, axis=-1), upwards)
