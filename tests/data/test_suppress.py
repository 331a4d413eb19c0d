"""Small counts stay hidden: from totals, across tables that share cells, and from one date to the next."""

import time
from collections.abc import Set as AbstractSet
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog, milp

from zhishu.data.cell_bounds import system, width
from zhishu.data.cell_tables import Key, Sum, Table, joined, two_way
from zhishu.data.suppress import MARK, Suppressed, narrow, suppress
from zhishu.errors import ZhishuError

PROTECTION = 3


def attack(table: Table, shown: AbstractSet[Key], key: Key, *, whole: bool = False) -> tuple[float, float]:
    """Solve for the smallest and largest value of a cell as a reader would, by a solver that is not ours."""
    hidden = [k for k in table.values if k not in shown]
    place = {k: i for i, k in enumerate(hidden)}
    a, b = np.zeros((len(table.sums), len(hidden))), np.zeros(len(table.sums))
    for i, line in enumerate(table.sums):
        for k, factor in ((line.total, -1), *((p, 1) for p in line.parts)):
            if k in place:
                a[i, place[k]] += factor
            else:
                b[i] -= factor * table.values[k]
    ends = []
    for sign in (1, -1):
        c = np.zeros(len(hidden))
        c[place[key]] = sign
        if whole:
            found = milp(c, constraints=(a, b, b), integrality=np.ones(len(hidden)))
            ends.append(sign * found.fun if found.status == 0 else -sign * float("inf"))
        else:
            found = linprog(c, A_eq=a, b_eq=b, bounds=(0, None), method="highs")
            ends.append(sign * found.fun if found.status == 0 else -sign * float("inf"))
    return ends[0], ends[1]


def safe(found: Suppressed, guarded: AbstractSet[Key], *, whole: bool = False) -> None:
    """Assert that no hidden cell is pinned, by everything shown and every known zero."""
    shown = found.published | found.structural
    for key in guarded - set(found.exposed):
        low, high = attack(found.history, shown, key, whole=whole)
        assert high - low >= PROTECTION - 1e-6, (key, low, high)


COUNTS = st.one_of(st.integers(0, 12), st.integers(0, 400))


@st.composite
def tables(draw: st.DrawFn, name: str = "t", most: int = 5) -> Table:
    """Draw a two-way table of counts with its totals."""
    rows, columns = draw(st.integers(1, most)), draw(st.integers(1, 4))
    cells = {(f"r{r}", f"c{c}"): draw(COUNTS) for r, c in product(range(rows), range(columns))}
    return two_way(name, cells)


@settings(deadline=None, max_examples=80)
@given(tables())
def test_t53_no_hidden_cell_is_pinned_from_totals(table: Table) -> None:
    """A reader who solves the linear system finds no hidden count, nor bounds it closely; nothing small is shown."""
    found = suppress(table, 10, PROTECTION)
    assert found.exposed == ()
    assert all(v >= 10 for v in found.shown.values())
    assert found.hidden | set(found.shown) == set(table.values)
    safe(found, found.hidden)


@settings(deadline=None, max_examples=30)
@given(tables(most=3))
def test_t53_nor_by_a_reader_who_knows_that_counts_are_whole(table: Table) -> None:
    """Solved over whole numbers."""
    found = suppress(table, 10, PROTECTION)
    safe(found, found.hidden, whole=True)


@settings(deadline=None, max_examples=40)
@given(tables(), st.data())
def test_t53_nor_from_two_tables_that_share_cells(table: Table, data: st.DataObject) -> None:
    """The same rows counted by another division: their totals are shared."""
    rows = [k for k in table.values if k[1] and not k[2]]
    values = dict(table.values)
    sums = list(table.sums)
    for row in rows:
        left = data.draw(st.integers(0, values[row]))
        parts = (("u", row[1], "old"), ("u", row[1], "young"))
        values |= dict(zip(parts, (left, values[row] - left), strict=True))
        sums.append(Sum(row, parts))
    for age in ("old", "young"):
        parts = tuple(("u", r[1], age) for r in rows)
        values["u", "", age] = sum(values[p] for p in parts)
        sums.append(Sum(("u", "", age), parts))
    sums.append(Sum(("t", "", ""), (("u", "", "old"), ("u", "", "young"))))
    found = suppress(Table(values, tuple(sums)), 10, PROTECTION)
    assert found.exposed == ()
    safe(found, found.hidden)


@settings(deadline=None, max_examples=40)
@given(tables(most=3), st.data())
def test_t53_nor_from_two_releases_of_consecutive_dates(table: Table, data: st.DataObject) -> None:
    """Counts that only grow: neither a count of either date nor a small increase is pinned."""
    first = suppress(table, 10, PROTECTION)
    inner = {k: v for k, v in table.values.items() if k[1] and k[2]}
    grown = {(k[1], k[2]): v + data.draw(st.sampled_from((0, 0, 1, 4, 30))) for k, v in inner.items()}
    new = two_way("t+1", grown)
    same = {k: ("t", *k[1:]) for k in new.values}
    second = suppress(new, 10, PROTECTION, before=first, same=same, growing=True)
    assert second.exposed == ()
    assert not first.hidden & second.published
    large = {k for k, v in second.history.values.items() if k[0] == "+" and v >= 10}
    safe(second, second.hidden - large)


@settings(deadline=None, max_examples=25)
@given(tables(most=3), st.lists(st.sampled_from((0, 0, 1, 4, 30)), min_size=24, max_size=24))
def test_t53_nor_from_three_dates(table: Table, steps: list[int]) -> None:
    """Each release is audited against all before it."""
    found = suppress(table, 10, PROTECTION)
    cells = {(k[1], k[2]): v for k, v in table.values.items() if k[1] and k[2]}
    before, left = "t", iter(steps)
    for name in ("u", "v"):
        cells = {k: v + next(left) for k, v in cells.items()}
        new = two_way(name, cells)
        same = {k: (before, *k[1:]) for k in new.values}
        found = suppress(new, 10, PROTECTION, before=found, same=same, growing=True)
        before = name
    assert found.exposed == ()
    large = {k for k, v in found.history.values.items() if k[0] == "+" and v >= 10}
    safe(found, found.hidden - large)


@settings(deadline=None, max_examples=40)
@given(tables(most=3), st.data())
def test_t53_nor_when_the_same_table_is_printed_again_with_one_correction(table: Table, data: st.DataObject) -> None:
    """What is equal at both dates is known to be equal."""
    first = suppress(table, 10, PROTECTION)
    cells = {(k[1], k[2]): v for k, v in table.values.items() if k[1] and k[2]}
    cells[data.draw(st.sampled_from(sorted(cells)))] = data.draw(COUNTS)
    new = two_way("t+1", cells)
    second = suppress(new, 10, PROTECTION, before=first, same={k: ("t", *k[1:]) for k in new.values})
    safe(second, second.hidden)


@settings(deadline=None, max_examples=60)
@given(tables(most=3), st.data())
def test_the_width_is_that_of_an_independent_solver(table: Table, data: st.DataObject) -> None:
    """In a two-way table the linear bounds are whole, so the exact walk finds them."""
    hidden = data.draw(st.sets(st.sampled_from(sorted(table.values)), min_size=1))
    key = data.draw(st.sampled_from(sorted(hidden)))
    low, high = attack(table, table.values.keys() - hidden, key)
    ours = width(system(table, hidden), key, table.values[key], 1000)
    assert ours == min(1000, round(high - low) if high < float("inf") else 1000)


def test_t52_below_ten_nothing_is_shown_and_nothing_is_hidden_without_need() -> None:
    """Ten is shown, nine and zero are not; one sign for all that is hidden; a safe table is shown whole."""
    big = two_way("t", {("a", "x"): 10, ("a", "y"): 10, ("b", "x"): 12, ("b", "y"): 300})
    assert suppress(big, 10, PROTECTION).hidden == frozenset()
    small = two_way("t", {("a", "x"): 9, ("a", "y"): 50, ("b", "x"): 40, ("b", "y"): 300})
    found = suppress(small, 10, PROTECTION)
    assert found.hidden == {("t", r, c) for r in "ab" for c in "xy"}
    assert {found.marked(k) for k in found.hidden} == {MARK}
    zero = two_way("t", {("a", "x"): 0, ("a", "y"): 50, ("b", "x"): 40, ("b", "y"): 300})
    assert ("t", "a", "x") in suppress(zero, 10, PROTECTION).hidden
    kept = suppress(zero, 10, PROTECTION, structural={("t", "a", "x")})
    assert kept.hidden == frozenset()
    assert kept.marked(("t", "a", "x")) == "0"


def test_a_small_total_hides_and_its_parts_with_it() -> None:
    """A row of three people in all."""
    table = two_way(
        "t", {("a", "x"): 1, ("a", "y"): 2, ("b", "x"): 40, ("b", "y"): 300, ("c", "x"): 50, ("c", "y"): 60}
    )
    found = suppress(table, 10, PROTECTION)
    assert {("t", "a", ""), ("t", "a", "x"), ("t", "a", "y")} <= found.hidden
    safe(found, found.hidden)


def test_t53_a_small_increase_hides_the_new_count() -> None:
    """Thirteen after twelve tells of one person; what was published stays published."""
    first = suppress(Table({("t", "a"): 12}, ()), 10, PROTECTION)
    assert first.shown == {("t", "a"): 12}
    new = Table({("u", "a"): 13}, ())
    same = {("u", "a"): ("t", "a")}
    second = suppress(new, 10, PROTECTION, before=first, same=same, growing=True)
    assert second.shown == {}
    assert second.exposed == ()
    free = suppress(new, 10, PROTECTION, before=first, same=same)
    assert free.shown == {("u", "a"): 13}


def test_what_was_published_before_and_gives_away_is_said() -> None:
    """Totals shown in an earlier table pin a small count of this one: no hiding helps, so it is named."""
    first = suppress(Table({("t", "all"): 30, ("t", "most"): 25}, ()), 10, PROTECTION)
    new = Table(
        {("u", "all"): 30, ("u", "most"): 25, ("u", "few"): 5},
        (Sum(("u", "all"), (("u", "most"), ("u", "few"))),),
    )
    same = {("u", k): ("t", k) for k in ("all", "most")}
    assert ("u", "few") in suppress(new, 10, PROTECTION, before=first, same=same).exposed


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (Table({("a",): -1}, ()), "cells-negative"),
        (Table({("a",): 1}, (Sum(("a",), (("b",),)),)), "cells-missing"),
        (Table({("a",): 1, ("b",): 2}, (Sum(("a",), (("b",),)),)), "cells-total"),
    ],
)
def test_bad_tables_are_refused(table: Table, code: str) -> None:
    """Before anything is published."""
    with pytest.raises(ZhishuError) as caught:
        suppress(table, 10, PROTECTION)
    assert [p.code for p in caught.value.problems] == [code]


def test_bad_declarations_are_refused() -> None:
    """A structural zero that is none, a pair that is none, a growing count that fell, one key with two counts."""
    first = suppress(Table({("t", "a"): 12}, ()), 10, PROTECTION)
    new = Table({("u", "a"): 11}, ())

    def codes(**more: object) -> list[str]:
        with pytest.raises(ZhishuError) as caught:
            suppress(new, 10, PROTECTION, **more)
        return [p.code for p in caught.value.problems]

    assert codes(structural={("u", "a")}) == ["cells-structural"]
    assert codes(before=first, same={("u", "b"): ("t", "a")}) == ["cells-missing"]
    assert codes(before=first, same={("u", "a"): ("t", "a")}, growing=True) == ["cells-shrink"]
    with pytest.raises(ZhishuError) as caught:
        joined([new, Table({("u", "a"): 12}, ())])
    assert [p.code for p in caught.value.problems] == ["cells-differ"]


def test_a_province_by_six_groups_takes_seconds() -> None:
    """21 prefectures by 6 groups, a third of the cells small."""
    cells = {(f"r{r}", f"c{c}"): (r * 7 + c * 13) % 30 for r, c in product(range(21), range(6))}
    table = two_way("t", cells)
    began = time.perf_counter()
    found = suppress(table, 10, PROTECTION)
    assert time.perf_counter() - began < 20
    assert narrow(table, found.hidden, PROTECTION) == ()
