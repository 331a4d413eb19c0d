"""A table of pairs: every row of one table beside every row of another, unknown facts kept."""

from datetime import date

import pytest
from tests.pack.sheets import read, sheet, sound

from zhishu.logic import Unknown
from zhishu.pack.check_system import check_system
from zhishu.system.answer import run_system
from zhishu.system.answered import Answer
from zhishu.system.case import RawCase, RawRow

SHEET = """
system: t
archetype: list_gate
cite: {at: "1.1", quote: 发展}
about: {zh: 甲, en: a}
tables:
  lists:
    name: {zh: 名录, en: list}
    key: [entry]
    fields:
      entry: {name: {zh: 条目, en: entry}, type: text}
      code: {name: {zh: 代码, en: code}, type: text}
      dead: {name: {zh: 失效, en: dead}, type: truth}
    checks:
      - {id: dead, when: dead and is_known(dead), then: exclude, say: {zh: 失效, en: dead}}
  asked:
    name: {zh: 事项, en: asked}
    key: [id]
    fields:
      id: {name: {zh: 编号, en: id}, type: text}
      code: {name: {zh: 代码, en: code}, type: text}
    derive:
      beside: {name: {zh: 条数, en: entries beside}, formula: hits.count(), unit: "1"}
      struck: {name: {zh: 命中, en: struck}, formula: hits.any(same)}
      which: {name: {zh: 条目, en: which}, formula: 'hits.names(item, same)'}
  hits:
    name: {zh: 比对, en: hits}
    pairs: {query: asked, item: lists}
    derive:
      same: starts_with(query.code, item.code)
totals:
  pairs: {name: {zh: 对数, en: pairs}, formula: hits.count(), unit: "1"}
answers: []
"""


def run(lists: list[tuple[str, str | None, str]], asked: list[tuple[str, str | None]]) -> Answer:
    """Return the answer for some entries and questions."""
    rows = {
        "lists": tuple(
            RawRow({"entry": e, "code": c, "dead": d}, f"lists!A{i}") for i, (e, c, d) in enumerate(lists, start=2)
        ),
        "asked": tuple(RawRow({"id": q, "code": c}, f"asked!A{i}") for i, (q, c) in enumerate(asked, start=2)),
    }
    return run_system(sound(SHEET), RawCase(rows), date(2026, 11, 23), {})


def cells(answer: Answer, subject: str) -> dict[str, object]:
    """Return the facts of one subject."""
    assert answer.problems == ()
    (found,) = (r for r in answer.results if r.subject == subject)
    return {f.id: f.value for f in found.facts}


def test_every_row_stands_beside_every_row_that_counts() -> None:
    """Three entries of which one is excluded, two questions: four pairs, two for each question."""
    found = run([("甲", "26", "否"), ("乙", "27", ""), ("丙", "26", "是")], [("一", "2611"), ("二", "3011")])
    assert cells(found, "一") == {"beside": 2, "struck": True, "which": "甲"}
    assert cells(found, "二") == {"beside": 2, "struck": False, "which": ""}
    (whole,) = (r for r in found.results if r.table == "case")
    assert whole.facts[0].value == 4


def test_an_unknown_fact_stays_unknown_in_every_pair() -> None:
    """Without a code nothing is struck and nothing passes; an entry without a code leaves every question open."""
    found = run([("甲", "26", ""), ("乙", None, "")], [("一", None), ("二", "2611"), ("三", "3011")])
    assert isinstance(cells(found, "一")["struck"], Unknown)
    assert cells(found, "二")["struck"] is True
    assert isinstance(cells(found, "三")["struck"], Unknown)


def test_without_rows_there_are_no_pairs() -> None:
    """An empty list strikes nothing."""
    assert cells(run([], [("一", "26")]), "一") == {"beside": 0, "struck": False, "which": ""}


def test_pairs_are_not_filled_by_anyone() -> None:
    """The form asks for the two tables, not for their pairs."""
    assert [t.id for t in sound(SHEET).inputs()] == ["lists", "asked"]


@pytest.mark.parametrize(
    "wrong",
    ["pairs: {query: asked}", "pairs: {query: asked, item: lists, third: lists}", "pairs: {query: asked, item: lists}\n    of: asked"],
)  # fmt: skip
def test_a_table_of_pairs_names_two_tables_and_nothing_else(wrong: str) -> None:
    """One table, three tables, or a group as well: refused at its line."""
    text = SHEET.replace("pairs: {query: asked, item: lists}", wrong)
    _, problems = read(text)
    assert "pack-pairs" in {p.code for p in problems}


def test_a_listing_is_no_answer_to_whether_there_is_one() -> None:
    """names() leaves out rows nobody is sure of; comparing it with nothing is refused, any() is offered."""
    text = SHEET.replace("formula: hits.any(same)}", "formula: 'hits.names(item, same) != \"\"'}")
    (problem,) = check_system(sheet(text))
    assert problem.code == "formula-kind"
    assert "any(" in problem.repair.en
