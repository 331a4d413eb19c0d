"""Running a system's own examples: each is a case with the answer it must get."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from zhishu.data.regions import Regions
from zhishu.errors import Problem, ZhishuError
from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.pack.system import CASE, Example, System
from zhishu.system.answer import NOWHERE, run_system
from zhishu.system.answered import Answer, Result
from zhishu.system.case import RawCase, RawRow
from zhishu.system.filler import Filler
from zhishu.system.show import own_unit, plain
from zhishu.terms import Text
from zhishu.units import convert, parse_quantity, parse_unit, rounded

ALL = "all"


@dataclass(frozen=True, slots=True)
class Trial:
    """One example, its answer and what did not agree."""

    example: Example
    answer: Answer | None
    differences: tuple[Problem, ...]


def raw_case(example: Example) -> RawCase:
    """Return an example's rows as a case; the first row of each table names its columns."""
    tables: dict[str, list[RawRow]] = {}
    for name, rows in example.given.items():
        header = [str(cell) for cell in rows[0]] if rows else []
        tables[name] = [
            RawRow(dict(zip(header, row, strict=False)), f"{name}[{i}]") for i, row in enumerate(rows[1:], start=1)
        ]
    return RawCase(tables, example.set)


def try_example(system: System, example: Example, columns: Mapping[str, Filler], regions: Regions = NOWHERE) -> Trial:
    """Return what an example gives and every difference from what it must give."""
    answer = run_system(system, raw_case(example), example.on, columns, regions=regions, small=None)
    found: list[Problem] = []
    codes = sorted(p.code for p in answer.problems)
    wanted = sorted(example.problems)
    if codes != wanted:
        _differ(found, example, "problems", ", ".join(wanted), ", ".join(codes))
    if codes:
        return Trial(example, answer, tuple(found))
    flags = sorted(f"{m.check} {m.subject}".strip() for m in answer.remarks if m.kind in ("flag", "hold"))
    out = sorted(f"{m.check} {m.subject}".strip() for m in answer.remarks if m.kind == "exclude")
    for word, have, want in (("flags", flags, example.flags), ("excluded", out, example.excluded)):
        if have != sorted(want):
            _differ(found, example, word, ", ".join(sorted(want)), ", ".join(have))
    by_subject = {(r.table, r.subject): r for r in answer.results}
    for table, subjects in example.expect.items():
        for subject, facts in subjects.items():
            key = (CASE, "") if table == CASE else (table, subject)
            if key not in by_subject:
                known = ", ".join(s for t, s in by_subject if t == table)
                _differ(found, example, f"{table}.{subject}", "a result", f"none; results: {known}")
                continue
            _facts(found, example, by_subject[key], facts)
    return Trial(example, answer, tuple(found))


def _facts(found: list[Problem], example: Example, result: Result, facts: Mapping[str, object]) -> None:
    values = {f.id: f for f in result.facts}
    for name, want in facts.items():
        place = f"{result.table}.{result.subject}.{name}".replace("..", ".")
        if name == "verdict":
            have = result.outcome.id if result.outcome else "none"
            if have != want:
                _differ(found, example, place, str(want), have)
        elif name == "possible":
            listed = ", ".join(o.id for o in result.possible)
            if listed != want:
                _differ(found, example, place, str(want), listed)
        elif name not in values:
            _differ(found, example, place, str(want), "no such value; name it to show it")
        elif not agrees(want, values[name].value, values[name].unit):
            _differ(found, example, place, str(want), said(values[name].value, values[name].unit))


def said(value: Value, unit: str | None) -> str:
    """Return a value for a message: exact, with its unit."""
    if isinstance(value, Unknown):
        return f"unknown {value.reason} {value.detail}".strip()
    if isinstance(value, Fraction):
        return f"{plain(own_unit(value, unit))} {unit or ''}".strip()
    return str(value)


def agrees(want: object, value: Value, unit: str | None) -> bool:
    """Return whether a value is what an example wrote, at the digits it was written with.

    >>> agrees("33.3 %", Fraction(1, 3), "%")
    True
    >>> agrees("unknown missing", Unknown("missing", "x"), None)
    True
    """
    if isinstance(value, Unknown):
        return isinstance(want, str) and want in ("unknown", f"unknown {value.reason}")
    if isinstance(value, bool):
        return want is value
    if not isinstance(value, Fraction):
        return str(value) == ("" if want is None else str(want))
    if isinstance(want, bool):
        return False
    written = str(want).strip()
    number = re.match(r"[-−]?[0-9]+(\.([0-9]+))?", written)
    if number is None:
        return False
    digits = len(number.group(2) or "")
    mine = own_unit(value, unit)
    if number.group(0) != written:
        try:
            _, given = parse_quantity(written.replace("−", "-"))
            mine = convert(mine, parse_unit(unit or "1"), given)
        except ZhishuError:
            return False
    return rounded(mine, digits).replace(",", "") == number.group(0).replace("-", "−")


def _differ(found: list[Problem], example: Example, place: str, want: str, have: str) -> None:
    found.append(
        Problem(
            "example-differs",
            f"{example.where} ({example.id})",
            Text(
                f"{place}：应为 {want or '空'}，算得 {have or '空'}",
                f"{place}: expected {want or 'nothing'}, got {have or 'nothing'}",
            ),
            Text("改声明，或改例子", "correct the declaration, or the example"),
        )
    )
