"""Where a task stands in its workflow: the path its acts have walked, who is waited for, and the last fresh word."""

from collections.abc import Mapping
from datetime import date

from zhishu.coordinate.path import Path, judges, walked
from zhishu.coordinate.tasks import Item
from zhishu.coordinate.world import World
from zhishu.pack.workflow import Workflow


def flow_of(item: Item, world: World) -> Workflow | None:
    """Return the template a task follows, None where the pack no longer has it."""
    return world.workflows.get(item.template)


def path_of(item: Item, flow: Workflow) -> Path:
    """Return the path of a task; an act that its template no longer knows moves nothing."""
    # with files it is proven; asked outright, as this is done for every task of every list
    done = [(word.act, (said := word.said).unit, said.on, bool(said.files), said.by) for word in item.words]
    return walked(flow, Path(flow.start), done)


def ended(item: Item, world: World) -> date | None:
    """Return the day a task was closed, None while it runs."""
    flow = flow_of(item, world)
    if flow is None:
        return None
    last = {step.id for step in flow.acts.values() if step.after == flow.end}
    for word in item.words:
        if word.act in last:
            return word.said.on
    return None


def waits_for(item: Item, world: World) -> Mapping[str, frozenset[str]]:
    """Return the units waited for by the acts that move the task; who reported is not waited for to judge it.

    An act that leads back, or nowhere, waits for a role only beside one that leads it on: nobody is waited for to
    return what the next role has taken over.
    """
    flow = flow_of(item, world)
    if flow is None or item.drafted is None:
        return {}
    path = path_of(item, flow)
    here = [step for step in flow.acts.values() if path.node in step.before]
    if not here:
        return {}
    order, actors, found = list(flow.nodes), item.actors, {}
    on = {step.role for step in here if order.index(step.after) > order.index(path.node)}
    for step in here:
        if step.role in on:
            barred = path.reporters if judges(flow, step) else frozenset()
            found[step.id] = actors.get(step.role, frozenset()) - barred
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
