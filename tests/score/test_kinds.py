"""Score kinds by hand: small cases, parameters that make no sense, and unknown that stays unknown."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError, fields, is_dataclass
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.score.kinds import (
    KINDS,
    Band,
    Boolean,
    Cliff,
    Completion,
    Deduct,
    Efficacy,
    Expert,
    Growth,
    Interval,
    Marginal,
    MinMax,
    PlacesGained,
    RankLine,
    RankTable,
    Senseless,
    Survey,
    boolean,
    cliff,
    completion,
    deduct,
    expert,
    growth,
    interval,
    marginal,
    panel,
    places_gained,
    rank_line,
    rank_table,
    survey,
)

F = Fraction
HELD = Unknown("held", "one row")
NUMBERS = st.fractions(-100, 100, max_denominator=50)
ANY = NUMBERS | st.booleans() | st.text(max_size=2) | st.just(date(2026, 1, 1)) | st.just(HELD)
TABLE = RankTable((F(10), F(8), F(6)), rest=F(3), least=2)
CASES: dict[str, tuple[object, tuple[Value, ...]]] = {
    "efficacy": (Efficacy(), (F(3),)),
    "minmax": (MinMax(), (F(3),)),
    "completion": (Completion(), (F(3), F(4))),
    "interval": (Interval(F(5), F(1)), (F(3),)),
    "marginal": (Marginal(F(60)), (F(3), F(4))),
    "deduct": (Deduct(F(5), F(0), F(1), F(2)), (F(1),)),
    "cliff": (Cliff(F(10), F(0)), (F(1, 50),)),
    "rank_table": (TABLE, (F(3),)),
    "rank_line": (RankLine(F(100), F(60), least=2), (F(3),)),
    "places_gained": (PlacesGained(F(1, 2), F(3)), (F(9), F(7))),
    "growth": (Growth(F(80), F(2)), (F(7, 100),)),
    "survey": (Survey(30), (F(45), F(50))),
    "expert": (Expert(3), (F(70), F(80), F(90))),
    "boolean": (Boolean(), (True,)),
}
"""Parameters that make sense and a row that earns points, for every kind."""


def test_every_kind_has_a_case_and_frozen_parameters() -> None:
    """What is registered is tested here; its parameters are a frozen dataclass and its words stand in both languages."""
    assert sorted(KINDS) == sorted(CASES)
    for name, kind in KINDS.items():
        how, row = CASES[name]
        assert kind.name == name
        assert is_dataclass(kind.parameters)
        assert isinstance(how, kind.parameters)
        assert all((kind.title.zh, kind.title.en, kind.caller.zh, kind.caller.en))
        assert len(row) == len(kind.reads) or kind.many
        with pytest.raises((FrozenInstanceError, AttributeError)):
            setattr(how, fields(kind.parameters)[0].name, F(1))


@pytest.mark.parametrize("name", sorted(CASES))
def test_an_unknown_stays_unknown_with_its_reason(name: str) -> None:
    """Whichever value of the row is unknown, so are the points, with that reason and never as a zero."""
    how, row = CASES[name]
    other = tuple(F(2) if name in ("efficacy", "minmax", "rank_table", "rank_line") else v for v in row)
    for n in range(len(row)):
        broken = (*row[:n], HELD, *row[n + 1 :])
        found = KINDS[name].score({"雅安": broken, "乐山": other}, how)
        assert found["雅安"] == HELD
        assert list(found) == ["乐山", "雅安"]


@pytest.mark.parametrize("name", sorted(CASES))
@given(data=st.data())
def test_a_kind_is_total(name: str, data: st.DataObject) -> None:
    """Whatever a cell holds, every unit has exact points or a reason in both languages."""
    how, row = CASES[name]
    rows = st.tuples(*(ANY for _ in row))
    units = data.draw(st.dictionaries(st.sampled_from("abcdef"), rows, max_size=6))
    for value in KINDS[name].score(units, how).values():
        assert isinstance(value, Fraction | Unknown)
        if isinstance(value, Unknown):
            assert all((value.say().zh, value.say().en))


def test_a_row_or_parameters_of_another_kind_are_refused() -> None:
    """A row too short, and parameters of another kind, are said in words before anything is scored."""
    with pytest.raises(ValueError, match="雅安 must have value, target"):
        KINDS["completion"].score({"雅安": (F(1),)}, Completion())
    with pytest.raises(ValueError, match="must be a Completion, not a Survey") as error:
        KINDS["completion"].score({"雅安": (F(1), F(2))}, Survey(30))
    assert isinstance(error.value, Senseless)
    assert error.value.say.zh == "参数须为 Completion"


SENSELESS: dict[str, Callable[[], object]] = {
    "cap: must be above zero": lambda: Completion(cap=F(0)),
    "full: must be an exact number": lambda: Completion(full=100.0),  # type: ignore[arg-type]
    "better: must be higher or lower": lambda: Efficacy("up"),  # type: ignore[arg-type]
    "none_at: must differ": lambda: Interval(F(5), F(5)),
    "bands: must have at least one": lambda: Marginal(F(60), ()),
    "bands: only the last": lambda: Marginal(F(60), (Band(None, F(20)), Band(F(10), F(40)))),
    "divisor: must be above zero": lambda: Band(F(10), F(0)),
    "step: must be above zero": lambda: Deduct(F(5), F(0), F(0), F(1)),
    "count: must be part, begun or whole": lambda: Deduct(F(5), F(0), F(1), F(1), count="half"),  # type: ignore[arg-type]
    "at_once: must not be below zero": lambda: Cliff(F(5), F(0), at_once=F(-1)),
    "floor: must be below": lambda: Cliff(F(0), F(0)),
    "points: must have at least one": lambda: RankTable(()),
    "points: must not grow": lambda: RankTable((F(5), F(6))),
    r"points\[0\]: must be an exact": lambda: RankTable((5,)),  # type: ignore[arg-type]
    "last: must be below": lambda: RankLine(F(60), F(60)),
    "least: must be a whole number of at least 2": lambda: RankLine(F(100), F(60), least=1),
    "least: must be a whole number of at least 1": lambda: Survey(True),
    "loss: must not be below zero": lambda: PlacesGained(F(1), F(3), loss=F(-1)),
    "most_lost: a loss and the most": lambda: PlacesGained(F(1), F(3), loss=F(1)),
    "base: must lie between": lambda: Growth(F(120), F(1)),
    "high: must be above the lowest points": lambda: Growth(F(0), F(1), high=F(0)),
    "at_least: must be a share": lambda: Growth(F(80), F(1), at_least=F(2)),
    "trim: must leave at least one": lambda: Expert(2),
    "high: must be above the lowest mark": lambda: Expert(3, low=F(100)),
    "no: must differ": lambda: Boolean(F(1), F(1)),
}


@pytest.mark.parametrize("words", sorted(SENSELESS))
def test_parameters_that_make_no_sense_are_refused(words: str) -> None:
    """The parameter is named and the reason stands in both languages."""
    with pytest.raises(Senseless, match=f"^{words}") as error:
        SENSELESS[words]()
    assert error.value.say.zh != error.value.say.en


def test_completion_by_hand() -> None:
    """At, below and beyond the target, without one, and where less is better."""
    over = Completion(cap=F(6, 5))
    assert [completion(F(x), F(50), over) for x in (-5, 0, 45, 50, 55, 90)] == [0, 0, 90, 100, 110, 120]
    assert [completion(F(x), F(6), Completion("lower", cap=F(2))) for x in (0, 2, 4, 6, 12)] == [200, 200, 150, 100, 50]
    assert completion(F(-1), F(6), Completion("lower")) == Unknown("domain", "negative")
    for aim in (F(0), F(-3)):
        assert completion(F(1), aim, Completion()) == Unknown("domain", "目标不大于零")
        assert completion(HELD, aim, Completion()) == HELD


def test_interval_by_hand() -> None:
    """Rising and falling, cut off at both ends."""
    rising, falling = Interval(F(20), F(10), F(5)), Interval(F(10), F(20), F(5))
    assert [interval(F(x), rising) for x in (9, 10, 14, 20, 21)] == [0, 0, 2, 5, 5]
    assert [interval(F(x), falling) for x in (9, 10, 14, 20, 21)] == [5, 5, 3, 0, 0]


def test_marginal_by_hand() -> None:
    """Each band of ten points on both sides of a mean of 50 %, base 60: 3, 1.5 and 1 point a point."""
    found = [marginal(F(x, 100), F(1, 2), Marginal(F(60))) for x in (50, 60, 70, 80, 90, 40, 30, 20, 0)]
    assert found == [60, 90, 105, 115, 115, 30, 15, 5, 5]
    open_end = Marginal(F(60), (Band(F(10), F(20)), Band(None, F(40))), "lower")
    assert [marginal(F(x, 100), F(1, 2), open_end) for x in (10, 50, 90)] == [135, 60, 0]


def test_deduct_and_cliff_by_hand() -> None:
    """Part, begun and whole steps; the published cliff; a line that is just met loses nothing."""
    for count, left in (("part", F(5)), ("begun", F(4)), ("whole", F(6))):
        assert deduct(F(7, 2), Deduct(F(10), F(1), F(1), F(2), count=count)) == left  # type: ignore[arg-type]
    takes = Cliff(F(0), F(0), floor=F(-9))
    assert [cliff(F(x, 1000), takes) for x in (-1, 0, 1, 9, 10, 20, 50)] == [0, 0, -3, -3, -6, -9, -9]


def test_rank_points_by_hand() -> None:
    """Ties share the better place; a small class has no places; an absent unit leaves open what depends on it."""
    five: dict[str, Value] = {"a": F(9), "b": F(7), "c": F(7), "d": F(5), "e": F(1)}
    assert list(rank_table(five, TABLE).values()) == [10, 8, 8, 3, 3]
    assert list(rank_line(five, RankLine(F(100), F(60), better="lower")).values()) == [60, 80, 80, 90, 100]
    assert rank_line({"a": F(1), "b": HELD}, RankLine(F(100), F(60)))["a"] == Unknown("held", "同类不足5个")
    absent = rank_table(five | {"a": HELD}, TABLE)
    assert absent["a"] == HELD
    assert absent["b"] == Unknown("held", "同类有单位缺数，名次未定")
    # an absent unit still belongs to its class and counts towards the least size
    assert rank_table(five | {"a": HELD}, RankTable(TABLE.points, TABLE.rest))["e"] == 3
    # the third of four known is at best third and at worst fourth; the last has the rest either way
    assert [absent["d"], absent["e"]] == [Unknown("held", "同类有单位缺数，名次未定"), F(3)]


def test_places_gained_by_hand() -> None:
    """Half a point a place, at most 3; a place lost costs what is declared; a place is a whole number from 1."""
    only, both = PlacesGained(F(1, 2), F(3)), PlacesGained(F(1, 2), F(3), F(1), F(2))
    assert [places_gained(F(9), F(now), only) for now in (1, 7, 9, 15)] == [3, 1, 0, 0]
    assert [places_gained(F(9), F(now), both) for now in (1, 7, 9, 10, 15)] == [3, 1, 0, -1, -2]
    for wrong in (F(0), F(3, 2), True):
        assert isinstance(places_gained(wrong, F(1), only), Unknown)


def test_growth_by_hand() -> None:
    """Points from a mean of 7 %; too few known leave nobody with points, unless a share is declared enough."""
    cells: dict[str, Value] = {"a": F(9, 100), "b": F(5, 100), "c": HELD}
    assert growth(cells, Growth(F(80), F(3), at_least=F(2, 3))) == {"a": 86, "b": 74, "c": HELD}
    assert growth(cells, Growth(F(80), F(3))) == dict.fromkeys("abc", HELD)
    assert growth({"a": F(9), "b": F(1)}, Growth(F(80), F(3), better="lower")) == {"a": 0, "b": 100}
    assert growth({}, Growth(F(80), F(3))) == {}


def test_survey_and_boolean_by_hand() -> None:
    """Too few answers, more agreeing than answered and half an answer are unknown; a number is no yes."""
    assert survey(F(45), F(60), Survey(30, F(20))) == 15
    assert survey(F(0), F(30), Survey(30)) == 0
    assert survey(F(29), F(29), Survey(30)).say().zh == "没有可算的行（答卷29份，不足30份）"  # type: ignore[union-attr]
    assert survey(F(31), F(30), Survey(30)) == Unknown("domain", "赞成数多于答卷数")
    assert isinstance(survey(F(1, 2), F(30), Survey(30)), Unknown)
    assert [boolean(fact, Boolean(F(0), F(5))) for fact in (True, False)] == [0, 5]
    assert isinstance(boolean(F(1), Boolean()), Unknown)


def test_expert_by_hand() -> None:
    """One highest and one lowest left out; the spread is that of all marks; too few or out of range are unknown."""
    said = panel([F(m) for m in (10, 6, 8, 2, 7)], Expert(5, high=F(10)))
    assert (said.points, said.marks, said.lowest, said.highest, said.spread) == (70, 5, 2, 10, 8)
    few = panel([F(80)] * 4, Expert(5))
    assert few.points == Unknown("empty", "专家4人，不足5人")
    assert few.spread is None
    assert expert([F(101)] * 5, Expert(5)) == Unknown("domain", "分数101越界")
    assert expert([], Expert(1, 0)) == Unknown("empty", "专家0人，不足1人")
