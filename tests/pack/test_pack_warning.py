"""Warnings of a pack: strict, with lines, and every mistake told where it stands."""

from fractions import Fraction

import pytest

from zhishu.pack.lines import read_yaml
from zhishu.pack.warning import Threshold, check_warnings, load_warnings

GOOD = """warnings:
  slow:
    name: {zh: 增速低, en: Slow growth}
    cite: {at: "1.6", quote: 区域发展不平衡}
    proposal: {zh: 提议, en: Proposed}
    indicator: growth
    level: prefecture
    unit: "%"
    direction: below
    yellow: {on: 5 %, off: 6 %}
    red: {on: 3 %, off: 4 %}
    persistence: 2
    examples:
      - given: [7 %, unknown, 5 %]
        expect: [none, none, none]
"""


def codes(text: str) -> list[tuple[str, str]]:
    """Return codes and places of what is wrong."""
    return [(p.code, p.where) for p in load_warnings(read_yaml(text, "warnings.yaml"))[1]]


def test_a_warning_is_read_into_base_units() -> None:
    """5 % is a twentieth; unknown stays unknown."""
    found, problems = load_warnings(read_yaml(GOOD, "warnings.yaml"))
    assert problems == []
    assert found["slow"].thresholds["yellow"] == Threshold(Fraction(5, 100), Fraction(6, 100))
    assert found["slow"].examples[0].given == (Fraction(7, 100), None, Fraction(5, 100))
    assert found["slow"].proposed


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("    persistence: 2\n", "", "pack-missing-field", 2),
        ("persistence: 2", "persistence: 0", "pack-bad-value", 12),
        ("persistence: 2", "persistance: 2", "pack-unknown-field", 12),
        ("unit: '%'", "unit: 百分", "unit-unknown", 8),
        ('at: "1.6"', "at: 1.6", "cite-at-number", 4),
        ("    proposal: {zh: 提议, en: Proposed}\n", "", "warning-basis", 11),
        ("proposal: {zh: 提议", "reading: {zh: 读法, en: Read}\n    proposal: {zh: 提议", "warning-basis", 13),
        ("{on: 5 %, off: 6 %}", "{on: 5 %, off: 4 %}", "warning-hysteresis", 10),
        ("{on: 3 %, off: 4 %}", "{on: 5.5 %, off: 5.6 %}", "warning-order", 11),
        ("{on: 5 %, off: 6 %}", "{on: 5 %, off: 6}", "warning-unit", 10),
        ("{on: 5 %, off: 6 %}", "{on: 五, off: 6 %}", "quantity-unreadable", 10),
        ("{on: 5 %, off: 6 %}", '{on: "1,000 %", off: 6 %}', "quantity-thousands-comma", 10),
        ("expect: [none, none, none]", "expect: [none, none]", "warning-example-length", 14),
        ("expect: [none, none, none]", "expect: [none, none, amber]", "pack-bad-value", 15),
        ("direction: below", "direction: down", "pack-bad-value", 9),
    ],
)
def test_every_mistake_has_its_line(old: str, new: str, code: str, line: int) -> None:
    """Refused with code and place, and the warning is not loaded."""
    text = GOOD.replace('unit: "%"', "unit: '%'") if old.startswith("unit:") else GOOD
    assert old in text
    assert (code, f"warnings.yaml:{line}") in codes(text.replace(old, new))


def test_a_warning_needs_a_level() -> None:
    """Neither yellow nor red: nothing could ever open."""
    text = "\n".join(line for line in GOOD.splitlines() if not line.strip().startswith(("yellow", "red")))
    assert [code for code, _ in codes(text)] == ["warning-level"]


def test_a_warning_reads_something_of_its_own_unit() -> None:
    """An unknown name and a unit that does not compare are told at the warning."""
    found, _ = load_warnings(read_yaml(GOOD, "warnings.yaml"))
    assert check_warnings(found, {"growth": "%"}) == []
    assert [(p.code, p.where) for p in check_warnings(found, {"growht": "%"})] == [
        ("indicator-unknown", "warnings.yaml:2")
    ]
    assert [p.code for p in check_warnings(found, {"growth": "万人"})] == ["warning-unit"]
