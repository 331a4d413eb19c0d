"""How each column of COINr's example fares on its way through treatment: form before, cells drawn in, form after."""

from collections.abc import Callable

import numpy as np
import pytest
from oracle_coinr import needs_golden
from test_oracle_coinr_steps import Array, close, columns, number, rows

from zhishu.score.steps import shape, treat

pytestmark = needs_golden
Row = dict[str, str]
EVERY = 10**9


def trail(values: Array, *ways: Callable[[Array], Array]) -> list[Array]:
    """Return a column as it came and after each way that was tried: the next one if it still does not pass."""
    found = [values]
    for way in ways:
        if shape.is_even(found[-1]):
            break
        # each way starts from the column as it came
        found.append(way(values))
    return found


def same(mine: list[Array], row: Row) -> bool:
    """Return whether every stage has the form told, and no stage is told that was not reached."""
    for n, stage in enumerate(mine):
        told = (number(row[f"check_SkewKurt{n}.Skew"]), number(row[f"check_SkewKurt{n}.Kurt"]))
        if (shape.skewness(stage), shape.kurtosis(stage)) != pytest.approx(told, rel=1e-9, abs=1e-11):
            return False
        if (row[f"check_SkewKurt{n}.Pass"] == "TRUE") != shape.is_even(stage):
            return False
    return row.get(f"check_SkewKurt{len(mine)}.Skew", "") == ""


@pytest.mark.parametrize(
    ("golden", "most", "force"),
    [
        ("03_treat_details", 5, False),
        ("04_treat_win1_details", 1, False),
        ("04_treat_win3_details", 3, False),
        ("04_treat_win5_details", 5, False),
        ("04_treat_winInf_details", EVERY, False),
        ("04_treat_force3_details", 3, True),
    ],
)
def test_winsorised_then_on_a_logarithm(golden: str, most: int, force: bool) -> None:
    """How many cells are drawn in, and the form after that, and after the logarithm where it did not help."""
    start, told = columns("02_dset_Screened"), rows(golden)
    assert len(told) == 49
    for row in told:
        x = start[row["iCode"]]
        mine = trail(x, lambda v: treat.winsorise(v, most, force=force), treat.log_of_range)
        assert same(mine, row), row
        drawn = int((mine[1] != x).sum()) if len(mine) > 1 else 0
        assert drawn == int(row["winsorise.nwin"] or 0)


def test_forced_to_the_limit() -> None:
    """Three cells of every column that fails, though fewer would do."""
    start, wanted = columns("02_dset_Screened"), columns("04_treat_force3")
    for code, x in start.items():
        mine = trail(x, lambda v: treat.winsorise(v, 3, force=True), treat.log_of_range)
        assert close(mine[-1], wanted[code])


@pytest.mark.parametrize(
    ("golden", "first"),
    [
        ("04_treat_logCT_details", treat.log_of_range),
        ("04_treat_logCTplus_details", treat.log_by_skew),
        ("04_treat_logCTorig_details", treat.log_from_one),
    ],
)
def test_one_logarithm_then_another(golden: str, first: Callable[[Array], Array]) -> None:
    """The form after the first, and after that of the range where the first did not help."""
    start, told = columns("02_dset_Screened"), rows(golden)
    assert len(told) == 49
    for row in told:
        assert same(trail(start[row["iCode"]], first, treat.log_of_range), row), row


def test_the_logarithm_of_the_innovation_index_treats() -> None:
    """COINr's gives back what it was given (its 04_treat_logGII equals its input); ours draws in the long end."""
    start = columns("02_dset_Screened")
    untouched = columns("04_log_transforms", lambda r: r["f"] == "log_GII")
    assert all(close(untouched[c], x) for c, x in start.items())
    uneven = {c: x for c, x in start.items() if not shape.is_even(x) and np.nanmax(x) > 1}
    assert len(uneven) >= 4
    for x in uneven.values():
        found = treat.log_scaled(x)
        assert abs(shape.skewness(found)) < abs(shape.skewness(x))
        assert np.array_equal(np.argsort(found, kind="stable"), np.argsort(x, kind="stable"))
