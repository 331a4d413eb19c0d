"""Methods as data for the command line, the pages and the documents: one dict a method, its example computed."""

import math
from collections.abc import Iterable
from fractions import Fraction
from importlib.util import find_spec

from zhishu.logic import Unknown
from zhishu.score.methods.example import Cell, Example, Table, shown
from zhishu.score.methods.formula import plain
from zhishu.score.methods.method import CHECKED, STEPS, Method
from zhishu.terms import Text


def worked(example: Example) -> Table | None:
    """Return what comes out of an example, computed now; None where the package it needs is not installed."""
    if example.needs and find_spec(example.needs) is None:
        return None
    return example.run(example.given)


def method_json(method: Method) -> dict[str, object]:
    """Return the contract of one method: everything its page says."""
    found = worked(method.example)
    return {
        "schema": 1,
        **_head(method),
        "formula": [plain(line) for line in method.formula],
        "symbols": method.symbols.to_json(),
        "use": method.use.to_json(),
        "avoid": method.avoid.to_json(),
        "sources": [{**s.to_json(), "says": CHECKED[s.checked].to_json()} for s in method.sources],
        "callers": list(method.callers),
        "wanted_by": [text.to_json() for text in method.wanted_by()],
        "functions": list(method.names()),
        "asked": list(method.asked()),
        "example": {
            "says": method.example.said.to_json(),
            "given": _table(method.example.given),
            "found": None if found is None else _table(found),
            "needs": method.example.needs,
        },
    }


def methods_json(methods: Iterable[Method]) -> dict[str, object]:
    """Return the contract of the list of methods."""
    return {"schema": 1, "methods": [_head(m) for m in methods]}


def tables(example: Example) -> tuple[list[Table], bool]:
    """Return the tables an example is shown as, and whether it was computed: one where what comes out stands in the rows
    of what was given, else two; only what was given where the package it needs is not installed."""
    given, found = example.given, worked(example)
    if found is None:
        return [given], False
    if given.rows == found.rows:
        return [Table(given.head, given.rows, given.columns + found.columns)], True
    return [given, found], True


def _head(method: Method) -> dict[str, object]:
    return {
        "id": method.id,
        "step": method.step,
        "step_name": STEPS[method.step].to_json(),
        "title": method.title.to_json(),
        "what": method.what.to_json(),
    }


def _table(table: Table) -> dict[str, object]:
    return {
        "head": table.head.to_json(),
        "rows": [row.to_json() for row in table.rows],
        "columns": [{"name": name.to_json(), "cells": [_cell(c) for c in cells]} for name, cells in table.columns],
    }


def _cell(cell: Cell) -> object:
    """Return a number as a number, nothing as null, an unknown and a text in words."""
    if isinstance(cell, Text | Unknown):
        return shown(cell).to_json()
    if isinstance(cell, Fraction):
        return float(cell)
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell
