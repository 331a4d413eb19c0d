"""Reading a formula: Python expression syntax by ``ast``, never evaluated, only whitelisted forms."""

import ast
from decimal import Decimal
from fractions import Fraction

from zhishu.errors import Problem, ZhishuError
from zhishu.formula.tree import Binary, Call, Compare, Logic, Name, Node, Number, Of, Rows, Truth, Unary, Word
from zhishu.terms import Text

MAX_LENGTH = 2000
MAX_DEPTH = 40

_BINARY: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
}
_COMPARE: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}


def parse(text: str, where: str = "formula") -> Node:
    """Return the tree of a formula.

    Raises ZhishuError ``formula-syntax``, ``formula-form`` or ``formula-too-large`` with the column.

    >>> parse("supplied / approved < 0.6")
    Compare(op='<', left=Binary(op='/', left=Name(id='supplied'), right=Name(id='approved')), \
right=Number(value=Fraction(3, 5), unit=None))
    """
    if len(text) > MAX_LENGTH:
        raise _refuse("formula-too-large", where, Text("公式过长", "the formula is too long"))
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        column = getattr(error, "offset", None) or 1
        raise _refuse(
            "formula-syntax",
            f"{where}, column {column}",
            Text(f"公式写法有误：{text}", f"not a formula: {text}"),
        ) from error
    return _node(tree.body, text.strip(), where, 0)


def _refuse(code: str, where: str, what: Text) -> ZhishuError:
    repair = Text(
        "只用名称、数、文字、+ - * / **、比较、and or not 和列出的函数",
        "use names, numbers, texts, + - * / **, comparisons, and or not, and the listed functions only",
    )
    return ZhishuError([Problem(code, where, what, repair)])


def _node(node: ast.expr, text: str, where: str, depth: int) -> Node:
    if depth > MAX_DEPTH:
        raise _refuse("formula-too-large", where, Text("公式嵌套过深", "the formula is nested too deeply"))

    def sub(child: ast.expr) -> Node:
        return _node(child, text, where, depth + 1)

    match node:
        case ast.Constant(value=bool(flag)):
            return Truth(flag)
        case ast.Constant(value=int() | float()):
            written = ast.get_source_segment(text, node) or ""
            return _number(written, where, node.col_offset)
        case ast.Constant(value=str(word)):
            return Word(word)
        case ast.Name(id=name):
            return Name(name)
        case ast.Attribute(value=ast.Name(id=base), attr=field) if not field.startswith("_"):
            return Of(base, field)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Unary("-", sub(operand))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Logic("not", (sub(operand),))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            return Binary(_BINARY[type(op)], sub(left), sub(right))
        case ast.BoolOp(op=op, values=values):
            return Logic("and" if isinstance(op, ast.And) else "or", tuple(sub(v) for v in values))
        case ast.Compare(left=left, ops=ops, comparators=rights) if all(type(o) in _COMPARE for o in ops):
            sides = [sub(left), *(sub(right) for right in rights)]
            pairs = [Compare(_COMPARE[type(o)], a, b) for o, a, b in zip(ops, sides[:-1], sides[1:], strict=True)]
            return pairs[0] if len(pairs) == 1 else Logic("and", tuple(pairs))
        case ast.Call(func=ast.Name(id=function), args=args, keywords=[]):
            if function == "quantity":
                return _quantity(args, text, where, node.col_offset)
            return Call(function, tuple(sub(a) for a in args))
        case ast.Call(func=ast.Attribute(value=ast.Name(id=table), attr=function), args=args, keywords=[]) if (
            not function.startswith("_")
        ):
            return Rows(table, function, tuple(sub(a) for a in args))
        case _:
            form = type(node).__name__
            raise _refuse(
                "formula-form",
                f"{where}, column {node.col_offset + 1}",
                Text(f"公式里不能用这种写法（{form}）", f"this form is not part of the language ({form})"),
            )


def _number(written: str, where: str, offset: int) -> Number:
    value = Decimal(written.replace("_", "")) if written[:2].lower() not in ("0x", "0o", "0b") else None
    if value is None or not value.is_finite() or abs(value.adjusted()) > 60:
        raise _refuse(
            "formula-form",
            f"{where}, column {offset + 1}",
            Text(f"数写法不能用：{written}", f"not a plain number: {written}"),
        )
    return Number(Fraction(value))


def _quantity(args: list[ast.expr], text: str, where: str, offset: int) -> Number:
    match args:
        case [ast.Constant(value=int() | float()) as number, ast.Constant(value=str(unit))]:
            written = ast.get_source_segment(text, number) or ""
            return Number(_number(written, where, offset).value, unit)
        case _:
            raise _refuse(
                "formula-form",
                f"{where}, column {offset + 1}",
                Text('quantity 写作 quantity(60, "%")', 'write quantity(60, "%")'),
            )
