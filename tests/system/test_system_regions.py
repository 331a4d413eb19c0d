"""Region cells of a case: old codes followed and said, strangers refused at their cell, specimens kept apart."""

from datetime import date
from fractions import Fraction

from zhishu.data.region_words import RegionWords
from zhishu.logic import Unknown
from zhishu.study import Study
from zhishu.study.columns import COLUMNS
from zhishu.system.answer import run_system
from zhishu.system.answered import Answer
from zhishu.system.case import RawCase, RawRow, read_case
from zhishu.system.lies_in import lies_in

ON = date(2026, 11, 26)
YEARS = (2021, 2022, 2023, 2024, 2025)


def ask(study: Study, *names: str, regions: bool = True) -> Answer:
    """Return the land gate's answer to one row a year, the regions written in turn."""
    rows = [
        RawRow({"county": n, "year": y, "approved": "100", "supplied": "40"}, f"r{y}")
        for n, y in zip(names, YEARS, strict=False)
    ]
    gate = study.pack.systems["land-supply-rate-gate"]
    case = RawCase({"years": rows})
    if regions:
        return run_system(gate, case, ON, COLUMNS, regions=study.data.regions)
    return run_system(gate, case, ON, COLUMNS)


def test_five_ways_to_write_one_county_are_one_county(study: Study) -> None:
    """An old code, names and the code now: one region, one verdict, and the old code is mentioned."""
    answer = ask(study, "512081", "简阳", "简阳市", "510185", "Jianyang")
    gates = [r for r in answer.results if r.table == "counties"]
    assert [(r.subject, r.outcome.id if r.outcome else None) for r in gates] == [("简阳市", "suspended")]
    assert gates[0].title.en == "Jianyang"
    assert answer.to_json()["regions"] == {"简阳市": "510185"}
    assert [(m.kind, m.subject) for m in answer.remarks] == [("region", "简阳市")]
    assert "512081" in answer.remarks[0].say.zh


def test_strangers_are_refused_at_their_cell(study: Study) -> None:
    """No region, a shared name: each a problem with its place, and nothing is answered."""
    answer = ask(study, "火星县", "市中区", "四川省")
    assert [(p.code, p.where) for p in answer.problems] == [
        ("case-region-unknown", "r2021.county"),
        ("case-region-ambiguous", "r2022.county"),
        ("case-region-level", "r2023.county"),
    ]
    assert answer.results == ()


def test_specimens_and_real_regions_do_not_mix(study: Study) -> None:
    """A specimen left in the form beside a real county is found."""
    assert ask(study, "示例甲县").problems == ()
    assert [p.code for p in ask(study, "示例甲县", "简阳市").problems] == ["case-specimen-mixed"]


def test_without_regions_only_specimens_are_read(study: Study) -> None:
    """A caller that hands over no regions gets no silent acceptance."""
    assert ask(study, "示例甲县", regions=False).problems == ()
    assert [p.code for p in ask(study, "简阳市", regions=False).problems] == ["case-region-unknown"]


def test_what_refers_to_a_region_is_read_as_one(study: Study) -> None:
    """A county listed by its full name is the one its rows name by an old code or a short name."""
    rows = {"county": "简阳市"}, {"county": "512081", "year": "2018", "status": "实绩"}
    system = study.pack.systems["poverty-headcount-171"]
    case = RawCase({"counties": [RawRow(rows[0], "c1")], "years": [RawRow(rows[1], "y1")]})
    answer = run_system(system, case, ON, COLUMNS, regions=study.data.regions)
    assert answer.problems == ()
    assert [r.subject for r in answer.results if r.table == "years"] == ["简阳市 · 2018 · actual"]


def test_a_key_that_could_not_be_read_is_never_proposed(study: Study) -> None:
    """A row that points at no unit is offered the units there are, not the words of an unreadable one."""
    form = study.pack.systems["differentiated-assessment"]
    rows = {
        "classes": [RawRow({"category": "开发类"}, "classes[0]")],
        "units": [RawRow({"unit": "成都平原", "category": "开发类"}, "units[0]")],
        "indicators": [RawRow({"indicator": "经济", "better": "up", "low": 0, "high": 1}, "indicators[0]")],
        "values": [RawRow({"unit": "武侯", "indicator": "经济", "value": 1}, "values[0]")],
    }
    _, problems = read_case(form, RawCase(rows), date(2026, 3, 2), study.data.regions)
    assert len(problems) > 1
    assert not any("Unknown(" in p.say("en") for p in problems)


def test_a_county_lies_in_its_prefecture_and_its_province(study: Study) -> None:
    """Any way of writing them gives one answer; a wider place is unknown, another one no; transitive and reflexive."""
    words = RegionWords(study.data.regions, ON)
    above = {
        (place := words.read(region.code)).label.zh: tuple(t.zh for t in place.above)
        for region in study.data.regions.by_code.values()
        if region.valid(ON)
    }
    for name, wider in above.items():
        assert lies_in(name, name, above) is True
        assert [lies_in(name, area, above) for area in wider] == [True] * len(wider)
        assert [lies_in(area, name, above) for area in wider] == [Unknown("wider_place")] * len(wider)
    assert above["武侯区"] == ("成都市", "四川省")
    assert lies_in("武侯区", "绵阳市", above) is False
    assert lies_in("成都市", "绵阳市", above) is False


def test_what_is_no_region_lies_nowhere_that_is_known() -> None:
    """A choice beside the regions, a blank and a stranger are unknown, never outside."""
    above = {"武侯区": ("成都市",), "成都市": ()}
    for other in ("全部", "火星县", Unknown("missing"), Fraction(1)):
        for one, two in (("武侯区", other), (other, "成都市")):
            assert isinstance(lies_in(one, two, above), Unknown)


def test_specimens_lie_in_those_their_names_begin_with() -> None:
    """As a county written with its prefecture before it; never the other way round."""
    assert lies_in("示例市示例县", "示例市", {}) is True
    assert lies_in("示例市", "示例市示例县", {}) == Unknown("wider_place")
    assert lies_in("示例乙市", "示例市", {}) is False


def test_a_place_of_another_province_is_read_as_that_province_where_a_field_asks_so(study: Study) -> None:
    """Care may be given elsewhere: the province is the place, with its code and English name; a stranger says how to write it."""
    system = study.pack.systems["cross-region-settlement"]
    rows = [
        {"id": f"示例键{n}", "insured_place": "成都", "treated_place": place}
        for n, place in enumerate(("420106", "湖北", "Hubei", "重庆渝中区", "锦江区"))
    ]
    case = RawCase({"claims": [RawRow(r, r["id"]) for r in rows]})
    answer = run_system(system, case, ON, COLUMNS, regions=study.data.regions)
    assert answer.problems == ()
    regions = answer.to_json()["regions"]
    assert isinstance(regions, dict)
    assert regions["湖北省"] == "420000"
    assert regions["重庆市"] == "500000"
    assert regions["锦江区"] == "510104"
    pairs = {r.subject: r.title.en for r in answer.results if r.table == "pairs"}
    assert pairs["成都市 · 湖北省"] == "Chengdu · Hubei"
    assert set(pairs) == {"成都市 · 湖北省", "成都市 · 重庆市", "成都市 · 锦江区"}
    stray = RawCase({"claims": [RawRow({**rows[0], "treated_place": "武汉市"}, "r1")]})
    problem = run_system(system, stray, ON, COLUMNS, regions=study.data.regions).problems[0]
    assert (problem.code, problem.where) == ("case-region-unknown", "r1.treated_place")
    assert "外省的写到省" in problem.repair.zh
    assert "write the province" in problem.repair.en
    gate = ask(study, "420106")
    assert [p.code for p in gate.problems] == ["case-region-outside"]
