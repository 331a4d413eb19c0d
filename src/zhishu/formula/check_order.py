"""The order in which formulas are computed; a cycle is a problem that prints the cycle."""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from zhishu.errors import Problem, ZhishuError
from zhishu.formula.tree import Node, names
from zhishu.terms import Text

_MAX_SHOWN = 20


def order(declarations: Mapping[str, Node], where: str = "formula") -> tuple[str, ...]:
    """Return the declared names so that each comes after those it reads.

    Names inside row aggregates are those of the rows and do not count; see ``arrange`` for other graphs.

    Raises ZhishuError ``formula-cycle``.

    >>> from zhishu.formula.parse import parse
    >>> order({"rate": parse("supplied / approved"), "gate": parse("rate < 0.6")})
    ('rate', 'gate')
    """
    return arrange({name: names(node) for name, node in declarations.items()}, where)


def arrange(reads: Mapping[str, Iterable[str]], where: str = "formula") -> tuple[str, ...]:
    """Return the keys so that each comes after those it reads; what is no key is an input.

    Raises ZhishuError ``formula-cycle``, one problem for each cycle.

    >>> arrange({"a": ["b"], "b": ["a"]})
    Traceback (most recent call last):
    zhishu.errors.ZhishuError: formula: the formulas read each other in a circle: a → b → a → repair: \
break the circle: compute one of them from inputs [formula-cycle]
    """
    graph = {name: sorted(set(reads[name]) & reads.keys()) for name in sorted(reads)}
    problems: list[Problem] = []
    while len(problems) < _MAX_SHOWN:
        try:
            arranged = tuple(TopologicalSorter(graph).static_order())
        except CycleError as error:
            cycle = _from_least(error.args[1])
            problems.append(_problem(cycle, where))
            graph = {
                name: [other for other in parts if other not in cycle]
                for name, parts in graph.items()
                if name not in cycle
            }
        else:
            if not problems:
                return arranged
            break
    raise ZhishuError(problems)


def _from_least(found: list[str]) -> list[str]:
    """Return a cycle in the direction of reading, from its first name to the same name."""
    ring = found[:0:-1]
    start = ring.index(min(ring))
    return [*ring[start:], *ring[:start], ring[start]]


def _problem(cycle: list[str], where: str) -> Problem:
    shown = cycle if len(cycle) <= _MAX_SHOWN else [*cycle[:10], "…", *cycle[-9:]]
    path = " → ".join(shown)
    return Problem(
        "formula-cycle",
        where,
        Text(f"公式互相引用成环：{path}", f"the formulas read each other in a circle: {path}"),
        Text("断开其中一处，改由输入计算", "break the circle: compute one of them from inputs"),
    )
