"""Rounds of an assessment as subjects: from the first calculation to the publication, and to money that comes back."""

from collections.abc import Mapping

from zhishu.coordinate.consequence import SIGNER, Consequence
from zhishu.coordinate.deciding import Barred
from zhishu.coordinate.rights import EVERY_DOMAIN, Scope
from zhishu.coordinate.round.acts import acts, forms
from zhishu.coordinate.round.refuse import notice_ends, refusals
from zhishu.coordinate.round.step import step
from zhishu.coordinate.rounds import MATTERS, STAGES, Matter, Round, Version, read_round
from zhishu.coordinate.subject import Subject
from zhishu.coordinate.world import World
from zhishu.logic import Unknown
from zhishu.terms import Text, counted


def _title(state: Round) -> Text:
    return Text(f"{state.assessment} {state.year} 年考核", f"{state.assessment}, round of {state.year}")


def _naming(state: Round, world: World) -> Text:
    declared = world.assessments.get(state.assessment)
    if declared is None:
        return _title(state)
    return Text(f"{state.year} 年{declared.name.zh}", f"{declared.name.en}, {state.year}")


def _record(state: Round, world: World) -> Mapping[str, object]:
    ends = notice_ends(state, world)
    return {
        "id": state.id,
        "assessment": state.assessment,
        "year": state.year,
        "stage": state.stage,
        "stage_name": STAGES[state.stage].to_json(),
        "units": list(state.units),
        "consulted": state.consulted and state.consulted.isoformat(),
        "noticed": state.noticed and state.noticed.isoformat(),
        "notice_until": None if ends is None or isinstance(ends, Unknown) else ends.isoformat(),
        "final": state.final and state.final.isoformat(),
        "published": state.published and state.published.isoformat(),
        "versions": [_version(v) for v in state.versions],
        "matters": [_matter(m) for m in state.matters],
        "returned": [
            {"place": r.place, "amount": r.amount, "on": r.on.isoformat(), "by": r.by} for r in state.returned
        ],
    }


def _version(v: Version) -> dict[str, object]:
    return {
        "number": v.number,
        "form": v.form,
        "result": v.result,
        "winners": dict(v.winners),
        "open": v.open,
        "reasons": v.reasons,
        "dropped": list(v.dropped),
        "by": v.by,
        "on": v.on.isoformat(),
    }


def _matter(m: Matter) -> dict[str, object]:
    return {
        "number": m.number,
        "kind": m.kind,
        "kind_name": MATTERS[m.kind].to_json() if m.kind in MATTERS else None,
        "place": m.place,
        "rule": m.rule,
        "points": m.points,
        "ground": m.ground,
        "basis": m.basis,
        "files": list(m.files),
        "by": m.by,
        "unit": m.unit,
        "on": m.on.isoformat(),
        "decision": None
        if m.decision is None
        else {
            "upheld": m.decision.upheld,
            "reason": m.decision.reason,
            "by": m.decision.by,
            "unit": m.decision.unit,
            "on": m.decision.on.isoformat(),
        },
    }


def _deciders(state: Round) -> Mapping[str, Barred]:
    """Return the rulings that wait: matters, never by the units that raised them; settling, never by who calculated."""
    found: dict[str, Barred] = {}
    waiting = state.undecided()
    if waiting:
        # while several wait, who raised all of them is barred; who raised one is refused at that one
        units = frozenset.intersection(*(frozenset({m.unit}) for m in waiting))
        found["decide"] = Barred(units=units)
    if state.stage in ("notice", "final") and not waiting:
        found["finalise" if state.stage == "notice" else "publish"] = Barred(
            accounts=frozenset(v.by for v in state.versions)
        )
    return found


def _consequence(state: Round, act: str, world: World) -> Consequence | None:
    declared = world.assessments.get(state.assessment)
    if act != "decide" or declared is None:
        return None
    return Consequence(
        Text(
            f"{declared.version.zh}（{declared.cite.at}）和本表所填理由",
            f"{declared.version.en} ({declared.cite.at}) and the reason given below",
        ),
        SIGNER,
        declared.notice,
        Text(
            f"公示期 {declared.objection_days} 个工作日内可提异议",
            f"open to objection for {counted(declared.objection_days, 'working day')} of public notice",
        ),
        Text("只影响本轮考核", "it bears on this round only"),
        declared.repair,
    )


def _sought(state: Round, world: World) -> tuple[Text, ...]:
    return (_title(state), STAGES[state.stage])


ROUND = Subject(
    id="round",
    name=Text("考核轮次", "assessment round"),
    start=read_round,
    step=step,
    acts=acts,
    refuse=refusals,
    scope=lambda s: Scope("", EVERY_DOMAIN, frozenset(s.units) | {m.unit for m in s.matters if m.unit}),
    title=_title,
    naming=_naming,
    sought=_sought,
    asked=lambda s, f: s.units if f.act == "consult" else (),
    record=_record,
    forms=forms,
    deciders=_deciders,
    consequence=_consequence,
)
