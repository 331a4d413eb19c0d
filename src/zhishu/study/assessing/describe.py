"""An assessment's declaration as JSON: classes, the matrix of weights, kinds, awards, who decides."""

from datetime import date
from fractions import Fraction

from zhishu.pack.assessment import Assessment, Indicator, Raw
from zhishu.study.assessing.lacks import lacks_json
from zhishu.study.open import Study
from zhishu.system.show import exact, plain


def assessments_json(study: Study) -> dict[str, object]:
    """Return the assessments of a pack."""
    return {
        "schema": 1,
        "assessments": [
            {"id": a.id, "version": a.version.to_json(), "years": list(a.years), "name": a.name.to_json()}
            for a in study.pack.assessments.values()
        ],
    }


def assessment_json(study: Study, a: Assessment, on: date) -> dict[str, object]:
    """Return the declaration, and what is lacking of the real units."""
    return {
        "schema": 1,
        "id": a.id,
        "version": a.version.to_json(),
        "years": list(a.years),
        "name": a.name.to_json(),
        "cite": {"at": a.cite.at, "quote": a.cite.quote},
        "level": a.level,
        "proposals_used": [a.proposal.to_json()],
        "classes": [{"class": g.id, "name": g.name.to_json(), "size": g.size} for g in a.groups.values()],
        "purposes": {k: t.to_json() for k, t in a.purposes.items()},
        "least": a.least,
        "shift": exact(a.shift, "%"),
        "ineligible": {g.id: g.name.to_json() for g in a.grounds.values()},
        "aggregate": a.aggregate,
        "aspects": [
            {
                "aspect": aspect.id,
                "name": aspect.name.to_json(),
                "aggregate": aspect.aggregate,
                "indicators": [_indicator(a, i) for i in aspect.indicators],
            }
            for aspect in a.aspects
        ],
        "ties": list(a.ties),
        "grades": [{"grade": g.id, "name": g.name.to_json(), "from": exact(g.least)} for g in a.grades],
        "awards": [
            {
                "award": w.id,
                "name": w.name.to_json(),
                "by": w.by,
                "prize": exact(w.prize, "万元"),
                "places": dict(w.places),
            }
            for w in a.awards
        ],
        "vetoes": [
            {
                "veto": v.id,
                "name": v.name.to_json(),
                "proposes": v.proposes.to_json(),
                "decides": v.decides.to_json(),
                "effect": v.effect,
            }
            for v in a.vetoes.values()
        ],
        "decides": a.decides.to_json(),
        "notice": a.notice.to_json(),
        "objection_days": a.objection_days,
        "repair": a.repair.to_json(),
        "lacks": lacks_json(study, a, on),
    }


def _indicator(a: Assessment, i: Indicator) -> dict[str, object]:
    return {
        "indicator": i.id,
        "name": i.name.to_json(),
        "unit": i.unit,
        "direction": i.direction.to_json(),
        "denominator": i.denominator.to_json(),
        "scored": {
            g: {"weight": exact(s.weight), "kind": s.kind, "parameters": {k: _raw(v) for k, v in s.parameters.items()}}
            for g in a.groups
            for s in (i.at(g),)
        },
    }


def _raw(value: Raw) -> object:
    if isinstance(value, Fraction):
        return plain(value)
    if isinstance(value, tuple):
        return [_raw(v) for v in value]
    if isinstance(value, str):
        return value
    return {k: _raw(v) for k, v in value.items()}
