"""A rule book made ready for a day: parameters in force, conditions in normal form, questions numbered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from zhishu.formula.check_order import arrange
from zhishu.formula.evaluate import Value
from zhishu.formula.tree import Call, Compare, Logic, Name, Node, Number, Word, names
from zhishu.formula.tree import Truth as Written
from zhishu.judge.domain import Domain, domain_of, domain_of_parameter
from zhishu.judge.normal import normal
from zhishu.judge.profiles import Profile, profiles
from zhishu.judge.skeleton import Atom, Skeleton, build
from zhishu.logic import Truth, Unknown
from zhishu.pack.book import Book, BookRule
from zhishu.pack.dated_list import DatedList, holds, indexed, shared, waiting
from zhishu.pack.in_force import in_base, in_force
from zhishu.pack.setting import NOTHING_SET, Settings
from zhishu.pack.system import Parameter


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A book on a day. ``conditions`` are normal and complete: exceptions and precedence are part of them.

    ``domains`` covers the given facts and the parameters nobody has set; ``gives`` holds the place of each rule's
    outcome among ``order`` (best first); ``profiles`` what is known of words before any case is.
    """

    book: Book
    on: date
    constants: Mapping[str, Value]
    unset: tuple[str, ...]
    domains: Mapping[str, Domain]
    lists: Mapping[str, DatedList]
    conditions: tuple[Node, ...]
    skeleton: Skeleton
    order: tuple[str, ...]
    gives: tuple[int, ...]
    otherwise: int
    profiles: Mapping[str, Profile]
    settings: Settings = NOTHING_SET

    def answer(self, atom: Atom, values: Mapping[str, Value]) -> Truth:
        """Return the answer to a question on facts; ``values`` holds every fact and parameter."""
        if atom.list is not None:
            return holds(self.lists[atom.list], values, self.on)
        found = atom.ask(values)
        return found if isinstance(found, bool | Unknown) else Unknown("domain", "not a yes or no")


def assemble(
    book: Book,
    on: date,
    settings: Settings = NOTHING_SET,
    lists: Mapping[str, DatedList] | None = None,
) -> RuleSet:
    """Return a book ready to judge on a day.

    ``settings`` stand in place of parameters; ``lists`` in place of the book's lists. A list of the book that is only
    proposed says nothing until the settings adopt it.
    Raises ZhishuError ``formula-cycle`` where facts or rules read each other in a circle.
    """
    given = settings.values
    day = Call("day", (Word(on.isoformat()),))
    constants: dict[str, Value] = {"today": on}
    named: dict[str, Node] = {f.id: f.node for f in book.facts.values()}
    unset: list[str] = []
    for name, parameter in book.parameters.items():
        if name in given and not isinstance(given[name], Unknown):
            constants[name] = given[name]
        elif book.as_of is not None and len(parameter.values) > 0:
            named[name] = by_day(parameter, book.as_of)
        else:
            value = in_force(parameter, on)
            if isinstance(value, Unknown):
                unset.append(name)
            else:
                constants[name] = value
    named.update({r.id: effective(r, book.rules) for r in book.rules})
    named["today"] = day
    arrange({name: names(node) & named.keys() for name, node in named.items()}, book.file)
    conditions = tuple(normal(named[r.id], named, constants) for r in book.rules)
    brought = {k: replace(d, proposal=None) for k, d in (lists or {}).items()}
    own = {k: d if d.proposal is None or k in settings.lists else waiting(d) for k, d in book.lists.items()}
    held = {k: replace(d, indexed=indexed(d)) for k, d in shared({**own, **brought}).items()}
    domains = {name: domain_of(column) for name, column in book.fields.items()}
    domains.update({n: domain_of_parameter(book.parameters[n]) for n in unset})
    order = book.order()
    skeleton = build(conditions, {k: d.facts() for k, d in held.items()})
    return RuleSet(
        book,
        on,
        constants,
        tuple(unset),
        domains,
        held,
        conditions,
        skeleton,
        order,
        tuple(order.index(r.give) for r in book.rules),
        order.index(book.otherwise),
        profiles(skeleton, domains, held),
        settings,
    )


ATOM = "_q"
"""Begins the name of the column or place that holds the answer to a question."""


def over_atoms(rules: RuleSet) -> tuple[Node, ...]:
    """Return the conditions with each question as the name of its column."""
    place = {a.node: Name(f"{ATOM}{i}") for i, a in enumerate(rules.skeleton.atoms)}

    def of(node: Node) -> Node:
        match node:
            case Written():
                return node
            case Logic(op, terms):
                return Logic(op, tuple(of(t) for t in terms))
            case Call("when", args):
                return Call("when", tuple(of(a) for a in args))
            case _:
                return place[node]

    return tuple(of(c) for c in rules.conditions)


def by_day(parameter: Parameter, fact: str) -> Node:
    """Return a parameter as a choice by the day a fact holds: the law as of that day."""
    found: Node = Call("unknown", (Word(parameter.id),))
    for day, value in parameter.values:
        made = literal(in_base(parameter, value))
        if day == date.min:
            found = made
            continue
        found = Call("when", (Compare(">=", Name(fact), literal(day)), made, found))
    return found


def literal(value: Value) -> Node:
    """Return a value as it would be written in a formula."""
    match value:
        case bool():
            return Written(value)
        case date():
            return Call("day", (Word(value.isoformat()),))
        case str():
            return Word(value)
        case Unknown():
            raise ValueError("an unknown is not written")
        case _:
            return Number(value)


def effective(rule: BookRule, rules: tuple[BookRule, ...]) -> Node:
    """Return when a rule counts: its condition, not its exception, and no rule that sets it aside."""
    terms: list[Node] = [rule.when]
    if rule.unless is not None:
        terms.append(Logic("not", (rule.unless,)))
    terms += [Logic("not", (Name(other.id),)) for other in rules if rule.id in other.overrides]
    return terms[0] if len(terms) == 1 else Logic("and", tuple(terms))
