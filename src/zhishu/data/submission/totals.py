"""Totals against their parts, exactly: compared and reported, never taken for figures of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from zhishu.data.intake_cells import decimal_text
from zhishu.data.regions import Regions
from zhishu.data.series import Series
from zhishu.data.submission.reading import TotalCheck
from zhishu.errors import Problem
from zhishu.pack.profile import Meaning, Total
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Part:
    """One cell a total may sum: its region, its value or what its sign means; neither where it could not be read."""

    region: str
    value: Fraction | None
    meaning: Meaning | None


@dataclass(frozen=True, slots=True)
class TotalRow:
    """One cell of a total row, in the unit of its series; ``step`` is the last digit written."""

    group: tuple[str, str]
    declared: Total
    label: str
    region: str
    series: Series
    where: str
    stated: Fraction
    step: Fraction


def compare(
    totals: Sequence[TotalRow], parts: Mapping[tuple[str, str], Sequence[Part]], regions: Regions
) -> tuple[list[TotalCheck], list[Problem]]:
    """Return the comparison of every total, and a warning (an error where the profile says so) for each that differs."""
    checks: list[TotalCheck] = []
    problems: list[Problem] = []
    for total in totals:
        if total.declared.over == "nothing":
            continue
        members = [p for p in parts.get(total.group, ()) if _belongs(p, total, regions)]
        summed = _sum(members) if total.series.region_agg == "sum" else None
        state: Literal["agrees", "differs", "unchecked"] = "unchecked"
        if summed is not None:
            state = "agrees" if summed == total.stated else "differs"
        # each part and the total are rounded by at most half of the last digit
        slack = total.step * (len(members) + 1) / 2
        rounding = summed is not None and abs(total.stated - summed) <= slack
        series, period = total.group
        check = TotalCheck(
            total.where,
            total.label,
            series,
            period,
            total.series.unit,
            state,
            total.stated,
            summed,
            rounding,
            len(members),
        )
        checks.append(check)
        if state == "differs" and summed is not None:
            problems.append(_differs(check, summed, total))
    return checks, problems


def _belongs(part: Part, total: TotalRow, regions: Regions) -> bool:
    if total.declared.over == "rows":
        return True
    if total.declared.over == "children":
        return part.region in regions.by_code and regions.by_code[part.region].parent == total.region
    zone = total.region.removeprefix("zone:")
    return zone in regions.zones and part.region in regions.zones[zone][1]


def _sum(members: Sequence[Part]) -> Fraction | None:
    """Return the sum, or None where a part is missing; what is not applicable adds nothing."""
    total = Fraction(0)
    for part in members:
        if part.value is None and part.meaning != "not_applicable":
            return None
        total += part.value or 0
    return total if members else None


def _differs(check: TotalCheck, summed: Fraction, total: TotalRow) -> Problem:
    stated, added, apart = (_said(x) for x in (check.stated, summed, check.stated - summed))
    zh = "，在四舍五入之内" if check.rounding else ""
    en = ", within rounding" if check.rounding else ""
    what = Text(
        f"“{check.label}”写 {stated}，{check.parts} 项之和 {added} {check.unit}，差 {apart}{zh}",
        f"{check.label} says {stated}, its {check.parts} parts add up to {added} {check.unit}, apart by {apart}{en}",
    )
    repair = Text("核对合计与各项；合计不录入", "check total and parts; a total is never taken")
    severity: Literal["error", "warning"] = "error" if total.declared.agree and not check.rounding else "warning"
    return Problem("submission-total", check.where, what, repair, severity)


def _said(value: Fraction) -> str:
    return decimal_text(value) or f"{float(value):.6g}"
