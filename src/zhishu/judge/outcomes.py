"""From the truths of questions to outcomes: which rules hold, and which verdicts the open ones leave."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhishu.judge.ruleset import RuleSet
from zhishu.judge.skeleton import NO, OPEN, YES, answered


@dataclass(frozen=True, slots=True)
class Standing:
    """How the rules stand: the truth of each (0 no, 1 open, 2 yes) and the outcomes left, as places in the order."""

    rules: tuple[int, ...]
    left: frozenset[int]


def standing(rules: RuleSet, truths: Sequence[int]) -> Standing:
    """Return how the rules stand when the questions are answered so; open questions are taken one by one.

    No outcome that an answer to the open questions can give is left out. Some that are named may not be possible
    where one fact stands in several questions: ``possible`` finds out.
    """
    held = tuple(ask(truths) for ask in rules.skeleton.asks)
    return _stand(rules, held)


def moved(rules: RuleSet, before: Standing, truths: Sequence[int], places: Sequence[int]) -> Standing:
    """Return how the rules stand when the questions at some places are answered otherwise than before."""
    again = {rule for place in places for rule in rules.skeleton.readers[place]}
    if not again:
        return before
    held = list(before.rules)
    for rule in again:
        held[rule] = rules.skeleton.asks[rule](truths)
    return _stand(rules, tuple(held))


def _stand(rules: RuleSet, held: tuple[int, ...]) -> Standing:
    return Standing(held, _worst(rules, held) if rules.book.combine == "worst" else _first(rules, held))


def _worst(rules: RuleSet, held: Sequence[int]) -> frozenset[int]:
    certain = max((g for g, t in zip(rules.gives, held, strict=True) if t == YES), default=None)
    maybe = {g for g, t in zip(rules.gives, held, strict=True) if t == OPEN}
    if certain is None:
        return frozenset({rules.otherwise, *maybe})
    return frozenset({certain, *(g for g in maybe if g > certain)})


def _first(rules: RuleSet, held: Sequence[int]) -> frozenset[int]:
    left: set[int] = set()
    for give, truth in zip(rules.gives, held, strict=True):
        if truth != NO:
            left.add(give)
        if truth == YES:
            return frozenset(left)
    return frozenset({*left, rules.otherwise})


def deciding(rules: RuleSet, held: Sequence[int]) -> frozenset[int]:
    """Return the open rules that can still decide: those that no rule which holds outdoes."""
    if rules.book.combine == "worst":
        certain = max((g for g, t in zip(rules.gives, held, strict=True) if t == YES), default=-1)
        open_ = [i for i, t in enumerate(held) if t == OPEN and (certain < 0 or rules.gives[i] > certain)]
    else:
        end = next((i for i, t in enumerate(held) if t == YES), len(held))
        open_ = [i for i, t in enumerate(held[:end]) if t == OPEN]
    return frozenset(open_)


def matters(rules: RuleSet, truths: Sequence[int], held: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Return for each open rule that can still decide the open questions whose answer would move it."""
    found: dict[int, tuple[int, ...]] = {}
    for rule in sorted(deciding(rules, held)):
        ask = rules.skeleton.asks[rule]
        places = [a for a in sorted(rules.skeleton.signs[rule]) if truths[a] == OPEN]
        found[rule] = tuple(a for a in places if any(ask(answered(truths, (a,), (t,))) != OPEN for t in (NO, YES)))
        # two questions may have to be answered before anything moves: then each of them matters
        found[rule] = found[rule] or tuple(places)
    return found
