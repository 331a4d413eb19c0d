"""Min-max: nothing for the worst of a class, full points for the best."""

from collections.abc import Mapping
from dataclasses import dataclass

from zhishu.formula.evaluate import Value
from zhishu.score import scales
from zhishu.score.kinds.sense import Better, direction


@dataclass(frozen=True, slots=True)
class MinMax:
    """The direction.

    >>> MinMax("lower").better
    'lower'
    """

    better: Better = "higher"

    def __post_init__(self) -> None:
        direction(self.better)


def minmax(values: Mapping[str, Value], how: MinMax) -> dict[str, Value]:
    """Return ``100 · (x − min) / (max − min)`` of each unit of one class.

    Unknown units take no part in the scale and stay unknown; where all are equal nothing can be scaled. Print the least
    and the greatest value and who set them beside it (``span_of``). Source: OECD/JRC Handbook 2008, step 5.

    >>> from fractions import Fraction
    >>> minmax({"成都": Fraction(3), "乐山": Fraction(1), "雅安": Fraction(2)}, MinMax())["雅安"]
    Fraction(50, 1)
    """
    return scales.minmax(values, how.better)
