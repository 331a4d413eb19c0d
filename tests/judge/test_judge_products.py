"""A product of two missing facts is no linear form: the answer is a bound, and leaves nothing out."""

from datetime import date

from judge_books import book_of, given

from zhishu.judge.possible import weigh
from zhishu.judge.ruleset import assemble

NUMBER = {"kind": "number", "domain": [0, 2, 20]}
RULES = {
    "facts": {"length": NUMBER, "width": NUMBER, "depth": NUMBER},
    "derived": {},
    "outcomes": ["allow", "review", "prohibit"],
    "rules": [
        {"id": "large", "outcome": "prohibit", "when": [">", ["*", "length", "width"], 300]},
        {"id": "deep", "outcome": "review", "when": [">", ["+", "length", "depth"], 3]},
    ],
}


def test_a_product_of_missing_facts_is_left_open() -> None:
    """Whatever is chosen for the length alone, the product may be large or small."""
    rules = assemble(book_of(RULES), date(2022, 12, 31))
    found = weigh(rules, given(RULES, {}))
    assert {rules.order[i] for i in found.left} == {"allow", "review", "prohibit"}
    assert not found.exact


def test_one_missing_factor_is_exact() -> None:
    """With one factor known the product is linear again."""
    rules = assemble(book_of(RULES), date(2022, 12, 31))
    found = weigh(rules, given(RULES, {"width": 0, "depth": 0}))
    assert {rules.order[i] for i in found.left} == {"allow", "review"}
    assert found.exact
