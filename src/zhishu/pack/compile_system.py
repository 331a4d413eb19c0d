"""From the YAML of one system to its compiled form, with every problem at its line."""

from collections.abc import Mapping

from zhishu.errors import Problem, did_you_mean
from zhishu.pack.banned import banned
from zhishu.pack.compile_parts import Compiler, cite_of, column_of, effect_of, parameter_of
from zhishu.pack.compile_workflow import bind_workflow
from zhishu.pack.lines import Lined, Path
from zhishu.pack.references import check_references
from zhishu.pack.strict import validate
from zhishu.pack.system import (
    Answer,
    Beside,
    Check,
    Column,
    Derived,
    Example,
    Outcome,
    Rule,
    System,
    Table,
    VerbColumn,
    Verdict,
)
from zhishu.pack.system_model import (
    ColumnModel,
    DerivedModel,
    ExampleModel,
    SystemModel,
    TableModel,
    VerdictModel,
)
from zhishu.pack.workflow import Workflow
from zhishu.terms import Text

PEOPLE = ("人", "名", "户", "万人", "万户")
"""Units of people and households: a shown count in one of them says whether small ones must be hidden."""


def compile_system(
    lined: Lined, written: str, base: str = "", workflows: Mapping[str, Workflow] | None = None
) -> tuple[System | None, list[Problem]]:
    """Return the compiled system of one file, or None with every problem.

    ``written`` is the file's text and ``base`` that of the archetype it starts from, kept so that a page can
    show the declaration; ``workflows`` are those a system may follow.
    """
    model, problems = validate(SystemModel, lined)
    if model is None:
        return None, problems
    compiler = Compiler(lined)
    _refuse_banned(model, compiler)
    tables = {k: _table(k, t, compiler) for k, t in model.tables.items()}
    totals = {k: _derived(k, d, compiler, ("totals", k)) for k, d in model.totals.items()}
    system = System(
        model.system,
        model.archetype,
        cite_of(model.cite, compiler, ("cite",)),
        tuple(cite_of(c, compiler, ("also", i)) for i, c in enumerate(model.also)),
        model.about,
        model.reading,
        {k: parameter_of(k, p, compiler) for k, p in model.parameters.items()},
        tables,
        totals,
        _verdict(model.verdict, compiler, ("verdict",)) if model.verdict else None,
        effect_of(model.effect, compiler),
        tuple(Answer(a.output, tuple(a.by)) for a in model.answers),
        tuple(_example(e, compiler, i) for i, e in enumerate(model.examples)),
        lined.file,
        written,
        base,
        tuple(model.doubt),
    )
    system = bind_workflow(system, model.workflow, workflows or {}, compiler.formula, compiler.add)
    check_references(system, compiler.add)
    return (None if compiler.problems else system), compiler.problems


def _refuse_banned(model: SystemModel, c: Compiler) -> None:
    """Note every field that would hold what single persons are."""
    for table, declared in model.tables.items():
        for field, column in declared.fields.items():
            words = (field, column.name.zh, column.name.en)
            kind = next((k for w in words if (k := banned(w)) is not None), None)
            if kind is not None:
                c.add(
                    "pack-field-banned",
                    ("tables", table, "fields", field),
                    Text(
                        f"字段 {field}（{column.name.zh}）属于{kind.zh}，不得声明",
                        f"the field {field} ({column.name.en}) holds {kind.en}: it is not declared",
                    ),
                    Text("删去；需要人数的，声明汇总数", "remove it; where numbers are needed, declare totals"),
                )


def _table(name: str, model: TableModel, c: Compiler) -> Table:
    at: Path = ("tables", name)
    return Table(
        name,
        model.name,
        _columns(model, c, at),
        tuple(model.pairs) or tuple(model.key),
        model.unique,
        tuple(model.series),
        model.order,
        model.of,
        tuple(model.by),
        c.formula(model.where, (*at, "where")) if model.where else None,
        tuple(
            Check(k.id, k.when, c.formula(k.when, (*at, "checks", i, "when")), k.then, k.say)
            for i, k in enumerate(model.checks)
        ),
        {k: _derived(k, d, c, (*at, "derive", k)) for k, d in model.derive.items()},
        _verdict(model.verdict, c, (*at, "verdict")) if model.verdict else None,
        model.least_rows,
        dict(model.pairs),
    )


def _columns(model: TableModel, c: Compiler, at: Path) -> dict[str, Column]:
    """Return the fields of a table; a table of pairs has the two references and nothing else to fill."""
    if model.pairs and (len(model.pairs) != 2 or model.fields or model.of):
        c.add(
            "pack-pairs",
            (*at, "pairs"),
            Text("pairs 恰写两个表，不再写 fields 或 of", "pairs names exactly two tables, without fields or of"),
            Text("写作 pairs: {query: queries, entry: entries}", "write pairs: {query: queries, entry: entries}"),
        )
    pairs = {
        k: Column(k, Text(k, k), "ref", None, {}, None, None, False, table, True, None)
        for k, table in model.pairs.items()
    }
    return {**pairs, **{k: column_of(k, f) for k, f in model.fields.items()}}


def _derived(name: str, model: DerivedModel | str, c: Compiler, at: Path) -> Derived:
    if isinstance(model, str):
        return Derived(name, model, c.formula(model, at))
    if (model.formula is None) == (model.column is None):
        c.add(
            "pack-derived",
            at,
            Text(f"{name} 要写 formula 或 column，且只写一种", f"{name} needs a formula or a column, one of the two"),
            Text("写 formula: …", "write formula: …"),
        )
    column = None
    if model.column is not None:
        args = {k: c.formula(a, (*at, "column", "args", k)) for k, a in model.column.args.items()}
        column = VerbColumn(model.column.use, args, dict(model.column.options), _beside(model.column, c, at))
    node = c.formula(model.formula, (*at, "formula")) if model.formula is not None else None
    written = model.formula or (model.column.use if model.column else "")
    words = dict(model.words or {})
    if model.people is None and model.name is not None and model.unit in PEOPLE:
        c.add(
            "pack-people-unsaid",
            at,
            Text(f"{name} 以{model.unit}计，没有写明是否人数", f"{name} is counted in {model.unit}: is it people?"),
            Text("写 people: true（过小的不公布）或 false", "write people: true (small ones are hidden) or false"),
        )
    shown = (model.name, model.unit, model.digits, model.why)
    return Derived(name, written, node, column, *shown, words, model.as_year, model.people)


def _beside(model: ColumnModel, c: Compiler, at: Path) -> Beside | None:
    if model.beside is None:
        return None
    args = {k: c.formula(a, (*at, "column", "beside", "args", k)) for k, a in model.beside.args.items()}
    return Beside(model.beside.table, args)


def _verdict(model: VerdictModel, c: Compiler, at: Path) -> Verdict:
    outcomes = {k: Outcome(k, o.name, o.tone) for k, o in model.outcomes.items()}
    for i, given in enumerate([*(r.give for r in model.rules), model.otherwise, model.unknown, *model.say]):
        if given not in outcomes:
            path = (*at, "rules", i, "give") if i < len(model.rules) else at
            c.add(
                "pack-unknown-outcome",
                path,
                Text(f"没有声明的结果 {given}", f"the outcome {given} is not declared"),
                did_you_mean(given, outcomes),
            )
    rules = tuple(Rule(r.give, r.when, c.formula(r.when, (*at, "rules", i, "when"))) for i, r in enumerate(model.rules))
    return Verdict(outcomes, rules, model.otherwise, model.unknown, dict(model.say))


def _example(model: ExampleModel, c: Compiler, index: int) -> Example:
    bad = model.bad_input
    numbers = () if bad is None else (bad,) if isinstance(bad, int) else tuple(bad)
    return Example(
        model.id,
        model.why,
        numbers,
        c.date(model.on, ("examples", index, "on")),
        dict(model.set),
        {k: tuple(tuple(row) for row in rows) for k, rows in model.given.items()},
        {t: {s: dict(v) for s, v in rows.items()} for t, rows in model.expect.items()},
        tuple(model.problems),
        tuple(model.flags),
        tuple(model.excluded),
        c.lined.where(("examples", index)),
    )
