"""The audit of an assessment: its declaration and its figures, each finding in a sentence with its numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

import numpy as np

from zhishu.pack.assessment import Assessment, Group
from zhishu.score.assess.array import ClassArrays, arrays
from zhishu.score.assess.facts import Facts
from zhishu.score.assess.points import RELATIVE
from zhishu.score.assess.verb import Assessed
from zhishu.score.audit import CODES as OF_TABLES
from zhishu.score.audit_cells import alike
from zhishu.score.audit_look import Finding, look
from zhishu.score.audit_parts import compensation, left_out
from zhishu.score.audit_shares import against, importance_and_weight, twice
from zhishu.terms import Text

WEAK = 0.25
"""A greater share of weight on weak figures is warned of: a proposal."""
CODES: Mapping[str, Text] = {
    **OF_TABLES,
    "justified": Text("方向与分母的理由", "why direction and denominator"),
    "smallest": Text("最小的类", "the smallest class"),
    "weak_cells": Text("估算和低置信的数", "imputed and weak figures"),
    "aspect_missing": Text("整个方面缺数", "a whole aspect missing"),
    "class_open": Text("类别未定案", "a class not settled"),
    "relative": Text("同类互定分", "points set by the class"),
    "no_rank": Text("没有名次", "no rank"),
}
"""What each code says."""


def audit(assessment: Assessment, facts: Facts | None = None, assessed: Assessed | None = None) -> list[Finding]:
    """Return the findings: of the declaration alone, and of the figures too where they are given. Warnings first.

    ``where`` of a finding about a class begins with the class. Points, not figures, are what correlations and importance
    are taken of, so that direction and kind of score are in them.
    """
    found = [*_justified(assessment), *_relative(assessment), *_smallest(assessment)]
    if facts is not None and assessed is not None:
        found += [*_open(assessed), *_unranked(assessed), *_missing(assessment, assessed)]
        found += _weak(assessment, facts, assessed)
        for group in assessment.groups.values():
            found += _in_class(assessment, assessed, group)
    order = {code: n for n, code in enumerate(CODES)}
    return sorted(found, key=lambda f: (f.severity == "note", order[f.code], -abs(round(f.value, 9)), f.where))


def _of_points(made: ClassArrays) -> Iterator[Finding]:
    seen = look(made.index)
    if np.isnan(seen.top).all():
        return
    yield from alike(made.index)
    # a correlation that as many units could show by chance is told and not warned of
    chance = 1.96 / np.sqrt(len(made.units))
    for found in against(seen):
        yield found if found.value < -chance else replace(found, severity="note")
    yield from importance_and_weight(seen)
    yield from twice(seen)
    yield from left_out(seen)
    yield from compensation(seen)


def _in_class(assessment: Assessment, assessed: Assessed, group: Group) -> list[Finding]:
    """Return the findings about the points of a class, told with the names of its indicators in either language."""
    named = {i.id: i.name for i in assessment.indicators()} | {a.id: a.name for a in assessment.aspects}
    told: dict[str, list[Finding]] = {}
    for say in ("zh", "en"):
        # one name may stand for two indicators: these are told apart by their id
        words = [n.say(say) for n in named.values()]
        called = {i: n.say(say) if words.count(n.say(say)) == 1 else f"{n.say(say)} ({i})" for i, n in named.items()}
        made = arrays(assessment, assessed, group.id, called)
        if made is None or len(made.units) < 3:
            return []
        ids = {name: i for i, name in called.items()}
        told[say] = [replace(f, where=tuple(ids.get(w, w) for w in f.where)) for f in _of_points(made)]
    english = {(f.code, frozenset(f.where)): f for f in told["en"]}
    return [
        replace(
            f,
            where=(group.id, *f.where),
            says=Text(
                f"{group.name.zh}：{f.says.zh}", f"{group.name.en}: {english[f.code, frozenset(f.where)].says.en}"
            ),
        )
        for f in told["zh"]
    ]


def _justified(assessment: Assessment) -> Iterator[Finding]:
    for i in assessment.indicators():
        says = Text(
            f"{i.name.zh}：方向：{i.direction.zh}；分母：{i.denominator.zh}",
            f"{i.name.en}: direction: {i.direction.en}; denominator: {i.denominator.en}",
        )
        yield Finding("justified", (i.id,), says, 0.0, "note")


def _relative(assessment: Assessment) -> Iterator[Finding]:
    for i in assessment.indicators():
        kinds = sorted({i.at(g).kind for g in assessment.groups} & set(RELATIVE))
        if kinds:
            says = Text(
                f"{i.name.zh}按同类互相定分：一个单位退出，其余得分都会变",
                f"{i.name.en} is scored against the class: if a unit leaves, the points of all others change",
            )
            yield Finding("relative", (i.id,), says, 1.0, "note")


def _smallest(assessment: Assessment) -> Iterator[Finding]:
    sized = [g for g in assessment.groups.values() if g.size is not None]
    if not sized:
        return
    least = min(sized, key=lambda g: (g.size or 0, g.id))
    size = least.size or 0
    few = size < assessment.least
    says = Text(
        f"最小的类是{least.name.zh}，{size} 个" + (f"，不足 {assessment.least} 个，不排名" if few else ""),
        f"the smallest class is {least.name.en}, {size} units"
        + (f", fewer than {assessment.least}: no ranks" if few else ""),
    )
    yield Finding("smallest", (least.id,), says, float(size), "warning" if few else "note")


def _open(assessed: Assessed) -> Iterator[Finding]:
    for state in assessed.classes.values():
        for why in state.open:
            says = Text(f"{why.zh}；该类暂不评奖", f"{why.en}; no award is given in the class")
            yield Finding("class_open", (state.group,), says, 1.0, "warning")


def _unranked(assessed: Assessed) -> Iterator[Finding]:
    for s in assessed.standings:
        if s.rank is None and s.why_no_rank is not None and s.entry.state == "competes":
            says = Text(f"{s.unit}：{s.why_no_rank.zh}", f"{s.unit}: {s.why_no_rank.en}")
            yield Finding("no_rank", (s.unit,), says, 1.0, "warning")


def _missing(assessment: Assessment, assessed: Assessed) -> Iterator[Finding]:
    for s in assessed.standings:
        if s.points is None:
            continue
        known = {p.indicator for p in s.points.parts if isinstance(p.points.value, Fraction)}
        for aspect in assessment.aspects:
            own = {i.id for i in aspect.indicators} & {p.indicator for p in s.points.parts if p.weight > 0}
            if own and not own & known:
                says = Text(
                    f"{s.unit}的“{aspect.name.zh}”整个方面没有数：不给总分，也不把权重挪给别的方面",
                    f"{s.unit} has no figure in the whole of {aspect.name.en}: no total, and no weight is moved elsewhere",
                )
                yield Finding("aspect_missing", (s.unit, aspect.id), says, 1.0, "warning")


def _weak(assessment: Assessment, facts: Facts, assessed: Assessed) -> Iterator[Finding]:
    for s in assessed.standings:
        if s.points is None:
            continue
        weak = sum((p.weight for p in s.points.parts if (s.unit, p.indicator) in facts.weak), Fraction(0))
        whole = sum((p.weight for p in s.points.parts), Fraction(0))
        if weak and whole:
            share = float(weak / whole)
            count = sum((s.unit, p.indicator) in facts.weak for p in s.points.parts)
            says = Text(
                f"{s.unit}有 {count} 个估算或低置信的数，占权重 {share:.0%}",
                f"{s.unit} rests on {count} imputed or weak figures, {share:.0%} of the weight",
            )
            yield Finding("weak_cells", (s.unit,), says, share, "warning" if share > WEAK else "note")
