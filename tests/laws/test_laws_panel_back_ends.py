"""Over a panel, too, the two back ends say the same: cell by cell exactly, and all cells at once on polars."""

from datetime import date
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhishu.data import Observation, Panel, Region, Regions
from zhishu.formula.tree import Binary, Call, Compare, Name, Node, Number
from zhishu.logic import Unknown
from zhishu.measure import Grid
from zhishu.measure.wide import measure_wide
from zhishu.pack.indicator import Indicator
from zhishu.pack.system import Cite
from zhishu.terms import Text

YEARS = range(2017, 2021)
_ABOVE = {"510000": "100000", "510700": "510000", "510800": "510000", "510703": "510700", "510704": "510700"}
_LEVELS = {"510000": "province", "510700": "prefecture", "510800": "prefecture"}
CODES = sorted(_ABOVE)
RUNS = {"gdp": ["gdp-2010-2018", "gdp-2019-2022"], "services": ["gdp-2010-2018", "gdp-2019-2022"], "people": ["pop"]}


def region(code: str) -> Region:
    """Return one of five regions; 游仙 comes into force in 2019, so that the regions below are not always the same."""
    start = date(2019, 7, 1) if code == "510704" else None
    return Region(code, Text(code, code), _LEVELS.get(code, "county"), _ABOVE[code], start, None, None, None)


REGIONS = Regions({code: region(code) for code in CODES}, {}, ())


def observation(code: str, year: int, series: str, value: Fraction, run: str) -> Observation:
    """Return a figure of the sample panel."""
    day = date(year + 1, 3, 1)
    ref = f"{series}/{code}/{year}"
    return Observation(
        code, str(year), series, value, "1", "n/a", run, "stock", "actual", None, day, "yearbook", "low", "", ref
    )


def indicator(name: str, node: Node) -> Indicator:
    """Return a formula as an indicator."""
    text = Text(name, name)
    return Indicator(name, text, "1", "", node, ("prefecture",), Cite("10.2", "服务业"), None, 1, None, "sample")


VALUES = st.sampled_from([None, 0, 1, 2, 5, 100, -3, Fraction(1, 2), Fraction(6, 10), Fraction(11, 10)])


@st.composite
def panels(draw: st.DrawFn) -> Panel:
    """Return a small panel with gaps, zeros, and runs that change from cell to cell."""
    found = []
    for series, runs in RUNS.items():
        for code in CODES:
            for year in YEARS:
                value = draw(VALUES)
                if value is not None:
                    run = (
                        runs[year >= 2019 and len(runs) > 1] if draw(st.integers(0, 9)) else draw(st.sampled_from(runs))
                    )
                    found.append(observation(code, year, series, Fraction(value), run))
    return Panel.of(found)


def number(n: int) -> Node:
    """Return a literal."""
    return Number(Fraction(n))


leaf: st.SearchStrategy[Node] = st.sampled_from([*(Name(n) for n in RUNS), Name("base"), number(2)])


def _grown(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        st.builds(Binary, st.sampled_from("+-*/"), inner, inner),
        st.builds(
            lambda f, a, n: Call(f, (a, number(n))),
            st.sampled_from(["lag", "change", "growth"]),
            inner,
            st.integers(-1, 3),
        ),
        st.builds(lambda a, y: Call("since", (a, number(y))), inner, st.integers(2016, 2021)),
        st.builds(
            lambda f, a, n: Call(f, (a, number(n))),
            st.sampled_from(["sum_years", "mean_years"]),
            inner,
            st.integers(1, 3),
        ),
        st.builds(lambda f, a: Call(f, (a, number(3), number(2))), st.sampled_from(["sum_years", "mean_years"]), inner),
        st.builds(
            lambda f, a: Call(f, (a,)),
            st.sampled_from(["parent", "children_sum", "share_of_parent", "group_mean", "rank_in"]),
            inner,
        ),
        st.builds(lambda a, b, c: Call("when", (Compare("<", a, b), b, c)), inner, inner, inner),
        st.builds(lambda a, b: Call("when", (Call("is_known", (a,)), a, b)), inner, inner),
    )


FORMULAS = st.one_of(_grown(leaf), _grown(_grown(leaf)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(FORMULAS, panels(), st.sampled_from([YEARS, range(2018, 2020), range(2020, 2021)]))
def test_t48_a_whole_panel_says_what_each_cell_says(node: Node, panel: Panel, asked: range) -> None:
    """Same value within 1e-9 or same reason, in every region and year, through breaks and gaps."""
    base = indicator("base", Binary("/", Name("services"), Name("gdp")))
    grid = Grid(panel, REGIONS, {"base": base, "answer": indicator("answer", node)})
    found = measure_wide(grid, ["answer"], asked)
    assert found.height == len(CODES) * len(asked)
    for row in found.iter_rows(named=True):
        exact, _ = grid.cell("answer", row["region"], row["period"])
        place = (node, row["region"], row["period"], row["answer"], row["answer__why"], exact)
        if isinstance(exact, Unknown):
            assert row["answer"] is None, place
            assert row["answer__why"] == exact.reason, place
        else:
            assert isinstance(exact, Fraction)
            assert row["answer__why"] is None, place
            assert abs(row["answer"] - float(exact)) <= 1e-9 * max(abs(float(exact)), 1e-3), place
