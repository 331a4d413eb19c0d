"""Breaks of drawings: where the names of the runs declare one, and nowhere else."""

from zhishu.surfaces.web.breaks import breaks_of
from zhishu.surfaces.web.charts.model import Point


def cuts(*points: tuple[int, str]) -> list[float]:
    """Return the places of the breaks between points given as year and run."""
    return [b.x for b in breaks_of([Point(year, 1.0, run) for year, run in points])]


def test_a_break_stands_between_the_years_the_runs_name() -> None:
    """Not midway between the points held: the years in between may be missing."""
    assert cuts((2014, "gdp-2010-2018"), (2022, "gdp-2019-2022")) == [2018.5]
    assert cuts((2017, "pop-2010-2019"), (2021, "pop-2020-"), (2022, "pop-2020-")) == [2019.5]
    assert cuts((2018, "gdp-2010-2018"), (2019, "gdp-2019-2022"), (2024, "gdp-2023")) == [2018.5, 2022.5]


def test_revisions_reach_back_behind_a_break() -> None:
    """The later run has figures of years before it; the break stays."""
    assert cuts((2015, "gdp-2010-2018"), (2018, "gdp-2010-2018"), (2015, "gdp-2019-2022"), (2020, "gdp-2019-2022")) == [
        2018.5
    ]


def test_other_definitions_are_no_break() -> None:
    """Fast railways and high-speed railways are two things; nothing of one series broke between them."""
    assert cuts((2014, "kuaitie-2014"), (2023, "hsr-operating")) == []
    assert cuts((2014, "income"), (2015, "income")) == []


def test_a_ratio_breaks_where_either_part_does() -> None:
    """GDP changes in 2019, population in 2020."""
    runs = ("gdp-2010-2018 + pop-2010-2019", "gdp-2019-2022 + pop-2010-2019", "gdp-2019-2022 + pop-2020-")
    assert cuts((2018, runs[0]), (2019, runs[1]), (2020, runs[2])) == [2018.5, 2019.5]
