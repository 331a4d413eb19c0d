"""A change that is said to be out of reach is none: trying every value finds nothing that the quick no kept back."""

import pytest
from judge_books import given, rule, written_book
from test_judge_register import registers

from zhishu.judge import change
from zhishu.judge.change import smallest_change
from zhishu.judge.possible import weigh


@pytest.mark.parametrize("combine", ["worst", "first"])
def test_the_quick_no_loses_no_change(combine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The smallest change is the one found when no fact and no pair of facts is left out."""
    monkeypatch.setattr(change, "MOST_TRIALS", 10**6)
    found = 0
    for rules, neutral, rows in registers(31, 15, 8, combine):
        for facts in rows:
            weighed = weigh(rules, given(neutral, facts))
            told = smallest_change(rules, weighed)
            with monkeypatch.context() as patched:
                patched.setattr(change, "could_change", lambda *_: True)
                assert smallest_change(rules, weighed) == told, (neutral, facts)
            found += told is not None
    assert found > 20


def test_a_change_whose_verdict_is_sure_whatever_is_missing() -> None:
    """Old or new, with the length missing: each of two buffers is open, one of them surely counts."""
    fields = "  old: {name: {zh: 旧, en: old}, type: truth}\n  far: {name: {zh: 距离, en: distance}, min: 0}"
    near, beyond = rule("near", "barred", "not old and far < 2"), rule("beyond", "barred", "not old and far >= 2")
    kept = rule("kept", "noted", "old")
    rules = written_book(fields, ("free", "noted", "barred"), "\n".join([near, beyond, kept]))
    change = smallest_change(rules, weigh(rules, {"old": True}))
    assert change is not None
    assert (change.verdict, [(s.fact, s.relation, s.value) for s in change.steps]) == ("barred", [("old", "is", False)])
    # where it counts which of them, nothing is sure
    apart = written_book(fields, ("free", "noted", "barred"), "\n".join([near, kept]))
    assert smallest_change(apart, weigh(apart, {"old": True})) is None
