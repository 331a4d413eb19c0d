"""Audit: cells without a figure, units without a score, columns that tell nothing, and outliers."""

from collections.abc import Iterator

import numpy as np

from zhishu.score.audit_look import Finding, Look, label, named
from zhishu.score.index import Index
from zhishu.score.steps.shape import is_even, kurtosis, skewness
from zhishu.score.steps.treat import log_of_range, treat
from zhishu.score.steps.tree import Tree
from zhishu.terms import Text

MOST = 5
"""So many cells Winsorising may touch where the index leaves outliers as they are."""


def missing(index: Index) -> Iterator[Finding]:
    """Yield the share of cells without a figure of each unit and each indicator that has any."""
    gaps = {c: np.isnan(x) for c, x in index.study.columns.items()}
    for column, gap in gaps.items():
        count, of = int(gap.sum()), len(gap)
        if count == of:
            says = Text(f"“{column}”一个数也没有", f"{column} has no figure at all")
            yield Finding("missing_column", (column,), says, 1.0, "warning")
        elif count:
            yield _share("missing_column", column, count, of)
    for n, unit in enumerate(index.units):
        count = sum(bool(gap[n]) for gap in gaps.values())
        if count:
            yield _share("missing_unit", unit, count, len(gaps))


def _share(code: str, name: str, count: int, of: int) -> Finding:
    says = Text(
        f"“{name}”缺 {count} 格，占 {of} 格的 {count / of:.0%}",
        f"{name} lacks {count} of {of} figures, {count / of:.0%}",
    )
    return Finding(code, (name,), says, count / of, "note")


def alike(index: Index) -> Iterator[Finding]:
    """Yield columns in which all known units have the same figure."""
    for id, column in index.study.columns.items():
        known = column[~np.isnan(column)]
        if len(known) and (known == known[0]).all():
            says = Text(
                f"“{id}”各单位同为 {known[0]:g}，分不出高低", f"{id} is {known[0]:g} for all: it tells no unit apart"
            )
            yield Finding("alike", (id,), says, float(known[0]), "warning")


def unscored(look: Look) -> Iterator[Finding]:
    """Yield units with a whole heading missing, and others without a score, with what they lack."""
    for n, unit in enumerate(look.units):
        lacks = [c for c, x in look.study.columns.items() if np.isnan(x[n])]
        lost = bool(np.isnan(look.top[n]))
        whole = [h for h in _headings(look.tree) if set(_under(look.tree, h)) <= set(lacks)]
        if whole:
            heads = Text(named(label(h).zh for h in whole).zh, named(label(h).en for h in whole).en)
            says = Text(
                f"{unit}缺“{heads.zh}”整组数，" + ("不合成" if lost else "却仍有得分：其权重归了别的组"),
                f"{unit} lacks all of {heads.en}: "
                + ("no score" if lost else "it has a score all the same, and the other headings its weight"),
            )
            yield Finding("heading_missing", (unit, *sorted(whole)), says, float(len(whole)), "warning")
        elif lost:
            holes = lacks or [c for c, x in look.columns.items() if np.isnan(x[n])]
            cells = named(holes)
            says = (
                Text(f"{unit}没有得分：“{cells.zh}”没有可用的数", f"{unit} has no score: {cells.en} gives no figure")
                if holes
                else Text(
                    f"{unit}没有得分：按其数值和权重合成不出",
                    f"{unit} has no score: its figures and weights have no such mean",
                )
            )
            yield Finding("unscored", (unit,), says, float(len(holes)), "warning")


def outliers(index: Index) -> Iterator[Finding]:
    """Yield columns that are lopsided and peaked beyond the limits, and the units Winsorising touches or would touch."""
    most = index.recipe.winsorised
    for id, column in index.study.columns.items():
        skew, kurt = skewness(column), kurtosis(column)
        if np.isnan(skew) or is_even(column):
            continue
        drawn = treat(column, most or MOST, then=None)
        units = named(index.units[n] for n in drawn.touched)
        way = treat(column, most, log_of_range).way if most else "none"
        zh, en = {
            "none": (
                f"未作处理；至多收 {MOST} 格时会动：",
                f"left as it is; Winsorising at most {MOST} cells would touch",
            ),
            "winsorised": ("已收缩：", "Winsorised:"),
            "transformed": (
                f"收 {most} 格不够，整列取了对数；收缩会动：",
                "a logarithm was taken; Winsorising would touch",
            ),
            "unhelped": ("收缩和取对数都不够；收缩会动：", "neither helps; Winsorising would touch"),
        }[way]
        says = Text(
            f"“{id}”有离群值：偏度 {skew:.2f}、峰度 {kurt:.2f}；{zh}{units.zh}",
            f"{id} has outliers: skewness {skew:.2f}, kurtosis {kurt:.2f}; {en} {units.en}",
        )
        touched = sorted(index.units[n] for n in drawn.touched)
        helped = way in ("winsorised", "transformed")
        yield Finding("outliers", (id, *touched), says, skew, "note" if helped else "warning")


def _headings(tree: Tree) -> list[str]:
    return [node.id for node in tree.nodes if node.id != tree.top] or [tree.top]


def _under(tree: Tree, heading: str) -> list[str]:
    children = {node.id: node.children for node in tree.nodes}
    return [c for child in children[heading] for c in (_under(tree, child) if child in children else (child,))]
