"""Which missing fact to ask for first: the one whose answer leaves fewest verdicts open."""

from dataclasses import dataclass
from fractions import Fraction

from zhishu.judge.cells import trials
from zhishu.judge.outcomes import matters, moved
from zhishu.judge.possible import Weighed
from zhishu.judge.ruleset import RuleSet
from zhishu.judge.skeleton import OPEN, answered
from zhishu.logic import Unknown


@dataclass(frozen=True, slots=True)
class Question:
    """A missing fact: in how many verdicts its answers leave a case on average, and whether one settles it.

    Every answer the rules can tell apart counts alike, because nobody has said how likely each is.
    """

    fact: str
    left: Fraction
    settles: bool


def questions(rules: RuleSet, weighed: Weighed) -> tuple[Question, ...]:
    """Return the missing facts that matter, the most useful first; a parameter nobody has set is one of them.

    A fact that only rules read which can no longer decide is not asked.
    """
    if len(weighed.left) == 1:
        return ()
    weighty = matters(rules, weighed.truths, weighed.stands.rules)
    matter = {a for places in weighty.values() for a in places}
    found: list[tuple[Fraction, int, Question]] = []
    for place, fact in enumerate(rules.domains):
        if not isinstance(weighed.values[fact], Unknown):
            continue
        atoms = [i for i in matter if weighed.truths[i] == OPEN and fact in rules.skeleton.atoms[i].facts]
        if not atoms:
            continue
        lefts = [left & weighed.left or weighed.left for left in _lefts(rules, weighed, fact)]
        mean = Fraction(sum(len(left) for left in lefts), len(lefts)) if lefts else Fraction(len(weighed.left))
        found.append((mean, place, Question(fact, mean, any(len(left) == 1 for left in lefts))))
    return tuple(q for _, _, q in sorted(found, key=lambda f: (f[0], f[1])))


def _lefts(rules: RuleSet, weighed: Weighed, fact: str) -> list[frozenset[int]]:
    """Return the outcomes left by every answer to a fact that can be told from another."""
    if fact in rules.unset:
        return []
    found: dict[tuple[int, ...], frozenset[int]] = {}
    for trial in trials(rules, weighed.values, weighed.truths, (fact,)):
        if trial.truths not in found:
            truths = answered(weighed.truths, trial.atoms, trial.truths)
            found[trial.truths] = moved(rules, weighed.stands, truths, trial.atoms).left
    return list(found.values())
