"""Words for what the catalogue names by id: verbs, archetypes, roles."""

from zhishu.terms import Text

VERBS = {
    "watch": Text("监测", "watch"),
    "register": Text("登记", "register"),
    "judge": Text("判定", "judge"),
    "measure": Text("测算", "measure"),
    "allocate": Text("分配", "allocate"),
    "coordinate": Text("督办", "coordinate"),
    "score": Text("评价", "score"),
    "network": Text("网络", "network"),
    "trace": Text("追溯", "trace"),
}

ROLES = {
    "operates": Text("本机运行", "operates"),
    "supervises": Text("只作复核", "supervises"),
    "models": Text("只作推演", "models"),
}

ARCHETYPES = {
    "accreditation": Text("创建达标", "accreditation"),
    "apportionment": Text("按比例分摊", "apportionment"),
    "award": Text("奖励", "award"),
    "benefit_sharing": Text("利益分享", "benefit sharing"),
    "body": Text("议事机构", "body"),
    "budget_watch": Text("预算监看", "budget watch"),
    "cascade": Text("逐级分解", "cascade"),
    "case_desk": Text("办件台", "case desk"),
    "coverage": Text("覆盖情况", "coverage"),
    "document": Text("文件", "document"),
    "draw": Text("随机抽取", "draw"),
    "early_warning": Text("预警", "early warning"),
    "event_chain": Text("事件链", "event chain"),
    "flow_matrix": Text("流量表", "flow matrix"),
    "fund": Text("资金", "fund"),
    "index": Text("指数", "index"),
    "list_gate": Text("清单准入", "list gate"),
    "market": Text("交易", "market"),
    "network": Text("网络", "network"),
    "pairing": Text("结对", "pairing"),
    "parity_audit": Text("平等待遇核查", "parity audit"),
    "profile": Text("画像", "profile"),
    "project_ledger": Text("项目台账", "project ledger"),
    "readiness": Text("条件齐备", "readiness"),
    "recognition": Text("认定", "recognition"),
    "reconciliation": Text("对账", "reconciliation"),
    "roll": Text("名册", "roll"),
    "siting_gate": Text("选址准入", "siting gate"),
    "slots": Text("时段排布", "slots"),
    "target_count": Text("数量目标", "target, count"),
    "target_level": Text("水平目标", "target, level"),
    "threshold_gate": Text("门槛条件", "threshold gate"),
    "tier_list": Text("分级名单", "tier list"),
}


def kind(words: dict[str, Text], name: str) -> Text:
    """Return the words of an id; one without words stays as it is.

    >>> kind(ARCHETYPES, "threshold_gate").zh, kind(VERBS, "weigh").zh
    ('门槛条件', 'weigh')
    """
    return words.get(name, Text(name, name))
