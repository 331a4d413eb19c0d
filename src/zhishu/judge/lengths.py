"""Measured lengths as hazards: near its limits a length with an error leaves several questions open that are one fact's.

``within(far, off, 1)`` and ``within(far, off, 3)`` ask where one true length lies: within 1, between 1 and 3, or beyond. A
length is completed by the stretches between its limits, whether it is missing or its error leaves it open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from zhishu.formula.evaluate import evaluate
from zhishu.formula.scopes import Plain
from zhishu.formula.tree import Call, Node, names
from zhishu.formula.written import written
from zhishu.judge.domain import Domain
from zhishu.judge.hazard import Hazard, atoms_of, by_worst, units_of
from zhishu.judge.ruleset import RuleSet
from zhishu.judge.search import measured as length_of


@dataclass(frozen=True, slots=True)
class Lengths:
    """The lengths of a group of facts that are completed; facts whose missing, and questions whose being open, leaves bounds."""

    hazards: tuple[Hazard, ...]
    loose: tuple[str, ...]
    doubtful: tuple[int, ...]


def is_measured(rules: RuleSet, atom: int) -> bool:
    """Return whether a question asks whether a measured length lies within a limit."""
    return length_of(rules.skeleton.atoms[atom].node) is not None


def measured(rules: RuleSet, group: Sequence[str]) -> Lengths:
    """Return what becomes of facts that questions on measured lengths read.

    Each length stands by itself: that of the others its error allows anything. Where another question reads one of the
    facts too, nothing is completed.
    """
    atoms = atoms_of(rules, group)
    by_length: dict[tuple[Node, Node], list[int]] = {}
    for i in atoms:
        pair = length_of(rules.skeleton.atoms[i].node)
        if pair is None:
            return Lengths((), tuple(group), atoms)
        by_length.setdefault(pair, []).append(i)
    hazards: list[Hazard] = []
    doubtful: list[int] = []
    for (length, error), places in by_length.items():
        if _alike(rules, places):
            continue
        limits = _limits(rules, places)
        if limits is None:
            doubtful += places
        else:
            hazards.append(Hazard(f"{written(length)} ± {written(error)}", tuple(places), _stretches(limits)))
    return Lengths(tuple(hazards), _loose(rules, group, list(by_length)), tuple(doubtful))


def _alike(rules: RuleSet, atoms: Sequence[int]) -> bool:
    """Return whether rules read the questions on one length all with one sign, none of them two.

    Every one of them can hold and fail, and near a line both; where the rules go in order, one rule only.
    """
    signs = {s for signed in rules.skeleton.signs for i in atoms for s in signed.get(i, frozenset())}
    units = units_of(rules, atoms)
    once = all(len(rule) <= 1 for rule in units)
    return len(signs) == 1 and once and (by_worst(rules) or sum(len(rule) for rule in units) == 1)


def _limits(rules: RuleSet, atoms: Sequence[int]) -> list[Fraction] | None:
    """Return the limit of each question; None where one is no length that is known beforehand."""
    found: list[Fraction] = []
    for i in atoms:
        node = rules.skeleton.atoms[i].node
        assert isinstance(node, Call)
        limit = evaluate(node.args[2], Plain(rules.constants))
        if not isinstance(limit, Fraction) or limit < 0:
            return None
        found.append(limit)
    return found


def _stretches(limits: Sequence[Fraction]) -> tuple[tuple[bool, ...], ...]:
    """Return the answers for each stretch between limits, the nearest first.

    >>> _stretches([Fraction(3), Fraction(1)])
    ((True, True), (True, False), (False, False))
    """
    ends = sorted(set(limits))
    return (*(tuple(limit >= end for limit in limits) for end in ends), (False,) * len(limits))


def _loose(rules: RuleSet, group: Sequence[str], lengths: Sequence[tuple[Node, Node]]) -> tuple[str, ...]:
    """Return the facts of which a missing one leaves fewer stretches than there are: those with an end above, or one
    below that is not zero, and those that several lengths share."""
    reads: Mapping[str, int] = {
        fact: sum(fact in names(length) | names(error) for length, error in lengths) for fact in group
    }
    return tuple(fact for fact in group if reads[fact] > 1 or _bounded(rules.domains[fact]))


def _bounded(domain: Domain) -> bool:
    return domain.most is not None or (domain.least is not None and domain.least > 0)
