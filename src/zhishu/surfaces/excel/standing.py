"""A result of an assessment as a workbook: ranking, parts, scales, awards and money, findings, what was varied."""

from collections.abc import Sequence
from decimal import Decimal

from zhishu.pack.assessment import Assessment
from zhishu.score.assess.audit import CODES
from zhishu.score.audit_look import SEVERITIES
from zhishu.study.assessing.told import Exact, Standings, TellsUnit, Told, number, standings
from zhishu.surfaces.excel.annex import Column, Row, Sheet, annex
from zhishu.surfaces.excel.annex_cells import Cell
from zhishu.terms import Text

MONEY = {
    "given": Text("已定", "settled"),
    "open": Text("待定", "open"),
    "unspent": Text("空缺", "unspent"),
    "all": Text("合计", "in all"),
}
WAN = Text("万元", "10,000 yuan")
_DIGITS = 15
_UNIT, _CLASS = Column(Text("单位", "Unit")), Column(Text("类别", "Class"))
_INDICATOR = Column(Text("指标", "Indicator"))


def result_book(result: Told, assessment: Assessment) -> bytes:
    """Return the workbook of a result; the same result gives the same bytes, numbers are numbers, nothing is a formula."""
    found = standings(result, assessment)
    sheets = [_ranking(one, assessment) for one in found]
    sheets += [_parts(found, assessment), _scales(result, assessment), _awards(result, assessment), _money(result)]
    return annex([*sheets, _findings(result), _said(result, assessment)])


def _ranking(one: Standings, assessment: Assessment) -> Sheet:
    grades = {g.id: g.name for g in assessment.grades}
    columns = (
        Column(Text("名次", "Rank")),
        _UNIT,
        Column(Text("总分", "Total"), None, 2),
        Column(Text("总分下限", "Total from"), None, 2),
        Column(Text("总分上限", "Total to"), None, 2),
        Column(Text("最好名次", "Best rank")),
        Column(Text("最差名次", "Worst rank")),
        Column(Text("档", "Tier")),
        Column(Text("等级", "Grade")),
        *(Column(a.name, None, 2) for a in assessment.aspects),
        Column(Text("奖项", "Award")),
        Column(Text("说明", "Note")),
    )
    rows = []
    for u in one.units:
        ranks, low, high = u.ranks() or (None, None), *_ends(u)
        cells: list[Cell] = [u.rank, u.unit, _cell(u.total), low, high, *ranks, u.tier, grades.get(u.grade or "")]
        cells += [_cell(u.brings.get(a.id)) for a in assessment.aspects]
        rows.append(Row((*cells, _award(u, assessment), _joined([n.text() for n in u.said()]))))
    return Sheet(one.name, columns, tuple(rows), sourced=False)


def _ends(u: TellsUnit) -> tuple[Cell, Cell]:
    """Return the interval of a total; of one that is not known, what is unknown still allows."""
    return u.totals if u.totals is not None and number(u.total) is not None else (_cell(u.low), _cell(u.high))


def _award(u: TellsUnit, assessment: Assessment) -> Cell:
    if u.gets is not None and (u.award or u.open_awards or u.dropped):
        return u.gets.text()
    return next((a.name for a in assessment.awards if a.id == u.award), None)


def _parts(found: Sequence[Standings], assessment: Assessment) -> Sheet:
    names = {i.id: i.name for i in assessment.indicators()}
    columns = (
        _CLASS,
        _UNIT,
        _INDICATOR,
        Column(Text("分值", "Points"), None, 2),
        Column(Text("权重", "Weight")),
        Column(Text("计入", "Brings"), None, 2),
    )
    rows = tuple(
        Row((one.name, u.unit, names.get(id, Text(id, id)), _cell(p.points), _cell(p.weight), _cell(p.brings)))
        for one in found
        for u in one.units
        for id, p in u.parts.items()
    )
    return Sheet(Text("各项得分", "Parts"), columns, rows, sourced=False)


def _scales(result: Told, assessment: Assessment) -> Sheet:
    names = {i.id: i.name for i in assessment.indicators()}
    columns = (
        _CLASS,
        _INDICATOR,
        Column(Text("计量单位", "Measured in")),
        Column(Text("最低", "Lowest")),
        Column(Text("由谁定", "Set by")),
        Column(Text("最高", "Highest")),
        Column(Text("由谁定", "Set by")),
    )
    rows = tuple(
        Row(
            (
                _group(s.group, assessment),
                names.get(s.indicator, Text(s.indicator, s.indicator)),
                "" if s.unit == "1" else s.unit,
                _cell(s.low),
                s.low_unit,
                _cell(s.high),
                s.high_unit,
            )
        )
        for s in result.scales
    )
    return Sheet(Text("尺度由谁定", "Who sets the scales"), columns, rows, sourced=False)


def _awards(result: Told, assessment: Assessment) -> Sheet:
    names = {a.id: a.name for a in assessment.awards}
    columns = (
        Column(Text("奖项", "Award")),
        _CLASS,
        Column(Text("名额", "Places")),
        Column(Text("已定", "Won")),
        Column(Text("待定", "Open")),
        Column(Text("空缺", "Empty")),
        Column(Text("每个奖额", "Prize each"), WAN),
    )
    rows = tuple(
        Row(
            (
                names.get(p.award, Text(p.award, p.award)),
                _group(p.group, assessment),
                p.places,
                p.won,
                p.open,
                p.empty,
                _cell(p.prize),
            )
        )
        for p in result.awards
        if p.places
    )
    return Sheet(Text("奖项", "Awards"), columns, rows, sourced=False)


def _money(result: Told) -> Sheet:
    columns = (Column(Text("奖金", "Prizes")), Column(Text("金额", "Amount"), WAN))
    rows = tuple(Row((name, _cell(result.money.get(key)))) for key, name in MONEY.items())
    return Sheet(Text("奖金", "Money"), columns, rows, sourced=False)


def _findings(result: Told) -> Sheet:
    columns = (Column(Text("程度", "Severity")), Column(Text("事项", "Matter")), Column(Text("说明", "Finding")))
    severities = {str(k): v for k, v in SEVERITIES.items()}
    rows = tuple(
        Row((severities.get(f.severity, f.severity), CODES.get(f.code, f.code), f.says.text()))
        for f in result.findings
        if f.code != "justified"
    )
    return Sheet(Text("方案的弱点", "What weakens it"), columns, rows, sourced=False)


def _said(result: Told, assessment: Assessment) -> Sheet:
    """Return what a reader must know of the result: assessment, version, day, and what the intervals of each class vary."""
    purpose = assessment.purposes.get(result.purpose or "")
    rows = [
        Row((Text("方案", "Assessment"), assessment.name)),
        Row((Text("版本", "Version"), result.version.text())),
        Row((Text("截至", "As known on"), result.on)),
        Row((Text("谁定", "Who decides"), assessment.decides)),
        Row((Text("依据", "Basis"), Text(f"第 {assessment.cite.at} 句", f"sentence {assessment.cite.at}"))),
        Row((Text("建议", "Proposal"), assessment.proposal)),
    ]
    if purpose is not None:
        rows.append(Row((Text("用途", "Purpose"), purpose)))
    for c in result.classes:
        if c.varies is not None:
            name = c.name.text()
            words = Text(f"{name.zh}的区间", f"Intervals of {name.en}")
            rows.append(Row((words, c.varies.text())))
        rows += [Row((c.name.text(), w.text())) for w in c.open]
    columns = (Column(Text("事项", "Matter")), Column(Text("内容", "What it says")))
    return Sheet(Text("说明", "About"), columns, tuple(rows), sourced=False)


def _group(id: str, assessment: Assessment) -> Cell:
    return assessment.groups[id].name if id in assessment.groups else id


def _cell(value: Exact) -> Cell:
    """Return a told number as Excel keeps one, fifteen digits; an unknown is an empty cell."""
    found = number(value)
    return None if found is None else found if _short(found) else Decimal(f"{found:.{_DIGITS - 1}e}")


def _short(value: Decimal) -> bool:
    return len(value.normalize().as_tuple().digits) <= _DIGITS


def _joined(notes: Sequence[Text]) -> Cell:
    return Text("；".join(n.zh for n in notes), "; ".join(n.en for n in notes)) if notes else None
