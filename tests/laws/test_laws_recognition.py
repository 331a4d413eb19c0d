"""A recognition keeps its promises for any criteria and evidence: bounds hold, better evidence never lowers a grade."""

from collections.abc import Mapping, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.sheets import UNKNOWN, Rows, ask, completions, holds_in_every_completion

from zhishu.formula.evaluate import Value

GRADES = ("甲级", "乙级", "丙级")
ITEMS = ("指标", "场地")
VALUES = (1, 2, 3)
PLACE = {"甲级": 1, "乙级": 2, "丙级": 3, "none": 4}


def case(lines: Mapping[tuple[str, str], int], evidence: Sequence[Mapping[str, object]]) -> Rows:
    """Return three grades, thresholds by grade and item, and the evidence of one unit for each row."""
    return {
        "grades": [{"grade": g, "place": PLACE[g], "term": 12} for g in GRADES],
        "criteria": [
            {"clause": f"{g}{i}", "criterion": i, "grade": g, "measure": "不低于", "threshold": at}
            | {"valid_from": "2020-01-01", "document": "示例办法"}
            for (g, i), at in lines.items()
        ],
        "units": [{"unit": f"示例{n}"} for n in range(len(evidence))],
        "evidence": [
            {"unit": f"示例{n}", "criterion": i, "dated_on": "2022-06-30", "value": v, "document": "示例文"}
            for n, row in enumerate(evidence)
            for i, v in row.items()
        ],
    }


def facts(rows: Rows, name: str) -> dict[str, Value]:
    """Return one fact of every unit."""
    return {
        r.subject: next(f.value for f in r.facts if f.id == name)
        for r in ask("recognition", rows).results
        if r.table == "units"
    }


LINES = st.dictionaries(st.tuples(st.sampled_from(GRADES), st.sampled_from(ITEMS)), st.sampled_from(VALUES), min_size=1)
KNOWN = st.fixed_dictionaries({i: st.sampled_from(VALUES) for i in ITEMS})
PARTLY = st.fixed_dictionaries({i: st.sampled_from((*VALUES, UNKNOWN)) for i in ITEMS})


@settings(max_examples=12, deadline=None)
@given(LINES, st.lists(PARTLY, min_size=1, max_size=2))
def test_the_bounds_are_the_worst_and_the_best_completion(
    lines: dict[tuple[str, str], int], evidence: list[dict[str, object]]
) -> None:
    """The grade surely met and the best possible are those of trying every value that is missing."""
    rows = case(lines, evidence)
    sure, best = facts(rows, "grade"), facts(rows, "best_grade")
    found: dict[str, set[int]] = {}
    for filled in completions(rows, {("evidence", "value"): (0, *VALUES)}):
        for unit, grade in facts(filled, "grade").items():
            found.setdefault(unit, set()).add(PLACE[str(grade)])
    for unit, places in found.items():
        assert (PLACE[str(sure[unit])], PLACE[str(best[unit])]) == (max(places), min(places)), (unit, places, rows)


@settings(max_examples=12, deadline=None)
@given(LINES, st.lists(PARTLY, min_size=1, max_size=2))
def test_a_verdict_with_facts_missing_stands_however_they_come_out(
    lines: dict[tuple[str, str], int], evidence: list[dict[str, object]]
) -> None:
    """Nobody is refused, and nobody met, on a fact that is missing."""
    domains = {("evidence", "value"): (0, *VALUES)}
    settles = {"higher_open": frozenset({"met"})}
    holds_in_every_completion("recognition", "units", case(lines, evidence), domains, settles_as=settles)


@settings(max_examples=12, deadline=None)
@given(LINES, KNOWN, st.sampled_from(ITEMS))
def test_better_evidence_never_lowers_a_grade(
    lines: dict[tuple[str, str], int], evidence: dict[str, int], item: str
) -> None:
    """One more of an item leaves the grade or raises it."""
    grades = facts(case(lines, [evidence, {**evidence, item: evidence[item] + 1}]), "grade")
    assert PLACE[str(grades["示例1"])] <= PLACE[str(grades["示例0"])]


@settings(max_examples=10, deadline=None)
@given(LINES, st.lists(PARTLY, min_size=2, max_size=3), st.randoms(use_true_random=False))
def test_the_order_of_rows_says_nothing(
    lines: dict[tuple[str, str], int], evidence: list[dict[str, object]], random: object
) -> None:
    """The same rows in any order give the same answer of each unit."""
    rows = case(lines, evidence)
    mixed = {name: sorted(held, key=lambda _: random.random()) for name, held in rows.items()}  # type: ignore[attr-defined]
    one = {(r.table, r.subject): r.to_json()["verdict"] for r in ask("recognition", rows).results}
    other = {(r.table, r.subject): r.to_json()["verdict"] for r in ask("recognition", mixed).results}
    assert one == other
