"""Conditions over few facts are weighed exactly where their questions can be told apart, and as a bound where not."""

from datetime import date
from fractions import Fraction

import pytest

from zhishu.formula.evaluate import evaluate
from zhishu.formula.parse import parse
from zhishu.formula.scopes import Plain
from zhishu.judge.domain import Domain
from zhishu.judge.normal import normal
from zhishu.logic import Unknown
from zhishu.system.weighing import rules_of, weighed

TODAY = date(2022, 12, 31)
WORD = Domain("word")
DAY = Domain("date", None, Fraction(date(1900, 1, 1).toordinal()), Fraction(date(9000, 1, 1).toordinal()), True)
FEW = Domain("number", None, Fraction(0), Fraction(3), True)
NUMBER = Domain("number")


@pytest.mark.parametrize(
    ("domains", "conditions", "left", "exact"),
    [
        # two words nobody has named can be alike or not
        ((WORD, WORD), ("f0 == f1", "f0 != f1"), "AB", True),
        ((WORD, WORD, WORD), ("f0 == f1 and f1 != f2", "f0 == f2", "f1 == f2"), "ABCD", True),
        ((WORD, Domain("word", ("x", "y"))), ("f0 == f1", 'f1 == "x"'), "ABD", True),
        # a code coarser than an entry leaves the question open and brings nothing about
        ((WORD,), ('starts_with(f0, "26") or when(starts_with("26", f0), unknown(), False)',), "AD", True),
        ((WORD,), ('starts_with("26", f0) and f0 != "26"', 'f0 == "26"'), "ABD", True),
        # days some days later
        ((DAY,), ('add_days(f0, 30) < day("2022-01-01")', 'f0 < day("2022-01-01")'), "ABD", True),
        ((DAY, NUMBER), ('f0 < day("2022-01-01")', 'f0 < day("2022-01-02") and f1 > 3'), "ABD", True),
        # whole numbers that hang together, one by one
        ((FEW, FEW), ("f0 + f1 > 5 and f1 < 3", "f0 + f1 == 6"), "BD", True),
        # a divisor of 0 leaves it open, which is no outcome
        ((NUMBER, NUMBER), ("f0 / f1 < 0.6", "f0 / f1 >= 0.6"), "AB", True),
        # products of two are not followed
        ((NUMBER, NUMBER), ("f0 * f1 > 1", "f0 * f1 <= 1"), "ABD", False),
    ],
)
def test_outcomes_left(domains: tuple[Domain, ...], conditions: tuple[str, ...], left: str, exact: bool) -> None:
    """Rules in order give A, B, C; otherwise D."""
    gives = "ABC"[: len(conditions)]
    nodes = tuple(normal(parse(c), {}, {}) for c in conditions)
    found = weighed(rules_of(TODAY, nodes, domains, gives, "D"), 2000)
    assert ("".join(sorted(found.left)), found.exact) == (left, exact)


def test_too_many_combinations_are_a_bound() -> None:
    """With no room to try anything the conditions are taken one by one."""
    nodes = tuple(normal(parse(c), {}, {}) for c in ("f0", "not f0"))
    rules = rules_of(TODAY, nodes, (Domain("truth"),), "AB", "D")
    assert (sorted(weighed(rules, 0).left), weighed(rules, 0).exact) == (["A", "B", "D"], False)
    assert (sorted(weighed(rules, 10).left), weighed(rules, 10).exact) == (["A", "B"], True)


def test_a_day_past_the_calendar_is_unknown() -> None:
    """Adding days never leaves the calendar with an exception."""
    found = evaluate(parse("add_days(d, 30)"), Plain({"d": date(9999, 12, 31)}))
    assert found == Unknown("overflow")
