"""Words for derived values whose declaration writes none: those of the verb, or of the field repeated."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from zhishu.formula.tree import Name
from zhishu.pack.system import Derived, System, Table
from zhishu.system.filler import Filler
from zhishu.system.gazetteer import Found


def worded(system: System, columns: Mapping[str, Filler], places: Sequence[Found] = ()) -> System:
    """Return the system able to say its values: regions read, columns a verb fills, and fields repeated."""
    options = {"workflow": system.workflow}
    system = _placed(system, places)

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


def _placed(system: System, places: Sequence[Found]) -> System:
    """Return the system whose region fields know the regions read as their words."""
    if not places:
        return system
    words = {found.place.label.zh: found.place.label for found in places}
    tables = {
        name: replace(
            table,
            fields={
                k: replace(c, choices={**c.choices, **words}) if c.type in ("region", "ref") else c
                for k, c in table.fields.items()
            },
        )
        for name, table in system.tables.items()
    }
    return replace(system, tables=tables)
