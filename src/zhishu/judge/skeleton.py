"""The logic of rules apart from its atoms: plain questions on facts, each met once, and three-valued trees over them.

Truths are the numbers 0 (no), 1 (unknown), 2 (yes), so that ``and`` is the least, ``or`` the largest, ``not`` 2 − x
(Kleene 1952, strong tables).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from zhishu.formula.compiled import Ask as Told
from zhishu.formula.compiled import compiled
from zhishu.formula.tree import Call, Logic, Name, Node, Truth, Word, children
from zhishu.logic import Truth as Known
from zhishu.logic import Unknown

NO, OPEN, YES = 0, 1, 2
Ask = Callable[[Sequence[int]], int]
"""A tree that has been built: from the truths of all atoms to its own."""


def three(truth: Known) -> int:
    """Return a truth as a number: 0 no, 1 unknown, 2 yes."""
    return OPEN if isinstance(truth, Unknown) else YES if truth else NO


def answered(truths: Sequence[int], places: Sequence[int], told: Sequence[int]) -> list[int]:
    """Return the truths of all questions with some of them answered."""
    changed = list(truths)
    for place, truth in zip(places, told, strict=True):
        changed[place] = truth
    return changed


@dataclass(frozen=True, slots=True)
class Atom:
    """A question about facts with no logic inside, and the facts and lists it reads; ``ask`` is the node, compiled."""

    node: Node
    facts: frozenset[str]
    list: str | None
    ask: Told = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Conditions over shared atoms; ``signs`` says of each condition with which sign it reads each atom.

    ``readers`` are the conditions that read an atom, by its number.
    """

    atoms: tuple[Atom, ...]
    asks: tuple[Ask, ...]
    signs: tuple[Mapping[int, frozenset[bool]], ...]
    readers: tuple[tuple[int, ...], ...]


def build(conditions: Sequence[Node], lists: Mapping[str, Sequence[str]]) -> Skeleton:
    """Return the skeleton of normal conditions; ``lists`` gives the facts each list is asked with.

    >>> from zhishu.formula.parse import parse
    >>> skeleton = build([parse("invest < 200 and in_park"), parse("not in_park")], {})
    >>> len(skeleton.atoms), [ask([YES, NO]) for ask in skeleton.asks]
    (2, [0, 2])
    """
    builder = _Builder(lists)
    asks, signs = [], []
    for node in conditions:
        signed: dict[int, set[bool]] = {}
        asks.append(builder.ask(node, True, signed))
        signs.append({i: frozenset(s) for i, s in signed.items()})
    readers = tuple(tuple(r for r, signed in enumerate(signs) if a in signed) for a in range(len(builder.atoms)))
    return Skeleton(tuple(builder.atoms), tuple(asks), tuple(signs), readers)


def reads(node: Node, lists: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Return the facts a node reads, those of the lists it asks among them."""
    match node:
        case Name(name):
            return frozenset({name})
        case Call("listed", (Word(name),)):
            return frozenset(lists.get(name, ()))
        case _:
            return frozenset().union(*(reads(child, lists) for child in children(node)))


class _Builder:
    """Builds trees and numbers the atoms as they are met."""

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        self.lists = lists
        self.atoms: list[Atom] = []
        self.place: dict[Node, int] = {}

    def ask(self, node: Node, sign: bool, signed: dict[int, set[bool]]) -> Ask:
        """Return the tree of a condition; ``signed`` notes how it reads each atom."""
        match node:
            case Truth(value):
                fixed = YES if value else NO
                return lambda truths: fixed
            case Logic("not", (term,)):
                inner = self.ask(term, not sign, signed)
                return lambda truths: 2 - inner(truths)
            case Logic(op, terms):
                parts = tuple(self.ask(t, sign, signed) for t in terms)
                return _least(parts) if op == "and" else _largest(parts)
            case Call("when", (c, a, b)):
                held = self.ask(c, sign, signed)
                # a condition of a choice is read with both signs
                self.ask(c, not sign, signed)
                yes, no = self.ask(a, sign, signed), self.ask(b, sign, signed)
                return _choice(held, yes, no)
            case _:
                place = self._place(node)
                signed.setdefault(place, set()).add(sign)
                return lambda truths: truths[place]

    def _place(self, node: Node) -> int:
        if node not in self.place:
            self.place[node] = len(self.atoms)
            self.atoms.append(Atom(node, reads(node, self.lists), _listed(node), compiled(node)))
        return self.place[node]


def _listed(node: Node) -> str | None:
    match node:
        case Call("listed", (Word(name),)):
            return name
        case _:
            return None


def _least(parts: tuple[Ask, ...]) -> Ask:
    def ask(truths: Sequence[int]) -> int:
        found = YES
        for part in parts:
            truth = part(truths)
            if truth < found:
                if truth == NO:
                    return NO
                found = truth
        return found

    return ask


def _largest(parts: tuple[Ask, ...]) -> Ask:
    def ask(truths: Sequence[int]) -> int:
        found = NO
        for part in parts:
            truth = part(truths)
            if truth > found:
                if truth == YES:
                    return YES
                found = truth
        return found

    return ask


def _choice(condition: Ask, yes: Ask, no: Ask) -> Ask:
    def ask(truths: Sequence[int]) -> int:
        held = condition(truths)
        if held == YES:
            return yes(truths)
        if held == NO:
            return no(truths)
        a, b = yes(truths), no(truths)
        return a if a == b else OPEN

    return ask
