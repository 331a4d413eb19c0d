"""Divisions and awards: sums conserved, ties said, the county awards of 2018 at list rates."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.allocate import Candidate, award, divide
from zhishu.allocate.columns import award_column, share_column
from zhishu.logic import Unknown

CLAIMS = st.lists(st.integers(min_value=0, max_value=50), min_size=1, max_size=8)


def shares(total: int, claims: list[int]) -> list[Fraction] | Unknown:
    """Divide with the position as the last tie key."""
    ties = [(Fraction(-i),) for i in range(len(claims))]
    return divide(Fraction(total), [Fraction(c) for c in claims], Fraction(1), ties)


@given(st.integers(min_value=0, max_value=300), CLAIMS)
@settings(max_examples=60)
def test_shares_sum_to_the_total_and_stay_within_one_step(total: int, claims: list[int]) -> None:
    """Nothing is lost, nobody gets more than a step beside the exact share."""
    found = shares(total, claims)
    if sum(claims) == 0:
        assert isinstance(found, Unknown)
        return
    assert not isinstance(found, Unknown)
    assert sum(found) == total
    for share, claim in zip(found, claims, strict=True):
        assert abs(share - Fraction(total * claim, sum(claims))) < 1


@given(st.integers(min_value=1, max_value=200), CLAIMS, st.integers(min_value=2, max_value=9))
@settings(max_examples=40)
def test_scaling_all_claims_changes_nothing(total: int, claims: list[int], k: int) -> None:
    """Shares depend on proportions only."""
    assert shares(total, claims) == shares(total, [c * k for c in claims])


def test_an_unknown_claim_makes_every_share_unknown() -> None:
    """Nobody's share is known before all claims are."""
    rows = [{"total": Fraction(10), "claim": Fraction(1)}, {"total": Fraction(10), "claim": Unknown("missing")}]
    assert all(isinstance(v, Unknown) for v in share_column(rows, {"unit_factor": Fraction(1)}))


def test_t49_county_awards_of_2018_conserve_141000() -> None:
    """11, 9 and 10 awards at 6,000, 5,000 and 3,000 万元 make 141,000; 33+57+35+58 counties are 183; a late
    withdrawal takes the notified 31 to 30."""
    groups = {"城市主城区": 33, "重点开发区": 57, "农产品主产区": 35, "重点生态功能区": 58}
    assert sum(groups.values()) == 183
    prizes = {"强县": 6000, "先进县": 5000, "进步县": 3000}
    quotas = {"城市主城区": (2, 2, 2), "重点开发区": (4, 3, 3), "农产品主产区": (2, 2, 2), "重点生态功能区": (3, 2, 3)}
    candidates = [
        Candidate(f"示例{group}{i}", group, Fraction(1000 - i), (), i != 0 or group != "重点开发区")
        for group, size in groups.items()
        for i in range(size)
    ]
    total, count = 0, 0
    for group in groups:
        own = [c for c in candidates if c.group == group]
        places = award(own, list(zip(prizes, quotas[group], strict=True)))
        given_ = [str(p.award) for p in places if p.award != "none"]
        count += len(given_)
        total += sum(prizes[name] for name in given_)
    assert (count, total) == (30, 141_000)
    assert total == 11 * 6000 + 9 * 5000 + 10 * 3000


def test_a_tie_at_the_cut_is_not_decided_by_chance() -> None:
    """Equal scores across the cut hold both; equal scores inside do not."""
    three = [Candidate(u, "g", Fraction(s), (), True) for u, s in (("a", 9), ("b", 9), ("c", 5))]
    assert [p.award for p in award(three, [("奖", 1)])][:2] == [Unknown("conflict", "tie at the cut")] * 2
    assert [p.award for p in award(three, [("奖", 2)])] == ["奖", "奖", "none"]


def test_missing_scores_are_left_out_not_ranked_last() -> None:
    """No score means no rank; an unknown condition holds those it could move."""
    three = [
        Candidate("a", "g", Unknown("missing"), (), True),
        Candidate("b", "g", Fraction(9), (), Unknown("missing")),
        Candidate("c", "g", Fraction(5), (), True),
    ]
    found = award(three, [("奖", 1)])
    assert isinstance(found[0].rank, Unknown)
    assert isinstance(found[1].award, Unknown)
    assert found[2].award == Unknown("held", "a unit above is held")


def test_a_tie_below_a_held_unit_decides_nobody() -> None:
    """Row order never decides: both of two equal units below a held one stay open, whichever comes first."""
    held = Candidate("h", "g", Fraction(9), (), Unknown("missing"))
    pair = [Candidate(u, "g", Fraction(5), (), True) for u in "ab"]
    for order in ([held, *pair], [held, *reversed(pair)], [*pair, held]):
        found = {p.unit: p.award for p in award(order, [("奖", 1)])}
        assert all(isinstance(v, Unknown) for v in found.values())


def test_unknown_groups_ties_and_differing_totals_decide_nothing() -> None:
    """A unit of no known group leaves all open; an unknown tie key is no key; totals that differ conflict."""
    rows = [
        {"score": Fraction(3), "group": "x", "quota_奖": Fraction(1)},
        {"score": Fraction(2), "group": Unknown("missing"), "quota_奖": Fraction(1)},
    ]
    assert all(isinstance(v, Unknown) for v in award_column(rows, {}))
    tied = [{"score": Fraction(3), "tie": t, "quota_奖": Fraction(1)} for t in (Fraction(1), Unknown("missing"))]
    assert all(v == Unknown("conflict", "tie at the cut") for v in award_column(tied, {}))
    two = [{"total": Fraction(t), "claim": Fraction(1)} for t in (10, 20)]
    assert all(v == Unknown("conflict", "total") for v in share_column(two, {"unit_factor": Fraction(1)}))


def test_awards_as_a_column_read_their_quotas_by_group() -> None:
    """The column form gives the same places."""
    rows = [{"score": Fraction(s), "group": g, "quota_奖": Fraction(1)} for g, s in (("x", 3), ("x", 4), ("y", 1))]
    assert award_column(rows, {}) == ["none", "奖", "奖"]
