"""The logic of a rule book over answered questions, as SQL text that polars, DuckDB and Spark all read.

A register's hazards are completed in up to 128 ways. Each way is a bit: a condition is two whole numbers, the ways in
which it surely holds and those in which it may, so that ``and`` and ``or`` are taken over all ways at once. One bit
more stands for the row as it is. Of a mask inside ``all`` the complement is a difference, which every engine has.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from zhishu.formula.tree import Call, Logic, Name, Node
from zhishu.formula.tree import Truth as Written
from zhishu.judge.hazard import Hazard
from zhishu.judge.ruleset import ATOM, RuleSet, over_atoms

WIDTH = 61
"""Ways in one number; with the bit of the row itself they stay inside 64 bits with their sign."""
LEFT, FIRED, OPEN = "_p", "_fired", "_open"
Completion = tuple[tuple[Hazard, tuple[bool, ...]], ...]
Columns = dict[str, str]
"""Names of columns and the SQL of each."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """SQL of the ways in which a condition surely holds, and of those in which it may."""

    sure: str
    may: str


def logic_levels(rules: RuleSet, ways: Sequence[Completion]) -> list[Columns]:
    """Return the columns to add over ``_q<i>``, level by level: at the last ``_p<o>`` (outcome o is left), ``_fired``, ``_open``.

    The columns of a level read those of the levels before it alone.
    """
    words = [_Word(rules, ways[at : at + WIDTH], n) for n, at in enumerate(range(0, len(ways), WIDTH))]
    # words differ in their ways alone, so that their levels are as many
    levels = [dict(chain(*(c.items() for c in at))) for at in zip(*(w.levels() for w in words), strict=True)]
    first = words[0]
    last = {f"{LEFT}{o}": _some([f"({w.way(o)} <> 0)" for w in words]) for o in range(len(rules.order))}
    held = [(f"({first.rule(i, 's')} & {first.row})", f"({first.rule(i, 'm')} & {first.row})") for i in first.rules()]
    last[FIRED] = _bits([f"{sure} <> 0" for sure, _ in held])
    last[OPEN] = _bits([f"{sure} <> {may}" for sure, may in held])
    return [*levels, last]


def number(value: int) -> str:
    """Return a whole number of 64 bits."""
    return f"CAST({value} AS BIGINT)"


def _bits(truths: Sequence[str]) -> str:
    return " + ".join(
        [number(0), *(f"CASE WHEN {t} THEN {number(1 << i)} ELSE {number(0)} END" for i, t in enumerate(truths))]
    )


def _every(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({' & '.join(parts)})"


def _any(parts: Sequence[str]) -> str:
    return number(0) if not parts else parts[0] if len(parts) == 1 else f"({' | '.join(parts)})"


def _some(truths: Sequence[str]) -> str:
    return f"({' OR '.join(truths)})"


class _Word:
    """The ways that one number holds."""

    def __init__(self, rules: RuleSet, ways: Sequence[Completion], place: int) -> None:
        self.rule_set, self.ways, self.place = rules, ways, place
        self.nodes = over_atoms(rules)
        self.tried = (1 << len(ways)) - 1
        row = 1 << len(ways)
        self.row, self.all = number(row), number(self.tried | row)
        self.fixed = self._fixed()
        self.whole, self.own = self.tried | row, row
        self.known: dict[Node, tuple[_Pair, int]] = {}

    def rules(self) -> range:
        """Return the places of the rules."""
        return range(len(self.nodes))

    def rule(self, i: int, sort: str) -> str:
        """Return the column of a rule."""
        return f"_r{sort}{self.place}_{i}"

    def way(self, outcome: int) -> str:
        """Return the column of the ways in which an outcome is left."""
        return f"_w{self.place}_{outcome}"

    def levels(self) -> list[Columns]:
        """Return the questions, the rules, the outcomes by their rules, and the ways each outcome is left in."""
        read = sorted({n for node in self.nodes for n in _atoms(node)} | set(self.fixed))
        questions: Columns = {}
        for i in read:
            questions[self._question(i, "s")], questions[self._question(i, "m")] = self._asked(i)
        questions[self._allowed()] = self._allows()
        stages: list[Columns] = [questions]
        for i, node in enumerate(self.nodes):
            pair, depth = self._pair(node, stages)
            self._put(stages, depth, {self.rule(i, "s"): pair.sure, self.rule(i, "m"): pair.may})
        given, ways = self._in_order() if self.rule_set.book.combine == "first" else self._by_worst()
        return [*stages, given, {self.way(o): _every([self._allowed(), w]) for o, w in enumerate(ways)}]

    def _put(self, stages: list[Columns], depth: int, columns: Columns) -> None:
        while len(stages) <= depth:
            stages.append({})
        stages[depth].update(columns)

    def _question(self, i: int, sort: str) -> str:
        return f"_a{sort}{self.place}_{i}"

    def _allowed(self) -> str:
        return f"_h{self.place}"

    def _fixed(self) -> dict[int, int]:
        """Return, for each question that ways answer, the ways in which it holds."""
        found: dict[int, int] = {}
        for bit, way in enumerate(self.ways):
            for hazard, truths in way:
                for atom, truth in zip(hazard.atoms, truths, strict=True):
                    found[atom] = found.get(atom, 0) | (int(truth) << bit)
        return found

    def _asked(self, i: int) -> tuple[str, str]:
        """Return the ways in which the answer to a question is yes, and may be; fixed ones answer the row itself alone."""
        held = self.fixed.get(i, 0)
        own = self.own if i in self.fixed else self.whole
        yes, no = number(held | own), number(held)
        name = f"{ATOM}{i}"
        return (
            f"CASE WHEN {name} THEN {yes} ELSE {no} END",
            f"CASE WHEN {name} THEN {yes} WHEN NOT {name} THEN {no} ELSE {yes} END",
        )

    def _allows(self) -> str:
        """Return the ways a row's own facts allow; the row itself is none of them."""
        hazards = list(dict.fromkeys(hazard for way in self.ways for hazard, _ in way))
        parts = [number(self.tried)]
        for hazard in hazards:
            masks: dict[tuple[bool, ...], int] = {}
            for bit, way in enumerate(self.ways):
                truths = next(t for h, t in way if h == hazard)
                masks[truths] = masks.get(truths, 0) | (1 << bit)
            cases = []
            for truths, mask in masks.items():
                unlike = [f"{ATOM}{a} = {'FALSE' if t else 'TRUE'}" for a, t in zip(hazard.atoms, truths, strict=True)]
                cases.append(f"CASE WHEN {_some(unlike)} THEN {number(0)} ELSE {number(mask)} END")
            parts.append(_any(cases))
        return _every(parts)

    def _not(self, mask: str) -> str:
        return f"({self.all} - {mask})"

    def _pair(self, node: Node, stages: list[Columns]) -> tuple[_Pair, int]:
        """Return a condition, and the stage that can read it; each choice is a column, so that none is written twice."""
        if node not in self.known:
            self.known[node] = self._made(node, stages)
        return self.known[node]

    def _made(self, node: Node, stages: list[Columns]) -> tuple[_Pair, int]:
        match node:
            case Written(value):
                mask = self.all if value else number(0)
                return _Pair(mask, mask), 1
            case Name(name):
                i = int(name.removeprefix(ATOM))
                return _Pair(self._question(i, "s"), self._question(i, "m")), 1
            case Logic("not", (term,)):
                inner, depth = self._pair(term, stages)
                return _Pair(self._not(inner.may), self._not(inner.sure)), depth
            case Logic(op, terms):
                parts = [self._pair(t, stages) for t in terms]
                join = _every if op == "and" else _any
                made = _Pair(join([p.sure for p, _ in parts]), join([p.may for p, _ in parts]))
                return made, max(depth for _, depth in parts)
            case Call("when", args):
                (held, _), (yes, _), (no, _) = parts = [self._pair(p, stages) for p in args]
                never, yes_fails, no_fails = self._not(held.may), self._not(yes.may), self._not(no.may)
                sure = _any([_every([held.sure, yes.sure]), _every([never, no.sure]), _every([yes.sure, no.sure])])
                fails = _any([_every([held.sure, yes_fails]), _every([never, no_fails]), _every([yes_fails, no_fails])])
                depth = max(depth for _, depth in parts)
                names = [f"_n{sort}{self.place}_{len(self.known)}" for sort in "sm"]
                self._put(stages, depth, {names[0]: sure, names[1]: self._not(fails)})
                return _Pair(*names), depth + 1
            case _:
                raise AssertionError(node)

    def _by_worst(self) -> tuple[Columns, list[str]]:
        """Return the ways by outcome, and those in which an outcome is left: it may hold and none worse surely does."""
        size = len(self.rule_set.order)
        given: Columns = {}
        for o in range(size):
            places = [i for i, g in enumerate(self.rule_set.gives) if g == o]
            given[self._given(o, "s")] = _any([self.rule(i, "s") for i in places])
            given[self._given(o, "m")] = _any([self.rule(i, "m") for i in places])
        ways = []
        for o in range(size):
            reached = [self._given(o, "m")]
            if o == self.rule_set.otherwise:
                reached.append(self._not(_any([self._given(g, "s") for g in range(size)])))
            worse = _any([self._given(g, "s") for g in range(o + 1, size)])
            ways.append(_every([_any(reached), self._not(worse)]))
        return given, ways

    def _given(self, outcome: int, sort: str) -> str:
        return f"_g{sort}{self.place}_{outcome}"

    def _in_order(self) -> tuple[Columns, list[str]]:
        """Return the ways in which a rule before each surely holds, and those in which an outcome is left."""
        before = {
            f"_b{self.place}_{i}": _any([self.rule(k, "s") for k in range(i)]) for i in range(len(self.nodes) + 1)
        }
        found: list[list[str]] = [[] for _ in self.rule_set.order]
        for i, give in enumerate(self.rule_set.gives):
            found[give].append(_every([self.rule(i, "m"), self._not(f"_b{self.place}_{i}")]))
        found[self.rule_set.otherwise].append(self._not(f"_b{self.place}_{len(self.nodes)}"))
        return before, [_any(parts) for parts in found]


def _atoms(node: Node) -> set[int]:
    match node:
        case Name(name):
            return {int(name.removeprefix(ATOM))}
        case Logic(_, terms):
            return set().union(*(_atoms(t) for t in terms))
        case Call("when", args):
            return set().union(*(_atoms(a) for a in args))
        case _:
            return set()
