"""Panel formulas over a grid: every function against arrays written by hand, breaks, gaps and order."""

import random

import numpy as np
import polars as pl
import pytest

from zhishu.errors import ZhishuError
from zhishu.formula.engine import run_panel
from zhishu.formula.parse import parse

YEARS = list(range(2010, 2020))
PLACES = {"510000": ("100000", "province"), "510100": ("510000", "prefecture"), "510700": ("510000", "prefecture")}
PLACES |= {f"5107{k:02d}": ("510700", "county") for k in range(1, 7)}
CODES = sorted(PLACES)
ROW = {code: k for k, code in enumerate(CODES)}
COUNTIES = [ROW[c] for c in CODES if PLACES[c][1] == "county"]


def family(run: str) -> str:
    """Return the family of a run of these samples."""
    return run.split("-")[0]


def sample(seed: int = 1, gaps: bool = False) -> tuple[pl.DataFrame, dict[str, np.ndarray]]:
    """Return a long table of two series and the same as region × year arrays, NaN where unknown."""
    draw = np.random.default_rng(seed)
    arrays = {name: draw.uniform(1, 100, (len(CODES), len(YEARS))) for name in ("gdp", "pop")}
    if gaps:
        for array in arrays.values():
            array[draw.random(array.shape) < 0.2] = np.nan
    rows = [(code, year, *PLACES[code]) for code in CODES for year in YEARS]
    frame = pl.DataFrame(rows, schema=["region", "period", "parent", "level"], orient="row")
    columns = [pl.Series(name, array.ravel()).fill_nan(None) for name, array in arrays.items()]
    return frame.with_columns(*columns), arrays


def array_of(text: str, frame: pl.DataFrame) -> np.ndarray:
    """Return the answer of a formula as a region × year array, NaN where unknown; every NaN has a reason."""
    found = run_panel({"answer": parse(text)}, frame, family)
    assert found["answer"].is_null().equals(found["answer__why"].is_not_null().alias("answer"))
    assert found.select("region", "period").rows() == [(c, y) for c in CODES for y in YEARS]
    return found["answer"].fill_null(float("nan")).to_numpy().reshape(len(CODES), len(YEARS))


def shifted(a: np.ndarray, k: int) -> np.ndarray:
    """Return an array k years back, NaN before the first year."""
    out = np.full_like(a, np.nan)
    out[:, k:] = a[:, : a.shape[1] - k]
    return out


def windows(a: np.ndarray, n: int) -> np.ndarray:
    """Return the last n years of each cell along a new axis."""
    return np.stack([shifted(a, k) for k in range(n)])


def above(a: np.ndarray) -> np.ndarray:
    """Return the array of the region above, NaN where there is none."""
    parents = [ROW.get(PLACES[c][0]) for c in CODES]
    return np.stack([a[p] if p is not None else np.full(a.shape[1], np.nan) for p in parents])


def below(a: np.ndarray) -> np.ndarray:
    """Return the sum over the regions below, NaN where there is none."""
    out = np.full_like(a, np.nan)
    for code in CODES:
        rows = [ROW[c] for c in CODES if PLACES[c][0] == code]
        if rows:
            out[ROW[code]] = a[rows].sum(axis=0)
    return out


def beside(a: np.ndarray, pool: str) -> np.ndarray:
    """Return the mean over the level of each region, or the rank in it with 1 for the largest."""
    out = np.full_like(a, np.nan)
    for level in {level for _, level in PLACES.values()}:
        rows = [ROW[c] for c in CODES if PLACES[c][1] == level]
        part = a[rows]
        held = (part[:, None, :] < part[None, :, :]).sum(axis=1) + 1.0
        held[:, np.isnan(part).any(axis=0)] = np.nan
        out[rows] = part.mean(axis=0) if pool == "mean" else held
    return out


ORACLES = {
    "lag(gdp, 2)": lambda g, p: shifted(g, 2),
    "change(gdp, 1)": lambda g, p: g - shifted(g, 1),
    "growth(gdp)": lambda g, p: g / shifted(g, 1) - 1,
    "growth(gdp / pop, 3)": lambda g, p: (g / p) / shifted(g / p, 3) - 1,
    "sum_years(gdp, 5)": lambda g, p: windows(g, 5).sum(axis=0),
    "mean_years(gdp, 3)": lambda g, p: windows(g, 3).mean(axis=0),
    "sum_years(gdp, 5) / sum_years(pop, 5)": lambda g, p: windows(g, 5).sum(axis=0) / windows(p, 5).sum(axis=0),
    "since(gdp, 2012)": lambda g, p: g - g[:, [2]],
    "parent(gdp)": lambda g, p: above(g),
    "share_of_parent(gdp)": lambda g, p: g / above(g),
    "children_sum(gdp)": lambda g, p: below(g),
    "children_sum(gdp) - gdp": lambda g, p: below(g) - g,
    "group_mean(gdp / pop)": lambda g, p: beside(g / p, "mean"),
    "rank_in(gdp)": lambda g, p: beside(g, "rank"),
    "rank_in(lag(gdp, 1)) - rank_in(gdp)": lambda g, p: beside(shifted(g, 1), "rank") - beside(g, "rank"),
    "lag(growth(parent(gdp)), 1)": lambda g, p: shifted(above(g) / shifted(above(g), 1) - 1, 1),
}


@pytest.mark.parametrize("gaps", [False, True])
@pytest.mark.parametrize("text", ORACLES)
def test_each_panel_function_is_what_arrays_say(text: str, gaps: bool) -> None:
    """Written once more by hand in numpy, with and without gaps; a gap is never a number."""
    frame, arrays = sample(gaps=gaps)
    expected = ORACLES[text](arrays["gdp"], arrays["pop"])
    np.testing.assert_allclose(array_of(text, frame), expected, rtol=1e-9, atol=1e-9)


def test_t48_four_of_five_years_are_unknown_unless_four_are_enough() -> None:
    """A window with fewer years than asked is unknown; with at least four, it is the sum of the known."""
    frame = pl.DataFrame(
        {"region": ["511421"] * 5, "period": range(2018, 2023), "land": [80.0, 70.0, None, 90.0, 60.0]}
    )
    formulas = {
        "five": parse("sum_years(land, 5)"),
        "four": parse("sum_years(land, 5, 4)"),
        "mean": parse("mean_years(land, 5, 4)"),
        "gate": parse("sum_years(land, 5) / 500 < 0.6"),
    }
    last = run_panel(formulas, frame, family).row(-1, named=True)
    assert (last["five"], last["five__why"]) == (None, "short_window")
    assert (last["gate"], last["gate__why"]) == (None, "short_window")
    assert (last["four"], last["mean"]) == (300.0, 75.0)


def test_a_missing_row_is_a_missing_year_and_not_the_year_before() -> None:
    """The grid is completed first: without a row for 2019, the year before 2020 is missing, not 2018."""
    frame = pl.DataFrame({"region": ["510100"] * 3, "period": [2018, 2020, 2021], "gdp": [1.0, 2.0, 3.0]})
    found = run_panel({"rise": parse("change(gdp, 1)")}, frame, family)
    assert found.select("period", "rise", "rise__why").rows() == [
        (2018, None, "missing"),
        (2020, None, "missing"),
        (2021, 1.0, None),
    ]


def runs_sample() -> pl.DataFrame:
    """Return one region over a census: GDP changes its run in 2019, the population in 2020, the services in 2018."""
    years = [2017, 2018, 2019, 2020]
    old, new = "gdp-2010-2018", "gdp-2019-2022"
    return pl.DataFrame(
        {
            "region": ["510000"] * 4,
            "period": years,
            "gdp": [10.0, 11.0, 12.0, 13.0],
            "gdp__run": [old, old, new, new],
            "services": [5.0, 5.5, 6.0, 6.5],
            "services__run": [old, new, new, new],
            "pop": [8.0, 8.0, 8.0, 8.0],
            "pop__run": ["pop-2010-2019"] * 3 + ["pop-2020-"],
        }
    )


def test_growth_and_windows_do_not_cross_a_break() -> None:
    """A change of run between two years makes growth, change, since and windows unknown as a break."""
    formulas = {
        name: parse(f"{name}(gdp, {n})")
        for name, n in [("growth", 1), ("change", 1), ("since", 2017), ("sum_years", 2)]
    }
    found = run_panel(formulas, runs_sample(), family)
    assert found["growth__why"].to_list() == ["missing", None, "break", None]
    assert found["change__why"].to_list() == ["missing", None, "break", None]
    assert found["since__why"].to_list() == [None, None, "break", "break"]
    assert found["sum_years__why"].to_list() == ["short_window", None, "break", None]


def test_two_runs_of_one_family_never_meet_in_a_cell() -> None:
    """Services of the new accounts over GDP of the old are a break; GDP over people is not; the run is told."""
    formulas = {"share": parse("services / gdp"), "head": parse("gdp / pop"), "grown": parse("growth(gdp / pop)")}
    found = run_panel(formulas, runs_sample(), family)
    assert found["share__why"].to_list() == [None, "break", None, None]
    assert found["share__run"].to_list() == ["gdp-2010-2018", None, "gdp-2019-2022", "gdp-2019-2022"]
    assert found["head__why"].to_list() == [None] * 4
    assert found["head__run"].to_list() == [None] * 4
    assert found["grown__why"].to_list() == ["missing", None, "break", "break"]


def test_ties_share_the_better_rank() -> None:
    """Equal values have equal ranks, also when rounding tells them apart; one unknown leaves all ranks unknown."""
    frame = pl.DataFrame(
        {
            "region": ["a", "b", "c", "d"],
            "period": [2020] * 4,
            "level": ["county"] * 4,
            "x": [0.3, 0.1, 0.4, 0.05],
            "y": [0.0, 0.2, 0.0, 0.0],
        }
    )
    assert run_panel({"r": parse("rank_in(x + y)")}, frame, family)["r"].to_list() == [2.0, 2.0, 1.0, 4.0]
    holed = frame.with_columns(pl.when(pl.col("region") != "d").then("x").alias("x"))
    found = run_panel({"r": parse("rank_in(x)")}, holed, family)
    assert found["r"].to_list() == [None] * 4
    assert found["r__why"].to_list() == ["missing"] * 4


def test_regions_out_of_force_are_neither_summed_nor_ranked() -> None:
    """A retired code has no part in its parent's sum nor in its level's ranks."""
    frame = pl.DataFrame(
        {
            "region": ["511800", "511821", "511822"],
            "period": [2020] * 3,
            "parent": ["510000", "511800", "511800"],
            "level": ["prefecture", "county", "county"],
            "in_force": [True, True, False],
            "x": [9.0, 4.0, 5.0],
        }
    )
    found = run_panel({"s": parse("children_sum(x)"), "r": parse("rank_in(x)")}, frame, family)
    assert found["s"].to_list()[0] == 4.0
    assert found["r"].to_list()[1] == 1.0
    assert found["s__why"].to_list()[1:] == ["empty", "empty"]


def test_t50_shuffled_rows_give_the_same_bytes() -> None:
    """The order of the input's rows and columns changes nothing."""
    frame, _ = sample(gaps=True)
    formulas = {f"k{k}": parse(text) for k, text in enumerate(ORACLES)}
    straight = run_panel(formulas, frame, family).write_csv()
    rows = list(range(frame.height))
    for seed in (1, 2, 3):
        random.Random(seed).shuffle(rows)
        assert run_panel(formulas, frame[rows].select(reversed(frame.columns)), family).write_csv() == straight


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nobody", "engine-no-column"),
        ("region + 1", "engine-no-column"),
        ("lag(gdp, pop)", "engine-step"),
        ("since(gdp, 3)", "engine-step"),
        ("sum_years(gdp, 0)", "engine-window"),
        ("sum_years(gdp, 3, 4)", "engine-window"),
        ("sum_years(gdp > 1, 3)", "engine-kind"),
        ("projects.sum(gdp)", "engine-not-offered"),
    ],
)
def test_what_a_panel_cannot_say_is_refused(text: str, code: str) -> None:
    """Refused with a code when it is compiled, before anything is computed."""
    with pytest.raises(ZhishuError) as caught:
        run_panel({"answer": parse(text)}, sample()[0], family)
    assert caught.value.problems[0].code == code


def test_two_rows_for_one_cell_are_refused() -> None:
    """A region and year has one row, or the panel is refused."""
    frame, _ = sample()
    with pytest.raises(ZhishuError) as caught:
        run_panel({"answer": parse("gdp")}, pl.concat([frame, frame[:1]]), family)
    assert caught.value.problems[0].code == "engine-duplicate-row"
