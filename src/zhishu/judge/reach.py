"""Whether other values of some facts could give another sure verdict: a quick no, before any value is tried.

Every question on the facts is let free, each for itself and anew for each rule. A rule then lies between two truths, and a
verdict that no choice between them makes sure is out of reach; what is within reach has still to be found.
"""

from collections.abc import Sequence

from zhishu.judge.possible import Weighed
from zhishu.judge.ruleset import RuleSet
from zhishu.judge.skeleton import NO, OPEN, YES, answered

Ends = tuple[tuple[int, int], ...]
"""For each rule the least and the largest truth it could have."""


def could_change(rules: RuleSet, weighed: Weighed, facts: Sequence[str], now: int) -> bool:
    """Return whether other values of the facts could make another verdict than ``now`` sure; False is certain."""
    ends = _ends(rules, weighed, facts)
    by_worst = rules.book.combine == "worst"
    reached = _by_worst if by_worst else _in_order
    return any(reached(rules, ends, verdict) for verdict in range(len(rules.order)) if verdict != now)


def _ends(rules: RuleSet, weighed: Weighed, facts: Sequence[str]) -> Ends:
    places = [i for i, a in enumerate(rules.skeleton.atoms) if not a.facts.isdisjoint(facts)]
    touched = {rule for place in places for rule in rules.skeleton.readers[place]}
    found = []
    for rule, truth in enumerate(weighed.stands.rules):
        found.append(_between(rules, weighed, places, rule) if rule in touched else (truth, truth))
    return tuple(found)


def _between(rules: RuleSet, weighed: Weighed, places: Sequence[int], rule: int) -> tuple[int, int]:
    """Return the ends of one rule: a question it reads with one sign stands at its ends, one with both stays open."""
    signs, ask = rules.skeleton.signs[rule], rules.skeleton.asks[rule]
    free = [place for place in places if place in signs]
    both = any(len(signs[place]) > 1 for place in free)
    least, most = (
        ask(
            answered(weighed.truths, free, [OPEN if len(signs[p]) > 1 else YES if up in signs[p] else NO for p in free])
        )
        for up in (False, True)
    )
    if both:
        least, most = (NO if least == OPEN else least), (YES if most == OPEN else most)
    return least, most


def _by_worst(rules: RuleSet, ends: Ends, verdict: int) -> bool:
    """Return whether a verdict may be sure where the worst counts: no worse one is left, and it holds."""
    if any(least != NO for (least, _), give in zip(ends, rules.gives, strict=True) if give > verdict):
        return False
    if any(most == YES for (_, most), give in zip(ends, rules.gives, strict=True) if give == verdict):
        return True
    # nothing else holds or may hold
    return verdict == rules.otherwise and all(
        least == NO for (least, _), give in zip(ends, rules.gives, strict=True) if give != verdict
    )


def _in_order(rules: RuleSet, ends: Ends, verdict: int) -> bool:
    """Return whether a verdict may be sure where the first rule counts: none before it that gives another is left."""
    for (least, most), give in zip(ends, rules.gives, strict=True):
        if give == verdict and most == YES:
            return True
        if give != verdict and least != NO:
            return False
    return verdict == rules.otherwise
