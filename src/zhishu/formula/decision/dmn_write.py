"""One decision table as a DMN 1.3 document (OMG formal/21-02-01), for other tools to read."""

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from zhishu.errors import Problem, ZhishuError
from zhishu.formula.decision.dmn_parts import MODEL
from zhishu.formula.decision.feel import write_feel, write_literal
from zhishu.formula.decision.table import Column, DecisionTable, InputKind, Row
from zhishu.formula.tree import Word
from zhishu.terms import Text

TYPES = {"number": "number", "word": "string", "choice": "string", "truth": "boolean", "date": "date"}
AGGREGATIONS = {"sum": "SUM", "min": "MIN", "max": "MAX", "count": "COUNT"}
ANNOTATIONS = ("id", "say_zh", "say_en", "priority", "note")
_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_dmn(table: DecisionTable) -> str:
    """Return a decision table as DMN; units stand in the description of a column, ids and notes in annotations.

    Raises ZhishuError ``table-dmn-when``, ``table-dmn-priority``, ``table-dmn-collect``, ``table-dmn-text``,
    ``table-dmn-cell``: what DMN cannot say is refused, never left out.

    >>> from zhishu.formula.decision.read import read_table
    >>> kinds = {"share": InputKind("number", "%"), "level": InputKind("word")}
    >>> table = read_table("share,-> level\\n<60 %,low\\n", kinds, name="示例")
    >>> "<text>&lt; 60</text>" in write_dmn(table)
    True
    """
    problems = _refused(table)
    root = Element("definitions", {"xmlns": MODEL, "id": "definitions", "name": table.name, "namespace": "urn:zhishu"})
    decision = SubElement(root, "decision", {"id": "decision", "name": table.name})
    body = SubElement(decision, "decisionTable", {"id": "table", **_hit_policy(table)})
    for i, column in enumerate(table.inputs, 1):
        _input(SubElement(body, "input", {"id": f"input_{i}", "label": column.title.zh}), column, i)
    for i, column in enumerate(table.outputs, 1):
        _output(body, column, i)
    for name in ANNOTATIONS:
        SubElement(body, "annotation", {"name": name})
    for n, row in enumerate(table.rows, 1):
        try:
            _rule(SubElement(body, "rule", {"id": f"rule_{n}"}), table, row, n)
        except ZhishuError as error:
            problems.extend(error.problems)
    problems.extend(_unwritable(table, root))
    if problems:
        raise ZhishuError(problems)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _refused(table: DecisionTable) -> list[Problem]:
    problems = []
    for row in table.rows:
        if row.when is not None:
            what = Text(f"第 {row.id} 行有附加条件，DMN 的表写不出", f"row {row.id} has a when, which DMN cannot say")
            repair = Text("把条件做成一列事实", "make the condition a fact with a column of its own")
            problems.append(Problem("table-dmn-when", row.where or table.name, what, repair))
    if table.policy == "priority" and any(row.priority is not None for row in table.rows):
        what = Text("DMN 的优先次序只看输出值", "priority in DMN follows the values of outputs only")
        repair = Text("按次序排行并改用按序命中", "sort the rows and let the first decide")
        problems.append(Problem("table-dmn-priority", table.name, what, repair))
    if table.aggregate in AGGREGATIONS and len(table.outputs) > 1:
        what = Text("DMN 只汇总一个输出", "DMN aggregates one output only")
        problems.append(Problem("table-dmn-collect", table.name, what, Text("每个输出一张表", "one table an output")))
    return problems


def _unwritable(table: DecisionTable, root: Element) -> list[Problem]:
    texts = [text for element in root.iter() for text in (element.text or "", *element.attrib.values())]
    if not any(_NO_XML.search(text) for text in texts):
        return []
    what = Text("文字里有 XML 不能存的控制符", "a text holds a control sign that XML cannot keep")
    return [Problem("table-dmn-text", table.name, what, Text("删去控制符", "remove the control signs"))]


def _hit_policy(table: DecisionTable) -> dict[str, str]:
    if table.policy != "collect":
        return {"hitPolicy": table.policy.upper()}
    if table.aggregate == "any":
        return {"hitPolicy": "ANY"}
    return {"hitPolicy": "COLLECT", "aggregation": AGGREGATIONS[table.aggregate or "sum"]}


def _input(at: Element, column: Column, i: int) -> None:
    _unit(at, column.kind)
    expression = SubElement(at, "inputExpression", {"id": f"expression_{i}", "typeRef": TYPES[column.kind.kind]})
    SubElement(expression, "text").text = column.name
    _values(at, "inputValues", column.kind)


def _output(body: Element, column: Column, i: int) -> None:
    names = {"id": f"output_{i}", "name": column.name, "label": column.title.zh}
    at = SubElement(body, "output", names | {"typeRef": TYPES[column.kind.kind]})
    _unit(at, column.kind)
    _values(at, "outputValues", column.kind)


def _unit(at: Element, kind: InputKind) -> None:
    if kind.unit is not None:
        SubElement(at, "description").text = f"unit: {kind.unit}"


def _values(at: Element, tag: str, kind: InputKind) -> None:
    if kind.values:
        listed = ", ".join(write_literal(Word(value), kind, tag) for value in kind.values)
        SubElement(SubElement(at, tag), "text").text = listed


def _rule(rule: Element, table: DecisionTable, row: Row, n: int) -> None:
    where = row.where or f"{table.name} {row.id}"
    for i, (column, cell) in enumerate(zip(table.inputs, row.cells, strict=True), 1):
        entry = SubElement(rule, "inputEntry", {"id": f"entry_{n}_{i}"})
        SubElement(entry, "text").text = write_feel(cell, column.kind, f"{where} {column.name}")
    for i, (column, value) in enumerate(zip(table.outputs, row.outputs, strict=True), 1):
        entry = SubElement(rule, "outputEntry", {"id": f"result_{n}_{i}"})
        SubElement(entry, "text").text = write_literal(value, column.kind, f"{where} {column.name}")
    for text in _annotations(row):
        SubElement(SubElement(rule, "annotationEntry"), "text").text = text


def _annotations(row: Row) -> tuple[str, ...]:
    zh, en = (row.say.zh, row.say.en) if row.say is not None else ("", "")
    return (row.id, zh, en, "" if row.priority is None else str(row.priority), row.note)
