"""A rule book over a whole register: verdict, best and worst allowed, rules that hold, facts that are missing.

The questions of the book become columns of yes, no and null; all the rest is logic over these columns, the same on
polars, on DuckDB and on Spark. Facts that several conditions read with different signs are completed: for each set of
answers their questions can have together the rules are evaluated again, and a row takes part in the sets its own facts
allow. So the worst and the best verdict are exact, in one pass.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import narwhals as nw
import polars as pl

from zhishu.formula.engine import compile_register
from zhishu.formula.engine.inputs import kinds_of
from zhishu.formula.tree import Call, Logic, Name, Node
from zhishu.formula.tree import Truth as Written
from zhishu.judge.answers import Answers, answers_of
from zhishu.judge.bits import FIRED, LEFT, OPEN, Completion, logic_levels
from zhishu.judge.bounds import bounded, ends_of, truth
from zhishu.judge.hazards import Hazards, hazards
from zhishu.judge.laid import Laid, lay_out
from zhishu.judge.lookup import MISSING, Lookup, any_of, look_up
from zhishu.judge.normal import choice, logic
from zhishu.judge.ruleset import ATOM, RuleSet
from zhishu.judge.units import Units, units
from zhishu.logic import Unknown

Table = nw.LazyFrame[Any]
"""A table of either engine; what it is made of is narwhals' affair."""
Lift = Callable[[pl.DataFrame], Table]
"""Brings a small table to the engine a register is on."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A book compiled for registers: the facts its verdicts read, how hazards are completed, its lists laid out.

    ``units`` are its conditions over named parts, ``answers`` what these say of a word; ``ways`` each completion with what
    it makes of them.
    """

    rules: RuleSet
    hazards: Hazards
    facts: tuple[str, ...]
    laid: Mapping[str, Laid]
    units: Units
    answers: Mapping[str, Answers]
    ways: tuple[tuple[Completion, tuple[Node, ...]], ...]


def plan_register(rules: RuleSet) -> Plan:
    """Return a book ready for registers."""
    read = {f for a in rules.skeleton.atoms for f in a.facts}
    asked_for = {a.list for a in rules.skeleton.atoms}
    lists = {n: d for n, d in rules.lists.items() if d.entries is not None and n in asked_for}
    laid = {n: made for n, d in lists.items() if (made := lay_out(d, rules.on)) is not None}
    found = hazards(rules)
    named = units(rules, found)
    ways = tuple((way, tuple(simplified(named.conditions, way))) for way in completions(found))
    facts = tuple(f for f in rules.book.fields if f in read)
    return Plan(rules, found, facts, laid, named, answers_of(rules, named), ways)


def judge_register(
    plan: Plan, table: Table, lift: Lift, lookups: Mapping[str, Lookup], answered: Sequence[int] = ()
) -> Table:
    """Return the key of each row with its verdict.

    Columns: the key; ``verdict``, ``best``, ``worst`` (places in the book's order, verdict null where open); ``fired``
    and ``open`` (bit i: rule i holds, is open), ``missing`` (bit i: fact i of ``plan.facts`` is missing); ``exact``.
    ``lookups`` are the book's lists as tables; ``answered`` the questions that stand in the frame as ``_q<i>`` already.
    The order of rows is the engine's. Raises what ``compile_register`` does.
    """
    rules = plan.rules
    for lookup in lookups.values():
        table = _joined(table, lookup, lift)
    left = [i for i in range(len(rules.skeleton.atoms)) if i not in answered]
    table = asked(table, rules, left, lookups)
    for columns in logic_levels(rules, completions(plan.hazards)):
        table = _widened(table, columns)
    return table.select(nw.col(rules.book.key), *_outputs(plan))


def _widened(table: Table, columns: Mapping[str, str]) -> Table:
    """Return a table with more columns, each by its SQL, which all engines read alike."""
    named = [f"{sql} AS {name}" for name, sql in columns.items()]
    native = nw.to_native(table)
    if isinstance(native, pl.LazyFrame):
        found = native.with_columns(pl.sql_expr(named))
    elif table.implementation.is_duckdb():
        found = native.project(f"*, {', '.join(named)}")
    else:
        found = native.selectExpr("*", *named)
    wider: Table = nw.from_native(found)
    return wider


def _joined(table: Table, lookup: Lookup, lift: Lift) -> Table:
    keys = {k: lookup.key(k) for k in lookup.keys}
    table = table.with_columns(*(nw.col(k).fill_null(nw.lit(MISSING)).alias(name) for k, name in keys.items()))
    return table.join(lift(lookup.table), on=list(keys.values()), how="left")


def asked(table: Table, rules: RuleSet, atoms: Sequence[int], lookups: Mapping[str, Lookup]) -> Table:
    """Return the table with the answers to the questions as columns."""
    formulas: dict[str, Node] = {}
    direct: dict[str, nw.Expr] = {}
    for i in atoms:
        atom = rules.skeleton.atoms[i]
        if isinstance(atom.node, Call) and atom.node.function == "unknown":
            direct[f"{ATOM}{i}"] = nw.lit(None, nw.Boolean)
        elif atom.list is None:
            formulas[f"{ATOM}{i}"] = atom.node
        elif atom.list in lookups:
            direct[f"{ATOM}{i}"] = lookups[atom.list].truth()
        else:
            direct[f"{ATOM}{i}"] = nw.lit(None, nw.Boolean)
    constants = {name: Unknown("not_set") for name in rules.unset}
    ends = {n: b for n, node in formulas.items() if (b := bounded(rules, node)) is not None}
    if ends:
        table = table.with_columns(*ends_of(rules, ends, table.collect_schema()))
    beside = {n: node for name, b in ends.items() for n, node in b.formulas(name).items()}
    program = compile_register({**formulas, **beside}, kinds_of(table.collect_schema()), constants)
    for level in program.levels:
        table = table.with_columns(*level)
    told = {n: c.value for n, c in program.formulas.items()}
    for name, bound in ends.items():
        told[name] = truth(told[name], bound, *(told[n] for n in bound.formulas(name)))
    values = [told[n].alias(n) for n in formulas]
    if not values and not direct:
        return table
    return table.with_columns(*values, *(e.alias(n) for n, e in direct.items()))


def completions(found: Hazards) -> list[Completion]:
    """Return every choice of one set of answers for each hazard."""
    return [tuple(zip(found.completed, ways, strict=True)) for ways in product(*(h.answers for h in found.completed))]


def _fixed(completion: Completion) -> dict[str, bool]:
    return {f"{ATOM}{i}": t for hazard, ts in completion for i, t in zip(hazard.atoms, ts, strict=True)}


def simplified(conditions: Sequence[Node], completion: Completion) -> list[Node]:
    """Return the conditions with the answers of a completion written in."""
    fixed = _fixed(completion)
    return [_simple(node, fixed) for node in conditions] if fixed else list(conditions)


def _simple(node: Node, fixed: Mapping[str, bool]) -> Node:
    """Return a condition with some answers written in and what they decide left out."""
    match node:
        case Name(name) if name in fixed:
            return Written(fixed[name])
        case Logic(op, terms):
            return logic(op, [_simple(t, fixed) for t in terms])
        case Call("when", (c, a, b)):
            return choice(_simple(c, fixed), _simple(a, fixed), _simple(b, fixed))
        case _:
            return node


def _outputs(plan: Plan) -> list[nw.Expr]:
    rules = plan.rules
    size = len(rules.order)
    left = [nw.col(f"{LEFT}{o}") for o in range(size)]
    none = nw.lit(size, nw.Int8)
    best, worst = none, none
    for o in range(size):
        worst = nw.when(left[o]).then(nw.lit(o, nw.Int8)).otherwise(worst)
    for o in reversed(range(size)):
        best = nw.when(left[o]).then(nw.lit(o, nw.Int8)).otherwise(best)
    missing = [nw.col(f).is_null() for f in plan.facts]
    loose = any_of(
        [
            *(m for m, f in zip(missing, plan.facts, strict=True) if f in plan.hazards.loose),
            *(nw.col(f"{ATOM}{i}").is_null() for i in plan.hazards.doubtful),
        ]
    )
    return [
        nw.when(best == worst).then(best).alias("verdict"),
        best.alias("best"),
        worst.alias("worst"),
        nw.col(FIRED).alias("fired"),
        nw.col(OPEN).alias("open"),
        _bits(missing).alias("missing"),
        ((best == worst) | ~loose).alias("exact"),
    ]


def _bits(truths: Sequence[nw.Expr]) -> nw.Expr:
    zero = nw.lit(0, nw.Int64)
    return nw.sum_horizontal(
        zero, *(nw.when(t).then(nw.lit(1 << i, nw.Int64)).otherwise(zero) for i, t in enumerate(truths))
    )


def lists_of(rules: RuleSet, distinct: Mapping[str, Sequence[str]]) -> dict[str, Lookup]:
    """Return the loaded lists of a book as tables over the distinct values of their keys."""
    return {
        name: look_up(dated, distinct, rules.on)
        for name, dated in rules.lists.items()
        if dated.entries is not None and any(a.list == name for a in rules.skeleton.atoms)
    }


__all__ = ["Plan", "judge_register", "lists_of", "plan_register"]
