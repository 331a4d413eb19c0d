"""Places by date: names and codes resolve to one region, or are refused with the way out."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.data import Data
from zhishu.data.regions import LINEAGE_BEGINS
from zhishu.errors import Problem, ZhishuError
from zhishu.logic import Unknown

ADOPTED = date(2018, 6, 30)
ZONES = ("chengdu", "around_chengdu", "chuannan", "chuandongbei", "panxi", "chuanxibei")


def refused(data: Data, text: str, on: date) -> Problem:
    """Return the one problem of a name."""
    with pytest.raises(ZhishuError) as caught:
        data.regions.resolve(text, on)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize("year", range(2014, 2027))
def test_1_21_183_on_every_year_end(data: Data, year: int) -> None:
    """Recoding changes codes, never the number of places: one province, 21 prefectures, 183 counties."""
    on = date(year, 12, 31)
    assert [len(data.regions.level(v, on)) for v in ("province", "prefecture", "county")] == [1, 21, 183]
    assert sum(len(data.regions.children(p.code, on)) for p in data.regions.level("prefecture", on)) == 183


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("成都", "510100"),
        ("成都市", "510100"),
        (" 成 都 ", "510100"),
        ("５１０１００", "510100"),
        ("510100", "510100"),
        ("Chengdu", "510100"),
        ("阿坝州", "513200"),
        ("阿坝藏族羌族自治州", "513200"),
        ("阿坝县", "513231"),
        ("Ngawa", "513200"),
        ("Garzê", "513300"),
        ("garze", "513300"),
        ("凉山州", "513400"),
        ("Liangshan", "513400"),
        ("广安区", "511602"),
        ("广安市", "511600"),
        ("Ya’an", "511800"),
        ("北川", "510726"),
        ("理县", "513222"),
        ("简阳", "510185"),
        ("四川", "510000"),
        ("全国", "000000"),
    ],
)
def test_a_name_as_officials_write_it_means_one_region(data: Data, text: str, code: str) -> None:
    """Codes, full, short, old-fashioned and English names, of any width, find their region."""
    assert data.regions.resolve(text, ADOPTED).code == code


def test_jianyang_by_date(data: Data) -> None:
    """Jianyang is 512081 in Ziyang until 2015 and 510185 in Chengdu from 2016."""
    before = data.regions.resolve("简阳", date(2015, 12, 31))
    after = data.regions.resolve("简阳", date(2016, 1, 1))
    assert (before.code, before.parent) == ("512081", "512000")
    assert (after.code, after.parent) == ("510185", "510100")


@pytest.mark.parametrize(
    ("text", "on", "successor"),
    [
        ("512081", date(2016, 1, 1), "510185"),
        ("510185", date(2015, 12, 31), "512081"),
        ("双流县", ADOPTED, "510116"),
        ("会理市", ADOPTED, "513425"),
        ("郫县", ADOPTED, "510117"),
    ],
)
def test_a_code_out_of_force_names_its_other_half(data: Data, text: str, on: date, successor: str) -> None:
    """A code or name that is not in force on the day is refused, and the one in force is named."""
    problem = refused(data, text, on)
    assert problem.code == "region-retired"
    assert successor in problem.repair.zh
    assert successor in problem.repair.en


def test_two_counties_of_one_name_are_refused(data: Data) -> None:
    """市中区 is in Neijiang and in Leshan: the code is asked for, and both are listed."""
    problem = refused(data, "市中区", ADOPTED)
    assert problem.code == "region-ambiguous"
    assert "511002" in problem.what.zh
    assert "511102" in problem.what.zh


@pytest.mark.parametrize(("text", "above", "below"), [("阿坝", "513200", "513231"), ("广安", "511600", "511602")])
def test_a_short_name_of_two_levels_is_the_higher_one(data: Data, text: str, above: str, below: str) -> None:
    """阿坝 is a prefecture and a county: the prefecture, unless the levels that can be meant are told."""
    assert data.regions.resolve(text, ADOPTED).code == above
    assert data.regions.resolve(text, ADOPTED, ("province", "prefecture")).code == above
    assert data.regions.resolve(text, ADOPTED, ("county",)).code == below


@pytest.mark.parametrize("text", ["元坝", "元坝区", "重庆", "", "999999", "中国"])
def test_an_unknown_place_is_refused(data: Data, text: str) -> None:
    """What the tables do not hold is unknown; 元坝 became 昭化 before the lineage begins."""
    assert refused(data, text, ADOPTED).code == "region-unknown"


def test_a_slip_of_the_hand_is_helped(data: Data) -> None:
    """A name one sign off says which one may be meant."""
    assert "绵阳市" in refused(data, "绵杨市", ADOPTED).repair.zh


def test_zhaohua_stands_without_a_step(data: Data) -> None:
    """昭化 (510811) has no change on record: the one it had is older than 2014."""
    assert data.regions.resolve("昭化", ADOPTED).code == "510811"
    assert data.regions.lineage_of("510811") == ()


@settings(max_examples=60)
@given(st.text(max_size=12), st.dates(date(2014, 1, 1), date(2026, 12, 31)))
def test_t14_any_text_is_resolved_or_refused(data: Data, text: str, on: date) -> None:
    """Fuzzed names give a region in force on the day or one problem with a repair, nothing else."""
    try:
        found = data.regions.resolve(text, on)
    except ZhishuError as error:
        told = [p.repair.zh for p in error.problems]
    else:
        told = ["in force"] if found.valid(on) else []
    assert len(told) == 1
    assert told[0]


def test_every_code_and_full_name_finds_itself(data: Data) -> None:
    """Each region in force is found by its code, and by its name unless two share it."""
    for region in data.regions.by_code.values():
        if region.valid(ADOPTED):
            assert data.regions.resolve(region.code, ADOPTED) is region
            if region.name.zh != "市中区":
                assert data.regions.resolve(region.name.zh, ADOPTED) is region


def test_zones_partition_the_21_with_chengdu_apart(data: Data) -> None:
    """Six groupings hold every prefecture once; Chengdu stands alone."""
    members = [code for zone in ZONES for code in data.regions.zone_members(zone)]
    assert sorted(members) == [r.code for r in data.regions.level("prefecture", ADOPTED)]
    assert data.regions.zone_members("chengdu") == ("510100",)
    assert [data.regions.zone_of(c) for c in ("510100", "510300", "512000")] == [
        "chengdu",
        "chuannan",
        "around_chengdu",
    ]


def test_the_plain_overlaps(data: Data) -> None:
    """成都平原经济区 is Chengdu with its ring, and is no member of the partition."""
    plain = set(data.regions.zone_members("chengdu_plain"))
    assert plain == {"510100", *data.regions.zone_members("around_chengdu")}
    assert data.regions.zones["chengdu_plain"][2] == ("chengdu", "around_chengdu")
    assert all(data.regions.zone_of(c) != "chengdu_plain" for c in plain)


def test_an_unknown_zone_is_refused(data: Data) -> None:
    """A zone nobody declared is refused with the nearest one."""
    with pytest.raises(ZhishuError, match="chuannan"):
        data.regions.zone_members("chuanan")


@pytest.mark.parametrize(
    ("code", "same"),
    [
        ("510100", False),
        ("512000", False),
        ("510300", True),
        ("510000", True),
        ("510104", True),
        ("zone:around_chengdu", False),
        ("zone:chengdu", False),
        ("zone:chengdu_plain", True),
        ("zone:chuannan", True),
    ],
)
def test_territory_over_2015_to_2017(data: Data, code: str, same: bool) -> None:
    """Jianyang's move changes Chengdu, Ziyang and the ring, but not the plain that holds both."""
    assert data.regions.same_territory(code, date(2015, 6, 1), date(2017, 6, 1)) is same
    assert data.regions.same_territory(code, date(2016, 6, 1), date(2020, 6, 1)) is True


def test_territory_nobody_can_state(data: Data) -> None:
    """Before the lineage begins, and for a code that is not in force throughout, the answer is unknown."""
    early = data.regions.same_territory("510300", date(2013, 12, 31), date(2020, 1, 1))
    recoded = data.regions.same_territory("510122", date(2014, 6, 1), date(2017, 1, 1))
    assert isinstance(early, Unknown)
    assert early.reason == "missing"
    assert isinstance(recoded, Unknown)
    assert recoded.reason == "not_found"
    with pytest.raises(ZhishuError):
        data.regions.same_territory("999999", ADOPTED, ADOPTED)


def test_every_step_joins_two_codes_without_a_gap(data: Data) -> None:
    """The old code ends on the day the new one begins, and none is older than the lineage."""
    for step in data.regions.lineage:
        before, after = data.regions.get(step.before), data.regions.get(step.after)
        assert before.valid_to == after.valid_from == step.on >= LINEAGE_BEGINS
        assert (before.parent != after.parent) == (step.kind == "transfer")
        assert data.regions.lineage_of(step.before) == data.regions.lineage_of(step.after) == (step,)
