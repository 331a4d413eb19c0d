"""Every target of a study judged as of a day."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from zhishu.logic import Unknown
from zhishu.measure import Grid
from zhishu.pack.target import Missing, Target
from zhishu.study.figures import evidence, grid
from zhishu.study.forecasts import forecast_json, target_forecast
from zhishu.study.missing import missing_figures
from zhishu.study.open import Study
from zhishu.system.show import plain
from zhishu.terms import VERDICTS
from zhishu.units import parse_unit
from zhishu.watch import Judgement, watch
from zhishu.watch.forecast import Forecast
from zhishu.watch.rules import PROPOSAL, RULES
from zhishu.watch.sturdy import PROPOSAL as REVISION
from zhishu.watch.sturdy import Sturdy, sturdy


def judge_targets(study: Study, on: date) -> dict[str, tuple[Target, Judgement]]:
    """Return target and judgement by key, in the order of the text."""
    known = grid(study, on)
    ordered = sorted(study.pack.targets.values(), key=lambda t: (*map(int, t.cite.at.split(".")), t.key))
    return {t.key: (t, watch(t, evidence(study, t, known), on, RULES)) for t in ordered}


def judge_target(study: Study, key: str, on: date) -> Judgement:
    """Return the judgement of one target on a day."""
    target = study.pack.targets[key]
    return watch(target, evidence(study, target, grid(study, on)), on, RULES)


def robustness(study: Study, target: Target, judged: Judgement, known: Grid, on: date) -> Sturdy | None:
    """Return what one revision and another method would make of a verdict; none where no figure is used."""
    if not judged.points:
        return None
    return sturdy(target, evidence(study, target, known), on, RULES)


def target_json(
    target: Target,
    j: Judgement,
    robust: Sturdy | None,
    ahead: Forecast | Unknown,
    missing: Sequence[Missing],
) -> dict[str, object]:
    """Return the contract form of one target."""
    unit = parse_unit(target.unit).factor

    def number(value: object) -> str | None:
        return plain(value / unit) if isinstance(value, Fraction) else None

    return {
        "id": target.key,
        "system": target.system,
        "at": target.cite.at,
        "name": target.name.to_json(),
        "verdict": j.verdict,
        "value": number(j.value) or {"unknown": j.reason},
        "lower_bound": j.lower_bound,
        "target": number(target.value),
        "unit": target.unit,
        "period": j.period,
        "deadline": target.by.isoformat() if target.by else None,
        "gap": number(j.gap),
        "band": {"low": number(j.low), "high": number(j.high), "within": number(target.within)},
        "coverage": {"known": j.known, "needed": j.needed},
        "basis": {
            "runs": sorted({p.run for p in j.points}),
            "refs": [r for p in j.points for r in p.refs],
            "assumed_dates": j.assumed,
            "planned": any(p.planned for p in j.points),
            "confidence": j.confidence,
        },
        "reason": {"code": j.reason, **j.say.to_json()},
        "method": j.method,
        "reading": target.reading.to_json(),
        "readings": [
            {**a.text.to_json(), "verdict": a.verdict, "why": a.why.to_json() if a.why else None} for a in j.readings
        ],
        "bands": [{"within": number(w), "verdict": v} for w, v in j.band_verdicts],
        "band_switch": number(j.band_switch),
        "robust": [{**text.to_json(), "verdict": verdict} for text, verdict in robust.rows()] if robust else None,
        "forecast": forecast_json(ahead, target.unit),
        "missing": [{"what": m.what.to_json(), "holder": m.holder.to_json() if m.holder else None} for m in missing],
    }


def targets_json(study: Study, on: date) -> dict[str, object]:
    """Return the contract form of ``zhishu targets``."""
    found = judge_targets(study, on)
    known = grid(study, on)
    shown = [
        target_json(
            t, j, robustness(study, t, j, known, on), target_forecast(study, t, known, on), missing_figures(study, t)
        )
        for t, j in found.values()
    ]
    return {
        "schema": 1,
        "on": on.isoformat(),
        "proposals_used": [PROPOSAL.to_json(), REVISION.to_json()],
        "verdicts": {v: sum(j.verdict == v for _, j in found.values()) for v in VERDICTS},
        "targets": shown,
    }
