"""The rules of a DMN decision table as rows."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from zhishu.errors import ZhishuError
from zhishu.formula.decision.dmn_parts import Reader, name_of
from zhishu.formula.decision.dmn_write import ANNOTATIONS
from zhishu.formula.decision.feel import read_feel, read_literal
from zhishu.formula.decision.read import MAX_ROWS
from zhishu.formula.decision.table import Cell, Column, Row, Value
from zhishu.terms import Text


def rows_of(body: Element, inputs: Sequence[Column], outputs: Sequence[Column], reader: Reader) -> list[Row]:
    """Return the rows of a ``decisionTable``; what is not understood is noted with the reader.

    >>> rows_of(Element("decisionTable"), [], [], Reader("示例.dmn"))
    []
    """
    annotations = []
    for at in body.findall("annotation"):
        reader.look(at, ("name",), ())
        name = at.get("name", "")
        annotations.append(name)
        if name not in ANNOTATIONS:
            what = Text(f"不认识的批注列 {name}", f"the annotation {name} is not understood")
            repair = Text(f"改名为 {'、'.join(ANNOTATIONS)} 之一", f"name it one of {', '.join(ANNOTATIONS)}")
            reader.note("table-dmn-annotation", "annotation", what, repair)
    rules = body.findall("rule")
    if len(rules) > MAX_ROWS:
        what = Text(f"有 {len(rules)} 行，至多 {MAX_ROWS} 行", f"{len(rules)} rows, at most {MAX_ROWS}")
        reader.note("table-row-many", "decisionTable", what, Text("拆成几张表", "split the table"))
        return []
    found = [_row(rule, n, inputs, outputs, annotations, reader) for n, rule in enumerate(rules, 1)]
    return [row for row in found if row is not None]


def _row(
    rule: Element,
    n: int,
    inputs: Sequence[Column],
    outputs: Sequence[Column],
    annotations: Sequence[str],
    reader: Reader,
) -> Row | None:
    reader.look(rule, (), ("inputEntry", "outputEntry", "annotationEntry", "description"))
    place = f"{reader.file} {name_of(rule)}" if rule.get("id") else f"{reader.file} rule {n}"
    asked, given, noted = (rule.findall(tag) for tag in ("inputEntry", "outputEntry", "annotationEntry"))
    counts = (len(asked), len(given), len(noted))
    # annotations may be left out altogether
    if counts[:2] != (len(inputs), len(outputs)) or counts[2] not in (0, len(annotations)):
        what = Text(f"格数 {counts} 与表头不符", f"its entries {counts} are not those of the header")
        reader.note("table-row-width", name_of(rule), what, Text("每列一格", "one entry a column"))
        return None
    before = len(reader.problems)
    cells: list[Cell] = []
    values: list[Value | None] = []
    for column, entry in zip(inputs, asked, strict=True):
        try:
            cells.append(read_feel(reader.text(entry), column.kind, f"{place} {column.name}"))
        except ZhishuError as error:
            reader.problems.extend(error.problems)
    for column, entry in zip(outputs, given, strict=True):
        try:
            values.append(read_literal(reader.text(entry), column.kind, f"{place} {column.name}"))
        except ZhishuError as error:
            reader.problems.extend(error.problems)
    extra = {name: reader.text(entry) for name, entry in zip(annotations, noted, strict=False)}
    described = [(d.text or "").strip() for d in rule.findall("description")]
    note = "\n".join(text for text in (extra.get("note", ""), *described) if text)
    zh, en, priority = extra.get("say_zh", ""), extra.get("say_en", ""), extra.get("priority", "")
    if bool(zh) != bool(en) or (priority and not (priority.isascii() and priority.isdigit())):
        what = Text("批注 say_zh、say_en 或 priority 写法有误", "say_zh, say_en or priority is not as it should be")
        repair = Text("两种文字都写；次序写正整数", "write both languages, and a whole number as priority")
        reader.note("table-dmn-annotation", name_of(rule), what, repair)
    if len(reader.problems) > before:
        return None
    say = Text(zh, en) if zh else None
    id_ = extra.get("id") or rule.get("id") or str(n)
    return Row(id_, tuple(cells), tuple(values), None, say, int(priority) if priority else None, note, place)
