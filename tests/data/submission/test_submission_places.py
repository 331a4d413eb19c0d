"""Regions of submitted tables: resolved as of their period, every reading told, or refused at the cell."""

from collections.abc import Mapping
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from submission_samples import codes, read_by, table, values, year_table

from zhishu.data import Data
from zhishu.pack.profile import Profile

YEAR = "prefecture-year"
Profiles = Mapping[str, Profile]


names = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        [
            "简阳市",
            "512081",
            "510185",
            "５１０１００",
            "成都",
            "阿坝",
            "元坝区",
            "市中区",
            "其中：成都市",
            "#绵阳",
            "东坡区①",
        ]
    ),
    st.builds(
        lambda a, b: f"{a}{b}",
        st.sampled_from(["自", "绵", "简", "双流", "彭"]),
        st.text("市县区州阳贡山 　", max_size=4),
    ),
)


@settings(max_examples=300, deadline=None)
@given(names, st.integers(2012, 2022))
def test_t14_a_region_is_resolved_by_date_or_refused(profiles: Profiles, data: Data, name: str, year: int) -> None:
    """No label is dropped: it gives a region in force at the end of the year, or a problem at its cell."""
    rows = [["地区", "时期", "指标", "数值", "单位"], [name, str(year), "pop_resident_urban", "1", "万人"]]
    found = read_by(profiles["tidy"], table(rows), data, day=date(2023, 1, 1))
    if found.figures:
        region = data.regions.by_code[found.observations[0].region]
        assert region.valid(date(year, 12, 31))
        assert len(found.observations) == 1
        assert not found.refused
    else:
        assert found.refused
        assert all(p.where for p in found.problems)


def test_t14_an_old_code_is_followed_and_told(profiles: Profiles, data: Data) -> None:
    """简阳 was 512081 in 2015 and 510185 from 2016; the guess names the other code."""
    rows = [["地区", "时期", "指标", "数值", "单位"]]
    rows += [["512081", year, "pop_resident_urban", "1", "万人"] for year in ("2015", "2018")]
    found = read_by(profiles["tidy"], table(rows), data)
    assert [o.region for o in found.observations] == ["510185", "512081"]
    assert [(g.kind, g.written, g.others) for g in found.guesses] == [("region-moved", "512081", ("512081",))]


def test_short_names_are_told_with_what_else_they_may_mean(profiles: Profiles, data: Data) -> None:
    """阿坝 in a prefecture table is the prefecture; the county of that name is named beside it."""
    found = read_by(profiles[YEAR], table(year_table(["阿坝", "1"])), data)
    guess = next(g for g in found.guesses if g.kind == "region-short")
    assert guess.read == "阿坝藏族羌族自治州（513200）"
    assert guess.others == ("513231",)


def test_a_shared_name_is_read_under_its_prefecture(profiles: Profiles, data: Data) -> None:
    """市中区 below 乐山市 is that of 乐山; alone it is asked."""
    head = [["县城镇人口"], ["单位：万人"], ["县（市、区）", "城镇人口"], [None, "2021年"]]
    day = date(2022, 6, 1)
    below = read_by(profiles["county-year"], table([*head, ["乐山市", 6], ["市中区", 6]]), data, day=day)
    assert values(below) == {("511102", "2021", "pop_resident_urban"): "6"}
    assert [g.kind for g in below.guesses][-1] == "region-parent"
    assert codes(read_by(profiles["county-year"], table([*head, ["市中区", 6]]), data, day=day)) == ["region-ambiguous"]
