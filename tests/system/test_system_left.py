"""The outcomes a sheet says are possible are those its missing cells can bring about, each of them and no other."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.pack.sheets import sheet

from zhishu.pack.system import System
from zhishu.system.answer import run_system
from zhishu.system.answered import Answer, Result
from zhishu.system.case import RawCase, RawRow
from zhishu.system.open_said import open_said

TODAY = date(2020, 1, 1)
OPEN = "open"
UNKNOWN = "unknown"
SHEET = """
system: t
archetype: index
cite: {at: "1.1", quote: 发展}
about: {zh: 甲, en: a}
parameters:
  strict: {name: {zh: 从严, en: strict}, type: truth}
tables:
  items:
    name: {zh: 项, en: items}
    key: [id]
    fields:
      id: {name: {zh: 编号, en: id}, type: text}
      a: {name: {zh: 甲, en: a}, type: truth}
      b: {name: {zh: 乙, en: b}, type: truth}
      n: {name: {zh: 数, en: n}, unit: "1", min: 0, max: 3, whole: true}
      m: {name: {zh: 量, en: m}, unit: "1", min: 0, max: 3, whole: true}
      c: {name: {zh: 类, en: c}, type: choice, choices: {x: {zh: 壹, en: one}, y: {zh: 贰, en: two}}}
      on: {name: {zh: 日, en: day}, type: date}
    checks: CHECKS
    derive:
      d: {formula: 'when(a, n, m)', unit: "1"}
      rate: {formula: n / m, unit: "1"}
      sure: 'parts.count_surely(p)'
      few: {formula: 'coalesce(n, 0)', unit: "1"}
    verdict:
      outcomes:
        A: {name: {zh: 一, en: first}, tone: good}
        B: {name: {zh: 二, en: second}, tone: warn}
        C: {name: {zh: 三, en: third}, tone: bad}
        D: {name: {zh: 四, en: fourth}, tone: neutral}
        open: {name: {zh: 未定, en: open}, tone: unknown}
      rules: RULES
      otherwise: D
      unknown: open
  parts:
    name: {zh: 件, en: parts}
    fields:
      item: {name: {zh: 项, en: item}, type: ref, ref: items, required: true}
      p: {name: {zh: 合格, en: passed}, type: truth}
      q: {name: {zh: 件数, en: q}, unit: "1", min: 0, max: 3, whole: true}
    checks: SPOILT
answers: []
"""
Rows = Mapping[str, list[dict[str, object]]]
ITEM: dict[str, object] = {"id": "i", "a": UNKNOWN, "b": UNKNOWN, "n": UNKNOWN, "m": UNKNOWN, "c": UNKNOWN}
DOMAINS: Mapping[str, tuple[object, ...]] = {
    "a": (True, False),
    "b": (True, False),
    "p": (True, False),
    "n": (0, 1, 2, 3),
    "m": (0, 1, 2, 3),
    "q": (0, 1, 2, 3),
    "c": ("x", "y"),
}


SPOILT = "[{id: spoilt, when: q == 3, then: exclude, say: {zh: 坏件, en: spoilt}}]"
"""A check of parts that leaves a part out."""


def declared(*rules: tuple[str, str], checks: str = "[]", spoilt: str = "[]") -> System:
    """Return the sheet with the rules of its items: outcome and condition, and the checks of items and of parts."""
    written = "[" + ", ".join(f"{{give: {give}, when: '{when}'}}" for give, when in rules) + "]"
    return sheet(SHEET.replace("RULES", written).replace("CHECKS", checks).replace("SPOILT", spoilt))


def run(system: System, rows: Rows, strict: object = UNKNOWN) -> Answer:
    """Return the answer to rows whose unknown cells are written ``unknown``."""
    tables = {name: [RawRow(row, f"{name}[{i}]") for i, row in enumerate(held)] for name, held in rows.items()}
    return run_system(system, RawCase(tables, {"strict": strict}), TODAY, {}, small=None)


def told(system: System, rows: Rows, strict: object = UNKNOWN) -> Result | None:
    """Return what is said of the first item; None where the rows are refused or the item does not count."""
    answer = run(system, rows, strict)
    return next((r for r in answer.results if r.table == "items"), None) if answer.ok else None


def of_item(
    rules: Sequence[tuple[str, str]],
    cells: Mapping[str, object],
    parts: Sequence[Mapping[str, object]] = (),
    checks: str = "[]",
    spoilt: str = "[]",
) -> Result:
    """Return what is said of an item of which only ``cells`` are known."""
    rows: Rows = {"items": [{**ITEM, **cells}], "parts": [{"item": "i", **part} for part in parts]}
    found = told(declared(*rules, checks=checks, spoilt=spoilt), rows)
    assert found is not None
    return found


def one(
    *rules: tuple[str, str],
    checks: str = "[]",
    spoilt: str = "[]",
    parts: Sequence[Mapping[str, object]] = (),
    **cells: object,
) -> Result:
    """Return what is said of an item of which only ``cells`` are known."""
    return of_item(rules, cells, parts, checks, spoilt)


def possible(result: Result) -> tuple[str, ...]:
    """Return the ids of the outcomes that are possible."""
    return tuple(o.id for o in result.possible)


def test_a_fact_in_two_rules_has_one_value_in_both() -> None:
    """x, not x, otherwise: the third cannot come about."""
    found = one(("A", "a"), ("B", "not a"))
    assert (found.outcome and found.outcome.id, possible(found), found.exact) == (OPEN, ("A", "B"), True)
    assert found.ask is not None
    assert (found.ask.field, found.ask.settles) == ("a", True)


def test_where_one_outcome_is_left_it_is_the_verdict() -> None:
    """Whatever the missing fact is, the row passes; before, it stood open."""
    found = one(("A", "a"), ("A", "not a"))
    assert found.outcome is not None
    assert (found.outcome.id, found.open, found.ask) == ("A", False, None)


@pytest.mark.parametrize(
    ("rules", "cells", "left"),
    [
        ((("A", "n + m > 3"), ("B", "n > 2 and m > 0"), ("C", "n == m")), {}, "A C D"),
        ((("A", "d >= 2"), ("B", "a and n < 2")), {"m": 0}, "A B D"),
        ((("A", "rate < 1"), ("B", "rate >= 1")), {}, "A B"),
        ((("A", 'c == "x"'), ("B", 'c == "y"')), {}, "A B"),
        ((("A", "add_days(on, 30) < today"), ("B", "on <= today"), ("C", "days_between(on, today) < 0")), {}, "A B C"),
        ((("A", "strict"), ("B", "not strict and a")), {"a": True}, "A B"),
        ((("A", "n >= 0"), ("B", "a")), {}, "A"),
    ],
)
def test_numbers_days_choices_and_parameters(
    rules: tuple[tuple[str, str], ...], cells: Mapping[str, object], left: str
) -> None:
    """Sums, choices inside sums, quotients, days, settings: the outcomes named are those that can come about."""
    found = of_item(rules, cells)
    assert (" ".join(possible(found)), found.exact) == (left, True)


def test_rows_of_another_table_count_one_by_one() -> None:
    """Two parts are open and one is known to pass: none can fail all, and the one asked is named with its row."""
    parts = ({"p": True, "q": 0}, {"p": UNKNOWN, "q": 1}, {"p": UNKNOWN, "q": 2})
    found = one(("A", "parts.all(p)"), ("B", "parts.any(p)"), parts=parts)
    assert (possible(found), found.exact) == (("A", "B"), True)
    assert found.ask is not None
    assert (found.ask.table, found.ask.field) == ("parts", "p")
    # a part whose number would have it left out is there or not, in every rule alike
    left = one(
        ("A", "parts.any(q == 3)"),
        ("B", "parts.count() == 2 and parts.any(q > 1)"),
        parts=({"q": 1}, {"q": UNKNOWN}),
        spoilt=SPOILT,
    )
    assert (possible(left), left.exact) == (("B", "D"), True)


def test_a_blank_that_is_an_answer_stays_one() -> None:
    """Where a rule asks whether a fact is known, its blank gives the verdict: nothing waits for it."""
    found = one(("A", "a"), ("B", "not is_known(n)"), ("C", "n > 1"))
    assert (possible(found), found.exact) == (("A", "B"), True)
    # here the fact is waited for as well: blank it settles nothing unless a is no
    mixed = one(("A", "a and n > 1"), ("B", "not is_known(n)"))
    assert (set(possible(mixed)), mixed.exact) == ({"A", "B", "D"}, True)
    # filled in it can only be the one; as long as it is blank the row stays open
    waits = one(("A", "n > 5"), ("B", "not is_known(n)"))
    assert waits.outcome is not None
    assert (waits.outcome.id, possible(waits), waits.exact) == (OPEN, ("D",), True)


def test_what_would_be_refused_does_not_come_about() -> None:
    """A number a check of the row refuses is no way to an outcome."""
    checks = "[{id: above, when: n > m, then: refuse, say: {zh: 大于, en: above}}]"
    assert possible(one(("A", "n > 1"), ("B", "n == 1"), checks=checks, m=1)) == ("B", "D")


def test_what_is_not_followed_is_a_bound_and_says_so() -> None:
    """A product of two unknown numbers, and a row that is missing: the outcomes are told rule by rule."""
    product_ = one(("A", "n * m > 20"), ("B", "n * m <= 20"))
    assert (possible(product_), product_.exact) == (("A", "B", "D"), False)
    missing = one(("A", "parts.only(p)"), ("B", "not parts.only(p)"))
    assert (possible(missing), missing.exact, missing.ask) == (("A", "B", "D"), False, None)
    assert [line.en for line in open_said(missing)] == [
        "rule by rule it may still be (not all of these need be able to come about): first / second / fourth"
    ]


def test_what_is_open_is_said() -> None:
    """Page and command line say what is possible and what to ask first, in both languages."""
    lines = list(open_said(one(("A", "parts.any(p)"), parts=({"p": UNKNOWN, "q": 0},))))
    assert [line.zh for line in lines] == [
        "未知的事实补上后还可能是：一 / 四",
        "先补“parts[0]”的“合格”，有的答复即可断定",
    ]
    assert (
        list(open_said(one(("A", "strict"))))[1].en
        == "ask first for the parameter “strict”, one answer to which settles it"
    )
    said = one(("A", "a"), ("B", "not a")).to_json()
    assert said["exact"] is True
    assert said["ask"] == {
        "table": "items",
        "subject": "i",
        "field": "a",
        "name": {"zh": "甲", "en": "a"},
        "settles": True,
    }


ATOMS = st.sampled_from(
    [
        "a",
        "b",
        "n >= 2",
        "n < m",
        "n + m > 3",
        "d >= 2",
        "rate < 1",
        'c == "x"',
        "strict",
        "parts.any(p)",
        "parts.all(p)",
        "parts.count(p) > 1",
        "parts.sum(q) >= 3",
        "parts.sum(q, p) > 1",
        "parts.largest(q) > n",
        "parts.any(p and q > 1)",
        "parts.any(q > this.n)",
    ]
)
READS_BLANK = st.sampled_from(["is_known(n)", "few > 1", "sure > 0", "coalesce(a, b)", "parts.sum_known(q) > 1"])


def conditions(atoms: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Conditions over atoms, two levels deep."""
    return st.recursive(
        atoms,
        lambda inner: st.one_of(
            inner.map(lambda x: f"not ({x})"),
            st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda t: f"({t[0]}) {t[1]} ({t[2]})"),
        ),
        max_leaves=3,
    )


PLACES = (("items", 0, "abnmc"), ("parts", 0, "pq"), ("parts", 1, "pq"))
CELLS = {name: st.sampled_from(domain) for name, domain in DOMAINS.items()}
ITEMS = st.fixed_dictionaries({name: CELLS[name] for name in "abnmc"})
PARTS = st.lists(st.fixed_dictionaries({"p": CELLS["p"], "q": CELLS["q"]}), max_size=2)
HOLES = st.sets(st.sampled_from([(table, i, f) for table, i, fs in PLACES for f in fs]), min_size=1, max_size=3)


def sheet_of(item: dict[str, object], parts: list[dict[str, object]], holes: set[tuple[str, int, str]]) -> Rows:
    """Return rows with some cells unknown."""
    rows: dict[str, list[dict[str, object]]] = {
        "items": [{"id": "i", **item}],
        "parts": [{"item": "i", **part} for part in parts],
    }
    for table, i, name in holes:
        if i < len(rows[table]):
            rows[table][i][name] = UNKNOWN
    return rows


def blanks(rows: Rows) -> list[tuple[str, int, str]]:
    """Return the places of the unknown cells."""
    return [(t, i, f) for t, held in rows.items() for i, row in enumerate(held) for f, v in row.items() if v == UNKNOWN]


def filled(rows: Rows, places: list[tuple[str, int, str]], with_blank: bool) -> Iterator[Rows]:
    """Yield the rows with their unknown cells filled in every way, or some of them."""
    more = (UNKNOWN,) if with_blank else ()
    for values in product(*((*DOMAINS[field], *more) for _, _, field in places)):
        copy: dict[str, list[dict[str, object]]] = {t: [dict(row) for row in held] for t, held in rows.items()}
        for (table, i, field), value in zip(places, values, strict=True):
            copy[table][i][field] = value
        yield copy


def reached(system: System, rows: Rows, with_blank: bool = False) -> set[str]:
    """Return the outcomes that completions of the rows give."""
    found: set[str] = set()
    assert system.tables["items"].verdict is not None
    reads_strict = any("strict" in rule.written for rule in system.tables["items"].verdict.rules)
    for whole in filled(rows, blanks(rows), with_blank):
        for strict in (True, False) if reads_strict else (True,):
            result = told(system, whole, strict)
            if result is not None and result.outcome is not None:
                found.add(result.outcome.id)
    return found - {OPEN}


@settings(max_examples=20)
@given(st.lists(conditions(ATOMS), min_size=3, max_size=3), ITEMS, PARTS, HOLES)
def test_law_possible_is_what_completions_give(
    rules: list[str], item: dict[str, object], parts: list[dict[str, object]], holes: set[tuple[str, int, str]]
) -> None:
    """By brute force over all completions: equal where it is exact, and nothing left out where it is a bound."""
    rows = sheet_of(item, parts, holes)
    system = declared(*zip("ABC", rules, strict=True))
    found = told(system, rows)
    assert found is not None
    assert found.outcome is not None
    truly = reached(system, rows)
    if found.outcome.id != OPEN:
        assert truly <= {found.outcome.id}
    elif found.exact:
        assert set(possible(found)) == truly
    else:
        assert truly <= set(possible(found))


@settings(max_examples=12)
@given(st.lists(conditions(st.one_of(ATOMS, READS_BLANK)), min_size=3, max_size=3), ITEMS, PARTS, HOLES)
def test_law_with_blanks_that_are_answers(
    rules: list[str], item: dict[str, object], parts: list[dict[str, object]], holes: set[tuple[str, int, str]]
) -> None:
    """Where a blank is itself an answer, an outcome said to be exact is one that filling in some of the cells gives."""
    rows = sheet_of(item, parts, holes)
    system = declared(*zip("ABC", rules, strict=True))
    found = told(system, rows)
    assert found is not None
    assert found.outcome is not None
    if found.outcome.id == OPEN and found.exact:
        assert set(possible(found)) <= reached(system, rows, with_blank=True)
