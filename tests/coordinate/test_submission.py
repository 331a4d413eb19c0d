"""A submission goes up level by level, is locked at the top, and comes back only from the top."""

from dataclasses import replace
from datetime import date

import pytest
from forms_samples import DAY, ID, LINE, PERIOD_STREAM, STREAM, UNITS, Office, sha

from zhishu.coordinate.kinds.period import PERIOD, reports, unreported
from zhishu.coordinate.kinds.submission import SUBMISSION, level_reached, submission_state, vintages
from zhishu.coordinate.submissions import late, make_id, parse_id, standing, waits_for
from zhishu.errors import ZhishuError


def test_the_way_up_and_back() -> None:
    """Draft, submitted, three levels, locked; unlocked and taken back from the top only."""
    office = Office().opened()
    seen = []
    steps = [
        ("upload", "clerk", "county", {"content": sha(1), "files": [sha(2)], "rows": 3}),
        ("submit", "clerk", "county", {}),
        ("approve", "city_head", "city", {}),
        ("approve", "dept_head", "dept", {}),
        ("approve", "top_head", "top", {}),
        ("lock", "top_head", "top", {}),
        ("unlock", "top_head", "top", {"reason": "更正"}),
        ("unapprove", "top_head", "top", {"reason": "更正"}),
        ("unapprove", "dept_head", "dept", {"reason": "更正"}),
        ("return", "dept_head", "dept", {"reason": "更正"}),
    ]
    for act, by, unit, body in steps:
        assert office.act(STREAM, act, by, unit, **body) == []
        state, world = office.state(), office.world
        seen.append((submission_state(state, world), level_reached(state), waits_for(state, world)))
    assert seen == [
        ("draft", 0, "county"),
        ("submitted", 0, "city"),
        ("submitted", 1, "dept"),
        ("submitted", 2, "top"),
        ("approved", 3, ""),
        ("locked", 3, ""),
        ("approved", 3, ""),
        ("submitted", 2, "top"),
        ("submitted", 1, "dept"),
        ("returned", 0, "county"),
    ]


@pytest.mark.parametrize(
    ("act", "by", "unit", "code"),
    [
        ("approve", "dept_head", "dept", "submission-wrong-unit"),
        ("approve", "clerk", "city", "submission-own"),
        ("approve", "x", "county", "submission-wrong-unit"),
        ("return", "dept_head", "dept", "submission-wrong-unit"),
        ("return", "city_head", "city", "submission-reason"),
        ("unapprove", "city_head", "city", "act-not-open"),
        ("lock", "top_head", "top", "act-not-open"),
        ("unlock", "top_head", "top", "act-not-open"),
        ("submit", "clerk", "county", "act-not-open"),
        ("upload", "clerk", "county", "act-not-open"),
        ("praise", "clerk", "county", "act-not-open"),
    ],
)
def test_out_of_turn_is_refused(act: str, by: str, unit: str, code: str) -> None:
    """A submitted form waits for the city, and for nobody else."""
    office = Office().submitted()
    before = office.state()
    assert code in office.act(STREAM, act, by, unit)
    assert office.state() == before


def test_t32_the_account_that_reported_or_approved_below_does_not_approve() -> None:
    """Also when it moved to the unit above, and who submitted counts as who uploaded."""
    office = Office().opened()
    assert office.uploaded() == []
    assert office.act(STREAM, "submit", "deputy", "county") == []
    assert office.act(STREAM, "approve", "deputy", "city") == ["submission-own"]
    assert office.act(STREAM, "approve", "moved", "city") == []
    assert office.act(STREAM, "approve", "moved", "dept") == ["submission-same-approver"]


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"content": "abc"}, "content"),
        ({"files": []}, "files"),
        ({"files": ["../etc"]}, "files"),
        ({"rows": 0}, "rows"),
        ({"published": "2019-03-02"}, "published"),
    ],
)
def test_an_upload_that_brings_too_little(body: dict[str, object], where: str) -> None:
    """A broken hash, no file, no row, a day ahead: refused at its field."""
    office = Office().opened()
    good = {"content": sha(1), "files": [sha(2)], "rows": 3}
    found = office.tried(STREAM, "upload", "clerk", "county", **(good | body))
    assert [p.where for p in found] == [where]


def test_only_in_an_open_period_and_by_units_asked() -> None:
    """Before it opens and after it closes nothing is handed in; reviewing goes on; a stranger is not asked."""
    office = Office()
    assert office.uploaded() == ["submission-period-closed"]
    office.submitted()
    assert office.act(
        "submission/monthly.2019-02.city", "upload", "c", "city", content=sha(1), files=[sha(2)], rows=1
    ) == ["submission-not-asked"]
    assert office.act(PERIOD_STREAM, "close", "stat", "top") == []
    assert office.act(STREAM, "return", "city_head", "city", reason="数不对") == []
    assert office.act(STREAM, "submit", "clerk", "county", note="已核") == ["submission-period-closed"]
    assert office.act(PERIOD_STREAM, "reopen", "stat", "top") == ["period-reason"]
    assert office.act(PERIOD_STREAM, "reopen", "stat", "top", reason="补报", due="2019-02-28") == ["period-due-past"]
    assert office.act(PERIOD_STREAM, "reopen", "stat", "top", reason="补报") == []
    assert office.act(STREAM, "submit", "clerk", "county") == ["submission-note"]
    assert office.act(STREAM, "submit", "clerk", "county", note="已核") == []


def test_locked_takes_no_upload() -> None:
    """The refusal names the lock, and a closed period as well."""
    office = Office().approved()
    assert office.act(STREAM, "lock", "top_head", "top") == []
    assert office.uploaded(5) == ["submission-locked"]
    assert office.act(PERIOD_STREAM, "close", "stat", "top") == []
    assert office.uploaded(5) == ["submission-locked", "submission-period-closed"]


def test_t12_a_revision_is_a_new_vintage_and_the_old_one_stands_until_it_is_approved() -> None:
    """With its day and reason; the same figures are no revision."""
    office = Office().approved()
    office.today = date(2019, 3, 8)
    assert office.uploaded(1, published="2019-03-08", reason="修订") == ["submission-same-content"]
    assert office.uploaded(2) == ["submission-published", "submission-reason"]
    assert office.uploaded(2, published="2019-02-01", reason="修订") == ["submission-published"]
    assert office.uploaded(2, published="2019-03-08", reason="修订") == []
    assert standing(office.state(), office.world).number == 1
    assert office.act(STREAM, "submit", "clerk", "county") == []
    for unit in LINE[1:]:
        assert standing(office.state(), office.world).number == 1
        assert office.act(STREAM, "approve", f"{unit}_head", unit) == []
    assert standing(office.state(), office.world).number == 2
    assert vintages(office.state()) == ((DAY, sha(1)), (date(2019, 3, 8), sha(2)))


def test_a_draft_is_replaced_and_is_no_vintage() -> None:
    """Only what was submitted is followed."""
    office = Office().opened()
    assert office.uploaded(1) == office.uploaded(2) == []
    assert office.act(STREAM, "submit", "clerk", "county") == []
    assert vintages(office.state()) == ((DAY, sha(2)),)


def test_a_return_clears_the_levels_and_asks_the_unit() -> None:
    """The burden meter counts a return; the new version starts from the first level."""
    office = Office().submitted()
    assert office.act(STREAM, "approve", "city_head", "city") == []
    assert office.act(STREAM, "return", "dept_head", "dept", reason="合计不符") == []
    assert SUBMISSION.asked(office.state(), office.facts[-1]) == ("county",)
    assert level_reached(office.state()) == 0
    assert office.uploaded(9, published="2019-03-01", reason="改合计") == []
    assert office.act(STREAM, "submit", "clerk", "county") == []
    assert waits_for(office.state(), office.world) == "city"
    assert standing(office.state(), office.world) is None


def test_levels_are_dated() -> None:
    """A unit that has ended is passed over; what reached the top of its day stays approved under a new top."""
    office = Office().submitted()
    office.units["city"] = replace(UNITS["city"], until=date(2019, 2, 28))
    assert waits_for(office.state(), office.world) == "dept"
    done = Office().approved()
    done.today = date(2019, 3, 4)
    done.units["top"] = replace(UNITS["top"], above="newtop")
    done.units["newtop"] = replace(UNITS["top"], id="newtop", since=date(2019, 3, 2))
    assert submission_state(done.state(), done.world) == "approved"
    assert done.act(STREAM, "lock", "top_head", "top") == ["submission-wrong-unit"]
    assert done.act(STREAM, "lock", "n", "newtop") == []


def test_a_unit_with_nobody_above_it_cannot_submit() -> None:
    """Nobody approves their own figures; a circle of units is no line."""
    office = Office().opened()
    office.units["county"] = replace(UNITS["county"], above="county")
    assert office.uploaded() == []
    assert office.act(STREAM, "submit", "clerk", "county") == ["submission-no-level"]


def test_the_highest_approval_of_an_ended_unit_is_taken_back_by_the_next_above() -> None:
    """Otherwise nobody could."""
    office = Office().submitted()
    assert office.act(STREAM, "approve", "city_head", "city") == []
    office.units["city"] = replace(UNITS["city"], until=date(2019, 2, 28))
    assert office.act(STREAM, "unapprove", "city_head", "city", reason="误") == ["submission-wrong-unit"]
    assert office.act(STREAM, "unapprove", "dept_head", "dept", reason="误") == []


def test_no_report_is_never_zero_and_late_counts_working_days() -> None:
    """Due Tuesday 5 March: on Monday 11 four days late; a report in time is not late; unopened: nothing to say."""
    office = Office()
    assert late(office.state(), office.world) is None
    office.opened()
    period = office.state(PERIOD_STREAM)
    assert unreported(period, office.world) == ("county",)
    assert [r.late for r in reports(period, office.world)] == [0]
    office.today = date(2019, 3, 11)
    assert [(r.state, r.late) for r in reports(period, office.world)] == [("unreported", 4)]
    assert office.uploaded() == []
    assert unreported(period, office.world) == ("county",)
    assert office.act(STREAM, "submit", "clerk", "county") == []
    office.today = date(2019, 3, 20)
    assert [(r.unit, r.state, r.waits_for, r.late) for r in reports(period, office.world)] == [
        ("county", "submitted", "city", 4)
    ]
    assert unreported(period, office.world) == ()
    assert PERIOD.record(period, office.world)["unreported"] == []
    assert SUBMISSION.record(office.state(), office.world)["late_working_days"] == 4


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ({"due": "2019-02-28", "units": ["county"]}, ["period-due-past"]),
        ({"due": "2019-03-05", "units": ["county", "nobody"]}, ["period-unit-unknown"]),
    ],
)
def test_a_period_asks_units_that_exist_by_a_day_to_come(body: dict[str, object], codes: list[str]) -> None:
    """Otherwise nobody could keep it."""
    assert Office().act(PERIOD_STREAM, "open", "stat", "top", **body) == codes


def test_a_period_asks_its_units() -> None:
    """The burden meter counts opening and opening again."""
    office = Office().opened()
    assert PERIOD.asked(office.state(PERIOD_STREAM), office.facts[0]) == ("county",)
    assert office.act(PERIOD_STREAM, "open", "stat", "top", due="2019-03-05", units=["county"]) == ["act-not-open"]
    assert office.act(PERIOD_STREAM, "close", "stat", "top") == []
    assert PERIOD.asked(office.state(PERIOD_STREAM), office.facts[-1]) == ()


@pytest.mark.parametrize(
    "id", ["", "monthly", "monthly.2019-13.x", "Monthly.2019-01.x", "monthly.2019-01.a/b", "monthly.2019-01.", "m.2019-1.x",
           "monthly.2019-01.a.b", "monthly.2019-01.a b", "monthly.2019-01.x\n"]
)  # fmt: skip
def test_a_broken_id_is_refused(id: str) -> None:
    """And no act stands open on it."""
    with pytest.raises(ZhishuError):
        parse_id(id)
    office = Office()
    assert SUBMISSION.acts(SUBMISSION.start(id), office.world) == ()
    assert office.act(f"submission/{id}", "upload", "c", "x") == ["submission-id"]


def test_ids_go_there_and_back() -> None:
    """Also a unit named in Chinese."""
    assert parse_id(make_id("monthly", "2019-q1", "交通厅")) == ("monthly", "2019-q1", "交通厅")
    assert parse_id(ID) == ("monthly", "2019-02", "county")
    assert Office().act("period/monthly.x", "open", "s", "top") == ["period-id"]
