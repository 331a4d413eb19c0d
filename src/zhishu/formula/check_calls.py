"""What each function of the language takes and gives."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from zhishu.errors import did_you_mean
from zhishu.formula.check_types import (
    DATE,
    KINDS,
    LISTING,
    NUMBER,
    TRUTH,
    Kind,
    Operand,
    Report,
    Type,
)
from zhishu.formula.check_units import bare_or_ratio, join, literal
from zhishu.formula.tree import Call, Node, Word
from zhishu.formula.written import short
from zhishu.terms import Text
from zhishu.units import DAY, PERCENT, is_time, root, subtract

Args = Sequence[Operand]


def call_type(function: str, args: Args, report: Report) -> Type | None:
    """Return what a function gives for arguments whose number was checked, or None with its problems."""
    match function:
        case "min" | "max":
            return _extreme(args, report)
        case "when":
            return merge(args[1:], report) if expect(args[0], "truth", report) else None
        case "coalesce":
            return merge(args, report)
        case "is_known" | "is_first":
            return TRUTH
        case "unknown":
            return NUMBER
        case "one_of":
            alike = [compared("==", args[0], other, report) for other in args[1:]]
            return TRUTH if all(alike) else None
        case "starts_with":
            words = [expect(arg, "word", report) for arg in args]
            return TRUTH if all(words) else None
        case "lies_in":
            places = [_region(arg, report) for arg in args]
            return TRUTH if all(places) else None
        case "is_credit_code" | "is_section" | "listed":
            return TRUTH if expect(args[0], "word", report) else None
        case "within":
            lengths = [expect(arg, "number", report) for arg in args]
            return TRUTH if all(lengths) and merge(args, report) else None
        case "day":
            return _day(args[0].node, report)
        case "days_between":
            dates = [expect(arg, "date", report) for arg in args]
            return Type("number", DAY) if all(dates) else None
        case "year_of":
            return NUMBER if expect(args[0], "date", report) else None
        case "add_days":
            return _add_days(args, report)
        case "previous" | "lag" | "parent":
            return args[0].type if _periods(args[1:], report) else None
        case _:
            return _numeric(function, args, report) if expect(args[0], "number", report) else None


def _numeric(function: str, args: Args, report: Report) -> Type | None:
    first = args[0].type
    match function:
        case "log" | "exp":
            return NUMBER if _unitless(args[0], report) else None
        case "sqrt" | "root":
            return _root(function, args, report)
        case "floor" | "ceil":
            return first if _whole_unit(args[0], report) else None
        case "rank_best" | "rank_worst":
            return NUMBER if all(expect(arg, "truth", report) for arg in args[1:]) else None
        case "rank_in":
            return NUMBER
        case "share_of_parent":
            return Type("number", PERCENT)
        case "growth":
            return Type("number", PERCENT, first.price) if _periods(args[1:], report) else None
        case "change" | "since":
            unit = None if first.unit is None else subtract(first.unit, first.unit)
            return replace(first, unit=unit) if _periods(args[1:], report) else None
        case _:  # abs, running_sum, sum_years, mean_years, children_sum, group_mean
            return first if _periods(args[1:], report) else None


def rows_type(function: str, args: Args, report: Report) -> Type | None:
    """Return what an aggregate over rows gives, or None with its problems."""
    if function in ("count", "count_surely", "count_possibly", "any", "all"):
        if not all(expect(arg, "truth", report) for arg in args):
            return None
        return TRUTH if function in ("any", "all") else NUMBER
    first, rest = args[0], args[1:]
    if function == "quantile":
        if not expect(args[1], "number", report) or not _unitless(args[1], report):
            return None
        rest = args[2:]
    if not all(expect(arg, "truth", report) for arg in rest):
        return None
    match function:
        case "distinct":
            return NUMBER
        case "names":
            return LISTING
        case "only":
            return first.type
        case "least" | "largest" if first.type.kind == "date":
            return DATE
        case _:
            return first.type if expect(first, "number", report) else None


def expect(operand: Operand, kind: Kind, report: Report) -> bool:
    """Return whether an operand is of a kind; note a problem if it is not."""
    if operand.type.kind == kind:
        return True
    have, want = KINDS[operand.type.kind], KINDS[kind]
    repair = Text(f"这里要{want.zh}", f"give {want.en} here")
    if kind == "date" and isinstance(operand.node, Word):
        repair = Text(f'写作 day("{operand.node.value}")', f'write day("{operand.node.value}")')
    elif kind == "number" and operand.type.kind == "truth":
        repair = Text("写作 when(条件, 1, 0)", "write when(condition, 1, 0)")
    elif operand.type.kind == "listing":
        repair = Text("问有没有用 any(…)，问有几行用 count(…)", "ask any(…) whether there is one, count(…) how many")
    elif kind == "truth" and operand.type.kind == "number":
        repair = Text("写成比较，如 x > 0", "write a comparison, as x > 0")
    report.add(
        "formula-kind",
        Text(
            f"{short(operand.node)} 是{have.zh}，不是{want.zh}",
            f"{short(operand.node)} is {have.en}, not {want.en}",
        ),
        repair,
    )
    return False


def compared(op: str, left: Operand, right: Operand, report: Report) -> Type | None:
    """Return the truth of a comparison, or None with its problems."""
    a, b = left.type, right.type
    ordered = op not in ("==", "!=")
    for operand, other in ((left, b), (right, a)):
        if operand.type.kind == "listing":
            # rows nobody is sure of are not listed, so an empty listing is no "none"
            expect(operand, "word" if other.kind == "listing" else other.kind, report)
            return None
    if ordered and a.kind not in ("number", "date"):
        expect(left, "number" if b.kind != "date" else "date", report)
        return None
    if a.kind != b.kind:
        # the side that is written out is the likelier slip
        slip, kind = (left, b.kind) if isinstance(left.node, Word) else (right, a.kind)
        expect(slip, kind, report)
        return None
    if a.kind == "number":
        return TRUTH if join(op, left, right, report) else None
    if a.kind == "word":
        return TRUTH if _choices_meet(left, right, report) else None
    return TRUTH


def merge(args: Args, report: Report) -> Type | None:
    """Return the one type of several values of which one is chosen, or None with its problems."""
    # an unknown said outright fits any kind
    args = [a for a in args if not (isinstance(a.node, Call) and a.node.function == "unknown")] or args
    result: Operand | None = args[0]
    for other in args[1:]:
        if result is None or not expect(other, result.type.kind, report):
            return None
        kind: Type | None = other.type
        if other.type.kind == "number":
            kind = join("same", result, other, report)
        elif other.type.kind == "word":
            a, b = result.type.choices, other.type.choices
            both = result.type.region and other.type.region
            kind = Type("word", choices=None if a is None or b is None else a | b, region=both)
        result = None if kind is None else Operand(_carrier(result, other), kind)
    return None if result is None else result.type


def _carrier(a: Operand, b: Operand) -> Node:
    # a literal that has taken on a unit is no literal for the next comparison
    return b.node if literal(a.node) is not None and b.type.unit is not None else a.node


def _choices_meet(left: Operand, right: Operand, report: Report) -> bool:
    a, b = left.type.choices, right.type.choices
    if a is None or b is None or a & b:
        return True
    word, listed = (right, a) if isinstance(right.node, Word) else (left, b)
    other = left if word is right else right
    report.add(
        "formula-choice",
        Text(
            f"{short(other.node)} 不会等于 {short(word.node)}",
            f"{short(other.node)} is never {short(word.node)}",
        ),
        did_you_mean(word.node.value if isinstance(word.node, Word) else "", listed),
    )
    return False


def _extreme(args: Args, report: Report) -> Type | None:
    if all(arg.type.kind == "date" for arg in args):
        return DATE
    numbers = [expect(arg, "number", report) for arg in args]
    return merge(args, report) if all(numbers) else None


def _region(operand: Operand, report: Report) -> bool:
    if operand.type.region:
        return True
    report.add(
        "formula-kind",
        Text(f"{short(operand.node)} 不是地区", f"{short(operand.node)} is not a region"),
        Text("把该列声明为 type: region", "declare the field as type: region"),
    )
    return False


def _day(node: Node, report: Report) -> Type | None:
    if isinstance(node, Word):
        try:
            date.fromisoformat(node.value)
        except ValueError:
            pass
        else:
            return DATE
    report.add(
        "formula-date",
        Text(f"不是写定的日期：{short(node)}", f"not a written date: {short(node)}"),
        Text('写作 day("2022-12-31")', 'write day("2022-12-31")'),
    )
    return None


def _add_days(args: Args, report: Report) -> Type | None:
    if not expect(args[0], "date", report) or not expect(args[1], "number", report):
        return None
    unit = args[1].type.unit
    if unit is None or unit == DAY:
        return DATE
    report.add(
        "formula-units",
        Text(
            f"add_days 加的是天，{short(args[1].node)} 为 {unit.symbol}",
            f"add_days adds days, {short(args[1].node)} is in {unit.symbol}",
        ),
        Text("工作日、月、年不能当天数加", "working days, months and years are no number of days"),
    )
    return None


def _periods(args: Args, report: Report) -> bool:
    good = True
    for arg in args:
        if not expect(arg, "number", report):
            good = False
        elif arg.type.unit is not None and not is_time(arg.type.unit):
            good = _unitless(arg, report) and good
    return good


def _unitless(arg: Operand, report: Report) -> bool:
    if bare_or_ratio(arg.type):
        return True
    assert arg.type.unit is not None
    symbol = arg.type.unit.symbol
    report.add(
        "formula-unit-not-allowed",
        Text(
            f"这里只能是没有单位的数：{short(arg.node)}（{symbol}）",
            f"a plain number is needed: {short(arg.node)} ({symbol})",
        ),
        Text(f'除以 quantity(1, "{symbol}")', f'divide by quantity(1, "{symbol}")'),
    )
    return False


def _whole_unit(arg: Operand, report: Report) -> bool:
    # whole numbers of the base unit: rounding 60 % down would give 0, rounding 万元 down whole 元
    unit = arg.type.unit
    if unit is None or unit.factor == 1:
        return True
    report.add(
        "formula-rounding-unit",
        Text(
            f"取整按基本单位进行，{short(arg.node)} 为 {unit.symbol}",
            f"rounding works on base units, {short(arg.node)} is in {unit.symbol}",
        ),
        Text(
            f'先除以 quantity(1, "{unit.symbol}")，取整后再乘回',
            f'divide by quantity(1, "{unit.symbol}") first and multiply back afterwards',
        ),
    )
    return False


def _root(function: str, args: Args, report: Report) -> Type | None:
    unit = args[0].type.unit
    if function == "root" and not (expect(args[1], "number", report) and _unitless(args[1], report)):
        return None
    if unit is None or not unit.dimension:
        return replace(args[0].type, unit=unit)
    degree = 2 if function == "sqrt" else literal(args[1].node)
    found = root(unit, int(degree)) if degree is not None and degree == int(degree) else None
    if found is None:
        report.add(
            "formula-unit-not-allowed",
            Text(
                f"{unit.symbol} 开不出整次的单位：{short(args[0].node)}",
                f"no unit is the root of {unit.symbol}: {short(args[0].node)}",
            ),
            Text("先化为比值再开方", "divide by a like quantity first"),
        )
        return None
    return replace(args[0].type, unit=found)
