"""Cases: put to a unit, answered, judged by others, closed; adverse decisions with everything they must carry."""

from datetime import date, timedelta

import pytest
from office_samples import Desk, world

from zhishu.coordinate.cases import effect
from zhishu.coordinate.fact import Json
from zhishu.coordinate.kinds.case import CASE, asked, case_level, case_light
from zhishu.coordinate.pending import waiting

DAY = date(2019, 3, 1)
FORM: dict[str, Json] = {
    "title": "服务业占比连续下降",
    "title_en": "Services share falls",
    "origin": "warning",
    "ref": "services_share_exact/510100/2019",
    "region": "510100",
    "domain": "industry",
    "unit": "sdrc",
    "due": "2019-03-15",
}
DECISION: dict[str, Json] = {
    "basis": "《政府督查工作条例》",
    "outcome": "通报",
    "notice": "2019-03-18",
    "objection_until": "2019-03-25",
    "expires": "2019-09-30",
    "repair": "整改到位后申请撤销",
}


def opened(**more: Json) -> Desk:
    """Return a case that the Supervision Office opened against the Development and Reform Commission."""
    found = Desk(CASE, "1")
    found.do("open", "su", "supervision", DAY, **{**FORM, **more})
    return found


def answered() -> Desk:
    """Return the case with an answer that awaits its review."""
    found = opened()
    found.do("answer", "dr", "sdrc", date(2019, 3, 10), text="已核实整改", files=["ab" * 32])
    return found


def decided() -> Desk:
    """Return the case with a decision after its deadline ran out unanswered."""
    found = opened()
    found.do("decide", "de", "supervision", date(2019, 3, 18), **DECISION)
    return found


def test_a_case_closes_only_with_an_answer_that_others_accepted() -> None:
    """Close does not stand open before; a second close is refused with the reason."""
    desk = opened()
    day = date(2019, 3, 11)
    assert desk.try_act("close", "su", "supervision", DAY, how="销号") == ["act-not-open"]
    desk.do("answer", "dr", "sdrc", date(2019, 3, 10), text="已核实整改")
    assert desk.try_act("close", "su", "supervision", DAY, how="销号") == ["act-not-open"]
    desk.do("review", "su", "supervision", day, verdict="accept")
    desk.do("close", "su", "supervision", day, how="数据修订，预警解除")
    assert desk.try_act("close", "su", "supervision", day, how="再结") == ["act-not-open", "case-closed"]
    assert case_light(desk.state, world(date(2020, 1, 1))) == "done"


def test_t32_who_ever_answered_never_reviews_nor_closes() -> None:
    """Neither the unit nor the person, also after the case went to another unit."""
    desk = answered()
    day = date(2019, 3, 11)
    assert desk.try_act("review", "dx", "sdrc", day, verdict="accept") == ["case-self-review"]
    assert desk.try_act("review", "dr", "supervision", day, verdict="accept") == ["case-self-review"]
    assert desk.try_act("review", "su", "supervision", day, verdict="return") == ["case-no-reason"]
    desk.do("review", "su", "supervision", day, verdict="return", reason="没有分行业数据")
    desk.do("assign", "su", "supervision", day, unit="finance", reason="由财政部门补充")
    desk.do("answer", "fi", "finance", day, text="补充")
    assert desk.try_act("review", "dx", "sdrc", day, verdict="accept") == ["case-self-review"]
    desk.do("review", "su", "supervision", day, verdict="accept")
    assert desk.try_act("close", "fi", "supervision", day, how="x") == ["case-self-review"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"due": "2019-02-28"}, "due-past"),
        ({"due": ""}, "due-missing"),
        ({"unit": "nobody"}, "unit-unknown"),
        ({"unit": "old"}, "unit-unknown"),
        ({"region": "999999"}, "region-unknown"),
        ({"domain": "magic"}, "unit-domain"),
        ({"origin": "rumour"}, "form-choice"),
        ({"closed": "yes"}, "form-field-unknown"),
        ({"approved_by": "su"}, "form-field-unknown"),
    ],
)
def test_t31_a_case_that_cannot_be_is_refused(change: dict[str, Json], code: str) -> None:
    """Every reason is told, nothing is recorded; no form sets a state."""
    desk = Desk(CASE, "1")
    assert code in desk.try_act("open", "su", "supervision", DAY, **{**FORM, **change})
    assert desk.facts == []


def test_only_the_responsible_unit_answers() -> None:
    """Without one nobody does, until the case is assigned."""
    assert opened().try_act("answer", "fi", "finance", DAY, text="x") == ["case-not-responsible"]
    desk = opened(unit="")
    assert desk.try_act("answer", "dr", "sdrc", DAY, text="x") == ["act-not-open"]
    assert [a.id for a in waiting(CASE, desk.state, "supervision", world(DAY))] == ["assign"]
    desk.do("assign", "su", "supervision", DAY, unit="sdrc", reason="职责所在")
    assert desk.try_act("assign", "su", "supervision", DAY, unit="sdrc", reason="x") == ["case-same-unit"]
    assert [a.id for a in waiting(CASE, desk.state, "sdrc", world(DAY))] == ["answer"]


def test_t28_overdue_on_day_1_2_30_stays_and_grows_louder() -> None:
    """15 March 2019 was a Friday: light red on every later day; reminded blue, then orange, then red."""
    state = opened().state
    due = date(2019, 3, 15)
    assert case_light(state, world(due)) == "near"
    assert case_level(state, world(due)) == "none"
    seen = {
        n: (case_light(state, world(due + timedelta(n))), case_level(state, world(due + timedelta(n))))
        for n in range(1, 31)
    }
    assert {light for light, _ in seen.values()} == {"overdue"}
    assert (seen[1][1], seen[2][1], seen[30][1]) == ("blue", "blue", "red")
    ranks = [("blue", "orange", "red").index(level) for _, level in seen.values()]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2}
    record = CASE.record(state, world(due + timedelta(1)))
    assert record["days_late"] == 1  # a Saturday: passed is passed


def test_an_answer_stops_the_clock_and_a_return_starts_it_again() -> None:
    """A slow reviewer makes no unit late; an answer after the deadline stays late."""
    desk = answered()
    later = date(2019, 4, 1)
    assert case_light(desk.state, world(later)) == "answered"
    desk.do("review", "su", "supervision", later, verdict="return", reason="不实")
    assert case_light(desk.state, world(later)) == "overdue"
    desk.do("answer", "dr", "sdrc", later, text="再答")
    desk.do("review", "su", "supervision", later, verdict="accept")
    desk.do("close", "su", "supervision", later, how="已整改")
    assert case_light(desk.state, world(later)) == "done_late"


def test_a_closed_case_opens_again_with_a_reason_and_a_new_date() -> None:
    """The answers before are kept; a new one is owed."""
    desk = answered()
    day = date(2019, 3, 11)
    desk.do("review", "su", "supervision", day, verdict="accept")
    desk.do("close", "su", "supervision", day, how="已整改")
    assert desk.try_act("reopen", "su", "supervision", day, reason="反弹", due="2019-03-01") == ["due-past"]
    assert "form-missing" in desk.try_act("reopen", "su", "supervision", day, due="2019-04-01")
    desk.do("reopen", "su", "supervision", day, reason="反弹", due="2019-04-01")
    assert (len(desk.state.earlier), desk.state.answer, desk.state.closed) == (1, None, False)
    assert [a.id for a in waiting(CASE, desk.state, "sdrc", world(day))] == ["answer"]


def test_nobody_is_decided_against_unheard() -> None:
    """Before an answer was judged or the deadline ran out, no decision stands open."""
    desk = opened()
    assert desk.try_act("decide", "de", "supervision", date(2019, 3, 15), **DECISION) == ["act-not-open"]
    waits = answered()
    assert waits.try_act("decide", "de", "supervision", date(2019, 3, 18), **DECISION) == ["act-not-open"]
    assert decided().state.decision.unit == "sdrc"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        *(({field: ""}, "case-decision-incomplete") for field in DECISION),
        ({"notice": "2019-03-17"}, "case-notice"),
        ({"objection_until": "2019-03-22"}, "case-objection-short"),
        ({"expires": "2019-03-25"}, "case-expiry"),
        ({"notice": "2031-03-03", "objection_until": "2031-03-30", "expires": "2032-01-01"}, "case-no-calendar"),
    ],
)
def test_a_decision_without_all_it_must_carry_is_refused(change: dict[str, Json], code: str) -> None:
    """Basis, outcome, notice, time to object, expiry and repair; nothing is recorded otherwise."""
    desk = opened()
    assert code in desk.try_act("decide", "de", "supervision", date(2019, 3, 18), **{**DECISION, **change})
    assert desk.state.decisions == ()


def test_who_opened_or_answered_does_not_decide() -> None:
    """Nor does the unit itself."""
    day = date(2019, 3, 18)
    assert opened().try_act("decide", "su", "supervision", day, **DECISION) == ["case-own-decision"]
    assert opened().try_act("decide", "de", "sdrc", day, **DECISION) == ["case-own-decision"]


def test_a_decision_has_no_effect_while_it_may_be_contested_or_is() -> None:
    """Told, in force, expired; contested and withdrawn never harm."""
    plain = decided().state.decision
    assert [effect(plain, d) for d in (date(2019, 3, 25), date(2019, 3, 26), date(2019, 10, 1))] == [
        "told",
        "in_force",
        "expired",
    ]
    desk = decided()
    day = date(2019, 3, 25)
    assert desk.try_act("object", "fi", "finance", day, text="不服") == ["case-not-concerned"]
    assert desk.try_act("object", "dr", "sdrc", date(2019, 3, 26), text="不服") == ["act-not-open"]
    desk.do("object", "dr", "sdrc", day, text="数据口径有误")
    assert desk.try_act("object", "dr", "sdrc", day, text="再申辩") == ["act-not-open"]
    assert effect(desk.state.decision, date(2019, 5, 1)) == "contested"
    ruling: dict[str, Json] = {"result": "withdrawn", "reason": "口径确有误"}
    assert desk.try_act("decide_objection", "de", "supervision", day, **ruling) == ["case-own-objection"]
    assert desk.try_act("decide_objection", "d2", "sdrc", day, **ruling) == ["case-own-objection"]
    desk.do("decide_objection", "d2", "supervision", day, **ruling)
    assert effect(desk.state.decision, date(2019, 5, 1)) == "withdrawn"
    shown = CASE.record(desk.state, world(date(2019, 5, 1)))["decisions"]
    assert shown[0]["decider"] == {"by": "de", "unit": "supervision", "on": "2019-03-18"}  # type: ignore[index]


def test_one_decision_at_a_time() -> None:
    """The next only after the first was withdrawn or has lapsed; a contested one keeps the case open."""
    desk = decided()
    day = date(2019, 3, 19)
    assert desk.try_act("decide", "de", "supervision", day, **DECISION) == ["act-not-open"]
    desk.do("object", "dr", "sdrc", day, text="不服")
    desk.do("answer", "dr", "sdrc", day, text="已整改")
    desk.do("review", "su", "supervision", day, verdict="accept")
    assert desk.try_act("close", "su", "supervision", day, how="x") == ["act-not-open"]
    desk.do("decide_objection", "d2", "supervision", day, result="upheld", reason="事实清楚")
    desk.do("close", "su", "supervision", day, how="已整改")


def test_whom_a_case_asks_and_whom_it_waits_for() -> None:
    """Opened and returned ask the unit; a review waits for whoever opened."""
    desk = answered()
    desk.do("review", "su", "supervision", date(2019, 3, 11), verdict="return", reason="不实")
    assert [asked(desk.state, f) for f in desk.facts] == [("sdrc",), (), ("sdrc",)]
    state, there = answered().state, world(DAY)
    assert [a.id for a in waiting(CASE, state, "supervision", there)] == ["review"]
