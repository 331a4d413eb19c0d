"""Words for derived values whose declaration writes none: those of the verb, or of the field repeated."""

from collections.abc import Mapping
from dataclasses import replace

from zhishu.formula.tree import Name
from zhishu.pack.system import Derived, System, Table
from zhishu.system.filler import Filler


def worded(system: System, columns: Mapping[str, Filler]) -> System:
    """Return the system with every column a verb fills, and every field repeated, able to say its values."""
    options = {"workflow": system.workflow}

    def own(table: Table, derived: Derived) -> Derived:
        if derived.words:
            return derived
        if isinstance(derived.node, Name) and derived.node.id in table.fields:
            return replace(derived, words=table.fields[derived.node.id].choices)
        filler = columns.get(derived.column.use) if derived.column is not None else None
        if derived.column is None or filler is None or filler.words is None:
            return derived
        return replace(derived, words=filler.words({**derived.column.options, **options}))

    tables = {
        name: replace(table, derive={k: own(table, d) for k, d in table.derive.items()})
        for name, table in system.tables.items()
    }
    return replace(system, tables=tables)
