"""Workflows of the pack load, and one that cannot work is refused with its place."""

from pathlib import Path

import pytest

from zhishu.pack.lines import read_yaml
from zhishu.pack.workflow import load_workflows

PACK = Path(__file__).resolve().parents[2] / "src/zhishu/packs/sichuan2018/workflows.yaml"


def codes(text: str) -> list[str]:
    """Return the codes of the problems of a file."""
    return [p.code for p in load_workflows(read_yaml(text, "w.yaml"))[1]]


def test_the_shipped_workflow_stands_in_its_sentence(shared: Path) -> None:
    """It loads without a problem, and its anchor phrase is in the sentence it cites."""
    found, problems = load_workflows(read_yaml(PACK.read_text(encoding="utf-8"), "workflows.yaml"))
    cite = found["supervision"].cite
    text = (shared / "decision" / "sentences.jsonl").read_text(encoding="utf-8")
    article, sentence = cite.at.split(".")
    line = next(t for t in text.splitlines() if f'"article": {article}, "sentence": {sentence},' in t)
    assert problems == []
    assert cite.quote in line


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("after: assigned", "after: asigned", "workflow-node"),
        ("role: reviewer, reviews", "role: reviewr, reviews", "workflow-role"),
        ("before: [signed], after: handling", "before: [signed], after: signed", "workflow-unreachable"),
        ("before: [reviewed], after: closed", "before: [reported], after: closed", "workflow-unreviewed"),
        ("near_days: 3", "near_days: -3", "workflow-days"),
        ("needs: [reason]", "needs: [luck]", "pack-bad-value"),
        ("start: none", "begin: none", "pack-unknown-field"),
    ],
)
def test_what_cannot_work_is_refused(old: str, new: str, code: str) -> None:
    """A misspelt node, a role nobody holds, a node out of reach, an end without review."""
    text = PACK.read_text(encoding="utf-8")
    assert old in text
    assert code in codes(text.replace(old, new))
