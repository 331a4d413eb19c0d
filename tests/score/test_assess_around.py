"""Around an assessment: rank reversal, comparison, reach, audit, what moves ranks."""

from dataclasses import replace
from fractions import Fraction

import pytest
from tests.score.assessments import ASPECTS, SIX, given, made

from zhishu.score.assess import Member, assess
from zhishu.score.assess.audit import audit
from zhishu.score.assess.compare import compare
from zhishu.score.assess.leaving import leaving
from zhishu.score.assess.reach import Aim, reach
from zhishu.score.assess.shares import rank_shares

RELATIVE = ASPECTS.replace(
    "kind: interval, parameters: {full_at: 100, none_at: 0}, weight: 60", "kind: minmax, weight: 60"
)
ROOM = ASPECTS.replace(
    "denominator: {zh: 无, en: none}}\n      life",
    "denominator: {zh: 无, en: none}, room: {least: 0, most: 95, by: {zh: 项目, en: projects}}}\n      life",
)


def test_a_unit_that_leaves_reverses_two_others_where_points_depend_on_the_class() -> None:
    """甲 leads 乙 while 丙 stretches the scale of output; without 丙 output counts for more and 乙 leads."""
    rows = {
        "示例甲": (50, 80),
        "示例乙": (60, 70),
        "示例丙": (400, 0),
        "示例丁": (0, 0),
        "示例戊": (10, 10),
        "示例己": (20, 10),
    }
    declared = made(aspects=RELATIVE)
    facts = given(rows)
    done = assess(declared, facts)
    found = leaving(declared, facts, done, "a")
    third = next(x for x in found if x.unit == "示例丙")
    assert ("示例甲", "示例乙") in third.swapped
    assert third.ends == ("output",)


def test_nobody_reverses_anybody_where_points_do_not_depend_on_the_class() -> None:
    """Fixed lines: whoever leaves, the others keep their order."""
    declared, facts = made(), given(SIX)
    assert leaving(declared, facts, assess(declared, facts), "a") == ()


def test_two_runs_side_by_side_say_who_moved_and_whose_award_was_dropped() -> None:
    """A corrected figure costs 示例三 its award; the parts say by how many points."""
    declared = made()
    before = assess(declared, given(SIX))
    after = assess(declared, given({**SIX, "示例三": (50, 70)}))
    moved = {m.unit: m for m in compare(before, after)}
    assert moved["示例三"].dropped
    assert moved["示例三"].change == -12
    assert moved["示例三"].parts == {"output": Fraction(-12)}
    assert not moved["示例四"].dropped
    assert moved["示例四"].award_after == "second"
    assert "示例一" not in moved
    assert compare(before, before) == ()


def test_reach_moves_only_what_is_declared_improvable_and_within_its_room() -> None:
    """示例三 needs output of 90 for a total of 82 alone; the room ends at 95, so 86 cannot be reached."""
    declared, facts = made(aspects=ROOM), given(SIX)
    done = assess(declared, facts)
    found = reach(declared, facts, done, "示例三", Aim(total=Fraction(82)))
    assert [w.indicator for w in found.ways] == ["output"]
    assert found.ways[0].bound == 95
    assert found.ways[0].to is not None
    assert abs(found.ways[0].to - 90) < Fraction(1, 100)
    assert found.best.total == 85
    beyond = reach(declared, facts, done, "示例三", Aim(total=Fraction(86)))
    assert beyond.ways[0].to is None
    assert beyond.together is None
    second = reach(declared, facts, done, "示例三", Aim(rank=2))
    assert second.ways[0].to is not None
    assert second.ways[0].to > Fraction(86)


def test_reach_of_a_unit_without_a_total_is_refused() -> None:
    """Nothing is promised to a unit whose total is not known."""
    declared, facts = made(aspects=ROOM), given({**SIX, "示例三": (70, None)})
    with pytest.raises(ValueError, match="示例三"):
        reach(declared, facts, assess(declared, facts), "示例三", Aim(rank=1))


def test_the_audit_names_what_weakens_an_assessment() -> None:
    """A part that falls as the whole rises, weak figures, an aspect without figures, a class that is not settled."""
    declared = made(aspects=RELATIVE)
    rows = {f"示例{n}": (10 * n, 100 - 9 * n) for n in range(8)}
    weak = frozenset({("示例1", "output")})
    facts = given(
        {**rows, "示例8": (55, None)},
        weak=weak,
        members=(*(Member(f"示例{n}", "a") for n in range(9)), Member("示例九", None)),
    )
    found = audit(declared, facts, assess(declared, facts))
    codes = {(f.code, f.severity) for f in found}
    assert {("class_open", "warning"), ("aspect_missing", "warning"), ("weak_cells", "warning")} <= codes
    assert ("justified", "note") in codes
    against = next(f for f in found if f.code == "against")
    assert against.severity == "warning"
    assert against.where[0] == "a"
    assert "就业" in against.says.zh
    assert "jobs" in against.says.en
    weak_share = next(f for f in found if f.code == "weak_cells")
    assert weak_share.value == pytest.approx(0.6)


def test_the_audit_of_a_declaration_alone_needs_no_figures() -> None:
    """Direction and denominator of each indicator, and which are scored against the class."""
    codes = [f.code for f in audit(made(aspects=RELATIVE))]
    assert codes.count("justified") == 2
    assert codes.count("relative") == 1


def test_what_moves_ranks_is_shared_among_headings_mean_and_errors() -> None:
    """Shares are there for every heading with two parts, the mean, and the errors given; none where there is no class."""
    declared = made()
    rows = {f"示例{n}": (90 - 7 * n, 55 + 6 * n) for n in range(7)}
    facts = given(rows, errors={("示例3", "output"): Fraction(1, 5)})
    done = assess(declared, facts)
    found = rank_shares(declared, facts, done, "a", base=64)
    assert found is not None
    assert set(found.shares) == {"index", "mean", "errors"}
    assert rank_shares(declared, replace(facts, members=()), assess(declared, replace(facts, members=())), "a") is None
