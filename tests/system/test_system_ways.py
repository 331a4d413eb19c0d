"""Ways to an outcome: values of missing facts that, filled in, settle a case on it; and what changed in a book when."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.shipped import SHIPPED
from tests.system.spoken_book import spoken_book

from zhishu.formula.evaluate import Value
from zhishu.judge.opinion import judge_case
from zhishu.judge.ruleset import assemble
from zhishu.pack.book import Book
from zhishu.pack.compile_book import beside, compile_book
from zhishu.pack.lines import read_yaml
from zhishu.system.books.history import history
from zhishu.system.books.rows import ANY, heads, shown_rows
from zhishu.system.books.ways import way_to

ON = date(2022, 12, 31)
FOLDER = SHIPPED / "rules" / "siting"


def siting() -> Book:
    """Return the shipped book of siting."""
    text = (FOLDER / "book.yaml").read_text(encoding="utf-8")
    book, problems = compile_book(read_yaml(text, "book.yaml"), text, beside(FOLDER))
    assert book is not None, problems
    return book


BOOK = siting()
RULES = assemble(BOOK, ON)
KNOWN: dict[str, Value] = {
    "applied_on": date(2022, 1, 1), "kind": "project", "action": "new", "chemical": "none", "industry": "3011",
    "river": "tributary", "distance": Fraction(5000), "distance_error": Fraction(100), "in_red_line": False,
    "permitted_activity": False, "land_approved": Fraction(5_000_000), "land_supplied": Fraction(4_000_000),
}  # fmt: skip


def test_with_nothing_filled_in_the_worst_needs_two_facts() -> None:
    """Inside the red line and not permitted: no date of the year 1, no fact that is not needed."""
    opinion = judge_case(RULES, {})
    way = way_to(RULES, opinion, "forbidden")
    assert (way.settles, dict(way.values)) == (True, {"in_red_line": True, "permitted_activity": False})
    assert [(n.zh, v.zh) for _, n, v in way.said(BOOK)] == [
        ("在生态保护红线内", "是"),
        ("属红线内允许的有限人为活动", "否"),
    ]


def test_where_facts_cannot_settle_it_no_way_is_shown() -> None:
    """Before the Decision nobody has set the lowest supply rate: no answer makes a new project free."""
    opinion = judge_case(RULES, {"applied_on": date(2018, 1, 1), "action": "new"})
    way = way_to(RULES, opinion, "free")
    assert (way.settles, dict(way.values)) == (False, {})


@settings(max_examples=25)
@given(st.sets(st.sampled_from(sorted(KNOWN)), min_size=6))
def test_a_way_filled_in_gives_its_outcome(names: set[str]) -> None:
    """Whatever is known, filling in a way that settles gives just that verdict, and no known fact is changed."""
    given_ = {k: KNOWN[k] for k in names}
    opinion = judge_case(RULES, given_)
    for outcome in (opinion.best, opinion.worst):
        way = way_to(RULES, opinion, outcome)
        assert not way.values.keys() & given_.keys()
        if way.settles:
            assert judge_case(RULES, {**given_, **way.values}).verdict == outcome


@pytest.mark.parametrize("on", [date(2018, 1, 1), date(2022, 1, 1)])
def test_every_outcome_of_an_empty_form_that_a_way_settles_is_possible(on: date) -> None:
    """No way leads to an outcome that the opinion does not name, and most outcomes have one."""
    rules = assemble(BOOK, on)
    opinion = judge_case(rules, {})
    found = [way_to(rules, opinion, o) for o in opinion.possible]
    assert all(judge_case(rules, w.values).verdict == w.outcome for w in found if w.settles)
    assert sum(w.settles for w in found) >= 3


def test_changes_stand_in_the_order_of_their_days() -> None:
    """A first value, a later one beside the one before it, and what has always held is none; entries come and go."""
    events = history(spoken_book())
    assert [(e.day, e.what.zh) for e in events] == [
        (date(2019, 1, 1), "投资下限定为 100 万元"),
        (date(2021, 1, 1), "投资下限由 100 万元 改为 200 万元"),
    ]
    told = [e.what.zh for e in history(BOOK)]
    assert sum("列入 12 条" in w for w in told) == 1


def test_an_entry_leaves_on_the_day_after_its_last() -> None:
    """The last day is still in force."""
    files = {"controlled.csv": "entry,code,valid_from,valid_to\n示例1,26,2019-01-01,2020-12-31\n"}
    text = (FOLDER / "book.yaml").read_text(encoding="utf-8")
    read = beside(FOLDER)
    book, problems = compile_book(read_yaml(text, "book.yaml"), text, lambda n: files.get(n) or read(n))
    assert book is not None, problems
    days = [(e.day, "退出" in e.what.zh) for e in history(book) if "示例1" in e.what.zh]
    assert days == [(date(2019, 1, 1), False), (date(2021, 1, 1), True)]


def test_a_decision_table_is_shown_in_words() -> None:
    """Choices by their words, a blank cell as any, the output and what its row says."""
    table = BOOK.tables["desk"]
    assert [h.zh for h in heads(BOOK, table)[0]] == ["申请类型", "化工属性"]
    first, second, _ = shown_rows(BOOK, table)
    assert (first.inputs[0].zh, first.inputs[1], first.outputs[0].zh) == ("园区", ANY, "省级")
    assert second.inputs[1].zh == "重化工、其他化工"
