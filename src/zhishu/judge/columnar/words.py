"""Questions on words answered once for each distinct word, then spread over the rows by its number."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from zhishu.judge.answers import Answers
from zhishu.judge.columnar.planes import Planes, Words, columns_of
from zhishu.judge.ruleset import RuleSet
from zhishu.judge.skeleton import OPEN, YES

Codes = npt.NDArray[np.unsignedinteger]
Spread = Callable[[npt.NDArray[np.uint8], Codes, int], list[Words]]
"""Gives each row the byte of its number, and the first bits of it as planes."""
EARLY = 50_000
"""Rows in which the words of a long table are looked for first."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of words: the distinct ones as they are met, and for each row the number of its own from 1; 0 is missing."""

    words: tuple[str, ...]
    codes: Codes


def coded(column: pl.Series) -> Coded:
    """Return a column of words by number.

    >>> coded(pl.Series(["青神县", None, "沐川县", "青神县"])).codes.tolist()
    [1, 0, 2, 1]
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
    return Coded(tuple(words.to_list()), (places + 1).fill_null(0).to_numpy())


def spread(bytes_: npt.NDArray[np.uint8], codes: Codes, parts: int) -> list[Words]:
    """Return the first bits of the byte of each row's number as planes."""
    return columns_of(np.take(bytes_, codes), parts)


def answered(
    rules: RuleSet, answers: Answers, column: Coded, missing: Words, spread: Spread
) -> dict[str, Planes[Words]]:
    """Return the planes of the named parts of conditions that read one fact alone."""
    truths = np.array([answers.blank(), *answers.of(rules, column.words)], dtype=np.int8)
    found: dict[str, Planes[Words]] = {}
    for start in range(0, len(answers.parts), 8):
        here, said = list(answers.parts)[start : start + 8], truths[:, start : start + 8]
        surely = spread(_bytes(said == YES), column.codes, len(here))
        perhaps = said == OPEN
        # mostly it is open where the word is missing, and nowhere else
        open_ = spread(_bytes(perhaps), column.codes, len(here)) if perhaps[1:].any() else [missing] * len(here)
        for i, name in enumerate(here):
            found[name] = Planes(surely[i], surely[i] | open_[i] if perhaps[:, i].any() else surely[i])
    return found


def _bytes(truths: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint8]:
    return np.packbits(truths, axis=1, bitorder="little").ravel()
