"""Submissions as subjects: handed in by a unit, approved level by level above it, locked at the top."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from zhishu.coordinate.act import Act, Field
from zhishu.coordinate.deciding import Barred
from zhishu.coordinate.fact import Fact
from zhishu.coordinate.kinds.submission_refusals import UPLOADS, refusals
from zhishu.coordinate.levels import levels
from zhishu.coordinate.periods import Period
from zhishu.coordinate.rights import EVERY_DOMAIN, Scope
from zhishu.coordinate.subject import Subject
from zhishu.coordinate.submissions import (
    Approval,
    Stage,
    Submission,
    Version,
    approved,
    late,
    read_submission,
    standing,
    waits_for,
)
from zhishu.coordinate.withdrawing import cancel, withdrawn
from zhishu.coordinate.world import World
from zhishu.errors import Problem
from zhishu.logic import Unknown
from zhishu.terms import Text

_NOTE = Field("note", Text("说明", "note"), "long")
_REASON = Field("reason", Text("理由", "reason"), "long", required=True)
_PUBLISHED = Field(
    "published", Text("数据公布日", "day published"), "date", hint=Text("首次可不填，即今日", "blank at first: today")
)
_UPLOAD = (
    Field("content", Text("规范化数据的 SHA-256", "SHA-256 of the canonical rows"), "made", required=True),
    Field("files", Text("原始文件", "original file"), "files", required=True),
    Field("rows", Text("行数", "rows"), "whole", required=True),
    _NOTE,
)
_FIRST = Act("upload", Text("上传", "upload"), "submission.upload", (*_UPLOAD, _PUBLISHED))
_AGAIN = Act(
    "upload",
    Text("上传修订", "upload a revision"),
    "submission.upload",
    (*_UPLOAD, replace(_PUBLISHED, required=True, hint=None), _REASON),
)
_SUBMIT = Act("submit", Text("报送", "submit"), "submission.submit", (_NOTE,))
_RESUBMIT = Act("submit", Text("说明后再报", "submit again"), "submission.submit", (replace(_NOTE, required=True),))
_APPROVE = Act("approve", Text("审核通过", "approve"), "submission.approve", (_NOTE,), judges=True)
_RETURN = Act("return", Text("退回", "return"), "submission.return", (_REASON,), judges=True)
_CANCEL = cancel("submission")
_LOCK = Act("lock", Text("锁定", "lock"), "submission.lock")
_UNAPPROVE = Act("unapprove", Text("撤回审核", "take back the approval"), "submission.unapprove", (_REASON,))
_UNLOCK = Act("unlock", Text("解锁", "unlock"), "submission.unlock", (_REASON,))


def _acts(state: Submission, world: World) -> tuple[Act, ...]:
    """Return the acts that stand open; those that hand in only while the period is open."""
    if not state.unit:
        return ()
    period = world.of(f"period/{state.profile}.{state.period}")
    taking = isinstance(period, Period) and period.open
    return tuple(act for act in _by_stage(state, world) if taking or act.id not in UPLOADS)


def _by_stage(state: Submission, world: World) -> tuple[Act, ...]:
    version = state.current
    if version is None:
        return (_FIRST,)
    match state.stage:
        case "draft":
            return (_upload(state), _SUBMIT, _CANCEL)
        case "returned":
            return (_AGAIN, _RESUBMIT)
        case "locked":
            return (_UNLOCK,)
    if approved(state, world):
        return (_LOCK, _UNAPPROVE, _AGAIN)
    return (_APPROVE, _RETURN, *((_UNAPPROVE,) if version.approvals else ()))


def _upload(state: Submission) -> Act:
    """Return the form of an upload: what was submitted once is only followed by a new vintage with its reason."""
    return _FIRST if state.first_submitted is None else _AGAIN


def _step(state: Submission, fact: Fact) -> Submission:
    version = state.current
    if fact.act == "upload":
        draft = version is not None and version.submitted is None
        kept = state.versions[:-1] if draft else state.versions
        new = _version(fact, len(kept) + 1)
        return replace(state, stage="draft", versions=(*kept, new), reporters=state.reporters | {fact.by})
    if version is None:
        return state
    match fact.act:
        case "submit":
            note = fact.text("note") or version.note
            changed = replace(version, submitted=version.submitted or fact.on, returned="", note=note)
            return replace(_with(state, changed), stage="submitted", reporters=state.reporters | {fact.by})
        case "cancel" if version.submitted is None:
            return _cancelled(state, fact)
        case "approve":
            given = Approval(fact.unit, fact.by, fact.on)
            return _with(state, replace(version, approvals=(*version.approvals, given)))
        case "return":
            changed = replace(version, returned=fact.text("reason"), approvals=())
            return replace(_with(state, changed), stage="returned", returns=state.returns + 1)
        case "unapprove":
            return _with(state, replace(version, approvals=version.approvals[:-1]))
        case "lock":
            return replace(state, stage="locked")
        case "unlock":
            return replace(state, stage="submitted")
        case _:
            return state


def _cancelled(state: Submission, fact: Fact) -> Submission:
    """Return the submission without its draft: it stands again as the version before it left it."""
    kept = state.versions[:-1]
    stage: Stage = "none" if not kept else "returned" if kept[-1].returned else "submitted"
    back = withdrawn(fact, _title(state))
    return replace(state, stage=stage, versions=kept, cancelled=(*state.cancelled, back))


def _with(state: Submission, version: Version) -> Submission:
    return replace(state, versions=(*state.versions[:-1], version))


def _version(fact: Fact, number: int) -> Version:
    rows = fact.body.get("rows")
    return Version(
        number,
        fact.text("content"),
        fact.texts("files"),
        rows if isinstance(rows, int) else 0,
        fact.text("note"),
        fact.day("published") or fact.on,
        fact.text("reason"),
        fact.by,
        fact.on,
    )


def _refuse(state: Submission, fact: Fact, world: World) -> tuple[Problem, ...]:
    return refusals(state, fact, world, {a.id for a in _acts(state, world)})


def submission_state(state: Submission, world: World) -> str:
    """Return none, draft, submitted, approved, returned or locked; approved is derived from the levels."""
    return "approved" if state.stage == "submitted" and approved(state, world) else state.stage


def level_reached(state: Submission) -> int:
    """Return how many levels have approved the version in hand."""
    return len(state.current.approvals) if state.current else 0


def vintages(state: Submission) -> tuple[tuple[date, str], ...]:
    """Return publication day and content of every version that was submitted, oldest first."""
    return tuple((v.published, v.content) for v in state.versions if v.submitted)


def _actors(state: Submission, world: World) -> Mapping[str, frozenset[str]]:
    """Return the unit whose level rules next; those that report are asked on the page of the period."""
    due = waits_for(state, world) if state.stage == "submitted" else ""
    return dict.fromkeys(("approve", "return"), frozenset({due})) if due else {}


def _deciders(state: Submission) -> Mapping[str, Barred]:
    """Return the rulings that wait on what was submitted: for the next level, never for who reported or approved."""
    version = state.current
    if version is None or state.stage != "submitted":
        return {}
    reported, units = state.reporters, frozenset({state.unit})
    approvers = frozenset(a.by for a in version.approvals)
    return {"approve": Barred(units, reported | approvers, named=True), "return": Barred(units, reported, named=True)}


def _record(state: Submission, world: World) -> Mapping[str, object]:
    days, counts = late(state, world), standing(state, world)
    return {
        "id": state.id,
        "profile": state.profile,
        "period": state.period,
        "unit": state.unit,
        "state": submission_state(state, world),
        "level": level_reached(state),
        "levels": list(levels(state.unit, world)),
        "waits_for": waits_for(state, world),
        "late_working_days": None if isinstance(days, Unknown) else days,
        "standing": counts and counts.number,
        "versions": [_shown(v) for v in state.versions],
        "cancelled": [c.shown() for c in state.cancelled],
    }


def _shown(v: Version) -> Mapping[str, object]:
    return {
        "number": v.number,
        "content": v.content,
        "files": list(v.files),
        "rows": v.rows,
        "note": v.note,
        "published": v.published.isoformat(),
        "reason": v.reason,
        "uploaded_by": v.by,
        "uploaded_on": v.on.isoformat(),
        "submitted_on": v.submitted and v.submitted.isoformat(),
        "returned": v.returned,
        "approvals": [{"unit": a.unit, "by": a.by, "on": a.on.isoformat()} for a in v.approvals],
    }


def _title(state: Submission) -> Text:
    return Text(
        f"{state.unit} {state.profile} {state.period} 报送", f"{state.unit} submission {state.profile} {state.period}"
    )


def _naming(state: Submission, world: World) -> Text:
    if not state.unit:
        return _title(state)
    unit, profile = world.unit_name(state.unit), world.profile_name(state.profile)
    return Text(f"{unit.zh}：{profile.zh} {state.period}", f"{unit.en}: {profile.en}, {state.period}")


SUBMISSION = Subject(
    id="submission",
    name=Text("报送", "submission"),
    start=read_submission,
    step=_step,
    acts=_acts,
    refuse=_refuse,
    # a blank region: that of the unit, which only the world knows
    scope=lambda s: Scope("", EVERY_DOMAIN, frozenset({s.unit})),
    title=_title,
    naming=_naming,
    sought=lambda s, w: (_title(s),),
    asked=lambda s, f: (s.unit,) if f.act == "return" else (),
    record=_record,
    actors=_actors,
    deciders=_deciders,
    forms=lambda s, w: (_FIRST, _SUBMIT, _CANCEL, _APPROVE, _RETURN, _UNAPPROVE, _LOCK, _UNLOCK),
)
