"""Laws of a plan broken down: what composes is published, what is missing never is, the pace required arrives."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.logic import Unknown
from zhishu.study import Study
from zhishu.study.columns import COLUMNS
from zhishu.system.answer import run_system
from zhishu.system.answered import Answer, Result
from zhishu.system.case import RawCase, RawRow

ON = date(2022, 12, 31)
FIRST = 2019
Cells = dict[str, object]

parts = st.lists(st.integers(0, 1000), min_size=1, max_size=6)
rates = st.lists(st.integers(-20, 40), min_size=2, max_size=6)


def run(study: Study, target: Cells, years: Sequence[Cells], grace: int = 0) -> Answer:
    """Return the answer for one target that is not broken down over places."""
    common = {"id": "甲", "split": "none", "better": "higher", "rounding": "0"}
    tables = {
        "targets": [RawRow({**common, **target}, "targets1")],
        "years": [RawRow({"target": "甲", **cells}, f"years{i}") for i, cells in enumerate(years)],
    }
    plan = study.pack.systems["annual-action-plan"]
    answer = run_system(plan, RawCase(tables, {"grace": str(grace)}), ON, COLUMNS)
    assert answer.problems == ()
    return answer


def row(answer: Answer, table: str) -> tuple[str, dict[str, object]]:
    """Return the outcome and the values of the one row of a table."""
    found: list[Result] = [r for r in answer.results if r.table == table]
    assert len(found) == 1
    assert found[0].outcome is not None
    return found[0].outcome.id, {f.id: f.value for f in found[0].facts}


def span(length: int) -> Cells:
    """Return the first and last year of a plan."""
    return {"from_year": str(FIRST), "to_year": str(FIRST + length - 1)}


@given(parts, st.integers(-3, 3), st.integers(0, 3))
@settings(max_examples=40, deadline=None)
def test_parts_are_published_exactly_within_the_rounding(
    study: Study, amounts: list[int], off: int, rounding: int
) -> None:
    """The residual is the parent less the sum, and decides alone."""
    target = {"kind": "flow", "value": str(sum(amounts) + off), "rounding": str(rounding), **span(len(amounts))}
    years = [{"year": str(FIRST + i), "value": str(v)} for i, v in enumerate(amounts)]
    outcome, facts = row(run(study, target, years), "targets")
    assert facts["residual"] == off
    assert outcome == ("publish" if abs(off) <= rounding else "mismatch")


@given(parts, st.data())
@settings(max_examples=30, deadline=None)
def test_a_part_taken_away_is_a_gap_whatever_it_was(study: Study, amounts: list[int], data: st.DataObject) -> None:
    """Even a part of zero is missed: nothing is published and no residual is given."""
    lost = data.draw(st.integers(0, len(amounts) - 1))
    target = {"kind": "flow", "value": str(sum(amounts) - amounts[lost]), **span(len(amounts))}
    years = [{"year": str(FIRST + i), "value": str(v)} for i, v in enumerate(amounts) if i != lost]
    outcome, facts = row(run(study, target, years), "targets")
    assert outcome == "gap"
    assert isinstance(facts["residual"], Unknown)


@given(rates, st.integers(0, 1000))
@settings(max_examples=30, deadline=None)
def test_growth_compounds_in_any_order(study: Study, growth: list[int], seed: int) -> None:
    """The product of the growth factors is the parent, with a rounding of zero and rows in any order."""
    product = Fraction(100)
    for rate in growth:
        product *= 1 + Fraction(rate, 100)
    target = {"kind": "growth", "base": "100", "value": decimal(product), **span(len(growth))}
    years = [{"year": str(FIRST + i), "growth": str(v)} for i, v in enumerate(growth)]
    Random(seed).shuffle(years)
    assert row(run(study, target, years), "targets")[0] == "publish"


@given(st.integers(1, 500), st.integers(1, 500), st.integers(0, 500))
@settings(max_examples=30, deadline=None)
def test_the_pace_required_arrives(study: Study, done: int, path: int, rest: int) -> None:
    """A plan whose remaining years bring what was required is met, short of nothing."""
    target = {"kind": "flow", "value": str(path + rest), **span(3)}
    plan = [str(path), str(rest), "0"]
    early = [{"year": str(FIRST + i), "value": v} for i, v in enumerate(plan)]
    early[0]["actual"] = str(done)
    outcome, facts = row(run(study, target, early, grace=700), "progress")
    required = facts["required"]
    assert isinstance(required, Fraction)
    assert required == Fraction(path + rest - done, 2)
    assert outcome == "no_report"
    for year in early[1:]:
        year["actual"] = decimal(required)
    outcome, facts = row(run(study, target, early), "progress")
    assert (outcome, facts["short"]) == ("met", 0)


def decimal(value: Fraction) -> str:
    """Return a terminating fraction as it is written."""
    digits = 0
    while (value * 10**digits).denominator != 1:
        digits += 1
    whole = str(abs(int(value * 10**digits))).rjust(digits + 1, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{whole[:-digits]}.{whole[-digits:]}" if digits else f"{sign}{whole}"
