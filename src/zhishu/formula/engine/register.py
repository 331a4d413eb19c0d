"""Register formulas over whole tables: compiled once, run alike on polars and on DuckDB."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import narwhals as nw
from narwhals.typing import IntoFrameT

from zhishu.errors import Problem, ZhishuError
from zhishu.formula.check_order import order
from zhishu.formula.check_types import Kind
from zhishu.formula.engine.combine import combine, not_offered
from zhishu.formula.engine.inputs import WHY, ColumnKind, column, kinds_of, no_column
from zhishu.formula.engine.part import Part, literal, number, typed
from zhishu.formula.engine.reasons import first, nothing, when_so
from zhishu.formula.engine.steps import Steps
from zhishu.formula.evaluate import Value
from zhishu.formula.tree import Name, Node, Of, Rows, children
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Compiled:
    """A formula ready to run: what it gives, and the expressions of its value and of its reason as a word."""

    kind: Kind
    value: nw.Expr
    why: nw.Expr


@dataclass(frozen=True, slots=True)
class Program:
    """Formulas compiled together: the levels of columns to add, then each formula over the last level."""

    levels: tuple[tuple[nw.Expr, ...], ...]
    formulas: Mapping[str, Compiled]


@dataclass(slots=True)
class _Compiler:
    formulas: Mapping[str, Node]
    kinds: Mapping[str, ColumnKind]
    constants: Mapping[str, Value]
    steps: Steps = field(default_factory=Steps)
    parts: dict[Node, Part] = field(default_factory=dict)

    def part(self, node: Node, where: str) -> Part:
        if node not in self.parts:
            self.parts[node] = self._make(node, where)
        return self.parts[node]

    def _make(self, node: Node, where: str) -> Part:
        match node:
            case Name(name) if name in self.formulas:
                return self.part(self.formulas[name], name)
            case Name(name) if name in self.constants:
                return literal(self.constants[name])
            case Name(name):
                return self._column(name, where)
            case Of(base, name):
                return self._column(f"{base}.{name}", where)
            case Rows():
                raise not_offered(node)
            case _:
                below = [self.part(child, where) for child in children(node)]
                return self.steps.keep(combine(node, below, self.steps.put), below)

    def _column(self, name: str, where: str) -> Part:
        if name not in self.kinds:
            raise no_column(name, where)
        return self.steps.keep(column(name, self.kinds[name], f"{name}{WHY}" in self.kinds))


def compile_register(
    formulas: Mapping[str, Node], kinds: Mapping[str, ColumnKind], constants: Mapping[str, Value] | None = None
) -> Program:
    """Return formulas compiled for a table with columns of these kinds.

    A name is another formula, else a constant (a parameter, exact), else a column; ``line.speed`` is the
    column of that dotted name, joined by the caller.
    Raises ZhishuError ``formula-cycle``, ``engine-no-column``, ``engine-not-offered``, ``engine-kind``,
    ``engine-list``.
    """
    order(formulas)
    compiler = _Compiler(formulas, kinds, constants or {})
    found: dict[str, Compiled] = {}
    for name in formulas:
        part = compiler.part(Name(name), name)
        found[name] = _finished(part)
    return Program(tuple(tuple(level) for level in compiler.steps.levels), found)


def _finished(part: Part) -> Compiled:
    """Return a part as it leaves the engine: whole numbers stay whole, beyond 64 bits they are an overflow."""
    kind = part.kind or "number"
    part = typed(part, kind)
    value, why = part.value, part.why
    if part.exact is not None:
        value, why = part.exact, first((part.why, when_so((part.exact.is_null(), "overflow"))))
    elif kind == "number":
        # −0 is written otherwise than 0 in every export
        value = nw.when(value == number(0.0)).then(number(0.0)).otherwise(value)
    return Compiled(kind, value, nothing() if why is None else why)


def run_register(
    formulas: Mapping[str, Node], frame: IntoFrameT, constants: Mapping[str, Value] | None = None
) -> IntoFrameT:
    """Return a table with two columns more for each formula: ``<name>`` and ``<name>__why``.

    The value is null exactly where the reason is not: no NaN, no Inf, no zero in place of an unknown. The
    order of rows is the engine's; sort the result. Takes polars tables, eager or lazy, and DuckDB relations.
    Raises what ``compile_register`` does, and ``engine-name-taken``.

    >>> import polars as pl
    >>> from zhishu.formula.parse import parse
    >>> land = pl.DataFrame({"county": ["青神县", "沐川县"], "supplied": [60, 0], "approved": [100, 0]})
    >>> gate = {"rate": parse("supplied / approved"), "suspend": parse("rate < 0.6")}
    >>> run_register(gate, land).select("suspend", "suspend__why").rows()
    [(False, None), (None, 'divide_by_zero')]
    """
    # narwhals cannot say that a frame of either sort comes back as it went in (its issue 3226)
    table = nw.from_native(frame)  # type: ignore[type-var]  # see above
    schema = table.collect_schema()
    _refuse_taken(formulas, list(schema))
    program = compile_register(formulas, kinds_of(schema), constants)
    for level in program.levels:
        table = table.with_columns(*level)
    outputs = [e for n, c in program.formulas.items() for e in (c.value.alias(n), c.why.alias(f"{n}{WHY}"))]
    return table.select(*(nw.col(name) for name in schema), *outputs).to_native()


def _refuse_taken(formulas: Mapping[str, Node], columns: list[str]) -> None:
    # DuckDB folds case, so a name that differs by case only is taken too
    held = {c.lower() for c in columns}
    taken = [n for n in formulas if n.lower() in held or f"{n.lower()}{WHY}" in held]
    if taken:
        raise ZhishuError(
            Problem(
                "engine-name-taken",
                name,
                Text(f"表里已有列 {name}", f"the table has a column {name} already"),
                Text("公式或列改名", "rename the formula or the column"),
            )
            for name in taken
        )
