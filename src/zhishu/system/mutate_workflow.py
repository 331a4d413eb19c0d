"""Changing a workflow one piece at a time: its days, and who may act, from where, with what."""

from collections.abc import Iterator
from dataclasses import replace

from zhishu.pack.workflow import Step, Workflow


def workflow_changes(flow: Workflow) -> Iterator[tuple[str, Workflow]]:
    """Yield every workflow that differs from this one in one piece, with what was changed."""
    for days in (flow.near_days - 1, flow.near_days + 1):
        yield f"near_days {flow.near_days} → {days}", replace(flow, near_days=days)
    for days in (flow.stale_days - 1, flow.stale_days + 1):
        yield f"stale_days {flow.stale_days} → {days}", replace(flow, stale_days=days)
    for name, step in flow.acts.items():
        for what, changed in _step_changes(flow, step):
            yield f"acts.{name} {what}", replace(flow, acts={**flow.acts, name: changed})


def _step_changes(flow: Workflow, step: Step) -> Iterator[tuple[str, Step]]:
    for node in step.before:
        yield f"before {node} dropped", replace(step, before=tuple(n for n in step.before if n != node))
    for need in step.needs:
        yield f"needs {need} dropped", replace(step, needs=tuple(n for n in step.needs if n != need))
    for role in flow.roles:
        if role != step.role:
            yield f"role {step.role} → {role}", replace(step, role=role)
    if step.reports:
        yield "reports dropped", replace(step, reports=False)
    if step.reviews:
        yield "reviews dropped", replace(step, reviews=False)
