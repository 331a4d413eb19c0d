"""Reporting periods as subjects: opened for the units that must report, closed, opened again with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from zhishu.coordinate.act import Act, Field
from zhishu.coordinate.asked import no_unit_words
from zhishu.coordinate.fact import Fact
from zhishu.coordinate.periods import Period, bad_period_id, parse_period_id
from zhishu.coordinate.refusal import not_open, refuse
from zhishu.coordinate.rights import EVERY_DOMAIN, Scope
from zhishu.coordinate.subject import Subject
from zhishu.coordinate.submissions import Submission, approved, late, read_submission, waits_for
from zhishu.coordinate.world import World
from zhishu.errors import Problem, ZhishuError
from zhishu.logic import Unknown
from zhishu.terms import Text

_DUE = Field("due", Text("报送截止日", "due day"), "date", required=True)
_REASON = Field("reason", Text("理由", "reason"), "long", required=True)
_OPEN = Act(
    "open",
    Text("开放期次", "open the period"),
    "period.open",
    (_DUE, Field("units", Text("应报单位", "units that must report"), "units", required=True)),
)
_CLOSE = Act("close", Text("关闭期次", "close the period"), "period.close")
_REOPEN = Act(
    "reopen",
    Text("重新开放", "open again"),
    "period.reopen",
    (_REASON, replace(_DUE, required=False, hint=Text("不填则不变", "blank: as before"))),
)


@dataclass(frozen=True, slots=True)
class Report:
    """How one unit stands in a period: nothing submitted is ``unreported``, which is never a zero."""

    unit: str
    state: str
    waits_for: str
    late: int | Unknown


def reports(state: Period, world: World) -> tuple[Report, ...]:
    """Return how every unit that must report stands, in the order they were named."""
    found = []
    for unit in state.units:
        id = f"{state.id}.{unit}"
        known = world.of(f"submission/{id}")
        submission = known if isinstance(known, Submission) else read_submission(id)
        days = late(submission, world)
        said = "unreported" if submission.first_submitted is None else submission.stage
        found.append(
            Report(
                unit,
                "approved" if said == "submitted" and approved(submission, world) else said,
                waits_for(submission, world),
                0 if days is None else days,
            )
        )
    return tuple(found)


def unreported(state: Period, world: World) -> tuple[str, ...]:
    """Return the units that must report and have submitted nothing yet."""
    return tuple(r.unit for r in reports(state, world) if r.state == "unreported")


def _start(id: str) -> Period:
    try:
        profile, period = parse_period_id(id)
    except ZhishuError:
        return Period(id)
    return Period(id, profile, period)


def _step(state: Period, fact: Fact) -> Period:
    match fact.act:
        case "open":
            return replace(state, opened=fact.on, due=fact.day("due"), units=fact.texts("units"), open=True)
        case "close":
            return replace(state, open=False)
        case "reopen":
            reasons = (*state.reasons, fact.text("reason"))
            return replace(state, due=fact.day("due") or state.due, open=True, reasons=reasons)
        case _:
            return state


def _acts(state: Period, world: World) -> tuple[Act, ...]:
    if state.opened is None:
        # a wrong id is said when it is refused, with how to write it
        return (_OPEN,)
    return (_CLOSE,) if state.open else (_REOPEN,)


def _refuse(state: Period, fact: Fact, world: World) -> tuple[Problem, ...]:
    if not state.profile:
        return (bad_period_id(state.id),)
    if fact.act not in {a.id for a in _acts(state, world)}:
        return (not_open(fact.stream),)
    found = [
        refuse(
            "period-unit-unknown",
            "units",
            *no_unit_words(unit, world.today, world),
            "用在册单位的编号，只含字母、数字、汉字、下划线和短横",
            "use the id of a unit on the list, in letters, digits, _ and - only",
        )
        for unit in fact.texts("units")
        if world.unit(unit) is None or not read_submission(f"{state.id}.{unit}").unit
    ]
    if fact.act == "reopen" and not fact.text("reason").strip():
        found.append(
            refuse(
                "period-reason",
                "reason",
                "重新开放要写理由",
                "opening again needs a reason",
                "写明理由",
                "say why",
            )
        )
    due = fact.day("due")
    if due is not None and due < fact.on:
        found.append(
            refuse(
                "period-due-past",
                "due",
                f"截止日 {due} 已过",
                f"the due day {due} has passed",
                "改为今日或以后",
                "give today or a later day",
            )
        )
    return tuple(found)


def _title(state: Period) -> Text:
    return Text(f"{state.profile} {state.period} 报送期", f"{state.profile} {state.period} reporting period")


def _naming(state: Period, world: World) -> Text:
    if not state.profile:
        return _title(state)
    profile = world.profile_name(state.profile)
    return Text(f"{profile.zh} {state.period}", f"{profile.en}, {state.period}")


def _record(state: Period, world: World) -> Mapping[str, object]:
    return {
        "id": state.id,
        "profile": state.profile,
        "period": state.period,
        "open": state.open,
        "opened": state.opened and state.opened.isoformat(),
        "due": state.due and state.due.isoformat(),
        "units": list(state.units),
        "unreported": list(unreported(state, world)),
        "reports": [
            {
                "unit": r.unit,
                "state": r.state,
                "waits_for": r.waits_for,
                "late_working_days": None if isinstance(r.late, Unknown) else r.late,
            }
            for r in reports(state, world)
        ],
        "reasons": list(state.reasons),
    }


PERIOD = Subject(
    id="period",
    name=Text("报送期", "reporting period"),
    start=_start,
    step=_step,
    acts=_acts,
    refuse=_refuse,
    scope=lambda s: Scope("", EVERY_DOMAIN, frozenset(s.units)),
    title=_title,
    naming=_naming,
    sought=lambda s, w: (_title(s), *map(w.unit_name, s.units)),
    asked=lambda s, f: f.texts("units") if f.act == "open" else s.units if f.act == "reopen" else (),
    record=_record,
    forms=lambda s, w: (_OPEN, _CLOSE, _REOPEN),
)
