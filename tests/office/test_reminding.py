"""Reminders are recorded once, whoever calls for them; they make no open page out of date."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.office.conftest import Bench

from zhishu.ledger import Ledger, Stale, open_ledger
from zhishu.ledger.verify import verify
from zhishu.office.reminding import remind

DRAFT = {
    "title": "示例任务",
    "template": "supervision_3",
    "unit": "transport",
    "supervisor": "drc",
    "reviewer": "review",
    "due": "2026-03-20",
    "region": "510000",
    "domain": "transport",
    "at": "3.19",
}


@pytest.fixture
def late(bench: Bench) -> Bench:
    """Return an office with a task that is overdue."""
    bench.act("supervisor", "task/t", "draft", **DRAFT)
    bench.act("supervisor", "task/t", "assign")
    bench.clock.forward(days=30)
    return bench


def test_t25_reminders_have_one_effect(late: Bench, make: Callable[[Ledger], Bench], tmp_path: Path) -> None:
    """Two offices over one ledger, four threads each; then a new start: every reminder stands once."""
    second = make(open_ledger(tmp_path / "office.db"))
    second.clock.at = late.clock.at
    done = []
    threads = [
        threading.Thread(target=lambda o=o: done.append(remind(o)))
        for o in (late.office, second.office)
        for _ in "abcd"
    ]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert len(done) == 8
    assert sorted(map(len, done))[:-1] == [0] * 7
    assert max(map(len, done)) > 0
    again = make(open_ledger(tmp_path / "office.db"))
    again.clock.at = late.clock.at
    assert remind(again.office) == ()
    assert verify(late.office.ledger).problems == ()
    late.clock.forward(days=1)
    assert remind(late.office)


def test_a_reminder_makes_no_page_stale_but_an_act_does(late: Bench) -> None:
    """What the account saw still holds after the clock spoke, not after somebody acted."""
    seen = late.office.projection.versions["task/t"]
    assert remind(late.office)
    late.act("supervisor", "task/t", "judge", expected=seen, colour="green", reason="示例：按计划推进")
    with pytest.raises(Stale):
        late.act("head", "task/t", "judge", expected=seen, colour="green", reason="示例：按计划推进")
