"""Workflows of the pack load, and one that cannot work is refused with its file and line."""

from datetime import date
from pathlib import Path

import pytest
from tests.shipped import copied

from zhishu.errors import ZhishuError
from zhishu.pack.lines import read_yaml
from zhishu.pack.load import digest, load_pack
from zhishu.pack.load_workflows import load_workflows
from zhishu.study import PACKS, Study
from zhishu.study.coverage import coverage

PACK = PACKS / "sichuan2018"
# the first workflow of the file: the others share its words
TEXT = (PACK / "workflows.yaml").read_text(encoding="utf-8").partition("  supervision_3:")[0]
DEAD_END = """      dead: {zh: 死, en: dead}
    acts:
      drop: {name: {zh: 弃, en: drop}, before: [opened], after: dead, role: lead}"""
SHEET = "articles/05/systems/ftz-159-reform-tasks.yaml"


def found(text: str) -> list[tuple[str, str]]:
    """Return code and place of the problems of a file."""
    return [(p.code, p.where) for p in load_workflows(read_yaml(text, "w.yaml"))[1]]


def line(part: str) -> str:
    """Return where a part of the shipped file stands."""
    return f"w.yaml:{TEXT[: TEXT.index(part)].count(chr(10)) + 1}"


def test_the_pack_holds_its_workflows(study: Study) -> None:
    """Loaded without a problem, cited like everything else, counted in the coverage."""
    flow = study.pack.workflows["supervision"]
    assert (flow.cite.at, flow.where) == ("26.3", "workflows.yaml:2")
    assert any(c.where == flow.where and c.quote == flow.cite.quote for c in study.pack.citations())
    assert coverage(study, date(2026, 11, 23))["workflows"] == 4


@pytest.mark.parametrize(
    ("id", "nodes"), [("supervision_3", 3), ("supervision_4", 4), ("supervision", 7), ("supervision_11", 11)]
)
def test_templates_by_their_nodes(study: Study, id: str, nodes: int) -> None:
    """So many nodes stand after the start, where nothing is recorded yet; the roles are the same in all."""
    flow = study.pack.workflows[id]
    assert len(set(flow.nodes) - {flow.start}) == nodes
    assert set(flow.roles) == {"lead", "unit", "reviewer"}


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ("after: assigned", "after: asigned", "workflow-node", "assign: {name"),
        ("before: [signed]", "before: [sgned]", "workflow-node", "handle: {name"),
        ("before: [signed]", "before: []", "workflow-act-idle", "handle: {name"),
        ("start: none", "start: nune", "workflow-node", "start: none"),
        ("end: closed", "end: clsed", "workflow-node", "end: closed"),
        ("role: reviewer, reviews", "role: reviewr, reviews", "workflow-role", "approve: {name"),
        ("after: opened, role: lead", 'after: opened, role: ""', "workflow-role", "open: {name"),
        ("after: opened, role: lead", "after: opened", "pack-missing-field", "open: {name"),
        ("    nodes:", "      watcher: {zh: 观察, en: watcher}\n    nodes:", "workflow-role-idle", "    nodes:"),
        ("    acts:", DEAD_END, "workflow-stuck", "    acts:"),
        ("    acts:", "      lost: {zh: 失, en: lost}\n    acts:", "workflow-unreachable", "    acts:"),
        ("after: closed", "after: reviewed", "workflow-unreachable", "closed: {zh"),
        ("before: [reported, reviewed], after: handling", "before: [reported], after: none", "workflow-start",
         "return: {name"),
        ("start: none", "start: closed", "workflow-start", "start: none"),
        ("before: [reported, reviewed]", "before: [reported, closed]", "workflow-end", "return: {name"),
        ("before: [reviewed], after: closed", "before: [reported, reviewed], after: closed", "workflow-unreviewed",
         "end: closed"),
        (", reports: true", "", "workflow-unreviewed", "end: closed"),
        ("role: reviewer, reviews: true}", "role: reviewer}", "workflow-unreviewed", "end: closed"),
        ("reports: true", "reports: true, reviews: true", "workflow-self-review", "report: {name"),
        ("needs: [evidence]", "needs: []", "workflow-unproven", "end: closed"),
        ("near_days: 3", "near_days: -3", "workflow-days", "near_days: 3"),
        ("stale_days: 31", "stale_days: 31.5", "pack-bad-value", "stale_days: 31"),
        ("needs: [reason]", "needs: [luck]", "pack-bad-value", "return: {name"),
        ("start: none", "begin: none", "pack-unknown-field", "start: none"),
        ('at: "26.3"', "at: 26.3", "cite-at-number", "cite: {at"),
    ],
)  # fmt: skip
def test_what_cannot_work_is_refused(old: str, new: str, code: str, at: str) -> None:
    """Each fault has its code and the line it stands in."""
    assert old in TEXT
    assert (code, line(at)) in found(TEXT.replace(old, new))


def test_several_faults_are_named_together() -> None:
    """All problems of the file, not the first only."""
    text = TEXT.replace("after: assigned", "after: asigned").replace("near_days: 3", "near_days: -3")
    assert {c for c, _ in found(text)} == {"workflow-node", "workflow-days"}


def problems_of(folder: Path) -> list[tuple[str, str]]:
    """Return code and place of everything wrong with a pack."""
    with pytest.raises(ZhishuError) as caught:
        load_pack(folder)
    return [(p.code, p.where) for p in caught.value.problems]


def spoil(copy: Path, file: str, old: str, new: str) -> None:
    """Replace a part of one file."""
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new), encoding="utf-8")


def test_the_file_is_part_of_the_pack(tmp_path: Path) -> None:
    """Its problems are collected with those of other files, its change changes the digest, it may be absent."""
    copy = copied(tmp_path / "pack")
    before = digest(copy)
    spoil(copy, "workflows.yaml", "near_days: 3", "near_days: -3")
    assert digest(copy) != before
    spoil(copy, "articles/12/promises.yaml", 'at: "12.1"', 'at: "12.99"')
    collected = problems_of(copy)
    assert ("workflow-days", "workflows.yaml:8") in collected
    assert "cite-place-unknown" in {c for c, _ in collected}
    spoil(copy, "workflows.yaml", 'at: "26.3"', 'at: "26.99"')
    assert ("cite-place-unknown", "workflows.yaml:2") in problems_of(copy)


def test_a_pack_without_workflows_has_none(tmp_path: Path) -> None:
    """Only the system that follows one is refused, at the line that names it."""
    copy = copied(tmp_path / "pack", "ftz-159-reform-tasks", "land-supply-rate-gate")
    (copy / "workflows.yaml").unlink()
    assert problems_of(copy) == [("pack-unknown-workflow", f"{SHEET}:9")]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("follows: supervision", "follows: supervison", "pack-unknown-workflow"),
        ("{lead: lead, unit: owner, reviewer: reviewer}", "{lead: lead, unit: owner}", "pack-role-missing"),
        ("{lead: lead, unit: owner,", "{lead: lead, unit: owner, chair: lead,", "pack-unknown-role"),
        ("tasks: {table: tasks,", "tasks: {table: task,", "pack-unknown-table"),
        ("due: due, roles", "due: deu, roles", "formula-unknown-name"),
        ("remedy: {column: {use: remedy}}", "remedy: {column: {use: light}}", "pack-column-place"),
        ('node == "none"', 'node == "nothing"', "formula-choice"),
        ('act == "return"', 'act == "retrun"', "formula-choice"),
    ],
)
def test_a_system_that_follows_it_wrongly_is_refused(tmp_path: Path, old: str, new: str, code: str) -> None:
    """The workflow, its roles, tables, fields, columns, nodes and acts are checked when the pack is loaded."""
    copy = copied(tmp_path / "pack", "ftz-159-reform-tasks")
    spoil(copy, SHEET, old, new)
    places = [where for c, where in problems_of(copy) if c == code]
    assert places
    assert places[0].startswith(SHEET)
