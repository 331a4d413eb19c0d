"""Walking a workflow: where a task stands after the acts accepted so far, and what the next one breaks.

The verb over whole plans and the office's acts one by one keep to these same rules.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from zhishu.pack.workflow import Step, Workflow

PROGRESS = "progress"
"""The word in between: it tells how the work stands and moves no node."""

Done = tuple[str, str, date, bool, str]
"""An act that was done: which, by which unit, on which day, with evidence or not, by which account (or blank)."""


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
    return walked(workflow, path, ((done.act, done.actor, done.on, done.evidence, done.by),))


def walked(workflow: Workflow, path: Path, done: Iterable[Done]) -> Path:
    """Return where a task stands after acts one after another; one that its workflow does not know moves nothing."""
    # all in one go: every list of every day walks every task, and a path for each act costs five times as much
    acts, node, last, proven = workflow.acts, path.node, path.last, path.evidence
    reporters, people = path.reporters, path.people
    for act, actor, on, evidence, by in done:
        step = acts.get(act)
        if step is not None:
            node, last = step.after, on
            if not step.reports:
                continue
            proven = evidence
        elif act != PROGRESS:
            continue
        # who tells of the work has reported on it, though nothing is proven for the end
        if actor not in reporters:
            reporters |= {actor}
        if by and by not in people:
            people |= {by}
    return Path(node, last, proven, reporters, people)
