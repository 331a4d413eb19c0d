"""Decision tables as formulas: what they give is what the rows mean, whatever is missing."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import product

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formula.decision_samples import COLUMNS, LEVEL, LEVELS, NUMBERS, asking, cases, matches, rows_of

from zhishu.errors import ZhishuError
from zhishu.formula.check import Scope, Type, check
from zhishu.formula.decision.compile import NO_RULE, NOT_STATED, RULES_DISAGREE, compile_table
from zhishu.formula.decision.order import ordered
from zhishu.formula.decision.read import read_table
from zhishu.formula.decision.table import Aggregate, Column, DecisionTable, InputKind, Policy, Row
from zhishu.formula.engine.register import run_register
from zhishu.formula.evaluate import Value as Fact
from zhishu.formula.evaluate import evaluate
from zhishu.formula.parse import parse
from zhishu.formula.scopes import Plain
from zhishu.formula.tree import Number, Word
from zhishu.formula.written import written
from zhishu.logic import Truth, Unknown
from zhishu.units import parse_unit

SHARE = InputKind("number", "%")
OUT = Column("level", LEVELS)
AMOUNT = Column("amount", SHARE)
Settle = Callable[[Sequence[tuple[Fact, bool]]], Fact]


def first(rows: Sequence[tuple[Fact, bool]]) -> Fact:
    """Return what the first row that matches gives."""
    return next((value for value, holds in rows if holds), Unknown("missing", NO_RULE))


def alone(rows: Sequence[tuple[Fact, bool]]) -> Fact:
    """Return what all rows that match give."""
    values = {value for value, holds in rows if holds}
    return values.pop() if len(values) == 1 else Unknown("missing")


def over(fold: Callable[[list[Fraction]], Fraction]) -> Settle:
    """Return a fold over the numbers of the rows that match."""

    def run(rows: Sequence[tuple[Fact, bool]]) -> Fact:
        values = [value for value, holds in rows if holds and isinstance(value, Fraction)]
        return fold(values) if values else Unknown("missing", NO_RULE)

    return run


def completed(settle: Settle, values: Sequence[Fact], truths: Sequence[Truth]) -> Fact:
    """Return the one outcome of every completion of the unknown truths, else unknown."""
    options = [(True, False) if isinstance(t, Unknown) else (t,) for t in truths]
    found = {settle(list(zip(values, chosen, strict=True))) for chosen in product(*options)}
    only = found.pop()
    return Unknown("missing") if found else only


def alike(a: Fact, b: Fact) -> bool:
    """Return whether two answers are one, or both unknown."""
    return isinstance(a, Unknown) and isinstance(b, Unknown) if isinstance(a, Unknown) else a == b


def raw(value: object) -> Fact:
    """Return the fact that an output's value states."""
    match value:
        case Word(word):
            return word
        case Number(number, _):
            return number / 100
        case _:
            return Unknown("missing", NOT_STATED)


@pytest.mark.parametrize(("policy", "settle"), [("first", first), ("unique", alone), ("priority", first)])
@given(st.data())
@settings(max_examples=50, deadline=None)
def test_a_table_gives_what_every_completion_gives(policy: Policy, settle: Settle, data: st.DataObject) -> None:
    """The answer is known exactly where all ways to fill the unknown rows give it, and then it is that one."""
    columns = COLUMNS[: data.draw(st.integers(1, 5))]
    table = DecisionTable("示例", columns, (OUT,), data.draw(rows_of(columns, LEVEL)), policy)
    case = data.draw(cases(columns))
    rows = ordered(table)
    truths = [matches(row, columns, case, asking(rows)) for row in rows]
    want = completed(settle, [raw(row.outputs[0]) for row in rows], truths)
    have = evaluate(compile_table(table)["level"], Plain(case))
    assert alike(have, want), written(compile_table(table)["level"])


FOLDS: list[tuple[Aggregate, Settle]] = [
    ("sum", over(lambda values: sum(values, Fraction(0)))),
    ("min", over(min)),
    ("max", over(max)),
    ("any", alone),
    ("count", lambda rows: Fraction(sum(holds for _, holds in rows))),
]


@pytest.mark.parametrize(("aggregate", "settle"), FOLDS)
@given(st.data())
@settings(max_examples=30, deadline=None)
def test_collecting_never_states_what_a_completion_denies(
    aggregate: Aggregate, settle: Settle, data: st.DataObject
) -> None:
    """A collected answer is that of every completion; with all facts known it is always given."""
    columns = COLUMNS[: data.draw(st.integers(1, 5))]
    table = DecisionTable("示例", columns, (AMOUNT,), data.draw(rows_of(columns, NUMBERS)), "collect", aggregate)
    case = data.draw(cases(columns))
    truths = [matches(row, columns, case, asking(table.rows)) for row in table.rows]
    want = completed(settle, [raw(row.outputs[0]) for row in table.rows], truths)
    have = evaluate(compile_table(table)["amount"], Plain(case))
    exact = aggregate != "sum" or not any(isinstance(t, Unknown) for t in truths)
    assert alike(have, want) or (isinstance(have, Unknown) and not exact)


@pytest.mark.parametrize("policy", ["first", "unique"])
def test_a_long_table_stays_shallow(policy: Policy) -> None:
    """Two thousand rows with as many values are evaluated, written and hashed without running out of depth."""
    lines = "".join(f"{n},{n}\n" for n in range(2000))
    kinds = {"n": InputKind("number"), "out": InputKind("number")}
    node = compile_table(read_table(f"n,-> out\n{lines}", kinds, policy))["out"]
    assert evaluate(node, Plain({"n": Fraction(1999)})) == 1999
    assert evaluate(node, Plain({"n": Fraction(7)})) == 7
    assert evaluate(node, Plain({"n": Fraction(-1)})) == Unknown("missing", NO_RULE)
    assert isinstance(evaluate(node, Plain({})), Unknown)
    assert isinstance(hash(node), int)
    assert check(node, Scope("row", {"n": Type("number")})).kind == "number"


def test_two_values_for_one_case_are_unknown() -> None:
    """A table that promises one row and has two gives no answer, and says why."""
    kinds = {"share": SHARE, "signed": InputKind("truth"), "level": InputKind("word")}
    table = read_table("share,when,-> level\n<60 %,,low\n-,signed,open\n", kinds, file="示例.csv")
    node = compile_table(table)["level"]
    low: dict[str, Fact] = {"share": Fraction(1, 2), "signed": True}
    assert evaluate(node, Plain(low)) == Unknown("missing", RULES_DISAGREE)
    assert evaluate(node, Plain(low | {"signed": False})) == "low"
    assert isinstance(evaluate(node, Plain({"share": Fraction(1, 2)})), Unknown)


def test_a_value_stated_to_be_unknown_is_an_answer_without_a_value() -> None:
    """未知 as an output leaves the answer unknown with its own reason, in every policy."""
    kinds = {"share": SHARE, "fee": InputKind("number", "元")}
    text = "share,-> fee\n<60 %,未知\n>=60 %,5 元\n"
    low = Plain({"share": Fraction(1, 2)})
    assert evaluate(compile_table(read_table(text, kinds))["fee"], low) == Unknown("missing", NOT_STATED)
    for aggregate in ("sum", "min", "max"):
        node = compile_table(read_table(text, kinds, "collect", aggregate))["fee"]
        assert evaluate(node, low) == Unknown("missing", NOT_STATED)
        assert evaluate(node, Plain({"share": Fraction(3, 4)})) == 5


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_the_formula_is_one_of_the_language(data: st.DataObject) -> None:
    """Every compiled formula can be written down, read back as itself, and passes the check of a pack."""
    rows = data.draw(rows_of(COLUMNS, LEVEL))
    policy: Policy = data.draw(st.sampled_from(["first", "unique", "priority"]))
    node = compile_table(DecisionTable("示例", COLUMNS, (OUT,), rows, policy))["level"]
    types = {
        "share": Type("number", parse_unit("%")),
        "code": Type("word"),
        "city": Type("word"),
        "signed": Type("truth"),
        "opened": Type("date"),
    }
    assert check(node, Scope("row", types)).kind in ("word", "number")
    text = written(node)
    if len(text) < 1500:
        assert written(parse(text)) == text


def test_priority_needs_an_order() -> None:
    """Without numbers and without declared values nothing says which row goes first; one number means all."""
    kinds = {"share": SHARE, "level": InputKind("word")}
    with pytest.raises(ZhishuError, match="table-priority"):
        read_table("share,-> level\n<60 %,low\n", kinds, "priority")
    with pytest.raises(ZhishuError, match="table-priority"):
        read_table("share,priority,-> level\n<60 %,1,low\n-,,any\n", kinds, "priority")
    table = read_table("share,priority,-> level\n-,2,any\n<60 %,1,low\n", kinds, "priority")
    assert [row.id for row in ordered(table)] == ["2", "1"]


def test_a_table_without_rows_applies_nowhere() -> None:
    """No rows: a count of none, and otherwise no rule."""
    empty: tuple[Row, ...] = ()
    counted = compile_table(DecisionTable("示例", COLUMNS, (AMOUNT,), empty, "collect", "count"))["amount"]
    assert evaluate(counted, Plain({})) == 0
    node = compile_table(DecisionTable("示例", COLUMNS, (OUT,), empty))["level"]
    assert evaluate(node, Plain({})) == Unknown("missing", NO_RULE)


def test_a_row_for_what_is_not_known_is_reached() -> None:
    """Where a table says what follows if a fact is not known, that follows, and the other rows do not stay open."""
    kinds = {"share": SHARE, "level": InputKind("word")}
    table = read_table("share,-> level\n<60 %,low\n>=60 %,enough\n未知,ask\n", kinds)
    node = compile_table(table)["level"]
    assert evaluate(node, Plain({})) == "ask"
    assert evaluate(node, Plain({"share": Fraction(1, 2)})) == "low"


def test_a_register_gives_what_one_case_gives() -> None:
    """Over a whole register the compiled table answers row by row what it answers for each row alone."""
    kinds = {"people": InputKind("number"), "code": InputKind("word"), "level": InputKind("word")}
    text = "people,code,-> level\n<10,-,few\n[10..20),51*,some\n-,not(51*),other\n"
    node = compile_table(read_table(text, kinds, "first", file="示例.csv"))["level"]
    people: list[int | None] = [5, 15, 15, 30, None, None]
    codes: list[str | None] = ["26", "5114", "26", "5114", "26", None]
    found = run_register({"level": node}, pl.DataFrame({"people": people, "code": codes}))
    for p, c, level in zip(people, codes, found["level"].to_list(), strict=True):
        case: dict[str, Fact] = {} if p is None else {"people": Fraction(p)}
        alone_ = evaluate(node, Plain(case if c is None else case | {"code": c}))
        assert level == (None if isinstance(alone_, Unknown) else alone_)
    assert found["level"].to_list() == ["few", "some", "other", None, None, None]
