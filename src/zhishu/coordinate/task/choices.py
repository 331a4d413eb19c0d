"""The closed lists of a task's forms. The strategy states none of them: all are proposed after common practice."""

from zhishu.terms import Text

Choices = tuple[tuple[str, Text], ...]

YES_NO: Choices = (("yes", Text("是", "yes")), ("no", Text("否", "no")))

LEVELS: Choices = (
    ("blue", Text("蓝色提醒", "blue: reminder")),
    ("orange", Text("橙色预警", "orange: warning")),
    ("red", Text("红色督办", "red: order")),
)

GROUNDS: Choices = (
    ("force_majeure", Text("不可抗力", "force majeure")),
    ("policy", Text("上级政策调整", "policy changed from above")),
    ("procedure", Text("法定程序未了", "a statutory procedure still runs")),
    ("others", Text("须他单位先办", "another unit must act first")),
    ("funds", Text("资金未下达", "funds not released")),
)

FORGIVEN: Choices = (
    ("trial", Text("先行先试", "trying out what was new")),
    ("unclear", Text("政策界限不明", "rules were not clear")),
    ("urgent", Text("应急处置", "acting in an emergency")),
    ("legacy", Text("历史遗留问题", "a matter inherited")),
)

CONCERNS: Choices = (
    ("none", Text("均不涉及", "none of these")),
    ("safety", Text("安全生产", "safety at work")),
    ("food", Text("食品药品安全", "food and medicine")),
    ("environment", Text("生态环境", "environment")),
    ("corruption", Text("廉洁", "corruption")),
)

CONFIDENCE: Choices = (
    ("green", Text("绿：很可能办成", "green: delivery highly likely")),
    ("amber_green", Text("黄绿：可能办成", "amber/green: delivery probable")),
    ("amber", Text("黄：有重大问题，尚可解决", "amber: significant issues, resolvable")),
    ("amber_red", Text("黄红：存疑", "amber/red: delivery in doubt")),
    ("red", Text("红：办不成", "red: delivery appears unachievable")),
)

RULES: Choices = (
    ("near", Text("临期", "due soon")),
    ("overdue", Text("逾期", "overdue")),
    ("stale", Text("久无消息", "no fresh word")),
    ("milestone", Text("节点临期", "milestone due soon")),
    ("answer", Text("督办待答复", "order awaits an answer")),
)
