"""A case as a user hands it in, and its reading into typed rows with every problem collected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from zhishu.data.percent import share_or_percent
from zhishu.data.region_words import RegionWords
from zhishu.data.regions import Regions
from zhishu.errors import Problem, did_you_mean
from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.pack.setting import Proposal, Setting
from zhishu.pack.system import Column, System, Table
from zhishu.system.bounds import bounds_problem
from zhishu.system.cells import read_cell
from zhishu.system.gazetteer import Found, Gazetteer
from zhishu.system.settings import proposals_used, read_parameters
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as written: cells by field id, and where it stands."""

    cells: Mapping[str, object]
    place: str
    places: Mapping[str, str] = field(default_factory=dict)

    def where(self, name: str) -> str:
        """Return the cell of a field, or the row with the field's name."""
        return self.places.get(name, f"{self.place}.{name}")


@dataclass(frozen=True, slots=True)
class RawCase:
    """Tables of raw rows, settings of parameters and their sources (``NAME.source``), and where each was written."""

    tables: Mapping[str, Sequence[RawRow]]
    settings: Mapping[str, object] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def where(self, name: str) -> str:
        """Return the place of a parameter: its cell, its option or its field, else its key in a JSON case."""
        return self.places.get(name, f"parameters.{name}")


@dataclass(frozen=True, slots=True)
class Row:
    """One typed row: values in base units."""

    values: Mapping[str, Value]
    subject: str
    place: str


@dataclass(frozen=True, slots=True)
class Case:
    """Typed tables, the parameters in force, the proposals used, and what whoever asks has set."""

    tables: Mapping[str, tuple[Row, ...]]
    parameters: Mapping[str, Value]
    proposals: tuple[Proposal, ...]
    places: tuple[Found, ...] = ()
    settings: tuple[Setting, ...] = ()


def read_case(system: System, raw: RawCase, on: date, regions: Regions) -> tuple[Case, tuple[Problem, ...]]:
    """Return the typed case and every problem found; nothing is guessed and nothing dropped."""
    problems: list[Problem] = []
    gazetteer = Gazetteer(RegionWords(regions, on))
    tables: dict[str, tuple[Row, ...]] = {}
    inputs = {t.id: t for t in system.inputs()}
    for name in raw.tables:
        if name not in inputs:
            what = Text(f"没有表 {name}", f"there is no table {name}")
            problems.append(Problem("case-unknown-table", name, what, did_you_mean(name, inputs)))
    for name, table in inputs.items():
        rows = raw.tables.get(name, ())
        tables[name] = tuple(_row(table, row, _places(table, inputs), gazetteer, problems) for row in rows)
        problems += _shares(table, rows)
        if table.unique:
            _unique(table, tables[name], problems)
        if len(rows) < table.least_rows:
            what = Text(
                f"表“{table.name.zh}”要有至少 {table.least_rows} 行，现有 {len(rows)} 行",
                f"the table {table.name.en} needs at least {table.least_rows} rows, has {len(rows)}",
            )
            problems.append(Problem("case-rows-missing", name, what, Text("补上缺的行", "add the missing rows")))
    _references(inputs, tables, problems)
    problems += gazetteer.mixed()
    parameters, settings = read_parameters(system.parameters, raw.settings, on, raw.where, problems)
    proposals = proposals_used(system.parameters, parameters, settings)
    if system.workflow is not None:
        flow = system.workflow
        proposals = (*proposals, Proposal(f"workflow.{flow.id}", flow.name, flow.proposal))
    return Case(tables, parameters, proposals, tuple(gazetteer.found), settings), tuple(problems)


def _places(table: Table, inputs: Mapping[str, Table]) -> Mapping[str, Column]:
    """Return the region column by which each field is read: its own, or that of the rows it refers to."""
    found: dict[str, Column] = {}
    for name, column in table.fields.items():
        pointed = inputs.get(column.ref) if column.ref is not None else None
        key = pointed.fields[pointed.key[0]] if pointed is not None and pointed.key else column
        if key.type == "region":
            found[name] = replace(key, name=column.name)
    return found


def _row(table: Table, raw: RawRow, places: Mapping[str, Column], gazetteer: Gazetteer, problems: list[Problem]) -> Row:
    for name in raw.cells:
        if name not in table.fields:
            what = Text(f"表“{table.name.zh}”没有列 {name}", f"the table {table.name.en} has no column {name}")
            problems.append(Problem("case-unknown-column", raw.where(name), what, did_you_mean(name, table.fields)))
    values: dict[str, Value] = {}
    for name, column in table.fields.items():
        where = raw.where(name)
        value, problem = read_cell(raw.cells.get(name), column.type, column.unit, column.choices, column.name, where)
        if name in places and isinstance(value, str):
            value, problem = gazetteer.read(table.id, places[name], value, where)
        problem = problem or bounds_problem(column, value, where)
        if problem is None and isinstance(value, Unknown) and (column.required or name in table.key):
            problem = Problem(
                "case-cell-missing",
                where,
                Text(f"必填项“{column.name.zh}”空着", f"{column.name.en} must be filled"),
                Text("填上", "fill it in"),
            )
        if problem is not None:
            problems.append(problem)
        values[name] = value
    subject = " · ".join(_word(values[k]) for k in table.key) or raw.place
    return Row(values, subject, raw.place)


def _shares(table: Table, rows: Sequence[RawRow]) -> list[Problem]:
    columns = (c for c in table.fields.values() if c.type == "number" and c.unit == "%")
    asked = (share_or_percent(c.name, [(row.cells.get(c.id), row.where(c.id)) for row in rows]) for c in columns)
    return [problem for problem in asked if problem is not None]


def _word(value: Value) -> str:
    if isinstance(value, Unknown):
        return "?"
    if isinstance(value, Fraction):
        return str(value.numerator) if value.denominator == 1 else str(float(value))
    return str(value)


def _unique(table: Table, rows: tuple[Row, ...], problems: list[Problem]) -> None:
    first: dict[tuple[Value, ...], Row] = {}
    for row in rows:
        key = tuple(row.values[k] for k in table.key)
        if not key or any(isinstance(part, Unknown) for part in key):
            continue
        if key in first:
            what = Text(
                f"{row.subject} 出现两次：{first[key].place} 与 {row.place}",
                f"{row.subject} stands twice: {first[key].place} and {row.place}",
            )
            problems.append(
                Problem(
                    "case-duplicate", row.place, what, Text("删去一行，或改编号", "delete one row or correct its id")
                )
            )
        first.setdefault(key, row)


def _references(inputs: Mapping[str, Table], tables: Mapping[str, tuple[Row, ...]], problems: list[Problem]) -> None:
    for name, table in inputs.items():
        for column in table.fields.values():
            if column.type != "ref" or column.ref is None or column.ref not in inputs:
                continue
            target = inputs[column.ref]
            keys = (row.values[target.key[0]] for row in tables[column.ref])
            # a key that could not be read is a problem of its own, and none to be proposed
            known = {str(key) for key in keys if not isinstance(key, Unknown)}
            for row in tables[name]:
                value = row.values[column.id]
                if isinstance(value, str) and value not in known:
                    what = Text(
                        f"{column.name.zh}“{value}”不在表“{target.name.zh}”中",
                        f"{column.name.en} {value} is not in the table {target.name.en}",
                    )
                    problems.append(
                        Problem("case-no-such-row", f"{row.place}.{column.id}", what, did_you_mean(value, known))
                    )
