"""Kinds of score bound to what an assessment declares, with every problem at its line."""

from collections.abc import Iterator
from dataclasses import dataclass

from zhishu.errors import Problem, ZhishuError
from zhishu.pack.assessment import Assessment, Indicator, Scored
from zhishu.score.kinds.declared import parameters_of
from zhishu.score.kinds.kind import Kind
from zhishu.score.kinds.registry import KINDS
from zhishu.score.kinds.sense import Senseless
from zhishu.terms import Text
from zhishu.units import parse_unit


@dataclass(frozen=True, slots=True)
class Bound:
    """An indicator as it is scored in one class for one purpose."""

    indicator: Indicator
    scored: Scored
    kind: Kind
    parameters: object


def bind(indicator: Indicator, scored: Scored) -> Bound:
    """Return an indicator with the kind that scores it. Raises ZhishuError ``score-kind``."""
    try:
        made = parameters_of(scored.kind, scored.parameters, parse_unit(indicator.unit).factor)
    except Senseless as error:
        what = Text(
            f"指标“{indicator.name.zh}”：{error.parameter}：{error.say.zh}",
            f"the indicator {indicator.name.en}: {error.parameter}: {error.say.en}",
        )
        repair = Text("按计分方式的说明改写参数", "write the parameters as the page of the kind says")
        raise ZhishuError([Problem("score-kind", indicator.where, what, repair)]) from error
    return Bound(indicator, scored, KINDS[scored.kind], made)


def bound(assessment: Assessment, group: str, purpose: str | None) -> dict[str, Bound]:
    """Return the indicators that count in a class, or by which an award goes or a tie is parted, by id and in order."""
    named = {a.by for a in assessment.awards} | set(assessment.ties)
    found = {}
    for indicator in assessment.indicators():
        scored = indicator.at(group, purpose)
        if scored.weight > 0 or indicator.id in named:
            found[indicator.id] = bind(indicator, scored)
    return found


def check_kinds(assessment: Assessment) -> list[Problem]:
    """Return the problems of every kind and its parameters, in every class and for every purpose."""
    problems: dict[tuple[str, str], Problem] = {}
    for indicator, scored in _all(assessment):
        try:
            bind(indicator, scored)
        except ZhishuError as error:
            problems.update({(p.where, p.what.en): p for p in error.problems})
    return list(problems.values())


def _all(assessment: Assessment) -> Iterator[tuple[Indicator, Scored]]:
    for indicator in assessment.indicators():
        for group in assessment.groups:
            for purpose in (None, *assessment.purposes):
                yield indicator, indicator.at(group, purpose)
