"""Verdicts of ordered rules: sound against every completion, and no unknown fact passes a gate."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.judge import judge
from zhishu.judge.worst import worst
from zhishu.logic import Truth, Unknown

GATE = "pass"
OUTCOMES = ("stop", "warn", GATE)
RULES = st.lists(st.tuples(st.sampled_from(OUTCOMES), st.sampled_from((True, False, Unknown("missing")))), max_size=6)


def completions(truths: list[Truth]) -> list[list[Truth]]:
    """Return every way to fill the unknown conditions."""
    choices = [(True, False) if isinstance(t, Unknown) else (t,) for t in truths]
    return [list(c) for c in product(*choices)]


@given(RULES)
@settings(max_examples=60)
def test_possible_outcomes_are_those_of_some_completion(rules: list[tuple[str, Truth]]) -> None:
    """Independent unknown conditions: the possible outcomes are exactly those a completion gives."""
    gives, truths = [g for g, _ in rules], [t for _, t in rules]
    found = judge(gives, GATE, "undetermined", truths)
    brute = {judge(gives, GATE, "undetermined", c).outcome for c in completions(truths)}
    assert set(found.possible) == brute
    assert found.outcome == (brute.pop() if len(brute) == 1 else "undetermined")


@given(RULES)
@settings(max_examples=60)
def test_t48_no_unknown_fact_passes_a_gate(rules: list[tuple[str, Truth]]) -> None:
    """A gate opens only if it opens whatever the missing facts turn out to be."""
    gives, truths = [g for g, _ in rules], [t for _, t in rules]
    if judge(gives, GATE, "undetermined", truths).outcome == GATE:
        assert all(judge(gives, GATE, "undetermined", c).outcome == GATE for c in completions(truths))


@given(RULES)
@settings(max_examples=40)
def test_the_worst_outcome_is_the_worst_of_all_completions(rules: list[tuple[str, Truth]]) -> None:
    """What missing data still allow at worst is what some completion gives."""
    gives, truths = [g for g, _ in rules], [t for _, t in rules]
    order = tuple(reversed(OUTCOMES))
    brute = [judge(gives, GATE, "undetermined", c).outcome for c in completions(truths)]
    assert worst(judge(gives, GATE, "undetermined", truths).possible, order) == max(brute, key=order.index)


def test_a_veto_on_an_unknown_fact_is_not_decided() -> None:
    """A veto nobody can verify leaves the case open, with the reason that was met."""
    found = judge(["veto"], "commend", "undetermined", [Unknown("missing", "示例事实")])
    assert (found.outcome, found.fired) == ("undetermined", None)
    assert found.unknowns == (Unknown("missing", "示例事实"),)


def test_an_outcome_without_a_place_has_no_worst() -> None:
    """An order that forgets an outcome cannot tell the worst."""
    assert worst(("stop", "odd"), ("pass", "stop")) == Unknown("not_found", "odd")
