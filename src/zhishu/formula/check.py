"""Checking a formula when the pack is loaded: names, arguments, places, kinds, units and price bases."""

from zhishu.errors import ZhishuError, did_you_mean
from zhishu.formula.check_calls import call_type, compared, expect, rows_type
from zhishu.formula.check_declared import check_declared
from zhishu.formula.check_order import arrange, order
from zhishu.formula.check_types import (
    DATE,
    NUMBER,
    REGION,
    TRUTH,
    WORD,
    Kind,
    Operand,
    Price,
    Report,
    Scope,
    Table,
    Type,
)
from zhishu.formula.check_units import join, product, quotient, raised
from zhishu.formula.functions import FUNCTIONS, ROW_FUNCTIONS, Function
from zhishu.formula.tree import Binary, Call, Compare, Logic, Name, Node, Number, Of, Rows, Truth, Unary, Word
from zhishu.formula.written import short
from zhishu.terms import Text
from zhishu.units import DAY, parse_unit


def check(node: Node, scope: Scope, where: str = "formula") -> Type:
    """Return what a formula gives, or raise ZhishuError with every problem of it.

    >>> from zhishu.formula.parse import parse
    >>> area = Type("number", parse_unit("公顷"))
    >>> county = Scope("row", {"supplied": area, "approved": area})
    >>> check(parse("supplied / approved < 0.6"), county).kind
    'truth'
    >>> check(parse("suplied / approved"), county, "gate.yaml:8")
    Traceback (most recent call last):
    zhishu.errors.ZhishuError: gate.yaml:8: there is no name suplied → repair: did you mean supplied? \
[formula-unknown-name]
    """
    report = Report(where)
    found = _type(node, scope, report)
    report.close()
    assert found is not None  # every None has noted its problem
    return found


def _type(node: Node, scope: Scope, report: Report) -> Type | None:
    """Return the type of a node, or None when its problem has been noted."""
    match node:
        case Number(_, unit):
            return _number(unit, report)
        case Word(word):
            return Type("word", choices=frozenset({word}))
        case Truth():
            return TRUTH
        case Name(name):
            return _named(name, scope, report)
        case Of(base, field):
            return _of(base, field, scope, report)
        case Unary(_, operand):
            inner = _operand(operand, scope, report)
            return inner.type if inner is not None and expect(inner, "number", report) else None
        case Binary(op, left, right):
            a, b = _operand(left, scope, report), _operand(right, scope, report)
            return _arithmetic(op, a, b, report) if a is not None and b is not None else None
        case Compare(op, left, right):
            a, b = _operand(left, scope, report), _operand(right, scope, report)
            return compared(op, a, b, report) if a is not None and b is not None else None
        case Logic(_, terms):
            parts = [_operand(term, scope, report) for term in terms]
            truths = [part is not None and expect(part, "truth", report) for part in parts]
            return TRUTH if all(truths) else None
        case Call(function, args):
            return _call(function, args, scope, report)
        case Rows(table, function, args):
            return _rows(table, function, args, scope, report)


def _operand(node: Node, scope: Scope, report: Report) -> Operand | None:
    found = _type(node, scope, report)
    return None if found is None else Operand(node, found)


def _number(unit: str | None, report: Report) -> Type | None:
    if unit is None:
        return NUMBER
    try:
        return Type("number", parse_unit(unit, report.where))
    except ZhishuError as error:
        report.extend(error.problems)
        return None


def _named(name: str, scope: Scope, report: Report) -> Type | None:
    found = scope.find(name)
    if found is not None:
        return found
    what = Text(f"没有名为 {name} 的字段、参数或结果", f"there is no name {name}")
    repair = did_you_mean(name, scope.visible())
    if name in scope.tables:
        repair = Text(f"{name} 是表，写作 {name}.sum(…)", f"{name} is a table: write {name}.sum(…)")
    report.add("formula-unknown-name", what, repair)
    return None


def _of(base: str, field: str, scope: Scope, report: Report) -> Type | None:
    if base == "this":
        return _named(field, scope.this(), report)
    target = scope.referred(base)
    if target is not None and target in scope.tables:
        fields = scope.tables[target].fields
        if field in fields:
            return fields[field]
        report.add(
            "formula-unknown-name",
            Text(
                f"表 {target} 没有字段 {field}（{base}.{field}）",
                f"{target} has no field {field} ({base}.{field})",
            ),
            did_you_mean(field, fields),
        )
        return None
    if scope.find(base) is None:
        return _named(base, scope, report)
    report.add(
        "formula-not-a-reference",
        Text(
            f"{base} 不指向另一张表的行，不能写 {base}.{field}",
            f"{base} refers to no row, so {base}.{field} has no meaning",
        ),
        Text(f"直接写字段名，或把 {base} 声明为 ref", f"write the field's name, or declare {base} as a ref"),
    )
    return None


def _arithmetic(op: str, left: Operand, right: Operand, report: Report) -> Type | None:
    if left.type.kind == "date" and op in "+-":
        if op == "-" and right.type.kind == "date":
            return Type("number", DAY)
        shown = f"add_days({short(left.node)}, {'-' if op == '-' else ''}{short(right.node)})"
        report.add(
            "formula-kind",
            Text(
                f"日期不能这样加减：{short(left.node)} {op} {short(right.node)}",
                f"not date arithmetic: {short(left.node)} {op} {short(right.node)}",
            ),
            Text(f"写作 {shown}", f"write {shown}"),
        )
        return None
    numbers = [expect(side, "number", report) for side in (left, right)]
    if not all(numbers):
        return None
    match op:
        case "+" | "-":
            return join(op, left, right, report)
        case "*":
            return product(left, right)
        case "/":
            return quotient(left, right)
        case _:
            return raised(left, right, report)


def _call(function: str, args: tuple[Node, ...], scope: Scope, report: Report) -> Type | None:
    operands = [_operand(arg, scope, report) for arg in args]
    declared = FUNCTIONS.get(function)
    if declared is None:
        repair = did_you_mean(function, FUNCTIONS)
        if function in ROW_FUNCTIONS:
            repair = Text(f"写作 表名.{function}(…)", f"write table.{function}(…)")
        report.add(
            "formula-unknown-function",
            Text(f"没有函数 {function}", f"there is no function {function}"),
            repair,
        )
        return None
    if not _fits(function, declared, len(args), scope, report):
        return None
    known = [operand for operand in operands if operand is not None]
    return call_type(function, known, report) if len(known) == len(args) else None


def _rows(table: str, function: str, args: tuple[Node, ...], scope: Scope, report: Report) -> Type | None:
    if table not in scope.tables:
        what = Text(f"没有表 {table}", f"there is no table {table}")
        report.add("formula-unknown-table", what, did_you_mean(table, scope.tables))
        return None
    inner = scope.inside(scope.tables[table])
    # the level of a quantile is one number for all rows, so it is read outside them
    places = [scope if function == "quantile" and i == 1 else inner for i in range(len(args))]
    operands = [_operand(arg, place, report) for arg, place in zip(args, places, strict=True)]
    declared = ROW_FUNCTIONS.get(function)
    if declared is None:
        what = Text(f"表没有函数 {function}", f"tables have no function {function}")
        report.add("formula-unknown-function", what, did_you_mean(function, ROW_FUNCTIONS))
        return None
    if not _fits(f"{table}.{function}", declared, len(args), scope, report):
        return None
    known = [operand for operand in operands if operand is not None]
    return rows_type(function, known, report) if len(known) == len(args) else None


_PLACES = {
    "scalar": Text("合计公式", "a formula of the whole case"),
    "row": Text("登记表公式", "a formula of a register"),
    "panel": Text("指标公式", "a formula of an indicator"),
    "book": Text("规则公式", "a formula of a rule book"),
}


def _fits(name: str, declared: Function, given: int, scope: Scope, report: Report) -> bool:
    """Return whether a function may stand here with so many arguments."""
    if not declared.least <= given <= declared.most:
        wanted = str(declared.least) if declared.least == declared.most else f"{declared.least}–{declared.most}"
        report.add(
            "formula-arity",
            Text(f"{name} 要 {wanted} 项，给了 {given} 项", f"{name} takes {wanted} arguments, {given} given"),
            Text(f"{name}：{declared.zh}", f"{name}: {declared.en}"),
        )
        return False
    if scope.place in declared.places:
        return True
    here = _PLACES[scope.place]
    allowed = [_PLACES[place] for place in ("scalar", "row", "panel", "book") if place in declared.places]
    report.add(
        "formula-place",
        Text(f"{name} 不能用在{here.zh}里", f"{name} cannot stand in {here.en}"),
        Text(
            f"只能用在{'、'.join(text.zh for text in allowed)}里",
            f"it may stand in {', '.join(text.en for text in allowed)}",
        ),
    )
    return False


__all__ = [
    "DATE",
    "NUMBER",
    "REGION",
    "TRUTH",
    "WORD",
    "Kind",
    "Price",
    "Scope",
    "Table",
    "Type",
    "arrange",
    "check",
    "check_declared",
    "order",
]
