"""A case of a rule book as a page has it, half filled and perhaps wrong: what it says so far, and every problem."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhishu.errors import Problem, ZhishuError
from zhishu.judge.opinion import Opinion, judge_case
from zhishu.judge.ruleset import RuleSet, assemble
from zhishu.pack.book import Book
from zhishu.pack.setting import NOTHING_SET
from zhishu.study.open import Study
from zhishu.system.books.layers import Fitted, fit_layers
from zhishu.system.books.read import BookCase, read_facts, read_settings
from zhishu.system.books.supplied import NOTHING, Own
from zhishu.system.case import RawRow

PLACE = "case"
"""Begins the place of a problem of a fact: ``case.kind``."""
_BLANK = "case-cell-missing"


@dataclass(frozen=True, slots=True)
class Looked:
    """The book as the law stands, the facts, the opinion; the opinion is None where there are problems."""

    rules: RuleSet
    case: BookCase
    opinion: Opinion | None
    problems: tuple[Problem, ...]


def look(
    study: Study,
    book: Book,
    on: date,
    cells: Mapping[str, object],
    settings: Mapping[str, object] | None = None,
    own: Own = NOTHING,
) -> Looked:
    """Return what a book says of a case that is being filled in, by the lists and layers of the user's ``own``.

    A required fact may still be blank: it is unknown like any other, and no problem.
    """
    values, wrong = read_settings(book, settings or {})
    rules = assemble(book, on, NOTHING_SET if wrong else values, own.lists)
    fitted: Mapping[str, Fitted] = {}
    try:
        fitted = fit_layers(rules, own.layers)
    except ZhishuError as error:
        wrong = (*wrong, *error.problems)
    case, more = read_facts(book, RawRow(cells, PLACE), on, study.data.regions, fitted)
    problems = (*wrong, *(p for p in more if p.code != _BLANK))
    return Looked(rules, case, None if problems else judge_case(rules, case.values, book.fixed), problems)
