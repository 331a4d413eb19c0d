"""Checking a workflow when it is loaded: its names, its days, and that every path ends proven and reviewed."""

from collections.abc import Callable, Iterable

from zhishu.errors import Problem, did_you_mean
from zhishu.pack.lines import Lined, Path
from zhishu.pack.workflow import Step, Workflow
from zhishu.terms import Text


def check_workflow(flow: Workflow, lined: Lined) -> list[Problem]:
    """Return every problem of a workflow, each with file and line.

    Names and days: ``workflow-node``, ``workflow-role`` (not declared), ``workflow-act-idle`` (an act that
    starts nowhere), ``workflow-role-idle`` (a role without an act), ``workflow-days`` (a negative number).
    Only where these hold, paths: ``workflow-start`` (an act leads back to the start), ``workflow-end`` (an
    act leaves the end), ``workflow-unreachable``, ``workflow-stuck`` (a node without a way to the end),
    ``workflow-unproven`` (the end without evidence), ``workflow-unreviewed`` (the end without a report, or
    without a review after it), ``workflow-self-review`` (one act that reports and reviews).
    """
    check = _Checker(flow, lined)
    check.names()
    check.days()
    if not check.problems:
        check.ends()
        check.paths()
    return check.problems


class _Checker:
    """The problems of one workflow found so far."""

    def __init__(self, flow: Workflow, lined: Lined) -> None:
        self.flow = flow
        self.steps = list(flow.acts.values())
        self.lined = lined
        self.problems: list[Problem] = []

    def _add(self, code: str, path: Path, what: Text, repair: Text) -> None:
        self.problems.append(Problem(code, self.lined.where(("workflows", self.flow.id, *path)), what, repair))

    def _node(self, path: Path, word: str) -> None:
        if word not in self.flow.nodes:
            what = Text(f"没有声明节点 {word}", f"the node {word} is not declared")
            self._add("workflow-node", path, what, did_you_mean(word, self.flow.nodes))

    def _role(self, path: Path, word: str) -> None:
        if word not in self.flow.roles:
            what = Text(f"没有声明角色 {word or '（空）'}", f"the role {word or '(blank)'} is not declared")
            self._add("workflow-role", path, what, did_you_mean(word, self.flow.roles))

    def names(self) -> None:
        """Check that every node and role an act names is declared, and every role is used."""
        flow = self.flow
        self._node(("start",), flow.start)
        self._node(("end",), flow.end)
        for step in self.steps:
            at: Path = ("acts", step.id)
            for i, node in enumerate(step.before):
                self._node((*at, "before", i), node)
            self._node((*at, "after"), step.after)
            self._role((*at, "role"), step.role)
            if not step.before:
                what = Text(f"动作 {step.id} 没有起始节点", f"the act {step.id} starts at no node")
                self._add("workflow-act-idle", at, what, Text("在 before 中写明节点", "name its nodes under before"))
        for role in sorted(set(flow.roles) - {s.role for s in self.steps}):
            what = Text(f"没有动作由角色 {role} 办理", f"no act is done by the role {role}")
            self._add(
                "workflow-role-idle",
                ("roles", role),
                what,
                Text("删去角色，或给它动作", "delete it, or give it an act"),
            )

    def days(self) -> None:
        """Check that days are not negative."""
        for name, days in (("near_days", self.flow.near_days), ("stale_days", self.flow.stale_days)):
            if days < 0:
                what = Text(f"{name} 为负", f"{name} is negative")
                self._add("workflow-days", (name,), what, Text("写 0 或正整数", "write 0 or a positive whole number"))

    def ends(self) -> None:
        """Check that nothing leads to the start, leaves the end, or reports and reviews in one act."""
        flow = self.flow
        if flow.start == flow.end:
            what = Text("起点就是终点", "the start is the end")
            self._add("workflow-start", ("start",), what, Text("分成两个节点", "make them two nodes"))
        for step in self.steps:
            if step.after == flow.start:
                what = Text(f"动作 {step.id} 回到起点", f"the act {step.id} leads back to the start")
                repair = Text("退回到起点之后的节点", "let it lead to a node after the start")
                self._add("workflow-start", ("acts", step.id, "after"), what, repair)
            if flow.end in step.before:
                what = Text(f"动作 {step.id} 从终点出发", f"the act {step.id} leaves the end")
                repair = Text("终点之后另立任务", "open another task after the end")
                self._add("workflow-end", ("acts", step.id, "before"), what, repair)
            if step.reports and step.reviews:
                what = Text(f"动作 {step.id} 既反馈又复核", f"the act {step.id} reports and reviews in one")
                repair = Text("分成两个动作", "make them two acts")
                self._add("workflow-self-review", ("acts", step.id), what, repair)

    def paths(self) -> None:
        """Check that every node is reached and leads on, and that the end is proven and reviewed."""
        flow = self.flow
        reached = self._reached([flow.start])
        for node in sorted(set(flow.nodes) - reached):
            what = Text(f"到不了节点 {node}", f"no path reaches the node {node}")
            repair = Text("补上通向它的动作，或删去节点", "add an act that leads there, or delete the node")
            self._add("workflow-unreachable", ("nodes", node), what, repair)
        if flow.end not in reached:
            return
        for node in sorted(n for n in reached if flow.end not in self._reached([n])):
            what = Text(f"从节点 {node} 到不了终点", f"no path leads from the node {node} to the end")
            repair = Text("补上离开它的动作", "add an act that leaves it")
            self._add("workflow-stuck", ("nodes", node), what, repair)
        if flow.end in self._reached([flow.start], lambda s: "evidence" not in s.needs):
            what = Text("没有佐证就能到终点", "the end can be reached without evidence")
            repair = Text("让通向终点的动作要佐证", "let an act on every path need evidence")
            self._add("workflow-unproven", ("end",), what, repair)
        unreported = flow.end in self._reached([flow.start], lambda s: not s.reports)
        reported = [s.after for s in self.steps if s.reports]
        if unreported or flow.end in self._reached(reported, lambda s: not s.reviews):
            what = Text("反馈之后不经复核就能到终点", "the end can be reached without a report and a review after it")
            repair = Text("让通向终点的每条路先反馈、后复核", "let every path to the end pass a report, then a review")
            self._add("workflow-unreviewed", ("end",), what, repair)

    def _reached(self, begin: Iterable[str], allowed: Callable[[Step], bool] = lambda step: True) -> set[str]:
        """Return the nodes that acts of a kind reach from some nodes, those included."""
        steps = [s for s in self.steps if allowed(s)]
        found = set(begin)
        while more := {s.after for s in steps if found & set(s.before)} - found:
            found |= more
        return found
