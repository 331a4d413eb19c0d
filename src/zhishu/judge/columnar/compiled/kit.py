"""The compiled way of judging by column."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import chain

import numpy as np
import numpy.typing as npt
import polars as pl

from zhishu.formula.tree import names
from zhishu.judge.columnar import arrow, kit
from zhishu.judge.columnar.compiled import loops
from zhishu.judge.columnar.compiled.lines import Line, Program
from zhishu.judge.columnar.lists import spoken_of
from zhishu.judge.columnar.numbers import Plain, Quotient, Same, Sum, Within
from zhishu.judge.columnar.planes import Planes, Words, absent, never, packed, planes_of
from zhishu.judge.columnar.verdicts import Concluded, ends, reached
from zhishu.judge.columnar.words import Coded, Codes
from zhishu.judge.columnar.words import coded as engine_coded
from zhishu.judge.laid import Laid
from zhishu.judge.register import Plan
from zhishu.judge.ruleset import ATOM

FEW_WORDS, MOST_WORDS = 1 << 11, 1 << 15
"""Distinct words that room is made for at first, and then; a column of more is left to the engine."""
WIDTH = 64
"""Words of a plane that are worked on at a time: the lines of a book stay near the processor."""


def coded(column: pl.Series) -> Coded:
    """Return a column of words by number.

    >>> coded(pl.Series(["青神县", None, "沐川县第二产业园区", "青神县"])).codes.tolist()
    [1, 0, 2, 1]
    """
    codes = np.empty(len(column), dtype=np.uint16)
    if column.null_count() == len(column):
        codes[:] = 0
        return Coded((), codes)
    known = ~absent(column)
    with arrow.lent(column) as array:
        held = arrow.views(array), *arrow.spilled(array), known
        for most in (FEW_WORDS, MOST_WORDS):
            firsts = np.empty(most, dtype=np.int64)
            count = loops.number_words(*held, np.zeros((2 * most, 4), dtype=np.uint64), codes, firsts)
            if count >= 0:
                return Coded(tuple(column.gather(firsts[:count]).to_list()), codes)
    return engine_coded(column)


def spread(bytes_: npt.NDArray[np.uint8], codes: Codes, parts: int) -> list[Words]:
    """Return the first bits of the byte of each row's number as planes.

    >>> [p.tolist() for p in spread(np.array([0, 3, 2], dtype=np.uint8), np.array([1, 0, 2], dtype=np.uint16), 2)]
    [[1], [5]]
    """
    out = np.empty((parts, -(-len(codes) // 64)), dtype=np.uint64)
    loops.spread_bytes(bytes_, codes, out)
    return list(out)


def told(asked: Mapping[int, Plain], frame: pl.DataFrame, missing: Mapping[str, Words]) -> dict[int, Planes[Words]]:
    """Return the planes of plain questions; words beside a written one are asked of the engine."""
    sums = {i: q for i, q in asked.items() if isinstance(q, Sum | Quotient | Within)}
    facts = {i: planes_of(frame[q]) for i, q in asked.items() if isinstance(q, str)}
    rest = {i: q for i, q in asked.items() if isinstance(q, Same)}
    found = facts | (kit.told(rest, frame, missing) if rest else {})
    with ExitStack() as held:
        columns = {
            fact: arrow.numbers(held.enter_context(arrow.lent(frame[fact].cast(pl.Int64))))
            for fact in sorted({f for q in sums.values() for f in _facts(q)})
            if len(frame)
        }
        return found | {i: _asked(q, columns, missing, len(frame)) for i, q in sums.items()}


def _facts(asked: Sum | Quotient | Within) -> list[str]:
    match asked:
        case Sum(times):
            return [f for f, _ in times]
        case Quotient(crossed):
            return _facts(crossed)
        case Within(inside):
            return _facts(inside)


def _asked(
    asked: Sum | Quotient | Within,
    columns: Mapping[str, npt.NDArray[np.int64]],
    missing: Mapping[str, Words],
    rows: int,
) -> Planes[Words]:
    unknown = np.zeros(-(-rows // 64), dtype=np.uint64)
    for fact in _facts(asked):
        unknown |= missing[fact]
    match asked:
        case Quotient(crossed, divisor):
            unknown |= _compared(Sum(((divisor, 1),), "==", 0), columns, rows)
            holds = fits = _compared(crossed, columns, rows)
        case Within(inside, outside):
            holds, fits = _compared(inside, columns, rows), ~_compared(outside, columns, rows)
        case Sum():
            holds = fits = _compared(asked, columns, rows)
    return Planes(holds & ~unknown, fits | unknown)


def _compared(asked: Sum, columns: Mapping[str, npt.NDArray[np.int64]], rows: int) -> Words:
    """Return where a sum of whole numbers stands to its limit; of a row with a missing number it may be either."""

    def reaches(limit: int) -> Words:
        out = np.zeros(-(-rows // 64), dtype=np.uint64)
        if rows:
            terms = [(columns[f], n) for f, n in asked.times]
            if len(terms) == 1:
                loops.at_least(*terms[0], limit, out)
            else:
                loops.sum_at_least(*terms[0], *terms[1], limit, out)
        return out

    match asked.op:
        case ">=":
            return reaches(asked.limit)
        case ">":
            return reaches(asked.limit + 1)
        case "<":
            return ~reaches(asked.limit)
        case "<=":
            return ~reaches(asked.limit + 1)
        case "==":
            return reaches(asked.limit) & ~reaches(asked.limit + 1)
        case _:
            return ~reaches(asked.limit) | reaches(asked.limit + 1)


def listed(laid: Laid, columns: Mapping[str, Coded], days: pl.Series | None) -> Planes[Words]:
    """Return the planes of a list over keys by number, as ``lists.listed`` does."""
    rows = len(next(iter(columns.values())).codes)
    cells = np.zeros(rows, dtype=np.int32)
    for key in laid.keys:
        loops.add_class(key.of(columns[key.fact].words), key.size(), columns[key.fact].codes, cells)
    out = np.empty((2, -(-rows // 64)), dtype=np.uint64)
    room = np.empty((2, 64), dtype=np.int32)
    with ExitStack() as held:
        day, known = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.uint64)
        if days is not None and rows:
            known = ~absent(days)
            day = arrow.days(held.enter_context(arrow.lent(days.cast(pl.Date))))
        loops.look_up(cells, laid.places, day, known, days is not None, laid.stretches, laid.surely, out, *room)
    may = out[1] if laid.speaks is None else out[1] | ~packed(spoken_of(laid.speaks, days, rows))
    return Planes(out[0], may)


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


def compiled(plan: Plan) -> kit.Kit:
    """Return the compiled way for a plan, its logic written down."""
    return kit.Kit(0, coded, spread, told, listed, partial(conclude, recorded(plan)))
