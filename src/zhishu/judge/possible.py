"""Every outcome that missing facts still allow, exactly: a fact that stands in several conditions has one value in all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from zhishu.formula.evaluate import Value
from zhishu.judge.cells import Component, components
from zhishu.judge.outcomes import Standing, moved, standing
from zhishu.judge.ruleset import RuleSet
from zhishu.judge.skeleton import OPEN, answered, three
from zhishu.logic import Unknown

MOST_STEPS = 20_000
"""More combinations than this are not gone through; what is left is then a bound, and says so."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A case weighed: its values, the answer to each question, how the rules stand, what is left, by which values.

    ``left`` holds places in the order of outcomes; ``exact`` says that each of them can truly come about, by
    ``witness``, and no other.
    """

    values: Mapping[str, Value]
    truths: tuple[int, ...]
    stands: Standing
    left: frozenset[int]
    exact: bool
    witness: Mapping[int, Mapping[str, Value]]
    parts: tuple[Component, ...]


def complete_values(rules: RuleSet, given: Mapping[str, Value]) -> dict[str, Value]:
    """Return the value of every fact and parameter; what is not given is missing, what is not set says so."""
    values: dict[str, Value] = {**rules.constants}
    for name, column in rules.book.fields.items():
        values[name] = given.get(name, Unknown("missing", column.name.zh, column.name.en))
    for name in rules.unset:
        parameter = rules.book.parameters[name]
        values[name] = Unknown("not_set", parameter.name.zh, parameter.name.en)
    return values


def answers(rules: RuleSet, values: Mapping[str, Value]) -> tuple[int, ...]:
    """Return the truth of every question: 0 no, 1 unknown, 2 yes."""
    found = []
    for atom in rules.skeleton.atoms:
        found.append(three(rules.answer(atom, values)))
    return tuple(found)


def weigh(rules: RuleSet, given: Mapping[str, Value], most: int = MOST_STEPS) -> Weighed:
    """Return what the facts of a case leave possible; ``given`` holds known facts in base units.

    More than ``most`` combinations are not gone through.
    """
    values = complete_values(rules, given)
    truths = answers(rules, values)
    stands = standing(rules, truths)
    if len(stands.left) == 1 or OPEN not in truths:
        return Weighed(values, truths, stands, stands.left, True, {}, ())
    parts = components(rules, values, truths, most)
    search = _Search(rules, parts, most)
    exact = search.run(list(truths), stands) and all(p.exact for p in parts)
    left = frozenset(search.found) if search.whole else stands.left
    return Weighed(values, truths, stands, left, exact, search.found, parts)


@dataclass(slots=True)
class _Search:
    """Goes through the ways of all components and leaves each branch once nothing new can come of it."""

    rules: RuleSet
    parts: Sequence[Component]
    most: int
    found: dict[int, dict[str, Value]] = field(default_factory=dict)
    steps: int = 0
    whole: bool = True

    def run(self, truths: list[int], stands: Standing) -> bool:
        """Return whether the search came to its end."""
        self._go(0, truths, stands, {})
        return self.whole

    def _go(self, depth: int, truths: list[int], stands: Standing, witness: Mapping[str, Value]) -> None:
        self.steps += 1
        if self.steps > self.most:
            self.whole = False
            return
        left = stands.left
        if left <= self.found.keys():
            return
        if depth == len(self.parts) or len(left) == 1:
            for outcome in left:
                self.found.setdefault(outcome, dict(witness))
            return
        part = self.parts[depth]
        for way in part.ways:
            told = answered(truths, part.atoms, way.truths)
            self._go(depth + 1, told, moved(self.rules, stands, told, part.atoms), {**witness, **way.witness})
            if not self.whole:
                return
