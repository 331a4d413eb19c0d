"""Rounds of awards: sound against every completion, withdrawals with a reason, money conserved."""

from fractions import Fraction
from itertools import pairwise, permutations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.allocate import Candidate
from zhishu.allocate.awarding import Award, hold_round
from zhishu.logic import Truth, Unknown
from zhishu.terms import Text

GROUPS = {"农产品主产区": 35, "城市主城区": 33, "重点开发区": 57, "重点生态功能区": 58}
LEFT = Text("示例：公示期间退出", "example: left during the notice")
# the split of each award over the groups is an example; only the sums are from the county awards
AWARDS = [
    Award("强县", Fraction(6000), {"城市主城区": 2, "重点开发区": 4, "农产品主产区": 2, "重点生态功能区": 3}),
    Award("先进县", Fraction(5000), {"城市主城区": 2, "重点开发区": 3, "农产品主产区": 2, "重点生态功能区": 3}),
    Award("进步县", Fraction(3000), {"城市主城区": 2, "重点开发区": 3, "农产品主产区": 2, "重点生态功能区": 3}),
]


def counties() -> list[Candidate]:
    """Return 183 example units in the four groups, no two of one score in a group."""
    return [Candidate(f"示例{g}{i}", g, Fraction(1000 - i), (), True) for g, n in GROUPS.items() for i in range(n)]


def test_t49_thirty_one_noticed_thirty_final_with_a_reason() -> None:
    """A unit that leaves after the notice keeps its reason, moves nobody, and 141,000 stays the sum."""
    noticed = hold_round(AWARDS, counties(), {})
    final = hold_round(AWARDS, counties(), {"示例重点生态功能区3": LEFT})
    assert sum(sum(n.values()) for n in noticed.given.values()) == 31
    assert {k: sum(n.values()) for k, n in final.given.items()} == {"强县": 11, "先进县": 9, "进步县": 10}
    assert final.total == sum(final.money.values()) == 141_000
    changed = [p for p, q in zip(final.places, noticed.places, strict=True) if p != q]
    assert [(p.unit, p.award, p.reason) for p in changed] == [("示例重点生态功能区3", None, LEFT)]


def test_t49_units_are_conserved() -> None:
    """33 + 57 + 35 + 58 = 183 before; 8 and 13 units not eligible leave 162 ranked."""
    out = {f"示例重点开发区{i}" for i in range(8)} | {f"示例重点生态功能区{i}" for i in range(13)}
    units = [Candidate(c.unit, c.group, c.score, (), c.unit not in out) for c in counties()]
    found = hold_round(AWARDS, units, {})
    assert len(found.places) == 183 == 8 + 13 + 162
    assert sum(p.rank is not None for p in found.places) == 162


MEMBERS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from((True, True, False, Unknown("missing")))), min_size=1, max_size=5
)


def completions(units: list[Candidate]) -> list[list[Candidate]]:
    """Return the group with every unknown eligibility filled in every way."""
    choices: list[tuple[Truth, ...]] = [
        (True, False) if isinstance(c.eligible, Unknown) else (c.eligible,) for c in units
    ]
    return [
        [Candidate(c.unit, c.group, c.score, c.ties, e) for c, e in zip(units, filled, strict=True)]
        for filled in product(*choices)
    ]


def ladders(units: list[Candidate], names: list[str]) -> list[dict[str, str | None]]:
    """Return the awards under every order of the eligible units that their scores allow."""
    fit = [c for c in units if c.eligible is True]
    orders = [o for o in permutations(fit) if all(a.score >= b.score for a, b in pairwise(o))]
    return [{c.unit: names[i] if i < len(names) else None for i, c in enumerate(o)} for o in orders]


@given(MEMBERS, st.integers(0, 3), st.integers(0, 2))
@settings(max_examples=60, deadline=None)
def test_t48_an_award_stands_only_if_nothing_unknown_can_move_it(
    drawn: list[tuple[int, Truth]], first: int, second: int
) -> None:
    """Decided awards are those that every completion and every order of ties give; the rest are unknown."""
    units = [Candidate(f"u{i}", "g", Fraction(s), (), e) for i, (s, e) in enumerate(drawn)]
    awards = [Award("甲", Fraction(2), {"g": first}), Award("乙", Fraction(1), {"g": second})]
    names = ["甲"] * first + ["乙"] * second
    worlds = [w for filled in completions(units) for w in ladders(filled, names)]
    for place in hold_round(awards, units, {}).places:
        truth = next(c.eligible for c in units if c.unit == place.unit)
        if truth is not True:
            assert place.award is None if truth is False else isinstance(place.award, Unknown)
            continue
        possible = {w[place.unit] for w in worlds}
        assert place.award == possible.pop() if len(possible) == 1 else isinstance(place.award, Unknown)


@given(MEMBERS, st.integers(0, 1000))
@settings(max_examples=40)
def test_t50_the_order_of_candidates_does_not_matter(drawn: list[tuple[int, Truth]], seed: int) -> None:
    """Shuffled candidates give the same round."""
    units = [Candidate(f"u{i}", "g", Fraction(s), (), e) for i, (s, e) in enumerate(drawn)]
    shuffled = list(units)
    Random(seed).shuffle(shuffled)
    awards = [Award("甲", Fraction(2), {"g": 2})]
    assert repr(hold_round(awards, shuffled, {})) == repr(hold_round(awards, units, {}))


def test_a_missing_score_is_left_out_and_an_open_award_has_no_total() -> None:
    """No score is not the lowest score; the sum of money is unknown while an award is."""
    units = [
        Candidate("a", "g", Unknown("missing"), (), True),
        Candidate("b", "g", Fraction(5), (), True),
        Candidate("c", "g", Fraction(5), (), True),
    ]
    found = hold_round([Award("甲", Fraction(2), {"g": 1})], units, {})
    by_unit = {p.unit: p for p in found.places}
    assert (by_unit["a"].rank, by_unit["a"].award) == (None, None)
    assert by_unit["b"].rank == by_unit["c"].rank == (1, 2)
    assert isinstance(found.total, Unknown)
    keyed = [Candidate(c.unit, c.group, c.score, (Fraction(i),), True) for i, c in enumerate(units)]
    assert hold_round([Award("甲", Fraction(2), {"g": 1})], keyed, {}).total == 2


def test_a_withdrawal_of_nobody_is_refused() -> None:
    """A misspelt unit cannot leave quietly."""
    with pytest.raises(ValueError, match="withdrawal"):
        hold_round(AWARDS, counties(), {"示例无此县": LEFT})
