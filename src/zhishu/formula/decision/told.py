"""What the check of a decision table found, as problems with a place, a case and a repair."""

from collections.abc import Mapping

from zhishu.errors import Problem
from zhishu.formula.decision.aloud import say_value
from zhishu.formula.decision.check import Checked, Finding
from zhishu.formula.decision.table import DecisionTable, Value
from zhishu.terms import Text


def table_problems(table: DecisionTable, checked: Checked) -> tuple[Problem, ...]:
    """Return the findings as problems; two values for one case are an error, the rest are warnings.

    Codes: ``table-gap``, ``table-overlap``, ``table-overlap-same``, ``table-overlap-more``,
    ``table-row-never``, ``table-row-masked``, ``table-when-unchecked``, ``table-check-unfinished``.

    >>> from zhishu.formula.decision.check import check_table
    >>> from zhishu.formula.decision.read import read_table
    >>> from zhishu.formula.decision.table import InputKind
    >>> kinds = {"share": InputKind("number", "%"), "level": InputKind("word")}
    >>> table = read_table("share,-> level\\n<60 %,low\\n>60 %,enough\\n", kinds, file="示例.csv")
    >>> table_problems(table, check_table(table))[0].say("en")
    '示例.csv: no row applies where share is 60% → repair: add a row, or widen one [table-gap]'
    """
    where = {row.id: row.where or f"{table.name} {row.id}" for row in table.rows}
    found = [_problem(table, finding, where) for finding in checked.findings]
    if checked.more:
        what = Text(f"另有 {checked.more} 处重叠未列出", f"{checked.more} overlaps more are not listed")
        repair = Text("改正以上后再检查", "correct these, then check again")
        found.append(Problem("table-overlap-more", table.name, what, repair, "warning"))
    return tuple(found)


def _problem(table: DecisionTable, finding: Finding, where: Mapping[str, str]) -> Problem:
    place = where[finding.rows[0]] if finding.rows else table.name
    at = say_case(table, finding.case)
    zh, en = "、".join(finding.rows), ", ".join(finding.rows)
    match finding.kind:
        case "gap":
            what = Text(f"{at.zh}时没有一行适用", f"no row applies {at.en}")
            return Problem("table-gap", place, what, Text("补一行，或放宽一行", "add a row, or widen one"), "warning")
        case "gap_when":
            what = Text(
                f"{at.zh}时只有附条件的行（{zh or '无'}）可能适用，附加条件未查",
                f"only rows with a when ({en or 'none'}) may apply {at.en}; conditions were not looked into",
            )
            repair = Text("核对附加条件，或补一行兜底", "check the conditions, or add a row for the rest")
            return Problem("table-when-unchecked", place, what, repair, "warning")
        case "overlap":
            what = Text(f"{at.zh}时第 {zh} 行都适用而结果不同", f"rows {en} both apply {at.en} and differ")
            repair = Text("改窄一行，或改用按序命中", "narrow one of them, or let the first decide")
            return Problem("table-overlap", place, what, repair)
        case "overlap_same":
            what = Text(f"{at.zh}时第 {zh} 行都适用，结果相同", f"rows {en} both apply {at.en} and agree")
            return Problem("table-overlap-same", place, what, Text("合并两行", "merge the rows"), "warning")
        case "overlap_when":
            what = Text(
                f"{at.zh}时第 {zh} 行可能都适用而结果不同，附加条件未查",
                f"rows {en} may both apply {at.en} and differ; their when was not looked into",
            )
            repair = Text("核对附加条件互斥；都成立时结果为未知", "see that the conditions exclude each other")
            return Problem("table-when-unchecked", place, what, repair, "warning")
        case "never":
            what = Text(f"第 {zh} 行没有一种情形适用", f"no case can match row {en}")
            repair = Text("核对取值范围，或删去", "check the range of the input, or remove the row")
            return Problem("table-row-never", place, what, repair, "warning")
        case "masked":
            row, *before = finding.rows
            what = Text(
                f"第 {row} 行轮不到：第 {'、'.join(before)} 行在前，如{at.zh}时",
                f"row {row} is never reached: {', '.join(before)} come first, as {at.en}",
            )
            return Problem("table-row-masked", place, what, Text("提前或删去", "move it up or remove it"), "warning")
        case "unfinished":
            repair = Text("拆成几张小表再查", "split the table and check again")
            if finding.rows:
                what = Text(
                    f"第 {zh} 行及以后是否轮得到未查完", f"rows from {en} on were not checked for being reached"
                )
                return Problem("table-check-unfinished", place, what, repair, "warning")
            what = Text("有无遗漏未查完：组合过多", "gaps were not looked for to the end: too many combinations")
            return Problem("table-check-unfinished", place, what, repair, "warning")


def say_case(table: DecisionTable, case: Mapping[str, Value | None]) -> Text:
    """Return a case in words: every input with its value.

    >>> say_case(DecisionTable("示例", (), (), ()), {}).en
    'in every case'
    """
    zh, en = [], []
    for column in table.inputs:
        if column.name in case:
            value = case[column.name]
            shown = say_value(column, value)
            zh.append(f"{column.title.zh}为{shown.zh}")
            en.append(f"{column.title.en} is {shown.en}")
    return Text("、".join(zh), f"where {', '.join(en)}") if zh else Text("任何情形", "in every case")
