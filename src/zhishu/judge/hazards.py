"""Which facts a register must complete to be exact, and by which answers.

Truth tables that take each question for itself (Kleene's) are exact for a fact that is read once, or always with the
same sign by questions that can all be answered so at once. The other facts are hazards: with the park unknown,
"small and in the park" and "strict and not in the park" look as if neither had to hold. A hazard is completed by the
distinct answers its own questions can have together; nothing else about its value matters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhishu.formula.tree import Call
from zhishu.judge.cells import trials
from zhishu.judge.ruleset import RuleSet
from zhishu.judge.skeleton import NO, OPEN, YES
from zhishu.logic import Unknown

MOST_COMPLETIONS = 128
"""More completions than this are not tried; rows that would need them are marked as bounds."""


@dataclass(frozen=True, slots=True)
class Hazard:
    """A fact to complete: its questions by number, and every set of answers they can have together."""

    fact: str
    atoms: tuple[int, ...]
    answers: tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True)
class Hazards:
    """The hazards that are completed, and the ``loose`` facts that cannot be: where they are missing, bounds stand."""

    completed: tuple[Hazard, ...]
    loose: tuple[str, ...]


def hazards(rules: RuleSet) -> Hazards:
    """Return the hazards of a rule book.

    Raises nothing; what cannot be completed in a register is ``loose``.
    """
    values = {n: Unknown("missing") for n in rules.domains}
    truths = (OPEN,) * len(rules.skeleton.atoms)
    found: list[Hazard] = []
    loose: list[str] = []
    for fact in rules.domains:
        atoms = tuple(i for i, a in enumerate(rules.skeleton.atoms) if fact in a.facts)
        if not atoms or _read_alike(rules, fact, atoms):
            continue
        tried = [dict(zip(t.atoms, t.truths, strict=True)) for t in trials(rules, values, truths, (fact,))]
        if tried and _harmless(rules, atoms, tried):
            continue
        if not tried or any(rules.skeleton.atoms[i].facts != {fact} for i in atoms):
            loose.append(fact)
            continue
        answers = tuple(dict.fromkeys(tuple(t[i] == YES for i in atoms) for t in tried if OPEN not in t.values()))
        found.append(Hazard(fact, atoms, answers))
    found.sort(key=lambda h: len(h.answers))
    kept: list[Hazard] = []
    size = 1
    for hazard in found:
        size *= max(1, len(hazard.answers))
        if size > MOST_COMPLETIONS:
            loose.append(hazard.fact)
        else:
            kept.append(hazard)
    return Hazards(tuple(kept), tuple(sorted(loose)))


def _read_alike(rules: RuleSet, fact: str, atoms: Sequence[int]) -> bool:
    """Return whether a fact is read by one question with one sign, or by measurements of one length with one sign."""
    signs = {sign for signed in rules.skeleton.signs for i in atoms for sign in signed.get(i, frozenset())}
    if len(signs) != 1:
        return False
    if len(atoms) == 1:
        return True
    nodes = [rules.skeleton.atoms[i].node for i in atoms]
    measured = {n.args[:2] for n in nodes if isinstance(n, Call) and n.function == "within"}
    return len(measured) == 1 and all(isinstance(n, Call) and n.function == "within" for n in nodes)


def _harmless(rules: RuleSet, atoms: Sequence[int], tried: Sequence[Mapping[int, int]]) -> bool:
    """Return whether taking each question for itself is exact although a fact is read by several.

    So it is where the verdict is the worst of the rules, one value of the fact lets every rule fail at once, and for
    each rule one value lets all its questions on the fact hold at once.
    """
    if rules.book.combine != "worst" or rules.otherwise != 0:
        return False
    literals = [[(i, s) for i in atoms for s in signed.get(i, frozenset())] for signed in rules.skeleton.signs]
    every = {literal for rule in literals for literal in rule}
    if not any(all(t[i] == (NO if s else YES) for i, s in every) for t in tried):
        return False
    return all(
        len(rule) <= 1 or any(all(t[i] == (YES if s else NO) for i, s in rule) for t in tried) for rule in literals
    )
