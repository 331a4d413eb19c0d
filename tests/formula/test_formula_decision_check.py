"""Gaps, overlaps and rows never reached: found exactly, against enumeration of every case."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import product
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formula.decision_samples import COLUMNS, FACTS, LEVEL, LEVELS, asking, matches, rows_of

from zhishu.formula.decision.check import Checked, check_table
from zhishu.formula.decision.read import read_table
from zhishu.formula.decision.table import Column, DecisionTable, InputKind, Policy, Value
from zhishu.formula.decision.told import table_problems
from zhishu.formula.decision.values import base
from zhishu.formula.evaluate import Value as Fact
from zhishu.formula.tree import Number, Truth, Word
from zhishu.logic import Unknown

OUT = Column("level", LEVELS)
KINDS = {
    "share": InputKind("number", "%", least=Fraction(0), most=Fraction(100)),
    "signed": InputKind("truth"),
    "code": InputKind("word"),
    "opened": InputKind("date"),
    "people": InputKind("number", "人", least=Fraction(0), whole=True),
    "level": InputKind("word"),
}


def every_case(table: DecisionTable) -> Iterator[dict[str, Fact]]:
    """Yield a case for every combination of facts that the columns' cells could tell apart."""
    asked = asking(table.rows)
    missing: tuple[Fact, ...] = (Unknown("missing"),)
    options = [FACTS[c.name] + (missing if i in asked else ()) for i, c in enumerate(table.inputs)]
    for chosen in product(*options):
        yield dict(zip((c.name for c in table.inputs), chosen, strict=True))


def fact(value: Value | None) -> Fact:
    """Return the fact that a written value states."""
    match value:
        case None:
            return Unknown("missing")
        case Number():
            return base(value)
        case Word(word):
            return word
        case Truth(flag):
            return flag
        case date():
            return value


def holding(table: DecisionTable, case: Mapping[str, Fact]) -> list[str]:
    """Return the rows that match a case."""
    asked = asking(table.rows)
    return [row.id for row in table.rows if matches(row, table.inputs, case, asked) is True]


@st.composite
def tables(draw: st.DrawFn, policy: Policy) -> DecisionTable:
    """Draw a table of up to three columns."""
    columns = tuple(draw(st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=3, unique_by=lambda c: c.name)))
    return DecisionTable("示例", columns, (OUT,), draw(rows_of(columns, LEVEL)), policy)


def cases_of(checked: Checked, kind: str) -> list[tuple[tuple[str, ...], dict[str, Fact]]]:
    """Return the rows and the case of every finding of a kind."""
    return [(f.rows, {name: fact(value) for name, value in f.case.items()}) for f in checked.findings if f.kind == kind]


@given(tables("first"))
@settings(max_examples=80, deadline=None)
def test_gaps_and_masked_rows_are_those_of_enumeration(table: DecisionTable) -> None:
    """A gap is found exactly where some case has no row, a masked row where no case comes to it first."""
    checked = check_table(table)
    winners = [holding(table, case) for case in every_case(table)]
    gaps = cases_of(checked, "gap")
    assert bool(gaps) == any(not found for found in winners)
    assert all(holding(table, case) == [] for _, case in gaps)
    reached = {found[0] for found in winners if found}
    matched = {row for found in winners for row in found}
    rows = {row.id for row in table.rows}
    assert {f.rows[0] for f in checked.findings if f.kind == "never"} == rows - matched
    assert {f.rows[0] for f in checked.findings if f.kind == "masked"} == matched - reached
    for masked, case in cases_of(checked, "masked"):
        assert masked[0] in holding(table, case)
        assert set(masked[1:]) & set(holding(table, case))


@given(tables("unique"))
@settings(max_examples=80, deadline=None)
def test_overlaps_are_those_of_enumeration(table: DecisionTable) -> None:
    """Every pair of rows that one case matches is found, told apart by what they give, with such a case."""
    checked = check_table(table)
    gives = {row.id: row.outputs[0] for row in table.rows}
    pairs = {(a, b) for case in every_case(table) for a, b in product(holding(table, case), repeat=2) if a < b}
    for kind, alike in (("overlap", False), ("overlap_same", True)):
        found = cases_of(checked, kind)
        assert {rows for rows, _ in found} == {(a, b) for a, b in pairs if (gives[a] == gives[b]) == alike}
        assert all(set(rows) <= set(holding(table, case)) for rows, case in found)


def told(text: str, policy: Policy = "unique") -> list[str]:
    """Return the codes of what the check of a table says."""
    table = read_table(text, KINDS, policy, file="示例.csv")
    return [problem.code for problem in table_problems(table, check_table(table))]


def test_bounds_and_whole_numbers_leave_no_false_gaps() -> None:
    """Between 0 and 100 %, and from one whole number to the next, nothing is missing."""
    assert told("share,-> level\n[0 %..60 %),low\n[60 %..100 %],enough\n") == []
    assert told("people,-> level\n[0..10],small\n[11..20],more\n> 20,many\n") == []
    assert told("share,-> level\n[0 %..60 %),low\n(60 %..100 %],enough\n") == ["table-gap"]
    assert told("people,-> level\n[0..10],small\n[12..20],more\n> 20,many\n") == ["table-gap"]
    assert told("people,-> level\n-,any\n< 0,none\n", "first") == ["table-row-never"]


@pytest.mark.parametrize(
    ("text", "policy", "codes"),
    [
        ("code,-> level\n5101*,a\n510104,b\nnot(5101*),c\n", "unique", ["table-overlap"]),
        ("code,-> level\n5101*,a\n510104,a\n-,a\n", "unique", ["table-overlap-same"] * 3),
        ("code,-> level\n5101*,a\n510104,b\n-,c\n", "first", ["table-row-masked"]),
        ("code,-> level\n510104,b\n5101*,a\n-,c\n", "first", []),
        ("opened,-> level\n< 2019-01-01,a\n[2019-01-01..2020-01-01),b\n>= 2020-01-01,c\n", "unique", []),
        (
            "opened,-> level\n<= 2019-01-01,a\n[2019-01-01..2020-01-01),b\n>= 2020-01-01,c\n",
            "unique",
            ["table-overlap"],
        ),
        ("signed,-> level\n是,a\n否,b\n", "unique", []),
        ("signed,-> level\n是,a\n否,b\n未知,c\n", "unique", []),
        ("signed,-> level\n是,a\n未知,c\n", "unique", ["table-gap"]),
    ],
)
def test_what_a_table_is_told(text: str, policy: Policy, codes: list[str]) -> None:
    """Slips of small tables are told with their code, and whole tables are told nothing."""
    assert told(text, policy) == codes


def test_rows_with_a_condition_are_named_and_never_relied_on() -> None:
    """A row with an extra condition fills no gap, hides no row and makes no error; each time it is said."""
    assert told("share,when,-> level\n<60 %,signed,low\n>=60 %,,enough\n") == ["table-when-unchecked"]
    assert told("share,when,-> level\n<60 %,signed,low\n<60 %,not signed,open\n>=60 %,,enough\n") == [
        "table-when-unchecked",
        "table-when-unchecked",
    ]
    assert told("share,when,-> level\n-,signed,low\n<60 %,,open\n>=60 %,,enough\n", "first") == []


def test_the_words_of_a_finding() -> None:
    """A gap is told in both languages with the names and values a reader knows."""
    table = read_table("share,signed,-> level\n<60 %,yes,low\n>=60 %,-,enough\n", KINDS, file="示例.csv")
    problem = table_problems(table, check_table(table))[0]
    assert problem.what.zh == "share为0%、signed为否时没有一行适用"
    assert (problem.where, problem.severity) == ("示例.csv", "warning")


def test_twelve_columns_by_two_thousand_rows_do_not_explode() -> None:
    """A large table without gaps is checked in seconds; a hole in it is found with its case."""
    names = [f"f{i}" for i in range(12)]
    kinds = {name: InputKind("number", least=Fraction(0), most=Fraction(1000), whole=True) for name in names}
    kinds["out"] = InputKind("number")
    lines = []
    for n in range(2000):
        low = n // 2
        cells = [str(low) if low < 999 else ">= 999", "< 500" if n % 2 else ">= 500", *["-"] * 10]
        lines.append(",".join([*cells, str(n)]))
    header = ",".join([*names, "-> out"])
    start = process_time()
    whole = check_table(read_table("\n".join([header, *lines]), kinds))
    assert whole.findings == ()
    holed = check_table(read_table("\n".join([header, *lines[:1234], *lines[1235:]]), kinds))
    assert [f.kind for f in holed.findings] == ["gap"]
    assert fact(holed.findings[0].case["f0"]) == 617
    assert process_time() - start < 60


def test_a_search_that_is_too_large_says_so() -> None:
    """With no steps left the check tells that gaps were not looked for to the end, and where it stopped."""
    table = read_table("share,signed,-> level\n<60 %,yes,low\n>=60 %,-,enough\n", KINDS, "first", file="示例.csv")
    codes = [p.code for p in table_problems(table, check_table(table, steps=0))]
    assert "table-check-unfinished" in codes


def test_many_overlaps_are_counted() -> None:
    """Beyond what a reader takes in, overlaps are counted, errors before warnings."""
    table = read_table("share,-> level\n" + "-,a\n" * 12 + "-,b\n", KINDS, file="示例.csv")
    checked = check_table(table)
    assert [f.kind for f in checked.findings][:12] == ["overlap"] * 12
    assert len(checked.findings) + checked.more == 13 * 12 // 2
    assert table_problems(table, checked)[-1].code == "table-overlap-more"


def test_of_two_rows_of_one_priority_none_may_decide() -> None:
    """Rows that both apply, differ and have the same number are named; those of another number, or alike, are not."""
    kinds = {
        "share": InputKind("number", "%"),
        "signed": InputKind("truth"),
        "level": InputKind("word"),
    }
    text = "share,signed,priority,-> level\n<40 %,-,1,stop\n-,是,{second},watch\n-,-,3,pass\n>50 %,-,3,pass\n"
    for second, found in (("1", ["table-overlap"]), ("2", [])):
        table = read_table(text.format(second=second), kinds, "priority", name="示例", file="示例.csv")
        told = [p for p in table_problems(table, check_table(table)) if p.code == "table-overlap"]
        assert [p.code for p in told] == found
        assert all(p.severity == "error" and "1" in p.what.en and "2" in p.what.en for p in told)
