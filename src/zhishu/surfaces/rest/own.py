"""Lists and layers as a request brings them in JSON: rows under a head, and GeoJSON; read as files are."""

import json
from collections.abc import Mapping

from zhishu.errors import Problem
from zhishu.surfaces.csv_text import csv_plain
from zhishu.surfaces.register.supply import Sent
from zhishu.terms import Text

KEYS = ("lists", "layers")
_CELL = {"oneOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]}
SCHEMA: dict[str, object] = {
    "lists": {
        "type": "object",
        "description": (
            "dated lists in place of the book's, by name: the first row names the columns (`entry`, `valid_from`, those the "
            "list is looked up by; `valid_to`, `basis`, `entry_en`, `basis_en` if you like), each further row is an entry"
        ),
        "additionalProperties": {"type": "array", "items": {"type": "array", "items": _CELL}},
        "example": {"zones": [["entry", "county", "valid_from"], ["示例一", "示例县", "2019-01-01"]]},
    },
    "layers": {
        "type": "object",
        "description": (
            "layers of lines that blank distances are measured to, by name: a GeoJSON FeatureCollection that declares `crs`, "
            "`error_m` and `line` (bank or centre), each line with `name`, `kind` and `cite`"
        ),
        "additionalProperties": {"type": "object"},
    },
}
"""The two members for the OpenAPI document."""


def sent_in(data: Mapping[str, object]) -> tuple[list[Sent], list[Problem]]:
    """Return the lists and layers of a JSON object, and of each that has another shape the problem ``input-shape``.

    Their file is called by their place, so that a problem in row 3 stands at ``lists.zones:3``; the SHA-256 is of the rows
    as CSV, of a layer as JSON without blanks.

    >>> sent_in({"lists": {"zones": [["entry", "county"], ["示例一", None]]}})[0][0].content.decode()
    'entry,county\\n示例一,\\n'
    """
    found: list[Sent] = []
    problems: list[Problem] = []
    for kind, key in (("list", "lists"), ("layer", "layers")):
        given = data.get(key)
        if given is None:
            continue
        if not isinstance(given, dict):
            problems.append(_shape(key))
            continue
        for name, one in given.items():
            place = f"{key}.{name}"[:80]
            if kind == "list" and (rows := _rows(one)) is not None:
                found.append(Sent("list", name, place, place, csv_plain(rows).encode()))
            elif kind == "layer" and isinstance(one, dict):
                text = json.dumps(one, ensure_ascii=False, separators=(",", ":"))
                found.append(Sent("layer", name, place, place, text.encode(errors="replace")))
            else:
                problems.append(_shape(place))
    return found, problems


def _rows(given: object) -> list[list[str]] | None:
    """Return rows of words, None where they are none."""
    if not isinstance(given, list) or not all(isinstance(row, list) for row in given):
        return None
    cells = [cell for row in given for cell in row]
    if not all(cell is None or (isinstance(cell, str | int) and not isinstance(cell, bool)) for cell in cells):
        return None
    return [["" if cell is None else str(cell) for cell in row] for row in given]


def _shape(where: str) -> Problem:
    what = Text(
        "名录应为 {名称: [[列名, …], [值, …], …]}，值为文字、整数或 null；图层应为 {名称: GeoJSON}",
        "lists should be {name: [[column, …], [value, …], …]} of texts, whole numbers or null; layers {name: GeoJSON}",
    )
    return Problem("input-shape", where, what, Text("见 /api/v1/openapi.json", "see /api/v1/openapi.json"))
