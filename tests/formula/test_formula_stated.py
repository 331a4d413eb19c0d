"""An unknown said outright: with a note in both languages each reader is told the note in his own."""

from datetime import date

import pytest
from tests.system.spoken_book import TEXT

from zhishu.errors import ZhishuError
from zhishu.formula.check import check
from zhishu.formula.check_types import Scope
from zhishu.formula.evaluate import evaluate
from zhishu.formula.parse import parse
from zhishu.formula.scopes import Plain
from zhishu.judge.opinion import judge_case
from zhishu.judge.ruleset import assemble
from zhishu.logic import Unknown
from zhishu.pack.compile_book import compile_book
from zhishu.pack.lines import read_yaml
from zhishu.system.books.say import opinion_json


def test_a_note_in_both_languages_speaks_for_itself() -> None:
    """One note stands behind the reason, for readers of Chinese; two are the reason."""
    one, two = (evaluate(parse(w), Plain({})) for w in ('unknown("示例")', 'unknown("示例", "a specimen")'))
    assert isinstance(one, Unknown)
    assert isinstance(two, Unknown)
    assert (one.say().zh, one.say().en) == ("没有数字（示例）", "no figure")
    assert (two.reason, two.say().zh, two.say().en) == ("stated", "示例", "a specimen")


def test_no_third_note() -> None:
    """There are two languages."""
    with pytest.raises(ZhishuError):
        check(parse('unknown("一", "one", "uno")'), Scope("book", {}), "here")


def test_an_opinion_tells_it_in_both_languages() -> None:
    """What keeps a rule open, and what is left unsaid, read in English too, through choices and comparisons."""
    text = TEXT.replace(
        "  half: invest / 2\n",
        '  half: invest / 2\n  apart: \'when(kind == "park", invest, unknown("示例不可比", "not to be compared"))\'\n',
    ).replace("when: moved,", "when: 'apart < quantity(5, \"万元\")',")
    book, problems = compile_book(read_yaml(text, "rules/grant/book.yaml"), text, lambda name: None)
    assert book is not None, problems
    opinion = judge_case(assemble(book, date(2022, 1, 1)), {"kind": "project"})
    said = opinion_json(assemble(book, date(2022, 1, 1)), opinion)
    assert {"zh": "示例不可比", "en": "not to be compared"} in said["unsaid"]  # type: ignore[operator]
    assert '"not to be compared"' in str(said["waits"]).replace("'", '"')
