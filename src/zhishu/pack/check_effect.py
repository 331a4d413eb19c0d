"""Whether what a system declares of its adverse outcomes names outcomes it gives and columns that hold their basis."""

from zhishu.errors import Problem, did_you_mean
from zhishu.pack.system import System
from zhishu.terms import Text


def check_effect(system: System) -> list[Problem]:
    """Return a problem for each outcome no verdict gives, and each basis a judged table does not hold.

    Codes: ``system-effect``.
    """
    effect = system.effect
    if effect is None:
        return []
    where = f"{system.file} effect"
    given = set(system.verdict.outcomes) if system.verdict is not None else set()
    found: list[Problem] = []
    held: dict[str, set[str]] = {}
    for table in system.tables.values():
        outcomes = set(table.verdict.outcomes) if table.verdict is not None else set()
        given |= outcomes
        if outcomes & set(effect.outcomes):
            held[table.id] = {*table.fields, *table.by, *table.derive}
    for outcome in effect.outcomes:
        if outcome not in given:
            what = Text(f"没有判定给出 {outcome}", f"no verdict gives {outcome}")
            found.append(Problem("system-effect", where, what, did_you_mean(outcome, given)))
    for name in effect.loaded:
        for table_id, names in held.items():
            if name not in names:
                what = Text(
                    f"{table_id} 表没有 {name}，依据取不到", f"the table {table_id} has no {name} to hold the basis"
                )
                found.append(Problem("system-effect", where, what, did_you_mean(name, names)))
    return found
