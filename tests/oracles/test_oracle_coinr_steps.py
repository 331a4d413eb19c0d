"""Our steps on arrays give COINr's numbers on its example of 51 units and 49 indicators."""

import csv
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from oracle_coinr import FOLDER, meta, needs_golden

from zhishu.score.steps import impute, normalise, panel, shape, treat

pytestmark = needs_golden
Array = NDArray[np.float64]
# infinite before the cap: the twentieth unit is the worst of Ship
CAPPED = {("02_dset_Treated", "06_norm_dist2ref_unit20_cap", "Ship")}


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a golden table."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


INDICATORS = [r["iCode"] for r in rows("00_iMeta") if r["Type"] == "Indicator"] if FOLDER.is_dir() else []


def number(text: str) -> float:
    """Return a cell; an empty one is missing."""
    return float(text) if text not in ("", "NA", "NaN") else float("nan")


def columns(name: str, where: Callable[[dict[str, str]], bool] = lambda _: True) -> dict[str, Array]:
    """Return the numeric columns of a golden table."""
    kept = [r for r in rows(name) if where(r)]
    codes = [c for c in INDICATORS if c in kept[0]]
    return {c: np.array([number(r[c]) for r in kept]) for c in codes}


def close(mine: Array, theirs: Array, tolerance: float = 1e-9) -> bool:
    """Return whether two columns agree, each figure for itself, missing cells included.

    Rounding near zero may differ by 1e-15 of the largest figure of the column.
    """
    largest = float(np.nanmax(np.abs(theirs), initial=0.0, where=~np.isnan(theirs)))
    return mine.shape == theirs.shape and np.allclose(
        mine, theirs, rtol=tolerance, atol=1e-15 * largest, equal_nan=True
    )


def agree(mine: Callable[[str, Array], Array], before: str, after: str) -> None:
    """Check one function on every column of a table against another table."""
    start, wanted = columns(before), columns(after)
    codes = [c for c in wanted if c in start]
    # where the worst unit stands at the reference COINr divides by zero, and caps that; we know nothing
    sound = [
        c for c in codes if np.isfinite(wanted[c][~np.isnan(wanted[c])]).all() and (before, after, c) not in CAPPED
    ]
    assert len(sound) >= 40
    assert [c for c in sound if not close(mine(c, start[c]), wanted[c])] == []
    assert all(np.isnan(mine(c, start[c])).all() for c in set(codes) - set(sound))


def direction(code: str) -> normalise.Direction:
    """Return the direction of an indicator."""
    return 1 if meta("Direction")[code] == "1" else -1


def posts(code: str) -> tuple[float, float]:
    """Return the lower and the upper post of an indicator."""
    row = next(r for r in rows("06_goalposts_used") if r["iCode"] == code)
    return number(row["lower"]), number(row["upper"])


def test_skewness_and_kurtosis() -> None:
    """Of the screened data."""
    data = columns("02_dset_Screened")
    for row in rows("04_skew_kurt_screened"):
        code = row["iCode"]
        assert shape.skewness(data[code]) == pytest.approx(number(row["skew"]), rel=1e-11)
        assert shape.kurtosis(data[code]) == pytest.approx(number(row["kurt"]), rel=1e-11)


@pytest.mark.parametrize(
    ("golden", "most"),
    [
        ("04_treat_win1", 1),
        ("04_treat_win3", 3),
        ("04_treat_win5", 5),
        ("04_treat_winInf", 10**9),
        ("02_dset_Treated", 5),
    ],
)
def test_treatment(golden: str, most: int) -> None:
    """Winsorised to a limit, else on the logarithmic scale."""
    agree(lambda _, x: treat.treat(x, most).values, "02_dset_Screened", golden)


@pytest.mark.parametrize(
    ("golden", "first"),
    [
        ("04_treat_logCT", treat.log_of_range),
        ("04_treat_logCTplus", treat.log_by_skew),
        ("04_treat_logCTorig", treat.log_from_one),
    ],
)
def test_one_transform_after_the_other(golden: str, first: Callable[[Array], Array]) -> None:
    """A logarithm that does not help gives way to that of the range."""

    def mine(_: str, x: Array) -> Array:
        found = treat.treat(x, None, first)
        return treat.log_of_range(x) if found.way == "unhelped" else found.values

    agree(mine, "02_dset_Screened", golden)


@pytest.mark.parametrize(
    ("name", "mine"),
    [
        ("log_CT", treat.log_of_range),
        ("log_CT_plus", treat.log_by_skew),
        ("log_CT_orig", treat.log_from_one),
    ],
)
def test_logarithms(name: str, mine: Callable[[Array], Array]) -> None:
    """On every column, needed or not."""
    start, wanted = columns("02_dset_Screened"), columns("04_log_transforms", lambda r: r["f"] == name)
    assert len(wanted) >= 20
    assert [c for c in wanted if not close(mine(start[c]), wanted[c])] == []


@pytest.mark.parametrize("power", ["-1", "-0.5", "0", "0.5", "2"])
def test_box_cox(power: str) -> None:
    """Shifted to begin at one."""
    start, wanted = columns("02_dset_Screened"), columns("04_boxcox_grid", lambda r: r["lambda"] == power)
    assert len(wanted) >= 20
    assert [c for c in wanted if not close(treat.box_cox(start[c], float(power), shift=True), wanted[c])] == []


@pytest.mark.parametrize(
    ("golden", "mine"),
    [
        ("06_norm_minmax_0_100", lambda c, x: normalise.minmax(x, direction(c))),
        ("06_norm_minmax_1_100", lambda c, x: normalise.minmax(x, direction(c), 1, 100)),
        ("06_norm_zscore_0_1", lambda c, x: normalise.zscore(x, direction(c))),
        ("06_norm_zscore_10_2", lambda c, x: normalise.zscore(x, direction(c), 10, 2)),
        ("06_norm_rank", lambda c, x: normalise.rank_points(x, direction(c))),
        ("06_norm_rank_ties_first", lambda c, x: normalise.rank_points(x, direction(c), "first")),
        ("06_norm_rank_ties_max", lambda c, x: normalise.rank_points(x, direction(c), "max")),
        ("06_norm_rank_ties_average", lambda c, x: normalise.rank_points(x, direction(c), "average")),
        ("06_norm_borda", lambda c, x: normalise.borda(x, direction(c))),
        ("06_norm_prank", lambda c, x: normalise.percentile(x, direction(c))),
        ("06_norm_none", lambda c, x: x * direction(c)),
        ("06_norm_goalposts_iMeta", lambda c, x: normalise.goalposts(x, direction(c), *posts(c), 100)),
        # COINr turns the values and not the posts: −100 to 0 in the unit of an indicator that is turned
        (
            "06_norm_scaled_0_100",
            lambda c, x: normalise.scaled(x, direction(c), *((0, 100) if direction(c) == 1 else (-100, 0))),
        ),
        ("06_norm_dist2max", lambda c, x: normalise.to_best(x, direction(c))),
        ("06_norm_fracmax", lambda c, x: normalise.of_best(x, direction(c))),
        ("06_norm_dist2ref_unit1", lambda c, x: normalise.to_reference(x, direction(c), x[0])),
        ("06_norm_dist2ref_unit20_cap", lambda c, x: normalise.to_reference(x, direction(c), x[19], cap=True)),
        (
            "06_norm_dist2targ_iMeta_capped",
            lambda c, x: normalise.to_reference(x, direction(c), float(meta("Target")[c]), cap=True),
        ),
        (
            "06_norm_dist2targ_iMeta",
            lambda c, x: normalise.to_reference(x, direction(c), float(meta("Target")[c])),
        ),
    ],
)
def test_scales(golden: str, mine: Callable[[str, Array], Array]) -> None:
    """Every scale on every indicator."""
    agree(mine, "02_dset_Treated", golden)


@pytest.mark.parametrize(
    ("golden", "how", "group"),
    [
        ("05_impute_mean", "mean", None),
        ("05_impute_median", "median", None),
        ("05_impute_mean_grp", "mean", "EurAsia_group"),
        ("05_impute_median_grp", "median", "EurAsia_group"),
        ("02_dset_Imputed", "mean", "EurAsia_group"),
    ],
)
def test_imputation_over_units(golden: str, how: impute.Centre, group: str | None) -> None:
    """By the centre of all units or of their group."""
    of = {r["uCode"]: r for r in rows("00_iData")}
    groups = [of[r["uCode"]][group] for r in rows("02_dset_Denominated")] if group else None
    agree(lambda _, x: impute.by_centre(x, how, groups), "02_dset_Denominated", golden)


@pytest.mark.parametrize(
    ("golden", "how", "pillar"),
    [
        ("05_impute_row_mean_norm", "mean", False),
        ("05_impute_row_median_norm", "median", False),
        ("05_impute_row_mean_within_pillar", "mean", True),
    ],
)
def test_imputation_from_the_row(golden: str, how: impute.Centre, pillar: bool) -> None:
    """By where the unit's other indicators stand between worst and best, of all or of the pillar."""
    start, wanted = columns("02_dset_Denominated"), columns(golden)
    groups = [meta("Parent")[c] for c in start] if pillar else None
    table = np.column_stack(list(start.values()))
    found = impute.by_scaled_row(table, [direction(c) for c in start], how, groups)
    assert np.isnan(table).sum() == 65
    assert [c for c, x in zip(start, found.T, strict=True) if not close(x, wanted[c])] == []


@pytest.mark.parametrize(
    ("golden", "way"),
    [
        ("05_impute_panel_latest", "latest"),
        ("05_impute_panel_linear", "linear_constant"),
        ("05_impute_panel_constant", "constant"),
        ("05_impute_panel_linear-constant", "linear_constant"),
    ],
)
def test_imputation_over_time(golden: str, way: impute.Time) -> None:
    """Each unit's own years; what COINr calls linear carries the ends outwards as well."""
    start, wanted = rows("05_panel_with_holes"), {(r["uCode"], r["Time"]): r for r in rows(golden)}
    codes = [c for c in INDICATORS if c in start[0]]
    units = sorted({r["uCode"] for r in start})
    wrong = []
    for unit in units:
        own = [r for r in start if r["uCode"] == unit]
        times = np.array([float(r["Time"]) for r in own])
        for code in codes:
            mine = impute.over_time(np.array([number(r[code]) for r in own]), times, way)
            theirs = np.array([number(wanted[unit, r["Time"]][code]) for r in own])
            if not close(mine, theirs):
                wrong.append((unit, code, mine.tolist(), theirs.tolist()))
    assert wrong == []


@pytest.mark.parametrize(
    ("golden", "way"), [("latest", "latest"), ("linear", "linear_constant"), ("constant", "constant")]
)
def test_imputation_of_a_whole_panel(golden: str, way: impute.Time) -> None:
    """All units and years at once; every cell that differs from the panel with holes is told, and no other."""
    start, wanted = rows("05_panel_with_holes"), {(r["uCode"], r["Time"]): r for r in rows(f"05_impute_panel_{golden}")}
    years, units = sorted({r["Time"] for r in start}), sorted({r["uCode"] for r in start})
    at = {(r["Time"], r["uCode"]): r for r in start}
    assert len(at) == len(years) * len(units) == 255
    for code in [c for c in INDICATORS if c in start[0]]:
        holes = np.array([[number(at[y, u][code]) for u in units] for y in years])
        theirs = np.array([[number(wanted[u, y][code]) for u in units] for y in years])
        mine, taken = panel.fill(holes, np.array([float(y) for y in years]), way)
        assert np.allclose(mine, theirs, rtol=1e-9, atol=1e-9, equal_nan=True), code
        filled = np.argwhere(np.isnan(holes) & ~np.isnan(mine)).tolist()
        assert sorted([t.year, t.unit] for t in taken) == filled
