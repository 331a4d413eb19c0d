"""Strict YAML: exact numbers, the line of everything, and problems that name the repair."""

from decimal import Decimal

import pytest

from zhishu.errors import ZhishuError
from zhishu.pack.indicator import load_indicators
from zhishu.pack.lines import read_yaml
from zhishu.pack.load_promises import load_promises
from zhishu.pack.scheme import load_schemes


def codes(text: str) -> list[tuple[str, str]]:
    """Return code and place of what reading a document finds."""
    with pytest.raises(ZhishuError) as caught:
        read_yaml(text, "x.yaml")
    return [(p.code, p.where) for p in caught.value.problems]


def test_scalars_are_exact_and_nothing_is_guessed() -> None:
    """`no` stays text, 0.60 keeps its digits, dates stay text."""
    found = read_yaml('a: 0.60\nb: no\nc: 2018-06-30\nd: "7"\ne: 7\nf: true\ng:', "x.yaml").data
    assert found == {"a": Decimal("0.60"), "b": "no", "c": "2018-06-30", "d": "7", "e": 7, "f": True, "g": None}


def test_duplicate_key_names_its_line() -> None:
    """A key that stands twice is a problem, not the last one wins."""
    assert codes("a: 1\nb: 2\na: 3\n") == [("yaml-duplicate-key", "x.yaml:3")]


def test_broken_yaml_and_alias_are_problems_with_a_line() -> None:
    """Broken documents and aliases are refused with their place."""
    assert codes("a: [1, 2\nb: 3")[0][0] == "yaml-broken"
    assert codes("a: &x {b: 1}\nc: *x\n")[0][0] == "yaml-alias"


CITE = "cite: {at: 20.10, quote: 供地率}"
GOOD = 'indicators:\n  x:\n    name: {zh: 甲, en: a}\n    unit: "%"\n    formula: a / b\n    levels: [province]\n    '


def test_at_as_a_number_shows_the_repair() -> None:
    """`at: 20.10` would become 20.1; the problem says so and shows the quotes."""
    _, problems = load_indicators(read_yaml(GOOD + CITE, "i.yaml"))
    assert [(p.code, p.where) for p in problems] == [("cite-at-number", "i.yaml:7")]
    assert '"20.10"' in problems[0].repair.en


def test_unknown_field_gets_a_suggestion() -> None:
    """A misspelt field is refused with the nearest known one and its line."""
    text = GOOD.replace("formula", "formla") + 'cite: {at: "20.10", quote: 供地率}'
    _, problems = load_indicators(read_yaml(text, "i.yaml"))
    assert {p.code for p in problems} == {"pack-unknown-field", "pack-missing-field"}
    assert any("formula" in p.repair.en for p in problems if p.code == "pack-unknown-field")


def test_one_language_is_refused() -> None:
    """Everything a person reads exists in both languages."""
    text = GOOD.replace("{zh: 甲, en: a}", "{zh: 甲}") + 'cite: {at: "20.10", quote: 供地率}'
    _, problems = load_indicators(read_yaml(text, "i.yaml"))
    assert [p.code for p in problems] == ["pack-bilingual"]


def test_broken_formula_names_file_line_and_column() -> None:
    """A formula that is none is reported where it stands."""
    text = GOOD.replace("a / b", "a.__class__") + 'cite: {at: "20.10", quote: 供地率}'
    _, problems = load_indicators(read_yaml(text, "i.yaml"))
    assert problems[0].code == "formula-form"
    assert problems[0].where.startswith("i.yaml:5")


def test_a_sentence_without_promise_or_reason_is_reported() -> None:
    """No sentence of an article is passed over silently, and none is both."""
    text = (
        'article: 1\ntitle: {zh: 甲, en: a}\npromises:\n  - {id: p1, at: "1.1", quote: 甲, '
        "title: {zh: 甲, en: a}, kind: project, specificity: soft}\n"
        'sentences_without:\n  - {at: "1.1", reason: principle}\n'
    )
    _, problems = load_promises(read_yaml(text, "p.yaml"), frozenset({"1.0", "1.1", "1.2"}))
    assert [p.code for p in problems] == ["promise-uncovered", "promise-both"]


def test_weights_that_miss_100_are_refused_with_the_residual() -> None:
    """A scheme whose weights do not sum to 100 says by how much."""
    text = (
        'schemes:\n  s:\n    name: {zh: 甲, en: a}\n    cite: {at: "1.9", quote: 支撑}\n    level: prefecture\n'
        "    classes: zone\n    normalise: minmax\n    proposal: {zh: 提议, en: proposal}\n    dimensions:\n"
        '      d: {name: {zh: 甲, en: a}, weight: 90, cite: {at: "1.9", quote: 支撑}}\n'
    )
    _, problems = load_schemes(read_yaml(text, "s.yaml"))
    assert [p.code for p in problems] == ["scheme-weights"]
    assert "10" in problems[0].what.en
