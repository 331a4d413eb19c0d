"""The form of a case: its fields from the declaration, what was typed, and where each problem leads."""

from collections.abc import Iterable, Mapping
from datetime import date
from urllib.parse import urlencode

from zhishu.data.region_words import RegionWords
from zhishu.data.regions import Regions
from zhishu.errors import Problem
from zhishu.logic import Unknown
from zhishu.pack.book import Book, BookExample
from zhishu.pack.in_force import in_force
from zhishu.pack.system import Column, Parameter
from zhishu.study.looking import PLACE
from zhishu.surfaces.web.asked import SETTING, Asked, label_of, list_field, options_of, setting_fields
from zhishu.surfaces.web.fields import Wrong
from zhishu.surfaces.web.rules.example import address
from zhishu.surfaces.web.rules.shelved import FIELD
from zhishu.surfaces.web.specimen import cell
from zhishu.system.books.say import named as told_name
from zhishu.system.books.say import told
from zhishu.system.books.supplied import NOTHING, Own
from zhishu.system.settings import offer
from zhishu.terms import Text

FACT = "f."
"""Begins the names of facts in an address."""
ALL = "facts"
"""The part of the page that holds the fields."""
_REGIONS = ("prefecture", "county")


def typed(query: Mapping[str, str], prefix: str) -> dict[str, str]:
    """Return what an address gives of facts or of parameters; a blank is nothing.

    >>> typed({"f.kind": "park", "f.river": " ", "on": "2019-05-01"}, "f.")
    {'kind': 'park'}
    """
    return {k.removeprefix(prefix): v.strip() for k, v in query.items() if k.startswith(prefix) and v.strip()}


def fact_fields(book: Book, cells: Mapping[str, str], wrong: Iterable[Wrong] = ()) -> tuple[Asked, ...]:
    """Return the fields of the facts in the order of the book."""
    errors = at_fields(wrong)
    return tuple(fact_field(book, c, cells.get(name, ""), errors.get(FACT + name)) for name, c in book.fields.items())


def at_fields(wrong: Iterable[Wrong]) -> dict[str, Text]:
    """Return what is wrong by field; facts that contradict each other are all marked."""
    found: dict[str, Text] = {}
    for w in wrong:
        start, _, names = w.problem.where.partition(".")
        fields = [FACT + n for n in names.split(",")] if start == PLACE else [w.field]
        for field in fields:
            found.setdefault(field, w.problem.what)
    return found


def fact_field(book: Book, column: Column, value: str, error: Text | None = None) -> Asked:
    """Return the field of one fact; what was typed in words of a choice is known by its id."""
    options = options_of(column.type, column.choices)
    if options is not None:
        value = next((k for k, t in options if value in (k, t.zh, t.en)), value)
    return Asked(
        FACT + column.id,
        label_of(column.name, column.unit),
        _fact_hint(book, column),
        value,
        options,
        column.type,
        error,
    )


def parameter_fields(
    book: Book, on: date, settings: Mapping[str, str], wrong: Iterable[Wrong] = ()
) -> tuple[Asked, ...]:
    """Return the fields of the parameters, then those of the lists that are proposed and may be adopted.

    What is in force stands beside a parameter and holds where it is left blank.
    """
    errors = {w.field: w.problem.what for w in wrong}
    asked = (
        field
        for p in book.parameters.values()
        for field in setting_fields(p, SETTING, _parameter_hint(book, p, on), settings, errors)
    )
    lists = (list_field(d, SETTING, settings, errors) for d in book.lists.values() if d.proposal is not None)
    return (*asked, *lists)


def placed(book: Book, problems: Iterable[Problem], own: Own = NOTHING) -> tuple[Wrong, ...]:
    """Return each problem with the field it is about; one about no field leads to all of them, one of a layer of the
    user's ``own`` to where it is brought."""
    found = []
    files = tuple(layer.file for layer in own.layers.values())
    for p in problems:
        start, _, name = p.where.partition(".")
        asked = [book.fields[n].name for n in name.split(",") if n in book.fields]
        if start == PLACE and asked:
            place = Text("、".join(n.zh for n in asked), ", ".join(n.en for n in asked))
            found.append(Wrong(p, FACT + name.partition(",")[0], place))
        elif start == "parameters" and (name in book.parameters or name in book.lists):
            found.append(Wrong(p, SETTING + name, told_name(book, name)))
        elif own.layers and (start == "measured" or p.where.startswith(files)):
            found.append(Wrong(p, FIELD, Text(p.where, p.where)))
        else:
            found.append(Wrong(p, ALL, Text(name or p.where, name or p.where)))
    return tuple(found)


def filled(given: Mapping[str, object], prefix: str = FACT) -> tuple[tuple[str, str], ...]:
    """Return the pairs of an address that fill the form with the facts of an example.

    >>> filled({"kind": "park", "in_red_line": False, "distance": 0.8})
    (('f.kind', 'park'), ('f.in_red_line', '否'), ('f.distance', '0.8'))
    """
    return tuple((prefix + k, cell(v)) for k, v in given.items())


def query_of(example: BookExample) -> str:
    """Return the query that fills the form with an example: its facts, its settings, the lists it brings."""
    own = [(FIELD, address(example))] if example.lists else []
    return urlencode([*filled(example.given), *filled(example.set, SETTING), *own])


def places(book: Book, regions: Regions, on: date) -> tuple[Text, ...]:
    """Return the regions to choose from while typing, if the book asks for any."""
    asked = [c for c in book.fields.values() if c.type == "region"]
    levels = {level for c in asked for level in (c.levels or _REGIONS)}
    return RegionWords(regions, on).labels(levels) if asked else ()


def _fact_hint(book: Book, column: Column) -> Text | None:
    parts = [column.note] if column.note is not None else []
    if column.id in book.if_missing:
        taken = book.if_missing[column.id]
        value = column.choices.get(str(taken.value), Text(cell(taken.value), str(taken.value)))
        parts.append(Text(f"不填按“{value.zh}”：{taken.why.zh}", f"blank is taken for {value.en}: {taken.why.en}"))
    if not parts:
        return None
    return Text("；".join(p.zh for p in parts), "; ".join(p.en for p in parts))


def _parameter_hint(book: Book, parameter: Parameter, on: date) -> Text:
    value = in_force(parameter, on)
    if isinstance(value, Unknown):
        if parameter.proposed is not None:
            return offer(parameter).why
        return Text("未设定：不填就无法判定到底", "not set: left blank, what rests on it stays open")
    if book.as_of is not None and len(parameter.values) > 0:
        day = book.fields[book.as_of].name
        said = told(book, parameter.id, value)
        return Text(f"不填按{day.zh}当日所定，现为 {said.zh}", f"blank: as on {day.en}; now {said.en}")
    said = told(book, parameter.id, value)
    return Text(f"不填按现行 {said.zh}", f"blank: {said.en}, as in force")
