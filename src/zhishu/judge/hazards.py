"""Which facts a register must complete to be exact, and by which answers.

Truth tables that take each question for itself (Kleene's) are exact for a fact that is read once, or always with the
same sign by questions that can all be answered so at once. The other facts are hazards: with the park unknown,
"small and in the park" and "strict and not in the park" look as if neither had to hold. A hazard is completed by the
distinct answers its own questions can have together; nothing else about its value matters. A measured length is one
too, known or not: near its limits its error leaves it open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import combinations

from zhishu.formula.evaluate import Value
from zhishu.judge.cells import trials
from zhishu.judge.domain import FIRST, OTHER
from zhishu.judge.hazard import Hazard, Units, atoms_of, by_worst, truth_of, units_of
from zhishu.judge.lengths import is_measured, measured
from zhishu.judge.linear import Form, NotLinear, forms_of, points
from zhishu.judge.ruleset import RuleSet
from zhishu.judge.skeleton import NO, OPEN, YES, three
from zhishu.logic import Unknown

MOST_COMPLETIONS = 128
"""More completions than this are not tried; rows that would need them are marked as bounds."""
MOST_POINTS = 4_000


@dataclass(frozen=True, slots=True)
class Hazards:
    """The hazards that are completed, and what cannot be: bounds stand where a ``loose`` fact is missing, or one of the
    ``doubtful`` questions on measured lengths is open."""

    completed: tuple[Hazard, ...]
    loose: tuple[str, ...]
    doubtful: tuple[int, ...] = ()


def hazards(rules: RuleSet) -> Hazards:
    """Return the hazards of a rule book; what cannot be completed in a register is ``loose`` or ``doubtful``."""
    found: list[Hazard] = []
    loose: set[str] = set()
    doubtful: set[int] = set()
    for group in _groups(rules):
        if any(is_measured(rules, i) for i in atoms_of(rules, group)):
            lengths = measured(rules, group)
            found += lengths.hazards
            loose |= set(lengths.loose)
            doubtful |= set(lengths.doubtful)
        elif not _harmless(rules, group):
            hazard = _hazard(rules, group)
            if hazard is None:
                loose |= set(group)
            else:
                found.append(hazard)
    found.sort(key=lambda h: len(h.answers))
    kept: list[Hazard] = []
    size = 1
    for hazard in found:
        size *= max(1, len(hazard.answers))
        if size <= MOST_COMPLETIONS:
            kept.append(hazard)
        elif is_measured(rules, hazard.atoms[0]):
            doubtful |= set(hazard.atoms)
        else:
            loose.add(hazard.fact)
    return Hazards(tuple(kept), tuple(sorted(loose)), tuple(sorted(doubtful)))


def _groups(rules: RuleSet) -> list[tuple[str, ...]]:
    """Return the facts that questions read, those that share a question together; lists join nothing."""
    groups: list[set[str]] = []
    for atom in rules.skeleton.atoms:
        if not atom.facts:
            continue
        parts = [set(atom.facts)] if atom.list is None else [{f} for f in atom.facts]
        for part in parts:
            joined = [g for g in groups if g & part]
            groups = [g for g in groups if not g & part]
            groups.append(part.union(*joined))
    return [tuple(f for f in rules.domains if f in g) for g in groups]


def _harmless(rules: RuleSet, group: Sequence[str]) -> bool:
    """Return whether taking each question for itself is exact although facts are read by several.

    So it is where, whichever of the facts are missing and whatever the others are, one completion lets every open
    question fail its rule at once, and for each rule one lets all of its hold; where the rules go in order, only for
    facts that one rule reads once.
    """
    atoms = atoms_of(rules, group)
    units = units_of(rules, atoms)
    if not by_worst(rules) and sum(len(rule) for rule in units) != 1:
        return False
    if any(rules.skeleton.atoms[i].list is not None for i in atoms):
        return len(group) == 1 and _harmless_listed(rules, group[0], atoms, units)
    if len(group) == 1:
        blank: dict[str, Value] = {n: Unknown("missing") for n in rules.domains}
        truths = (OPEN,) * len(rules.skeleton.atoms)
        tried = [dict(zip(t.atoms, t.truths, strict=True)) for t in trials(rules, blank, truths, tuple(group))]
        return bool(tried) and _served(units, tried, {})
    return _harmless_numbers(rules, group, atoms, units)


def _served(units: Units, tried: Sequence[Mapping[int, int]], settled: Mapping[int, int]) -> bool:
    """Return whether some trial fails every unit at once, and for each rule some trial meets all of its units.

    What is open after all facts are given (0/0) may go either way; a unit that the ``settled`` questions decide waits
    for none of the facts.
    """
    rules = [[(n, s) for n, s in rule if truth_of(n, settled) == OPEN] for rule in units] if settled else units
    every = {unit for rule in rules for unit in rule}
    if not any(all(truth_of(n, t) in (OPEN, NO if s else YES) for n, s in every) for t in tried):
        return False
    return all(any(all(truth_of(n, t) in (OPEN, YES if s else NO) for n, s in rule) for t in tried) for rule in rules)


def _harmless_listed(rules: RuleSet, fact: str, atoms: Sequence[int], units: Units) -> bool:
    """Return whether a key of lists is harmless: a word (or day) that no list and no rule names fails them all.

    A list that waits for a missing key waits for an entry with that key; a word no entry has settles it.
    """
    if any(len(rule) > 1 for rule in units) or any(
        not s for signed in rules.skeleton.signs for i in atoms for s in signed.get(i, ())
    ):
        return False
    domain = rules.domains[fact]
    if domain.kind == "word" and domain.words is None:
        outside: Value = OTHER
    elif domain.kind == "date":
        outside = date.fromordinal(int(FIRST))
    else:
        return False
    plain = [i for i in atoms if rules.skeleton.atoms[i].list is None]
    if any(rules.answer(rules.skeleton.atoms[i], {fact: outside}) is not False for i in plain):
        return False
    # each plain question must also be one that some value answers with yes; an entry of a list is such a value
    blank: dict[str, Value] = {n: Unknown("missing") for n in rules.domains}
    held = (t for t in trials(rules, blank, (OPEN,) * len(rules.skeleton.atoms), (fact,)))
    wanted = set(plain)
    for trial in held if wanted else ():
        wanted -= {i for i, truth in zip(trial.atoms, trial.truths, strict=True) if truth == YES}
        if not wanted:
            break
    return not wanted


def _harmless_numbers(rules: RuleSet, group: Sequence[str], atoms: Sequence[int], units: Units) -> bool:
    """Return whether numbers that share questions are harmless, by a point in every cell of their arrangement."""
    if any(rules.domains[f].kind != "number" for f in group):
        return False
    wanted = frozenset(group)
    try:
        forms = list(
            dict.fromkeys(f for i in atoms for f in forms_of(rules.skeleton.atoms[i].node, wanted, rules.constants))
        )
        for size in range(1, len(group) + 1):
            for missing in combinations(group, size):
                if not _served_everywhere(rules, group, missing, atoms, units, forms):
                    return False
    except NotLinear:
        return False
    return True


def _served_everywhere(
    rules: RuleSet,
    group: Sequence[str],
    missing: Sequence[str],
    atoms: Sequence[int],
    units: Units,
    forms: Sequence[Form],
) -> bool:
    known = tuple(f for f in group if f not in missing)
    trials_by: dict[tuple[Fraction, ...], list[dict[int, int]]] = {}
    for tried, point in enumerate(points((*known, *missing), forms, rules.domains)):
        if tried > MOST_POINTS:
            return False
        truths: dict[int, int] = {}
        for i in atoms:
            truths[i] = three(rules.answer(rules.skeleton.atoms[i], {**rules.constants, **point}))
        trials_by.setdefault(tuple(point[f] for f in known), []).append(truths)
    for values, tried_here in trials_by.items():
        given: dict[str, Value] = {**rules.constants, **dict(zip(known, values, strict=True))}
        given |= {f: Unknown("missing") for f in missing}
        settled = {i: three(rules.answer(rules.skeleton.atoms[i], given)) for i in atoms}
        if not _served(units, tried_here, settled):
            return False
    return True


def _hazard(rules: RuleSet, group: Sequence[str]) -> Hazard | None:
    """Return the hazard of a fact that stands alone in all its questions, with every set of their answers."""
    atoms = atoms_of(rules, group)
    if len(group) > 1 or any(rules.skeleton.atoms[i].facts != set(group) for i in atoms):
        return None
    values: dict[str, Value] = {n: Unknown("missing") for n in rules.domains}
    tried = list(trials(rules, values, (OPEN,) * len(rules.skeleton.atoms), tuple(group)))
    if not tried or any(OPEN in t.truths for t in tried):
        return None
    order = [tried[0].atoms.index(i) for i in atoms]
    return Hazard(group[0], atoms, tuple(dict.fromkeys(tuple(t.truths[k] == YES for k in order) for t in tried)))
