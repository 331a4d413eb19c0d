"""What follows from totals: places with what is open, awards, vetoes, and money that must come back."""

from dataclasses import replace
from fractions import Fraction
from typing import Literal

from zhishu.score.assess.award import give, purses
from zhishu.score.assess.facts import Paid, Ruling
from zhishu.score.assess.place import Runner, competition, places_of
from zhishu.score.assess.verb import Assessed, assess
from zhishu.score.methods.assessed import (
    ASSESSED,
    HELD,
    JOBS,
    LINES,
    MEASURES,
    OUTPUT,
    OWN,
    award,
    cell,
    column,
    declared,
    facts,
    names,
    place,
)
from zhishu.score.methods.example import Cell, Example, Table, of_units, units
from zhishu.score.methods.method import Method, Source
from zhishu.terms import Text

_VETO = """
    vetoes:
      accident: {name: {zh: 重大事故, en: major accident}, proposes: {zh: 主管部门, en: the department}, decides: {zh: 考核机关, en: the authority}, effect: no_award}
"""
_RANK, _AWARD, _PLACE = Text("名次", "rank"), Text("奖项", "award"), Text("可能的名次", "places possible")
_RULED = {1: Text("成立", "upheld"), 0: Text("待核", "open"), -1: Text("不成立", "rejected")}
_DECISIONS: dict[str, Literal["upheld", "rejected"] | None] = {"upheld": "upheld", "rejected": "rejected", "open": None}
_FALSE = Source(
    Text(
        "外省现行办法：弄虚作假的取消资格，追回奖励",
        "a provincial scheme in force: falsified figures disqualify and the award is recovered",
    ),
    "report",
)
_SHANXI = Source(
    Text(
        "山西现行办法：责任部门提出、省政府决定，取消当年表彰",
        "Shanxi, a scheme in force: raised by the department responsible, decided by the province, the year's commendation is lost",
    ),
    "report",
)


def _runners(given: Table) -> list[Runner]:
    low, high = column(given, 0), column(given, 1)
    return [Runner(u, Fraction(str(low[u])), Fraction(str(high[u]))) for u in names(given)]


def _placed(given: Table) -> Table:
    found = places_of(_runners(given))
    ranked = competition(found)
    return of_units(
        given,
        {
            _PLACE: tuple(place(found[u].best, found[u].shared_worst) for u in names(given)),
            _RANK: tuple(ranked.get(u) for u in names(given)),
        },
    )


def _given(given: Table) -> Table:
    totals = column(given, 0)
    runners = [Runner(u, *(Fraction(str(totals[u])),) * 2) for u in names(given)]
    got = give(declared().awards, "a", {"total": runners})
    return of_units(given, {_AWARD: tuple(award(got[u]) for u in names(given))})


def _rulings(given: Table, place: int) -> list[Ruling]:
    said = {u: c for u, c in column(given, place).items() if isinstance(c, Text)}
    return [Ruling(u, "accident", _DECISIONS[c.en]) for u, c in said.items()]


def _standings(given: Table, found: Assessed) -> dict[Text, tuple[Cell, ...]]:
    own = [found.of(u) for u in names(given)]
    return {
        Text("总分", "total"): tuple(cell(s.total) if s.whole else None for s in own),
        _RANK: tuple(s.rank for s in own),
        _AWARD: tuple(award(s.given) for s in own),
    }


def _vetoed(given: Table) -> Table:
    held = replace(facts(given), vetoes=_rulings(given, 2))
    return of_units(given, _standings(given, assess(declared(_VETO), held)))


def _recovered(given: Table) -> Table:
    paid = [Paid(u, Fraction(str(c))) for u, c in column(given, 3).items()]
    found = assess(declared(), replace(facts(given), falsified=_rulings(given, 2), paid=paid))
    back = tuple(cell(found.of(u).recover) for u in names(given))
    return of_units(given, {**_standings(given, found), Text("应退回，万元", "to give back, 10,000 yuan"): back})


METHODS = (
    Method(
        id="places",
        step="assessment",
        title=Text("名次与未定", "places with what is open"),
        what=Text(
            "每个单位给出最好和最差的可能名次：肯定在前的单位数加一，到可能在前的单位数加一。两者相同才有名次；并列的共享较好的名次。",
            "Every unit has the best and the worst place it can have: one more than surely are ahead, to one more than may be. It has a rank where both are one; equals share the better place.",
        ),
        formula=("1 + #{ k : l_k > h_i } ≤ r_i ≤ 1 + #{ k ≠ i : h_k ≥ l_i }",),
        symbols=Text(
            "l、h：总分的下界与上界，#：个数；两个总分都已知且相等时，按声明的先后指标分开，仍相等即并列",
            "l, h: bounds of the total, #: how many; two known totals that are equal are parted by what is declared, and share a place where that is equal too",
        ),
        use=Text("有缺数、待核或否决未决时公布名次", "ranks to be told while figures, facts or vetoes are open"),
        avoid=Text("用排除未定单位的办法得出名次", "ranks made by leaving out whoever is open"),
        sources=(OWN,),
        callers=ASSESSED,
        functions=(places_of, competition),
        example=Example(
            units(
                {Text("至少", "at least"): (90, 80, 54, 70, 50, 50), Text("至多", "at most"): (90, 80, 94, 70, 50, 50)}
            ),
            Text("丙缺一个数", "unit C lacks a figure"),
            _placed,
        ),
    ),
    Method(
        id="awards",
        step="assessment",
        title=Text("按名额发奖", "awards by places"),
        what=Text(
            "各类的奖项和名额事先定好，按名次依次发。最好、最差名次都在名额之内才发；并列压线而没有声明先后的，名额留着不发。奖金守恒：已发、待定、空缺之和等于总额。",
            "Awards and their places are fixed for each class beforehand and given by rank. An award is given where best and worst place both lie in its places; where equals stand on the line and nothing declared parts them, the places are held. Money is conserved: given, open and unspent make up the whole.",
        ),
        formula=("f ≤ a_i ∧ b_i ≤ t", "G + O + E = N · p"),
        symbols=Text(
            "a、b：单位最好、最差的名次，f、t：奖项的首末名次；N：名额，p：每名奖金，G、O、E：已发、待定、空缺的钱",
            "a, b: best and worst place of the unit, f, t: first and last place of the award; N: places, p: the prize, G, O, E: money given, open and unspent",
        ),
        use=Text("名额有限的表彰", "commendations with a number of places"),
        avoid=Text("临时加名额，或抽签决定并列", "places added afterwards, or lots drawn between equals"),
        sources=(MEASURES, HELD),
        practice=Text(
            "四川县域经济考核2019：强县、先进县、进步县按类定名额，6000、5000、3000 万元",
            "Sichuan county assessment 2019: three awards with places fixed by class, 60, 50 and 30 million yuan",
        ),
        callers=("rural-revitalisation-award", "strong-county-classes", *ASSESSED),
        functions=(give, purses),
        example=Example(
            units({Text("总分", "total"): (90, 80, 70, 70, 50, 40)}),
            Text(
                "强县 1 名、先进县 2 名；丙、丁并列，没有声明先后",
                "one first award, two second ones; C and D are equal and nothing parts them",
            ),
            _given,
        ),
    ),
    Method(
        id="veto",
        step="assessment",
        title=Text("一票否决", "vetoes"),
        what=Text(
            "一家提出，另一家决定。成立的，失去奖项（或名次），名额给下一名；没有决定的，它和受影响单位的奖项都留着；不成立的，什么也不变。",
            "One body proposes and another decides. Upheld, it costs the award (or the place), and the next unit moves up; undecided, its award and those of all it bears on are held; rejected, nothing changes.",
        ),
        formula=("v = 1 → A = 0", "v = ? → A ∈ { 0 , a }"),
        symbols=Text(
            "v：否决（1 成立，? 未决），A：所得奖项，a：没有否决时的奖项",
            "v: the veto (1 upheld, ? undecided), A: the award, a: the award without the veto",
        ),
        use=Text("办法列明的否决事项", "what the measures name as a veto"),
        avoid=Text(
            "同一家既提出又决定；事实未核就生效",
            "one body that proposes and decides; effect before the fact is established",
        ),
        sources=(_SHANXI, HELD),
        callers=ASSESSED,
        functions=(assess,),
        example=Example(
            units(
                {
                    OUTPUT: (90, 80, 70, 60, 50, 40),
                    JOBS: (90, 80, 70, 60, 50, 40),
                    Text("否决", "veto"): (_RULED[1], None, _RULED[0], None, _RULED[-1], None),
                }
            ),
            Text(f"{LINES.zh}；否决只取消奖项", f"{LINES.en}; a veto costs the award only"),
            _vetoed,
        ),
    ),
    Method(
        id="recovery",
        step="assessment",
        title=Text("造假追回", "recovery after falsified figures"),
        what=Text(
            "造假成立的，取消资格、不排名，已发的奖金退回；尚未认定的，奖项留着，不追回。",
            "Where falsified figures are upheld the unit is disqualified, has no rank, and gives back what it was paid; while nothing is decided its award is held and nothing is recovered.",
        ),
        formula=("b_u = [ f ( u ) ] · Σ p_u",),
        symbols=Text(
            "f：造假成立，p：已付奖金，b：应退回；[ … ] 成立为 1，否则为 0",
            "f: falsified figures are upheld, p: money paid, b: to give back; [ … ] is 1 where it holds, else 0",
        ),
        use=Text("认定造假之后", "after figures were found falsified"),
        avoid=Text("数据错误而非造假", "figures that were wrong and not falsified"),
        sources=(_FALSE, HELD),
        callers=ASSESSED,
        functions=(assess,),
        example=Example(
            units(
                {
                    OUTPUT: (90, 80, 70, 60, 50, 40),
                    JOBS: (90, 80, 70, 60, 50, 40),
                    Text("造假认定", "falsified"): (_RULED[1], None, _RULED[0], None, None, None),
                    Text("已付，万元", "paid, 10,000 yuan"): (6000, 5000, 5000, 0, 0, 0),
                }
            ),
            LINES,
            _recovered,
        ),
    ),
)
