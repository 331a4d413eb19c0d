"""What unknown facts can do together: the distinct answers that the open questions can have at once.

Unknown facts that share no open question are independent and stand in components of their own. Within a component
one value of each fact is tried for every cell the questions can tell apart; equal answers are kept once, each with
values that bring it about.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from zhishu.formula.evaluate import Value
from zhishu.judge.linear import Form, NotLinear
from zhishu.judge.ruleset import RuleSet
from zhishu.judge.search import MOST_WAYS, Cells, TooMany, Way, measured
from zhishu.judge.skeleton import OPEN
from zhishu.logic import Unknown


@dataclass(frozen=True, slots=True)
class Component:
    """Unknown facts that share questions: the questions by number, and every way to answer them.

    Where it is not ``exact`` the ways leave answers open that may not truly be.
    """

    facts: tuple[str, ...]
    atoms: tuple[int, ...]
    ways: tuple[Way, ...]
    exact: bool


def components(
    rules: RuleSet, values: Mapping[str, Value], truths: Sequence[int], most: int = MOST_WAYS
) -> tuple[Component, ...]:
    """Return the components of the open questions of a case, in the order of the questions.

    Of a component of more than ``most`` values nothing is tried out.
    """
    open_ = [i for i, t in enumerate(truths) if t == OPEN]
    atoms = rules.skeleton.atoms
    unknown = {n for n, v in values.items() if isinstance(v, Unknown)}
    groups: list[tuple[set[object], list[int]]] = []
    for place in open_:
        links: set[object] = set(atoms[place].facts & unknown)
        length = measured(atoms[place].node)
        if length is not None:
            links.add(length)
        joined = [g for g in groups if g[0] & links]
        apart = [g for g in groups if not g[0] & links]
        merged = (links.union(*(g[0] for g in joined)), sorted([place, *(i for g in joined for i in g[1])]))
        groups = [*apart, merged]
    made = [_component(rules, values, tuple(places), unknown, most) for _, places in groups]
    return tuple(sorted(made, key=lambda c: c.atoms))


def _component(
    rules: RuleSet, values: Mapping[str, Value], places: tuple[int, ...], unknown: set[str], most: int
) -> Component:
    atoms = [rules.skeleton.atoms[i] for i in places]
    facts = tuple(n for n in rules.domains if n in unknown and any(n in a.facts for a in atoms))
    cells = Cells(rules, values, places, facts, most=most)
    try:
        found, exact = cells.ways()
    except (NotLinear, TooMany):
        found, exact = (Way((OPEN,) * len(places), {}),), False
    return Component(facts, places, found, exact)


@dataclass(frozen=True, slots=True)
class Trial:
    """Other values of some facts: the questions that read them, their answers then, and where numbers part."""

    values: Mapping[str, Value]
    atoms: tuple[int, ...]
    truths: tuple[int, ...]
    cuts: Mapping[str, frozenset[Fraction]]


def trials(
    rules: RuleSet, values: Mapping[str, Value], truths: Sequence[int], facts: tuple[str, ...]
) -> Iterator[Trial]:
    """Yield every cell that other values of the facts can reach while all other facts stay as they are."""
    places = tuple(i for i, a in enumerate(rules.skeleton.atoms) if not a.facts.isdisjoint(facts))
    cells = Cells(rules, {**values, **dict.fromkeys(facts, Unknown("missing"))}, places, facts, measured=False)
    try:
        parted: dict[str, frozenset[Fraction]] = {}
        seen: Sequence[Form] | None = None
        for answers, trial, cuts in cells.tried():
            # the forms are the same for all numbers of one choice of words
            if cuts is not seen:
                seen = cuts
                parted = {
                    f: frozenset(-c.constant / c.of(f) for c in cuts if [n for n, _ in c.terms] == [f]) for f in facts
                }
            yield Trial({f: trial[f] for f in facts}, places, answers, parted)
    except (NotLinear, TooMany):
        return
