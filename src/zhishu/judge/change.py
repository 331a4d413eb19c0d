"""The smallest change of facts that changes a verdict."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import combinations
from typing import Literal

from zhishu.formula.evaluate import Value
from zhishu.judge.cells import Trial, trials
from zhishu.judge.outcomes import moved
from zhishu.judge.possible import Weighed, weigh
from zhishu.judge.reach import could_change
from zhishu.judge.ruleset import RuleSet
from zhishu.judge.skeleton import OPEN, answered
from zhishu.logic import Unknown

Relation = Literal["is", "at_least", "at_most", "above", "below"]
MOST_TRIALS = 4_000
"""Pairs of facts are tried up to this many combinations."""
MOST_WEIGHED, MOST_WAYS = 40, 500
"""So many other values of a fact are weighed with the missing facts, each in so many ways at most."""


@dataclass(frozen=True, slots=True)
class Step:
    """One fact that would be another: from what, and to what it would have to be (``above`` 200: more than 200)."""

    fact: str
    before: Value
    relation: Relation
    value: Value


@dataclass(frozen=True, slots=True)
class Change:
    """Facts that together would give another verdict."""

    steps: tuple[Step, ...]
    verdict: str


def smallest_change(rules: RuleSet, weighed: Weighed, fixed: Sequence[str] = ()) -> Change | None:
    """Return the fewest known facts that, if they were otherwise, would give another sure verdict.

    Among changes of one fact the one that moves a number least in proportion comes first, then the order of the book; one
    that is found only by going through what the missing facts may be comes after those that need not be.
    Facts of ``fixed`` stay. None where the verdict is open, or no change of one or two facts gives another.
    """
    if len(weighed.left) != 1:
        return None
    (now,) = weighed.left
    known = [n for n in rules.book.fields if n not in fixed and not isinstance(weighed.values[n], Unknown)]
    known = [n for n in known if any(n in a.facts for a in rules.skeleton.atoms)]
    nearest: tuple[Fraction, str, Trial, int] | None = None
    for fact in known:
        measured = rules.domains[fact].kind in ("number", "date")
        # a word is as far from any other as from the next: what stands first in the book is nearer
        if (not measured and nearest is not None and nearest[0] <= 1) or not could_change(rules, weighed, (fact,), now):
            continue
        verdicts: dict[tuple[int, ...], int | None] = {}
        for trial in trials(rules, weighed.values, weighed.truths, (fact,)):
            if trial.truths not in verdicts:
                verdicts[trial.truths] = _sure(rules, weighed, trial)
            verdict = verdicts[trial.truths]
            if verdict is None or verdict == now:
                continue
            far = _far(weighed.values[fact], trial.values[fact])
            if nearest is None or far < nearest[0]:
                nearest = far, fact, trial, verdict
            if not measured:
                break
    if nearest is not None:
        _, fact, trial, verdict = nearest
        return Change((_step(fact, weighed.values[fact], trial),), rules.order[verdict])
    return _behind(rules, weighed, known, now) or next(_pairs(rules, weighed, known, now), None)


def _behind(rules: RuleSet, weighed: Weighed, known: Sequence[str], now: int) -> Change | None:
    """Return a change of one fact whose verdict is sure though questions stay open: whatever the missing facts are, it is
    one verdict. Taken one by one the open questions seem to leave more."""
    if OPEN not in weighed.truths:
        return None
    given = {n: v for n in rules.book.fields if not isinstance(v := weighed.values[n], Unknown)}
    tried = 0
    for fact in known:
        for trial in trials(rules, weighed.values, weighed.truths, (fact,)):
            left = moved(rules, weighed.stands, answered(weighed.truths, trial.atoms, trial.truths), trial.atoms).left
            if len(left) == 1:
                continue
            tried += 1
            if tried > MOST_WEIGHED:
                return None
            exact = weigh(rules, {**given, **trial.values}, MOST_WAYS)
            if len(exact.left) == 1 and exact.left != {now}:
                step = _step(fact, weighed.values[fact], trial)
                # what is weighed is this value: another beyond the same edge may leave more open
                step = step if step.relation == "is" else Step(fact, step.before, "is", trial.values[fact])
                return Change((step,), rules.order[min(exact.left)])
    return None


def _pairs(rules: RuleSet, weighed: Weighed, known: Sequence[str], now: int) -> Iterator[Change]:
    tried = 0
    for pair in combinations(known, 2):
        if not could_change(rules, weighed, pair, now):
            continue
        verdicts: dict[tuple[int, ...], int | None] = {}
        for trial in trials(rules, weighed.values, weighed.truths, pair):
            tried += 1
            if tried > MOST_TRIALS:
                return
            if trial.truths not in verdicts:
                verdicts[trial.truths] = _sure(rules, weighed, trial)
            verdict = verdicts[trial.truths]
            if verdict is not None and verdict != now:
                yield Change(tuple(_step(f, weighed.values[f], trial) for f in pair), rules.order[verdict])


def _sure(rules: RuleSet, weighed: Weighed, trial: Trial) -> int | None:
    left = moved(rules, weighed.stands, answered(weighed.truths, trial.atoms, trial.truths), trial.atoms).left
    return next(iter(left)) if len(left) == 1 else None


def _step(fact: str, before: Value, trial: Trial) -> Step:
    value = trial.values[fact]
    number = _number(value)
    if number is None or fact not in trial.cuts:
        return Step(fact, before, "is", value)
    was = _number(before)
    assert was is not None
    cuts = trial.cuts[fact]
    up = number > was
    if number in cuts:
        # the whole side may hold, or this one point: what is said is true of the point
        return Step(fact, before, "at_least" if up else "at_most", value)
    between = [c for c in cuts if (was <= c < number if up else number < c <= was)]
    if not between:
        return Step(fact, before, "is", value)
    edge = max(between) if up else min(between)
    shown: Value = date.fromordinal(int(edge)) if isinstance(value, date) else edge
    return Step(fact, before, "above" if up else "below", shown)


def _number(value: Value) -> Fraction | None:
    if isinstance(value, date):
        return Fraction(value.toordinal())
    return value if isinstance(value, Fraction) else None


def _far(before: Value, after: Value) -> Fraction:
    """Return how far a fact moves: a number in proportion to what it was, anything else by one."""
    a, b = _number(before), _number(after)
    if a is None or b is None:
        return Fraction(1)
    if isinstance(before, date):
        return min(Fraction(1), abs(b - a) / 365)
    return abs(b - a) / max(abs(a), Fraction(1))
