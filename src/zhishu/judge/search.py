"""The search inside one component: values of its unknown facts, one for every cell its questions can tell apart."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import prod

from zhishu.formula.evaluate import Value, evaluate
from zhishu.formula.scopes import Plain
from zhishu.formula.tree import Binary, Call, Compare, Name, Node, names
from zhishu.judge.domain import OTHER, Domain
from zhishu.judge.linear import Form, NotLinear, forms_of, points
from zhishu.judge.profiles import beginnings, literals
from zhishu.judge.ruleset import RuleSet
from zhishu.judge.skeleton import NO, OPEN, YES, Atom, three
from zhishu.logic import Unknown
from zhishu.pack.dated_list import ByKey, by_key, keys_match, near

MOST_WAYS = 20_000
"""More values than this are not tried out; the answer is then a bound, and says so."""
MOST_EVERY = 256
"""Whole numbers that hang together are gone through one by one where they have so few combinations."""


@dataclass(frozen=True, slots=True)
class Way:
    """Answers to a component's questions that can all be true at once, and values that bring them about."""

    truths: tuple[int, ...]
    witness: Mapping[str, Value]


def measured(node: Node) -> tuple[Node, Node] | None:
    """Return the length and the error that a question of the sort ``within`` is about."""
    match node:
        case Call("within", (length, error, _)):
            return length, error
        case _:
            return None


class TooMany(Exception):
    """Raised when more values would have to be tried than is sensible."""


@dataclass(frozen=True, slots=True)
class _Parted:
    """Forms that part numbers, the questions that are none, a point in each cell, and whether the points are sure."""

    cuts: Sequence[Form]
    bent: frozenset[int]
    points: tuple[Mapping[str, Value], ...]
    sure: bool


_NOT_PARTED = _Parted((), frozenset(), ({},), True)


@dataclass(frozen=True, slots=True)
class _Group:
    """Questions, by place, that read the same of the searched facts; their answers so far; lists by the one fact."""

    facts: tuple[str, ...]
    places: tuple[int, ...]
    told: dict[object, tuple[int, ...]]
    by_key: Mapping[int, ByKey]


class Cells:
    """Tries the values of the unknown facts of one component."""

    def __init__(
        self,
        rules: RuleSet,
        values: Mapping[str, Value],
        places: Sequence[int],
        facts: tuple[str, ...],
        measured: bool = True,
        most: int = MOST_WAYS,
    ) -> None:
        self.most = most
        atoms = [rules.skeleton.atoms[i] for i in places]
        self.rules, self.values, self.facts = rules, dict(values), facts
        self.places, self.atoms = tuple(places), atoms
        # the length behind a measurement is a number of its own, known to lie in a band
        self.lengths: dict[tuple[Node, Node], str] = {}
        self.domains = dict(rules.domains)
        self.nodes = [self._about_length(a.node) if measured else a.node for a in atoms]
        self.reads = [a.facts if n is a.node else names(n) for a, n in zip(atoms, self.nodes, strict=True)]
        hidden = self._only_measured()
        self.exact = hidden is not None
        self.searched = [f for f in facts if f not in (hidden or frozenset())] + list(self.lengths.values())

    def _about_length(self, node: Node) -> Node:
        length = measured(node)
        if length is None:
            return node
        if length not in self.lengths:
            name = f"~{len(self.lengths)}"
            self.lengths[length] = name
            self.domains[name] = _band(length, self.values, self.domains)
            self.values[name] = Unknown("tolerance")
        return Call("within", (Name(self.lengths[length]), node.args[2])) if isinstance(node, Call) else node

    def _only_measured(self) -> frozenset[str] | None:
        """Return the unknown facts that are read by measurements alone; None where another question reads one too."""
        inside = frozenset().union(*(names(part) for pair in self.lengths for part in pair)) & set(self.facts)
        read = frozenset().union(
            *(r for r, a, n in zip(self.reads, self.atoms, self.nodes, strict=True) if a.node is n)
        )
        limits = frozenset().union(*(names(n.args[1]) for n in self.nodes if isinstance(n, Call) and len(n.args) == 2))
        twice = inside & (read | limits)
        several = [m for m in self.lengths if len(self.lengths) > 1 and (names(m[0]) | names(m[1])) & inside]
        return None if twice or several else inside

    def ways(self) -> tuple[tuple[Way, ...], bool]:
        """Return every way, and whether none of them is in doubt."""
        words = [f for f in self.searched if self.domains[f].kind not in ("number", "date")]
        if prod(len(self._words(f)) for f in words) > self.most:
            raise TooMany
        found: dict[tuple[int, ...], Way] = {}
        for tried, (truths, trial, _) in enumerate(self.tried()):
            if tried > self.most:
                raise TooMany
            if truths not in found:
                found[truths] = Way(truths, self._witness(trial))
        return tuple(found.values()), self.exact

    def tried(self) -> Iterator[tuple[tuple[int, ...], dict[str, Value], Sequence[Form]]]:
        """Yield the answers to every combination of values, the values, and the forms that parted the numbers."""
        numbers = [f for f in self.searched if self.domains[f].kind in ("number", "date")]
        others = [f for f in self.searched if f not in numbers]
        # words of which no question about numbers depends part them the same way
        worded = [f for f in others if any(f in read and not read.isdisjoint(numbers) for read in self.reads)]
        known: dict[tuple[Value, ...], _Parted] = {}
        groups = self._groups()
        order = [i for group in groups for i in group.places]
        back = [order.index(i) for i in range(len(order))]
        for chosen in product(*(self._words(f) for f in others)):
            here = {**self.values, **dict(zip(others, chosen, strict=True))}
            way = tuple(here[f] for f in worded)
            if way not in known:
                known[way] = self._parted(numbers, here)
            parted = known[way]
            self.exact = self.exact and parted.sure
            for numbered in parted.points:
                trial = {**here, **numbered}
                told = [truth for group in groups for truth in self._told(group, trial, parted.bent)]
                yield tuple([told[i] for i in back]), trial, parted.cuts

    def _groups(self) -> list["_Group"]:
        """Return the questions by what they read of that which is searched: each group is asked once for it."""
        found: dict[tuple[str, ...], list[int]] = {}
        for i, read in enumerate(self.reads):
            found.setdefault(tuple(f for f in self.searched if f in read), []).append(i)
        groups: list[_Group] = []
        for facts, places in found.items():
            profile = self.rules.profiles.get(facts[0]) if len(facts) == 1 else None
            alone = [i for i in places if profile is not None and self.places[i] in profile.atoms]
            if profile is not None and len(alone) == len(profile.atoms):
                # the answers grow with words met, so that the profile itself is left as it is
                held: dict[object, tuple[int, ...]] = {}
                held.update(profile.told.items())
                groups.append(_Group(facts, tuple(alone), held, {}))
                places = [i for i in places if i not in alone]
            if places:
                groups.append(_Group(facts, tuple(places), {}, self._by_key(facts, places)))
        return groups

    def _by_key(self, facts: tuple[str, ...], places: Sequence[int]) -> dict[int, ByKey]:
        if len(facts) != 1 or self.domains[facts[0]].kind != "word":
            return {}
        lists = {i: name for i in places if (name := self.atoms[i].list) is not None}
        return {
            i: by_key(self.rules.lists[name], facts[0], self.values, self.rules.on)
            for i, name in lists.items()
            if self.rules.lists[name].entries is not None and not self.rules.lists[name].doubtful()
        }

    def _told(self, group: "_Group", trial: Mapping[str, Value], bent: frozenset[int]) -> tuple[int, ...]:
        """Return the answers of a group; the points say nothing of a question that is no linear form: it stays open."""
        key = trial[group.facts[0]] if len(group.facts) == 1 else tuple(trial[f] for f in group.facts)
        if key not in group.told:
            group.told[key] = tuple(OPEN if i in bent else self._asked(group, i, trial) for i in group.places)
        return group.told[key]

    def _asked(self, group: "_Group", i: int, trial: Mapping[str, Value]) -> int:
        held = group.by_key.get(i)
        word = trial[group.facts[0]] if held is not None else None
        if held is not None and isinstance(word, str):
            return three(held.of(word))
        return self._ask(self.atoms[i], self.nodes[i], trial)

    def _parted(self, numbers: list[str], here: Mapping[str, Value]) -> "_Parted":
        """Return how questions part the numbers once the words are chosen."""
        if not numbers:
            return _NOT_PARTED
        cuts, bent = self._forms(numbers, here)
        found, sure = self._points(numbers, cuts)
        points_ = tuple({n: self.domains[n].real(v) for n, v in point.items()} for point in found)
        return _Parted(cuts, bent, points_, not bent and sure)

    def _forms(self, numbers: Sequence[str], here: Mapping[str, Value]) -> tuple[list[Form], frozenset[int]]:
        """Return the forms that part the numbers, and the questions that are no linear forms of them."""
        wanted = frozenset(numbers)
        found: dict[Form, None] = {}
        bent: set[int] = set()
        for i, (atom, node) in enumerate(zip(self.atoms, self.nodes, strict=True)):
            if atom.list is not None:
                found.update(dict.fromkeys(self._edges(atom.list, wanted, here)))
                continue
            if self.reads[i].isdisjoint(wanted):
                continue
            try:
                found.update(dict.fromkeys(_forms(node, wanted, here)))
            except NotLinear:
                bent.add(i)
        return list(found), frozenset(bent)

    def _points(self, numbers: list[str], cuts: list[Form]) -> tuple[list[dict[str, Fraction]], bool]:
        coupled = any(len(f.terms) > 1 for f in cuts)
        if coupled and (every := self._every(numbers)):
            return every, True
        found = _limited(points(numbers, cuts, self.domains), self.most)
        if not coupled or not any(self.domains[n].whole for n in numbers):
            return found, True
        # whole numbers may have no point in a cell that broken ones have: what is left is then a bound
        broken = {n: replace(d, whole=False) for n, d in self.domains.items()}
        wider = _limited(points(numbers, cuts, broken), self.most)
        signs = {_signs(cuts, p) for p in found}
        missed = [p for p in wider if _signs(cuts, p) not in signs]
        return [*found, *missed], not missed

    def _every(self, numbers: list[str]) -> list[dict[str, Fraction]]:
        """Return every combination of whole numbers that have few values; none where they have many."""
        counted: list[range] = []
        for domain in (self.domains[n] for n in numbers):
            if not domain.whole or domain.least is None or domain.most is None:
                return []
            counted.append(range(domain.least.__ceil__(), domain.most.__floor__() + 1))
        if prod(len(values) for values in counted) > MOST_EVERY:
            return []
        return [dict(zip(numbers, map(Fraction, point), strict=True)) for point in product(*counted)]

    def _edges(self, name: str, numbers: frozenset[str], here: Mapping[str, Value]) -> Iterator[Form]:
        dated = self.rules.lists[name]
        if dated.on is None or dated.on not in numbers:
            return
        # of a list that covers its entries only, every entry says of which days it speaks
        every = dated.covers != "always"
        for entry in dated.entries or () if every else near(dated, here):
            if not every and keys_match(dated, entry, here) is False:
                # an entry for other keys decides on no day
                continue
            for day in (entry.valid_from.toordinal(), entry.valid_to.toordinal() + 1 if entry.valid_to else None):
                if day is not None:
                    yield Form(((dated.on, Fraction(1)),), Fraction(-day))
                    yield Form(((dated.on, Fraction(1)),), Fraction(1 - day))

    def _words(self, fact: str) -> list[Value]:
        domain = self.domains[fact]
        if domain.kind == "truth":
            return [True, False]
        if domain.words is not None:
            return list(domain.words)
        said: dict[str, None] = {}
        for atom in self.atoms:
            if fact not in atom.facts:
                continue
            if atom.list is not None:
                said.update(dict.fromkeys(self._keys(atom.list, fact)))
            else:
                said.update(dict.fromkeys(literals(atom.node)))
                said.update(dict.fromkeys(beginnings(atom.node, fact)))
                said.update(dict.fromkeys(str(self.values[n]) for n in names(atom.node) if self._word(n)))
                said.update(dict.fromkeys(self._beside(atom, fact)))
        longer = [f"{word}{OTHER}" for word in said] if self._exactly(fact) else []
        return [*said, *longer, OTHER]

    def _beside(self, atom: Atom, fact: str) -> Iterator[str]:
        """Yield words by which a fact can be like or unlike the other unknown words a question compares it with."""
        words = [f for f in self.searched if self.domains[f].kind == "word"]
        for other in words:
            if other != fact and other in atom.facts:
                yield from self.domains[other].words or (f"{OTHER}{i}" for i in range(1, len(words)))

    def _word(self, name: str) -> bool:
        return isinstance(self.values.get(name), str)

    def _exactly(self, fact: str) -> bool:
        """Return whether a question asks for a word itself and another for its beginning."""
        nodes = [a.node for a in self.atoms if fact in a.facts and a.list is None]
        asks = {n.function for n in nodes if isinstance(n, Call)}
        return "starts_with" in asks and any(not isinstance(n, Call) or n.function != "starts_with" for n in nodes)

    def _keys(self, name: str, fact: str) -> Iterator[str]:
        dated = self.rules.lists[name]
        column = next((i for i, m in enumerate(dated.match) if m.fact == fact), None)
        if column is None:
            return
        # the fact itself is unknown here, so that its own key matches
        for entry in near(dated, self.values):
            key = entry.keys[column]
            if key is not None and keys_match(dated, entry, self.values) is not False:
                yield key

    def _ask(self, atom: Atom, node: Node, trial: Mapping[str, Value]) -> int:
        match node:
            case Call("within", (Name(length), limit)):
                a, b = trial[length], evaluate(limit, Plain(trial))
                if not isinstance(a, Fraction) or not isinstance(b, Fraction):
                    return OPEN
                return YES if a <= b else NO
            case _:
                return three(self.rules.answer(atom, trial))

    def _witness(self, trial: Mapping[str, Value]) -> dict[str, Value]:
        found = {f: trial[f] for f in self.searched if f in self.facts}
        for (length, error), name in self.lengths.items():
            true = trial[name]
            assert isinstance(true, Fraction)
            stated = evaluate(length, Plain(self.values))
            if isinstance(length, Name) and length.id in self.facts:
                # the true length may lie beyond what the field takes, by as much as the error says
                low, high = _ends(length, self.values, self.domains)
                stated = true if low is None else max(true, low)
                stated = stated if high is None else min(stated, high)
                found[length.id] = stated
            if isinstance(error, Name) and error.id in self.facts:
                least = self.domains[error.id].least or Fraction(0)
                found[error.id] = max(abs(true - stated), least) if isinstance(stated, Fraction) else least
        return found


def _band(measured: tuple[Node, Node], values: Mapping[str, Value], domains: Mapping[str, Domain]) -> Domain:
    """Return where a measured length can lie: as far from what is stated, or may be, as its error is or may be."""
    low, high = _ends(measured[0], values, domains)
    least, most = _ends(measured[1], values, domains)
    if low is not None and low == high and least is not None and least == most and least >= 0:
        return Domain("number", None, low - least, high + least)
    begins = Fraction(0) if low is None or most is None else max(low - most, Fraction(0))
    return Domain("number", None, begins, None if high is None or most is None else high + most)


def _ends(
    node: Node, values: Mapping[str, Value], domains: Mapping[str, Domain]
) -> tuple[Fraction | None, Fraction | None]:
    """Return the least and the most a number is, None where nothing bounds it."""
    value = evaluate(node, Plain(values))
    if isinstance(value, Fraction):
        return value, value
    domain = domains.get(node.id) if isinstance(node, Name) else None
    return (None, None) if domain is None else (domain.least, domain.most)


def _forms(node: Node, wanted: frozenset[str], here: Mapping[str, Value]) -> list[Form]:
    match node:
        case Call("within", (length, limit)):
            return forms_of(Compare("<=", length, limit), wanted, here)
        case Call("within", (length, error, limit)):
            near, far = Binary("-", length, error), Binary("+", length, error)
            return [f for side in (near, far) for f in forms_of(Compare("<=", side, limit), wanted, here)]
        case _:
            return forms_of(node, wanted, here)


def _signs(forms: Sequence[Form], point: Mapping[str, Fraction]) -> tuple[int, ...]:
    found = []
    for form in forms:
        value = form.constant + sum((c * point[n] for n, c in form.terms), Fraction(0))
        found.append((value > 0) - (value < 0))
    return tuple(found)


def _limited(made: Iterator[dict[str, Fraction]], most: int) -> list[dict[str, Fraction]]:
    found = []
    for point in made:
        found.append(point)
        if len(found) > most:
            raise TooMany
    return found
