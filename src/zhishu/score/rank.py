"""Competition ranks: equal values share the better place, and an unknown value has none."""

from collections.abc import Mapping
from fractions import Fraction

from zhishu.formula.evaluate import Value


def competition(values: Mapping[str, Value]) -> dict[str, int]:
    """Return the rank of every known value, 1 for the largest, sorted by unit (1, 2, 2, 4).

    >>> competition({"成都": Fraction(9), "乐山": Fraction(7), "雅安": Fraction(7), "巴中": Fraction(5)})
    {'乐山': 2, '巴中': 4, '成都': 1, '雅安': 2}
    """
    known = sorted((v for v in values.values() if isinstance(v, Fraction)), reverse=True)
    place: dict[Fraction, int] = {}
    for position, value in enumerate(known, start=1):
        place.setdefault(value, position)
    return {u: place[v] for u, v in sorted(values.items()) if isinstance(v, Fraction)}
