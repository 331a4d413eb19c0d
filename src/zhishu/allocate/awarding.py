"""A round of awards: ranks with their intervals, withdrawals that leave a reason, money that adds up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from zhishu.allocate.award import Candidate, rank_interval
from zhishu.logic import Unknown
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Award:
    """An award: its name, its prize for one unit, and how many each group may give."""

    name: str
    prize: Fraction
    quotas: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Placed:
    """One unit: the ranks it may have, its award (None: none), and why."""

    unit: str
    group: str
    rank: tuple[int, int] | None
    award: str | Unknown | None
    reason: Text


@dataclass(frozen=True, slots=True)
class Round:
    """All units by group and rank; awards and money settled so far; the total, unknown while an award is open."""

    places: tuple[Placed, ...]
    given: Mapping[str, Mapping[str, int]]
    money: Mapping[str, Fraction]
    total: Fraction | Unknown


INELIGIBLE = Text("不具备参评资格", "not eligible")
INCOMPLETE = Text("资料不全，不参评", "figures incomplete, not ranked")
HELD = Text("资格待核", "eligibility to be verified")
OPEN = Text("可能的名次跨过名额线，且尚有资格待核或并列", "the ranks still possible cross a quota line")
TIED = Text("同分跨过名额线，没有规则可分", "equal scores across a quota line, no rule decides")
WON = Text("名次在名额内", "ranked within the quota")
OUT = Text("名次在名额外", "ranked outside the quota")


def hold_round(awards: Sequence[Award], candidates: Sequence[Candidate], withdrawn: Mapping[str, Text]) -> Round:
    """Return the round: units ranked inside their group, awards filled in their order.

    An unknown eligibility moves others between the ranks it allows; an award stands only if every rank in
    the interval gives it. ``withdrawn`` names units that lose the award after the notice, with the reason:
    the place stays empty. The total is unknown while an award is. Raises ValueError for a unit given twice
    or a withdrawal of nobody.

    >>> one = Award("示例奖", Fraction(50), {"一": 1})
    >>> pair = [Candidate(u, "一", Fraction(s), (), True) for u, s in (("甲", 9), ("乙", 8))]
    >>> hold_round([one], pair, {"甲": Text("公示期间退出", "left during the notice")}).total
    Fraction(0, 1)
    """
    names = {c.unit for c in candidates}
    if len(names) != len(candidates) or not set(withdrawn) <= names:
        raise ValueError("a unit given twice, or a withdrawal of nobody")
    places: list[Placed] = []
    for group in sorted({c.group for c in candidates}):
        members = sorted((c for c in candidates if c.group == group), key=lambda c: c.unit)
        ladder = [a.name for a in awards for _ in range(a.quotas.get(group, 0))]
        places += [_place(c, members, ladder, withdrawn) for c in members]
    places.sort(key=lambda p: (p.group, p.rank is None, p.rank or (0, 0), p.unit))
    given = {a.name: {g: _count(places, a.name, g) for g in sorted(a.quotas)} for a in awards}
    money = {a.name: a.prize * sum(given[a.name].values()) for a in awards}
    open_place = next((p.award for p in places if isinstance(p.award, Unknown)), None)
    total = sum(money.values(), Fraction(0)) if open_place is None else open_place
    return Round(tuple(places), given, money, total)


def _count(places: Sequence[Placed], award: str, group: str) -> int:
    return sum(p.award == award and p.group == group for p in places)


def _place(c: Candidate, members: Sequence[Candidate], ladder: Sequence[str], withdrawn: Mapping[str, Text]) -> Placed:
    if c.eligible is False:
        return Placed(c.unit, c.group, None, None, INELIGIBLE)
    if isinstance(c.score, Unknown):
        return Placed(c.unit, c.group, None, None, INCOMPLETE)
    low, high, tied = rank_interval(c, members)
    if c.unit in withdrawn:
        return Placed(c.unit, c.group, (low, high), None, withdrawn[c.unit])
    possible = {ladder[r - 1] if r <= len(ladder) else None for r in range(low, high + 1)}
    if isinstance(c.eligible, Unknown):
        return Placed(c.unit, c.group, (low, high), c.eligible, HELD)
    if len(possible) > 1:
        why = TIED if high - low == tied else OPEN
        return Placed(c.unit, c.group, (low, high), Unknown("conflict" if why is TIED else "held", c.group), why)
    won = possible.pop()
    return Placed(c.unit, c.group, (low, high), won, OUT if won is None else WON)
