"""What comes before anything is scored: who takes part, and whether a class is settled."""

from zhishu.score.assess.enter import classes, entries, undecided, upheld
from zhishu.score.assess.facts import Facts, Member, Ruling
from zhishu.score.methods.assessed import ASSESSED, HELD, column, declared, names, value
from zhishu.score.methods.example import Cell, Example, Table, of_units, table, units
from zhishu.score.methods.method import Method, Source
from zhishu.terms import Text

_GROUND = """
    ineligible:
      listed: {name: {zh: 已列百强, en: listed already}}
"""
_CLASSES = """
      a: {name: {zh: 甲类, en: class a}, size: 3}
      b: {name: {zh: 乙类, en: class b}, size: 2}
      c: {name: {zh: 丙类, en: class c}}
"""
_A, _B, _C = Text("甲类", "class a"), Text("乙类", "class b"), Text("丙类", "class c")
_IDS: dict[Cell, str] = {_A: "a", _B: "b", _C: "c"}
_STATES = {
    "competes": Text("参加", "takes part"),
    "excluded": Text("不参加", "kept out"),
    "disqualified": Text("取消资格", "disqualified"),
    "no_class": Text("类别待核", "class not established"),
    "open": Text("资格待核", "eligibility open"),
}
_CLASS, _LISTED, _FALSE = Text("类别", "class"), Text("已列百强", "listed"), Text("造假成立", "falsified")
_REVISED = Source(
    Text(
        "四川县域经济发展考核办法2021年修订：不参加的有已列全国百强的 8 个、重点培育的 13 个，183 − 8 − 13 = 162",
        "Sichuan, measures of county economic assessment as revised in 2021: 8 among the national hundred already and 13 "
        "under special cultivation stay out, 183 − 8 − 13 = 162",
    ),
    "report",
)


def _facts(given: Table) -> Facts:
    """Class, ground and, where there is a third column, finding of each unit."""
    groups, listed = column(given, 0), column(given, 1)
    members = [Member(u, _IDS.get(groups[u]), {"listed": value(listed[u])}) for u in names(given)]
    found = column(given, 2) if len(given.columns) > 2 else {}
    return Facts(members, {}, falsified=[Ruling(u, "figures", "upheld") for u, held in found.items() if held is True])


def _entered(given: Table) -> Table:
    state = {e.unit: _STATES[e.state] for e in entries(declared(_GROUND), _facts(given))}
    return of_units(given, {Text("如何进入", "how it enters"): tuple(state[u] for u in names(given))})


def _settled(given: Table) -> Table:
    assessment = declared(_GROUND, groups=_CLASSES)
    found = classes(assessment, entries(assessment, _facts(given)))
    return table(
        _CLASS,
        tuple(assessment.groups[g].name for g in found),
        {
            Text("列入", "listed in it"): tuple(s.members for s in found.values()),
            Text("应有", "should be"): tuple(s.size for s in found.values()),
            Text("不参加", "kept out"): tuple(s.excluded for s in found.values()),
            Text("已定案", "settled"): tuple(not s.open for s in found.values()),
        },
    )


METHODS = (
    Method(
        id="eligibility",
        step="assessment",
        title=Text("资格在先", "eligibility before scoring"),
        what=Text(
            "先定谁参加，再计分：有排除理由的、造假成立的都不进场，也不参与定尺度。事实未知，资格就待核，不当作有，也不当作没有。",
            "Who takes part is settled before anything is scored: whoever is kept out on a ground, or has falsified figures, stays outside and sets no scale. Where a fact is unknown eligibility is open, and neither yes nor no.",
        ),
        formula=("E = U ∖ { u : g ( u ) } ∖ { u : f ( u ) }",),
        symbols=Text(
            "U：所有单位，g：有排除理由，f：造假成立，E：参加的单位",
            "U: all units, g: a ground keeps it out, f: falsified figures are upheld, E: those that take part",
        ),
        use=Text("办法写明了谁不参加", "the measures say who stays out"),
        avoid=Text(
            "计分之后再按结果排除；认定还在提出阶段（不算成立）",
            "leaving units out by their result; findings only proposed (they do not count)",
        ),
        sources=(_REVISED,),
        callers=ASSESSED,
        functions=(entries, upheld, undecided),
        example=Example(
            units(
                {
                    _CLASS: (_A, _A, _A, _A, None, _A),
                    _LISTED: (False, True, None, False, False, False),
                    _FALSE: (False, False, False, True, False, False),
                }
            ),
            Text("一条排除理由；空格为未知", "one ground of staying out; a blank is unknown"),
            _entered,
        ),
    ),
    Method(
        id="settled_class",
        step="assessment",
        title=Text("类别定案", "settled classes"),
        what=Text(
            "名次和奖项只在类内。类内单位数与办法不符、有单位资格或类别待核时，这一类未定案：照常计分，奖项全部留着，不先发。",
            "Ranks and awards exist inside a class. Where its units are not as many as declared, or the eligibility or the class of one is open, the class is not settled: it is scored, and every award of it is held.",
        ),
        formula=("o ( c ) = 0 ∧ n ( c ) = N ( c )",),
        symbols=Text(
            "o：类内资格待核的单位数，n：列入数，N：办法规定数；没有规定时，须没有一个单位类别待核",
            "o: units of class c whose eligibility is open, n: units listed, N: as declared; where no number is declared, no unit may be without a class",
        ),
        use=Text("发奖之前", "before awards are given"),
        avoid=Text("为凑足单位数改动类别", "moving units between classes to make up the number"),
        sources=(
            Source(
                Text(
                    "四川县域经济发展考核办法（2019年3月）：183 = 33 + 57 + 35 + 58",
                    "Sichuan, measures of county economic assessment, March 2019: 183 = 33 + 57 + 35 + 58",
                ),
                "report",
            ),
            HELD,
        ),
        callers=ASSESSED,
        functions=(classes,),
        example=Example(
            units({_CLASS: (_A, _A, _A, _B, _C, None), _LISTED: (False, True, False, False, False, False)}),
            Text(
                "甲类应有 3 个，乙类 2 个，丙类未规定；末一个单位类别未知",
                "class a should have three units, b two, c as many as there are; the class of the last unit is unknown",
            ),
            _settled,
        ),
    ),
)
