"""What names a place: each promise once, its positions from the declared words, an unknown indicator refused."""

from dataclasses import replace

from zhishu.pack.positions import Positions, Role
from zhishu.study import Study
from zhishu.study.check import check_indicators
from zhishu.study.positions import named
from zhishu.terms import Text


def test_a_promise_that_names_city_and_zone_counts_once(study: Study) -> None:
    """3.14 names Yibin, Luzhou and their zone: one of Yibin's fifteen, none of the zone's nine."""
    found = named(study, "511500")
    ids = [p.promise.id for p in found.positions] + [p.id for p in found.others] + [p.id for p, _ in found.zone]
    assert len(ids) == len(set(ids))
    assert "p03_14_1" in [p.promise.id for p in found.positions]
    assert "p03_14_1" not in [p.id for p, _ in found.zone]


def test_every_prefecture_has_a_position_and_none_is_silent(study: Study) -> None:
    """Each position says what measures it or why nothing does."""
    day = study.pack.header.adopted_on
    for region in study.data.regions.level("prefecture", day):
        found = named(study, region.code)
        assert found.positions, region.name.zh
        for position in found.positions:
            assert position.why
            assert set(position.indicators) <= set(study.pack.indicators)


def test_the_science_city_is_measured_by_its_research(study: Study) -> None:
    """Cities are not all measured by the same figures; a gateway is measured by none."""
    assert [p.indicators for p in named(study, "510700").positions] == [("rd_share",)]
    assert [p.indicators for p in named(study, "511700").positions[1:2]] == [()]


def test_an_indicator_nobody_declared_is_refused(study: Study) -> None:
    """The table of positions is checked like the other lists of the pages."""
    wrong = Positions((3,), (Role(("科技城",), ("no_such",), Text("无", "none")),))
    pack = replace(study.pack, header=replace(study.pack.header, positions=wrong))
    problems = check_indicators(pack, study.data)
    assert [p.code for p in problems] == ["indicator-unknown"]
