"""The logic of a book written down once, and done over the planes of any table."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from zhishu.formula.tree import names
from zhishu.judge.columnar.compiled import loops
from zhishu.judge.columnar.compiled.lines import Line, Program
from zhishu.judge.columnar.planes import Planes, Words, never
from zhishu.judge.columnar.verdicts import Concluded, ends, reached
from zhishu.judge.register import Plan
from zhishu.judge.ruleset import ATOM

WIDTH = 64
"""Words of a plane that are worked on at a time: the lines of a book stay near the processor."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The logic of a plan written down: the names it reads, each as two given planes, then the missing facts; its steps, and
    the planes that are wanted: outcomes left, rules that hold, rules that are open, facts that are missing.

    Each of the four is filled up to eights, and begins with the eight that ``parts`` says.
    """

    names: tuple[str, ...]
    steps: npt.NDArray[np.int64]
    wanted: npt.NDArray[np.int64]
    parts: npt.NDArray[np.int64]

    def kind(self) -> type[np.unsignedinteger] | type[np.signedinteger]:
        """Return the kind of numbers that hold the bits of the longest part."""
        return np.uint16 if np.diff(self.parts).max() <= 2 else np.int64


def recorded(plan: Plan) -> Recorded:
    """Return the logic of a plan written down."""
    program = Program()
    nodes = chain(plan.units.conditions, *(conditions for _, conditions in plan.ways))
    asked = {f"{ATOM}{i}" for hazard in plan.hazards.completed for i in hazard.atoms}
    read = sorted(asked.union(*(names(node) for node in nodes)))
    lines = {name: Planes(program.give(), program.give()) for name in read}
    absences = [program.give() for _ in plan.facts]
    found = reached(plan, lines)
    fired, open_ = [r.sure for r in found.rules], [r.may & ~r.sure for r in found.rules]
    wanted: list[Line] = []
    parts = [0]
    for part in (found.left, fired, open_, absences):
        wanted += [*part, *[never(found.left[0])] * (-len(part) % 8)]
        parts.append(len(wanted) // 8)
    steps, places = np.array(program.steps, dtype=np.int64), np.array([line.place for line in wanted], dtype=np.int64)
    return Recorded(tuple(read), steps, places, np.array(parts, dtype=np.int64))


def conclude(
    made: Recorded, plan: Plan, named: Mapping[str, Planes[Words]], missing: Mapping[str, Words], rows: int
) -> Concluded:
    """Return what the named answers of so many rows come to, as ``verdicts.conclude`` does."""
    given = [words for name in made.names for words in (named[name].sure, named[name].may)]
    planes = np.array([*given, *(missing[f] for f in plan.facts)])
    desk = np.zeros((len(planes) + len(made.steps), WIDTH), dtype=np.uint64)
    squares = np.empty(8 * WIDTH, dtype=np.uint64)
    out = np.empty((4, rows), dtype=made.kind())
    loops.settle(
        made.steps, planes, made.wanted, made.parts, desk, desk.view(np.uint8), squares, squares.view(np.uint8), out
    )
    best, worst = np.empty((2, rows), dtype=np.int8)
    for table, end in zip(ends(len(plan.rules.order)), (best, worst), strict=True):
        loops.take(table, out[0], end)
    return Concluded(best, worst, *out[1:])
