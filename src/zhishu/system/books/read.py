"""One case of a rule book as a user hands it in, read into typed facts with every problem collected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from zhishu.data.region_words import RegionWords
from zhishu.data.regions import Regions
from zhishu.errors import Problem, did_you_mean
from zhishu.formula.evaluate import Value
from zhishu.judge.ruleset import RuleSet
from zhishu.logic import Unknown
from zhishu.pack.banned import banned
from zhishu.pack.book import Book
from zhishu.pack.dated_list import DatedList
from zhishu.pack.in_force import ADOPTED, adopts
from zhishu.pack.setting import Proposal, Settings
from zhishu.pack.system import Column
from zhishu.system.books.agree import contradictions
from zhishu.system.books.measured_case import measure_case
from zhishu.system.bounds import bounds_problem
from zhishu.system.case import RawRow
from zhishu.system.cells import read_cell
from zhishu.system.gazetteer import Gazetteer
from zhishu.system.settings import adopted, read_parameters
from zhishu.system.settings import offers as offered
from zhishu.terms import Text

if TYPE_CHECKING:
    from zhishu.system.books.layers import Fitted


@dataclass(frozen=True, slots=True)
class BookCase:
    """The facts of a case in base units (what is missing stands as unknown), and what was taken for granted.

    ``remarks`` are warnings: they name what is wanting and refuse nothing. ``measured`` tells the source of each fact
    that was measured.
    """

    values: Mapping[str, Value]
    assumed: tuple[str, ...]
    subject: str
    remarks: tuple[Problem, ...] = ()
    measured: tuple[Text, ...] = ()


def read_facts(
    book: Book,
    raw: RawRow,
    on: date,
    regions: Regions,
    fitted: "Mapping[str, Fitted] | None" = None,
    words: RegionWords | None = None,
) -> tuple[BookCase, tuple[Problem, ...]]:
    """Return the facts of one row and every problem of it; a blank cell is unknown, never a pass.

    What a blank is taken for is no stated fact, and contradicts none. ``fitted`` are the layers that are loaded;
    ``words`` the names of regions on that day, for who reads many cases: to gather them takes as long as to judge one.
    """
    problems: list[Problem] = []
    gazetteer = Gazetteer(words or RegionWords(regions, on))
    values: dict[str, Value] = {}
    stated: dict[str, Value] = {}
    assumed: list[str] = []
    remarks: list[Problem] = []
    for name in raw.cells:
        if name not in book.fields:
            kind = banned(name)
            what = Text(f"没有字段 {name}", f"there is no field {name}")
            repair = did_you_mean(name, book.fields)
            if kind is not None:
                what = Text(f"列 {name} 属于{kind.zh}，不得装入", f"the column {name} holds {kind.en}: it is refused")
                repair = Text("从文件中删去这一列", "remove the column from the file")
            problems.append(Problem("case-unknown-column", raw.where(name), what, repair))
    for name, column in book.fields.items():
        where = raw.where(name)
        value, problem = read_cell(raw.cells.get(name), column.type, column.unit, column.choices, column.name, where)
        if column.type == "region" and isinstance(value, str):
            value, problem = gazetteer.read(book.id, column, value, where)
        problem = problem or bounds_problem(column, value, where)
        stated[name] = value
        if problem is None and isinstance(value, Unknown):
            if name in book.if_missing:
                default = book.if_missing[name].value
                value, problem = read_cell(default, column.type, column.unit, column.choices, column.name, where)
                assumed.append(name)
            elif column.required:
                what = Text(f"必填项“{column.name.zh}”空着", f"{column.name.en} must be filled")
                problem = Problem("case-cell-missing", where, what, Text("填上", "fill it in"))
            elif column.type == "region":
                remarks.append(no_place(column, where))
        if problem is not None:
            problems.append(problem)
        values[name] = value
    problems += gazetteer.mixed()
    problems += contradictions(book, stated, raw.where)
    measures = measure_case(book, values, fitted or {}, raw.where)
    problems += measures.problems
    remarks += measures.remarks
    subject = values[book.key]
    named = "" if isinstance(subject, Unknown) else str(subject)
    return BookCase(measures.values, tuple(assumed), named, tuple(remarks), measures.sources), tuple(problems)


def no_place(column: Column, where: str) -> Problem:
    """Return the remark on a case that names no place: it can be judged, but nobody knows which office is competent."""
    name = column.name
    what = Text(f"没有写明{name.zh}，不知由哪里办理", f"no {name.en} is named: nobody knows which office is competent")
    repair = Text("写全称或六位代码", "give its full name or its six-digit code")
    return Problem("case-no-place", where, what, repair, "warning")


def read_settings(book: Book, settings: Mapping[str, object]) -> tuple[Settings, tuple[Problem, ...]]:
    """Return what a user sets, in base units, and every problem of it.

    A setting names a parameter and holds its value, or the word 提议 (proposal) where one is proposed; that word adopts
    a list that is proposed too. Beside ``z``, ``z.source`` names where the value is from.
    """
    problems: list[Problem] = []
    lists = {n: raw for n, raw in settings.items() if n in book.lists}
    for name, raw in lists.items():
        if not adopts(raw) or book.lists[name].proposal is None:
            problems.append(_no_such_list_setting(book, name))
    others = {n: raw for n, raw in settings.items() if n not in lists}
    values, told = read_parameters(book.parameters, others, date.min, lambda name: f"parameters.{name}", problems)
    given = {name: values[name] for name in others if name in values}
    return Settings(given, told, frozenset(lists)), tuple(problems)


def _no_such_list_setting(book: Book, name: str) -> Problem:
    dated = book.lists[name]
    if dated.proposal is None:
        what = Text(f"名录“{dated.name.zh}”不是提议，无须采用", f"the list “{dated.name.en}” is no proposal to adopt")
        repair = Text("删去这项设定；要换名录就装入自己的", "remove the setting; to replace the list, load your own")
    else:
        what = Text(f"名录“{dated.name.zh}”只能采用，不能设值", f"the list “{dated.name.en}” is adopted, not set")
        repair = Text("填“提议”，或装入有文号的名录", "write “proposal”, or load a list with a document")
    return Problem("case-no-proposal", f"parameters.{name}", what, repair)


def proposals(rules: RuleSet) -> tuple[Proposal, ...]:
    """Return what the verdicts rest on that the strategy does not state, all of it adopted by whoever asks."""
    lists = (d for d in rules.lists.values() if d.id in rules.settings.lists)
    found = adopted(rules.book.parameters, rules.settings.told)
    return (*found, *(Proposal(d.id, d.name, d.proposal) for d in lists if d.proposal is not None))


def offers(rules: RuleSet) -> tuple[Proposal, ...]:
    """Return what is proposed and not adopted, each with how to adopt it; a list the user has loaded needs none."""
    found = offered(rules.book.parameters.values(), rules.settings.told)
    lists = (d for d in rules.lists.values() if d.proposal and d.id not in rules.settings.lists)
    return (*found, *(Proposal(d.id, d.name, offered_list(d)) for d in lists))


def offered_list(dated: DatedList) -> Text:
    """Return how a list that is only proposed is told: why it is one, and how to adopt it."""
    assert dated.proposal is not None
    return Text(
        f"随册名录是提议：{dated.proposal.zh}；填“{ADOPTED.zh}”即采用，或装入有文号的名录",
        f"the list shipped is a proposal: {dated.proposal.en}; write “{ADOPTED.en}” to adopt it, or load one with a document",
    )
