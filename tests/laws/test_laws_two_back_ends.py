"""The two back ends of the formula language say the same: exact evaluator, polars eager and lazy, DuckDB."""

from fractions import Fraction
from math import inf, nan

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formula.engine_samples import ENGINES, agree, exact_rows, on_engine
from zhishu.formula.engine import read_cell
from zhishu.formula.evaluate import LIMIT, evaluate
from zhishu.formula.scopes import Plain
from zhishu.formula.tree import Binary, Call, Compare, Logic, Name, Node, Number, Truth, Unary, children

FLOATS = st.sampled_from(
    [
        None,
        0.0,
        1.0,
        -1.0,
        0.6,
        0.1,
        0.2,
        0.3,
        2.5,
        -0.75,
        60.0,
        1234.5,
        1e-3,
        nan,
        inf,
        -inf,
        1e60,
        -1e99,
        1e100,
        1e308,
    ]
)
WHOLES = st.sampled_from([None, 0, 1, -1, 2, 3, 7, 60, 100, -250, 10**6, 10**15, 2**53 + 1, 2**62, -(2**63) + 1])
TRUTHS = st.sampled_from([None, True, False])
ROW = st.fixed_dictionaries({"x": FLOATS, "y": FLOATS, "i": WHOLES, "j": WHOLES, "p": TRUTHS, "q": TRUTHS})
SCHEMA = {"x": pl.Float64, "y": pl.Float64, "i": pl.Int64, "j": pl.Int64, "p": pl.Boolean, "q": pl.Boolean}
LITERALS = st.sampled_from(["0", "1", "2", "0.6", "3", "100", "0.001"]).map(lambda t: Number(Fraction(t)))

number_leaf = st.one_of(st.sampled_from("xyij").map(Name), LITERALS)
truth_leaf = st.one_of(st.sampled_from("pq").map(Name), st.booleans().map(Truth))


def _numbers(inner: st.SearchStrategy[Node], truths: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        st.builds(Binary, st.sampled_from("+-*/"), inner, inner),
        st.builds(
            Binary, st.just("**"), inner, st.sampled_from([0, 1, 2, 3, -1, -2]).map(lambda n: Number(Fraction(n)))
        ),
        st.builds(Unary, st.just("-"), inner),
        st.builds(lambda f, a: Call(f, (a,)), st.sampled_from(["abs", "log", "exp", "sqrt"]), inner),
        st.builds(lambda f, a, b: Call(f, (a, b)), st.sampled_from(["min", "max", "coalesce"]), inner, inner),
        st.builds(lambda c, a, b: Call("when", (c, a, b)), truths, inner, inner),
    )


def _truths(numbers: st.SearchStrategy[Node], inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        st.builds(Compare, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), numbers, numbers),
        st.builds(lambda op, a, b: Logic(op, (a, b)), st.sampled_from(["and", "or"]), inner, inner),
        st.builds(lambda a: Logic("not", (a,)), inner),
        st.builds(lambda a: Call("is_known", (a,)), numbers),
    )


numbers_1 = _numbers(number_leaf, truth_leaf)
truths_1 = _truths(st.one_of(number_leaf, numbers_1), truth_leaf)
numbers_2 = _numbers(st.one_of(number_leaf, numbers_1), truths_1)
truths_2 = _truths(st.one_of(number_leaf, numbers_1), st.one_of(truth_leaf, truths_1))
FORMULAS = st.one_of(numbers_2, truths_2)


def parts(node: Node) -> list[Node]:
    """Return a formula and every part of it."""
    return [node, *(p for child in children(node) for p in parts(child))]


def doubtful(node: Node, row: dict[str, object]) -> bool:
    """Return whether 64-bit floats cannot decide a row: a near tie, or a number near an edge of the language.

    Whole numbers are exact below 2**62 and are never in doubt there; an exact tie of floats never is.
    """
    scope = Plain({k: read_cell(v) for k, v in row.items()})
    for part in parts(node):
        value = evaluate(part, scope)
        if isinstance(value, Fraction) and (abs(value) > LIMIT / 2 or 0 < abs(value) < Fraction(1, 10**90)):
            return True
        match part:
            case Compare(_, left, right) | Binary("+" | "-", left, right):
                a, b = evaluate(left, scope), evaluate(right, scope)
                if isinstance(a, Fraction) and isinstance(b, Fraction):
                    gap = abs(a + b) if isinstance(part, Binary) and part.op == "+" else abs(a - b)
                    if 0 < gap < Fraction(1, 10**4) * max(abs(a), abs(b)):
                        return True
            case Call("exp", (inner,)):
                power = evaluate(inner, scope)
                if isinstance(power, Fraction) and abs(abs(power) - 230) < 30:
                    return True
    return False


def needs_more_than_64_bits(node: Node, row: dict[str, object]) -> bool:
    """Return whether a part of a formula is a number that an exact integer of the engines does not hold."""
    scope = Plain({k: read_cell(v) for k, v in row.items()})
    values = [evaluate(part, scope) for part in parts(node)]
    return any(isinstance(v, Fraction) and abs(v) >= 2**62 for v in values)


def decimal(row: dict[str, object]) -> dict[str, object]:
    """Return a row whose floats are the decimals they are written as."""
    return {k: Fraction(str(v)) if isinstance(v, float) and v == v and abs(v) < 1e99 else v for k, v in row.items()}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(FORMULAS, st.lists(ROW, min_size=8, max_size=8))
def test_t48_every_engine_says_what_the_exact_evaluator_says(node: Node, rows: list[dict[str, object]]) -> None:
    """Same truth, same reason where unknown, numbers within 1e-9, whatever the input."""
    frame = pl.DataFrame(rows, schema=SCHEMA).with_row_index("n")
    exact = exact_rows(node, [decimal(row) for row in rows])
    for engine in ENGINES:
        found = on_engine(engine, {"answer": node}, frame)
        whole = found["answer"].dtype == pl.Int64
        for n, (value, why) in enumerate(zip(found["answer"].to_list(), found["answer__why"].to_list(), strict=True)):
            if doubtful(node, decimal(rows[n])):
                continue
            # a whole answer that needed more than 64 bits on its way may be an overflow, never a wrong number
            beyond = whole and why == "overflow" and needs_more_than_64_bits(node, rows[n])
            assert beyond or agree((value, why), exact[n]), (engine, node, rows[n], value, why, exact[n])
