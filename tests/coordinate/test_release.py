"""A release is drafted by one, released by another, and shows nothing before its embargo has passed."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from forms_samples import KINDS, Office, sha
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.coordinate.difference import Changed, Difference, difference
from zhishu.coordinate.fact import Fact
from zhishu.coordinate.kinds.release import RELEASE, release_state
from zhishu.coordinate.releases import local_instant, public_since, published_on, visible
from zhishu.coordinate.subject import fold

STREAM = "release/2019-02"
ZONE = ZoneInfo("Asia/Shanghai")
HOUR = timedelta(hours=1)


def body(n: int = 1, **more: object) -> dict[str, object]:
    """Return the content of an edition."""
    return {"title": "通报", "title_en": "Briefing", "content": sha(n), "checkpoint": 9, "checkpoint_hash": sha(7),
            "basis_day": "2019-02-28"} | more  # fmt: skip


def drafted() -> Office:
    """Draft as the secretary, at 10:00 local time on 1 March 2019."""
    office = Office()
    assert office.act(STREAM, "draft", "secretary", "top", period="2019-02", **body()) == []
    return office


def released(embargo: str = "") -> Office:
    """Draft and release."""
    office = drafted()
    assert office.act(STREAM, "release", "decider", "top", **({"embargo_until": embargo} if embargo else {})) == []
    return office


def seen(office: Office, at: datetime) -> list[tuple[int, str, bool, bool]]:
    """Return number, content, superseded and withdrawn of what a reader sees."""
    shown = visible(office.state(STREAM), at, ZONE)
    return [(s.number, s.content, s.superseded is not None, s.withdrawn_at is not None) for s in shown]


def test_t29_nothing_is_seen_before_the_embargo_not_even_that_it_exists() -> None:
    """09:00 in Chengdu is 01:00 UTC: a second before there is nothing, on it there is all."""
    office = released("2019-03-10T09:00")
    end = datetime(2019, 3, 10, 1, tzinfo=UTC)
    assert public_since(office.state(STREAM), ZONE) == end
    assert visible(office.state(STREAM), end - timedelta(microseconds=1), ZONE) == visible(
        RELEASE.start("x"), end, ZONE
    )
    assert seen(office, end) == [(1, sha(1), False, False)]
    assert published_on(office.state(STREAM), date(2019, 3, 9), ZONE) == ()
    assert [s.number for s in published_on(office.state(STREAM), date(2019, 3, 10), ZONE)] == [1]


def test_a_draft_is_seen_by_nobody() -> None:
    """However late."""
    assert seen(drafted(), datetime(2030, 1, 1, tzinfo=UTC)) == []


def test_without_an_embargo_it_is_public_at_once() -> None:
    """From the instant of its release."""
    office = released()
    assert seen(office, office.at) == [(1, sha(1), False, False)]
    assert seen(office, office.at - timedelta(microseconds=1)) == []


def test_a_correction_waits_for_another_decision_and_the_old_one_stays_readable() -> None:
    """Marked as superseded from the instant the new one is public; the past reads as it did."""
    office = released()
    start = office.at
    office.at += HOUR
    assert office.act(STREAM, "correct", "secretary", "top", **body(2, reason="更正二表")) == []
    assert release_state(office.state(STREAM)) == "correcting"
    assert office.act(STREAM, "release", "secretary", "top") == ["release-own"]
    assert seen(office, office.at) == [(1, sha(1), False, False)]
    assert office.act(STREAM, "amend", "deputy", "top", **body(3)) == []
    office.at += HOUR
    assert office.act(STREAM, "release", "deputy", "top") == ["release-own"]
    assert office.act(STREAM, "release", "decider", "top") == []
    assert seen(office, office.at) == [(2, sha(3), False, False), (1, sha(1), True, False)]
    assert visible(office.state(STREAM), office.at, ZONE)[0].reason == "更正二表"
    assert seen(office, start) == [(1, sha(1), False, False)]


def test_t29_a_correction_does_not_break_the_embargo_it_stands_under() -> None:
    """Corrected before anybody saw it, the first edition is never shown."""
    office = released("2019-03-10T09:00")
    assert office.act(STREAM, "correct", "secretary", "top", **body(2, reason="更正")) == []
    assert office.act(STREAM, "release", "decider", "top") == []
    end = datetime(2019, 3, 10, 1, tzinfo=UTC)
    assert seen(office, end - HOUR) == []
    assert seen(office, end) == [(2, sha(2), False, False)]


def test_t29_withdrawn_before_the_embargo_it_never_was() -> None:
    """No notice tells of it."""
    office = released("2019-03-10T09:00")
    assert office.act(STREAM, "withdraw", "decider", "top") == ["release-reason"]
    assert office.act(STREAM, "withdraw", "decider", "top", reason="数有误") == []
    assert seen(office, datetime(2020, 1, 1, tzinfo=UTC)) == []


def test_withdrawn_keeps_title_and_reason_and_can_be_corrected() -> None:
    """A reader who had the link learns why; the content is handed out no more, and the past reads as it did."""
    office = released()
    before = office.at
    office.at += HOUR
    assert office.act(STREAM, "withdraw", "decider", "top", reason="数有误") == []
    assert office.act(STREAM, "withdraw", "decider", "top", reason="数有误") == ["act-not-open"]
    assert release_state(office.state(STREAM)) == "withdrawn"
    assert seen(office, office.at) == [(1, "", False, True)]
    assert visible(office.state(STREAM), office.at, ZONE)[0].withdrawn == "数有误"
    assert seen(office, before) == [(1, sha(1), False, False)]
    office.at += HOUR
    assert office.act(STREAM, "correct", "secretary", "top", **body(2, reason="更正")) == []
    assert office.act(STREAM, "release", "decider", "top") == []
    assert seen(office, office.at) == [(2, sha(2), False, False), (1, "", True, True)]


def test_a_correction_withdrawn_under_embargo_supersedes_nothing() -> None:
    """The first edition is withdrawn, never marked as followed by what nobody saw."""
    office = released()
    office.at += HOUR
    assert office.act(STREAM, "correct", "secretary", "top", **body(2, reason="更正")) == []
    assert office.act(STREAM, "release", "decider", "top", embargo_until="2019-03-10T09:00") == []
    assert office.act(STREAM, "withdraw", "decider", "top", reason="数有误") == []
    assert seen(office, datetime(2020, 1, 1, tzinfo=UTC)) == [(1, "", False, True)]


@pytest.mark.parametrize(
    ("embargo", "code"),
    [
        ("2019-03-01T10:00", "release-embargo-past"),
        ("2018-12-31T23:59", "release-embargo-past"),
        ("tomorrow", "release-embargo"),
        ("2019-03-10", "release-embargo"),
        ("2019-02-30T09:00", "release-embargo"),
        ("2019-03-10T25:00", "release-embargo"),
        ("2019-03-10T09:00+00:00", "release-embargo"),
    ],
)
def test_an_embargo_that_names_no_instant_to_come(embargo: str, code: str) -> None:
    """It is refused; the draft stays a draft."""
    office = drafted()
    assert office.act(STREAM, "release", "decider", "top", embargo_until=embargo) == [code]
    assert release_state(office.state(STREAM)) == "draft"


def test_t27_clock_changes() -> None:
    """A skipped time is none; of a time that comes twice the later counts, so nothing is early."""
    berlin = ZoneInfo("Europe/Berlin")
    assert local_instant("2019-03-31T02:30", berlin) is None
    assert local_instant("2019-10-27T02:30", berlin) == datetime(2019, 10, 27, 1, 30, tzinfo=UTC)
    # summer time of 1986 in China began on 4 May
    assert local_instant("1986-07-01T09:00", ZONE) == datetime(1986, 7, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"content": "x"}, "content"),
        ({"annex": "x"}, "annex"),
        ({"checkpoint_hash": ""}, "checkpoint_hash"),
        ({"basis_day": "2019-03-02"}, "basis_day"),
    ],
)
def test_a_draft_that_brings_too_little(more: dict[str, object], where: str) -> None:
    """Refused at its field."""
    found = Office().tried(STREAM, "draft", "s", "top", period="2019-02", **body(1, **more))
    assert [p.where for p in found] == [where]


def test_a_correction_that_corrects_nothing() -> None:
    """And one without its reason."""
    office = released()
    assert office.act(STREAM, "correct", "s", "top", **body(1)) == ["release-same-content", "release-reason"]
    assert office.act(STREAM, "amend", "s", "top", **body(1)) == ["act-not-open"]


ACTS = st.lists(
    st.tuples(
        st.sampled_from(("draft", "amend", "release", "correct", "withdraw", "praise")),
        st.sampled_from(("a", "b")),
        st.integers(0, 30),
        st.integers(-10, 60),
    ),
    max_size=14,
)


@settings(deadline=None)
@given(ACTS, st.integers(-5, 300))
def test_t29_law(tries: list[tuple[str, str, int, int]], later: int) -> None:
    """In any history: no content before every embargo it stands under, and none its drafter released; past is past."""
    office = Office()
    embargoes: list[datetime] = []
    pictures = []
    for n, (act, by, wait, ahead) in enumerate(tries):
        office.at += wait * HOUR
        until = (office.at + ahead * HOUR).astimezone(ZONE)
        more = {"embargo_until": until.strftime("%Y-%m-%dT%H:%M")} if act == "release" else body(n, reason="理由")
        if office.act(STREAM, act, by, "top", **more) == [] and act == "release":
            embargoes.append(until)
        pictures.append((office.at, visible(office.state(STREAM), office.at, ZONE)))
    state = office.state(STREAM)
    at = Office().at + later * HOUR
    for shown in visible(state, at, ZONE):
        edition = state.editions[shown.number - 1]
        assert edition.decider not in edition.drafters
        assert all(e <= at for e in embargoes[: shown.number])
    for then, picture in dict(pictures).items():
        assert visible(state, then, ZONE) == picture


FACT = st.builds(
    Fact, st.just(STREAM), st.integers(1, 9),
    st.sampled_from(("draft", "amend", "release", "correct", "withdraw", "praise")), st.sampled_from(("a", "b")),
    st.just("top"), st.datetimes(datetime(2019, 1, 1), datetime(2020, 1, 1), timezones=st.just(UTC)),
    st.just(date(2019, 3, 1)),
    st.fixed_dictionaries({}, optional={"embargo_until": st.text(max_size=5), "checkpoint": st.none(), "title": st.text()}),
)  # fmt: skip


@given(st.lists(FACT, max_size=8), FACT)
def test_step_and_everything_derived_never_raise(facts: list[Fact], last: Fact) -> None:
    """Whatever was recorded."""
    office = Office()
    state = fold(KINDS["release"], "2019-02", facts)
    RELEASE.acts(state, office.world)
    RELEASE.refuse(state, last, office.world)
    RELEASE.record(state, office.world)
    RELEASE.title(state)
    visible(state, office.at, ZONE)


TABLE = st.dictionaries(st.sampled_from("甲乙丙丁戊"), st.sampled_from(("1", "1.0", "2", "")))


@given(TABLE, TABLE)
def test_a_difference_leads_from_the_old_table_to_the_new(old: dict[str, str], new: dict[str, str]) -> None:
    """Applied to the old one it gives the new one, and it is empty only for the same table."""
    found = difference(old, new)
    kept = {k: v for k, v in old.items() if k not in dict(found.gone)}
    assert kept | {c.key: c.new for c in found.changed} | dict(found.added) == new
    assert bool(found) == (old != new)
    back = difference(new, old)
    assert {(c.key, c.new, c.old) for c in back.changed} == {(c.key, c.old, c.new) for c in found.changed}
    assert set(back.added) == set(found.gone)


def test_a_difference_is_ordered_and_exact() -> None:
    """As the tables are; 1 and 1.0 are not the same text."""
    assert difference({"b": "1", "a": "2", "z": "0"}, {"c": "5", "a": "3", "b": "1.0"}) == Difference(
        (Changed("a", "2", "3"), Changed("b", "1", "1.0")), (("c", "5"),), (("z", "0"),)
    )
