"""What the questions that read one fact alone say of each word it may be: answered once, when a book is made ready."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from zhishu.formula.evaluate import Value
from zhishu.formula.tree import Call, Name, Node, Word, children
from zhishu.judge.domain import OTHER, Domain
from zhishu.judge.skeleton import Skeleton, three
from zhishu.logic import Truth, Unknown
from zhishu.pack.dated_list import DatedList

MOST_ANSWERS = 100_000
"""Where a fact has more words times questions than this, its words are answered when they are met."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The questions that read one fact alone, by number, and their answers for each word known beforehand."""

    atoms: tuple[int, ...]
    told: Mapping[Value, tuple[int, ...]]


def profiles(
    skeleton: Skeleton, domains: Mapping[str, Domain], lists: Mapping[str, DatedList]
) -> Mapping[str, Profile]:
    """Return the profiles of the facts that are words or truths."""
    found: dict[str, Profile] = {}
    for fact, domain in domains.items():
        alone = tuple(i for i, a in enumerate(skeleton.atoms) if a.facts == {fact} and a.list is None)
        if alone and domain.kind in ("truth", "word"):
            words = list(dict.fromkeys(_words(fact, domain, skeleton, lists)))
            if len(words) * len(alone) > MOST_ANSWERS:
                words = []
            asks = [skeleton.atoms[i].ask for i in alone]
            found[fact] = Profile(alone, {w: tuple(three(_truth(ask({fact: w}))) for ask in asks) for w in words})
    return found


def _truth(value: Value) -> Truth:
    return value if isinstance(value, bool | Unknown) else Unknown("domain", "not a yes or no")


def _words(fact: str, domain: Domain, skeleton: Skeleton, lists: Mapping[str, DatedList]) -> Iterator[Value]:
    if domain.kind == "truth":
        yield from (True, False)
    elif domain.words is not None:
        yield from domain.words
    else:
        yield OTHER
        for atom in skeleton.atoms:
            if fact in atom.facts:
                yield from (w for said in literals(atom.node) for w in (said, f"{said}{OTHER}"))
        for dated in lists.values():
            for column, match in enumerate(dated.match):
                if match.fact == fact:
                    yield from (key for e in dated.entries or () if (key := e.keys[column]) is not None)


def literals(node: Node) -> Iterator[str]:
    """Yield the words written in a question."""
    if isinstance(node, Word):
        yield node.value
    for child in children(node):
        yield from literals(child)


def beginnings(node: Node, fact: str) -> Iterator[str]:
    """Yield the beginnings of words that a question asks to begin with a fact: a code coarser than theirs.

    >>> from zhishu.formula.parse import parse
    >>> list(beginnings(parse('starts_with("261", code)'), "code"))
    ['2', '26']
    """
    match node:
        case Call("starts_with", (Word(longer), Name(name))) if name == fact:
            yield from (longer[:i] for i in range(1, len(longer)))
    for child in children(node):
        yield from beginnings(child, fact)
