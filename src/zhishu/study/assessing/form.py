"""The form of an assessment: tables a user fills, made from its declaration."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from zhishu.pack.assessment import GAIN, Assessment, Indicator
from zhishu.pack.system import Column, System, Table
from zhishu.score.kinds import KINDS
from zhishu.terms import Text

READINGS: Mapping[str, Text] = {
    "value": Text("", ""),
    "growth": Text("", ""),
    "fact": Text("", ""),
    "target": Text("目标", "target"),
    "mean": Text("均值", "mean"),
    "before": Text("上次名次", "place before"),
    "now": Text("本次名次", "place now"),
    "agreeing": Text("满意数", "agreeing"),
    "answers": Text("答卷数", "answers"),
    "mark": Text("评分", "mark"),
}
"""What a score kind reads, as the head of a column says it after the indicator; the figure itself needs no word."""
_WHOLE = ("before", "now", "agreeing", "answers")
_DECISION = {"upheld": Text("成立", "upheld"), "rejected": Text("不成立", "rejected")}
_WEAK = {"imputed": Text("估算", "imputed"), "low": Text("低置信", "low confidence")}


def form_of(assessment: Assessment) -> System:
    """Return the form: one table for each thing an assessment is told, with nothing to compute in it."""
    units = Text("单位", "unit")
    groups = {g.id: g.name for g in assessment.groups.values()}
    indicators = {i.id: i.name for i in assessment.indicators()}
    unit = _ref()
    tables = [
        _table(
            "units",
            Text("单位", "units"),
            [
                Column("unit", units, "region", levels=(assessment.level,), required=True),
                Column("group", Text("类别", "class"), "choice", choices=groups),
                Column("group_from", Text("归类起", "in the class from"), "date"),
                Column("group_to", Text("归类止", "in the class to"), "date"),
                *(Column(g.id, g.name, "truth", note=_KEEPS_OUT) for g in assessment.grounds.values()),
                *([_BEFORE] if any(a.by == GAIN for a in assessment.awards) else []),
            ],
            key=("unit",),
        ),
        _table(
            "moves",
            Text("类别变更", "changes of class"),
            [
                unit,
                Column("group", Text("类别", "class"), "choice", choices=groups, required=True),
                Column("group_from", Text("归类起", "from"), "date"),
                Column("group_to", Text("归类止", "to"), "date"),
            ],
        ),
        _table(
            "values",
            Text("指标值", "values"),
            [unit, *(c for i in assessment.indicators() for _, c in readings_of(i))],
            key=("unit",),
        ),
        _table(
            "quality",
            Text("数据说明", "quality of figures"),
            [
                unit,
                Column("indicator", Text("指标", "indicator"), "choice", choices=indicators, required=True),
                Column("state", Text("性质", "nature"), "choice", choices=_WEAK),
                Column("error", Text("标准误（占数值）", "standard error of the figure"), "number", "%"),
            ],
            key=("unit", "indicator"),
        ),
    ]
    if assessment.bonus:
        tables.append(_items("bonus", Text("加分", "bonus"), {k: i.name for k, i in assessment.bonus.items()}))
    if assessment.deductions:
        names = {k: i.name for k, i in assessment.deductions.items()}
        tables.append(_items("deductions", Text("扣分", "deductions"), names))
    if assessment.vetoes:
        rules = {k: v.name for k, v in assessment.vetoes.items()}
        rule = Column("rule", Text("否决事项", "ground of the veto"), "choice", choices=rules, required=True)
        tables.append(_ruled("vetoes", Text("一票否决", "vetoes"), rule))
    which = Column("indicator", Text("指标", "indicator"), "choice", choices=indicators, required=True)
    tables.append(_ruled("falsified", Text("数据造假", "falsified figures"), which))
    tables.append(
        _table(
            "paid",
            Text("已拨奖励", "awards paid before"),
            [
                unit,
                Column("year", Text("年度", "year"), "year", required=True),
                Column("amount", Text("金额", "amount"), "number", "万元", required=True),
            ],
        )
    )
    if assessment.restored:
        barred = dict(assessment.never)
        tables.append(
            _table(
                "forgiven",
                Text("容错", "forgiven errors"),
                [
                    unit,
                    which,
                    Column("points", Text("退回分数", "points given back"), "number", "1", required=True),
                    Column("ground", Text("属于不予容错的情形", "barred ground"), "choice", choices=barred),
                    Column("reason", Text("事由", "reason"), "text", required=True),
                    Column("evidence", Text("佐证", "evidence"), "text", required=True),
                    Column("decided_by", Text("决定机关", "decided by"), "text", required=True),
                ],
            )
        )
    tables.append(
        _table(
            "left",
            Text("公示后退出", "left after the notice"),
            [
                unit,
                Column("on", Text("日期", "on"), "date", required=True),
                Column("reason", Text("原因", "reason"), "text", required=True),
                Column("decided_by", Text("决定机关", "decided by"), "text", required=True),
            ],
            key=("unit",),
        )
    )
    about = Text(
        f"{assessment.name.zh}，{assessment.version.zh}。{assessment.proposal.zh}",
        f"{assessment.name.en}, {assessment.version.en}. {assessment.proposal.en}",
    )
    return System(
        assessment.id,
        "index",
        assessment.cite,
        (),
        about,
        None,
        {},
        {t.id: t for t in tables},
        {},
        None,
        None,
        (),
        (),
        assessment.where,
        "",
    )


_BEFORE = Column("before", Text("上年总分", "total of the year before"), "number", "1")
_KEEPS_OUT = Text("是即不参加考核；不清楚留空", "yes keeps the unit out; leave blank if not established")


def readings_of(indicator: Indicator) -> Iterator[tuple[str, Column]]:
    """Yield what every kind that may score an indicator reads, by name, with the column of the form that holds it."""
    kinds = dict.fromkeys([indicator.kind, *(o.kind for o in indicator.overrides if o.kind)])
    for kind in (KINDS[name] for name in kinds if name in KINDS):
        numbers = [str(n) for n in range(1, indicator.marks + 1)] if kind.many else [""]
        for reading, number in product(kind.reads, numbers):
            # kinds may read one column under two names: a figure is a value to one and growth to another
            yield f"{reading}{number}", _column(indicator, reading, number)


def _column(indicator: Indicator, reading: str, number: str = "") -> Column:
    said = READINGS[reading]
    id = f"{indicator.id}_{reading}{number}" if said.en else indicator.id
    zh = f"{indicator.name.zh}·{said.zh}{number}" if said.zh else indicator.name.zh
    en = f"{indicator.name.en}: {said.en} {number}".strip() if said.en else indicator.name.en
    whole = reading in _WHOLE
    kind = "truth" if reading == "fact" else "number"
    unit = None if kind == "truth" else "1" if whole else indicator.unit
    return Column(id, Text(zh, en), "truth" if kind == "truth" else "number", unit, whole=whole)


def _ref() -> Column:
    return Column("unit", Text("单位", "unit"), "ref", ref="units", required=True)


def _items(id: str, name: Text, items: Mapping[str, Text]) -> Table:
    return _table(
        id,
        name,
        [
            _ref(),
            Column("item", Text("事项", "item"), "choice", choices=items, required=True),
            Column("times", Text("次数", "times"), "number", "1"),
            Column("basis", Text("依据", "basis"), "text", required=True),
        ],
    )


def _ruled(id: str, name: Text, rule: Column) -> Table:
    return _table(
        id,
        name,
        [
            _ref(),
            rule,
            Column("proposed_by", Text("提出机关", "proposed by"), "text", required=True),
            Column("proposed_on", Text("提出日期", "proposed on"), "date"),
            Column("decision", Text("决定", "decision"), "choice", choices=_DECISION, note=_OPEN),
            Column("decided_by", Text("决定机关", "decided by"), "text"),
            Column("decided_on", Text("决定日期", "decided on"), "date"),
            Column("basis", Text("依据", "basis"), "text"),
        ],
    )


_OPEN = Text("未决定留空，按待核处理", "leave blank while undecided")


def _table(id: str, name: Text, fields: Sequence[Column], key: tuple[str, ...] = ()) -> Table:
    return Table(
        id,
        name,
        {c.id: c for c in fields},
        key,
        bool(key),
        (),
        None,
        None,
        (),
        None,
        (),
        {},
        None,
        1 if id == "units" else 0,
    )
