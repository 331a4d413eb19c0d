"""One case of a rule book as a user hands it in, read into typed facts with every problem collected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from zhishu.data.region_words import RegionWords
from zhishu.data.regions import Regions
from zhishu.errors import Problem, did_you_mean
from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.pack.banned import banned
from zhishu.pack.book import Book
from zhishu.pack.system import Column
from zhishu.system.books.agree import contradictions
from zhishu.system.books.measured_case import measure_case
from zhishu.system.case import Proposal, RawRow, bounds_problem, parameter_bounds
from zhishu.system.cells import read_cell
from zhishu.system.gazetteer import Gazetteer
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
    book: Book, raw: RawRow, on: date, regions: Regions, fitted: "Mapping[str, Fitted] | None" = None
) -> tuple[BookCase, tuple[Problem, ...]]:
    """Return the facts of one row and every problem of it; a blank cell is unknown, never a pass.

    What a blank is taken for is no stated fact, and contradicts none. ``fitted`` are the layers that are loaded.
    """
    problems: list[Problem] = []
    gazetteer = Gazetteer(RegionWords(regions, on))
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


def read_settings(book: Book, settings: Mapping[str, object]) -> tuple[Mapping[str, Value], tuple[Problem, ...]]:
    """Return the parameters a user sets, in base units, and every problem of them."""
    problems: list[Problem] = []
    values: dict[str, Value] = {}
    for name, raw in settings.items():
        where = f"parameters.{name}"
        if name not in book.parameters:
            what = Text(f"没有参数 {name}", f"there is no parameter {name}")
            problems.append(Problem("case-unknown-parameter", where, what, did_you_mean(name, book.parameters)))
            continue
        parameter = book.parameters[name]
        value, problem = read_cell(raw, parameter.type, parameter.unit, parameter.choices, parameter.name, where)
        problem = problem or parameter_bounds(parameter, value, where)
        if problem is not None:
            problems.append(problem)
        values[name] = value
    return values, tuple(problems)


def proposals(book: Book) -> tuple[Proposal, ...]:
    """Return what the book's verdicts rest on that the strategy does not state."""
    found = [Proposal(p.id, p.name, p.proposal) for p in book.parameters.values() if p.proposal and p.values]
    found += [Proposal(d.id, d.name, d.proposal) for d in book.lists.values() if d.proposal]
    found += [Proposal(r.id, r.name, r.proposal) for r in book.rules if r.proposal]
    return tuple(found)
