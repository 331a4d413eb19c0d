"""Changing a declaration one piece at a time to see whether its examples notice (mutation testing).

After DeMillo, Lipton and Sayward 1978 (doi:10.1109/C-M.1978.218136): each threshold, comparison,
clause, weight and unit is changed in turn; a change no example notices is a rule nobody has tested.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from zhishu.data.regions import Regions
from zhishu.errors import ZhishuError
from zhishu.formula.tree import Binary, Call, Compare, Logic, Node, Number, Rows, Unary
from zhishu.pack.system import Column, Derived, Example, System, Table, Verdict
from zhishu.system.answer import NOWHERE
from zhishu.system.examples import try_example
from zhishu.system.filler import Filler
from zhishu.system.mutate_workflow import workflow_changes

_COMPARE = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}
_BINARY = {"+": "-", "-": "+", "*": "/", "/": "*", "**": "*"}
_CALLS = {
    "min": "max",
    "max": "min",
    "floor": "ceil",
    "ceil": "floor",
    "rank_best": "rank_worst",
    "rank_worst": "rank_best",
}
_ROWS = {
    "count_surely": "count_possibly",
    "count_possibly": "count_surely",
    "least": "largest",
    "largest": "least",
    "sum": "mean",
    "any": "all",
    "all": "any",
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed system and what was changed."""

    what: str
    system: System


@dataclass(frozen=True, slots=True)
class Survey:
    """How many changes were made and which nobody noticed."""

    mutants: int
    unnoticed: tuple[str, ...]


def survey(system: System, columns: Mapping[str, Filler], regions: Regions = NOWHERE) -> Survey:
    """Return how many changes of a system its examples notice."""
    total, missed = 0, []
    # the example that noticed the last change is asked first: changes of one place are mostly noticed by one example
    order = list(system.examples)
    for mutant in mutants(system):
        total += 1
        by = next((e for e in order if _notices(e, mutant.system, columns, regions)), None)
        if by is None:
            missed.append(mutant.what)
        else:
            order.remove(by)
            order.insert(0, by)
    return Survey(total, tuple(missed))


def _notices(example: Example, system: System, columns: Mapping[str, Filler], regions: Regions) -> bool:
    try:
        return bool(try_example(system, example, columns, regions).differences)
    except (ZhishuError, ArithmeticError):
        return True


def mutants(system: System) -> Iterator[Mutant]:
    """Yield every changed system, in the order of the declaration."""
    for name, parameter in system.parameters.items():
        for i, (day, value) in enumerate(parameter.values):
            if isinstance(value, Fraction):
                changed = (*parameter.values[:i], (day, _other(value)), *parameter.values[i + 1 :])
                new = {**system.parameters, name: replace(parameter, values=changed)}
                yield Mutant(f"parameters.{name} {value} → {_other(value)}", replace(system, parameters=new))
        if isinstance(parameter.proposed, Fraction):
            other = _other(parameter.proposed)
            new = {**system.parameters, name: replace(parameter, proposed=other)}
            yield Mutant(f"parameters.{name} proposed {parameter.proposed} → {other}", replace(system, parameters=new))
    for name, table in system.tables.items():

        def put(changed: Table, name: str = name) -> System:
            return replace(system, tables={**system.tables, name: changed})

        yield from _table(table, put)
    for name, derived in system.totals.items():

        def keep(changed: Derived, name: str = name) -> System:
            return replace(system, totals={**system.totals, name: changed})

        yield from _derived(f"totals.{name}", derived, keep)
    if system.verdict is not None:
        yield from _verdict("verdict", system.verdict, lambda v: replace(system, verdict=v))
    for what, flow in workflow_changes(system.workflow) if system.workflow is not None else ():
        yield Mutant(f"workflow {what}", replace(system, workflow=flow))


def _other(value: Fraction) -> Fraction:
    return value + 1 if value == 0 else value * Fraction(11, 10)


def _table(table: Table, put: Callable[[Table], System]) -> Iterator[Mutant]:
    at = f"tables.{table.id}"
    for name, column in table.fields.items():
        if column.type == "number" and column.unit not in (None, "1"):
            changed = replace(table, fields={**table.fields, name: _other_unit(column)})
            yield Mutant(f"{at}.fields.{name} unit {column.unit}", put(changed))
    if table.where is not None:
        for what, node in changes(table.where):
            yield Mutant(f"{at}.where {what}", put(replace(table, where=node)))
    for i, check in enumerate(table.checks):
        rest = (*table.checks[:i], *table.checks[i + 1 :])
        yield Mutant(f"{at}.checks.{check.id} dropped", put(replace(table, checks=rest)))
        for what, node in changes(check.when):
            new = (*table.checks[:i], replace(check, when=node), *table.checks[i + 1 :])
            yield Mutant(f"{at}.checks.{check.id} {what}", put(replace(table, checks=new)))
    for name, derived in table.derive.items():

        def keep(changed: Derived, name: str = name) -> System:
            return put(replace(table, derive={**table.derive, name: changed}))

        yield from _derived(f"{at}.derive.{name}", derived, keep)
    if table.verdict is not None:
        yield from _verdict(f"{at}.verdict", table.verdict, lambda v: put(replace(table, verdict=v)))


def _other_unit(column: Column) -> Column:
    """Return the column read ten times too small: the commonest slip of the office."""
    spare = {"%": "‰", "万元": "元", "亿元": "万元", "公顷": "亩", "亩": "公顷", "km": "m", "公里": "m", "天": "小时"}
    unit = column.unit or "1"
    return replace(column, unit=spare.get(unit, "%"))


def _derived(at: str, derived: Derived, keep: Callable[[Derived], System]) -> Iterator[Mutant]:
    if derived.node is not None:
        for what, node in changes(derived.node):
            yield Mutant(f"{at} {what}", keep(replace(derived, node=node)))
    if derived.column is not None:
        for name, node in derived.column.args.items():
            for what, changed in changes(node):
                new = replace(derived.column, args={**derived.column.args, name: changed})
                yield Mutant(f"{at}.{name} {what}", keep(replace(derived, column=new)))


def _verdict(at: str, verdict: Verdict, keep: Callable[[Verdict], System]) -> Iterator[Mutant]:
    for i, rule in enumerate(verdict.rules):
        rest = (*verdict.rules[:i], *verdict.rules[i + 1 :])
        yield Mutant(f"{at}.rules[{i}] {rule.give} dropped", keep(replace(verdict, rules=rest)))
        for what, node in changes(rule.when):
            new = (*verdict.rules[:i], replace(rule, when=node), *verdict.rules[i + 1 :])
            yield Mutant(f"{at}.rules[{i}] {rule.give} {what}", keep(replace(verdict, rules=new)))


def changes(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield every tree that differs from this one in one piece.

    >>> from zhishu.formula.parse import parse
    >>> [what for what, _ in changes(parse("rate < 0.6"))]
    ['< → <=', '3/5 → 33/50']
    """
    match node:
        case Number(value, unit):
            yield f"{value} → {_other(value)}", Number(_other(value), unit)
        case Unary(op, operand):
            for what, changed in changes(operand):
                yield what, Unary(op, changed)
        case Binary(op, left, right):
            yield f"{op} → {_BINARY[op]}", Binary(_BINARY[op], left, right)
            yield from ((w, Binary(op, n, right)) for w, n in changes(left))
            yield from ((w, Binary(op, left, n)) for w, n in changes(right))
        case Compare(op, left, right):
            yield f"{op} → {_COMPARE[op]}", Compare(_COMPARE[op], left, right)
            yield from ((w, Compare(op, n, right)) for w, n in changes(left))
            yield from ((w, Compare(op, left, n)) for w, n in changes(right))
        case Logic("not", (term,)):
            yield "not dropped", term
            yield from ((w, Logic("not", (n,))) for w, n in changes(term))
        case Logic(op, terms):
            other = "or" if op == "and" else "and"
            yield f"{op} → {other}", Logic(other, terms)
            for i, term in enumerate(terms):
                rest = (*terms[:i], *terms[i + 1 :])
                yield f"clause {i + 1} dropped", rest[0] if len(rest) == 1 else Logic(op, rest)
                for what, changed in changes(term):
                    yield what, Logic(op, (*terms[:i], changed, *terms[i + 1 :]))
        case Call(function, args):
            if function in _CALLS:
                yield f"{function} → {_CALLS[function]}", Call(_CALLS[function], args)
            yield from ((w, Call(function, new)) for w, new in _arguments(args))
        case Rows(table, function, args):
            if function in _ROWS:
                yield f"{function} → {_ROWS[function]}", Rows(table, _ROWS[function], args)
            yield from ((w, Rows(table, function, new)) for w, new in _arguments(args))
        case _:
            return


def _arguments(args: tuple[Node, ...]) -> Iterator[tuple[str, tuple[Node, ...]]]:
    for i, arg in enumerate(args):
        for what, changed in changes(arg):
            yield what, (*args[:i], changed, *args[i + 1 :])
