"""Two hundred different panel formulas over 183 counties and 20 years, beside numpy arrays written by hand."""

import numpy as np
import polars as pl
from clock import median, say

from zhishu.data import family
from zhishu.formula.engine import run_panel
from zhishu.formula.parse import parse

COUNTIES, YEARS, WIDTH, INDICATORS = 183, 20, 40, 200
SHAPES = (
    "{a} / {b}",
    "growth({a}, 1)",
    "sum_years({a}, 5) / sum_years({b}, 5)",
    "rank_in({a} / {b})",
    "{a} / group_mean({b})",
)


def panel() -> None:
    """Time the engine on the whole panel, and the same five shapes by hand without runs, reasons or guards."""
    draw = np.random.default_rng(3)
    size = COUNTIES * YEARS
    arrays = [draw.uniform(1, 2, (COUNTIES, YEARS)) for _ in range(WIDTH)]
    columns: dict[str, object] = {
        "region": np.repeat([f"51{k:04d}" for k in range(COUNTIES)], YEARS).tolist(),
        "period": list(range(2005, 2005 + YEARS)) * COUNTIES,
        "parent": ["510000"] * size,
        "level": ["county"] * size,
    }
    for k, array in enumerate(arrays):
        columns[f"s{k}"] = array.ravel()
        columns[f"s{k}__run"] = ["gdp-2010-2018"] * size
    frame = pl.DataFrame(columns)
    pairs = [(k % WIDTH, (3 * k + 1 + k // WIDTH) % WIDTH) for k in range(INDICATORS)]
    formulas = {f"k{k}": parse(SHAPES[k % 5].format(a=f"s{a}", b=f"s{b}")) for k, (a, b) in enumerate(pairs)}

    def by_hand() -> list[np.ndarray]:
        return [_shape(k % 5, arrays[a], arrays[b]) for k, (a, b) in enumerate(pairs)]

    ours, hand = median(lambda: run_panel(formulas, frame, family), 3), median(by_hand, 3)
    say(
        f"{INDICATORS} panel formulas × {size:,} cells: {ours:.2f} s with breaks, reasons and guards; "
        f"the same shapes on numpy arrays without them {hand:.2f} s (ratio {ours / hand:.1f})"
    )


def _shape(kind: int, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    if kind == 0:
        return a / b
    if kind == 1:
        return a[:, 1:] / a[:, :-1] - 1
    if kind == 2:
        sums = [np.lib.stride_tricks.sliding_window_view(x, 5, axis=1).sum(axis=2) for x in (a, b)]
        return sums[0] / sums[1]
    if kind == 3:
        return (-(a / b)).argsort(axis=0).argsort(axis=0) + 1
    return a / b.mean(axis=0)
