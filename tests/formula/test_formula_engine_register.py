"""Register formulas on every engine: the traps learned by trial, one test each."""

import random
from datetime import date
from fractions import Fraction
from itertools import product
from math import inf, nan

import duckdb
import polars as pl
import pytest

from formula.engine_samples import ENGINES, agree, cells, exact_cells, on_engine
from zhishu.errors import ZhishuError
from zhishu.formula.engine import compile_register, run_register
from zhishu.formula.parse import parse
from zhishu.logic import Truth, Unknown, k_and, k_not, k_or

engines = pytest.mark.parametrize("engine", ENGINES)
THREE: tuple[bool | None, ...] = (True, False, None)


def truth(value: bool | None) -> Truth:
    """Return a cell as a truth value."""
    return Unknown("missing") if value is None else value


def code_of(text: str, frame: pl.DataFrame) -> str:
    """Return the code with which a formula is refused."""
    with pytest.raises(ZhishuError) as caught:
        run_register({"answer": parse(text)}, frame)
    return caught.value.problems[0].code


@engines
def test_t48_kleene_tables(engine: str) -> None:
    """The nine rows of and, or, and the three of not, on every engine."""
    pairs = list(product(THREE, THREE))
    frame = pl.DataFrame(
        {"p": [a for a, _ in pairs], "q": [b for _, b in pairs]}, schema={"p": pl.Boolean, "q": pl.Boolean}
    )
    for text, table in (("p and q", k_and), ("p or q", k_or)):
        for (a, b), cell in zip(pairs, cells(engine, text, frame), strict=True):
            assert agree(cell, table(truth(a), truth(b))), (text, a, b)
    for (a, _), cell in zip(pairs, cells(engine, "not p", frame), strict=True):
        assert agree(cell, k_not(truth(a)))


@engines
@pytest.mark.parametrize(
    ("text", "x", "y", "why"),
    [
        ("x / y", 0.0, 0.0, "divide_by_zero"),
        ("x / y", 1.0, 0.0, "divide_by_zero"),
        ("x / (y - 0.3)", 1.0, 0.1 + 0.2, "divide_by_zero"),
        ("log(x)", 0.0, 1.0, "domain"),
        ("log(x)", -1.0, 1.0, "domain"),
        ("sqrt(x)", -1.0, 1.0, "domain"),
        ("root(x, 0)", 4.0, 1.0, "domain"),
        ("x ** y", 0.0, 0.0, "domain"),
        ("x ** y", 0.0, -1.0, "divide_by_zero"),
        ("x ** y", -8.0, 0.5, "domain"),
        ("exp(x)", 1000.0, 1.0, "overflow"),
        ("exp(x)", -1000.0, 1.0, "overflow"),
        ("x * y", 1e60, 1e60, "overflow"),
        ("x ** 2", 1e60, 1.0, "overflow"),
        ("x + y", nan, 1.0, "not_finite"),
        ("x + y", inf, 1.0, "not_finite"),
        ("max(x, y)", 1.0, -inf, "not_finite"),
        ("x + y", 1e308, 1.0, "overflow"),
        ("x + y", None, nan, "missing"),
        ("min(x, y)", 1.0, None, "missing"),
    ],
)
def test_t48_nothing_undefined_has_a_value(engine: str, text: str, x: float | None, y: float | None, why: str) -> None:
    """What no mathematics defines is unknown with its reason, and no comparison with it is true or false."""
    frame = pl.DataFrame({"x": [x], "y": [y]}, schema={"x": pl.Float64, "y": pl.Float64})
    assert cells(engine, text, frame) == [(None, why)]
    for op in ("<", ">=", "==", "!="):
        assert cells(engine, f"{text} {op} 0.6", frame) == [(None, why)]


@engines
def test_t48_no_gate_lets_an_unknown_pass(engine: str) -> None:
    """A county with nothing approved does not pass the gate of 60 %; without a figure neither."""
    frame = pl.DataFrame({"supplied": [0, 60, 59, None], "approved": [0, 100, 100, 100]})
    assert cells(engine, "supplied / approved < 0.6", frame) == [
        (None, "divide_by_zero"),
        (False, None),
        (True, None),
        (None, "missing"),
    ]


@engines
def test_t48_twenty_thousand_counties_at_exactly_sixty_percent(engine: str) -> None:
    """Sums of floats that are 60 % in truth are never below 60 %, nor above it; one part in 10⁹ is."""
    draw = random.Random(60)
    rows = []
    for _ in range(20_000):
        approved = [draw.randrange(1, 10**6) for _ in range(5)]
        supplied = sum(approved) * 6
        parts = [supplied // 5 + (k < supplied % 5) for k in range(5)]
        rows.append([p / 100 for p in parts] + [a / 10 for a in approved])
    frame = pl.DataFrame(rows, schema=[f"s{k}" for k in range(5)] + [f"a{k}" for k in range(5)], orient="row")
    share = "(s0 + s1 + s2 + s3 + s4) / (a0 + a1 + a2 + a3 + a4)"
    formulas = {
        "below": parse(f"{share} < 0.6"),
        "above": parse(f"{share} > 0.6"),
        "at": parse(f"{share} >= 0.6"),
        "short": parse(f"{share} - 0.6 < 0"),
        "less": parse(f"{share} * 0.999999999 < 0.6"),
    }
    found = on_engine(engine, formulas, frame.with_row_index("n"))
    counts = {name: found[name].sum() for name in formulas}
    assert counts == {"below": 0, "above": 0, "at": 20_000, "short": 0, "less": 20_000}


@engines
def test_whole_numbers_stay_exact(engine: str) -> None:
    """Money in 分 beyond 2**53 is compared and summed to the last unit; beyond 64 bits it is an overflow."""
    large = 2**60
    frame = pl.DataFrame({"i": [large, large, 10**12], "j": [large - 1, large, 10**12]})
    assert [v for v, _ in cells(engine, "i > j", frame)] == [True, False, False]
    assert [v for v, _ in cells(engine, "i - j", frame)] == [1, 0, 0]
    assert [v for v, _ in cells(engine, "i + j", frame)] == [2 * large - 1, 2 * large, 2 * 10**12]
    assert cells(engine, "i * j", frame) == [(None, "overflow")] * 3
    assert [v for v, _ in cells(engine, "i * j > 0", frame)] == [True] * 3


@engines
def test_a_difference_of_floats_that_is_nothing_is_zero(engine: str) -> None:
    """0.3 − 0.1 − 0.2 is zero, its logarithm is outside the domain, and 0.29 × 100 has the whole part 29."""
    frame = pl.DataFrame({"x": [0.3], "y": [0.29]})
    assert cells(engine, "x - 0.1 - 0.2", frame) == [(0.0, None)]
    assert cells(engine, "log(x - 0.1 - 0.2)", frame) == [(None, "domain")]
    assert cells(engine, "floor(y * 100)", frame) == [(29.0, None)]
    assert cells(engine, "(x - 0.299999) * 10 == 0.00001", frame) == [(True, None)]


@engines
def test_a_plain_else_does_not_take_the_unknown(engine: str) -> None:
    """when() is unknown where its condition is, unless both answers are the same."""
    frame = pl.DataFrame({"p": THREE, "x": [1.0, 1.0, 1.0], "y": [2.0, 2.0, 2.0]})
    assert cells(engine, "when(p, x, y)", frame) == [(1.0, None), (2.0, None), (None, "missing")]
    assert cells(engine, "when(p, x, 1)", frame) == [(1.0, None)] * 3
    assert cells(engine, 'when(is_known(p), x, unknown("没有口径"))', frame) == [
        (1.0, None),
        (1.0, None),
        (None, "missing"),
    ]


@engines
def test_texts_dates_and_lists(engine: str) -> None:
    """Texts compare by equality, dates by order, a written list is looked up; unknown stays unknown."""
    frame = pl.DataFrame(
        {"state": ["built", None, "planned"], "due": [date(2022, 12, 31), date(2023, 1, 1), None], "i": [1, 2, None]}
    )
    assert cells(engine, 'state == "built"', frame) == [(True, None), (None, "missing"), (False, None)]
    assert cells(engine, 'one_of(state, "built", "open")', frame) == [(True, None), (None, "missing"), (False, None)]
    assert cells(engine, 'starts_with(state, "op")', frame) == [(False, None), (None, "missing"), (False, None)]
    assert cells(engine, "one_of(i, 2, 3)", frame) == [(False, None), (True, None), (None, "missing")]
    assert cells(engine, 'due <= day("2022-12-31")', frame) == [(True, None), (False, None), (None, "missing")]
    assert cells(engine, "year_of(due)", frame) == [(2022, None), (2023, None), (None, "missing")]
    assert cells(engine, 'coalesce(state, "none")', frame) == [("built", None), ("none", None), ("planned", None)]


@engines
def test_a_reason_given_with_a_column_is_kept(engine: str) -> None:
    """``<name>__why`` beside a column says why its nulls are unknown; a null without one is missing."""
    frame = pl.DataFrame(
        {"x": [1.0, None, None], "x__why": [None, "break", None]}, schema_overrides={"x__why": pl.String}
    )
    assert cells(engine, "x * 2", frame) == [(2.0, None), (None, "break"), (None, "missing")]


@engines
def test_t50_order_of_rows_changes_no_answer(engine: str) -> None:
    """Shuffled rows give the same bytes once sorted."""
    draw = random.Random(7)
    rows = [(k, draw.choice([None, 0.0, draw.random()]), draw.random()) for k in range(500)]
    formulas = {"rate": parse("x / y"), "gate": parse("x / y - 0.5 < 0.1 or x > y")}
    schema = {"n": pl.Int64, "x": pl.Float64, "y": pl.Float64}
    straight = on_engine(engine, formulas, pl.DataFrame(rows, schema=schema, orient="row"))
    draw.shuffle(rows)
    assert (
        on_engine(engine, formulas, pl.DataFrame(rows, schema=schema, orient="row")).write_csv() == straight.write_csv()
    )


def test_t50_one_thread_or_four_give_the_same_on_duckdb() -> None:
    """The number of threads changes no byte."""
    frame = pl.DataFrame({"n": range(50_000), "x": [(k * 37 % 101) / 7 for k in range(50_000)]})
    texts = []
    for threads in (1, 4):
        with duckdb.connect(config={"threads": threads}) as base:
            relation = base.from_arrow(frame.to_arrow())
            found = run_register({"answer": parse("sqrt(x) / (x - 1)")}, relation).pl()
            texts.append(found.sort("n").write_csv())
    assert texts[0] == texts[1]


@engines
def test_formulas_read_each_other_and_constants(engine: str) -> None:
    """An earlier result and an exact parameter are names like any other."""
    frame = pl.DataFrame({"n": [0, 1], "supplied": [59, 60], "approved": [100, 100]})
    formulas = {"gate": parse("rate < threshold"), "rate": parse("supplied / approved")}
    given = {"threshold": Fraction(3, 5)}
    if engine == "duckdb":
        with duckdb.connect() as base:
            found = run_register(formulas, base.from_arrow(frame.to_arrow()), given).pl()
    else:
        found = run_register(formulas, frame, given)
    assert found.sort("n")["gate"].to_list() == [True, False]


@engines
def test_ids_in_any_case_and_hostile_values(engine: str) -> None:
    """A text is a value and never part of a query; a dotted column is the field of a joined row."""
    frame = pl.DataFrame({"w": ["x'; drop table t; --", '"'], "line.speed": [350, 200]})
    assert cells(engine, 'w == "x\'; drop table t; --"', frame) == [(True, None), (False, None)]
    assert cells(engine, "line.speed >= 350", frame) == [(True, None), (False, None)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nobody + 1", "engine-no-column"),
        ("previous(x)", "engine-not-offered"),
        ("running_sum(x)", "engine-not-offered"),
        ("rank_best(x)", "engine-not-offered"),
        ("lag(x, 1)", "engine-not-offered"),
        ("rows.sum(x)", "engine-not-offered"),
        ("add_days(d, 3) == d", "engine-not-offered"),
        ("d - d", "engine-not-offered"),
        ("one_of(x, x)", "engine-list"),
        ("starts_with(w, w)", "engine-list"),
        ("f + 1", "engine-no-column"),
        ('w < "b"', "engine-kind"),
        ('x == "b"', "engine-kind"),
    ],
)
def test_what_an_engine_does_not_offer_is_refused(text: str, code: str) -> None:
    """Other rows, other tables, a calendar, a list of columns, 32-bit floats: refused with a code, never guessed."""
    frame = pl.DataFrame(
        {"x": [1.0], "f": [0.6], "w": ["a"], "d": [date(2022, 1, 1)]}, schema_overrides={"f": pl.Float32}
    )
    assert code_of(text, frame) == code


def test_a_name_that_is_taken_or_turns_in_a_circle_is_refused() -> None:
    """No column of the user is ever replaced, not even one that differs by case only."""
    frame = pl.DataFrame({"X": [1.0]})
    with pytest.raises(ZhishuError) as caught:
        run_register({"x": parse("1 + 1")}, frame)
    assert caught.value.problems[0].code == "engine-name-taken"
    with pytest.raises(ZhishuError) as caught:
        run_register({"a": parse("b"), "b": parse("a")}, frame)
    assert caught.value.problems[0].code == "formula-cycle"


def test_levels_hold_one_step_each() -> None:
    """A long formula becomes a chain of small columns, and a part that two formulas share is computed once."""
    kinds = {"x": "number", "y": "number"}
    alone = compile_register({"a": parse("x / y")}, kinds)
    both = compile_register({"a": parse("x / y"), "b": parse("x / y < 0.6"), "c": parse("x / y > 0.9")}, kinds)
    assert len(alone.levels) == 2
    assert len(both.levels) == 3
    assert [len(level) for level in alone.levels] == [len(level) for level in both.levels[:2]]


@pytest.mark.parametrize(
    "text", ["x ** 2.5", "x ** 64", "x ** (0 - 3)", "x ** y", "root(x, 3)", "root(x, 0.5)", "exp(log(x))"]
)
def test_curves_agree_with_forty_digits(text: str) -> None:
    """Powers and roots of any exponent are those of the exact evaluator within 1e-9, on every engine."""
    values = [0.0, 0.5, 1.0, 2.0, 7.25, 100.0, -2.0]
    pairs = list(product(values, [0.0, 1.0, -1.0, 2.0, 0.5, -2.5]))
    frame = pl.DataFrame({"x": [a for a, _ in pairs], "y": [b for _, b in pairs]})
    exact = exact_cells(text, frame)
    for engine in ENGINES:
        for pair, cell, wanted in zip(pairs, cells(engine, text, frame), exact, strict=True):
            assert agree(cell, wanted), (engine, pair, cell, wanted)
