"""A change that is said to be out of reach is none: trying every value finds nothing that the quick no kept back."""

import pytest
from judge_books import given
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
