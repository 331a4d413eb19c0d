"""Walking a workflow: where a task stands after the acts accepted so far, and what the next one breaks.

The verb over whole plans and the office's acts one by one keep to these same rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhishu.pack.workflow import Step, Workflow


@dataclass(frozen=True, slots=True)
class Attempt:
    """An act of a workflow as tried: by which unit, on which day, and whether it brings evidence and a reason.

    ``by`` is the account, blank where only units are known.
    """

    act: str
    actor: str
    on: date
    evidence: bool = False
    reason: bool = False
    by: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """Where a task stands: node, day of the last act, whether the last report was proven, who ever reported."""

    node: str
    last: date | None = None
    evidence: bool = False
    reporters: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()


def breaches(workflow: Workflow, actors: Mapping[str, frozenset[str]], path: Path, tried: Attempt) -> tuple[str, ...]:
    """Return the code of every rule an act breaks, the weightiest first; none where it may be done."""
    step = workflow.acts.get(tried.act)
    if step is None:
        return ("task-unknown-act",)
    found = []
    if path.node not in step.before:
        found.append("task-out-of-order")
    if path.last is not None and tried.on < path.last:
        found.append("task-dated-before")
    holders = actors.get(step.role, frozenset())
    if tried.actor not in holders:
        found.append("task-wrong-actor" if holders else "task-role-unnamed")
    if judges(workflow, step):
        if tried.actor in path.reporters:
            found.append("task-self-review")
        if tried.by in path.people:
            found.append("task-self-review-account")
    # what the last report brought also closes the task
    if "evidence" in step.needs and not (tried.evidence or (step.after == workflow.end and path.evidence)):
        found.append("task-no-evidence")
    if "reason" in step.needs and not tried.reason:
        found.append("task-no-reason")
    return tuple(found)


def judges(workflow: Workflow, step: Step) -> bool:
    """Return whether an act passes a judgement on what was reported: it reviews, or leads to the end."""
    return step.reviews or step.after == workflow.end


def moved(workflow: Workflow, path: Path, done: Attempt) -> Path:
    """Return where a task stands after an act of its workflow."""
    step = workflow.acts[done.act]
    # built outright: long walks are walked often, and replacing costs several times as much
    after = Path(step.after, done.on, path.evidence, path.reporters, path.people)
    return reported(after, done) if step.reports else after


def reported(path: Path, done: Attempt) -> Path:
    """Return a path that remembers who reported, and whether the report was proven."""
    people = path.people | {done.by} if done.by else path.people
    return Path(path.node, path.last, done.evidence, path.reporters | {done.actor}, people)
