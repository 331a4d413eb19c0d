"""All indicators of the pack over all regions at once: the same as cell by cell, and fast."""

from datetime import date
from fractions import Fraction

import pytest

from zhishu.errors import ZhishuError
from zhishu.logic import Unknown
from zhishu.measure.wide import measure_wide, wide
from zhishu.study import Study
from zhishu.study.figures import grid

NOW = date(2026, 11, 23)
YEARS = range(2013, 2024)


def test_t48_every_indicator_of_the_pack_agrees_with_its_exact_value(study: Study) -> None:
    """Real figures, every region and year: the same reason, or the same number within 1e-9; the run where there is one."""
    cells = grid(study, NOW)
    names = list(study.pack.indicators)
    known = 0
    for row in measure_wide(cells, names, YEARS).iter_rows(named=True):
        for name in names:
            exact, inputs = cells.cell(name, row["region"], row["period"])
            place = (name, row["region"], row["period"])
            if isinstance(exact, Unknown):
                assert (row[name], row[f"{name}__why"]) == (None, exact.reason), place
                continue
            assert isinstance(exact, Fraction)
            assert abs(row[name] - float(exact)) <= 1e-9 * abs(float(exact)), place
            runs = {o.run for o in inputs}
            assert row[f"{name}__run"] == (runs.pop() if len(runs) == 1 else None), place
            known += 1
    assert known > 500


def test_the_table_of_figures_knows_what_was_known(study: Study) -> None:
    """A figure published later is no part of the table of an earlier day."""
    then = wide(grid(study, date(2018, 6, 30)), ["gdp"], YEARS)
    now = wide(grid(study, NOW), ["gdp"], YEARS)
    assert then.height == now.height
    assert then["gdp"].count() < now["gdp"].count()
    assert then.filter(then["period"] >= 2018)["gdp"].count() == 0


def test_a_name_that_is_no_indicator_is_refused(study: Study) -> None:
    """A slip of the pen names the nearest indicator; no year asked gives no row."""
    cells = grid(study, NOW)
    with pytest.raises(ZhishuError) as caught:
        measure_wide(cells, ["services_share_exakt"], YEARS)
    assert caught.value.problems[0].code == "indicator-unknown"
    assert measure_wide(cells, ["services_share_exact"], []).height == 0
