"""What missing facts leave of a verdict that is open: the outcomes that can come about, and the fact to ask first.

The conditions of the row are written out over the facts they wait for and weighed as the rules of a book are, so that
a fact that stands in several conditions has one value in all. Rows whose conditions are alike are weighed once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from itertools import chain, combinations
from typing import TYPE_CHECKING

from zhishu.formula.evaluate import Value
from zhishu.formula.tree import Call, Name, Node, Rows, Truth, Word
from zhishu.judge.domain import OTHER, Domain, domain_of
from zhishu.judge.normal import logic, normal
from zhishu.pack.system import CASE, Column, Verdict
from zhishu.system.defined import is_unknown, small
from zhishu.system.reads import Reads
from zhishu.system.scope import RowScope, label
from zhishu.system.unfold import Leaf, Scope, Unfolding, chain_of
from zhishu.system.weighing import GONE, Told, parts_of, rules_of, weighed

if TYPE_CHECKING:
    from zhishu.system.engine import Engine

MOST_WAYS = 2_000
"""More combinations of a row's missing facts than this are not gone through; the outcomes named are then a bound."""
MOST_WEIGHED = 400
"""An answer weighs no more unlike rows than this; for those after them the outcomes named are a bound."""
MOST_CELLS = 20_000
"""An answer writes out no more cells than this in all; the rows after that are told rule by rule."""
WEIGHED_AS = 20
"""Weighing a row counts as writing out so many cells."""
MOST_ROUNDS = 4
"""How often the facts waited for are looked for again once others are told."""
MOST_BLANK = 2
"""Of so many facts it is tried out that they may stay blank, where a blank is itself an answer."""
LAST = Fraction(date(9000, 1, 1).toordinal())
"""Days after this are not thought of, so that some days can be added to any."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The fact to ask first: table, row and field; whether one of its answers settles the verdict."""

    leaf: Leaf
    settles: bool


@dataclass(frozen=True, slots=True)
class Left:
    """The outcomes left, each with facts that bring it about; whether they are truly those; what to ask first.

    Where it is not ``exact`` some of the outcomes may not come about, and for those the facts are a guess. ``sure``
    says that the one outcome left is the verdict already: no answer leaves it open, and no blank is one of its own.
    """

    outcomes: Mapping[str, Mapping[Leaf, Value]]
    exact: bool
    sure: bool
    ask: Asked | None


@dataclass(slots=True)
class Search:
    """The searches of one answer: what it has unfolded and weighed."""

    engine: "Engine"
    reads: Reads
    first: Unfolding
    told: dict[object, Told] = field(default_factory=dict)
    spent: int = 0

    def left(self, name: str, index: int, verdict: Verdict, scope: Scope) -> Left | None:
        """Return what the missing facts of a row leave of its verdict; None where none is missing or too much was asked."""
        if self.spent + len(self.first.memory) > MOST_CELLS:
            return None
        conditions = _conditions(self.first, verdict, scope)
        waited = frozenset(_leaves(self.first, conditions))
        if not waited:
            return None
        blanks = frozenset[tuple[str, str]]().union(
            *(self.reads.of(rule.when, chain_of(scope))[1] for rule in verdict.rules)
        )
        whole = True
        if any((table, fact) in blanks for table, _, fact in waited):
            waited, conditions, whole = self._again(waited, verdict, scope)
        told = self._weigh(verdict, conditions, waited, name, index)
        outcomes, exact = _witnesses(told.left), told.exact and whole
        mixed = sorted(leaf for leaf in waited if (leaf[0], leaf[2]) in blanks)
        for some in _subsets(mixed) if mixed else ():
            rest = waited - set(some)
            if rest:
                unfolding = Unfolding(self.engine, self.reads, rest)
                there = self._weigh(verdict, _conditions(unfolding, verdict, scope), rest, name, index)
                self.spent += len(unfolding.memory)
                outcomes = {**_witnesses(there.settled), **outcomes}
                exact = exact and there.every
        if len(mixed) > MOST_BLANK:
            exact = False
        if not outcomes:
            return None
        return Left(outcomes, exact, exact and not told.open and not mixed, self._asked(told, waited))

    def _again(
        self, waited: frozenset[Leaf], verdict: Verdict, scope: Scope
    ) -> tuple[frozenset[Leaf], list[Node], bool]:
        """Return the facts waited for once those known to be are told, with the conditions over them."""
        conditions: list[Node] = []
        for _ in range(MOST_ROUNDS):
            unfolding = Unfolding(self.engine, self.reads, waited)
            conditions = _conditions(unfolding, verdict, scope)
            self.spent += len(unfolding.memory)
            more = frozenset(_leaves(unfolding, conditions)) - waited
            if not more:
                return waited, conditions, True
            waited |= more
        return waited, conditions, False

    def _weigh(
        self, verdict: Verdict, conditions: Sequence[Node], waited: frozenset[Leaf], name: str, index: int
    ) -> Told:
        gives = [rule.give for rule, _ in zip(verdict.rules, conditions, strict=False)]
        gone = self._gone(waited, name, index)
        if gone != Truth(False):
            conditions, gives = [gone, *conditions], [GONE, *gives]
        names = list(dict.fromkeys(chain.from_iterable(_names(c) for c in conditions)))
        numbered = {n: f"f{i}" for i, n in enumerate(names)}
        normed = tuple(normal(c, {n: Name(v) for n, v in numbered.items()}, {}) for c in conditions)
        columns = [_column(self.engine, _leaf(n)) for n in names]
        domains = tuple(_domain(self.engine, column) for column in columns)
        key = (normed, domains, tuple(gives), verdict.otherwise)
        if key not in self.told:
            self.spent += WEIGHED_AS
            bound = len(self.told) >= MOST_WEIGHED or not all(small(c) for c in normed)
            rules = rules_of(self.engine.today, normed, domains, gives, verdict.otherwise)
            self.told[key] = weighed(rules, 0 if bound else MOST_WAYS)
        told = self.told[key]
        back = {v: n for n, v in numbered.items()}
        return Told(
            _renamed(told.left, back),
            told.exact,
            _renamed(told.settled, back),
            told.every,
            told.open,
            (back[told.ask[0]], told.ask[1]) if told.ask is not None else None,
        )

    def _gone(self, waited: frozenset[Leaf], name: str, index: int) -> Node:
        """Return when the facts told would have a row refused for itself, or leave this row out.

        What a row is refused for beside other rows may be put right in those, and shuts nothing out.
        """
        unfolding = Unfolding(self.engine, self.reads, waited)
        terms: list[Node] = []
        if name != CASE:
            terms.append(logic("not", [unfolding.present(name, index)]))
        for table, row in sorted({(table, row) for table, row, _ in waited if table != CASE}):
            scope = RowScope(self.engine, table, row)
            checks = (c for c in self.engine.system.tables[table].checks if c.then == "refuse" and not _counts(c.when))
            terms += [found for c in checks if not is_unknown(found := unfolding.of(c.when, scope))]
        return logic("or", terms) if terms else Truth(False)

    def _asked(self, told: Told, waited: frozenset[Leaf]) -> Asked | None:
        if told.ask is None:
            return None
        leaf = _leaf(told.ask[0])
        return Asked(leaf, told.ask[1]) if leaf in waited else None


def search(engine: "Engine") -> Search:
    """Return a search that has found nothing yet."""
    reads = Reads(engine.system)
    return Search(engine, reads, Unfolding(engine, reads))


def _conditions(unfolding: Unfolding, verdict: Verdict, scope: Scope) -> list[Node]:
    """Return the conditions of a verdict's rules up to the first that surely holds."""
    found: list[Node] = []
    for rule in verdict.rules:
        found.append(unfolding.of(rule.when, scope))
        if found[-1] == Truth(True):
            break
    return found


def _subsets(mixed: Sequence[Leaf]) -> Iterator[tuple[Leaf, ...]]:
    """Return which of the facts may stay blank: any of a few, of many each alone and all together."""
    if len(mixed) <= MOST_BLANK:
        for size in range(1, len(mixed) + 1):
            yield from combinations(mixed, size)
    else:
        yield from ((leaf,) for leaf in mixed)
        yield tuple(mixed)


def _leaves(unfolding: Unfolding, conditions: Sequence[Node]) -> Iterator[Leaf]:
    """Yield the facts that conditions read, those that stay blank among them."""
    for condition in conditions:
        for node in parts_of(condition):
            match node:
                case Name(name) if name in unfolding.leaves:
                    yield unfolding.leaves[name]
                case Call("unknown", (Word(name),)) if name in unfolding.leaves:
                    yield unfolding.leaves[name]


def _counts(node: Node) -> bool:
    return any(isinstance(part, Rows) for part in parts_of(node))


def _names(node: Node) -> Iterator[str]:
    return (n.id for n in parts_of(node) if isinstance(n, Name))


def _leaf(name: str) -> Leaf:
    table, _, rest = name.partition("[")
    index, _, fact = rest.partition("].")
    return table, int(index), fact


def _column(engine: "Engine", leaf: Leaf) -> Column:
    table, _, fact = leaf
    if table != CASE:
        return engine.system.tables[table].fields[fact]
    parameter = engine.system.parameters[fact]
    return Column(
        fact, parameter.name, parameter.type, parameter.unit, parameter.choices, parameter.least, parameter.most
    )


def _domain(engine: "Engine", column: Column) -> Domain:
    match column.type:
        case "year":
            return Domain("number", None, Fraction(1900), Fraction(2100), True)
        case "date":
            return replace(domain_of(column), most=LAST)
        case "ref" if column.ref is not None:
            rows = engine.active(column.ref)
            # the row it points to may still have to be added
            return Domain("word", (*(label(engine.key_of(column.ref, i)) for i in rows), OTHER))
        case _:
            return domain_of(column)


def _renamed(found: Mapping[str, Mapping[str, Value]], names: Mapping[str, str]) -> dict[str, dict[str, Value]]:
    return {outcome: {names[n]: v for n, v in facts.items()} for outcome, facts in found.items()}


def _witnesses(found: Mapping[str, Mapping[str, Value]]) -> dict[str, dict[Leaf, Value]]:
    return {outcome: {_leaf(n): v for n, v in facts.items()} for outcome, facts in found.items()}
