"""Parts of conditions that read one word alone, named: a register answers each once for a word, not once for a row.

"The industry begins with 25, or with 26, or …" is one answer for each industry, however many questions it is made of.
What a completion answers otherwise is left out of it, so that the names stand in every completion as they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from zhishu.formula.tree import Call, Logic, Name, Node, names
from zhishu.judge.hazards import Hazards
from zhishu.judge.ruleset import ATOM, RuleSet, over_atoms

UNIT = "_u"


@dataclass(frozen=True, slots=True)
class Units:
    """The conditions of a book over named parts: by the fact, each part by its name as logic over its questions.

    A part of one question keeps the question's own name.
    """

    conditions: tuple[Node, ...]
    by_fact: Mapping[str, Mapping[str, Node]]


def units(rules: RuleSet, found: Hazards) -> Units:
    """Return the conditions of a book with the parts that read one word alone named."""
    completed = {i for hazard in found.completed for i in hazard.atoms}
    inside = {
        f"{ATOM}{i}": fact
        for fact, profile in rules.profiles.items()
        if rules.domains[fact].kind == "word"
        for i in profile.atoms
        if i not in completed
    }
    known: dict[Node, Name] = {}
    by_fact: dict[str, dict[str, Node]] = {}

    def of(node: Node) -> Node:
        read = {inside.get(name) for name in names(node)}
        fact = read.pop() if len(read) == 1 else None
        if fact is not None:
            if node not in known:
                known[node] = node if isinstance(node, Name) else Name(f"{UNIT}{len(known)}")
                by_fact.setdefault(fact, {})[known[node].id] = node
            return known[node]
        match node:
            case Logic(op, terms):
                return Logic(op, tuple(of(t) for t in terms))
            case Call("when", args):
                return Call("when", tuple(of(a) for a in args))
            case _:
                return node

    return Units(tuple(of(node) for node in over_atoms(rules)), by_fact)
