"""The list of systems with what each needs and from whom."""

from zhishu.pack.catalogue import Entry
from zhishu.pack.system import System
from zhishu.study.graded import Level
from zhishu.study.levels import levels
from zhishu.study.open import Study


def systems_json(study: Study, level: int | None = None, article: int | None = None) -> list[dict[str, object]]:
    """Return the contract form of ``zhishu systems``: all of them, or those of a level or above, or of one article."""
    found = levels(study)
    return [
        _row(e, found[e.id], study.pack.systems.get(e.id))
        for e in study.pack.catalogue.values()
        if (level is None or found[e.id].level >= level) and (article is None or e.article == article)
    ]


def _row(entry: Entry, level: Level, system: System | None) -> dict[str, object]:
    return {
        "id": entry.id,
        "at": entry.at,
        "name": entry.name.to_json(),
        "verb": entry.verb,
        "archetype": entry.archetype,
        "role": entry.role,
        "priority": entry.priority,
        "adverse": entry.adverse,
        "level": level.level,
        "lacks": [t.to_json() for t in level.lacks],
        "needs": needs(system) if system else [],
    }


def needs(system: System) -> list[dict[str, object]]:
    """Return the tables a user fills and the parameters nobody has set."""
    tables: list[dict[str, object]] = [{"kind": "table", "id": t.id, "from": "user"} for t in system.inputs()]
    unset: list[dict[str, object]] = [
        {"kind": "parameter", "id": p.id, "from": "user"} for p in system.parameters.values() if not p.values
    ]
    return [*tables, *unset]
