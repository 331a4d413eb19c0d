"""Workflows: nodes of a task, the acts that move it, who may act, and what an act must bring."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from zhishu.errors import Problem, did_you_mean
from zhishu.pack.lines import Lined
from zhishu.pack.strict import Bilingual, Strict, validate
from zhishu.pack.system import Cite
from zhishu.pack.system_model import CiteModel
from zhishu.terms import Text

Need = Literal["evidence", "reason"]


class StepModel(Strict):
    """One act: the nodes it may start from, where it leads, who does it, and what it must bring."""

    name: Bilingual
    before: list[str]
    after: str
    role: str
    needs: list[Need] = Field(default_factory=list)
    reports: bool = False
    reviews: bool = False


class WorkflowModel(Strict):
    """A workflow as the pack declares it; ``start`` stands before anything was recorded."""

    name: Bilingual
    cite: CiteModel
    proposal: Bilingual
    start: str
    end: str
    near_days: int
    stale_days: int
    roles: dict[str, Bilingual]
    nodes: dict[str, Bilingual]
    acts: dict[str, StepModel]


class WorkflowFile(Strict):
    """The workflows of a pack."""

    workflows: dict[str, WorkflowModel]


@dataclass(frozen=True, slots=True)
class Step:
    """An act of a workflow. Who ``reports`` on a task may neither review it nor lead it to the end."""

    id: str
    name: Text
    before: tuple[str, ...]
    after: str
    role: str
    needs: tuple[Need, ...]
    reports: bool
    reviews: bool


@dataclass(frozen=True, slots=True)
class Workflow:
    """A workflow, ready to follow; days are calendar days."""

    id: str
    name: Text
    cite: Cite
    proposal: Text
    start: str
    end: str
    near_days: int
    stale_days: int
    roles: Mapping[str, Text]
    nodes: Mapping[str, Text]
    acts: Mapping[str, Step]
    where: str


def load_workflows(lined: Lined) -> tuple[dict[str, Workflow], list[Problem]]:
    """Return the workflows of one file, or every problem with its line.

    Codes: ``workflow-node``, ``workflow-role`` (a name that is not declared), ``workflow-unreachable`` (the
    end, or a node, that no path from the start reaches), ``workflow-unreviewed`` (the end can be reached
    without a review), ``workflow-days`` (a negative number of days).
    """
    model, problems = validate(WorkflowFile, lined)
    if model is None:
        return {}, problems
    found: dict[str, Workflow] = {}
    for name, item in model.workflows.items():
        steps = {
            k: Step(k, a.name, tuple(a.before), a.after, a.role, tuple(a.needs), a.reports, a.reviews)
            for k, a in item.acts.items()
        }
        flow = Workflow(
            name,
            item.name,
            Cite(item.cite.at, item.cite.quote),
            item.proposal,
            item.start,
            item.end,
            item.near_days,
            item.stale_days,
            item.roles,
            item.nodes,
            steps,
            lined.where(("workflows", name)),
        )
        faults = [*_names(flow, lined), *_days(flow)]
        problems += faults or _paths(flow)
        found[name] = flow
    return found, problems


def _names(flow: Workflow, lined: Lined) -> list[Problem]:
    found = []
    for step in flow.acts.values():
        where = lined.where(("workflows", flow.id, "acts", step.id))
        found += [
            _strange("workflow-node", where, n, flow.nodes) for n in (*step.before, step.after) if n not in flow.nodes
        ]
        found += [_strange("workflow-role", where, r, flow.roles) for r in (step.role,) if r not in flow.roles]
    ends = [n for n in (flow.start, flow.end) if n not in flow.nodes]
    return found + [_strange("workflow-node", flow.where, n, flow.nodes) for n in ends]


def _strange(code: str, where: str, word: str, known: Mapping[str, Text]) -> Problem:
    what = Text(f"没有声明 {word}", f"{word} is not declared")
    return Problem(code, where, what, did_you_mean(word, known))


def _days(flow: Workflow) -> list[Problem]:
    if min(flow.near_days, flow.stale_days) >= 0:
        return []
    what = Text("天数为负", "a negative number of days")
    return [Problem("workflow-days", flow.where, what, Text("写 0 或正整数", "write 0 or a positive whole number"))]


def _paths(flow: Workflow) -> list[Problem]:
    found = []
    lost = sorted(set(flow.nodes) - _reached(flow, list(flow.acts.values())))
    if lost:
        what = Text(f"到不了节点 {'、'.join(lost)}", f"no path reaches {', '.join(lost)}")
        repair = Text("补上通向它的动作，或删去节点", "add an act that leads there, or delete the node")
        found.append(Problem("workflow-unreachable", flow.where, what, repair))
    if flow.end in _reached(flow, [s for s in flow.acts.values() if not s.reviews]):
        what = Text("不经复核就能办结", "the end can be reached without a review")
        repair = Text("让通向办结的每条路都经过复核", "let every path to the end pass a review")
        found.append(Problem("workflow-unreviewed", flow.where, what, repair))
    return found


def _reached(flow: Workflow, steps: list[Step]) -> set[str]:
    reached = {flow.start}
    while more := {s.after for s in steps if reached & set(s.before)} - reached:
        reached |= more
    return reached
