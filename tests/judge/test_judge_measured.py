"""Values shown for an outcome bring it about, where a length and its error are asked: within the fields, never a wrong one."""

from datetime import date
from fractions import Fraction
from itertools import product

import pytest

from zhishu.formula.evaluate import Value
from zhishu.judge.opinion import judge_case
from zhishu.judge.ruleset import RuleSet, assemble
from zhishu.pack.compile_book import compile_book
from zhishu.pack.lines import read_yaml

TEXT = """
book: buffers
name: {zh: 示例缓冲带, en: specimen buffers}
about: {zh: 示例, en: a specimen}
subject: {zh: 示例, en: specimens}
key: id
fields:
  id: {name: {zh: 编号, en: id}, type: text}
  far: {name: {zh: 距离, en: distance}, min: 0, max: 10}
  off: {name: {zh: 误差, en: error}, min: 0, max: 4}
outcomes:
  free: {name: {zh: 不限, en: free}}
  limited: {name: {zh: 限制, en: limited}}
  barred: {name: {zh: 禁止, en: barred}}
  dim: {name: {zh: 无法判定, en: undetermined}, tone: unknown}
rules:
  - {id: near, give: barred, name: {zh: 近, en: near}, when: 'within(far, off, 1)', say: {zh: 近, en: near}}
  - {id: ring, give: limited, name: {zh: 环, en: ring}, when: 'within(far, off, 12)', unless: 'within(far, off, 1)', say: {zh: 环, en: ring}}
otherwise: free
unknown: dim
"""


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    """Return two buffers of one line, the outer without the inner."""
    book, problems = compile_book(read_yaml(TEXT, "buffers.yaml"), TEXT, lambda name: None)
    assert book is not None, problems
    return assemble(book, date(2022, 12, 31))


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
