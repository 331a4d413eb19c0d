"""Every reason against an act of a round."""

import re
from collections.abc import Iterator
from datetime import date

from zhishu.coordinate.asked import no_unit_words
from zhishu.coordinate.fact import Fact
from zhishu.coordinate.refusal import not_open, refuse
from zhishu.coordinate.round.acts import acts
from zhishu.coordinate.round.step import unexplained
from zhishu.coordinate.rounds import Round
from zhishu.coordinate.world import World
from zhishu.errors import Problem
from zhishu.logic import Unknown

_SHA256 = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,4})?")
_INDICATOR = ("falsified", "forgiving")


def refusals(state: Round, fact: Fact, world: World) -> tuple[Problem, ...]:
    """Return every reason against an act, empty where it may be recorded."""
    if fact.act == "open":
        return (*_open(state, fact, world),)
    if fact.act not in {a.id for a in acts(state, world)}:
        return (not_open(fact.stream),)
    match fact.act:
        case "calculate":
            return (*_calculate(state, fact),)
        case "consult":
            return (*_counted(state, fact),)
        case "notice":
            return (*_counted(state, fact), *_decided_all(state, fact))
        case "finalise":
            return (*_counted(state, fact), *_decided_all(state, fact), *_finalise(state, fact, world))
        case "publish":
            return (*_decided_all(state, fact), *_own(state, fact))
        case "propose":
            return (*_propose(state, fact, world),)
        case "decide":
            return (*_decide(state, fact),)
        case "recover":
            return (*_recover(fact),)
        case _:
            return ()


def notice_ends(state: Round, world: World) -> date | Unknown | None:
    """Return the last day of the public notice, None where none is given or the assessment is gone."""
    declared = world.assessments.get(state.assessment)
    if state.noticed is None or declared is None:
        return None
    return world.calendar.after(state.noticed, declared.objection_days)


def _open(state: Round, fact: Fact, world: World) -> Iterator[Problem]:
    if state.stage != "none":
        yield not_open(fact.stream)
        return
    declared = world.assessments.get(state.assessment)
    if declared is None:
        known = "、".join(sorted(world.assessments)) or "—"
        yield refuse(
            "round-id",
            fact.stream,
            "编号应为 考核方案.年份",
            "the id is ASSESSMENT.YEAR",
            f"例如 {next(iter(world.assessments), 'assessment')}.2018；方案：{known}",
            f"such as {next(iter(world.assessments), 'assessment')}.2018; assessments: {known}",
        )
        return
    if not declared.years[0] <= state.year <= declared.years[1]:
        first, last = declared.years
        yield refuse(
            "round-year",
            fact.stream,
            f"{declared.version.zh}只用于 {first}—{last} 年",
            f"{declared.version.en} is in force for {first} to {last} only",
            "改年份，或用该年有效的版本",
            "change the year, or use the version of that year",
        )
    for unit in fact.texts("units"):
        if world.unit(unit) is None:
            yield refuse(
                "unit-unknown",
                "units",
                *no_unit_words(unit, world.today, world),
                "用在册单位的编号",
                "use the id of a unit on the list",
            )


def _calculate(state: Round, fact: Fact) -> Iterator[Problem]:
    for name in ("form", "result"):
        if _SHA256.fullmatch(fact.text(name)) is None:
            yield refuse("round-hash", name, "不是 SHA-256", "not a SHA-256", "重新测算", "calculate again")
    current = state.current
    if current is not None and current.result == fact.text("result") and not state.uncounted():
        yield refuse(
            "round-same",
            "form",
            f"与第 {current.number} 版结果相同",
            f"the result is that of version {current.number}",
            "核对表样",
            "check the form",
        )
    for unit in unexplained(state, fact):
        yield refuse(
            "round-dropped",
            "reasons",
            f"{unit}上一版获奖，这一版没有，未说明原因",
            f"{unit} had an award in the version before and has none now, and no reason is given",
            "写明该单位的名称和原因",
            "name the unit and say why",
        )


def _counted(state: Round, fact: Fact) -> Iterator[Problem]:
    late = state.uncounted()
    if late:
        numbers = "、".join(str(m.number) for m in late)
        yield refuse(
            "round-uncounted",
            fact.stream,
            f"事项 {numbers} 认定在最新测算之后，未计入",
            f"matters {numbers} were upheld after the newest calculation and are not in it",
            "先重新测算",
            "calculate again first",
        )


def _decided_all(state: Round, fact: Fact) -> Iterator[Problem]:
    waiting = state.undecided()
    if waiting:
        numbers = "、".join(str(m.number) for m in waiting)
        yield refuse(
            "round-undecided",
            fact.stream,
            f"事项 {numbers} 待核，未作决定",
            f"matters {numbers} are open and not decided",
            "先作决定",
            "decide them first",
        )


def _finalise(state: Round, fact: Fact, world: World) -> Iterator[Problem]:
    ends = notice_ends(state, world)
    if not isinstance(ends, date) or fact.on <= ends:
        told = ends.say().zh if isinstance(ends, Unknown) else f"至 {ends}"
        english = ends.say().en if isinstance(ends, Unknown) else f"until {ends}"
        yield refuse(
            "round-notice",
            fact.stream,
            f"公示期未满（{told}）",
            f"the public notice has not run out ({english})",
            "公示期满后定稿",
            "settle it once the notice is over",
        )
    if state.current is not None and state.current.open:
        yield refuse(
            "round-open-places",
            fact.stream,
            f"还有 {state.current.open} 个名额待定",
            f"{state.current.open} places are still open",
            "核清资格、缺数、同分和待核事项后重新测算",
            "settle eligibility, missing figures, ties and open matters, and calculate again",
        )
    yield from _own(state, fact)


def _own(state: Round, fact: Fact) -> Iterator[Problem]:
    if fact.by in {v.by for v in state.versions}:
        yield refuse(
            "round-own",
            fact.stream,
            "参加过测算的账号不能定稿和通报",
            "an account that calculated it may neither settle nor publish it",
            "由另一位签发人办理",
            "let another signing officer do it",
        )


def _propose(state: Round, fact: Fact, world: World) -> Iterator[Problem]:
    declared = world.assessments.get(state.assessment)
    kind, rule = fact.text("kind"), fact.text("rule")
    if state.stage == "published" and kind != "falsified":
        yield refuse(
            "round-published",
            "kind",
            "通报之后只受理数据造假",
            "after publication only falsified figures are taken up",
            "其他事项并入下一轮",
            "bring other matters into the next round",
        )
    if declared is None:
        return
    known = set(declared.vetoes) if kind == "veto" else {i.id for i in declared.indicators()}
    if kind in ("veto", *_INDICATOR) and rule not in known:
        word = ("否决事项", "a ground of the veto") if kind == "veto" else ("指标", "an indicator")
        yield refuse(
            "round-rule",
            "rule",
            f"这一事项要写明{word[0]}",
            f"this matter needs {word[1]}",
            f"从列表中选{word[0]}",
            f"choose {word[1]} from the list",
        )
    if kind == "forgiving" and _NUMBER.fullmatch(fact.text("points")) is None:
        yield refuse(
            "round-points",
            "points",
            "容错要写明退回多少分",
            "forgiving needs the points given back",
            "写数，例如 1.5",
            "write a number, such as 1.5",
        )


def _decide(state: Round, fact: Fact) -> Iterator[Problem]:
    matter = next((m for m in state.matters if str(m.number) == fact.text("number")), None)
    if matter is None or matter.decision is not None:
        waiting = "、".join(str(m.number) for m in state.undecided())
        yield refuse(
            "round-matter",
            "number",
            "没有这一事项，或已有决定",
            "there is no such matter, or it is decided",
            f"待决定的事项：{waiting}",
            f"matters that wait: {waiting}",
        )
        return
    if fact.by == matter.by or (fact.unit and fact.unit == matter.unit):
        yield refuse(
            "round-decider",
            fact.stream,
            "提出事项的单位不能作决定",
            "the unit that raised a matter may not decide it",
            "由另一机关决定",
            "let another body decide",
        )


def _recover(fact: Fact) -> Iterator[Problem]:
    if _NUMBER.fullmatch(fact.text("amount")) is None:
        yield refuse(
            "round-amount",
            "amount",
            f"金额读不出：{fact.text('amount')[:20]}",
            f"not an amount: {fact.text('amount')[:20]}",
            "写数，单位万元，例如 6000",
            "write a number in 万元, such as 6000",
        )
