"""Values shown for an outcome bring it about, where a length and its error are asked: within the fields, never a wrong one."""

from fractions import Fraction
from itertools import product

import pytest
from judge_books import rule, written_book

from zhishu.formula.evaluate import Value
from zhishu.judge.opinion import judge_case
from zhishu.judge.ruleset import RuleSet

FIELDS = """
  far: {name: {zh: 距离, en: distance}, min: 0, max: 10}
  off: {name: {zh: 误差, en: error}, min: 0, max: 4}
"""
RULES = (
    rule("near", "barred", "within(far, off, 1)"),
    rule("ring", "limited", "within(far, off, 12)", ", unless: 'within(far, off, 1)'"),
)


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    """Return two buffers of one line, the outer without the inner."""
    return written_book(FIELDS, ("free", "limited", "barred"), "\n".join(RULES))


HALVES = [Fraction(n, 2) for n in range(21)]


@pytest.mark.parametrize("far", [None, Fraction(1, 2), Fraction(5), Fraction(9)])
@pytest.mark.parametrize("off", [None, Fraction(0), Fraction(4)])
def test_each_outcome_and_its_values_are_those_of_some_completion(
    rules: RuleSet, far: Fraction | None, off: Fraction | None
) -> None:
    """A length lies no farther from what its field takes than its error may be; the values shown are such ones."""
    given: dict[str, Value] = {k: v for k, v in (("far", far), ("off", off)) if v is not None}
    found = judge_case(rules, {"id": "示例", **given})
    assert found.exact
    allowed: set[str] = set()
    for a, b in product([far] if far is not None else HALVES, [off] if off is not None else HALVES[:9]):
        allowed |= set(judge_case(rules, {"id": "示例", "far": a, "off": b}).possible)
    assert set(found.possible) == allowed
    for outcome, values in found.witness.items():
        assert outcome in judge_case(rules, {"id": "示例", **given, **values}).possible, (outcome, values)
        for name, most in (("far", 10), ("off", 4)):
            value = values.get(name, Fraction(0))
            assert isinstance(value, Fraction)
            assert 0 <= value <= most
