"""An index that pages look at: the table, the choices, and what follows from both."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from zhishu.errors import Problem, ZhishuError
from zhishu.score.index import Index
from zhishu.score.steps.sure import Varied
from zhishu.surfaces.web.index.chosen import Chosen, index_as
from zhishu.surfaces.web.index.sheet import Sheet
from zhishu.terms import Language, Text

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Made:
    """A table with choices and the index they make; ``asked`` is what else its address says, such as a unit."""

    sheet: Sheet
    chosen: Chosen
    index: Index
    asked: dict[str, str]
    lang: Language
    text: float

    @property
    def varied(self) -> Varied:
        """Return what the runs of its intervals vary."""
        return self.index.varied(self.chosen.shift, self.chosen.runs, self.chosen.seed)

    def place(self, key: str, of: int, plain: int = 1) -> int:
        """Return a place from 1 to ``of`` that the address names, ``plain`` where it names none."""
        text = self.asked.get(key, "")
        # digits of any script are digits to str, and a number may be as long as an address
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= of else plain


def made(sheet: Sheet, chosen: Chosen, asked: dict[str, str], lang: Language, text: float = 1.0) -> Made:
    """Return the index of a table. Raises ZhishuError as ``index_of``, and for what would leave nobody a score:
    ``index-no-figure``, ``index-alike``, ``index-weights-zero``."""
    index = index_as(sheet, chosen)
    problems = [*_columns(index), *_weights(index)]
    if problems:
        raise ZhishuError(problems)
    return Made(sheet, chosen, index, asked, lang, text)


def two(value: float | None) -> str:
    """Return a score as every page shows it: two decimals, halves up; sums that differ by rounding only are equal.

    The script of the weights rounds in the same two steps, so that both show the same digits.

    >>> two(57.125), two(57.12499999999999), two(None)
    ('57.13', '57.13', '–')
    """
    if value is None or not np.isfinite(value):
        return "–"
    found = Decimal(float(f"{value:.9f}")).quantize(_CENT, ROUND_HALF_UP)
    return str(found) if found else "0.00"


def span(low: int | None, high: int | None) -> str:
    """Return ranks from one to another, one alone if they are the same."""
    if low is None or high is None:
        return "–"
    return str(low) if low == high else f"{low}–{high}"


def _columns(index: Index) -> list[Problem]:
    found = []
    repair = Text("补数，或不用这一列", "fill it in, or leave the column out")
    for id, column in index.study.columns.items():
        known = column[~np.isnan(column)]
        if not len(known):
            what = Text(f"“{id}”一个数也没有", f"{id} has no figure at all")
            found.append(Problem("index-no-figure", id, what, repair))
        elif (known == known[0]).all():
            what = Text(
                f"“{id}”各单位同为 {known[0]:g}，分不出高低", f"{id} is {known[0]:g} for all: it tells no unit apart"
            )
            found.append(Problem("index-alike", id, what, Text("不用这一列", "leave the column out")))
    return found


def _weights(index: Index) -> list[Problem]:
    found = []
    for node in index.study.tree.nodes:
        if sum(node.weights) <= 0:
            name = Text("总指数", "the index") if node.id == index.study.tree.top else Text(node.id, node.id)
            what = Text(f"“{name.zh}”之下的权重之和为零", f"the weights under {name.en} sum to zero")
            repair = Text("至少给一项权重", "give one of them a weight")
            found.append(Problem("index-weights-zero", _first(node.children, index), what, repair))
    return found


def _first(children: Sequence[str], index: Index) -> str:
    return next((c for c in children if c in index.study.columns), children[0])
