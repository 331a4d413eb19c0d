"""Rule books over a study: opened for a day, one case judged, the book's contract."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from zhishu.data.region_words import RegionWords
from zhishu.errors import ZhishuError
from zhishu.judge.opinion import Opinion, judge_case
from zhishu.judge.ruleset import RuleSet, assemble
from zhishu.pack.book import Book
from zhishu.pack.dated_list import DatedList
from zhishu.study.open import Study
from zhishu.system.books.read import BookCase, offers, proposals, read_facts, read_settings
from zhishu.system.books.say import opinion_json
from zhishu.system.books.supplied import Supplied
from zhishu.system.case import RawRow

if TYPE_CHECKING:
    from zhishu.system.books.layers import Fitted


def open_book(
    study: Study,
    name: str,
    on: date,
    settings: Mapping[str, object] | None = None,
    lists: Mapping[str, DatedList] | None = None,
) -> RuleSet:
    """Return a rule book of the pack as the law stands on a day.

    ``settings`` are parameters as a user writes them, ``NAME.source`` where a value is from; ``lists`` stand in place
    of the book's own. Raises ZhishuError ``book-unknown``, ``case-unknown-parameter`` and what a bad setting gives.
    """
    return ready(study.pack.book(name), on, settings, lists)


def ready(
    book: Book,
    on: date,
    settings: Mapping[str, object] | None = None,
    lists: Mapping[str, DatedList] | None = None,
) -> RuleSet:
    """Return a book as the law stands on a day; raises what ``open_book`` does."""
    read, problems = read_settings(book, settings or {})
    if problems:
        raise ZhishuError(problems)
    return assemble(book, on, read, lists)


def judge_one(
    study: Study,
    rules: RuleSet,
    cells: Mapping[str, object],
    place: str = "case",
    fitted: "Mapping[str, Fitted] | None" = None,
    words: RegionWords | None = None,
) -> tuple[BookCase, Opinion]:
    """Return the facts read from one form, and the opinion on them.

    ``fitted`` are layers as ``fit_layers`` gives them, from which blank distances are measured; ``words`` the names of
    regions on the day, for who judges many.
    Raises ZhishuError with every problem of the form; a blank cell is no problem and no pass.
    """
    case, problems = read_facts(rules.book, RawRow(cells, place), rules.on, study.data.regions, fitted, words)
    if problems:
        raise ZhishuError(problems)
    return case, judge_case(rules, case.values, rules.book.fixed)


def told(rules: RuleSet, case: BookCase, opinion: Opinion, used: Sequence[Supplied] = ()) -> dict[str, object]:
    """Return the contract form of one judgement, the same on every surface; ``used`` are lists and layers of the user's."""
    return {
        "schema": 1,
        "book": rules.book.id,
        "on": rules.on.isoformat(),
        **opinion_json(rules, opinion, case.subject),
        "assumed": list(case.assumed),
        "remarks": [
            {"code": p.code, "fact": p.where.rpartition(".")[2], "what": p.what.to_json(), "repair": p.repair.to_json()}
            for p in case.remarks
        ],
        "measured": [t.to_json() for t in case.measured],
        "supplied": [s.to_json() for s in used],
        "settings": [s.to_json() for s in rules.settings.told],
        "proposals_used": [p.id for p in proposals(rules)],
        "proposals_offered": [p.id for p in offers(rules)],
    }
