"""A decision table read aloud: one sentence a row, as an official would write it, and in English."""

from datetime import date

from zhishu.formula.decision.order import ordered
from zhishu.formula.decision.table import Cell, Column, DecisionTable, Equal, Known, Prefix, Row, Span, Test, Value
from zhishu.formula.decision.values import base
from zhishu.formula.tree import Number, Truth, Word
from zhishu.formula.written import written
from zhishu.terms import Language, Text
from zhishu.units.said import figure_words

# fixed, not those of the machine's language
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_FOLDS = {
    "sum": Text("各行适用的结果相加", "the results of all rows that apply are added"),
    "min": Text("取各行适用结果中最小的", "the least result of the rows that apply counts"),
    "max": Text("取各行适用结果中最大的", "the largest result of the rows that apply counts"),
    "count": Text("计适用的行数", "the rows that apply are counted"),
    "any": Text("各行适用的结果应当一致", "all rows that apply must agree"),
}
_POLICIES = {
    "unique": Text("每种情形至多适用一行", "at most one row applies to a case"),
    "first": Text("自上而下，以最先适用的一行为准", "from the top down, the first row that applies decides"),
    "priority": Text("按优先次序，以最先适用的一行为准", "in order of priority, the first row that applies decides"),
}


def read_aloud(table: DecisionTable, language: Language) -> list[str]:
    """Return a sentence on how the rows are settled, then one for each row in the order they are tried.

    Raises ZhishuError ``table-priority``.

    >>> from zhishu.formula.decision.read import read_table
    >>> from zhishu.formula.decision.table import InputKind
    >>> kinds = {
    ...     "share": InputKind("number", "%", title=Text("供地率", "the share supplied")),
    ...     "level": InputKind("choice", values={"low": Text("偏低", "low")}, title=Text("等级", "the level")),
    ... }
    >>> table = read_table("share,-> level\\n<60 %,low\\n", kinds, "first", file="示例.csv")
    >>> read_aloud(table, "zh")[1]
    '若供地率低于60%，则等级为偏低。'
    >>> read_aloud(table, "en")[1]
    'If the share supplied is below 60%, then the level is low.'
    """
    settled = _FOLDS[table.aggregate] if table.aggregate is not None else _POLICIES[table.policy]
    opening = settled.say(language)
    first = f"{opening}。" if language == "zh" else f"{opening[0].upper()}{opening[1:]}."
    return [first, *(say_row(table, row).say(language) for row in ordered(table))]


def say_row(table: DecisionTable, row: Row) -> Text:
    """Return the sentence of one row; a row with ``say_zh`` and ``say_en`` says it in its own words.

    >>> from zhishu.formula.decision.table import InputKind
    >>> level = Column("level", InputKind("word", title=Text("等级", "the level")))
    >>> say_row(DecisionTable("示例", (), (level,), ()), Row("1", (), (Word("甲"),))).zh
    '任何情形，等级为甲。'
    """
    if row.say is not None:
        return row.say
    asked = [say_cell(c, cell) for c, cell in zip(table.inputs, row.cells, strict=True) if cell.tests]
    if row.when is not None:
        asked.append(Text(f"条件 {written(row.when)} 成立", f"{written(row.when)} holds"))
    given = [
        Text(f"{c.title.zh}为{value.zh}", f"{c.title.en} is {value.en}")
        for c, value in ((c, say_value(c, v)) for c, v in zip(table.outputs, row.outputs, strict=True))
    ]
    zh, en = "、".join(t.zh for t in given), " and ".join(t.en for t in given)
    if not asked:
        return Text(f"任何情形，{zh}。", f"In every case {en}.")
    return Text(
        f"若{'，且'.join(t.zh for t in asked)}，则{zh}。", f"If {' and '.join(t.en for t in asked)}, then {en}."
    )


def say_cell(column: Column, cell: Cell) -> Text:
    """Return what a cell asks, in words, with the name of its column.

    >>> from zhishu.formula.decision.cell import read_cell
    >>> from zhishu.formula.decision.table import InputKind
    >>> code = Column("code", InputKind("word", title=Text("区划代码", "the division code")))
    >>> say_cell(code, read_cell("not(5101*, 511402)", code.kind, "示例.csv:2 code")).zh
    '区划代码不是以下情形：以5101开头，或为511402'
    """
    title = column.title
    if not cell.negated and len(cell.tests) == 1:
        only = _test(column, cell.tests[0])
        return Text(f"{title.zh}{only.zh}", f"{title.en} {only.en}")
    listed = [_test(column, test) for test in cell.tests]
    zh, en = "，或".join(t.zh for t in listed), " or ".join(t.en for t in listed)
    if cell.negated:
        return Text(f"{title.zh}不是以下情形：{zh}", f"it is not so that {title.en} {en}")
    if all(isinstance(test, Equal) for test in cell.tests):
        words = [say_value(column, test.value) for test in cell.tests if isinstance(test, Equal)]
        return Text(
            f"{title.zh}为{'或'.join(w.zh for w in words)}", f"{title.en} is {' or '.join(w.en for w in words)}"
        )
    return Text(f"{title.zh}{zh}", f"{title.en} {en}")


def _test(column: Column, test: Test) -> Text:
    match test:
        case Equal(value):
            shown = say_value(column, value)
            return Text(f"为{shown.zh}", f"is {shown.en}")
        case Prefix(text):
            return Text(f"以{text}开头", f"begins with {text}")
        case Known(known):
            return Text("已知", "is known") if known else Text("未知", "is not known")
        case Span(low, high, low_in, high_in):
            dates = column.kind.kind == "date"
            above = None if low is None else _above(say_value(column, low), low_in, dates)
            below = None if high is None else _below(say_value(column, high), high_in, dates)
            if above is None or below is None:
                return above or below or Text("", "")
            return Text(f"{above.zh}、{below.zh}", f"{above.en} and {below.en.removeprefix('is ')}")


def _above(end: Text, closed: bool, dates: bool) -> Text:
    if dates:
        return (
            Text(f"在{end.zh}或以后", f"is on or after {end.en}")
            if closed
            else Text(f"晚于{end.zh}", f"is after {end.en}")
        )
    return Text(f"不低于{end.zh}", f"is at least {end.en}") if closed else Text(f"高于{end.zh}", f"is above {end.en}")


def _below(end: Text, closed: bool, dates: bool) -> Text:
    if dates:
        return (
            Text(f"在{end.zh}或以前", f"is on or before {end.en}")
            if closed
            else Text(f"早于{end.zh}", f"is before {end.en}")
        )
    return Text(f"不高于{end.zh}", f"is at most {end.en}") if closed else Text(f"低于{end.zh}", f"is below {end.en}")


def say_value(column: Column, value: Value | None) -> Text:
    """Return a value in words: a choice by its name, a number with its unit, a day as it is said.

    >>> from zhishu.formula.decision.table import InputKind
    >>> say_value(Column("opened", InputKind("date")), date(2018, 6, 30))
    Text(zh='2018年6月30日', en='30 June 2018')
    """
    match value:
        case None:
            return Text("未知", "unknown")
        case Truth(flag):
            return Text("是", "yes") if flag else Text("否", "no")
        case Word(word):
            return column.kind.values.get(word) or Text(word, word)
        case Number(_, unit):
            return figure_words(base(value), unit or "", 20)
        case date():
            zh = f"{value.year}年{value.month}月{value.day}日"
            return Text(zh, f"{value.day} {_MONTHS[value.month - 1]} {value.year}")
