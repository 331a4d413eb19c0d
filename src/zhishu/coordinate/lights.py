"""Lights in words: colour and reason together, so that neither stands alone."""

from collections.abc import Mapping

from zhishu.pack.workflow import Workflow
from zhishu.terms import Text, counted


def light_words(workflow: Workflow) -> Mapping[str, Text]:
    """Return each light of a workflow as a person reads it, with the workflow's own days."""
    near, stale = workflow.near_days, workflow.stale_days
    return {
        "done": Text("已办结", "closed"),
        "done_late": Text("逾期办结", "closed late"),
        "overdue": Text("红灯 · 逾期", "red · overdue"),
        "near": Text(f"黄灯 · {near} 日内到期", f"yellow · due within {counted(near, 'day')}"),
        "stale": Text(f"黄灯 · 超过 {stale} 日没有记录", f"yellow · no entry for over {counted(stale, 'day')}"),
        "unrecorded": Text("黄灯 · 尚无记录", "yellow · nothing recorded yet"),
        "no_deadline": Text("黄灯 · 没有时限", "yellow · no deadline"),
        "open": Text("绿灯 · 办理中", "green · in progress"),
    }
