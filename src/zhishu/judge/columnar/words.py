"""Questions on words answered once for each distinct word, then spread over the rows by its number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from zhishu.formula.tree import Call, Compare, Name, Word
from zhishu.judge.columnar.planes import Planes, columns_of, packed
from zhishu.judge.laid import NEVER, Laid
from zhishu.judge.ruleset import RuleSet
from zhishu.judge.skeleton import Atom
from zhishu.logic import Truth

Codes = npt.NDArray[np.unsignedinteger]


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
    distinct = held.drop_nulls().unique()
    places = distinct.to_physical()
    words = distinct.cast(pl.String).gather(places.arg_sort())
    assert len(words) == 0 or places.max() == len(words) - 1, "categories are numbered as they are met"
    return Coded(tuple(words.to_list()), held.to_physical().fill_null(len(words)).to_numpy())


def answered(rules: RuleSet, fact: str, atoms: Sequence[int], column: Coded) -> dict[int, Planes]:
    """Return the planes of the questions that read this fact alone."""
    found: dict[int, Planes] = {}
    for start in range(0, len(atoms), 8):
        here = atoms[start : start + 8]
        sure = np.zeros(len(column.words) + 1, dtype=np.uint8)
        may = np.zeros(len(column.words) + 1, dtype=np.uint8)
        may[-1] = 255
        for i, place in enumerate(here):
            truths = _truths(rules, rules.skeleton.atoms[place], fact, column.words)
            sure[:-1] |= np.array([t is True for t in truths], dtype=np.uint8) << i
            may[:-1] |= np.array([t is not False for t in truths], dtype=np.uint8) << i
        surely, maybe = columns_of(sure[column.codes], len(here)), columns_of(may[column.codes], len(here))
        found.update({place: Planes(a, b) for place, a, b in zip(here, surely, maybe, strict=True)})
    return found


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
        cells = cells * np.int32(key.size()) + classes[columns[key.fact].codes]
    rows = laid.places[cells]
    hit = np.flatnonzero(rows >= 0)
    at = rows[hit]
    surely = np.zeros(len(hit), dtype=bool)
    perhaps = np.zeros(len(hit), dtype=bool)
    day = None if days is None else days[hit]
    for layers, sort in ((laid.sure, surely), (laid.maybe, perhaps)):
        for begins, ends in layers:
            first = begins[at]
            has = first > NEVER
            if day is None:
                sort |= has
                continue
            known = day > NEVER
            inside = has & known & (day >= first) & (day <= ends[at])
            sort |= inside
            # an unknown day may be any: what would surely hold on it may hold
            perhaps |= has & ~known
    sure, may = np.zeros(len(rows), dtype=bool), np.zeros(len(rows), dtype=bool)
    sure[hit], may[hit] = surely, surely | perhaps
    if laid.speaks is not None:
        may |= ~_spoken_of(laid.speaks, days, len(rows))
    return Planes(packed(sure), packed(may))


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
