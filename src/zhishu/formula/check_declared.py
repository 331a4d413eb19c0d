"""Comparing what a formula gives with what its declaration says: kind, unit, words and price basis."""

from zhishu.errors import did_you_mean
from zhishu.formula.check_types import KINDS, Report, Type
from zhishu.terms import Text
from zhishu.units import ONE, comparable, countable


def check_declared(found: Type, declared: Type, where: str = "formula") -> None:
    """Raise ZhishuError unless what a formula gives is what its declaration says.

    A declared number without a unit takes only plain numbers: a value with a unit would be shown in base
    units and mislead. A bare number passes for a ratio or a count, not for money or a length.

    >>> from zhishu.units import parse_unit
    >>> check_declared(Type("number", parse_unit("万元")), Type("number", parse_unit("亿元")))
    >>> check_declared(Type("number", parse_unit("个百分点")), Type("number", parse_unit("%")))
    Traceback (most recent call last):
    zhishu.errors.ZhishuError: formula: the formula gives 个百分点, % is declared → repair: \
declare 个百分点, or correct the formula [formula-declared-unit]
    """
    report = Report(where)
    if found.kind != declared.kind:
        have, want = KINDS[found.kind], KINDS[declared.kind]
        report.add(
            "formula-kind",
            Text(f"公式得{have.zh}，声明为{want.zh}", f"the formula gives {have.en}, {want.en} is declared"),
            Text("改声明或改公式", "correct the declaration or the formula"),
        )
    elif found.kind == "number":
        if not _same_unit(found, declared):
            have_unit = found.unit.symbol if found.unit else "1"
            want_unit = declared.unit.symbol if declared.unit else "1"
            report.add(
                "formula-declared-unit",
                Text(
                    f"公式得 {have_unit}，声明为 {want_unit}",
                    f"the formula gives {have_unit}, {want_unit} is declared",
                ),
                Text(f"声明 {have_unit}，或改公式", f"declare {have_unit}, or correct the formula"),
            )
        _prices(found, declared, report)
    elif declared.choices is not None and found.choices is not None and not found.choices <= declared.choices:
        extra = sorted(found.choices - declared.choices)
        report.add(
            "formula-choice",
            Text(
                f"公式会得未声明的 {'、'.join(extra)}",
                f"the formula gives {', '.join(extra)}, which is not declared",
            ),
            did_you_mean(extra[0], declared.choices),
        )
    report.close()


def _same_unit(found: Type, declared: Type) -> bool:
    if found.unit is None:
        return declared.unit is None or countable(declared.unit)
    if declared.unit is None:
        return comparable(found.unit, ONE) or (found.unit.sort == "quantity" and countable(found.unit))
    return comparable(found.unit, declared.unit)


def _prices(found: Type, declared: Type, report: Report) -> None:
    if found.price == "current" and declared.price == "constant":
        report.add(
            "formula-real-growth",
            Text(
                "公式用现价，不能声明为不变价（实际增长）",
                "the formula is at current prices and is declared as real",
            ),
            Text("改用不变价序列或公布的实际增速", "use a constant-price series or the published real growth"),
        )
    elif found.price == "constant" and declared.price == "current":
        report.add(
            "formula-price-mixed",
            Text("公式用不变价，声明为现价", "the formula is at constant prices and is declared as current"),
            Text("改声明或改序列", "correct the declaration or the series"),
        )
