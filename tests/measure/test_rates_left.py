"""Two rates compared while some cases name no group, against every way of giving them one."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.sheets import ask

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.measure.rates_left import MOST_SPLITS, UNTOLD, WORDS, Counts, gap_bounds, left, says
from zhishu.study.columns import COLUMNS

Z = 1.96
LEAST = Fraction(3)
CASE = tuple[str, bool]


def counted(cases: Sequence[CASE]) -> tuple[int, int, int, int]:
    """Return granted and all cases of A, then of B."""
    a = [granted for group, granted in cases if group == "a"]
    b = [granted for group, granted in cases if group == "b"]
    return sum(a), len(a), sum(b), len(b)


def every_way(cases: Sequence[CASE]) -> list[list[CASE]]:
    """Return the cases with each group that is missing filled in each way."""
    loose = [i for i, (group, _) in enumerate(cases) if not group]
    return [
        [(fill[loose.index(i)] if i in loose else group, granted) for i, (group, granted) in enumerate(cases)]
        for fill in product("ab", repeat=len(loose))
    ]


GROUPED = st.lists(st.tuples(st.sampled_from("ab"), st.booleans()), min_size=2, max_size=24)
LOOSE = st.lists(st.tuples(st.just(""), st.booleans()), max_size=6)


def counts_of(cases: Sequence[CASE]) -> Counts:
    """Return the counts of cases, those without a group apart."""
    loose = [granted for group, granted in cases if not group]
    return Counts(*counted(cases), sum(loose), len(loose) - sum(loose))


@settings(max_examples=60, deadline=None)
@given(GROUPED, LOOSE)
def test_what_is_left_is_what_some_way_of_sharing_out_says(grouped: list[CASE], loose: list[CASE]) -> None:
    """Nothing more and nothing less than trying every group of every case; so are the bounds of the gap."""
    cases = [*grouped, *loose]
    ways = [counted(way) for way in every_way(cases)]
    found = {says(*way, LEAST, Z) for way in ways}
    assert set(left(counts_of(cases), LEAST, Z).split("|")) == found
    gaps = [Fraction(a, n_a) - Fraction(b, n_b) for a, n_a, b, n_b in ways if min(n_a, n_b) >= LEAST]
    assert gap_bounds(counts_of(cases), LEAST) == ((min(gaps), max(gaps)) if gaps else None)


def sheet(cases: Sequence[CASE]) -> str:
    """Return what the sheet of the audit says of cases of one rule."""
    rows = [
        {"id": f"例{i}", "rule": "甲项", "group": group or "unknown", "result": "granted" if granted else "refused"}
        for i, (group, granted) in enumerate(cases)
    ]
    answer = ask("parity_audit", {"cases": rows}, {"least": 3, "withdrawn": "out", "z": Z})
    outcome = next(r.outcome for r in answer.results if r.table == "rates")
    assert outcome is not None
    return outcome.id


@settings(max_examples=20, deadline=None)
@given(GROUPED, st.lists(st.tuples(st.just(""), st.booleans()), max_size=3))
def test_the_sheet_says_what_every_way_of_sharing_out_says(grouped: list[CASE], loose: list[CASE]) -> None:
    """The formulas of the sheet and the comparison here are one; what the groups could change stays open."""
    found = {sheet(way) for way in every_way([*grouped, *loose])}
    assert found == {says(*counted(way), LEAST, Z) for way in every_way([*grouped, *loose])}
    assert sheet([*grouped, *loose]) == (found.pop() if len(found) == 1 else "groups_open")


def test_more_ways_than_are_gone_through_are_said_to_be() -> None:
    """Many cases without a group are bounded: the bounds of the gap stand, and what is left is not guessed."""
    many = Counts(500, 1000, 500, 1000, MOST_SPLITS, 1)
    assert left(many, LEAST, Z) == UNTOLD
    assert gap_bounds(many, LEAST) is not None
    assert {*WORDS} >= {left(Counts(5, 5, 2, 5, n, n), LEAST, Z) for n in range(40)}


ROW: Mapping[str, Value] = {
    **{n: Fraction(v) for n, v in {"a": 5, "n_a": 5, "b": 2, "n_b": 5, "granted": 2, "other": 0}.items()},
    "least": Fraction(4),
    "z": Fraction(49, 25),
}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"a": Unknown("missing")}, "missing"),
        ({"least": Unknown("not_set")}, "not_set"),
        ({"z": Unknown("not_set")}, "not_set"),
        ({"z": Fraction(-1)}, "domain"),
        ({"z": "示例"}, "domain"),
        ({"a": Fraction(6)}, "domain"),
        ({"b": Fraction(6)}, "domain"),
        ({"granted": Fraction(-1)}, "domain"),
        ({"other": Fraction(1, 2)}, "domain"),
        ({"least": Fraction(0)}, "domain"),
        ({"n_a": True}, "domain"),
    ],
)
def test_what_cannot_be_compared_is_unknown_with_its_reason(changed: Mapping[str, Value], reason: str) -> None:
    """A missing or a senseless argument gives no answer."""
    found = COLUMNS["rates_left"].run([{**ROW, **changed}], {})[0]
    assert isinstance(found, Unknown)
    assert found.reason == reason


def test_the_columns_give_word_and_bounds() -> None:
    """The word has its reading in both languages; too few cases in every way leave no bound."""
    assert COLUMNS["rates_left"].run([dict(ROW)], {}) == ["shown|not_shown"]
    words = COLUMNS["rates_left"].words
    assert words is not None
    assert words({})["shown|not_shown"].zh == "有差距或未见差距"
    assert COLUMNS["rates_gap_least"].run([dict(ROW)], {}) == [Fraction(3, 7)]
    assert COLUMNS["rates_gap_most"].run([dict(ROW)], {}) == [Fraction(3, 5)]
    few = COLUMNS["rates_gap_most"].run([{**ROW, "least": Fraction(9)}, {**ROW, "a": Unknown("missing")}], {})
    assert [v.reason for v in few if isinstance(v, Unknown)] == ["missing", "missing"]
