"""Archetypes as they stand, without a system's own lines, and short ways to ask them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import product

from zhishu.pack.archetype import composed, load_archetypes
from zhishu.pack.compile_system import compile_system
from zhishu.pack.lines import read_yaml
from zhishu.pack.system import System
from zhishu.study.columns import COLUMNS
from zhishu.system.answer import run_system
from zhishu.system.answered import Answer
from zhishu.system.case import RawCase, RawRow

TODAY = date(2022, 12, 31)
Rows = Mapping[str, Sequence[Mapping[str, object]]]
UNKNOWN = "unknown"


@cache
def bare(archetype: str) -> System:
    """Return a system that adds nothing to its archetype."""
    text = (
        f"system: bare\nbase: {archetype}\narchetype: {archetype}\n"
        "cite: {at: '10.24', quote: 旅游强县强企行动}\nabout: {zh: 试, en: trial}\n"
        "answers: [{output: {zh: 判定, en: verdict}, by: []}]\n"
    )
    lined, base = composed(read_yaml(text, "bare.yaml"), load_archetypes())
    system, problems = compile_system(lined, text, base)
    assert system is not None, problems
    return system


def ask(archetype: str, rows: Rows, settings: Mapping[str, object] | None = None) -> Answer:
    """Return what an archetype says of rows; unknown cells are written ``unknown``."""
    tables = {name: [RawRow(row, f"{name}[{i}]") for i, row in enumerate(held)] for name, held in rows.items()}
    found = run_system(bare(archetype), RawCase(tables, settings or {}), TODAY, COLUMNS, small=None)
    assert not found.problems, [p.say("en") for p in found.problems]
    return found


def verdicts(answer: Answer, table: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Return the verdict and the verdicts still possible of each subject of a table."""
    return {
        r.subject: (r.outcome.id, frozenset(o.id for o in r.possible))
        for r in answer.results
        if r.table == table and r.outcome is not None
    }


def completions(rows: Rows, domains: Mapping[tuple[str, str], Sequence[object]]) -> Iterator[Rows]:
    """Yield the rows with every unknown cell of ``domains`` (table, field) filled in each way."""
    blanks = [
        (name, i, field)
        for name, held in rows.items()
        for i, row in enumerate(held)
        for field, value in row.items()
        if value == UNKNOWN and (name, field) in domains
    ]
    for values in product(*(domains[name, field] for name, _, field in blanks)):
        filled = {name: [dict(row) for row in held] for name, held in rows.items()}
        for (name, i, field), value in zip(blanks, values, strict=True):
            filled[name][i][field] = value
        yield filled


def holds_in_every_completion(
    archetype: str,
    table: str,
    rows: Rows,
    domains: Mapping[tuple[str, str], Sequence[object]],
    settings: Mapping[str, object] | None = None,
    settles_as: Mapping[str, frozenset[str]] | None = None,
) -> None:
    """Assert that what is said with facts missing stands however they come out, and that no outcome is left out.

    ``settles_as`` names, for an outcome that says itself that something is open, what it may still become.
    """
    said = verdicts(ask(archetype, rows, settings), table)
    for filled in completions(rows, domains):
        for subject, (outcome, _) in verdicts(ask(archetype, filled, settings), table).items():
            first, possible = said[subject]
            may = possible | {first} | (settles_as or {}).get(first, frozenset())
            assert outcome in may, (subject, outcome, sorted(may), filled)
