"""Laws of an assessment: order-free, monotone, parts sum, money conserved, same seed same bytes."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
from hypothesis import given as drawn
from hypothesis import strategies as st
from tests.score.assessments import ASPECTS, GROUPS, WAN, given, made

from zhishu.logic import Unknown
from zhishu.score.assess import Member, Ruling, assess
from zhishu.score.assess.place import Runner, places_of
from zhishu.score.assess.sure import class_sure

VETO = """
    vetoes:
      ban: {name: {zh: 事故, en: accident}, proposes: {zh: 甲, en: a}, decides: {zh: 乙, en: b}, effect: no_award}
      out: {name: {zh: 返贫, en: relapse}, proposes: {zh: 甲, en: a}, decides: {zh: 乙, en: b}, effect: no_standing}
    ties: [life]
"""
MIXED = ASPECTS.replace(
    "kind: interval, parameters: {full_at: 100, none_at: 0}, weight: 60", "kind: efficacy, weight: 60"
)
FIGURES = st.one_of(st.none(), st.integers(0, 100))
CLASS = st.lists(st.tuples(FIGURES, FIGURES), min_size=1, max_size=9)
RULINGS = st.lists(
    st.tuples(st.integers(0, 8), st.sampled_from(["ban", "out"]), st.sampled_from(["upheld", "rejected", None])),
    max_size=4,
)


def named(rows: list[tuple[int | None, int | None]]) -> dict[str, tuple[int | None, int | None]]:
    """Return rows under the names of specimens."""
    return {f"示例{n}": row for n, row in enumerate(rows)}


def ruled(rows: list[tuple[int | None, int | None]], rulings: list[tuple[int, str, str | None]]) -> tuple[Ruling, ...]:
    """Return rulings against units that are there."""
    return tuple(Ruling(f"示例{n}", rule, how) for n, rule, how in rulings if n < len(rows))  # type: ignore[arg-type]  # one of three words


@drawn(CLASS, RULINGS)
def test_places_and_money_are_conserved(
    rows: list[tuple[int | None, int | None]], rulings: list[tuple[int, str, str | None]]
) -> None:
    """Won, open and empty places are all places; no unit has two awards; money given, open and unspent is the pool."""
    done = assess(made(VETO, aspects=MIXED), given(named(rows), vetoes=ruled(rows, rulings)))
    for purse in done.purses:
        assert purse.won >= 0
        assert purse.held >= 0
        assert purse.empty >= 0
        assert sum(s.given.award == purse.award for s in done.standings) == purse.won
    assert sum(p.given + p.open + p.unspent for p in done.purses) == 16_000 * WAN
    assert all(isinstance(s.total, Fraction | Unknown) for s in done.standings)


@drawn(CLASS, RULINGS, st.randoms(use_true_random=False))
def test_the_order_in_which_units_are_given_plays_no_part(
    rows: list[tuple[int | None, int | None]], rulings: list[tuple[int, str, str | None]], random: object
) -> None:
    """Shuffled members and readings give the same standings and purses."""
    facts = given(named(rows), vetoes=ruled(rows, rulings))
    members = list(facts.members)
    random.shuffle(members)  # type: ignore[attr-defined]  # hypothesis gives a Random
    readings = {m.unit: facts.readings[m.unit] for m in members}
    declared = made(VETO, aspects=MIXED)
    assert assess(declared, facts) == assess(declared, replace(facts, members=tuple(members), readings=readings))


@drawn(CLASS, st.integers(0, 8), st.integers(1, 40))
def test_a_better_figure_never_costs_points_or_places(
    rows: list[tuple[int | None, int | None]], which: int, more: int
) -> None:
    """Where points come from a line of its own, raising a figure raises the total and worsens no place."""
    which %= len(rows)
    output, jobs = rows[which]
    if output is None:
        return
    better = [*rows[:which], (min(100, output + more), jobs), *rows[which + 1 :]]
    declared, unit = made(VETO), f"示例{which}"
    before, after = (assess(declared, given(named(r))).of(unit) for r in (rows, better))
    if isinstance(before.total, Fraction):
        assert isinstance(after.total, Fraction)
        assert after.total >= before.total
    if before.rank is not None and after.rank is not None:
        assert after.rank <= before.rank


@drawn(CLASS)
def test_what_the_parts_bring_sums_to_the_whole(rows: list[tuple[int | None, int | None]]) -> None:
    """Under arithmetic means every point of a total stands with an indicator, and bounds hold the total."""
    for s in assess(made(), given(named(rows))).standings:
        assert s.points is not None
        assert s.whole is not None
        assert s.whole.total.low <= s.whole.total.high
        if isinstance(s.total, Fraction):
            brought = [p.contribution for p in s.points.parts]
            assert sum(b for b in brought if isinstance(b, Fraction)) == s.total
            assert s.whole.total.low == s.whole.total.high == s.total


@drawn(st.integers(1, 50), CLASS)
def test_a_common_factor_of_the_weights_changes_nothing(factor: int, rows: list[tuple[int | None, int | None]]) -> None:
    """Figures and lines in a thousandth of the unit score the same: scale-free."""
    scaled = ASPECTS.replace("full_at: 100", f"full_at: {100 * factor}")
    more = {u: tuple(None if v is None else v * factor for v in row) for u, row in named(rows).items()}
    plain = assess(made(), given(named(rows)))
    other = assess(made(aspects=scaled), given(more))
    assert [(s.total, s.rank, s.given) for s in plain.standings] == [
        (s.total, s.rank, s.given) for s in other.standings
    ]


@drawn(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.booleans()), min_size=1, max_size=6), st.data())
def test_every_world_that_may_come_keeps_the_places_told(
    rows: list[tuple[int, int, bool]], data: st.DataObject
) -> None:
    """Draw one value inside each bound and let each unsure runner run or not: the place lies where it was said to."""
    runners = [
        Runner(f"示例{n}", Fraction(min(a, b)), Fraction(max(a, b)), (), sure) for n, (a, b, sure) in enumerate(rows)
    ]
    told = places_of(runners)
    world = {r.unit: data.draw(st.integers(int(r.low), int(r.high))) for r in runners}
    there = [r.unit for r in runners if r.sure or data.draw(st.booleans())]
    for unit in there:
        ahead = sum(world[u] > world[unit] for u in there)
        level = sum(world[u] == world[unit] for u in there if u != unit)
        assert told[unit].best <= ahead + 1
        assert ahead + 1 + level <= told[unit].worst


def test_the_same_seed_gives_the_same_intervals_and_another_does_not() -> None:
    """Intervals are drawn from the seed alone, and hold the declared rank."""
    rows = {f"示例{n}": (90 - 3 * n, 60 + 2 * n) for n in range(8)}
    facts = given(rows, errors={("示例3", "output"): Fraction(1, 10)})
    declared = made()
    done = assess(declared, facts)
    one, same, other = (class_sure(declared, facts, done, "a", seed=s) for s in (1, 1, 2))
    assert one is not None
    assert same is not None
    assert other is not None
    assert one.sure.scores.tobytes() == same.sure.scores.tobytes()
    assert one.sure.scores.tobytes() != other.sure.scores.tobytes()
    assert "1 个数按其标准误抽取" in one.says.zh
    for unit, (first, last) in one.ranks().items():
        rank = done.of(unit).rank
        assert rank is not None
        assert first <= rank <= last


def test_without_shift_and_errors_every_run_is_the_declared_one() -> None:
    """Nothing varied, nothing moves: all runs give the exact totals."""
    rows = {f"示例{n}": (90 - 3 * n, 60 + 2 * n) for n in range(8)}
    declared = made("    shift: 0")
    facts = given(rows)
    done = assess(declared, facts)
    sure = class_sure(declared, facts, done, "a", runs=10)
    assert sure is not None
    exact = [float(t) for u in sure.units if isinstance(t := done.of(u).total, Fraction)]
    assert np.allclose(sure.sure.scores, exact, rtol=0, atol=1e-9)


def test_groups_may_be_empty_of_members() -> None:
    """A class that is declared and holds nobody is told so, and the others are scored."""
    groups = GROUPS + "      b: {name: {zh: 乙类, en: class B}}\n"
    done = assess(
        made(groups=groups),
        given({f"示例{n}": (50 + n, 50) for n in range(6)}, members=tuple(Member(f"示例{n}", "a") for n in range(6))),
    )
    assert done.classes["b"].open[0].en == "there is no unit in it"
    assert done.of("示例5").rank == 1
