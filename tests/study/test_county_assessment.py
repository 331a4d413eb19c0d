"""The county assessment of the pack: the arithmetic of practice, its form, and what it lacks of real counties."""

import io
from dataclasses import replace
from datetime import date
from fractions import Fraction

import openpyxl
import pytest
from tests.score.assessments import WAN
from tests.shipped import shipped

from zhishu.errors import ZhishuError
from zhishu.pack.assessment import Assessment
from zhishu.score.assess import Facts, Left, Member, assess
from zhishu.score.assess.compare import compare
from zhishu.study.assessing import Round, form, run_assessment
from zhishu.study.assessing.around import leavings
from zhishu.study.assessing.lacks import lacks
from zhishu.study.assessing.specimen import specimen
from zhishu.surfaces.assessed import form_book, run_file
from zhishu.system.case import RawCase, RawRow

ON = date(2019, 4, 1)
FIRST, SECOND = "county_economy_2019", "county_economy_2021"


@pytest.fixture(scope="module")
def county() -> Assessment:
    """Return the assessment of 2019."""
    return shipped().pack.assessments[FIRST]


@pytest.fixture(scope="module")
def run(county: Assessment) -> Round:
    """Return its run on the specimens of seed 1."""
    return run_assessment(county, specimen(county, 1), ON, shipped().data.regions)


def test_t49_183_counties_in_four_classes(run: Round) -> None:
    """183 = 33 + 57 + 35 + 58: the classes hold as many as declared, and all are settled."""
    sizes = [c.members for c in run.assessed.classes.values()]
    assert sizes == [33, 57, 35, 58]
    assert sum(sizes) == 183
    assert all(c.open == () for c in run.assessed.classes.values())


def test_t49_the_awards_are_141000_conserved(run: Round, county: Assessment) -> None:
    """11 at 6,000, 9 at 5,000 and 10 at 3,000 are 141,000 万元, as declared and as given."""
    won = {a.id: sum(p.won for p in run.assessed.purses if p.award == a.id) for a in county.awards}
    assert won == {"strong": 11, "advanced": 9, "progress": 10}
    assert county.money() == 141_000 * WAN
    assert sum(p.given for p in run.assessed.purses) == 141_000 * WAN
    assert len({s.unit for s in run.assessed.standings if s.given.award}) == 30


def test_t49_31_on_the_notice_30_in_the_end_with_a_reason(run: Round, county: Assessment) -> None:
    """One more place on the notice; who leaves is named with the reason, the place stays empty, 141,000 are given."""
    more = tuple(
        replace(a, places={**a.places, "ecology": a.places["ecology"] + 1}) if a.id == "strong" else a
        for a in county.awards
    )
    wider = replace(county, awards=more, pool=None)
    notice = assess(wider, run.facts)
    assert sum(p.won for p in notice.purses) == 31
    last = next(s.unit for s in notice.standings if s.given.award == "strong" and s.entry.group == "ecology")
    final = assess(wider, replace(run.facts, left=(Left(last, ON, "示例原因"),)))
    assert sum(p.won for p in final.purses) == 30
    assert sum(p.given for p in final.purses) == 141_000 * WAN
    assert sum(p.unspent for p in final.purses) == 6_000 * WAN
    gone = final.of(last)
    assert gone.dropped == "strong"
    assert gone.left is not None
    assert gone.left.reason == "示例原因"
    assert [m.unit for m in compare(notice, final) if m.dropped] == [last]


def test_t49_162_after_leaving_out_8_and_13(run: Round) -> None:
    """183 less 8 among the national hundred and 13 under special cultivation: 162 compete, and only these set scales."""
    revised = shipped().pack.assessments[SECOND]
    units = [m.unit for m in run.facts.members]
    hundred, cultivated = set(units[:8]), set(units[40:53])
    members = tuple(
        Member(m.unit, m.group, {"national_hundred": m.unit in hundred, "cultivated": m.unit in cultivated}, m.before)
        for m in run.facts.members
    )
    done = assess(revised, replace(run.facts, members=members))
    states = [s.entry.state for s in done.standings]
    assert (states.count("excluded"), states.count("competes")) == (21, 162)
    assert sum(s.given.award == "advanced" for s in done.standings) == 16
    for spans in done.spans.values():
        for span in spans.values():
            assert span is not None
            assert not {span.low_unit, span.high_unit} & (hundred | cultivated)


def test_eligibility_that_nobody_established_holds_every_award_of_the_class(run: Round) -> None:
    """By the revised version the form of the first says nothing about eligibility: 待核, and nothing is given."""
    done = assess(shipped().pack.assessments[SECOND], run.facts)
    assert {s.entry.state for s in done.standings} == {"open"}
    assert not any(s.given.award for s in done.standings)


def test_all_points_of_a_total_stand_with_an_indicator(run: Round) -> None:
    """What the seventeen indicators bring sums to the total of every county, exactly."""
    for s in run.assessed.standings:
        assert s.points is not None
        brought = [p.contribution for p in s.points.parts]
        assert sum(b for b in brought if isinstance(b, Fraction)) == s.total


def test_the_filled_form_gives_the_same_run(run: Round) -> None:
    """Through the workbook and back: every total, rank and award is the same."""
    book = form_book(shipped(), FIRST, 1)
    again = run_file(shipped(), FIRST, book, "form.xlsx", ON)
    assert again.assessed == run.assessed


def test_the_empty_form_asks_for_every_reading_in_words() -> None:
    """Sheets for units, values, vetoes and the rest; three heads over each column; yes or no where a fact is asked."""
    book = openpyxl.load_workbook(io.BytesIO(form_book(shipped(), FIRST)))
    assert book.sheetnames[:4] == ["说明", "单位", "类别变更", "指标值"]
    assert {"加分", "扣分", "一票否决", "数据造假", "容错", "公示后退出"} <= set(book.sheetnames)
    heads = [c.value for c in book["指标值"][1]]
    assert "城镇新增就业·目标（人）" in heads
    assert "风险处置评议·评分5" in heads
    assert next(c.value for c in book["指标值"][3]) == "unit *" or book["指标值"]["A3"].value == "unit"


def test_real_counties_are_not_scored_and_what_is_lacking_is_listed(county: Assessment) -> None:
    """No list of members, no county figures of the years: seventeen indicators, none complete, nothing scored."""
    found = lacks(shipped(), county, date(2026, 11, 27))
    assert len(found) == 17
    assert all(x.of == 183 and x.known < x.of for x in found)


def case(**tables: list[dict[str, object]]) -> RawCase:
    """Return a raw case."""
    return RawCase({t: [RawRow(r, f"{t}[{n}]") for n, r in enumerate(rows)] for t, rows in tables.items()})


@pytest.mark.parametrize(
    ("tables", "code", "said"),
    [
        ({"units": [{"unit": "示例县", "group": "city"}]}, "case-not-a-choice", "city"),
        ({"units": [{"unit": "示例县"}, {"unit": "示例县"}]}, "case-duplicate", "示例县"),
        ({"units": [{"unit": "示例县"}], "values": [{"unit": "示例乡"}]}, "case-no-such-row", "示例乡"),
        ({"units": [{"unit": "成都平原"}]}, "case-region", "成都平原"),
        ({"units": [{"unit": "示例县"}, {"unit": "武侯区"}]}, "case-specimen-mixed", "示例县"),
        ({"units": [{"unit": "示例县"}]}, "assessment-values", "empty"),
        (
            {
                "units": [{"unit": "示例县"}],
                "values": [{"unit": "示例县"}],
                "vetoes": [{"unit": "示例县", "rule": "accident", "proposed_by": "甲厅", "decision": "成立"}],
            },
            "assessment-decision",
            "without who decided",
        ),
        (
            {
                "units": [{"unit": "示例县"}],
                "values": [{"unit": "示例县"}],
                "vetoes": [
                    {
                        "unit": "示例县",
                        "rule": "accident",
                        "proposed_by": "甲厅",
                        "decision": "成立",
                        "decided_by": "甲厅",
                        "decided_on": "2019-03-01",
                    }
                ],
            },
            "assessment-decision",
            "one body",
        ),
        (
            {
                "units": [{"unit": "示例县"}],
                "values": [{"unit": "示例县"}],
                "quality": [{"unit": "示例县", "indicator": "debt", "error": -3}],
            },
            "assessment-error",
            "below zero",
        ),
    ],
)
def test_a_form_that_contradicts_itself_is_refused_at_its_row(
    county: Assessment, tables: dict[str, list[dict[str, object]]], code: str, said: str
) -> None:
    """Unknown classes and units, decisions without a decider, one body in two roles, errors below zero."""
    with pytest.raises(ZhishuError) as caught:
        run_assessment(county, case(**tables), ON, shipped().data.regions)
    found = [p for p in caught.value.problems if p.code.startswith(code)]
    assert found, [(p.code, p.what.en) for p in caught.value.problems]
    assert said in f"{found[0].what.en} {found[0].what.zh}"


def facts(county: Assessment, on: date, **tables: list[dict[str, object]]) -> Facts:
    """Return what a small form says on a day."""
    return run_assessment(county, case(values=[{"unit": "示例县"}], **tables), on, shipped().data.regions).facts


def test_classes_are_dated_and_decisions_count_from_their_day(county: Assessment) -> None:
    """A county moves from one class to another on a day; a veto is open before it is decided, and not there before it is
    proposed."""
    moved = {
        "units": [{"unit": "示例县", "group": "farming", "group_to": "2019-03-31"}],
        "moves": [{"unit": "示例县", "group": "ecology", "group_from": "2019-04-01"}],
    }
    assert facts(county, date(2019, 3, 31), **moved).members[0].group == "farming"
    assert facts(county, date(2019, 4, 1), **moved).members[0].group == "ecology"
    both = {**moved, "moves": [{"unit": "示例县", "group": "ecology", "group_from": "2019-03-01"}]}
    assert facts(county, date(2019, 3, 15), **both).members[0].group is None
    veto = {
        "units": [{"unit": "示例县", "group": "farming"}],
        "vetoes": [
            {
                "unit": "示例县",
                "rule": "accident",
                "proposed_by": "甲厅",
                "proposed_on": "2019-03-01",
                "decision": "成立",
                "decided_by": "省政府",
                "decided_on": "2019-03-20",
            }
        ],
    }
    assert facts(county, date(2019, 2, 28), **veto).vetoes == ()
    assert facts(county, date(2019, 3, 10), **veto).vetoes[0].decision is None
    assert facts(county, date(2019, 3, 20), **veto).vetoes[0].decision == "upheld"


def test_a_purpose_nobody_declared_is_refused(county: Assessment) -> None:
    """With the purposes there are, none here."""
    with pytest.raises(ZhishuError) as caught:
        run_assessment(county, specimen(county, 1, {"urban": 1}), ON, shipped().data.regions, "merit")
    assert caught.value.problems[0].code == "assessment-purpose"


def test_no_form_of_the_system_is_one_of_an_assessment() -> None:
    """The form of another is named."""
    with pytest.raises(ZhishuError) as caught:
        run_file(shipped(), SECOND, form_book(shipped(), FIRST), "form.xlsx", ON)
    assert caught.value.problems[0].code == "xlsx-other-form"
    assert form(shipped(), FIRST).id == FIRST


def test_a_form_that_is_too_large_is_refused_before_anything_is_compared(county: Assessment) -> None:
    """A thousand units at most, and two hundred a class where each leaves in turn."""
    with pytest.raises(ZhishuError) as caught:
        run_assessment(county, specimen(county, 1, {"urban": 1001}), ON, shipped().data.regions)
    assert {p.code for p in caught.value.problems} == {"assessment-too-large"}
    wide = run_assessment(county, specimen(county, 1, dict.fromkeys(county.groups, 201)), ON, shipped().data.regions)
    with pytest.raises(ZhishuError) as caught:
        leavings(wide)
    assert caught.value.problems[0].code == "assessment-too-large"
