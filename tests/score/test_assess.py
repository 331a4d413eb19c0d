"""An assessment run on a few numbers: eligibility, classes, totals, places, awards, money, and what stays open."""

from datetime import date
from fractions import Fraction

import pytest
from tests.score.assessments import ASPECTS, GROUPS, SIX, WAN, given, made

from zhishu.logic import Unknown
from zhishu.pack.assessment import load_assessments
from zhishu.pack.lines import read_yaml
from zhishu.score.assess import Assessed, Counted, Facts, Forgiven, Left, Member, Paid, Ruling, assess, check_kinds

BONUS = """
    bonus:
      most: 3
      items:
        star: {name: {zh: 示范, en: model}, each: 2, most: 4}
    deductions:
      fire: {name: {zh: 事故, en: accident}, each: 5, most: 10}
    vetoes:
      ban: {name: {zh: 重大事故, en: major accident}, proposes: {zh: 应急部门, en: emergency}, decides: {zh: 省政府, en: province}, effect: no_award}
      relapse: {name: {zh: 返贫, en: relapse}, proposes: {zh: 农业部门, en: farming}, decides: {zh: 省政府, en: province}, effect: no_standing}
    forgiving:
      most: 50
      never:
        safety: {name: {zh: 安全生产, en: safety}}
    grades:
      good: {name: {zh: 良好, en: good}, least: 80}
      pass: {name: {zh: 合格, en: pass}, least: 60}
"""


def awards(done: Assessed) -> dict[str, str | None]:
    """Return who has which award."""
    return {s.unit: s.given.award for s in done.standings if s.given.award}


def test_points_are_weighted_and_ranked_inside_the_class() -> None:
    """0.6 of output plus 0.4 of jobs; parts sum to the total; first and second awards go by rank."""
    facts = given({**SIX, "示例二": (85, 70)})
    done = assess(made(), facts)
    two = done.of("示例二")
    assert two.total == Fraction(79)
    assert two.rank == 2
    assert two.points is not None
    assert sum(p.contribution for p in two.points.parts if isinstance(p.contribution, Fraction)) == 79
    assert awards(done) == {"示例一": "first", "示例二": "second", "示例三": "second"}
    assert sum(p.given for p in done.purses) == 16_000 * WAN


def test_a_missing_figure_gives_bounds_and_never_moves_a_weight() -> None:
    """Without jobs a unit lies between 54 and 94; those it could pass have their awards held, not lost."""
    done = assess(made(), given({**SIX, "示例一": (90, None)}))
    one = done.of("示例一")
    assert isinstance(one.total, Unknown)
    assert one.whole is not None
    assert (one.whole.total.low, one.whole.total.high) == (54, 94)
    assert one.rank is None
    assert one.place is not None
    assert (one.place.best, one.place.worst) == (1, 4)
    two = done.of("示例二")
    assert two.rank is None
    assert two.place is not None
    assert (two.place.best, two.place.worst) == (1, 2)
    assert two.given.award is None
    assert two.given.open == ("first", "second")
    # 示例三 is third at worst and second at best: one of the two second places is its own whatever comes
    assert done.of("示例三").given.award == "second"
    assert done.of("示例四").given.open == ("second",)
    assert {p.award: (p.won, p.held, p.empty) for p in done.purses} == {"first": (0, 1, 0), "second": (1, 1, 0)}


def test_money_is_conserved_whatever_is_open() -> None:
    """Given, open and unspent are all that the places cost."""
    for values in (SIX, {**SIX, "示例一": (None, None)}, dict(list(SIX.items())[:2])):
        purses = assess(made(), given(values)).purses
        assert sum(p.given + p.open + p.unspent for p in purses) == 16_000 * WAN


def test_a_tie_at_the_places_is_parted_as_declared_or_held() -> None:
    """Equal totals are parted by the aspects declared; without a rule, or where these are equal too, places are held."""
    tied = {**SIX, "示例三": (70, 70), "示例四": (75, Fraction(125, 2))}
    held = assess(made(), given(tied))
    assert held.of("示例三").total == held.of("示例四").total == 70
    assert held.of("示例三").rank == held.of("示例四").rank == 3
    assert held.of("示例三").given.open == held.of("示例四").given.open == ("second",)
    parted = assess(made("    ties: [life]"), given(tied))
    assert parted.of("示例三").given.award == "second"
    assert parted.of("示例四").given.award is None
    equal = assess(made("    ties: [life]"), given({**SIX, "示例四": (70, 70)}))
    assert equal.of("示例四").given.open == ("second",)
    assert {p.award: p.held for p in equal.purses}["second"] == 1


def test_bonus_and_deductions_have_caps() -> None:
    """Three stars earn 4 by their own cap and 3 by that of all bonus; three fires cost 10."""
    facts = given(
        SIX, bonus=(Counted("示例三", "star", Fraction(3)),), deductions=(Counted("示例二", "fire", Fraction(3)),)
    )
    done = assess(made(BONUS), facts)
    assert done.of("示例三").total == 73
    assert done.of("示例二").total == 70
    assert done.of("示例三").rank == 2


def test_an_unknown_count_gives_bounds() -> None:
    """How often it burned is not known: the total lies between 70 and 80 and the grade is open."""
    facts = given(SIX, deductions=(Counted("示例二", "fire", Unknown("missing")),))
    two = assess(made(BONUS), facts).of("示例二")
    assert two.whole is not None
    assert (two.whole.total.low, two.whole.total.high) == (70, 80)
    assert isinstance(two.grade, Unknown)


def test_a_veto_upheld_costs_the_award_and_the_place_goes_to_the_next() -> None:
    """The unit keeps score and rank; a veto rejected changes nothing."""
    done = assess(made(BONUS), given(SIX, vetoes=(Ruling("示例一", "ban", "upheld"),)))
    assert done.of("示例一").rank == 1
    assert done.of("示例一").given.award is None
    assert awards(done) == {"示例二": "first", "示例三": "second", "示例四": "second"}
    same = assess(made(BONUS), given(SIX, vetoes=(Ruling("示例一", "ban", "rejected"),)))
    assert awards(same)["示例一"] == "first"


def test_a_veto_on_an_open_fact_holds_the_award_of_all_it_bears_on() -> None:
    """待核: nobody loses and nobody wins by a fact that is not decided."""
    done = assess(made(BONUS), given(SIX, vetoes=(Ruling("示例一", "ban", None),)))
    assert done.of("示例一").vetoes == (("ban", False),)
    assert done.of("示例一").given.open == ("first",)
    assert done.of("示例二").given.open == ("first", "second")
    assert done.of("示例三").given.award == "second"
    assert done.of("示例四").given.open == ("second",)
    assert done.of("示例五").given == assess(made(BONUS), given(SIX)).of("示例五").given


def test_a_veto_on_the_standing_takes_the_unit_out_of_the_ranking() -> None:
    """Without a standing it has no rank, and the others close up; open, every rank below is open."""
    done = assess(made(BONUS), given(SIX, vetoes=(Ruling("示例一", "relapse", "upheld"),)))
    assert done.of("示例一").rank is None
    assert done.of("示例二").rank == 1
    waiting = assess(made(BONUS), given(SIX, vetoes=(Ruling("示例一", "relapse", None),)))
    assert waiting.of("示例二").place is not None
    assert (waiting.of("示例二").place.best, waiting.of("示例二").place.worst) == (1, 2)  # type: ignore[union-attr]  # just asserted


def test_forgiving_gives_back_a_share_of_what_was_lost_and_never_on_a_barred_ground() -> None:
    """Half of the 12 points of output lost may come back; nothing for an accident."""
    some = (Forgiven("示例三", "output", Fraction(20)),)
    three = assess(made(BONUS), given(SIX, forgiven=some)).of("示例三")
    assert three.whole is not None
    assert three.whole.restored.value == 9
    assert three.whole.refused[0].zh == "至多退回 9 分"
    barred = assess(made(BONUS), given(SIX, forgiven=(Forgiven("示例三", "output", Fraction(5), "safety"),))).of(
        "示例三"
    )
    assert barred.total == 70
    assert barred.whole is not None
    assert "不予容错" in barred.whole.refused[0].zh


GROUNDS = """
    ineligible:
      listed: {name: {zh: 已列百强, en: listed already}}
"""


def test_eligibility_comes_before_scoring() -> None:
    """A unit kept out sets no scale and has no place; where it is not established no award is given in the class."""
    members = tuple(Member(u, "a", {"listed": u == "示例一"}) for u in SIX)
    done = assess(made(GROUNDS), given(SIX, members=members))
    assert done.of("示例一").entry.state == "excluded"
    assert done.of("示例一").rank is None
    assert awards(done) == {"示例二": "first", "示例三": "second", "示例四": "second"}
    unsure = tuple(Member(u, "a", {"listed": Unknown("missing") if u == "示例六" else False}) for u in SIX)
    waiting = assess(made(GROUNDS), given(SIX, members=unsure))
    assert awards(waiting) == {}
    assert waiting.classes["a"].open[0].zh == "资格待核：示例六"
    assert sum(p.open for p in waiting.purses) == 16_000 * WAN


def test_a_unit_without_a_class_or_a_class_of_another_size_settles_nothing() -> None:
    """Whoever is in no class could stand in any; a class of seven that lists six lacks one."""
    members = (*(Member(u, "a") for u in list(SIX)[:5]), Member("示例六", None))
    homeless = assess(made(), given(SIX, members=members))
    assert homeless.of("示例六").entry.state == "no_class"
    assert awards(homeless) == {}
    seven = made(groups="    groups:\n      a: {name: {zh: 甲类, en: class A}, size: 7}\n")
    done = assess(seven, given(SIX))
    assert done.classes["a"].open[0].zh == "应有 7 个，列了 6 个"
    assert awards(done) == {}


def test_a_small_class_is_not_ranked() -> None:
    """Four units have totals and no ranks, and no award is given."""
    done = assess(made(), given(dict(list(SIX.items())[:4])))
    assert all(s.rank is None and isinstance(s.total, Fraction) for s in done.standings)
    assert done.of("示例一").why_no_rank.zh == "同类有总分的不足 5 个，不排名"  # type: ignore[union-attr]  # it has none


def test_who_leaves_after_the_notice_leaves_an_empty_place_or_lets_the_next_in() -> None:
    """As declared; the reason is kept, and the money of an empty place stays unspent."""
    left = (Left("示例一", date(2020, 3, 1), "示例原因"),)
    done = assess(made(), given(SIX, left=left))
    assert done.of("示例一").dropped == "first"
    assert done.of("示例二").given.award == "second"
    assert {p.award: (p.won, p.empty) for p in done.purses} == {"first": (0, 1), "second": (2, 0)}
    moved = assess(made("    left: next"), given(SIX, left=left))
    assert moved.of("示例二").given.award == "first"
    assert moved.of("示例一").dropped is None


def test_falsified_figures_disqualify_and_money_comes_back() -> None:
    """Upheld: no standing, and what was paid is recovered; open: nothing is given that it could bear on."""
    paid = (Paid("示例一", Fraction(6000)), Paid("示例二", Fraction(5000)))
    done = assess(made(), given(SIX, falsified=(Ruling("示例一", "output", "upheld"),), paid=paid))
    assert done.of("示例一").entry.state == "disqualified"
    assert done.of("示例一").recover == 6000
    assert done.of("示例二").rank == 1
    assert done.of("示例二").recover == 0
    waiting = assess(made(), given(SIX, falsified=(Ruling("示例一", "output", None),), paid=paid))
    assert waiting.of("示例一").given.award is None
    assert waiting.of("示例一").recover == 0


RELATIVE = ASPECTS.replace(
    "kind: interval, parameters: {full_at: 100, none_at: 0}, weight: 60", "kind: efficacy, weight: 60"
)


def test_the_scale_says_who_set_it_and_excluded_units_do_not() -> None:
    """Efficacy 60 to 100 between the least and the greatest of those who take part."""
    members = tuple(Member(u, "a", {"listed": u == "示例一"}) for u in SIX)
    done = assess(made(GROUNDS, aspects=RELATIVE), given(SIX, members=members))
    span = done.spans["a"]["output"]
    assert span is not None
    assert (span.high_unit, span.high, span.low_unit, span.low) == ("示例二", 80, "示例六", 40)


TWO = """
    groups:
      a: {name: {zh: 甲类, en: class A}}
      b: {name: {zh: 乙类, en: class B}}
    purposes:
      merit: {name: {zh: 政绩, en: merit}}
"""
MATRIX = ASPECTS.replace(
    "weight: 60,", "weight: {a: 60, b: 30}, by: [{group: b, kind: efficacy}, {group: b, purpose: merit, weight: 20}],"
).replace("weight: 40,", "weight: {a: 40, b: 70}, by: [{group: b, purpose: merit, weight: 80}],")


def test_weights_and_kinds_depend_on_class_and_purpose() -> None:
    """The same figures score otherwise in another class and for another purpose; ranks stay inside a class."""
    declared = made(groups=TWO, aspects=MATRIX)
    members = (*(Member(u, "a") for u in SIX), *(Member(u + "乙", "b") for u in SIX))
    facts = given({**SIX, **{u + "乙": v for u, v in SIX.items()}}, members=members)
    done = assess(declared, facts)
    assert done.of("示例一").total == 90
    assert done.of("示例一乙").total == Fraction(30) + 63
    assert done.of("示例二乙").rank == 2
    merit = assess(declared, facts, "merit")
    assert merit.of("示例一").total == 90
    assert merit.of("示例一乙").total == 20 + 72


@pytest.mark.parametrize(
    ("written", "code", "said"),
    [
        ("weight: 60 -> weight: 50", "scheme-weights", "10 short of 100"),
        ("weight: 60 -> weight: {a: 60, z: 3}", "assessment-name", "there is no class z"),
        ("weight: 60 -> weight: -60", "assessment-number", "no weight below zero"),
        ("weight: 60 -> weight: 60, by: [{purpose: x, weight: 60}]", "assessment-name", "there is no purpose x"),
        ("places: {a: 1} -> places: {a: 1, z: 1}", "assessment-name", "there is no class z"),
        (
            "prize: 6000 万元 -> prize: 6000 万元, by: growth",
            "assessment-name",
            "there is no aspect or indicator growth",
        ),
        ("prize: 6000 万元 -> prize: many", "quantity-unreadable", ""),
        ("years: [2020, 2020] -> years: [2021, 2020]", "assessment-years", "the first year is after the last"),
        ("          jobs: -> '          output:", "", ""),
    ],
)
def test_a_declaration_that_does_not_fit_is_refused_with_its_line(written: str, code: str, said: str) -> None:
    """Weights that miss 100, names nobody declared, numbers that make no sense: each with file, line and repair."""
    from tests.score.assessments import AWARDS, HEAD

    old, _, new = written.partition(" -> ")
    text = (HEAD + GROUPS + ASPECTS + AWARDS + "    pool: 16000 万元\n").replace(old, new.strip("'"))
    if not code:
        text, code, said = (
            text.replace("          output: {name: {zh: 就业", "          economy: {name: {zh: 就业"),
            "pack-duplicate-id",
            "economy",
        )
    _, problems = load_assessments(read_yaml(text, "assessments.yaml"))
    assert problems, written
    matching = [p for p in problems if said in p.what.en]
    assert code in {p.code for p in matching}, [(p.code, p.what.en) for p in problems]
    assert all(p.where.startswith("assessments.yaml:") for p in problems)


def test_prizes_beyond_the_pool_are_refused() -> None:
    """One place more than the money allows is found when the declaration is read."""
    from tests.score.assessments import AWARDS, HEAD

    text = HEAD + GROUPS + ASPECTS + AWARDS + "    pool: 15999 万元\n"
    _, problems = load_assessments(read_yaml(text, "assessments.yaml"))
    assert [p.code for p in problems] == ["assessment-pool"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "kind: interval, parameters: {full_at: 100, none_at: 0}, weight: 60",
            "kind: best, weight: 60",
            "is no kind of score",
        ),
        ("full_at: 100, none_at: 0}, weight: 60", "full_at: 100}, weight: 60", "parameters are missing: none_at"),
        ("full_at: 100, none_at: 0}, weight: 60", "full_at: 100, none_at: 100}, weight: 60", "must differ"),
        (
            "full_at: 100, none_at: 0}, weight: 60",
            "full_at: 100, none_at: 0, slope: 2}, weight: 60",
            "is no parameter of interval",
        ),
    ],
)
def test_a_kind_that_makes_no_sense_is_named_with_its_line(old: str, new: str, said: str) -> None:
    """An unknown kind, a parameter that lacks, is not known or contradicts another."""
    declared = made(aspects=ASPECTS.replace(old, new))
    problems = check_kinds(declared)
    assert len(problems) == 1
    assert said in problems[0].what.en
    assert problems[0].code == "score-kind"


def test_a_column_equal_for_all_gives_no_total_and_says_why() -> None:
    """Nothing can be scaled where all are equal: no 0/0, no total, bounds instead."""
    done = assess(made(aspects=RELATIVE), given({u: (50, jobs) for u, (_, jobs) in SIX.items()}))
    one = done.of("示例一")
    assert isinstance(one.total, Unknown)
    assert one.total.reason == "divide_by_zero"
    assert one.whole is not None
    assert one.whole.total.low == 36
    assert one.whole.total.high == 96


def test_facts_may_be_empty() -> None:
    """A class without a unit is told as such; nothing is given and nothing lost."""
    done = assess(made(), Facts((), {}))
    assert done.standings == ()
    assert done.classes["a"].open[0].zh == "没有一个单位"
    assert sum(p.open for p in done.purses) == 16_000 * WAN
