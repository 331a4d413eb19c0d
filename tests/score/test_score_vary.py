"""Rank intervals hold the declared rank, depend on the seed alone, and say what they vary."""

from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.pack.scheme import Dimension, Part, Scheme
from zhishu.pack.system import Cite
from zhishu.score.vary import effective, rank_intervals
from zhishu.score.verb import score
from zhishu.terms import Text

WORD = Text("示例", "example")
CITE = Cite("1.9", "支撑")
UNITS = "abcdef"
SCHEME = Scheme(
    "s",
    WORD,
    CITE,
    "prefecture",
    "minmax",
    "arithmetic",
    WORD,
    (
        Dimension("one", WORD, Fraction(3, 5), CITE, (Part("p", Fraction(1, 2), "higher"), Part("q", Fraction(1, 2), "lower")), ()),
        Dimension("two", WORD, Fraction(2, 5), CITE, (Part("r", Fraction(1), "higher"),), ()),
    ),
    "t",
)  # fmt: skip
COLUMN = st.lists(st.integers(0, 30), min_size=6, max_size=6, unique=True)
Values = dict[str, dict[str, Value]]


def values(columns: list[list[int]]) -> Values:
    """Return indicator → unit → value."""
    return {i: {u: Fraction(v) for u, v in zip(UNITS, c, strict=True)} for i, c in zip("pqr", columns, strict=True)}


@given(st.lists(COLUMN, min_size=3, max_size=3), st.integers(0, 99))
@settings(max_examples=25, deadline=None)
def test_intervals_hold_the_rank_of_the_composite(columns: list[list[int]], seed: int) -> None:
    """The declared rank is that of the scored composite and lies in every interval."""
    given_ = values(columns)
    scored = {u.unit: u.composite for u in score(SCHEME, given_, dict.fromkeys(UNITS, "g")).units}
    for spread in rank_intervals(SCHEME, given_, dict.fromkeys(UNITS, "g"), seed, runs=10).units:
        mine = scored[spread.unit]
        assert isinstance(mine, Fraction)
        assert spread.rank == 1 + sum(v > mine for v in scored.values() if isinstance(v, Fraction))
        for low, high in (spread.weights, spread.scale, spread.one_out, spread.overall()):
            assert 1 <= low <= spread.rank <= high <= 6


@given(st.lists(COLUMN, min_size=3, max_size=3), st.integers(0, 99))
@settings(max_examples=15, deadline=None)
def test_t50_the_same_seed_gives_the_same_bytes(columns: list[list[int]], seed: int) -> None:
    """Shuffled units and a second run change nothing."""
    given_ = values(columns)
    names = list(UNITS)
    Random(seed).shuffle(names)
    shuffled: Values = {i: {u: given_[i][u] for u in names} for i in "rqp"}
    again = rank_intervals(SCHEME, shuffled, dict.fromkeys(names, "g"), seed, runs=10)
    assert repr(again) == repr(rank_intervals(SCHEME, given_, dict.fromkeys(UNITS, "g"), seed, runs=10))


def test_effective_weights_sum_to_one_with_an_indicator_out() -> None:
    """The other of a dimension takes over; the only one takes its dimension along."""
    assert effective(SCHEME, {}) == {"p": Fraction(3, 10), "q": Fraction(3, 10), "r": Fraction(2, 5)}
    assert effective(SCHEME, {}, without="q") == {"p": Fraction(3, 5), "r": Fraction(2, 5)}
    assert effective(SCHEME, {}, without="r") == {"p": Fraction(1, 2), "q": Fraction(1, 2)}


def test_no_class_of_four_and_no_hole_is_ranked() -> None:
    """Each class without ranks says why; the varied things are named with the seed."""
    given_ = values([[1, 2, 3, 4, 5, 6]] * 3)
    small = rank_intervals(SCHEME, given_, {u: "g" if u in "abcd" else "h" for u in UNITS}, seed=7)
    assert small.units == ()
    assert small.unranked["g"].en == "only 4 units in the class, no rank"
    assert "7" in small.varies[0].en
    given_["r"]["f"] = Unknown("missing")
    assert rank_intervals(SCHEME, given_, dict.fromkeys(UNITS, "g"), seed=7).units == ()


def test_a_leader_by_one_indicator_has_a_wide_interval() -> None:
    """First by p and r, last by q: weights alone keep it first, another indicator left out need not."""
    given_ = values([[10, 9, 8, 7, 6, 5], [30, 1, 2, 3, 4, 5], [1, 5, 4, 3, 2, 0]])
    first = next(s for s in rank_intervals(SCHEME, given_, dict.fromkeys(UNITS, "g"), seed=1).units if s.unit == "a")
    assert first.overall()[0] < first.overall()[1]
