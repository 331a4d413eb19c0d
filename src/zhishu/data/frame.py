"""A panel as a polars table for vectorised work; values stay exact decimals."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import polars as pl

from zhishu.data.observation import Observation
from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

_DIGITS = 38
_TEXTS = ("region", "period", "series", "unit", "basis", "run", "kind", "status", "source", "confidence", "note", "ref")


def frame_of(observations: Sequence[Observation]) -> pl.DataFrame:
    """Return one row per observation, in the order given: its texts, dates, ``known_on`` and ``assumed``.

    Raises ZhishuError ``panel-value-not-decimal`` for a value such as 1/3, which no decimal column holds.
    """
    scale = max((_places(o) for o in observations), default=0)
    columns: dict[str, pl.Series] = {
        name: pl.Series(name, [getattr(o, name) for o in observations], dtype=pl.String) for name in _TEXTS
    }
    values = [_decimal(o.value, scale) for o in observations]
    columns["value"] = pl.Series("value", values, dtype=pl.Decimal(_DIGITS, scale))
    for name in ("published", "earliest", "known_on"):
        columns[name] = pl.Series(name, [getattr(o, name) for o in observations], dtype=pl.Date)
    columns["assumed"] = pl.Series("assumed", [o.assumed for o in observations], dtype=pl.Boolean)
    first = ("region", "period", "series", "value")
    return pl.DataFrame([columns[n] for n in (*first, *(n for n in columns if n not in first))])


def _places(o: Observation) -> int:
    """Return how many decimal places a value needs: the larger power of 2 or 5 in its denominator."""
    rest, powers = o.value.denominator, {2: 0, 5: 0}
    for prime in powers:
        while rest % prime == 0:
            rest //= prime
            powers[prime] += 1
    if rest == 1:
        return max(powers.values())
    what = Text(f"{o.value} 不是有限小数", f"{o.value} is no finite decimal")
    repair = Text("写成小数", "write it as a decimal number")
    raise ZhishuError([Problem("panel-value-not-decimal", o.ref, what, repair)])


def _decimal(value: Fraction, scale: int) -> Decimal:
    digits = value.numerator * (10**scale // value.denominator)
    return Decimal((int(digits < 0), tuple(map(int, str(abs(digits)))), -scale))
