"""Questions on words answered once for each distinct word, then spread over the rows by its number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from zhishu.formula.tree import Call, Compare, Name, Word
from zhishu.judge.columnar.planes import Planes, columns_of, packed
from zhishu.judge.lookup import Lookup
from zhishu.judge.ruleset import RuleSet
from zhishu.judge.skeleton import Atom
from zhishu.logic import Truth

Codes = npt.NDArray[np.intp]
_EVER = np.iinfo(np.int32)


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of words: the distinct ones in order, and for each row the place of its own; missing comes last."""

    words: tuple[str, ...]
    codes: Codes


def coded(column: pl.Series) -> Coded:
    """Return a column of words by number.

    >>> coded(pl.Series(["青神县", None, "沐川县", "青神县"])).codes.tolist()
    [1, 2, 0, 1]
    """
    distinct = column.drop_nulls().unique().sort()
    numbers = column.cast(pl.Enum(distinct)).to_physical().cast(pl.Int64).fill_null(len(distinct))
    return Coded(tuple(distinct.to_list()), numbers.to_numpy())


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


def listed(lookup: Lookup, columns: Mapping[str, Coded], days: npt.NDArray[np.int64] | None) -> Planes:
    """Return the planes of a list over keys by number; ``days`` counts from 1970, −2⁶³ where the day is missing."""
    shape = tuple(len(columns[k].words) + 1 for k in lookup.keys)
    cells = np.ravel_multi_index([columns[k].codes for k in lookup.keys], shape)
    places = np.full(int(np.prod(shape)), len(lookup.table), dtype=np.int32)
    keys = [_places(lookup.table[lookup.key(k)], columns[k].words) for k in lookup.keys]
    places[np.ravel_multi_index(keys, shape)] = np.arange(len(lookup.table), dtype=np.int32)
    rows = places[cells]
    sure = np.zeros(len(cells), dtype=bool)
    may = np.zeros(len(cells), dtype=bool)
    hit = np.flatnonzero(rows < len(lookup.table))
    at = rows[hit]
    day = None if days is None else days[hit]
    for sort, depth in (("s", lookup.sure), ("m", lookup.maybe)):
        for i in range(depth):
            begins, ends = (_days(lookup.table[f"_{sort}{i}{e}_{lookup.name}"]) for e in "ft")
            has = begins[at] > _EVER.min
            if day is None:
                inside, open_ = has, np.zeros(len(at), dtype=bool)
            else:
                known = day > np.iinfo(np.int64).min
                inside = has & known & (day >= begins[at]) & (day <= ends[at])
                open_ = has & ~known
            if sort == "s":
                sure[hit] |= inside
            may[hit] |= inside | open_
    return Planes(packed(sure), packed(may))


def _places(column: pl.Series, words: Sequence[str]) -> Codes:
    order = {word: i for i, word in enumerate(words)}
    return np.array([order.get(word, len(words)) for word in column.to_list()], dtype=np.intp)


def _days(column: pl.Series) -> npt.NDArray[np.int64]:
    return column.to_physical().cast(pl.Int64).fill_null(int(_EVER.min)).to_numpy()
