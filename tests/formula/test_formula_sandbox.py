"""The sandbox of the formula language: nothing outside the language is ever read, run or waited for."""

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.errors import ZhishuError
from zhishu.formula.check import NUMBER, Scope, arrange, check, order
from zhishu.formula.parse import parse
from zhishu.formula.tree import Name

SCOPE = Scope("row", {"a": NUMBER, "b": NUMBER})


def refused(text: str) -> set[str]:
    """Return the codes with which reading or checking a text refuses it."""
    with pytest.raises(ZhishuError) as error:
        check(parse(text, "gate.yaml:8"), SCOPE, "gate.yaml:8")
    assert all(p.where.startswith("gate.yaml:8") for p in error.value.problems)
    return {p.code for p in error.value.problems}


@pytest.mark.parametrize(
    "text",
    [
        "a.__class__",
        "a.__class__.__mro__",
        "().__class__.__bases__",
        "a._private",
        "'x'.format(a)",
        "a.b.c",
        "a.__init__()",
    ],
)
def test_t40_attributes_are_refused(text: str) -> None:
    """No attribute of an object can be reached."""
    assert refused(text) == {"formula-form"}


@pytest.mark.parametrize(
    "text",
    ["__import__('os')", "eval('1')", "exec('1')", "open('x')", "getattr(a, 'b')", "globals()", "print(a)"],
)
def test_t40_builtins_are_unknown_functions(text: str) -> None:
    """A builtin is a function the language does not know."""
    assert refused(text) == {"formula-unknown-function"}


@pytest.mark.parametrize("text", ["import os", "a = 1", "a; b", "del a", "", " ", "a b", "1 +", "\x00", "\ud800"])
def test_t40_statements_are_refused(text: str) -> None:
    """Only one expression is a formula."""
    assert refused(text) == {"formula-syntax"}


@pytest.mark.parametrize(
    "text",
    [
        "lambda: 1",
        "[x for x in a]",
        "(x for x in a)",
        "{a: 1}",
        "[a]",
        "(a, b)",
        "a[0]",
        "f'{a}'",
        "(x := 1)",
        "a if b else 1",
        "a @ b",
        "a // b",
        "a % b",
        "a << 9",
        "~a",
        "a is b",
        "a in b",
        "max(*a)",
        "max(a, key=b)",
        "...",
        "None",
        "b'x'",
        "1j",
        "1e999",
        "0xff",
        "(lambda: 1)()",
        "max(a, b)(1)",
    ],
)
def test_t40_forms_outside_the_language_are_refused(text: str) -> None:
    """Every form of Python that is not in the language is refused by name."""
    assert refused(text) == {"formula-form"}


@pytest.mark.parametrize("text", ["9**9**9", "9**9**9**9", "(9**9**9) * 0 < a", "a ** 9 ** 9 ** 9"])
def test_t40_towers_are_not_computed(text: str) -> None:
    """Reading and checking a tower of powers computes nothing and takes no time."""
    start = perf_counter()
    assert check(parse(text), SCOPE).kind in {"number", "truth"}
    assert perf_counter() - start < 1


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000 + "a" + ")" * 10_000,
        "(" * 900 + "a" + ")" * 900,
        "(" * 150 + "a" + ")" * 150 + "+" + "-" * 60 + "a",
        "-" * 1_900 + "a",
        "not " * 450 + "a",
        "a" + "**a" * 600,
        "a" + "+a" * 900,
        "max(a," * 200 + "a" + ")" * 200,
        "a" * 1_000_000,
        "[" * 1_999,
        "9" * 1_999,
    ],
)
def test_t40_deep_and_long_formulas_are_refused_quickly(text: str) -> None:
    """Nesting and length have limits, and reaching them is quick."""
    start = perf_counter()
    assert refused(text) <= {"formula-too-large", "formula-syntax", "formula-form"}
    assert perf_counter() - start < 2


def test_t40_cycles_print_the_cycle() -> None:
    """A cycle is refused and shown in the direction of reading."""
    formulas = {
        "c": parse("a + x"),
        "a": parse("b / 2"),
        "b": parse("when(c > 0, 1, 2)"),
        "self": parse("self + 1"),
    }
    with pytest.raises(ZhishuError) as error:
        order(formulas, "article 20")
    shown = [(p.code, p.where, p.what.en.rpartition(": ")[2]) for p in error.value.problems]
    assert sorted(shown) == [
        ("formula-cycle", "article 20", "a → b → c → a"),
        ("formula-cycle", "article 20", "self → self"),
    ]


def test_t40_long_chains_and_long_cycles_end() -> None:
    """Ten thousand formulas in a chain are arranged; in a circle they are refused, both without recursion."""
    size = 10_000
    chain = {f"n{i}": [f"n{i + 1}"] for i in range(size)}
    assert arrange(chain)[0] == f"n{size - 1}"
    with pytest.raises(ZhishuError) as error:
        arrange({**chain, f"n{size - 1}": ["n0"]})
    assert len(error.value.problems[0].what.en) < 400
    with pytest.raises(ZhishuError) as error:
        order({f"n{i}": Name(f"n{i}") for i in range(size)})
    assert len(error.value.problems) == 20


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=60), st.text(alphabet="ab09.+-*/()<>=!,'\"_ andortmx\n\\#", max_size=40)))
def test_t40_any_text_is_a_formula_or_a_problem(text: str) -> None:
    """Whatever is typed, only problems with a place come out."""
    places = ["gate.yaml:8"]
    try:
        check(parse(text, "gate.yaml:8"), SCOPE, "gate.yaml:8")
    except ZhishuError as error:
        places = [p.where for p in error.problems]
    assert all(place.startswith("gate.yaml:8") for place in places)
