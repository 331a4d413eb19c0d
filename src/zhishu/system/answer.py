"""One run of a system on a case: the rows read, judged and put into words."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from zhishu.data.regions import Regions
from zhishu.data.suppress import MARK_MEANS
from zhishu.errors import Problem
from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.pack import slots
from zhishu.pack.system import CASE, Check, Derived, System, Table, Verdict
from zhishu.system.answered import Answer, AskFirst, Fact, Remark, Result
from zhishu.system.case import Case, RawCase, Row, read_case
from zhishu.system.effect import basis_of
from zhishu.system.engine import Engine
from zhishu.system.filler import Filler
from zhishu.system.left import Asked
from zhishu.system.scope import CaseScope, RowScope, holds, label
from zhishu.system.settings import offers
from zhishu.system.show import not_known, plain, spoken
from zhishu.system.small_cells import HIDDEN, SMALL, Small, veil
from zhishu.system.words import worded
from zhishu.terms import Language, Text

NOWHERE = Regions({}, {}, ())


_VEILED = Remark("small_cells", "small_cells", CASE, "", MARK_MEANS, Text("", ""))


def run_system(
    system: System,
    raw: RawCase,
    today: date,
    columns: Mapping[str, Filler],
    seed: int = 0,
    regions: Regions = NOWHERE,
    small: Small | None = SMALL,
) -> Answer:
    """Return the answer of a system to a case; with problems in the input it answers nothing.

    ``regions`` are those a form may name as of ``today``; without them only specimens can stand in a region's cell.
    Counts of people that are too small to be published are hidden as ``small`` says; None hides nothing and is for
    checking a declaration by its examples alone.
    """
    case, problems = read_case(system, raw, today, regions)
    system = worded(system, columns, case.places)
    if problems:
        return Answer(system, today, seed, (), (), (), case.proposals, problems)
    engine = Engine(system, case, today, columns, seed)
    noted, refused = _noted(engine)
    if refused:
        return Answer(system, today, seed, (), (), (), case.proposals, refused)
    results = _results(engine)
    hides = small is not None and veil(engine, small)
    if hides:
        results = _results(engine)
    remarks = (*_renamed(case), *(_remark(engine, *note) for note in noted), *((_VEILED,) if hides else ()))
    if not results and not remarks:
        tables = system.inputs()
        what = Text("没有填任何一行，没有可答的", "no row is filled, so there is nothing to answer")
        listed = Text("、".join(t.name.zh for t in tables), ", ".join(t.name.en for t in tables))
        empty = Problem(
            "case-empty", system.id, what, Text(f"至少填一行：{listed.zh}", f"fill at least one row: {listed.en}")
        )
        return Answer(system, today, seed, (), (), (), case.proposals, (empty,))
    unknown = tuple(
        (r.subject, f.id, f.value)
        for r in results
        for f in r.facts
        if isinstance(f.value, Unknown) and f.value.reason != HIDDEN.reason
    )
    codes = {found.place.label.zh: found.place.region.code for found in case.places}
    offered = offers(system.parameters.values(), case.settings)
    return Answer(system, today, seed, results, remarks, unknown, case.proposals, (), codes, case.settings, offered)


def _renamed(case: Case) -> tuple[Remark, ...]:
    """Return what is said of each old code or name that was read as the region it has become."""
    told: dict[str, Remark] = {}
    for found in case.places:
        before, now = found.place.before, found.place.region
        if before is None:
            continue
        say = Text(
            f"{before.name.zh}（{before.code}）已不是有效的地区，按沿革读作{now.name.zh}（{now.code}）",
            f"{before.name.en} ({before.code}) is no longer in force; by its lineage it is read as "
            f"{now.name.en} ({now.code})",
        )
        told.setdefault(
            found.written, Remark("region", "region_renamed", found.table, now.name.zh, say, found.place.label)
        )
    return tuple(told.values())


def _noted(engine: Engine) -> tuple[tuple[tuple[str, Check, Table, int], ...], tuple[Problem, ...]]:
    """Return what is to be said of rows, by kind, check, table and row, and the rows that are refused."""
    noted: list[tuple[str, Check, Table, int]] = []
    problems: list[Problem] = []
    for name, table in engine.system.tables.items():
        engine.active(name)
        for index, row in enumerate(engine.table_rows(name)):
            scope = RowScope(engine, name, index)
            out, held = engine.excluded[name].get(index), engine.held[name].get(index)
            for check in table.checks:
                if check.then in ("exclude", "hold"):
                    if check.id in (out, held):
                        noted.append(("exclude" if check.id == out else "hold", check, table, index))
                elif out is None and holds(check.when, scope) is True:
                    if check.then == "flag":
                        noted.append(("flag", check, table, index))
                    else:
                        say = fill(check.say, scope, table)
                        repair = Text("改正后再运行", "correct the row and run again")
                        problems.append(Problem(f"case-refused-{check.id.replace('_', '-')}", row.place, say, repair))
    return tuple(noted), tuple(problems)


def _remark(engine: Engine, kind: str, check: Check, table: Table, index: int) -> Remark:
    row = engine.table_rows(table.id)[index]
    say = fill(check.say, RowScope(engine, table.id, index), table)
    return Remark(kind, check.id, table.id, row.subject, say, _title(engine, table, row))


def _results(engine: Engine) -> tuple[Result, ...]:
    system = engine.system
    results: list[Result] = []
    named = [d for d in system.totals.values() if d.name is not None]
    if named or system.verdict is not None:
        facts = tuple(_fact(d, engine.total(d.id)) for d in named)
        results.append(_result(engine, CASE, 0, "", facts, system.verdict, CaseScope(engine), None))
    for name, table in system.tables.items():
        shown = [d for d in table.derive.values() if d.name is not None]
        if not shown and table.verdict is None:
            continue
        for index in engine.active(name):
            facts = tuple(_fact(d, engine.value(name, index, d.id)) for d in shown)
            subject = engine.table_rows(name)[index].subject
            scope = RowScope(engine, name, index)
            results.append(_result(engine, name, index, subject, facts, table.verdict, scope, table))
    return tuple(results)


def _fact(derived: Derived, value: Value) -> Fact:
    assert derived.name is not None
    return Fact(derived.id, derived.name, value, derived.unit, derived.digits, derived.words, derived.as_year)


def _result(
    engine: Engine,
    name: str,
    index: int,
    subject: str,
    facts: tuple[Fact, ...],
    verdict: Verdict | None,
    scope: CaseScope | RowScope,
    table: Table | None,
) -> Result:
    title = Text("", "") if table is None else _title(engine, table, engine.table_rows(name)[index])
    if verdict is None:
        return Result(name, subject, facts, None, (), None, False, title)
    finding = engine.finding(name, index)
    outcome = verdict.outcomes[finding.outcome]
    possible = tuple(verdict.outcomes[o] for o in finding.possible)
    effect = engine.system.effect
    adverse = effect is not None and finding.outcome in effect.outcomes
    said = verdict.say.get(finding.outcome)
    reason = fill(said, scope, table, engine.system) if said else outcome.name
    if finding.unknowns and finding.possible != (finding.outcome,):
        why = not_known(finding.unknowns[0])
        reason = Text(f"{reason.zh}（{why.zh}）", f"{reason.en} ({why.en})")
    basis = basis_of(effect, engine.today, map(scope.value, effect.loaded)) if effect is not None and adverse else None
    ask = _ask(engine, engine.asked.get((name, index)))
    return Result(name, subject, facts, outcome, possible, reason, adverse, title, basis, finding.exact, ask)


def _ask(engine: Engine, asked: Asked | None) -> AskFirst | None:
    if asked is None:
        return None
    name, index, fact = asked.leaf
    if name == CASE:
        return AskFirst(CASE, "", fact, Text("", ""), engine.system.parameters[fact].name, asked.settles)
    table, row = engine.system.tables[name], engine.table_rows(name)[index]
    return AskFirst(name, row.subject, fact, _title(engine, table, row), table.fields[fact].name, asked.settles)


def _title(engine: Engine, table: Table, row: Row) -> Text:
    """Return what a row is called by people: its keys, choices in words."""
    keys = table.by or table.key
    words = [describe(engine.system, table, key)[2] for key in keys]
    named = [
        w.get(str(row.values[key]), Text(label(row.values[key]), label(row.values[key])))
        for key, w in zip(keys, words, strict=True)
    ]
    if not keys or any(isinstance(row.values[key], Unknown) for key in keys):
        return Text(row.subject, row.subject)
    return Text(" · ".join(n.zh for n in named), " · ".join(n.en for n in named))


def fill(text: Text, scope: CaseScope | RowScope, table: Table | None, system: System | None = None) -> Text:
    """Return a sentence with its ``{field}`` slots filled with values and units."""
    system = system or scope.engine.system

    def said(name: str, language: Language) -> str:
        value = scope.value(name)
        if isinstance(value, Fraction) and _is_year(system, table, name):
            return plain(value)
        if value == "":
            # a list that names nothing
            return "无" if language == "zh" else "none"
        unit, digits, words = describe(system, table, name)
        return spoken(value, unit, digits, words, language)

    return slots.fill(text, said)


def _is_year(system: System, table: Table | None, name: str) -> bool:
    """Return whether a name is a field or a computed value of years, which are written without a comma."""
    computed = table.derive.get(name) if table is not None else system.totals.get(name)
    if computed is not None:
        return computed.as_year
    while table is not None:
        if name in table.fields:
            return table.fields[name].type == "year"
        table = system.tables[table.of] if name in table.by and table.of is not None else None
    return False


def describe(system: System, table: Table | None, name: str) -> tuple[str | None, int | None, Mapping[str, Text]]:
    """Return unit, digits and words of a name as seen from a table's row or the case."""
    if table is not None and name in table.fields:
        column = table.fields[name]
        return column.unit, None, column.choices
    if table is not None and name in table.derive:
        derived = table.derive[name]
        return derived.unit, derived.digits, derived.words
    if table is not None and name in table.by and table.of is not None:
        return describe(system, system.tables[table.of], name)
    if name in system.totals:
        total = system.totals[name]
        return total.unit, total.digits, total.words
    if name in system.parameters:
        parameter = system.parameters[name]
        return parameter.unit, None, parameter.choices
    return None, None, {}
