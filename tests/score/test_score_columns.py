"""Rank intervals as a column: declared rank inside, sure dominance never crossed, the seed decides."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.score.columns import rank_from_column, rank_to_column
from zhishu.score.rank import places

Marks = list[tuple[int, int, int]]
WEIGHTS = (50, 30, 20)
marks = st.lists(st.tuples(*[st.integers(0, 100)] * 3), min_size=5, max_size=9)


def spans(units: Marks, shift: Fraction, level: Fraction = Fraction(1), seed: int = 0) -> list[tuple[Value, Value]]:
    """Return the best and worst rank of each unit of one class."""
    rows: list[dict[str, Value]] = [
        {"unit": str(k), "group": "g", "eligible": True, "shift": shift, "level": level} for k in range(len(units))
    ]
    beside = [
        {"unit": str(k), "indicator": str(i), "weight": Fraction(w), "points": Fraction(unit[i])}
        for k, unit in enumerate(units)
        for i, w in enumerate(WEIGHTS)
    ]
    options = {"beside": beside, "seed": seed}
    return list(zip(rank_from_column(rows, options), rank_to_column(rows, options), strict=True))


def totals(units: Marks) -> list[int]:
    """Return the declared scores, times 100."""
    return [sum(w * v for w, v in zip(WEIGHTS, unit, strict=True)) for unit in units]


@given(marks)
def test_the_declared_rank_lies_inside(units: Marks) -> None:
    """And with weights that do not move it is the interval."""
    nominal = places(totals(units))
    for rank, (best, worst) in zip(nominal, spans(units, Fraction(1, 4), Fraction(9, 10)), strict=True):
        assert isinstance(best, Fraction)
        assert isinstance(worst, Fraction)
        assert best <= rank <= worst
    assert spans(units, Fraction(0)) == [(rank, rank) for rank in nominal]


@given(marks, st.integers(0, 5))
def test_who_is_ahead_under_every_weight_is_never_passed(units: Marks, seed: int) -> None:
    """The difference over the box of weights is at least its middle less the shift times its parts."""
    shift = Fraction(1, 4)
    found = spans(units, shift, seed=seed)
    for a, one in enumerate(units):
        parts = [[w * (x - y) for w, x, y in zip(WEIGHTS, one, two, strict=True)] for two in units]
        behind = sum(sum(p) - shift * sum(map(abs, p)) > 0 for p in parts)
        ahead = sum(sum(p) + shift * sum(map(abs, p)) < 0 for p in parts)
        best, worst = found[a]
        assert best >= 1 + ahead
        assert worst <= len(units) - behind


def test_a_small_class_or_a_missing_figure_has_no_interval() -> None:
    """Four units, an unknown point, an unknown shift: unknown, never a guess."""
    assert all(isinstance(v, Unknown) for v, _ in spans([(1, 2, 3)] * 4, Fraction(1, 4)))
    rows: list[dict[str, Value]] = [
        {"unit": str(k), "group": "g", "eligible": True, "shift": Fraction(1, 4), "level": Fraction(1)}
        for k in range(5)
    ]
    beside: list[dict[str, Value]] = [
        {
            "unit": str(k),
            "indicator": "i",
            "weight": Fraction(1),
            "points": Unknown("missing") if k == 3 else Fraction(k),
        }
        for k in range(5)
    ]
    assert rank_from_column(rows, {"beside": beside, "seed": 0})[0] == Unknown("missing")
    out = [{**row, "eligible": k != 3} for k, row in enumerate(rows)] + [
        {"unit": "x", "group": "g", "eligible": True, "shift": Fraction(1, 4), "level": Fraction(1)}
    ]
    more = [*beside, {"unit": "x", "indicator": "i", "weight": Fraction(1), "points": Fraction(9)}]
    assert rank_to_column(out, {"beside": more, "seed": 0})[3] == Unknown("held", "not ranked")
    assert rank_to_column(out, {"beside": more, "seed": 0})[5] == 1
