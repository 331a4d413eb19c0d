"""The engine on small sheets: unknowns spread, nothing disappears, order does not matter."""

from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.pack.sheets import sheet

from zhishu.logic import Unknown
from zhishu.system.aggregate import aggregate
from zhishu.system.answer import run_system
from zhishu.system.case import RawCase, RawRow

SHEET = """
system: t
archetype: index
cite: {at: "1.1", quote: 发展}
about: {zh: 甲, en: a}
parameters:
  line: {name: {zh: 线, en: line}, unit: "%", value: 60}
tables:
  rows:
    name: {zh: 行, en: rows}
    key: [id, year]
    series: [id]
    order: year
    fields:
      id: {name: {zh: 编号, en: id}, type: text}
      year: {name: {zh: 年, en: year}, type: year}
      x: {name: {zh: 数, en: x}, unit: 万元}
    checks:
      - {id: negative, when: x < 0, then: exclude, say: {zh: "{id} {year} 年为负", en: "{id} is negative in {year}"}}
    derive:
      before: {name: {zh: 上年, en: before}, formula: previous(x), unit: 万元}
      best: {name: {zh: 最好, en: best}, formula: rank_best(x), unit: "1"}
      worst: {name: {zh: 最差, en: worst}, formula: rank_worst(x), unit: "1"}
  ids:
    name: {zh: 组, en: ids}
    of: rows
    by: [id]
    derive:
      total: {name: {zh: 合计, en: total}, formula: rows.sum(x), unit: 万元}
totals:
  all: {name: {zh: 全部, en: all}, formula: rows.sum(x), unit: 万元}
  known: {name: {zh: 已知, en: known}, formula: rows.sum_known(x), unit: 万元}
answers: []
"""


def case(*rows: tuple[str, int, object]) -> RawCase:
    """Return rows of (id, year, x)."""
    cells = [RawRow({"id": i, "year": y, "x": x}, f"r{n}") for n, (i, y, x) in enumerate(rows)]
    return RawCase({"rows": cells})


def values(raw: RawCase) -> dict[tuple[str, str], dict[str, object]]:
    """Return every result's values by table and subject."""
    answer = run_system(sheet(SHEET), raw, date(2020, 1, 1), {})
    assert answer.problems == ()
    return {(r.table, r.subject): {f.id: f.value for f in r.facts} for r in answer.results}


def test_money_stands_in_base_units_and_groups_sum_their_own_rows() -> None:
    """3 万元 is 30,000 元 inside; a group sees its rows, the case all."""
    found = values(case(("a", 2019, "3"), ("a", 2020, 4), ("b", 2020, "5 万元")))
    assert found[("ids", "a")]["total"] == Fraction(70000)
    assert found[("case", "")]["all"] == Fraction(120000)
    assert found[("rows", "a · 2020")]["before"] == Fraction(30000)


def test_an_unknown_row_makes_the_sum_unknown_and_the_known_part_a_lower_bound() -> None:
    """Nothing disappears from a sum."""
    found = values(case(("a", 2019, None), ("b", 2019, 5)))
    assert isinstance(found[("case", "")]["all"], Unknown)
    assert found[("case", "")]["known"] == Fraction(50000)
    assert found[("ids", "b")]["total"] == Fraction(50000)


def test_excluded_rows_leave_and_are_named() -> None:
    """A row set aside is listed with its reason; a row whose check is unknown is held."""
    answer = run_system(sheet(SHEET), case(("a", 2019, -1), ("b", 2019, 5), ("c", 2019, None)), date(2020, 1, 1), {})
    assert [(m.kind, m.subject) for m in answer.remarks] == [("exclude", "a · 2019"), ("hold", "c · 2019")]


def test_ranks_are_intervals_when_a_rival_is_unknown() -> None:
    """An unknown rival may be above or below."""
    found = values(case(("a", 2019, 9), ("b", 2019, 5), ("c", 2019, None)))
    assert (found[("rows", "b · 2019")]["best"], found[("rows", "b · 2019")]["worst"]) == (2, 3)


def test_bad_cells_are_all_named_and_nothing_is_answered() -> None:
    """Every bad cell is reported with its place; there is no half answer."""
    answer = run_system(
        sheet(SHEET), case(("a", 2019, "1,000"), ("", 20, "x"), ("a", 2019, "3 公顷")), date(2020, 1, 1), {}
    )
    assert sorted({p.code for p in answer.problems}) == [
        "case-cell-missing",
        "case-duplicate",
        "case-not-a-number",
        "case-not-a-year",
        "case-thousands-comma",
    ]
    assert answer.results == ()


@given(st.permutations([("a", 2019, 3), ("a", 2020, 4), ("b", 2019, 5), ("c", 2020, None)]))
@settings(max_examples=20)
def test_t50_row_order_does_not_matter(rows: list[tuple[str, int, object]]) -> None:
    """Shuffled rows give the same values."""
    assert values(case(*rows)) == values(case(("a", 2019, 3), ("a", 2020, 4), ("b", 2019, 5), ("c", 2020, None)))


NUMBERS = st.fractions(min_value=-100, max_value=100)


@given(st.lists(NUMBERS, min_size=1, max_size=8))
@settings(max_examples=40)
def test_aggregates_agree_with_plain_arithmetic(numbers: list[Fraction]) -> None:
    """Where all is known, aggregates are the ordinary ones."""
    pairs = [(n, True) for n in numbers]
    assert aggregate("sum", pairs) == sum(numbers)
    assert aggregate("mean", pairs) == sum(numbers) / len(numbers)
    assert aggregate("least", pairs) == min(numbers)
    assert aggregate("quantile", pairs, Fraction(1)) == max(numbers)


def test_a_year_in_a_sentence_is_written_without_a_comma() -> None:
    """2021 is a name, not an amount."""
    rows = (RawRow({"id": "甲", "year": "2021", "x": "-1234"}, "rows!A2"),)
    said = run_system(sheet(SHEET), RawCase({"rows": rows}), date(2026, 11, 23), {}).remarks[0].say
    assert (said.zh, said.en) == ("甲 2021 年为负", "甲 is negative in 2021")
