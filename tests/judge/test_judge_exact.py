"""What missing facts still allow, against an independent interpreter that tries every completion."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

import pytest
from judge_books import book_of, given, neutral

from zhishu.judge.possible import weigh
from zhishu.judge.ruleset import RuleSet, assemble

TODAY = date(2022, 12, 31)


def compared(seed: int, sets: int, each: int) -> Iterator[tuple[bool, bool]]:
    """Compare cases; gives for each whether it was exact and whether several outcomes were left."""
    from judge_cases import cases

    held: tuple[object, RuleSet | None] = (None, None)
    for case in cases(seed, sets, each):
        if held[0] is not case.rules:
            held = (case.rules, assemble(book_of(case.rules), TODAY))
        rules = held[1]
        assert rules is not None
        found = weigh(rules, given(case.rules, case.facts))
        left = {rules.order[i] for i in found.left}
        allowed = set(case.oracle.exact(case.facts))
        shown = (case.rules, case.facts, left, allowed)
        assert allowed <= left, shown
        for place, witness in found.witness.items():
            # the witness brings its outcome about by the oracle too, whatever it leaves missing
            told = {n: neutral(case.rules["facts"][n]["kind"], v) for n, v in witness.items()}
            whole = {**case.facts, **told}
            if found.exact and not case.oracle.undefined(whole):
                assert rules.order[place] in case.oracle.exact(whole), (*shown, told)
        kinds = {case.rules["facts"][n]["kind"] for n in case.rules["facts"] if n not in case.facts}
        if kinds <= {"truth", "choice"} and found.exact and not case.oracle.undefined(case.facts):
            assert left == allowed, shown
        yield found.exact, len(left) > 1


def test_worst_and_best_are_those_of_every_completion() -> None:
    """No outcome a completion gives is left out; each outcome named is brought about by its witness."""
    found = list(compared(3, 40, 25))
    assert len(found) > 900
    exact, several = (sum(f[i] for f in found) for i in (0, 1))
    assert several > 200
    assert exact > 0.9 * len(found)


@pytest.mark.long
def test_a_hundred_thousand_cases() -> None:
    """The same over 100,000 random cases with missing facts."""
    assert sum(1 for _ in islice(compared(5, 500, 200), 100_000)) > 95_000
