"""A rule book over a table in memory: the same verdicts as ``judge_register``, in planes of bits."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import narwhals as nw
import numpy as np
import numpy.typing as npt
import polars as pl

from zhishu.formula.tree import Name, Node, names
from zhishu.judge.columnar.numbers import plain
from zhishu.judge.columnar.planes import Planes, Words, every, masks, planes_of, some, unpacked, weighed
from zhishu.judge.columnar.words import Coded, answered, coded, listed, on_words
from zhishu.judge.laid import NEVER, lay_out
from zhishu.judge.register import Plan, asked
from zhishu.judge.ruleset import ATOM

LONG = 200_000
"""A table of so many rows is judged in two halves at once."""
FEW = 4


def judge_chunk(plan: Plan, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the verdict of each row in the order of the rows; columns as ``judge_register`` gives them.

    Raises what ``compile_register`` does.
    """
    if len(frame) < LONG:
        return _judged(plan, frame)
    # rows do not know of each other, and numpy and polars let another thread go on
    half = len(frame) // 2
    with ThreadPoolExecutor(1) as pool:
        rest = pool.submit(_judged, plan, frame[half:])
        return pl.concat([_judged(plan, frame[:half]), rest.result()])


def _judged(plan: Plan, frame: pl.DataFrame) -> pl.DataFrame:
    rules = plan.rules
    spread = on_words(rules, dict(frame.schema))
    keys = {m.fact for d in rules.lists.values() if d.entries is not None for m in d.match}
    # a word that few questions ask for, and no list, is compared as it stands
    words = {f: places for f, places in spread.items() if f in keys or len(places) > FEW}
    asked_of_words = {i for places in words.values() for i in places}
    simple = plain(rules, frame, [i for i in range(len(rules.skeleton.atoms)) if i not in asked_of_words])
    columns = {f: coded(frame[f].cast(pl.String)) for f in sorted({*words, *keys})}
    answers = frame.lazy().select(
        *(e.alias(f"{ATOM}{i}") for i, e in simple.items()), *(pl.col(f).is_null().alias(f"n{f}") for f in plan.facts)
    )
    told = {c.name: planes_of(c) for c in answers.collect().iter_columns()}
    missing = {f: told[f"n{f}"].sure for f in plan.facts}
    named = {f"{ATOM}{i}": told[f"{ATOM}{i}"] for i in simple}
    for fact, places in words.items():
        named.update(answered(rules, places, fact, _parts(plan, fact, places), columns[fact], missing[fact]))
    named.update({f"{ATOM}{i}": planes for i, planes in _lists(plan, frame, columns).items()})
    left = [i for i in range(len(rules.skeleton.atoms)) if i not in asked_of_words and f"{ATOM}{i}" not in named]
    if left:
        table = asked(nw.from_native(frame.lazy()), rules, left, {})
        rest = table.select(*(nw.col(f"{ATOM}{i}") for i in left)).to_native().collect()
        named.update({f"{ATOM}{i}": planes_of(rest[f"{ATOM}{i}"]) for i in left})
    for fact, parts in plan.units.by_fact.items():
        if fact not in words:
            named.update({name: weighed(node, named, {}) for name, node in parts.items()})
    return _verdicts(plan, frame, named, [missing[f] for f in plan.facts])


def _parts(plan: Plan, fact: str, places: Sequence[int]) -> dict[str, Node]:
    """Return the parts to answer for each word: those that are named, and the questions that are in none."""
    parts = dict(plan.units.by_fact.get(fact, {}))
    inside = frozenset().union(*(names(node) for node in parts.values()))
    return parts | {name: Name(name) for i in places if (name := f"{ATOM}{i}") not in inside}


def _lists(plan: Plan, frame: pl.DataFrame, columns: Mapping[str, Coded]) -> dict[int, Planes]:
    found: dict[int, Planes] = {}
    for i, atom in enumerate(plan.rules.skeleton.atoms):
        dated = None if atom.list is None else plan.rules.lists[atom.list]
        if dated is None or dated.entries is None:
            continue
        laid = plan.laid.get(dated.id) or lay_out(dated, plan.rules.on, {f: c.words for f, c in columns.items()})
        assert laid is not None
        days = None
        if laid.on is not None:
            days = frame[laid.on].to_physical().cast(pl.Int32).fill_null(int(NEVER)).to_numpy()
        found[i] = listed(laid, columns, days)
    return found


def _verdicts(plan: Plan, frame: pl.DataFrame, named: Mapping[str, Planes], missing: Sequence[Words]) -> pl.DataFrame:
    rules, rows = plan.rules, len(frame)
    base: dict[Node, Planes] = {}
    held = [weighed(node, named, base) for node in plan.units.conditions]
    best, worst = _ends(_left(plan, named, base), rows)
    sure = best == worst
    loose = [m for m, f in zip(missing, plan.facts, strict=True) if f in plan.hazards.loose]
    exact = sure | ~unpacked(some(loose), rows) if loose else np.ones(rows, dtype=bool)
    places = pl.Series("verdict", best)
    return pl.DataFrame(
        {
            rules.book.key: frame[rules.book.key],
            "verdict": places.set(~pl.Series(sure), None),
            "best": best,
            "worst": worst,
            "fired": pl.Series(masks([h.sure for h in held], rows)).cast(pl.Int64),
            "open": pl.Series(masks([h.may & ~h.sure for h in held], rows)).cast(pl.Int64),
            "missing": pl.Series(masks(missing, rows)).cast(pl.Int64),
            "exact": exact,
        }
    )


def _ends(left: Sequence[Words], rows: int) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.int8]]:
    """Return the best and the worst of the outcomes that are left; the number of outcomes where there is none."""
    every_way = range(1 << len(left))
    best = np.array([(w & -w).bit_length() - 1 if w else len(left) for w in every_way], dtype=np.int8)
    worst = np.array([w.bit_length() - 1 if w else len(left) for w in every_way], dtype=np.int8)
    held = masks(left, rows)
    return np.take(best, held), np.take(worst, held)


def _left(plan: Plan, named: Mapping[str, Planes], base: dict[Node, Planes]) -> list[Words]:
    """Return for each outcome where it is possible, over every completion a row allows."""
    rules = plan.rules
    allowed: dict[tuple[str, tuple[bool, ...]], Words] = {}
    for hazard in plan.hazards.completed:
        for truths in hazard.answers:
            parts = [
                named[f"{ATOM}{i}"].may if t else ~named[f"{ATOM}{i}"].sure
                for i, t in zip(hazard.atoms, truths, strict=True)
            ]
            allowed[(hazard.fact, truths)] = every(parts)
    found: list[list[Words]] = [[] for _ in rules.order]
    for completion, conditions in plan.ways:
        held = [weighed(node, named, base) for node in conditions]
        here = [allowed[(hazard.fact, truths)] for hazard, truths in completion]
        for o, way in enumerate(_ways(plan, held)):
            found[o].append(every([*here, way]))
    return [some(ways) for ways in found]


def _ways(plan: Plan, held: list[Planes]) -> list[Words]:
    """Return where each outcome is possible; as ``outcomes.standing`` says of one case."""
    rules = plan.rules
    none = np.zeros_like(held[0].sure)
    if rules.book.combine == "first":
        found = [none.copy() for _ in rules.order]
        before = none
        for give, rule in zip(rules.gives, held, strict=True):
            found[give] |= rule.may & ~before
            before = before | rule.sure
        found[rules.otherwise] |= ~before
        return found
    sure, may = [none] * len(rules.order), [none] * len(rules.order)
    for give, rule in zip(rules.gives, held, strict=True):
        sure[give], may[give] = sure[give] | rule.sure, may[give] | rule.may
    may[rules.otherwise] = may[rules.otherwise] | ~some(sure)
    worse = none
    ways: list[Words] = []
    for o in reversed(range(len(rules.order))):
        ways.append(may[o] & ~worse)
        worse = worse | sure[o]
    return ways[::-1]
