"""The work of judging by column that can be done in two ways, numpy's and polars' or compiled, with the same results."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec

import polars as pl

from zhishu.judge.columnar.lists import listed
from zhishu.judge.columnar.numbers import Plain, expression
from zhishu.judge.columnar.planes import Planes, Words, planes_of
from zhishu.judge.columnar.verdicts import Concluded, conclude
from zhishu.judge.columnar.words import Coded, Spread, coded, spread
from zhishu.judge.laid import Laid
from zhishu.judge.register import Plan

COMPILED_FROM = 30_000_000
"""Rows of a register from which compiled loops save more than the second they take to be made ready, once they are kept on disk."""


@dataclass(frozen=True, slots=True)
class Kit:
    """One way to do it: words by number, bytes spread over rows, plain questions, lists, and what they come to.

    A fact of words with at most ``few`` questions is compared as it stands, where no list reads it.
    """

    few: int
    coded: Callable[[pl.Series], Coded]
    spread: Spread
    told: Callable[[Mapping[int, Plain], pl.DataFrame, Mapping[str, Words]], dict[int, Planes[Words]]]
    listed: Callable[[Laid, Mapping[str, Coded], pl.Series | None], Planes[Words]]
    conclude: Callable[[Plan, Mapping[str, Planes[Words]], Mapping[str, Words], int], Concluded]


def told(asked: Mapping[int, Plain], frame: pl.DataFrame, missing: Mapping[str, Words]) -> dict[int, Planes[Words]]:
    """Return the planes of plain questions, asked of the engine together."""
    answers = frame.lazy().select(expression(q).alias(f"{i}") for i, q in asked.items()).collect()
    return {i: planes_of(answers[f"{i}"]) for i in asked}


PLAIN = Kit(4, coded, spread, told, listed, conclude)


def kit_for(plan: Plan, rows: int) -> Kit:
    """Return the way to judge a register of so many rows: compiled where it is long and numba is installed."""
    return compiled(plan) if rows >= COMPILED_FROM and find_spec("numba") is not None else PLAIN


def compiled(plan: Plan) -> Kit:
    """Return the compiled way for a plan. Raises ImportError where numba is not installed (the extra ``fast``)."""
    from zhishu.judge.columnar.compiled import kit

    return kit.compiled(plan)
