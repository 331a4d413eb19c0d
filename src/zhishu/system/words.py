"""The words of a verb, given to the columns it fills where the declaration writes none of its own."""

from collections.abc import Mapping
from dataclasses import replace

from zhishu.pack.system import Derived, System
from zhishu.system.filler import Filler


def worded(system: System, columns: Mapping[str, Filler]) -> System:
    """Return the system with every column a verb fills able to say its values in both languages."""

    def own(derived: Derived) -> Derived:
        filler = columns.get(derived.column.use) if derived.column is not None else None
        if derived.words or derived.column is None or filler is None or filler.words is None:
            return derived
        return replace(derived, words=filler.words({**derived.column.options, "workflow": system.workflow}))

    tables = {
        name: replace(table, derive={k: own(d) for k, d in table.derive.items()})
        for name, table in system.tables.items()
    }
    return replace(system, tables=tables)
