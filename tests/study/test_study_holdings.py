"""What is held on a day, counted figure by figure."""

from datetime import date

import pytest

from zhishu.study import Study
from zhishu.study.holdings import growing, holdings

DAYS = [date(1990, 1, 1), date(2012, 6, 1), date(2018, 6, 30), date(2021, 3, 1), date(2026, 11, 26)]


@pytest.mark.parametrize("on", DAYS)
def test_the_count_of_a_day_is_the_count_by_hand(study: Study, on: date) -> None:
    """First and last period, regions, figures and grades of every series known on the day."""
    known = study.data.panel.as_of(on)
    found = {h.series: h for h in holdings(growing(study.data.panel), on)}
    assert tuple(sorted(found)) == tuple(sorted(known.series()))
    for series, held in found.items():
        points = [o for region in known.places[series] for o in known.points(series, region)]
        assert (held.first, held.last) == (min(o.period for o in points), max(o.period for o in points))
        assert held.figures == len(points) == held.grades.total()
        assert held.regions == len({o.region for o in points})
        assert held.grades[held.mostly] == max(held.grades.values())
