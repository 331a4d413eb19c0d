"""The opinion on one case: verdict, what missing facts still allow, rules that hold, what to ask, what would change it."""

from collections.abc import Mapping
from dataclasses import dataclass

from zhishu.formula.evaluate import Value
from zhishu.formula.tree import Call, Word
from zhishu.judge.ask import Question, questions
from zhishu.judge.change import Change, smallest_change
from zhishu.judge.normal import APART
from zhishu.judge.outcomes import matters
from zhishu.judge.possible import Weighed, weigh
from zhishu.judge.ruleset import RuleSet
from zhishu.judge.skeleton import NO, YES
from zhishu.logic import Unknown


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the rules say of one case.

    ``possible`` are the outcomes that the missing facts still allow, best first, so ``best`` and ``worst`` are its
    ends; the verdict is the one that is left, or the book's unknown outcome. ``exact`` says that each of them can
    truly come about; else some may not, and none is left out. ``unsaid`` are the unknowns the rules state outright,
    among them parameters not set for the day; ``waits`` says what keeps each open rule open. ``fired`` are the rules that surely hold, ``open``
    those that may; ``witness`` gives, for each possible outcome, values of the missing facts under which it is possible:
    where a question stays open whatever the facts (0/0, within an error), others may be too.
    """

    verdict: str
    possible: tuple[str, ...]
    exact: bool
    fired: tuple[str, ...]
    open: tuple[str, ...]
    missing: tuple[str, ...]
    unsaid: tuple[str, ...]
    waits: Mapping[str, tuple[Unknown, ...]]
    ask: tuple[Question, ...]
    change: Change | None
    witness: Mapping[str, Mapping[str, Value]]
    values: Mapping[str, Value]

    @property
    def best(self) -> str:
        """Return the best outcome the missing facts still allow."""
        return self.possible[0]

    @property
    def worst(self) -> str:
        """Return the worst outcome the missing facts still allow."""
        return self.possible[-1]


def judge_case(rules: RuleSet, given: Mapping[str, Value], fixed: tuple[str, ...] = ()) -> Opinion:
    """Return the opinion on a case; ``given`` holds its known facts in base units, ``fixed`` facts nobody can change.

    Never raises for facts that are missing: an unknown fact passes nothing and harms nobody.
    """
    weighed = weigh(rules, given)
    return opinion_of(rules, weighed, smallest_change(rules, weighed, fixed))


def opinion_of(rules: RuleSet, weighed: Weighed, change: Change | None = None) -> Opinion:
    """Return the opinion of a case that has been weighed."""
    left = sorted(weighed.left)
    possible = tuple(rules.order[i] for i in left)
    held = weighed.stands.rules
    names = [r.id for r in rules.book.rules]
    asked = questions(rules, weighed)
    moved = matters(rules, weighed.truths, held) if len(possible) > 1 else {}
    return Opinion(
        possible[0] if len(possible) == 1 else rules.book.unknown,
        possible,
        weighed.exact,
        tuple(n for n, t in zip(names, held, strict=True) if t == YES),
        tuple(n for n, t in zip(names, held, strict=True) if t not in (NO, YES)),
        tuple(n for n in rules.domains if n in {q.fact for q in asked}),
        _unsaid(rules, moved),
        _waits(rules, weighed, moved),
        asked,
        change,
        {rules.order[i]: w for i, w in sorted(weighed.witness.items())},
        weighed.values,
    )


def _unsaid(rules: RuleSet, moved: Mapping[int, tuple[int, ...]]) -> tuple[str, ...]:
    """Return what open rules rest on that no fact of the case could tell."""
    found: dict[str, None] = {}
    for place in sorted({a for places in moved.values() for a in places}):
        node = rules.skeleton.atoms[place].node
        if isinstance(node, Call) and node.function == "unknown":
            found.update(dict.fromkeys(a.value.split(APART)[0] for a in node.args[:1] if isinstance(a, Word)))
    return tuple(found)


def _waits(rules: RuleSet, weighed: Weighed, moved: Mapping[int, tuple[int, ...]]) -> dict[str, tuple[Unknown, ...]]:
    """Return for each open rule that can still decide what keeps it open."""
    found: dict[str, tuple[Unknown, ...]] = {}
    for rule, places in moved.items():
        whys: dict[Unknown, None] = {}
        for place in places:
            why = rules.answer(rules.skeleton.atoms[place], weighed.values)
            if isinstance(why, Unknown):
                whys[Unknown(why.reason, why.detail.split(APART)[0], why.en)] = None
        found[rules.book.rules[rule].id] = tuple(whys)
    return found
