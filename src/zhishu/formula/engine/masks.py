"""Many rules over many rows: which fired, which may fire, and the worst that missing data still allow."""

from collections.abc import Mapping

import narwhals as nw
from narwhals.typing import IntoFrameT

from zhishu.formula.engine.part import refuse
from zhishu.terms import Text

MOST = 62
"""Rules in one word of bits; 2⁶² still fits a 64-bit integer with its sign."""


def add_masks(severity: Mapping[str, int], frame: IntoFrameT, into: str) -> IntoFrameT:
    """Return a table with four columns more about its boolean rule columns, each with a severity of 0 or above.

    ``<into>__fired`` and ``<into>__open`` have bit i set where rule i holds, or is unknown; ``<into>`` is the
    highest severity of a rule that holds and ``<into>__worst`` of one that holds or is unknown; −1 for none.
    Where the two differ the verdict is unknown: no unknown ever passes.
    Raises ZhishuError ``engine-too-many-rules`` beyond 62 rules.

    >>> import polars as pl
    >>> counties = pl.DataFrame({"suspend": [True, False, None], "warn": [True, True, False]})
    >>> add_masks({"suspend": 2, "warn": 1}, counties, "gate").select("gate", "gate__worst", "gate__open").rows()
    [(2, 2, 0), (1, 1, 0), (-1, 2, 1)]
    """
    if len(severity) > MOST:
        raise refuse(
            "engine-too-many-rules",
            Text(
                f"一次至多 {MOST} 条规则，给了 {len(severity)} 条",
                f"at most {MOST} rules at once, {len(severity)} given",
            ),
            Text("分成几次", "split them"),
        )
    # narwhals cannot say that a frame of either sort comes back as it went in (its issue 3226)
    table = nw.from_native(frame)  # type: ignore[type-var]  # see above
    bits = {name: nw.lit(1 << i, dtype=nw.Int64) for i, name in enumerate(severity)}
    none, nothing = nw.lit(0, dtype=nw.Int64), nw.lit(-1, dtype=nw.Int64)
    grave = {name: nw.lit(level, dtype=nw.Int64) for name, level in severity.items()}
    holds = {name: nw.coalesce(nw.col(name), nw.lit(False, dtype=nw.Boolean)) for name in severity}
    maybe = {name: nw.coalesce(nw.col(name), nw.lit(True, dtype=nw.Boolean)) for name in severity}
    unknown = {name: nw.col(name).is_null() for name in severity}
    return table.with_columns(
        nw.sum_horizontal(none, *(nw.when(holds[n]).then(bits[n]).otherwise(none) for n in severity)).alias(
            f"{into}__fired"
        ),
        nw.sum_horizontal(none, *(nw.when(unknown[n]).then(bits[n]).otherwise(none) for n in severity)).alias(
            f"{into}__open"
        ),
        nw.max_horizontal(nothing, *(nw.when(holds[n]).then(grave[n]).otherwise(nothing) for n in severity)).alias(
            into
        ),
        nw.max_horizontal(nothing, *(nw.when(maybe[n]).then(grave[n]).otherwise(nothing) for n in severity)).alias(
            f"{into}__worst"
        ),
    ).to_native()
