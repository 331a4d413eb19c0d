"""The state of every promise as of a day."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from zhishu.pack.promise import Promise
from zhishu.study.open import Study
from zhishu.study.targets import judge_targets
from zhishu.terms import PROMISE_STATES
from zhishu.watch import promise_state


def promise_states(study: Study, on: date, verdicts: dict[str, str] | None = None) -> dict[str, str]:
    """Return the state of each promise by id."""
    judged = verdicts if verdicts is not None else {k: j.verdict for k, (_, j) in judge_targets(study, on).items()}
    return {p.id: _state(p, judged, on) for p in study.pack.promises()}


def _state(promise: Promise, verdicts: dict[str, str], on: date) -> str:
    measured = promise.measured_by
    verdict = verdicts.get(measured[1]) if measured and measured[0] == "target" else None
    return promise_state(verdict, promise.evidence, promise.deadline, on)


def promise_counts(states: dict[str, str]) -> dict[str, int]:
    """Return how many promises are in each state, all states named."""
    counted = Counter(states.values())
    return {state: counted[state] for state in PROMISE_STATES}


def promises_json(
    study: Study, on: date, states: Mapping[str, str], article: int | None = None, state: str | None = None
) -> dict[str, object]:
    """Return the contract form of ``zhishu promises``: all of them, or those of one article or in one state."""
    chosen = [
        p
        for p in study.pack.promises()
        if (article is None or p.article == article) and (state is None or states[p.id] == state)
    ]
    rows = [promise_row(p, states[p.id]) for p in chosen]
    return {"schema": 1, "on": on.isoformat(), "promises": rows}


def promise_row(p: Promise, state: str) -> dict[str, object]:
    """Return the contract form of one promise; who leads, or takes part, is unknown until a source names them."""
    return {
        "id": p.id,
        "at": p.cite.at,
        "title": p.title.to_json(),
        "kind": p.kind,
        "specificity": p.specificity,
        "state": state,
        "scope": p.scope.to_json() if p.scope else None,
        "deadline": p.deadline.isoformat() if p.deadline else None,
        "regions": list(p.regions),
        "quantities": [q.model_dump() for q in p.quantities],
        "note": p.note.to_json() if p.note else None,
        "lead": p.lead.to_json() if p.lead else {"unknown": "missing"},
        "with": [w.to_json() for w in p.with_] if p.with_ else {"unknown": "missing"},
        "measured_by": dict([p.measured_by]) if p.measured_by else None,
        "evidence": [
            {
                "title": e.title,
                "number": e.number,
                "issued_on": e.issued_on.isoformat(),
                "issuer": e.issuer,
                "source": e.source,
                "confidence": e.confidence,
            }
            for e in p.evidence
        ],
    }
