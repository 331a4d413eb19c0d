"""Whether everything a system names exists: tables, fields, parameters and answers."""

from collections.abc import Callable, Mapping

from zhishu.errors import did_you_mean
from zhishu.pack.lines import Path
from zhishu.pack.system import CASE, System
from zhishu.terms import Text

# notes one problem: code, path, what, repair
Add = Callable[[str, Path, Text, Text], None]


def check_references(system: System, add: Add) -> None:
    """Check that every table, field, parameter and answer a system names exists."""

    def known(word: str, words: Mapping[str, object] | list[str], code: str, path: Path, kind: Text) -> None:
        if word not in words:
            what = Text(f"没有{kind.zh} {word}", f"there is no {kind.en} {word}")
            add(code, path, what, did_you_mean(word, words))

    table_kind, field_kind = Text("表", "table"), Text("字段", "field")
    for name, table in system.tables.items():
        at: Path = ("tables", name)
        own = [*table.fields, *table.derive, *table.by]
        if table.of is not None:
            known(table.of, system.tables, "pack-unknown-table", (*at, "of"), table_kind)
        for word in (*table.key, *table.series, *((table.order,) if table.order else ())):
            known(word, own, "pack-unknown-name", (*at, "key"), field_kind)
        for column in table.fields.values():
            if column.type == "ref":
                known(column.ref or "", system.tables, "pack-unknown-table", (*at, "fields", column.id), table_kind)
        for derived in table.derive.values():
            if derived.column is not None and derived.column.beside is not None:
                other = derived.column.beside.table
                known(other, system.tables, "pack-unknown-table", (*at, "derive", derived.id), table_kind)
        if table.of is not None and table.of in system.tables:
            base = system.tables[table.of]
            for word in table.by:
                known(word, [*base.fields, *base.derive, *base.by], "pack-unknown-name", (*at, "by"), field_kind)
    shown = answerable(system)
    for i, answer in enumerate(system.answers):
        for word in answer.by:
            known(word, shown, "pack-unknown-name", ("answers", i), Text("输出", "output"))
    for i, example in enumerate(system.examples):
        for word in (*example.given, *(t for t in example.expect if t != CASE)):
            known(word, system.tables, "pack-unknown-table", ("examples", i), table_kind)
        for word in example.set:
            known(word, system.parameters, "pack-unknown-name", ("examples", i, "set"), Text("参数", "parameter"))


def answerable(system: System) -> list[str]:
    """Return every ``table.field`` and ``case.total`` a system can answer, verdicts included."""
    words = [f"{CASE}.{k}" for k in system.totals]
    if system.verdict is not None:
        words.append(f"{CASE}.verdict")
    for name, table in system.tables.items():
        words += [f"{name}.{k}" for k in (*table.fields, *table.by, *table.derive)]
        words += [f"{name}.{check.then}:{check.id}" for check in table.checks]
        if table.verdict is not None:
            words += [f"{name}.verdict"]
    return words
