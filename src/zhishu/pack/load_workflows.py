"""From workflows.yaml to workflows that can work, with every problem at its line."""

from pydantic import Field

from zhishu.errors import Problem
from zhishu.pack.check_workflow import check_workflow
from zhishu.pack.cite import Cite
from zhishu.pack.lines import Lined
from zhishu.pack.strict import Bilingual, Strict, validate
from zhishu.pack.system_model import CiteModel
from zhishu.pack.workflow import Need, Step, Workflow


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
    """A workflow as the pack declares it."""

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


def load_workflows(lined: Lined) -> tuple[dict[str, Workflow], list[Problem]]:
    """Return the workflows of one file and every problem with its line (codes: see ``check_workflow``)."""
    model, problems = validate(WorkflowFile, lined)
    if model is None:
        return {}, problems
    found: dict[str, Workflow] = {}
    for name, item in model.workflows.items():
        found[name] = _workflow(name, item, lined.where(("workflows", name)))
        problems += check_workflow(found[name], lined)
    return found, problems


def _workflow(name: str, item: WorkflowModel, where: str) -> Workflow:
    return Workflow(
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
        {
            k: Step(k, a.name, tuple(a.before), a.after, a.role, tuple(a.needs), a.reports, a.reviews)
            for k, a in item.acts.items()
        },
        where,
    )
