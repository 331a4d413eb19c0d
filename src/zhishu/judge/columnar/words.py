"""Questions on words answered once for each distinct word, then spread over the rows by its number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from zhishu.formula.tree import Call, Compare, Name, Node, Word
from zhishu.judge.columnar.planes import Planes, Words, columns_of, packed
from zhishu.judge.hazards import truth_of
from zhishu.judge.laid import NEVER, Days, Laid
from zhishu.judge.ruleset import RuleSet
from zhishu.judge.skeleton import OPEN, YES, Atom, three
from zhishu.logic import Truth

Codes = npt.NDArray[np.unsignedinteger]
EARLY = 50_000
"""Rows in which the words of a long table are looked for first."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of words: the distinct ones, and for each row the place of its own; missing comes last."""

    words: tuple[str, ...]
    codes: Codes


def coded(column: pl.Series) -> Coded:
    """Return a column of words by number, the numbers as the words are met.

    >>> coded(pl.Series(["青神县", None, "沐川县", "青神县"])).codes.tolist()
    [0, 2, 1, 0]
    """
    # categories of their own: what one table holds is not kept for the next
    held = column.cast(pl.Categorical(pl.Categories.random()))
    places = held.to_physical()
    highest = places.max()
    count = highest + 1 if isinstance(highest, int) else 0
    # most words are met early
    distinct = held.head(EARLY).drop_nulls().unique()
    if len(distinct) < count:
        distinct = held.drop_nulls().unique()
    assert len(distinct) == count, "categories are numbered as they are met"
    words = distinct.cast(pl.String).gather(distinct.to_physical().arg_sort())
    return Coded(tuple(words.to_list()), places.fill_null(count).to_numpy())


def answered(
    rules: RuleSet, atoms: tuple[int, ...], fact: str, parts: Mapping[str, Node], column: Coded, missing: Words
) -> dict[str, Planes]:
    """Return the planes of the named parts of conditions that read these questions on one fact alone."""
    classes: dict[tuple[int, ...], int] = {}
    of_word = [classes.setdefault(told, len(classes)) for told in _told(rules, atoms, fact, column.words)]
    blank = len(classes)
    codes = np.take(np.array([*of_word, blank], dtype=np.uint32), column.codes)
    answers = [dict(zip(atoms, told, strict=True)) for told in (*classes, (OPEN,) * len(atoms))]
    found: dict[str, Planes] = {}
    for start in range(0, len(parts), 8):
        here = list(parts)[start : start + 8]
        truths = np.array([[truth_of(parts[name], known) for name in here] for known in answers])
        bits = 1 << np.arange(len(here))
        surely = columns_of(np.take(((truths == YES) @ bits).astype(np.uint8), codes), len(here))
        perhaps = truths == OPEN
        open_ = [missing] * len(here) if not perhaps[:blank].any() else None
        if open_ is None:
            open_ = columns_of(np.take((perhaps @ bits).astype(np.uint8), codes), len(here))
        for i, name in enumerate(here):
            found[name] = Planes(surely[i], surely[i] | open_[i] if perhaps[:, i].any() else surely[i])
    return found


def _told(rules: RuleSet, atoms: Sequence[int], fact: str, words: Sequence[str]) -> list[tuple[int, ...]]:
    """Return for each word the answers to the questions: those the book was made ready with, the others asked."""
    profile = rules.profiles.get(fact)
    known = profile.told if profile is not None and profile.atoms == tuple(atoms) else {}
    new = [word for word in words if word not in known]
    asked = [[three(t) for t in _truths(rules, rules.skeleton.atoms[i], fact, new)] for i in atoms] if new else []
    told = dict(zip(new, zip(*asked, strict=True), strict=True))
    return [known[word] if word in known else told[word] for word in words]


def _truths(rules: RuleSet, atom: Atom, fact: str, words: Sequence[str]) -> list[Truth]:
    """Return the answer to a question for each word; the plain ones without evaluating a formula."""
    match atom.node:
        case Call("starts_with", (Name(), Word(beginning))) if beginning:
            return [w.startswith(beginning) for w in words]
        case Compare("==", Name(), Word(other)):
            return [w == other for w in words]
        case Compare("!=", Name(), Word(other)):
            return [w != other for w in words]
        case _:
            return [rules.answer(atom, {fact: word}) for word in words]


def on_words(rules: RuleSet, kinds: Mapping[str, pl.DataType]) -> dict[str, tuple[int, ...]]:
    """Return the questions that read one column of words alone, by the fact."""
    found: dict[str, list[int]] = {}
    for i, atom in enumerate(rules.skeleton.atoms):
        if atom.list is None and len(atom.facts) == 1:
            (fact,) = atom.facts
            if kinds.get(fact) == pl.String:
                found.setdefault(fact, []).append(i)
    return {fact: tuple(places) for fact, places in found.items()}


def listed(laid: Laid, columns: Mapping[str, Coded], days: npt.NDArray[np.int32] | None) -> Planes:
    """Return the planes of a list over keys by number; ``days`` counts from 1970, −2³¹ where the day is missing."""
    cells = np.zeros(len(next(iter(columns.values())).codes), dtype=np.int32)
    for key in laid.keys:
        classes = key.of(columns[key.fact].words)
        cells = cells * np.int32(key.size()) + np.take(classes, columns[key.fact].codes)
    rows = np.take(laid.places, cells)
    hit = np.flatnonzero(rows >= 0)
    at = rows[hit]
    day = None if days is None else days[hit]
    surely, ever = _in_force(laid.sure, at, day)
    perhaps, sometime = _in_force(laid.maybe, at, day)
    if day is not None:
        # an unknown day may be any: what would surely hold on it may hold
        perhaps |= (ever | sometime) & (day == NEVER)
    sure, may = np.zeros(len(rows), dtype=bool), np.zeros(len(rows), dtype=bool)
    sure[hit], may[hit] = surely, surely | perhaps
    if laid.speaks is not None:
        may |= ~_spoken_of(laid.speaks, days, len(rows))
    return Planes(packed(sure), packed(may))


def _in_force(
    layers: Sequence[tuple[Days, Days]], at: npt.NDArray[np.int32], day: npt.NDArray[np.int32] | None
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return which places of a list have an entry in force on their day, and which have one on some day.

    A place that has no stretch in one layer has none in the next. Of a missing day nothing is in force.
    """
    found, ever = np.zeros(len(at), dtype=bool), np.zeros(len(at), dtype=bool)
    places = np.arange(len(at))
    for begins, ends in layers:
        first = np.take(begins, at)
        has = np.flatnonzero(first > NEVER)
        at, first, places = at[has], first[has], places[has]
        ever[places] = True
        if day is not None:
            day = day[has]
            found[places] |= (day >= first) & (day <= np.take(ends, at))
    return (ever.copy(), ever) if day is None else (found, ever)


def _spoken_of(
    stretches: Sequence[tuple[int, int]], days: npt.NDArray[np.int32] | None, rows: int
) -> npt.NDArray[np.bool_]:
    """Return whether a list speaks of the day of each row; of a missing day it does not."""
    if days is None:
        return np.full(rows, bool(stretches))
    found = np.zeros(rows, dtype=bool)
    for begins, ends in stretches:
        found |= (days >= begins) & (days <= ends)
    return found
