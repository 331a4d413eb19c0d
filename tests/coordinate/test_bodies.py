"""Standing bodies: members over time, meetings, decisions, actions with one responsible unit and a date."""

from datetime import date

import pytest
from office_samples import Desk, world

from zhishu.coordinate.bodies import Body
from zhishu.coordinate.body.derived import attendance, escalated_to, open_by_unit, overdue, rhythm
from zhishu.coordinate.fact import Json
from zhishu.coordinate.kinds.body import BODY, asked
from zhishu.coordinate.pending import waiting
from zhishu.logic import Unknown

START = date(2019, 1, 2)
MET = date(2019, 2, 20)
TODAY = date(2019, 3, 1)
MEMBERS: list[Json] = ["transport", "finance", "old"]


def conference(**more: Json) -> Desk:
    """Return a zone conference whose secretary unit is the Development and Reform Commission."""
    found = Desk(BODY, "chuannan", {"body/leading": _leading()})
    found.do(
        "create",
        "se",
        "sdrc",
        START,
        **{
            "name": "川南经济区联席会议",
            "name_en": "South Sichuan Conference",
            "region": "510000",
            "zone": "zone:chuannan",
            "domain": "region",
            "secretary": "sdrc",
            "members": MEMBERS,
            "cite": "26.10",
            **more,
        },
    )
    return found


def _leading() -> Body:
    group = Desk(BODY, "leading")
    group.do(
        "create",
        "se",
        "sdrc",
        START,
        name="领导小组",
        region="510000",
        domain="*",
        secretary="supervision",
        members=["sdrc", "transport"],
    )
    found = group.state
    assert isinstance(found, Body)
    return found


def met(**more: Json) -> Desk:
    """Return a conference that met once, decided, and asked the Department of Transport for something."""
    found = conference(**more)
    found.do("meet", "se", "sdrc", MET, date="2019-02-20", agenda="高铁\n港口", present=["transport", "old"])
    found.do("record_decision", "se", "sdrc", MET, meeting=1, text="加快前期工作", cite="7.1")
    found.do(
        "record_action",
        "se",
        "sdrc",
        TODAY,
        meeting=1,
        decision=1,
        what="提出方案",
        unit="transport",
        due="2019-03-29",
        co_units=["finance"],
    )
    return found


def test_a_meeting_keeps_agenda_decisions_and_one_responsible_unit() -> None:
    """Numbers run by themselves: decisions within the meeting, actions within the body."""
    state = met().state
    assert state.meetings[0].agenda == ("高铁", "港口")
    assert (state.meetings[0].decisions[0].number, state.actions[0].number) == (1, 1)
    assert (state.actions[0].unit, state.actions[0].co_units) == ("transport", ("finance",))
    assert dict(open_by_unit(state)) == {"transport": 1}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"unit": ""}, "body-no-responsible"),
        ({"unit": ["transport", "finance"]}, "body-no-responsible"),
        ({"unit": "nobody"}, "unit-unknown"),
        ({"unit": "old"}, "unit-unknown"),
        ({"unit": "sdrc"}, "body-own-action"),
        ({"due": "2019-02-28"}, "due-past"),
        ({"due": ""}, "due-missing"),
        ({"decision": 2}, "body-no-decision"),
        ({"meeting": 7}, "body-no-meeting"),
        ({"co_units": ["finance"]}, "body-unit-twice"),
        ({"status": "accepted"}, "form-field-unknown"),
    ],
)
def test_an_action_that_lacks_something_is_refused(change: dict[str, Json], code: str) -> None:
    """Without one existing responsible unit and a day ahead nothing is recorded."""
    desk = met()
    form: dict[str, Json] = {"meeting": 1, "decision": 1, "what": "另一项", "unit": "finance", "due": "2019-03-29"}
    before = desk.state
    assert code in desk.try_act("record_action", "se", "sdrc", TODAY, **{**form, **change})
    assert desk.state == before


def test_a_unit_is_present_only_as_a_member_that_exists_on_the_day() -> None:
    """The unit that ended in February may come in February, not in March; strangers never."""
    desk = conference()
    assert desk.try_act("meet", "se", "sdrc", TODAY, date="2019-03-01", agenda="一", present=["old"]) == [
        "unit-unknown"
    ]
    stranger = desk.try_act("meet", "se", "sdrc", TODAY, date="2019-03-01", agenda="一", present=["supervision"])
    assert stranger == ["body-not-member"]
    desk.do("add_member", "se", "sdrc", TODAY, unit="supervision", **{"from": "2019-03-01"}, reason="新增")
    desk.do("meet", "se", "sdrc", TODAY, date="2019-03-01", agenda="一", present=["supervision"])


def test_members_come_and_go_by_day() -> None:
    """A member removed from a day on was one before; nobody is added twice or removed twice."""
    desk = conference()
    assert desk.try_act("add_member", "se", "sdrc", TODAY, unit="finance", **{"from": "2019-03-01"}, reason="重复") == [
        "body-member-twice"
    ]
    desk.do("remove_member", "se", "sdrc", TODAY, unit="finance", until="2019-02-28", reason="职能划转")
    assert "body-no-member" in desk.try_act(
        "remove_member", "se", "sdrc", TODAY, unit="finance", until="2019-02-28", reason="再减"
    )
    assert "finance" in desk.state.members_on(date(2019, 2, 28))
    assert "finance" not in desk.state.members_on(TODAY)


def test_a_meeting_ahead_has_neither_attendance_nor_decisions() -> None:
    """What was not held decided nothing."""
    desk = conference()
    ahead = {"date": "2019-03-20", "agenda": "一"}
    assert desk.try_act("meet", "se", "sdrc", TODAY, **ahead, present=["finance"]) == ["body-meeting-ahead"]
    desk.do("meet", "se", "sdrc", TODAY, **ahead)
    assert desk.try_act("record_decision", "se", "sdrc", TODAY, meeting=1, text="先定") == ["act-not-open"]
    desk.do("meet", "se", "sdrc", TODAY, date="2019-03-01", agenda="二", present=["finance"])
    assert desk.try_act("record_decision", "se", "sdrc", TODAY, meeting=1, text="先定") == ["body-meeting-ahead"]
    assert "attend" not in {a.id for a in BODY.acts(desk.state, world(TODAY))}
    later = date(2019, 3, 20)
    desk.do("attend", "se", "sdrc", later, meeting=1, present=["finance", "transport"])
    assert desk.try_act("attend", "se", "sdrc", later, meeting=1, present=["finance"]) == ["act-not-open"]
    desk.do("record_decision", "se", "sdrc", later, meeting=1, text="议定")


def test_a_quorum_that_is_declared_must_be_on_record() -> None:
    """Too few, or nobody knows how many: no decision; a body that declares none decides."""
    desk = conference(quorum=2)
    desk.do("meet", "se", "sdrc", TODAY, date="2019-03-01", agenda="一")
    assert desk.try_act("record_decision", "se", "sdrc", TODAY, meeting=1, text="定") == ["body-attendance-unknown"]
    desk.do("attend", "se", "sdrc", TODAY, meeting=1, present=["finance"])
    assert desk.try_act("record_decision", "se", "sdrc", TODAY, meeting=1, text="定") == ["body-no-quorum"]
    there = attendance(desk.state, desk.state.meetings[0], world(TODAY))
    assert (there.present, there.absent, there.gone, there.quorate) == (("finance",), ("transport",), ("old",), False)
    assert there.say.en == "1 of 2 members came, at least 2 are needed"


def test_t32_the_responsible_unit_reports_the_secretary_accepts() -> None:
    """Neither the unit nor the person that reported rules on the report; a second acceptance finds nothing."""
    desk = met()
    report: dict[str, Json] = {"action": 1, "text": "已报送", "files": ["ab" * 32]}
    assert desk.try_act("report_action", "fi", "finance", TODAY, **report) == ["body-not-responsible"]
    assert "body-no-evidence" in desk.try_act("report_action", "tr", "transport", TODAY, action=1, text="x", files=[])
    desk.do("report_action", "tr", "transport", TODAY, **report)
    assert desk.try_act("accept_action", "tr", "sdrc", TODAY, action=1) == ["body-self-review"]
    assert desk.try_act("accept_action", "tx", "transport", TODAY, action=1) == [
        "body-not-secretary",
        "body-self-review",
    ]
    desk.do("return_action", "se", "sdrc", TODAY, action=1, reason="缺投资估算")
    assert desk.state.actions[0].status == "open"
    desk.do("report_action", "tr", "transport", TODAY, **report)
    desk.do("accept_action", "se", "sdrc", TODAY, action=1)
    assert desk.try_act("accept_action", "se", "sdrc", TODAY, action=1) == ["act-not-open"]
    assert desk.state.actions[0].status == "accepted"


def test_what_is_overdue_is_counted_in_worked_days() -> None:
    """29 March 2019 was a Friday; 5 April a holiday, so Monday 8 April is five worked days later."""
    state = met().state
    assert overdue(state, world(date(2019, 3, 29))) == ()
    (late,) = overdue(state, world(date(2019, 4, 8)))
    assert (late.action.number, late.days) == (1, 5)
    assert late.say.en == "due 2019-03-29, no report by 2019-04-08; late: 5 working days"


def test_what_is_overdue_is_told_to_the_body_above() -> None:
    """Not before it is late, not to nobody, not to the same body twice, not by the unit that is late."""
    late = date(2019, 4, 8)
    desk = met()
    assert desk.try_act("escalate", "su", "supervision", TODAY, action=1, reason="x") == ["act-not-open"]
    assert desk.try_act("escalate", "su", "supervision", late, action=1, reason="x") == ["body-no-above"]
    assert desk.try_act("escalate", "tr", "transport", late, action=1, to="leading", reason="x") == [
        "body-self-escalation"
    ]
    desk = met(above="leading")
    desk.do("escalate", "su", "supervision", late, action=1, reason="两次催办未果")
    assert desk.try_act("escalate", "su", "supervision", late, action=1, reason="x") == ["body-escalated"]
    there = world(late, {**desk.others, "body/chuannan": desk.state})
    assert [(other, action.number) for other, action in escalated_to("leading", there)] == [("chuannan", 1)]


def test_a_body_ends_only_when_what_it_asked_for_is_settled() -> None:
    """After the end only reports and their acceptance stand open."""
    desk = met(above="leading")
    assert desk.try_act("end", "se", "sdrc", TODAY, until="2019-02-19", reason="x") == [
        "body-met-later",
        "body-actions-left",
    ]
    late = date(2019, 4, 8)
    desk.do("escalate", "su", "supervision", late, action=1, reason="逾期")
    desk.do("end", "se", "sdrc", late, until="2019-04-08", reason="机构改革")
    after = date(2019, 4, 9)
    assert {a.id for a in BODY.acts(desk.state, world(after))} == {"report_action", "reassign_action", "escalate"}
    assert desk.try_act("meet", "se", "sdrc", after, date="2019-04-09", agenda="一") == ["act-not-open"]


def test_the_secretary_unit_changes_but_never_to_one_that_owes() -> None:
    """Who accepts reports owes none."""
    desk = met()
    assert desk.try_act("change_secretary", "se", "sdrc", TODAY, unit="transport", reason="x") == ["body-own-action"]
    desk.do("change_secretary", "se", "sdrc", TODAY, unit="supervision", reason="职能划转")
    assert desk.state.secretary == "supervision"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"members": ["transport", "nobody"]}, "unit-unknown"),
        ({"secretary": "nobody"}, "unit-unknown"),
        ({"region": "999999"}, "region-unknown"),
        ({"zone": "zone:nowhere"}, "body-zone"),
        ({"domain": "magic"}, "unit-domain"),
        ({"above": "chuannan"}, "body-unknown"),
        ({"cite": "第二十六条"}, "body-cite"),
        ({"rhythm": 0}, "body-number"),
        ({"quorum": 9}, "body-number"),
    ],
)
def test_a_body_that_cannot_be_is_refused(change: dict[str, Json], code: str) -> None:
    """Nothing is set up half."""
    desk = Desk(BODY, "chuannan")
    form: dict[str, Json] = {
        "name": "联席会议",
        "region": "510000",
        "domain": "region",
        "secretary": "sdrc",
        "members": ["transport"],
    }
    assert code in desk.try_act("create", "se", "sdrc", START, **{**form, **change})
    assert desk.facts == []


def test_meetings_are_held_against_the_declared_rhythm() -> None:
    """A span counts once it is over; without a declared rhythm nothing is claimed."""
    assert rhythm(met().state, world(TODAY)) == Unknown("not_set")
    state = met(rhythm=3).state
    early, late = rhythm(state, world(date(2019, 4, 2))), rhythm(state, world(date(2019, 7, 10)))
    assert not isinstance(early, Unknown)
    assert not isinstance(late, Unknown)
    assert (early.spans, early.missed) == (1, ())
    assert (late.spans, late.missed) == (2, ((date(2019, 4, 2), date(2019, 7, 1)),))


def test_a_meeting_called_off_is_no_meeting() -> None:
    """It decides nothing and fills no span; one that was held is not called off; silence is said."""
    desk = conference(rhythm=1)
    desk.do("meet", "se", "sdrc", START, date="2019-02-20", agenda="一")
    desk.do("meet", "se", "sdrc", START, date="2019-01-20", agenda="二")
    desk.do("attend", "se", "sdrc", date(2019, 1, 21), meeting=2, present=["finance"])
    before = rhythm(desk.state, world(TODAY.replace(day=5)))
    assert not isinstance(before, Unknown)
    assert (before.spans, len(before.missed), len(before.unsure)) == (2, 0, 1)
    assert desk.try_act("cancel_meeting", "se", "sdrc", TODAY, meeting=2, reason="x") == ["body-meeting-held"]
    desk.do("cancel_meeting", "se", "sdrc", TODAY, meeting=1, reason="主持人出差")
    after = rhythm(desk.state, world(TODAY.replace(day=5)))
    assert not isinstance(after, Unknown)
    assert (len(after.missed), len(after.unsure)) == (1, 0)
    assert desk.try_act("record_decision", "se", "sdrc", TODAY, meeting=1, text="x") == ["body-meeting-off"]
    assert desk.try_act("cancel_meeting", "se", "sdrc", TODAY, meeting=1, reason="再") == ["act-not-open"]


def test_an_action_goes_to_another_unit_with_a_reason() -> None:
    """Not by the unit that wants to be rid of it; who ever reported on it never rules on it."""
    desk = met()
    desk.do("report_action", "tr", "transport", TODAY, action=1, text="已报送", files=["ab"])
    desk.do("return_action", "se", "sdrc", TODAY, action=1, reason="不是职责范围")
    move: dict[str, Json] = {"action": 1, "unit": "finance", "reason": "职能划转"}
    assert desk.try_act("reassign_action", "tr", "transport", TODAY, **move) == ["body-self-move"]
    assert desk.try_act("reassign_action", "se", "sdrc", TODAY, **{**move, "unit": "old"}) == ["unit-unknown"]
    assert desk.try_act("reassign_action", "se", "sdrc", TODAY, **{**move, "unit": "sdrc"}) == ["body-own-action"]
    assert desk.try_act("reassign_action", "se", "sdrc", TODAY, **{**move, "unit": "transport"}) == ["body-same-unit"]
    desk.do("reassign_action", "se", "sdrc", TODAY, **move)
    action = desk.state.actions[0]
    assert (action.unit, action.co_units, action.moves[0].before) == ("finance", (), "transport")
    desk.do("report_action", "fi", "finance", TODAY, action=1, text="已办", files=["cd"])
    assert desk.try_act("change_secretary", "se", "sdrc", TODAY, unit="transport", reason="x") == ["body-own-action"]
    desk.do("accept_action", "se", "sdrc", TODAY, action=1)


def test_who_is_asked_and_for_whom_it_waits() -> None:
    """Members for a meeting, one unit for an action; reports wait for it, rulings for the secretary unit."""
    desk = met()
    assert [asked(desk.state, f) for f in desk.facts] == [(), ("finance", "old", "transport"), (), ("transport",)]
    there = world(TODAY)
    assert [a.id for a in waiting(BODY, desk.state, "transport", there)] == ["report_action"]
    desk.do("report_action", "tr", "transport", TODAY, action=1, text="已报送", files=["ab"])
    assert waiting(BODY, desk.state, "transport", there) == ()
    assert [a.id for a in waiting(BODY, desk.state, "sdrc", there)] == ["accept_action", "return_action"]


def test_the_record_holds_what_follows_from_it() -> None:
    """Lights and counts come with the record of a day, in both languages."""
    found = BODY.record(met(rhythm=3).state, world(date(2019, 4, 8)))
    (action,) = found["actions"]  # type: ignore[misc]
    assert (action["light"]["id"], action["light"]["colour"], action["days_late"]) == ("overdue", "red", 5)  # type: ignore[has-type]
    assert found["open_by_unit"] == {"transport": 1}
