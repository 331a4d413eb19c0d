"""A hazard, and what is asked of the questions that may be one: which rules read them, with which sign, in which parts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhishu.formula.tree import Call, Logic, Name, Node, children, names
from zhishu.formula.tree import Truth as Written
from zhishu.judge.ruleset import ATOM, RuleSet, over_atoms
from zhishu.judge.skeleton import NO, OPEN, YES

Unit = tuple[Node, bool]
"""A part of a condition that reads only the facts in view, and the sign with which the condition reads it."""
Units = tuple[tuple[Unit, ...], ...]
"""For each rule its units."""


@dataclass(frozen=True, slots=True)
class Hazard:
    """A fact or a measured length to complete: its questions by number, and every set of answers they can have together."""

    fact: str
    atoms: tuple[int, ...]
    answers: tuple[tuple[bool, ...], ...]


def atoms_of(rules: RuleSet, facts: Sequence[str]) -> tuple[int, ...]:
    """Return the questions that read one of the facts, by number."""
    return tuple(i for i, a in enumerate(rules.skeleton.atoms) if not a.facts.isdisjoint(facts))


def units_of(rules: RuleSet, atoms: Sequence[int]) -> Units:
    """Return for each rule its largest parts that read nothing but these questions."""
    inside = frozenset(f"{ATOM}{i}" for i in atoms)
    return tuple(tuple(dict.fromkeys(_parts(node, inside, True))) for node in over_atoms(rules))


def _parts(node: Node, inside: frozenset[str], sign: bool) -> Iterator[Unit]:
    read = names(node)
    if not read & inside:
        return
    if read <= inside:
        yield node, sign
        return
    match node:
        case Logic("not", (term,)):
            yield from _parts(term, inside, not sign)
        case Call("when", (c, a, b)):
            for part, way in ((c, sign), (c, not sign), (a, sign), (b, sign)):
                yield from _parts(part, inside, way)
        case _:
            for term in children(node):
                yield from _parts(term, inside, sign)


def truth_of(node: Node, truths: Mapping[int, int]) -> int:
    """Return the truth of a unit: 0 no, 1 open, 2 yes."""
    match node:
        case Name(name):
            return truths[int(name.removeprefix(ATOM))]
        case Written(value):
            return YES if value else NO
        case Logic("not", (term,)):
            return 2 - truth_of(term, truths)
        case Logic(op, terms):
            return (min if op == "and" else max)(truth_of(t, truths) for t in terms)
        case Call("when", (c, a, b)):
            held, yes, no = (truth_of(p, truths) for p in (c, a, b))
            return yes if held == YES else no if held == NO else yes if yes == no else OPEN
        case _:
            raise AssertionError(node)


def by_worst(rules: RuleSet) -> bool:
    """Return whether the verdict is the worst of the rules and the best outcome holds otherwise."""
    return rules.book.combine == "worst" and rules.otherwise == 0
