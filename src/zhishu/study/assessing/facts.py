"""From a filled form to the facts of an assessment, as of a day; what contradicts itself is refused with its cell."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Literal

from zhishu.errors import Problem, ZhishuError
from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.pack.assessment import Assessment
from zhishu.score.assess import Counted, Facts, Forgiven, Left, Member, Paid, Ruling
from zhishu.study.assessing.form import readings_of
from zhishu.system.case import Case, Row
from zhishu.terms import Text


def facts_of(assessment: Assessment, case: Case, on: date) -> Facts:
    """Return the facts known on a day.

    A decision of a later day is still open, and one that is later proposed is not there yet. Raises ZhishuError with
    every row that contradicts itself (``assessment-decision``, ``assessment-values``, ``assessment-error``).
    """
    problems: list[Problem] = []
    rows = case.tables
    units = [str(r.values["unit"]) for r in rows["units"]]
    quality = rows["quality"]
    facts = Facts(
        tuple(_member(assessment, r, rows["moves"], on) for r in rows["units"]),
        {str(r.values["unit"]): _readings(assessment, r) for r in rows["values"]},
        _counted(rows.get("bonus", ())),
        _counted(rows.get("deductions", ())),
        _rulings(rows.get("vetoes", ()), "rule", on, problems),
        _rulings(rows["falsified"], "indicator", on, problems),
        tuple(
            Forgiven(_word(r, "unit"), _word(r, "indicator"), r.values["points"], _maybe(r, "ground"))
            for r in rows.get("forgiven", ())
        ),
        tuple(
            Left(_word(r, "unit"), day, _word(r, "reason"))
            for r in rows["left"]
            if isinstance(day := r.values["on"], date) and day <= on
        ),
        tuple(Paid(_word(r, "unit"), r.values["amount"]) for r in rows["paid"]),
        _errors(quality, problems),
        frozenset((_word(r, "unit"), _word(r, "indicator")) for r in quality if _maybe(r, "state")),
    )
    lacking = set(units) - set(facts.readings)
    if lacking and not rows["values"]:
        what = Text("“指标值”表是空的", "the table of values is empty")
        repair = Text("每个单位一行，缺数留空", "one row a unit, blank where there is no figure")
        problems.append(Problem("assessment-values", "values", what, repair))
    if problems:
        raise ZhishuError(problems)
    return facts


def _member(assessment: Assessment, row: Row, moves: Sequence[Row], on: date) -> Member:
    unit = _word(row, "unit")
    rows = [row, *(m for m in moves if _word(m, "unit") == unit)]
    held = {str(r.values["group"]) for r in rows if isinstance(r.values["group"], str) and _in_force(r, on)}
    grounds = {g: row.values[g] for g in assessment.grounds}
    before = row.values.get("before", Unknown("missing"))
    return Member(unit, held.pop() if len(held) == 1 else None, grounds, before)


def _in_force(row: Row, on: date) -> bool:
    first, last = row.values["group_from"], row.values["group_to"]
    return not (isinstance(first, date) and first > on) and not (isinstance(last, date) and last < on)


def _readings(assessment: Assessment, row: Row) -> dict[str, dict[str, Value]]:
    return {i.id: {name: row.values[c.id] for name, c in readings_of(i)} for i in assessment.indicators()}


def _counted(rows: Sequence[Row]) -> tuple[Counted, ...]:
    return tuple(Counted(_word(r, "unit"), _word(r, "item"), r.values["times"]) for r in rows)


def _rulings(rows: Sequence[Row], rule: str, on: date, problems: list[Problem]) -> tuple[Ruling, ...]:
    found = []
    for row in rows:
        proposed, decided_on = row.values["proposed_on"], row.values["decided_on"]
        decision = _maybe(row, "decision")
        if decision is not None and (_maybe(row, "decided_by") is None or not isinstance(decided_on, date)):
            what = Text("写了决定，没有写决定机关或日期", "a decision without who decided it or when")
            repair = Text("补上决定机关和日期，或把决定留空", "name both, or leave the decision blank")
            problems.append(Problem("assessment-decision", row.place, what, repair))
        if decision is not None and _maybe(row, "decided_by") == _maybe(row, "proposed_by"):
            what = Text("提出机关与决定机关相同", "one body proposed and decided")
            repair = Text("由另一机关决定", "another body must decide")
            problems.append(Problem("assessment-decision", row.place, what, repair))
        if isinstance(proposed, date) and proposed > on:
            continue
        known = decision if isinstance(decided_on, date) and decided_on <= on else None
        told: Literal["upheld", "rejected"] | None = (
            "upheld" if known == "upheld" else "rejected" if known == "rejected" else None
        )
        found.append(Ruling(_word(row, "unit"), _word(row, rule), told))
    return tuple(found)


def _errors(rows: Sequence[Row], problems: list[Problem]) -> dict[tuple[str, str], Fraction]:
    found = {}
    for row in rows:
        error = row.values["error"]
        if isinstance(error, Fraction) and error < 0:
            what = Text("标准误为负", "a standard error is below zero")
            problems.append(Problem("assessment-error", row.place, what, Text("改正", "correct it")))
        elif isinstance(error, Fraction):
            found[_word(row, "unit"), _word(row, "indicator")] = error
    return found


def _word(row: Row, name: str) -> str:
    return str(row.values[name])


def _maybe(row: Row, name: str) -> str | None:
    value = row.values[name]
    return None if isinstance(value, Unknown) else str(value)
