"""The specimen of a system's form: its first answered example, known again when it comes back as it stands."""

import re
from collections.abc import Mapping

from zhishu.pack.system import Column, System, Table
from zhishu.system.case import RawCase
from zhishu.system.cells import read_cell

_MIDNIGHT = re.compile(r"(?<=\d)[ T]00:00:00(\.0+)?$")

Cells = Mapping[str, str]
"""One row as a form shows it, by field."""


def cell(value: object) -> str:
    """Return a cell as a person writes it: a day without its midnight, yes and no in words, the unknown blank.

    >>> cell("2018-06-30 00:00:00"), cell(True), cell(None), cell(3)
    ('2018-06-30', '是', '', '3')
    """
    if value is None or value == "unknown":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return _MIDNIGHT.sub("", str(value))


def cells(table: Table, raw: RawCase) -> list[Cells]:
    """Return the rows of a table as they were handed in."""
    return [{c: cell(row.cells.get(c)) for c in table.fields} for row in raw.tables.get(table.id, ())]


def specimen(system: System, table: Table) -> list[Cells]:
    """Return the rows of a table in the specimen."""
    example = system.specimen()
    given = example.given.get(table.id, ()) if example is not None else ()
    header = [str(c) for c in given[0]] if given else []
    rows = [dict(zip(header, row, strict=False)) for row in given[1:]]
    return [{name: _offered(column, cell(row.get(name))) for name, column in table.fields.items()} for row in rows]


def _offered(column: Column, written: str) -> str:
    """Return a yes or no in the word the form offers, however an example writes it; anything else as it is written."""
    if column.type != "truth" or not written:
        return written
    value, problem = read_cell(written, "truth", None, {}, column.name, "")
    return cell(value) if problem is None and isinstance(value, bool) else written


def specimen_settings(system: System | None) -> dict[str, str]:
    """Return what the specimen sets of parameters that have no declared value: none is ever overridden."""
    example = system.specimen() if system is not None else None
    if system is None or example is None:
        return {}
    unset = {k for k, p in system.parameters.items() if not p.values}
    return {k: cell(v) for k, v in example.set.items() if k in unset}


def is_specimen(system: System, raw: RawCase) -> bool:
    """Return whether a case is the specimen as it stands in the form."""
    return all(same(table, cells(table, raw), specimen(system, table)) for table in system.inputs())


def same(table: Table, one: list[Cells], other: list[Cells]) -> bool:
    """Return whether rows say the same: the form hands in the id of a choice where the example has its words."""
    # most tables handed in are of another length, and none of their cells is read
    return len(one) == len(other) and all(_read(table, a) == _read(table, b) for a, b in zip(one, other, strict=True))


def _read(table: Table, row: Cells) -> list[object]:
    return [_value(column, row[name]) for name, column in table.fields.items()]


def _value(column: Column, written: str) -> object:
    value, problem = read_cell(written, column.type, column.unit, column.choices, column.name, "")
    # what cannot be read says only what is written
    return written if problem is not None else value
