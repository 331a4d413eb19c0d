"""Whether every slot of a sentence names something the sentence can see: what is not filled would be read as it stands."""

import re
from collections.abc import Iterator

from zhishu.errors import Problem, did_you_mean
from zhishu.pack.system import System, Table
from zhishu.terms import Text

_BRACES = re.compile(r"\{([^{}]*)\}")


def check_words(system: System) -> list[Problem]:
    """Return a problem for each slot that names nothing; a slot is one name, never ``{other.name}``.

    Codes: ``system-slot``.
    """
    case = {*system.totals, *system.parameters, "today"}
    found: list[Problem] = []
    for place, say, seen in _sentences(system, case):
        for name in dict.fromkeys(m.group(1) for words in (say.zh, say.en) for m in _BRACES.finditer(words)):
            if name not in seen:
                what = Text(f"句子里的 {{{name}}} 填不出来", f"the slot {{{name}}} of the sentence names nothing")
                found.append(Problem("system-slot", f"{system.file} {place}", what, did_you_mean(name, seen)))
    return found


def _sentences(system: System, case: set[str]) -> Iterator[tuple[str, Text, set[str]]]:
    for table in system.tables.values():
        seen = case | _row(table)
        for check in table.checks:
            yield f"{table.id}.{check.id}", check.say, seen
        if table.verdict is not None:
            for outcome, say in table.verdict.say.items():
                yield f"{table.id}.verdict.say.{outcome}", say, seen
    if system.verdict is not None:
        for outcome, say in system.verdict.say.items():
            yield f"verdict.say.{outcome}", say, case


def _row(table: Table) -> set[str]:
    return {*table.fields, *table.by, *table.derive, *table.pairs}
