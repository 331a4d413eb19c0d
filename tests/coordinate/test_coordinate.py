"""Tasks move by entries; every refusal has its reason; lights are derived, never stored."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.coordinate import ACTS, Entry, advance, light

PATH = [("open", "督查室", ""), ("assign", "督查室", ""), ("sign", "委", ""), ("report", "委", "文件"),
        ("approve", "督查室", ""), ("close", "督查室", "")]  # fmt: skip


def entries(*steps: tuple[str, str, str]) -> list[Entry]:
    """Return the entries of one task, a day apart."""
    return [Entry("t", i, a, who, date(2019, 1, i), e) for i, (a, who, e) in enumerate(steps, start=1)]


def test_the_whole_path_ends_closed() -> None:
    """立项 to 办结 in order is accepted step by step."""
    found = advance(entries(*PATH))
    assert [r.accepted for r in found] == [True] * 6
    assert found[-1].node == "closed"


def test_t32_nobody_reviews_their_own_report() -> None:
    """The reviewer is not the reporter, and closing needs evidence."""
    own = [*PATH[:4], ("approve", "委", "")]
    assert advance(entries(*own))[-1].reason == "reporter_reviews"
    bare = [*PATH[:3], ("report", "委", "")]
    assert advance(entries(*bare))[-1].reason == "no_evidence"


@given(st.lists(st.sampled_from(sorted(ACTS)), max_size=10))
@settings(max_examples=60)
def test_t22_only_legal_sequences_are_accepted(acts: list[str]) -> None:
    """Whatever is recorded, the accepted entries form a legal path."""
    found = advance(
        [Entry("t", i, a, "甲" if a != "approve" else "乙", date(2019, 1, 1), "文件") for i, a in enumerate(acts)]
    )
    node = "none"
    for ruling in found:
        if ruling.accepted:
            act = ACTS[ruling.entry.act]
            assert node in act.before
            node = act.after
        assert ruling.node == node


def test_lights_follow_the_day_asked() -> None:
    """Three days before is near for everyone, the day after is overdue, a month of silence is stale."""
    due, last = date(2019, 3, 1), date(2019, 2, 1)
    assert [light("signed", due, last, date(2019, 2, d)) for d in (20, 26)] == ["open", "near"]
    assert light("signed", due, last, date(2019, 3, 2)) == "overdue"
    assert light("signed", None, last, date(2019, 4, 1)) == "stale"
    assert light("closed", due, last, date(2019, 4, 1)) == "done"
