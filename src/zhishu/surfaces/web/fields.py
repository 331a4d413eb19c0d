"""Which field of a system's form a problem is about, so that the summary of errors can lead there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from zhishu.errors import Problem
from zhishu.pack.system import System
from zhishu.system.case import RawCase
from zhishu.terms import Text
from zhishu.units.words import unit_words


@dataclass(frozen=True, slots=True)
class Wrong:
    """A problem with the id of its field, its place in words, and what is wrong and how to repair it by the field's names."""

    problem: Problem
    field: str
    place: Text
    what: Text
    repair: Text


def placed(problems: Iterable[Problem], system: System | None, raw: RawCase | None) -> tuple[Wrong, ...]:
    """Return each problem with its field; one that belongs to no field leads to the file chooser."""
    fields, names = _fields(system, raw), _parameters(system)
    english = _english(system)
    found = []
    for p in problems:
        own = names.get(p.where)
        field = fields.get(p.where) or (own[0] if own else "file")
        place = own[1] if own else Text(p.where, p.where)
        words = {**english, **({own[0].removeprefix("set."): own[1].en} if own else {})}
        what, repair = (_named(text, words, own) for text in (p.what, p.repair))
        found.append(Wrong(p, field, place, what, repair))
    return tuple(found)


def _english(system: System | None) -> dict[str, str]:
    """Return the English names of everything a problem of the form may call by its Chinese name."""
    if system is None:
        return {}
    tables = system.inputs()
    columns = [c for t in tables for c in t.fields.values()]
    units = [u for u in (*(c.unit for c in columns), *(p.unit for p in system.parameters.values())) if u]
    named = {t.name.zh: t.name.en for t in tables} | {c.name.zh: c.name.en for c in columns}
    return named | {u: unit_words(u).en for u in units if unit_words(u).en}


def _named(text: Text, words: dict[str, str], own: tuple[str, Text] | None) -> Text:
    """Return a text of the reader of cells with the form's own names: it knows one name of a field and the id of a parameter."""
    en = text.en
    for word in sorted(words, key=len, reverse=True):
        en = re.sub(rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word), words[word], en)
    zh = text.zh.replace(own[0].removeprefix("set."), own[1].zh, 1) if own else text.zh
    return Text(zh, en)


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
    return {f"--set {k}": (f"set.{k}", p.name) for k, p in system.parameters.items()}
