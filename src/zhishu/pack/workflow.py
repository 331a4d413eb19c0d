"""Workflows: nodes of a task, the acts that move it, who may act, and what an act must bring."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from zhishu.pack.cite import Cite
from zhishu.terms import Text

Need = Literal["evidence", "reason"]


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
    """A workflow, ready to follow; days are calendar days, ``start`` stands before anything was recorded."""

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
