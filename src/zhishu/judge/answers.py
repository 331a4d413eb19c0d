"""What the questions on one fact of words say of each word: once for a word, however many rows hold it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from zhishu.formula.tree import Call, Compare, Name, Node, Word, names
from zhishu.judge.hazard import truth_of
from zhishu.judge.ruleset import ATOM, RuleSet
from zhishu.judge.skeleton import OPEN, Atom, three
from zhishu.judge.units import Units
from zhishu.logic import Truth

MOST_KEPT = 100_000
"""Words whose answers are kept for the next piece of a register; of a fact with more the others are asked again."""
Told = tuple[int, ...]
"""The truth of each part: 0 no, 1 open, 2 yes."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The questions that read one fact alone, by number, the named parts of conditions they make, and what has been told.

    ``told`` is a memory of what does not change: words are added as they are met.
    """

    fact: str
    atoms: tuple[int, ...]
    parts: Mapping[str, Node]
    told: dict[str, Told] = field(repr=False, compare=False)

    def blank(self) -> Told:
        """Return what the parts say where the word is missing."""
        return self._parts((OPEN,) * len(self.atoms))

    def of(self, rules: RuleSet, words: Sequence[str]) -> list[Told]:
        """Return what the parts say of each word."""
        new = [word for word in words if word not in self.told]
        if not new:
            return [self.told[word] for word in words]
        profile = rules.profiles.get(self.fact)
        known = profile.told if profile is not None and profile.atoms == self.atoms else {}
        met = [word for word in new if word not in known]
        columns = [[three(t) for t in _truths(rules, rules.skeleton.atoms[i], self.fact, met)] for i in self.atoms]
        asked = dict(zip(met, zip(*columns, strict=True), strict=True))
        ways: dict[Told, Told] = {}
        found = dict(self.told)
        for word in new:
            way = known[word] if word in known else asked[word]
            found[word] = ways.get(way) or ways.setdefault(way, self._parts(way))
        if len(found) <= MOST_KEPT:
            self.told.update(found)
        return [found[word] for word in words]

    def _parts(self, truths: Sequence[int]) -> Told:
        known = dict(zip(self.atoms, truths, strict=True))
        return tuple(truth_of(part, known) for part in self.parts.values())


def answers_of(rules: RuleSet, units: Units) -> dict[str, Answers]:
    """Return what can be answered by word, by the fact: the parts that are named, and the questions that are in none."""
    atoms: dict[str, list[int]] = {}
    for i, atom in enumerate(rules.skeleton.atoms):
        if atom.list is None and len(atom.facts) == 1:
            atoms.setdefault(next(iter(atom.facts)), []).append(i)
    found = {}
    for fact, places in atoms.items():
        parts = dict(units.by_fact.get(fact, {}))
        inside = frozenset().union(*(names(node) for node in parts.values()))
        parts |= {name: Name(name) for i in places if (name := f"{ATOM}{i}") not in inside}
        found[fact] = Answers(fact, tuple(places), parts, {})
    return found


def _truths(rules: RuleSet, atom: Atom, fact: str, words: Sequence[str]) -> list[Truth]:
    """Return the answer to a question for each word; the plain ones without evaluating a formula."""
    match atom.node:
        case Call("starts_with", (Name(), Word(beginning))) if beginning:
            return [w.startswith(beginning) for w in words]
        case Compare("==", Name(), Word(other)):
            return [w == other for w in words]
        case Compare("!=", Name(), Word(other)):
            return [w != other for w in words]
        case _:
            return [rules.answer(atom, {fact: word}) for word in words]
