"""Laws of divisions by a plan: conserved, order-free, scale-free, house monotone, inside their bounds."""

from fractions import Fraction
from random import Random

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from zhishu.allocate.bounds import divide_within
from zhishu.allocate.columns import COLUMNS
from zhishu.allocate.divisor import divide_by_divisors
from zhishu.allocate.plan import Allocation, Claim, Method, Plan
from zhishu.allocate.seats import seats_column
from zhishu.allocate.verb import allocate
from zhishu.logic import Unknown

METHODS = st.sampled_from(("hamilton", "webster", "jefferson"))
DIVISORS = st.sampled_from(("webster", "jefferson"))
CLAIMS = st.lists(st.integers(0, 40), min_size=1, max_size=7).filter(any)
HOUSE = st.integers(0, 120)


def run(total: int, amounts: list[int], method: Method, factor: int = 1) -> Allocation:
    """Allocate in steps of 1, the unit's id as the last tie rule."""
    plan = Plan("示例", Fraction(total), Fraction(1), method, last_tie="key")
    return allocate(plan, [Claim(f"u{i}", Fraction(a * factor)) for i, a in enumerate(amounts)])


def shares(found: Allocation) -> list[Fraction]:
    """Return the shares, all of which must be known."""
    known = [s.share for s in found.shares if isinstance(s.share, Fraction)]
    assert len(known) == len(found.shares)
    return known


@given(HOUSE, CLAIMS, METHODS, st.integers(2, 9))
@settings(max_examples=60)
def test_a_division_conserves_and_ignores_scale(total: int, amounts: list[int], method: Method, k: int) -> None:
    """The shares sum to the total, and claims times k give the same shares."""
    found = run(total, amounts, method)
    assert found.given == total == sum(shares(found))
    assert shares(run(total, amounts, method, factor=k)) == shares(found)


@given(HOUSE, CLAIMS, METHODS, st.integers(0, 1000))
@settings(max_examples=40)
def test_t50_the_order_of_claims_does_not_matter(total: int, amounts: list[int], method: Method, seed: int) -> None:
    """Shuffled claims give the same allocation, byte for byte."""
    claims = [Claim(f"u{i}", Fraction(a)) for i, a in enumerate(amounts)]
    plan = Plan("示例", Fraction(total), Fraction(1), method, last_tie="key")
    shuffled = list(claims)
    Random(seed).shuffle(shuffled)
    assert repr(allocate(plan, shuffled)) == repr(allocate(plan, claims))


@given(HOUSE, CLAIMS)
@settings(max_examples=40)
def test_hamilton_stays_inside_the_quota(total: int, amounts: list[int]) -> None:
    """Nobody is a whole step away from the exact share."""
    for share in run(total, amounts, "hamilton").shares:
        assert isinstance(share.share, Fraction)
        assert isinstance(share.exact, Fraction)
        assert abs(share.share - share.exact) < 1


@given(HOUSE, CLAIMS, DIVISORS)
@settings(max_examples=60)
def test_divisors_are_house_monotone(total: int, amounts: list[int], method: Method) -> None:
    """One step more to divide takes nothing from anybody."""
    before, after = shares(run(total, amounts, method)), shares(run(total + 1, amounts, method))
    assert all(b <= a for b, a in zip(before, after, strict=True))


@given(st.integers(0, 40), CLAIMS, DIVISORS)
@settings(max_examples=60)
def test_divisors_agree_with_one_step_at_a_time(total: int, amounts: list[int], method: Method) -> None:
    """The quick start gives what handing out step by step gives, ties by id."""
    post = Fraction(1, 2) if method == "webster" else Fraction(1)
    slow = [0] * len(amounts)
    for _ in range(total):
        slow[max(range(len(amounts)), key=lambda i: (Fraction(amounts[i]) / (slow[i] + post), -i))] += 1
    assert shares(run(total, amounts, method)) == slow


def test_hamilton_is_not_house_monotone_and_the_divisors_are() -> None:
    """The Alabama paradox (claims 6, 6, 2): the small unit has 2 of 10 and 1 of 11."""
    assert shares(run(10, [6, 6, 2], "hamilton")) == [4, 4, 2]
    assert shares(run(11, [6, 6, 2], "hamilton")) == [5, 5, 1]


def test_a_last_equal_quotient_is_not_decided_by_chance() -> None:
    """Without a tie rule two equal claims for one step stay undecided."""
    one = [Fraction(1), Fraction(1)]
    found = divide_by_divisors(Fraction(1), one, Fraction(1), [(), ()], "webster")
    assert found == Unknown("conflict", "equal quotients without a tie rule")
    assert divide_by_divisors(Fraction(1), one, Fraction(1), [(Fraction(1),), (Fraction(2),)], "webster") == [0, 1]


BOUNDED = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 6), st.integers(0, 12)), min_size=1, max_size=6)


@given(st.integers(0, 60), BOUNDED)
@example(30, [(4, 0, 4), (4, 0, 4), (14, 0, 8), (6, 6, 1), (12, 0, 10)])
@settings(max_examples=200)
def test_bounds_are_kept_and_the_sum_too(total: int, drawn: list[tuple[int, int, int]]) -> None:
    """Every share lies between floor and cap and all sum to the total, or the reason is said."""
    assume(any(c for c, _, _ in drawn))
    bounds = [(Fraction(f), Fraction(f + more)) for _, f, more in drawn]
    ties = [(Fraction(-i),) for i in range(len(drawn))]
    found = divide_within(Fraction(total), [Fraction(c) for c, _, _ in drawn], Fraction(1), ties, bounds)
    takers = sum(cap if c else floor for (c, _, _), (floor, cap) in zip(drawn, bounds, strict=True))
    if total < sum(f for f, _ in bounds):
        assert found == Unknown("domain", "floors exceed the total")
    elif total > takers:
        assert found == Unknown("domain", "caps leave a rest")
    else:
        assert not isinstance(found, Unknown)
        assert sum(found) == total
        assert all(low <= s <= high for s, (low, high) in zip(found, bounds, strict=True))


def test_unknown_and_negative_claims_hold_or_leave() -> None:
    """An unknown claim holds everybody, unless the plan declared it excluded; a negative one is refused."""
    claims = [Claim("a", Fraction(1)), Claim("b", Unknown("missing")), Claim("c", Fraction(1), counts=False)]
    plan = Plan("示例", Fraction(10), Fraction(1))
    assert [s.share for s in allocate(plan, claims).shares] == [Unknown("missing")] * 3
    left = allocate(Plan("示例", Fraction(10), Fraction(1), unknown_claims="exclude"), claims)
    assert [(s.share, s.reason) for s in left.shares] == [(10, "counts"), (0, "excluded"), (0, "not_counted")]
    assert allocate(plan, [Claim("a", Fraction(-1)), Claim("b", Fraction(3))]).given == Unknown("domain", "negative")
    assert allocate(plan, [Claim("a", Fraction(0))]).given == Unknown("divide_by_zero", "no claims")


def test_seats_as_a_column_hold_on_every_unknown() -> None:
    """An unknown group, tie or claim, and totals that differ, leave the shares unknown."""
    rows = [{"total": Fraction(3), "claim": Fraction(2)}, {"total": Fraction(3), "claim": Fraction(1)}]
    assert seats_column(rows, {"method": "jefferson"}) == [2, 1]
    for bad in ({"group": Unknown("missing")}, {"tie": Unknown("missing")}, {"claim": Unknown("missing")}):
        assert seats_column([rows[0], {**rows[1], **bad}], {}) == [Unknown("missing")] * 2
    assert seats_column([rows[0], {**rows[1], "total": Fraction(4)}], {}) == [Unknown("conflict", "totals differ")] * 2


def test_the_seats_column_is_on_offer() -> None:
    """A declaration can name the column."""
    assert COLUMNS["seats"] is seats_column
