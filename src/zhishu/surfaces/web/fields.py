"""Which field of a system's form a problem is about, so that the summary of errors can lead there."""

from collections.abc import Iterable
from dataclasses import dataclass

from zhishu.errors import Problem
from zhishu.pack.system import System
from zhishu.system.case import RawCase
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Wrong:
    """A problem with the id of its field and its place in words."""

    problem: Problem
    field: str
    place: Text


def placed(problems: Iterable[Problem], system: System | None, raw: RawCase | None) -> tuple[Wrong, ...]:
    """Return each problem with its field; one that belongs to no field leads to the file chooser."""
    fields, names = _fields(system, raw), _parameters(system)
    found = []
    for p in problems:
        own = names.get(p.where)
        field = fields.get(p.where) or (own[0] if own else "file")
        place = own[1] if own else Text(p.where, p.where)
        found.append(Wrong(p, field, place))
    return tuple(found)


def _fields(system: System | None, raw: RawCase | None) -> dict[str, str]:
    """Return the field id of every place of the rows handed in; a whole row leads to its first cell."""
    found: dict[str, str] = {}
    if system is None or raw is None:
        return found
    for table in system.inputs():
        first = next(iter(table.fields))
        found[table.id] = f"{table.id}.0.{first}"
        for i, row in enumerate(raw.tables.get(table.id, ())):
            found[row.place] = f"{table.id}.{i}.{first}"
            for name in table.fields:
                found[row.where(name)] = found[f"{row.place}.{name}"] = f"{table.id}.{i}.{name}"
    return found


def _parameters(system: System | None) -> dict[str, tuple[str, Text]]:
    """Return field id and name of every parameter by the place a problem names."""
    if system is None:
        return {}
    return {f"parameters.{k}": (f"set.{k}", p.name) for k, p in system.parameters.items()}
