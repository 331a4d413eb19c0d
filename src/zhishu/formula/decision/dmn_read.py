"""One decision table out of a DMN 1.3 document: what is not understood is a problem, never left out."""

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from zhishu.errors import ZhishuError, did_you_mean
from zhishu.formula.decision.dmn_parts import Reader, open_document
from zhishu.formula.decision.dmn_rules import rows_of
from zhishu.formula.decision.dmn_write import AGGREGATIONS, TYPES
from zhishu.formula.decision.feel import read_feel
from zhishu.formula.decision.shape import shape_problems
from zhishu.formula.decision.table import Aggregate, Column, DecisionTable, Equal, InputKind, Policy
from zhishu.formula.tree import Word
from zhishu.terms import Text

_POLICIES: dict[str, tuple[Policy, Aggregate | None]] = {
    "UNIQUE": ("unique", None),
    "FIRST": ("first", None),
    "PRIORITY": ("priority", None),
    "ANY": ("collect", "any"),
}
_AGGREGATES: dict[str, Aggregate] = {"SUM": "sum", "MIN": "min", "MAX": "max", "COUNT": "count"}
_NUMBERS = ("number", "integer", "long", "double")
_FEEL = ("feel", "FEEL", "https://www.omg.org/spec/DMN/20191111/FEEL/")


def read_dmn(text: str, kinds: Mapping[str, InputKind], file: str = "table.dmn") -> DecisionTable:
    """Return the decision table of a document; ``kinds`` says what each input and each output holds.

    Numbers are taken in the unit of their column; a unit stated in the column's description must be that one.
    Raises ZhishuError with every problem found: ``table-dmn-…``, ``table-column-…``, ``table-row-…``.

    >>> from zhishu.formula.decision.dmn_write import write_dmn
    >>> from zhishu.formula.decision.read import read_table
    >>> kinds = {"share": InputKind("number", "%"), "level": InputKind("word")}
    >>> table = read_table("share,-> level\\n<60 %,low\\n", kinds, name="示例")
    >>> read_dmn(write_dmn(table), kinds) == table
    True
    """
    root, reader = open_document(text, file), Reader(file)
    reader.look(root, ("name", "namespace", "exporter", "exporterVersion", "expressionLanguage"), ("decision",))
    _language(root, reader)
    decisions = root.findall("decision")
    bodies = [body for decision in decisions for body in decision.findall("decisionTable")]
    if len(decisions) != 1 or len(bodies) != 1:
        what = Text(f"有 {len(bodies)} 张决策表，应为一张", f"{len(bodies)} decision tables; one is read")
        reader.note("table-dmn-tables", "", what, Text("一份文件一张表", "one table a file"))
        raise ZhishuError(reader.problems)
    decision, body = decisions[0], bodies[0]
    reader.look(decision, ("name",), ("decisionTable", "variable"))
    for variable in decision.findall("variable"):
        reader.look(variable, ("name", "typeRef"), ())
    reader.look(
        body,
        ("hitPolicy", "aggregation", "preferredOrientation", "outputLabel"),
        ("input", "output", "annotation", "rule"),
    )
    policy, aggregate = _policy(body, reader)
    inputs = [_input(at, kinds, reader) for at in body.findall("input")]
    outputs = [_output(at, decision, kinds, reader) for at in body.findall("output")]
    rows = rows_of(body, _known(inputs), _known(outputs), reader) if None not in (*inputs, *outputs) else ()
    name = decision.get("name") or file
    table = DecisionTable(name, tuple(_known(inputs)), tuple(_known(outputs)), tuple(rows), policy, aggregate)
    if not reader.problems:
        reader.problems += shape_problems(table)
    if reader.problems:
        raise ZhishuError(reader.problems)
    return table


def _known(columns: Sequence[Column | None]) -> list[Column]:
    return [column for column in columns if column is not None]


def _language(element: Element, reader: Reader) -> None:
    language = element.get("expressionLanguage")
    if language is not None and language not in _FEEL:
        what = Text(f"表达式语言不是 FEEL：{language}", f"the expression language is not FEEL: {language}")
        reader.note("table-dmn-language", element.tag, what, Text("改用 S-FEEL", "use S-FEEL"))


def _policy(body: Element, reader: Reader) -> tuple[Policy, Aggregate | None]:
    hit, aggregation = body.get("hitPolicy", "UNIQUE"), body.get("aggregation")
    if hit == "COLLECT" and aggregation in _AGGREGATES:
        return "collect", _AGGREGATES[aggregation]
    if hit in _POLICIES and aggregation is None:
        return _POLICIES[hit]
    shown = f"{hit} {aggregation or ''}".strip()
    what = Text(f"不支持的命中方式：{shown}", f"the hit policy {shown} is not offered")
    offered = ", ".join([*_POLICIES, *(f"COLLECT {name}" for name in AGGREGATIONS.values())])
    reader.note("table-dmn-policy", "decisionTable", what, Text(f"可用：{offered}", f"one of {offered}"))
    return "unique", None


def _input(at: Element, kinds: Mapping[str, InputKind], reader: Reader) -> Column | None:
    reader.look(at, ("label",), ("inputExpression", "inputValues", "description"))
    expression = at.find("inputExpression")
    if expression is None:
        what = Text("输入列没有表达式", "the input has no expression")
        reader.note("table-dmn-part", f"input {at.get('label', '')}", what, Text("写事实名", "name a fact"))
        return None
    _language(expression, reader)
    name = reader.text(expression, ("typeRef", "expressionLanguage")).strip()
    return _column(name, at, expression.get("typeRef"), at.find("inputValues"), kinds, reader)


def _output(at: Element, decision: Element, kinds: Mapping[str, InputKind], reader: Reader) -> Column | None:
    reader.look(at, ("name", "label", "typeRef"), ("outputValues", "description"))
    variable = decision.find("variable")
    # a table with one output may leave the name to the decision
    name = at.get("name") or (variable.get("name") if variable is not None else None) or decision.get("name") or ""
    return _column(name, at, at.get("typeRef"), at.find("outputValues"), kinds, reader)


def _column(
    name: str, at: Element, type_: str | None, values: Element | None, kinds: Mapping[str, InputKind], reader: Reader
) -> Column | None:
    place = f"{at.tag} {name}"
    kind = kinds.get(name)
    if kind is None:
        what = Text(f"{name} 不是已声明的事实", f"{name} is no declared fact")
        reader.note("table-column-unknown", place, what, did_you_mean(name, kinds))
        return None
    wanted = TYPES[kind.kind]
    if type_ is not None and type_ != wanted and not (wanted == "number" and type_ in _NUMBERS):
        what = Text(f"类型 {type_} 与声明的 {wanted} 不符", f"the type {type_} is not {wanted}")
        reader.note("table-dmn-type", place, what, Text(f"改为 {wanted}", f"make it {wanted}"))
    for described in at.findall("description"):
        stated, unit = (described.text or "").strip(), f"unit: {kind.unit}"
        if stated and stated != unit:
            what = Text(f"列的说明“{stated}”与声明的单位不符", f"“{stated}” is not the declared unit")
            reader.note("table-dmn-unit", place, what, Text(f"写作 {unit}，或删去", f"write {unit}, or remove it"))
    if values is not None:
        _same_values(reader.text(values).strip(), kind, place, reader)
    return Column(name, kind)


def _same_values(listed: str, kind: InputKind, place: str, reader: Reader) -> None:
    try:
        tests = read_feel(listed, kind, f"{reader.file} {place}").tests
    except ZhishuError as error:
        reader.problems.extend(error.problems)
        return
    found = [test.value.value for test in tests if isinstance(test, Equal) and isinstance(test.value, Word)]
    if found != list(kind.values) or len(found) != len(tests):
        what = Text("所列取值或其次序与声明不同", "the listed values or their order are not those declared")
        repair = Text(f"写作 {'、'.join(kind.values)}", f"write {', '.join(kind.values)}")
        reader.note("table-dmn-values", place, what, repair)
