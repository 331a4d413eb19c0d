"""What a formula reads: windows that make no sense are unknown, and codes in another order change nothing."""

from datetime import date
from fractions import Fraction

import pytest

from zhishu.data import Observation, Panel, Region, Regions
from zhishu.formula.parse import parse
from zhishu.formula.tree import Node
from zhishu.logic import Unknown
from zhishu.measure import Grid
from zhishu.pack.indicator import Indicator
from zhishu.pack.system import Cite
from zhishu.terms import Text


def grid(formula: str, codes: tuple[str, str], values: tuple[int | None, int | None] = (3, 5)) -> Grid:
    """Return a grid of a prefecture and two counties with figures for 2020, and one indicator ``answer``."""
    regions = {c: Region(c, Text(c, c), "county", "510700", None, None, None, None) for c in codes}
    regions["510700"] = Region("510700", Text("绵阳市", "Mianyang"), "prefecture", "510000", None, None, None, None)
    found = [
        Observation(
            code, "2020", "x", Fraction(value), "1", "n/a", "x", "stock", "actual", None, date(2021, 3, 1),
            "示例", "low", "", f"x/{value}",
        )
        for code, value in zip(codes, values, strict=True)
        if value is not None
    ]  # fmt: skip
    node: Node = parse(formula)
    text = Text("示例", "sample")
    answer = Indicator("answer", text, "1", "", node, ("county",), Cite("10.2", "服务业"), None, 1, None, "sample")
    return Grid(Panel.of(found), Regions(regions, {}, ()), {"answer": answer})


@pytest.mark.parametrize(
    "formula",
    ["mean_years(x, 0)", "sum_years(x, 3, 0)", "mean_years(x, 2, 3)", "sum_years(x, -1)", "lag(x, 1 / 2)"],
)
def test_t48_a_window_that_makes_no_sense_is_unknown(formula: str) -> None:
    """No year, none needed, more needed than asked, half a year: unknown, never zero, never a crash."""
    value, _ = grid(formula, ("510703", "510704")).cell("answer", "510703", 2020)
    assert isinstance(value, Unknown)
    assert value.reason == "domain"


@pytest.mark.parametrize("formula", ["children_sum(x)", "group_mean(x)", "rank_in(x)"])
@pytest.mark.parametrize("values", [(3, 5), (3, None), (None, 5)])
def test_t50_the_order_of_codes_changes_neither_value_nor_what_was_read(
    formula: str, values: tuple[int | None, int | None]
) -> None:
    """One county unknown: whichever code it has, the same answer rests on the same rows."""
    seen = set()
    for codes in (("510703", "510704"), ("510704", "510703")):
        asked = "510700" if formula.startswith("children") else codes[0]
        value, used = grid(formula, codes, values).cell("answer", asked, 2020)
        said = value.reason if isinstance(value, Unknown) else value
        seen.add((said, tuple(sorted({o.ref for o in used}))))
    assert len(seen) == 1
    ((_, refs),) = seen
    assert refs == tuple(f"x/{v}" for v in values if v is not None)
