"""Conditions over numbered facts weighed as the rules of a book are: outcomes left, those settled, what to ask first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import product
from math import prod

from zhishu.formula.evaluate import Value
from zhishu.formula.tree import Node, children
from zhishu.judge.ask import questions
from zhishu.judge.domain import Domain
from zhishu.judge.outcomes import deciding, standing
from zhishu.judge.possible import Weighed, weigh
from zhishu.judge.ruleset import RuleSet
from zhishu.judge.search import Way
from zhishu.judge.skeleton import OPEN, answered, build
from zhishu.pack.book import Book
from zhishu.pack.system import Column
from zhishu.system.defined import is_unknown
from zhishu.terms import Text

GONE = "~gone"
"""Stands for a row that would be refused, or not count, with facts so told: it has no outcome."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was found of conditions whose facts bear numbers: outcomes left, those some answers settle, what to ask.

    ``open`` says that some answers leave the verdict open; ``every`` that all of them were gone through.
    """

    left: Mapping[str, Mapping[str, Value]]
    exact: bool
    settled: Mapping[str, Mapping[str, Value]]
    every: bool
    open: bool
    ask: tuple[str, bool] | None


def rules_of(
    today: date, conditions: tuple[Node, ...], domains: Sequence[Domain], gives: Sequence[str], otherwise: str
) -> RuleSet:
    """Return conditions over numbered facts as the rules of a book that has nothing else."""
    said = Text("", "")
    fields = {f"f{i}": Column(f"f{i}", said, "text") for i in range(len(domains))}
    order = tuple(dict.fromkeys((*gives, otherwise)))
    book = Book(
        "", said, said, said, "", fields, {}, {}, {}, {}, {}, (), "first", otherwise, "", None, None, (), None, "", ""
    )
    return RuleSet(
        book,
        today,
        {},
        (),
        dict(zip(fields, domains, strict=True)),
        {},
        conditions,
        build(conditions, {}),
        order,
        tuple(order.index(give) for give in gives),
        order.index(otherwise),
        {},
    )


def weighed(rules: RuleSet, most: int) -> Told:
    """Return what rules leave; with ``most`` 0 their conditions are taken one by one."""
    found = weigh(rules, {}, most)
    settled, every = _settled(rules, found, most)
    hidden = _hidden(rules, found)
    left = {rules.order[i]: found.witness.get(i, {}) for i in sorted(found.left) if rules.order[i] != GONE}
    sure = {rules.order[i]: witness for i, witness in sorted(settled.items())}
    if every and not hidden and sure:
        # facts that leave the verdict open, such as a divisor of 0, bring nothing about
        left, exact = sure, True
    else:
        exact = left.keys() <= sure.keys() or (found.exact and not hidden and _decided(found))
    asked = next(iter(questions(rules, found)), None) if most else None
    open_ = len(found.left - {rules.order.index(GONE)} if GONE in rules.order else found.left) > 1
    return Told(left, exact, sure, every, open_, (asked.fact, asked.settles) if asked is not None else None)


def _hidden(rules: RuleSet, weighed: Weighed) -> bool:
    """Return whether an open rule rests on something that is not followed."""
    open_ = deciding(rules, weighed.stands.rules)
    atoms = {place for rule in open_ for place in rules.skeleton.signs[rule] if weighed.truths[place] == OPEN}
    return any(is_unknown(part) for place in atoms for part in parts_of(rules.skeleton.atoms[place].node))


def _decided(weighed: Weighed) -> bool:
    """Return whether no answers leave a question open."""
    return all(OPEN not in way.truths for part in weighed.parts for way in part.ways)


def _settled(rules: RuleSet, weighed: Weighed, most: int) -> tuple[dict[int, Mapping[str, Value]], bool]:
    """Return the outcomes that some answers settle, with such answers, and whether all answers were gone through."""
    gone = rules.order.index(GONE) if GONE in rules.order else -1
    parts = [(part.atoms, [way for way in part.ways if _real(rules, way)]) for part in weighed.parts]
    if prod(len(ways) for _, ways in parts) > most:
        return {}, False
    found: dict[int, Mapping[str, Value]] = {}
    for chosen in product(*(ways for _, ways in parts)):
        truths: Sequence[int] = weighed.truths
        witness: dict[str, Value] = {}
        for (atoms, _), way in zip(parts, chosen, strict=True):
            truths = answered(truths, atoms, way.truths)
            witness.update(way.witness)
        left = standing(rules, truths).left - {gone}
        if len(left) == 1:
            found.setdefault(min(left), witness)
    return found, all(part.exact for part in weighed.parts)


def _real(rules: RuleSet, way: Way) -> bool:
    """Return whether a way is brought about by values its facts may have: whole numbers where they must be."""
    return all(
        not isinstance(value, Fraction) or value.denominator == 1
        for fact, value in way.witness.items()
        if rules.domains[fact].whole
    )


def parts_of(node: Node) -> Iterator[Node]:
    """Yield a node and all that stands in it."""
    yield node
    for child in children(node):
        yield from parts_of(child)
