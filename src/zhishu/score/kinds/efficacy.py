"""Efficacy coefficient: 60 for the worst of a class to 100 for the best."""

from collections.abc import Mapping
from dataclasses import dataclass

from zhishu.formula.evaluate import Value
from zhishu.score import scales
from zhishu.score.kinds.sense import Better, direction


@dataclass(frozen=True, slots=True)
class Efficacy:
    """The direction; the numbers 40 and 60 are the published ones.

    >>> Efficacy().better
    'higher'
    """

    better: Better = "higher"

    def __post_init__(self) -> None:
        direction(self.better)


def efficacy(values: Mapping[str, Value], how: Efficacy) -> dict[str, Value]:
    """Return ``40 · (x − min) / (max − min) + 60`` of each unit of one class, from 60 to 100 points.

    Unknown units take no part in the scale and stay unknown; where all are equal nothing can be scaled. Print the least
    and the greatest value and who set them beside it (``span_of``). Source: Jiangxi 2012.

    >>> from fractions import Fraction
    >>> efficacy({"成都": Fraction(3), "乐山": Fraction(1), "雅安": Fraction(2)}, Efficacy())["雅安"]
    Fraction(80, 1)
    """
    return scales.efficacy(values, how.better)
