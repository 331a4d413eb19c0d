"""What stands around a run of an assessment, told: comparison, leaving, reach, findings."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from zhishu.errors import Problem, ZhishuError
from zhishu.pack.assessment import Assessment
from zhishu.score.assess import Standing
from zhishu.score.assess.audit import audit
from zhishu.score.assess.compare import Moved
from zhishu.score.assess.leaving import Leaving, leaving
from zhishu.score.assess.reach import Aim, Reach
from zhishu.score.audit_look import Finding
from zhishu.score.steps.sure import Told
from zhishu.study.assessing.run import Round
from zhishu.study.assessing.tell import DIGITS, round_json, shown
from zhishu.system.show import exact
from zhishu.terms import Language, Text
from zhishu.units.said import figure_words

if TYPE_CHECKING:
    from zhishu.score.assess.sure import ClassSure

MOST_LEAVING = 200
"""Units of a class that leave one after the other at most."""


def moved_json(before: Round, after: Round, found: Sequence[Moved]) -> dict[str, object]:
    """Return the contract form of two runs side by side: who moved, and by which parts."""
    return {
        "schema": 1,
        "before": {
            "id": before.assessment.id,
            "version": before.assessment.version.to_json(),
            "on": before.on.isoformat(),
        },
        "after": {"id": after.assessment.id, "version": after.assessment.version.to_json(), "on": after.on.isoformat()},
        "dropped": [m.unit for m in found if m.dropped],
        "units": [
            {
                "unit": m.unit,
                "before": _side(m.before),
                "after": _side(m.after),
                "change": None if m.change is None else exact(m.change),
                "parts": {i: exact(v) for i, v in m.parts.items()},
            }
            for m in found
        ],
    }


def _side(s: Standing | None) -> dict[str, object] | None:
    if s is None:
        return None
    return {"total": exact(s.total), "rank": s.rank, "award": s.given.award, "class": s.entry.group}


def leaving_words(assessment: Assessment, one: Leaving) -> Text:
    """Return in a sentence what becomes of the others when a unit leaves."""
    names = {i.id: i.name for i in assessment.indicators()} | {a.id: a.name for a in assessment.awards}
    zh, en = [f"{one.unit}退出"], [f"if {one.unit} leaves"]
    if one.ends:
        zh.append(f"（它定了{'、'.join(names[e].zh for e in one.ends)}的一端）")
        en.append(f" (it sets an end of {', '.join(names[e].en for e in one.ends)})")
    pairs = one.swapped[:3]
    if one.swapped:
        more = f"等 {len(one.swapped)} 对" if len(one.swapped) > 3 else ""
        zh.append(f"：次序对调 {'；'.join(f'{a} 与 {b}' for a, b in pairs)}{more}")
        rest = f" and {len(one.swapped) - 3} more pairs" if len(one.swapped) > 3 else ""
        en.append(f": the order of {'; '.join(f'{a} and {b}' for a, b in pairs)}{rest} changes")
    changed = [(u, old, new) for u, old, new in one.awards if old is not None]
    if changed:
        zh.append(
            "；奖项改变：" + "、".join(f"{u}（{names[o].zh}→{names[n].zh if n else '无'}）" for u, o, n in changed)
        )
        en.append(
            "; awards change: "
            + ", ".join(f"{u} ({names[o].en} → {names[n].en if n else 'none'})" for u, o, n in changed)
        )
    return Text("".join(zh), "".join(en))


def reach_json(run: Round, found: Reach, aim: Aim) -> dict[str, object]:
    """Return the contract form of what a unit would need."""
    units = {i.id: i.unit for i in run.assessment.indicators()}
    return {
        "schema": 1,
        "id": run.assessment.id,
        "unit": found.unit,
        "aim": {"total": None if aim.total is None else exact(aim.total), "rank": aim.rank},
        "now": {"total": exact(found.now.total), "rank": found.now.rank},
        "alone": [
            {
                "indicator": w.indicator,
                "unit": units[w.indicator],
                "now": exact(w.now, units[w.indicator]),
                "bound": exact(w.bound, units[w.indicator]),
                "to": None if w.to is None else exact(w.to, units[w.indicator]),
            }
            for w in found.ways
        ],
        "together": None if found.together is None else {i: exact(v, units[i]) for i, v in found.together.items()},
        "share": None if found.share is None else exact(found.share),
        "best": {"total": exact(found.best.total), "rank": found.best.rank},
    }


def reach_rows(run: Round, found: Reach, say: Language) -> tuple[list[str], list[list[str]], list[str]]:
    """Return what a unit would need as head, rows and sentences in one language."""
    zh = say == "zh"
    kinds = {i.id: i for i in run.assessment.indicators()}

    def told(name: str, value: Fraction | None) -> str:
        if value is None:
            return "单靠它不够" if zh else "not enough alone"
        return figure_words(value, kinds[name].unit, DIGITS).say(say)

    head = (
        ["指标", "现在", "政策可及", "单独需到", "一起各到", "靠什么"]
        if zh
        else ["indicator", "now", "within reach", "alone to", "together to", "by"]
    )
    rows = []
    for way in found.ways:
        one, room = kinds[way.indicator], kinds[way.indicator].room
        both = found.together[way.indicator] if found.together is not None else None
        cells = [told(way.indicator, v) for v in (way.now, way.bound, way.to)]
        rows.append(
            [
                one.name.say(say),
                *cells,
                told(way.indicator, both) if both is not None else "",
                room.by.say(say) if room else "",
            ]
        )
    total, best = shown(found.now.total).say(say), shown(found.best.total).say(say)
    tail = [
        f"现在总分 {total}，第 {found.now.rank or '—'} 名；全部做到可及处：总分 {best}，第 {found.best.rank or '—'} 名"
        if zh
        else f"now {total}, rank {found.now.rank or '—'}; all within reach done: {best}, rank {found.best.rank or '—'}",
        "权重、类别、加减分和其他单位的数都不动；可及范围是方案的提议"
        if zh
        else "weights, class, bonus and the figures of others stay; what is within reach is a proposal of the assessment",
    ]
    if found.share is None:
        tail.insert(1, "全部做到也达不到" if zh else "not reached even so")
    return head, rows, tail


def audit_json(run: Round, with_leaving: bool = False) -> dict[str, object]:
    """Return the contract form of an audit of a run; with ``with_leaving`` whose order changes as each unit leaves."""
    assessment = run.assessment
    found = audit(assessment, run.facts, run.assessed)
    left = leavings(run) if with_leaving else []
    return findings_json(assessment, found, left)


def result_json(run: Round, sures: "Mapping[str, ClassSure] | None" = None) -> dict[str, object]:
    """Return the contract form of a run with its findings: all that a kept version, its page and its workbook show."""
    found = audit(run.assessment, run.facts, run.assessed)
    return {**round_json(run, sures), "findings": [f.to_json() for f in found]}


def leavings(run: Round, told: Told | None = None) -> list[Leaving]:
    """Return what happens as each unit leaves its class, over all classes. Raises ZhishuError ``assessment-too-large``."""
    large = [c for c in run.assessed.classes.values() if c.members > MOST_LEAVING]
    if large:
        what = Text(
            f"类别 {large[0].group} 有 {large[0].members} 个单位，逐一退出过慢",
            f"the class {large[0].group} has {large[0].members} units: too many to leave one by one",
        )
        repair = Text(f"每类至多 {MOST_LEAVING} 个", f"at most {MOST_LEAVING} a class")
        raise ZhishuError([Problem("assessment-too-large", large[0].group, what, repair)])
    return [one for g in run.assessment.groups for one in leaving(run.assessment, run.facts, run.assessed, g, told)]


def findings_json(assessment: Assessment, found: Sequence[Finding], left: Sequence[Leaving]) -> dict[str, object]:
    """Return the contract form of findings and of what each unit's leaving does."""
    return {
        "schema": 1,
        "id": assessment.id,
        "version": assessment.version.to_json(),
        "warnings": sum(f.severity == "warning" for f in found),
        "findings": [f.to_json() for f in found],
        "leaving": [{"unit": x.unit, "class": x.group, "says": leaving_words(assessment, x).to_json()} for x in left],
    }
