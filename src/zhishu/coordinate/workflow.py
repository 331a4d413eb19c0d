"""The path of a task: nodes, acts, who may act, and what an act needs."""

from dataclasses import dataclass

from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Act:
    """An act that moves a task from some nodes to one: who may do it, and whether it needs evidence."""

    id: str
    name: Text
    before: tuple[str, ...]
    after: str
    role: str
    evidence: bool = False


NODES: dict[str, Text] = {
    "none": Text("未立项", "not opened"),
    "opened": Text("立项", "opened"),
    "assigned": Text("交办", "assigned"),
    "signed": Text("签收", "signed for"),
    "reported": Text("反馈", "reported"),
    "returned": Text("退回", "returned"),
    "approved": Text("复核通过", "review passed"),
    "closed": Text("办结", "closed"),
}

# 立项 → 交办 → 签收 → 反馈 → 复核 → 办结, after the nodes of county supervision practice
ACTS: dict[str, Act] = {
    a.id: a
    for a in (
        Act("open", Text("立项", "open"), ("none",), "opened", "lead"),
        Act("assign", Text("交办", "assign"), ("opened",), "assigned", "lead"),
        Act("sign", Text("签收", "sign for"), ("assigned",), "signed", "unit"),
        Act("report", Text("反馈", "report"), ("signed", "returned"), "reported", "unit", evidence=True),
        Act("approve", Text("复核通过", "approve"), ("reported",), "approved", "reviewer"),
        Act("return", Text("退回", "return"), ("reported",), "returned", "reviewer"),
        Act("close", Text("办结", "close"), ("approved",), "closed", "lead", evidence=True),
    )
}
