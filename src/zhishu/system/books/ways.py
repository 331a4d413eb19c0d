"""A readable way to an outcome: few values of missing facts that settle a case on it, or none where facts cannot."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from zhishu.formula.evaluate import Value
from zhishu.judge.cells import trials
from zhishu.judge.domain import OTHER
from zhishu.judge.opinion import Opinion
from zhishu.judge.outcomes import standing
from zhishu.judge.possible import answers
from zhishu.judge.ruleset import RuleSet
from zhishu.judge.skeleton import NO, OPEN, YES, answered
from zhishu.logic import Unknown
from zhishu.pack.book import Book
from zhishu.system.books.say import described, named, told
from zhishu.system.show import own_unit, plain
from zhishu.terms import Text
from zhishu.units.words import unit_words

NOT_SET = Unknown("not_set")
MOST_TRIALS = 200
"""So often are the values of a fact gone through for one rule before the search for a way is given up."""


@dataclass(frozen=True, slots=True)
class Way:
    """An outcome and the missing facts that would settle it; ``settles`` is false where no such values were found."""

    outcome: str
    values: Mapping[str, Value]
    settles: bool

    def said(self, book: Book) -> tuple[tuple[str, Text, Text], ...]:
        """Return fact or unset parameter, name and value in words, in the order of the book."""
        asked = (*book.fields, *book.parameters)
        return tuple((f, named(book, f), _said(book, f, self.values[f])) for f in asked if f in self.values)


def way_to(rules: RuleSet, opinion: Opinion, outcome: str) -> Way:
    """Return a way to an outcome that is still possible: few facts, those the rules read first.

    What the search finds is checked by judging; else the opinion's own witness is taken where it settles the case.
    """
    target = rules.order.index(outcome)
    truths = list(answers(rules, opinion.values))
    for goals in _goals(rules, target, opinion.values, truths):
        found = _Search(rules, target).run(dict(opinion.values), truths, goals)
        if found is not None:
            return Way(outcome, _fewer(rules, target, opinion.values, found), True)
    witness = opinion.witness.get(outcome, {})
    settles = _settles(rules, target, {**opinion.values, **witness})
    return Way(outcome, _fewer(rules, target, opinion.values, witness) if settles else {}, settles)


Goal = tuple[int, int]
"""A rule by its place, and whether it is to hold or not."""


def _goals(
    rules: RuleSet, target: int, values: Mapping[str, Value], truths: Sequence[int]
) -> Iterator[tuple[Goal, ...]]:
    """Yield what would make the target the verdict: the rule to hold, those of few missing facts first, and those not to."""
    held = standing(rules, truths).rules
    if target == rules.otherwise:
        yield tuple((i, NO) for i, give in enumerate(rules.gives) if give != target)
    giving = [i for i, give in enumerate(rules.gives) if give == target and held[i] != NO]
    for i in sorted(giving, key=lambda i: len(_missing(rules, i, truths, values))):
        if rules.book.combine == "worst":
            others = [j for j, g in enumerate(rules.gives) if g > target]
        else:
            others = [j for j, g in enumerate(rules.gives[:i]) if g != target]
        yield ((i, YES), *((j, NO) for j in others))


def _missing(rules: RuleSet, rule: int, truths: Sequence[int], values: Mapping[str, Value]) -> list[str]:
    """Return the missing facts that open questions of a rule read, in the order of the book, then unset parameters."""
    atoms = [rules.skeleton.atoms[i] for i in rules.skeleton.signs[rule] if truths[i] == OPEN]
    read = frozenset[str]().union(*(a.facts for a in atoms))
    asked = (*rules.book.fields, *rules.unset)
    return [f for f in asked if f in read and isinstance(values.get(f, NOT_SET), Unknown)]


@dataclass(slots=True)
class _Search:
    """Takes one goal after another; a fact gets a value that reaches the goal at once, or else one that leaves it open."""

    rules: RuleSet
    target: int
    tried: int = 0

    def run(self, values: dict[str, Value], truths: list[int], goals: tuple[Goal, ...]) -> dict[str, Value] | None:
        """Return values of missing facts that reach all goals, or None."""
        stands = standing(self.rules, truths)
        if stands.left == {self.target}:
            return {}
        open_ = [(i, wish) for i, wish in goals if stands.rules[i] != wish]
        if not open_ or any(stands.rules[i] != OPEN for i, _ in open_):
            return None
        rule, wish = open_[0]
        later: list[tuple[dict[str, Value], list[int], dict[str, Value]]] = []
        for fact in _missing(self.rules, rule, truths, values):
            if self.tried >= MOST_TRIALS:
                return None
            self.tried += 1
            for trial in trials(self.rules, values, truths, (fact,)):
                after = answered(truths, trial.atoms, trial.truths)
                stood = self.rules.skeleton.asks[rule](after)
                step = ({**values, **trial.values}, after, dict(trial.values))
                if stood == wish and (rest := self.run(step[0], after, goals)) is not None:
                    return {**step[2], **rest}
                if stood == OPEN:
                    later.append(step)
        for changed, after, step_values in later:
            if (rest := self.run(changed, after, goals)) is not None:
                return {**step_values, **rest}
        return None


def _fewer(rules: RuleSet, target: int, values: Mapping[str, Value], found: Mapping[str, Value]) -> Mapping[str, Value]:
    """Return the values without those that are not needed; a day is put where people would look for it."""
    kept = {f: v for f, v in found.items() if f in rules.book.fields or f in rules.unset}
    for fact in reversed(tuple(kept)):
        rest = {f: v for f, v in kept.items() if f != fact}
        if _settles(rules, target, {**values, **rest}):
            kept = rest
    for fact, value in kept.items():
        if isinstance(value, date):
            near = (d for d in _days(rules, value) if _settles(rules, target, {**values, **kept, fact: d}))
            kept[fact] = next(near, value)
    larger = _larger(rules.book, kept)
    return larger if _settles(rules, target, {**values, **larger}) else kept


def _larger(book: Book, values: Mapping[str, Value]) -> Mapping[str, Value]:
    """Return numbers of one unit raised together by a power of ten, so that none is a small part of its unit."""
    found = dict(values)
    numbers = {f: v for f, v in values.items() if isinstance(v, Fraction) and v > 0}
    for unit in {described(book, f)[0] for f in numbers}:
        alike = {f: v for f, v in numbers.items() if described(book, f)[0] == unit}
        least = min(own_unit(v, unit) for v in alike.values())
        factor = 1
        while least * factor < 1 and factor < 10**9:
            factor *= 10
        found.update({f: v * factor for f, v in alike.items()})
    return found


def _days(rules: RuleSet, value: date) -> Iterator[date]:
    """Yield the day asked, then the days on which parameters change and those before them, the latest first."""
    yield rules.on
    changes = {day for p in rules.book.parameters.values() for day, _ in p.values if day > date.min}
    for day in sorted(changes, reverse=True):
        yield day
        yield day - timedelta(days=1)
    yield value


def _settles(rules: RuleSet, target: int, values: Mapping[str, Value]) -> bool:
    return standing(rules, answers(rules, values)).left == {target}


def _said(book: Book, fact: str, value: Value) -> Text:
    """Return a value as it would be filled in: a number exactly, for near a limit rounding would say another."""
    if value == OTHER:
        return Text("规则没有提到的其他值", "anything the rules do not name")
    unit = described(book, fact)[0]
    if not isinstance(value, Fraction):
        return told(book, fact, value)
    number = plain(own_unit(value, unit))
    if unit == "%":
        return Text(f"{number}%", f"{number}%")
    words = unit_words(unit or "1")
    return Text(f"{number} {words.zh}".strip(), f"{number} {words.en}".strip())
