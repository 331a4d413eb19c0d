"""Where a task stands in its workflow: the path its acts have walked, who is waited for, and the last fresh word."""

from collections.abc import Mapping
from datetime import date

from zhishu.coordinate.path import Attempt, Path, judges, moved
from zhishu.coordinate.tasks import Item, Word
from zhishu.coordinate.world import World
from zhishu.pack.workflow import Workflow

PROGRESS = "progress"
"""The word in between: it tells how the work stands and moves no node."""


def flow_of(item: Item, world: World) -> Workflow | None:
    """Return the template a task follows, None where the pack no longer has it."""
    return world.workflows.get(item.template)


def walked(item: Item, flow: Workflow) -> Path:
    """Return the path of a task; an act that its template no longer knows moves nothing."""
    path = Path(flow.start)
    for word in item.words:
        if word.act in flow.acts:
            path = moved(flow, path, attempt(word))
        elif word.act == PROGRESS:
            # who tells of the work has reported on it, though nothing is proven for the end
            reporters, people = path.reporters | {word.said.unit}, path.people | {word.said.by}
            path = Path(path.node, path.last, path.evidence, reporters, people)
    return path


def attempt(word: Word) -> Attempt:
    """Return what the rules of the workflow look at in a word."""
    return Attempt(word.act, word.said.unit, word.said.on, word.proven, bool(word.reason.strip()), word.said.by)


def ended(item: Item, world: World) -> date | None:
    """Return the day a task was closed, None while it runs."""
    flow = flow_of(item, world)
    if flow is None:
        return None
    return next((w.said.on for w in item.words if w.act in flow.acts and flow.acts[w.act].after == flow.end), None)


def waits_for(item: Item, world: World) -> Mapping[str, frozenset[str]]:
    """Return the units waited for by the acts that move the task; who reported is not waited for to judge it.

    An act that leads back, or nowhere, waits for a role only beside one that leads it on: nobody is waited for to
    return what the next role has taken over.
    """
    flow = flow_of(item, world)
    if flow is None or item.drafted is None:
        return {}
    path = walked(item, flow)
    order = list(flow.nodes)
    here = [step for step in flow.acts.values() if path.node in step.before]
    on = {step.role for step in here if order.index(step.after) > order.index(path.node)}
    found = {}
    for step in here:
        if step.role in on:
            barred = path.reporters if judges(flow, step) else frozenset()
            found[step.id] = item.actors.get(step.role, frozenset()) - barred
    return {act: units for act, units in found.items() if units}


def last_word(item: Item, flow: Workflow) -> date | None:
    """Return the day of the last word on the work, None where nothing was recorded since the draft.

    Urging is no news of the work: an act of the supervising unit that can be repeated does not make a silence
    fresh.
    """
    heard: date | None = None
    for word in item.words:
        step = flow.acts.get(word.act)
        if step is None or step.role != "lead" or step.after not in step.before:
            heard = word.said.on
    return heard
