"""An assessment's result as rows and as JSON: the same numbers for command line, REST, pages and workbooks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.pack.assessment import Assessment
from zhishu.score.assess import Standing
from zhishu.score.assess.award import Purse
from zhishu.study.assessing.run import Round
from zhishu.system.show import exact, own_unit
from zhishu.terms import Text
from zhishu.units import rounded

if TYPE_CHECKING:
    from zhishu.score.assess.sure import ClassSure

DIGITS = 2
NOTHING = Text("—", "—")
STATES: Mapping[str, Text] = {
    "competes": Text("参加", "takes part"),
    "excluded": Text("不参加", "left out"),
    "disqualified": Text("取消资格", "disqualified"),
    "no_class": Text("类别待核", "class not established"),
    "open": Text("资格待核", "eligibility not established"),
}


def round_json(run: Round, sures: "Mapping[str, ClassSure] | None" = None) -> dict[str, object]:
    """Return the contract form of a run; with ``sures`` (class → intervals) also how sure it is."""
    assessment, done = run.assessment, run.assessed
    sure = {group: _Sure(s.ranks(), s.tiers(), s.totals()) for group, s in (sures or {}).items()}
    return {
        "schema": 1,
        "id": assessment.id,
        "version": assessment.version.to_json(),
        "on": run.on.isoformat(),
        "purpose": done.purpose,
        "proposals_used": [assessment.proposal.to_json()],
        "decides": assessment.decides.to_json(),
        "classes": [
            {
                "class": c.group,
                "name": assessment.groups[c.group].name.to_json(),
                "members": c.members,
                "size": c.size,
                "excluded": c.excluded,
                "open": [w.to_json() for w in c.open],
                "varies": sures[c.group].says.to_json() if sures and c.group in sures else None,
                "level": sures[c.group].level if sures and c.group in sures else None,
            }
            for c in done.classes.values()
        ],
        "scales": [_span(assessment, group, name, run) for group, spans in done.spans.items() for name in spans],
        "units": [_unit(assessment, s, sure.get(s.entry.group or "")) for s in done.standings],
        "awards": [_purse(p) for p in done.purses],
        "money": money_json(done.purses),
        "recover": [{"unit": s.unit, "amount": exact(s.recover, "万元")} for s in done.standings if s.recover != 0],
    }


_MONEY: Mapping[str, Callable[[Purse], Fraction]] = {
    "given": lambda p: p.given,
    "open": lambda p: p.open,
    "unspent": lambda p: p.unspent,
    "all": lambda p: p.places * p.prize,
}


def money_json(purses: Sequence[Purse]) -> dict[str, object]:
    """Return the money of all purses in 万元: given, waiting and unspent, which together are what all places cost."""
    return {name: exact(sum((value(p) for p in purses), Fraction(0)), "万元") for name, value in _MONEY.items()}


def _purse(p: Purse) -> dict[str, object]:
    return {
        "award": p.award,
        "class": p.group,
        "places": p.places,
        "won": p.won,
        "open": p.held,
        "empty": p.empty,
        "prize": exact(p.prize, "万元"),
    }


def _span(assessment: Assessment, group: str, name: str, run: Round) -> dict[str, object]:
    span = run.assessed.spans[group][name]
    unit = next(i.unit for i in assessment.indicators() if i.id == name)
    ends: dict[str, object] = {"class": group, "indicator": name, "unit": unit}
    if span is None:
        return {**ends, "low": None, "low_unit": None, "high": None, "high_unit": None}
    return {
        **ends,
        "low": exact(span.low, unit),
        "low_unit": span.low_unit,
        "high": exact(span.high, unit),
        "high_unit": span.high_unit,
    }


@dataclass(frozen=True, slots=True)
class _Sure:
    """Of one class: ranks, tiers and totals of each unit, drawn up once for all of them."""

    ranks: Mapping[str, tuple[int, int]]
    tiers: Mapping[str, int]
    totals: Mapping[str, tuple[float, float]]


def _unit(assessment: Assessment, s: Standing, sure: _Sure | None) -> dict[str, object]:
    inside = sure if sure is not None and s.unit in sure.ranks else None
    grade = None if s.grade is None else s.grade.id if not isinstance(s.grade, Unknown) else "unknown"
    return {
        "unit": s.unit,
        "class": s.entry.group,
        "state": s.entry.state,
        "why": [w.to_json() for w in s.entry.why],
        "total": exact(s.total),
        "low": exact(s.whole.total.low) if s.whole else None,
        "high": exact(s.whole.total.high) if s.whole else None,
        "rank": s.rank,
        "place": [s.place.best, s.place.worst] if s.place else None,
        "interval": list(inside.ranks[s.unit]) if inside else None,
        "tier": inside.tiers[s.unit] if inside else None,
        "totals": [round(x, 4) for x in inside.totals[s.unit]] if inside else None,
        "why_no_rank": s.why_no_rank.to_json() if s.why_no_rank else None,
        "grade": grade,
        "award": s.given.award,
        "open_awards": list(s.given.open),
        "dropped": s.dropped,
        "gets": award_words(assessment, s).to_json(),
        "notes": [n.to_json() for n in notes_of(assessment, s)],
        "vetoes": [{"rule": r, "upheld": upheld} for r, upheld in s.vetoes],
        "aspects": {a.aspect: exact(a.points.value) for a in s.points.aspects} if s.points else {},
        "brings": {a.aspect: exact(a.contribution) for a in s.points.aspects} if s.points else {},
        "parts": {
            p.indicator: {"points": exact(p.points.value), "weight": exact(p.weight), "brings": exact(p.contribution)}
            for p in (s.points.parts if s.points else ())
        },
        "beside": {
            "bonus": exact(s.whole.bonus.value),
            "deducted": exact(s.whole.deducted.value),
            "restored": exact(s.whole.restored.value),
        }
        if s.whole
        else None,
    }


def shown(value: Value, digits: int = DIGITS) -> Text:
    """Return a number of points as a person reads it, or why there is none."""
    if isinstance(value, Fraction):
        return Text(rounded(value, digits), rounded(value, digits))
    return value.say() if isinstance(value, Unknown) else NOTHING


def award_words(assessment: Assessment, s: Standing) -> Text:
    """Return what a unit gets, could still get, or had before it left."""
    names = {a.id: a.name for a in assessment.awards}
    if s.dropped is not None and s.left is not None:
        had = names[s.dropped]
        return Text(
            f"原为{had.zh}，{s.left.on} 退出：{s.left.reason}", f"was {had.en}, left on {s.left.on}: {s.left.reason}"
        )
    if s.given.award is not None:
        return names[s.given.award]
    if s.given.open:
        zh, en = "、".join(names[a].zh for a in s.given.open), ", ".join(names[a].en for a in s.given.open)
        return Text(f"待定（{zh}）", f"open ({en})")
    return NOTHING


def notes_of(assessment: Assessment, s: Standing) -> list[Text]:
    """Return what must be said beside a unit: why it has no rank, vetoes, what was not given back, money to return."""
    found = []
    if s.entry.state != "competes":
        state = STATES[s.entry.state]
        why = Text("；".join(w.zh for w in s.entry.why), "; ".join(w.en for w in s.entry.why))
        found.append(Text(f"{state.zh}：{why.zh}", f"{state.en}: {why.en}"))
    elif s.why_no_rank is not None:
        found.append(s.why_no_rank)
    for rule, upheld in s.vetoes:
        name, decides = assessment.vetoes[rule].name, assessment.vetoes[rule].decides
        if upheld:
            found.append(Text(f"一票否决：{name.zh}", f"veto upheld: {name.en}"))
        else:
            found.append(
                Text(f"否决待核：{name.zh}，由{decides.zh}决定", f"veto open: {name.en}, {decides.en} decides")
            )
    found += s.whole.refused if s.whole else ()
    if s.recover != 0:
        amount = shown(own_unit(s.recover, "万元") if isinstance(s.recover, Fraction) else s.recover, 0)
        found.append(Text(f"追回奖励 {amount.zh} 万元", f"award of {amount.en} 万元 to be recovered"))
    return found
