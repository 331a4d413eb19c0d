"""From the YAML of one rule book to its compiled form, with every problem at its line."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.formula.decision.compile import compile_table
from zhishu.formula.decision.read import read_table
from zhishu.formula.decision.table import InputKind
from zhishu.formula.tree import names
from zhishu.formula.written import written
from zhishu.pack.banned import banned
from zhishu.pack.book import Agree, Book, BookExample, BookRule, Decided, Fact, IfMissing, People
from zhishu.pack.book_model import AgreeModel, BookFieldModel, BookModel, BookRuleModel, FactModel, ListModel
from zhishu.pack.check_book import check_book
from zhishu.pack.compile_parts import Compiler, cite_of, column_of, effect_of, parameter_of
from zhishu.pack.dated_list import DatedList, Match
from zhishu.pack.lines import Lined
from zhishu.pack.load_list import read_list
from zhishu.pack.measured import measured_of
from zhishu.pack.strict import validate
from zhishu.pack.system import Column, Outcome
from zhishu.terms import Text

Beside = Callable[[str], str | None]
"""Reads a file that stands beside the book; None where there is none."""


def beside(folder: Path) -> Beside:
    """Return the reader of the files in a book's folder; a name that leads out of it has no file."""

    def read(name: str) -> str | None:
        path = folder / name
        if path.resolve().parent != folder.resolve() or not path.is_file():
            return None
        return path.read_text(encoding="utf-8-sig")

    return read


def compile_book(lined: Lined, source: str, beside: Beside) -> tuple[Book | None, list[Problem]]:
    """Return the compiled book of one file, or None with every problem.

    ``source`` is the file's text, kept for the page that shows it; ``beside`` reads the CSV files it names.
    """
    model, problems = validate(BookModel, lined)
    if model is None:
        return None, problems
    c = Compiler(lined)
    fields = {k: column_of(k, f) for k, f in model.fields.items()}
    _refuse_banned(model, c)
    facts = {k: _fact(k, f, c) for k, f in model.facts.items()}
    lists = {k: _list(k, m, c, beside) for k, m in model.lists.items()}
    tables = _decided(model, fields, c, beside)
    for decided in tables.values():
        for output, node in decided.formulas.items():
            column = decided.outputs[output]
            facts[output] = Fact(output, written(node), node, column.name, column.unit, column.choices or None)
    outcomes = {k: Outcome(k, o.name, o.tone) for k, o in model.outcomes.items()}
    book = Book(
        model.book,
        model.name,
        model.about,
        model.subject,
        model.key,
        fields,
        {k: parameter_of(k, p, c) for k, p in model.parameters.items()},
        lists,
        tables,
        facts,
        outcomes,
        tuple(_rule(i, r, c) for i, r in enumerate(model.rules)),
        model.combine,
        model.otherwise,
        model.unknown,
        model.as_of,
        effect_of(model.effect, c),
        tuple(
            BookExample(
                e.id,
                e.why,
                c.date(e.on, ("examples", i, "on")),
                dict(e.set),
                dict(e.given),
                dict(e.expect),
                tuple(e.problems),
                c.lined.where(("examples", i)),
                _specimens(i, e.lists, lists, c),
            )
            for i, e in enumerate(model.examples)
        ),
        model.reading,
        lined.file,
        source,
        {k: _if_missing(f) for k, f in model.fields.items() if f.if_missing is not None},
        tuple(k for k, f in model.fields.items() if f.fixed or k == model.key),
        People(model.people.purpose, model.people.basis, model.people.retention) if model.people else None,
        tuple(_agree(i, a, fields, c) for i, a in enumerate(model.checks)),
        {k: measured_of(k, m, c) for k, m in model.measured.items()},
    )
    if not c.problems:
        check_book(book, c)
    return (None if c.problems else book), c.problems


def _if_missing(model: BookFieldModel) -> IfMissing:
    assert model.if_missing is not None
    return IfMissing(model.if_missing.value, model.if_missing.why)


def _fact(name: str, model: FactModel | str, c: Compiler) -> Fact:
    if isinstance(model, str):
        return Fact(name, model, c.formula(model, ("facts", name)))
    node = c.formula(model.formula, ("facts", name, "formula"))
    return Fact(name, model.formula, node, model.name, model.unit, dict(model.words or {}))


def _agree(i: int, model: AgreeModel, fields: Mapping[str, Column], c: Compiler) -> Agree:
    node = c.formula(model.formula, ("checks", i, "formula"))
    read = names(node)
    reads = tuple(f for f in fields if f in read)
    return Agree(model.id, model.name, model.formula, node, model.say, reads, c.lined.where(("checks", i)))


def _rule(i: int, model: BookRuleModel, c: Compiler) -> BookRule:
    at = ("rules", i)
    return BookRule(
        model.id,
        model.give,
        model.name,
        model.when,
        c.formula(model.when, (*at, "when")),
        c.formula(model.unless, (*at, "unless")) if model.unless else None,
        tuple(model.overrides),
        model.say,
        cite_of(model.cite, c, (*at, "cite")) if model.cite else None,
        model.basis,
        c.lined.where(at),
        model.unless or "",
        c.date(model.basis_since, (*at, "basis_since")) if model.basis_since else None,
    )


def _list(name: str, model: ListModel, c: Compiler, beside: Beside) -> DatedList:
    matches = tuple(Match(fact, m.column, m.by, m.every or "") for fact, m in model.match.items())
    cite = cite_of(model.cite, c, ("lists", name, "cite")) if model.cite else None
    entries = None
    if model.file is not None:
        text = beside(model.file)
        if text is None:
            c.add(
                "list-missing",
                ("lists", name, "file"),
                Text(f"没有文件 {model.file}", f"there is no file {model.file}"),
                Text(
                    "放在规则册旁边，或删去 file 由使用者装入",
                    "put it beside the book, or drop `file` and let users load it",
                ),
            )
        else:
            entries, found = read_list(text, model.file, matches, model.only)
            c.problems += found
    return DatedList(name, model.name, matches, model.on, entries, cite, model.proposal, model.covers, model.of or "")


def _specimens(
    i: int, written: Mapping[str, Sequence[Sequence[object]]], lists: Mapping[str, DatedList], c: Compiler
) -> dict[str, DatedList]:
    """Return the lists an example brings, rows under a head as in a list's file."""
    found: dict[str, DatedList] = {}
    for name, rows in written.items():
        path = ("examples", i, "lists", name)
        if name not in lists:
            what = Text(f"没有名录 {name}", f"there is no list {name}")
            c.add("book-unknown-name", path, what, did_you_mean(name, lists))
            continue
        out = io.StringIO(newline="")
        csv.writer(out).writerows(["" if cell is None else cell for cell in row] for row in rows)
        entries, problems = read_list(out.getvalue(), c.lined.where(path), lists[name].match)
        c.problems += problems
        found[name] = replace(lists[name], entries=entries)
    return found


def _decided(model: BookModel, fields: Mapping[str, Column], c: Compiler, beside: Beside) -> dict[str, Decided]:
    """Return the decision tables, each with the formulas of its outputs."""
    found: dict[str, Decided] = {}
    for name, declared in model.tables.items():
        text = beside(declared.file)
        if text is None:
            c.add(
                "table-missing",
                ("tables", name, "file"),
                Text(f"没有文件 {declared.file}", f"there is no file {declared.file}"),
                Text("放在规则册旁边", "put it beside the book"),
            )
            continue
        outputs = {k: column_of(k, f) for k, f in declared.outputs.items()}
        kinds = {k: input_kind(column) for k, column in {**fields, **outputs}.items()}
        try:
            table = read_table(text, kinds, declared.hit, declared.collect, name=name, file=declared.file)
            found[name] = Decided(table, outputs, compile_table(table))
        except ZhishuError as error:
            c.problems += error.problems
    return found


def input_kind(column: Column) -> InputKind:
    """Return what a column of a decision table about a field holds."""
    match column.type:
        case "number" | "year":
            least, most = column.least, column.most
            return InputKind("number", column.unit, {}, column.name, least, most, column.whole)
        case "truth":
            return InputKind("truth", title=column.name)
        case "date":
            return InputKind("date", title=column.name)
        case "choice":
            return InputKind("choice", values=column.choices, title=column.name)
        case _:
            return InputKind("word", title=column.name)


def _refuse_banned(model: BookModel, c: Compiler) -> None:
    """Note every field that would hold what single persons are."""
    for field, column in model.fields.items():
        kind = next((k for w in (field, column.name.zh, column.name.en) if (k := banned(w)) is not None), None)
        if kind is not None:
            c.add(
                "pack-field-banned",
                ("fields", field),
                Text(
                    f"字段 {field}（{column.name.zh}）属于{kind.zh}，不得声明",
                    f"the field {field} ({column.name.en}) holds {kind.en}: it is not declared",
                ),
                Text("删去；写带钥的编号", "remove it; keep a keyed id"),
            )
