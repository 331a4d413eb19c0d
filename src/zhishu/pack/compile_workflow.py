"""Binding a system to the workflow its tasks follow: whose columns the verb fills, and from which fields."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from zhishu.errors import did_you_mean
from zhishu.formula.tree import Node
from zhishu.pack.lines import Path
from zhishu.pack.references import Add
from zhishu.pack.system import Beside, Column, Derived, System, Table
from zhishu.pack.system_model import FollowsModel
from zhishu.pack.workflow import Workflow
from zhishu.terms import Text

AT: Path = ("workflow",)


def bind_workflow(
    system: System,
    model: FollowsModel | None,
    workflows: Mapping[str, Workflow],
    formula: Callable[[str, Path], Node],
    add: Add,
) -> System:
    """Return the system with its workflow, or as it is where it follows none.

    A column without arguments in one of the two tables named gets what the verb reads: its own rows, and
    those of the other table beside them. The acts of the workflow become the choices of the field that
    names the act, unless it declares its own. Problems: ``pack-unknown-workflow``, ``pack-unknown-table``,
    ``pack-unknown-role``, ``pack-role-missing``.
    """
    if model is None:
        return system
    flow = workflows.get(model.follows)
    if flow is None:
        what = Text(f"没有流程 {model.follows}", f"there is no workflow {model.follows}")
        add("pack-unknown-workflow", (*AT, "follows"), what, did_you_mean(model.follows, workflows))
        return system
    _roles(model, flow, add)
    sides = {"tasks": model.tasks.table, "entries": model.entries.table}
    unknown = [side for side, table in sides.items() if table not in system.tables]
    for side in unknown:
        what = Text(f"没有表 {sides[side]}", f"there is no table {sides[side]}")
        add("pack-unknown-table", (*AT, side, "table"), what, did_you_mean(sides[side], system.tables))
    if unknown:
        return system
    tasks, entries = _arguments(model, formula)
    tables = dict(system.tables)
    for own, args, other in (
        (model.tasks.table, tasks, Beside(model.entries.table, entries)),
        (model.entries.table, entries, Beside(model.tasks.table, tasks)),
    ):
        tables[own] = replace(tables[own], derive=_filled(tables[own], args, other))
    acts = _acts(tables[model.entries.table], model.entries.act, flow)
    return replace(system, tables={**tables, model.entries.table: acts}, workflow=flow)


def _roles(model: FollowsModel, flow: Workflow, add: Add) -> None:
    at = (*AT, "tasks", "roles")
    for role in model.tasks.roles:
        if role not in flow.roles:
            what = Text(f"流程没有角色 {role}", f"the workflow has no role {role}")
            add("pack-unknown-role", (*at, role), what, did_you_mean(role, flow.roles))
    for role, name in flow.roles.items():
        if role not in model.tasks.roles:
            what = Text(f"没有写明角色 {role}（{name.zh}）由哪一列给出", f"no field gives the role {role} ({name.en})")
            add("pack-role-missing", at, what, Text(f"写作 {role}: 列名", f"write {role}: FIELD"))


def _arguments(model: FollowsModel, formula: Callable[[str, Path], Node]) -> tuple[dict[str, Node], dict[str, Node]]:
    """Return what the verb reads of each task and of each entry; roles are ``role_NAME``."""

    def read(side: str, fields: Mapping[str, str]) -> dict[str, Node]:
        return {k: formula(v, (*AT, side, k.removeprefix("role_"))) for k, v in fields.items()}

    t, e = model.tasks, model.entries
    tasks = {"task": t.task, "due": t.due, **{f"role_{k}": v for k, v in t.roles.items()}}
    entries = {"task": e.task, "seq": e.seq, "act": e.act, "actor": e.actor, "on": e.on}
    return read("tasks", tasks), read("entries", {**entries, "evidence": e.evidence, "note": e.note})


def _filled(table: Table, args: Mapping[str, Node], other: Beside) -> dict[str, Derived]:
    found = dict(table.derive)
    for name, derived in found.items():
        if derived.column is not None and not derived.column.args:
            found[name] = replace(derived, column=replace(derived.column, args=args, beside=other))
    return found


def _acts(table: Table, field: str, flow: Workflow) -> Table:
    column: Column | None = table.fields.get(field)
    if column is None or column.type != "choice" or column.choices:
        return table
    choices = {step.id: step.name for step in flow.acts.values()}
    return replace(table, fields={**table.fields, field: replace(column, choices=choices)})
