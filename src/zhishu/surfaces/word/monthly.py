"""The month as a briefing (通报) and its annex: every number carries the key under which its entries stand."""

from collections.abc import Callable
from datetime import date

from zhishu.coordinate.difference import Difference
from zhishu.office.moment import Moment
from zhishu.office.month import COLUMNS, Figure, Month
from zhishu.surfaces.excel.annex import Column, Row, Sheet, annex
from zhishu.surfaces.web.charts.counts import counts
from zhishu.surfaces.word.model import (
    Block,
    Briefing,
    Chart,
    Checkpoint,
    Heading,
    Imprint,
    Number,
    Paragraph,
    Source,
    Table,
    Words,
)
from zhishu.terms import Language, Text

SHOWN = 30
_LEVELS = {
    "blue": Text("蓝色提醒", "blue: reminder"),
    "orange": Text("橙色预警", "orange: warning"),
    "red": Text("红色督办", "red: order"),
}


def briefing(
    month: Month,
    moment: Moment,
    organ: Text,
    title: Text,
    checkpoint: Checkpoint,
    changed: Difference | None,
    language: Language,
) -> Briefing:
    """Return the month's briefing in one language; ``changed`` is its difference to the last release, None at first."""

    def w(zh: str, en: str) -> str:
        return zh if language == "zh" else en

    def n(key: str) -> Number:
        figure = month.figure(key)
        assert figure is not None, key
        return Number(str(figure.value), f"{month.month}/{key}")

    blocks: list[Block] = [
        Paragraph(
            (
                w(f"截至{_day(month.day, language)}，在办任务", f"By {month.day}, "),
                n("all.running"),
                w("件，本月办结", " tasks were running; the month closed "),
                n("all.closed"),
                w("件；逾期", "; overdue: "),
                n("all.overdue"),
                w("件，临期", ", due soon: "),
                n("all.near"),
                w("件，久无消息", ", without fresh word: "),
                n("all.stale"),
                w("件。现将有关情况通报如下。", ". Details follow."),
            )
        ),
        Heading(1, w("任务办理情况", "Tasks")),
        _units(month, language),
    ]
    by_unit = [(row.name, row.figures[2].value) for row in month.units if row.figures[2].value]
    if by_unit:
        chart = counts(by_unit, language, Text("各单位逾期任务", "Overdue tasks by unit"))
        sentence: Words = (
            w("逾期任务共", "Overdue in all: "),
            n("all.overdue"),
            w(f"件，涉及{len(by_unit)}个单位。", f", in {len(by_unit)} units."),
        )
        blocks.append(Chart(chart, w("各单位逾期任务（件）", "Overdue tasks by unit"), sentence))
    blocks.append(Heading(1, w("逾期任务", "Overdue tasks")))
    blocks.append(_late(month, moment, language) if month.late else Paragraph(w("没有逾期任务。", "None is overdue.")))
    blocks.append(Heading(1, w("督办情况", "Orders")))
    blocks += _orders(month, moment, language, n, w)
    blocks.append(Heading(1, w("报送和会议议定事项", "Submissions and meeting actions")))
    blocks.append(
        Paragraph(
            (
                w("逾期未报", "Not reported in time: "),
                n("all.unreported"),
                w("家次；会议议定事项逾期", "; meeting actions overdue: "),
                n("all.actions"),
                w("项。", "."),
            )
        )
    )
    blocks.append(Heading(1, w("基层负担", "Burden")))
    limit = moment.world.rules.number("burden_limit")
    over = [a for a in month.burden if a.over(limit)]
    said: Words = (
        w("本月共向各单位要件", "Requests to units this month: "),
        n("all.asked"),
        w(f"次，每单位上限{limit}次，超限{len(over)}家。", f"; the limit is {limit} a unit, {len(over)} above it."),
    )
    blocks.append(Paragraph(said))
    if month.burden:
        chart = counts(
            [(a.name, a.count) for a in month.burden[:SHOWN]],
            language,
            Text("各单位要件", "Requests by unit"),
            limit=limit,
        )
        blocks.append(
            Chart(
                chart,
                w("各单位本月要件（次），竖线为上限", "Requests by unit, the line is the limit"),
                w("按登记记录数出。", "Counted from the entries."),
            )
        )
    if changed is not None:
        blocks.append(Heading(1, w("与上期相比", "Against the last release")))
        rows = len(changed.changed) + len(changed.added) + len(changed.gone)
        blocks.append(Paragraph(w(f"数字变动{rows}处，逐项见附表。", f"{rows} figures differ; the annex lists each.")))
    return Briefing(
        language,
        organ.say(language),
        None,
        title.say(language),
        (w("各有关单位", "All units concerned"),),
        tuple(blocks),
        organ.say(language),
        None,
        annexes=(w("本月数字附表", "Annex of the month's figures"),),
        imprint=Imprint((w("各有关单位", "all units concerned"),), organ.say(language), month.day),
        published=month.day,
        checkpoint=checkpoint,
        sources=tuple(
            Source(f"{month.month}/{f.key}", f.name.say(language))
            for f in (*month.figures, *(f for r in month.units for f in r.figures))
        ),
    )


def _units(month: Month, language: Language) -> Table:
    heads = (Text("责任单位", "Unit"), *(name for _, name in COLUMNS))
    rows: list[tuple[Words, ...]] = [
        (row.name.say(language), *(Number(str(f.value), f"{month.month}/{f.key}") for f in row.figures))
        for row in month.units
    ]
    note = Text("每个数可按数据出处查到逐条登记。", "Each number opens to its entries.")
    return Table(
        Text("各单位任务办理情况", "Tasks by unit").say(language),
        tuple(h.say(language) for h in heads),
        tuple(rows),
        note=note.say(language),
    )


def _late(month: Month, moment: Moment, language: Language) -> Table:
    heads = (Text("任务", "Task"), Text("责任单位", "Units"), Text("期限", "Due"), Text("情况", "Why"))
    rows: list[tuple[Words, ...]] = []
    for line in month.late[:SHOWN]:
        at = line.standing
        assert at is not None
        units = ("、" if language == "zh" else ", ").join(moment.unit_name(u).say(language) for u in at.units)
        rows.append((line.title.say(language), units, str(at.due or ""), at.reason.say(language)))
    more = len(month.late) - SHOWN
    note = Text(f"另有{more}件见附表。", f"{more} more in the annex.").say(language) if more > 0 else ""
    return Table(
        Text("逾期任务", "Overdue tasks").say(language), tuple(h.say(language) for h in heads), tuple(rows), note=note
    )


def _orders(
    month: Month, moment: Moment, language: Language, n: Callable[[str], Number], w: Callable[[str, str], str]
) -> list[Block]:
    said: Words = (
        w("本月签发督办涉及任务", "Orders of the month concern "),
        n("all.orders"),
        w("件，现处蓝色提醒", " tasks; now at blue: "),
        n("level.blue"),
        w("件、橙色预警", ", at orange: "),
        n("level.orange"),
        w("件、红色督办", ", at red: "),
        n("level.red"),
        w("件。", "."),
    )
    blocks: list[Block] = [Paragraph(said)]
    if month.ordered:
        heads = (Text("任务", "Task"), Text("等级", "Level"))
        rows: list[tuple[Words, ...]] = [
            (moment.line(s).title.say(language), _LEVELS[level].say(language)) for s, level in month.ordered[:SHOWN]
        ]
        blocks.append(
            Table(
                Text("本月督办", "Orders of the month").say(language),
                tuple(h.say(language) for h in heads),
                tuple(rows),
            )
        )
    return blocks


def workbook(month: Month, moment: Moment, changed: Difference | None) -> bytes:
    """Return the annex: figures of the whole and of each unit, the late tasks, what changed since the last release."""
    heads = tuple(Column(name) for _, name in COLUMNS)
    sheets = [
        Sheet(
            Text("总数", "In all"),
            (Column(Text("项目", "figure")), Column(Text("数", "count"))),
            tuple(Row((f.name.zh, f.value), _refs(f)) for f in month.figures),
        ),
        Sheet(
            Text("各单位", "Units"),
            (Column(Text("单位", "unit")), *heads),
            tuple(Row((r.name.zh, *(f.value for f in r.figures)), (f"unit/{r.unit}",)) for r in month.units),
        ),
        Sheet(
            Text("逾期任务", "Overdue"),
            (Column(Text("任务", "task")), Column(Text("期限", "due")), Column(Text("情况", "why"))),
            tuple(
                Row((line.title.zh, str(line.standing.due), line.standing.reason.zh), (line.stream,))
                for line in month.late
                if line.standing is not None
            ),
        ),
    ]
    if changed is not None:
        rows = [Row((c.key, c.old, c.new)) for c in changed.changed]
        rows += [Row((key, "", new)) for key, new in changed.added] + [Row((key, old, "")) for key, old in changed.gone]
        columns = (Column(Text("项目", "figure")), Column(Text("上期", "before")), Column(Text("本期", "now")))
        sheets.append(Sheet(Text("与上期相比", "Changes"), columns, tuple(rows)))
    return annex(sheets)


def _refs(figure: Figure) -> tuple[str, ...]:
    return figure.streams or tuple(f"entry/{seq}" for seq in figure.seqs)


def _day(day: date, language: Language) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if language == "zh" else day.isoformat()
