"""Score kinds in the sheet of a system: the same points as the kind itself, parameters by row and class, faults in words."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pack.sheets import sheet

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.score.kind_columns import KIND_COLUMNS, TOGETHER
from zhishu.score.kinds import KINDS, Completion, Efficacy, Growth, efficacy, growth
from zhishu.study.columns import COLUMNS
from zhishu.system.answer import run_system
from zhishu.system.case import RawCase, RawRow

F = Fraction
SHEET = """
system: t
archetype: index
cite: {at: "1.1", quote: 发展}
about: {zh: 甲, en: a}
parameters:
  full: {name: {zh: 满分, en: full points}, unit: "1", value: 50}
tables:
  counties:
    name: {zh: 县, en: counties}
    key: [id]
    fields:
      id: {name: {zh: 编号, en: id}, type: text}
      zone: {name: {zh: 类, en: class}, type: text}
      done: {name: {zh: 实绩, en: done}, unit: 万元}
      target: {name: {zh: 目标, en: target}, unit: 万元}
      rate: {name: {zh: 增速, en: growth}, unit: "%"}
      met: {name: {zh: 达标, en: met}, type: truth}
      out: {name: {zh: 不参评, en: out}, type: truth}
      before: {name: {zh: 上轮, en: before}, unit: "1"}
      now: {name: {zh: 本轮, en: now}, unit: "1"}
      days: {name: {zh: 天数, en: days}, unit: 天}
    derive:
      done_points: {name: {zh: 完成分, en: completion}, column: {use: completion, args: {value: done, target: target, full: full}, options: {cap: 1.2}}, unit: "1"}
      class_points: {name: {zh: 功效分, en: efficacy}, column: {use: efficacy, args: {value: done, group: zone, where: 'not coalesce(out, False)'}}, unit: "1"}
      pace: {name: {zh: 增速分, en: growth}, column: {use: growth, args: {growth: rate, group: zone}, options: {base: 80, gain: 3, at_least: 0.5}}, unit: "1"}
      against: {name: {zh: 比均值, en: marginal}, column: {use: marginal, args: {value: rate, mean: counties.mean(rate), base: full}}, unit: "1"}
      listed: {name: {zh: 是否, en: listed}, column: {use: boolean, args: {fact: met}, options: {"yes": 5, "no": 0}}, unit: "1"}
      gained: {name: {zh: 进位分, en: gained}, column: {use: places_gained, args: {before: before, now: now}, options: {gain: 0.5, cap: 3}}, unit: "1"}
      speed: {name: {zh: 时限分, en: speed}, column: {use: interval, args: {value: days, full_at: "5", none_at: "20"}}, unit: "1"}
      judged: {name: {zh: 专家分, en: judged}, column: {use: expert, args: {unit: id}, options: {least: 3}, beside: {table: marks, args: {unit: county, mark: mark}}}, unit: "1"}
  marks:
    name: {zh: 打分, en: marks}
    key: [county, expert]
    fields:
      county: {name: {zh: 县, en: county}, type: ref, ref: counties}
      expert: {name: {zh: 专家, en: expert}, type: text}
      mark: {name: {zh: 分, en: mark}, unit: "1"}
answers: []
"""


def points() -> dict[tuple[str, str], Value]:
    """Return the points of three counties of one class and one of another, by subject and column."""
    counties = [
        {"id": "甲", "zone": "a", "done": 45, "target": 50, "rate": 9, "met": "是", "before": 12, "now": 8, "days": 8},
        {"id": "乙", "zone": "a", "done": 90, "target": 50, "rate": 5, "met": "否", "before": 3, "now": 5, "days": 30},
        {"id": "丙", "zone": "a", "done": 60, "target": 0, "rate": 7, "out": "是", "before": 1, "now": 1, "days": 5},
        {"id": "丁", "zone": "b", "done": 10, "target": 40, "rate": 3, "met": "否", "before": 9, "now": 1, "days": 20},
    ]
    marks = [("甲", 60), ("甲", 80), ("甲", 100), ("乙", 70), ("乙", 71)]
    raw = RawCase(
        {
            "counties": [RawRow(row, f"r{n}") for n, row in enumerate(counties)],
            "marks": [RawRow({"county": c, "expert": str(n), "mark": m}, f"m{n}") for n, (c, m) in enumerate(marks)],
        }
    )
    answer = run_system(sheet(SHEET), raw, date(2020, 1, 1), COLUMNS)
    assert answer.problems == ()
    return {(r.subject, f.id): f.value for r in answer.results for f in r.facts}


def test_a_sheet_calls_the_kinds() -> None:
    """Each column on paper: parameters declared, optional or left out; classes apart, one unit out of its class."""
    found = points()
    assert [found[c, "done_points"] for c in "甲乙"] == [45, 60]
    assert str(found["丙", "done_points"]) == str(Unknown("domain", "目标不大于零"))
    assert [found[c, "class_points"] for c in "甲乙"] == [60, 100]
    assert found["丙", "class_points"] == Unknown("held", "不在此类")
    assert found["丁", "class_points"] == Unknown("divide_by_zero", "all units equal")
    assert [found[c, "pace"] for c in "甲乙丙丁"] == [86, 74, 80, 80]
    assert found["甲", "against"] == 50 + 50 * F(3, 20)
    assert found["丁", "against"] == 50 - 50 * F(3, 20)
    assert [found[c, "listed"] for c in "甲乙"] == [5, 0]
    assert isinstance(found["丙", "listed"], Unknown)
    assert [found[c, "gained"] for c in "甲乙丙丁"] == [2, 0, 0, 3]
    assert [found[c, "speed"] for c in "甲乙丙丁"] == [80, 0, 100, 0]
    assert found["甲", "judged"] == 80
    assert isinstance(found["乙", "judged"], Unknown)


def test_every_kind_is_a_column() -> None:
    """By its own name, and no other verb has that name."""
    assert set(KIND_COLUMNS) == set(KINDS)
    assert all(COLUMNS[name].run is run for name, run in KIND_COLUMNS.items())


def test_kinds_of_a_class_are_those_that_look_at_others() -> None:
    """A kind that scores a unit otherwise among others stands in TOGETHER, and no other does."""
    rows: dict[str, list[dict[str, Value]]] = {
        "efficacy": [{"value": F(n)} for n in (1, 2, 9)],
        "minmax": [{"value": F(n)} for n in (1, 2, 9)],
        "rank_table": [{"value": F(n), "place_1": F(5), "place_2": F(3), "least": F(1)} for n in (1, 2, 9)],
        "rank_line": [{"value": F(n), "first": F(5), "last": F(1), "least": F(2)} for n in (1, 2, 9)],
        "growth": [{"growth": F(n), "base": F(50), "gain": F(1), "point": F(1)} for n in (1, 2, 9)],
        "completion": [{"value": F(n), "target": F(9)} for n in (1, 2, 9)],
        "interval": [{"value": F(n), "full_at": F(9), "none_at": F(0)} for n in (1, 2, 9)],
        "marginal": [{"value": F(n), "mean": F(5), "base": F(60)} for n in (1, 2, 9)],
        "deduct": [{"value": F(n), "full": F(5), "line": F(1), "step": F(1), "loss": F(1)} for n in (1, 2, 9)],
        "cliff": [{"value": F(n), "full": F(9), "line": F(1)} for n in (1, 2, 9)],
        "places_gained": [{"before": F(9), "now": F(n), "gain": F(1), "cap": F(5)} for n in (1, 2, 9)],
        "survey": [{"agreeing": F(n), "answers": F(9), "least": F(1)} for n in (1, 2, 9)],
        "boolean": [{"fact": n > 1} for n in (1, 2, 9)],
    }
    assert {*rows, "expert"} == set(KINDS)
    for name, given_rows in rows.items():
        run = KIND_COLUMNS[name]
        alone = [run([row], {})[0] for row in given_rows]
        assert (run(given_rows, {}) == alone) == (name not in TOGETHER), name


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(-50, 50)), min_size=1, max_size=12))
def test_a_class_column_is_the_kind_class_by_class(units: list[tuple[str, int]]) -> None:
    """Whatever stands in other classes."""
    rows: list[dict[str, Value]] = [{"value": F(x), "growth": F(x), "group": g} for g, x in units]
    how = Growth(base=F(50), gain=F(1), point=F(1))
    options = {"base": 50, "gain": 1, "point": 1}
    graded = KIND_COLUMNS["efficacy"]([{"value": r["value"], "group": r["group"]} for r in rows], {})
    paced = KIND_COLUMNS["growth"]([{"growth": r["growth"], "group": r["group"]} for r in rows], options)
    for group in {g for g, _ in units}:
        members = {str(n): F(x) for n, (g, x) in enumerate(units) if g == group}
        assert {n: graded[int(n)] for n in members} == efficacy(members, Efficacy())
        assert {n: paced[int(n)] for n in members} == growth(members, how)


@pytest.mark.parametrize(
    ("name", "row", "options", "said"),
    [
        ("completion", {"value": F(1)}, {}, "target is not given"),
        ("completion", {"value": F(1), "target": F(2), "capp": F(1)}, {}, "there is no argument capp"),
        ("completion", {"value": F(1), "target": F(2), "where": True}, {}, "there is no argument where"),
        ("completion", {"value": F(1), "target": F(2), "cap": F(0)}, {}, "cap must be above zero"),
        ("completion", {"value": F(1), "target": F(2)}, {"full": "many"}, "not a number"),
        ("interval", {"value": F(1), "full_at": F(5)}, {}, "none_at is not given"),
        ("survey", {"agreeing": F(1), "answers": F(2), "least": F(1, 2)}, {}, "least is a whole number"),
        ("rank_table", {"value": F(1)}, {}, "points is not given"),
        ("rank_table", {"value": F(1), "place_1": F(1), "place_2": F(2)}, {}, "must not grow with a worse place"),
        ("efficacy", {"value": F(1), "group": Unknown("missing", "x")}, {}, "(x)"),
        ("efficacy", {"value": F(1), "where": Unknown("missing", "y")}, {}, "(y)"),
        ("efficacy", {"value": F(1)}, {"better": "sideways"}, "must be higher or lower"),
        ("deduct", {"value": F(1), "full": Unknown("missing", "z")}, {}, "(z)"),
        ("expert", {"unit": "a"}, {"least": 3}, "beside is not given"),
    ],
)
def test_what_makes_no_sense_is_unknown_and_says_why(
    name: str, row: dict[str, Value], options: dict[str, object], said: str
) -> None:
    (found,) = KIND_COLUMNS[name]([row], options)
    assert isinstance(found, Unknown)
    assert said in found.say().en


def test_parameters_may_differ_by_row_but_not_inside_a_class() -> None:
    """Weights, thresholds and full points follow the group; a class with two is in conflict."""
    rows: list[dict[str, Value]] = [{"value": F(1), "target": F(2), "full": F(full)} for full in (10, 20)]
    assert KIND_COLUMNS["completion"](rows, {}) == [5, 10]
    two: list[dict[str, Value]] = [{"value": F(n), "better": better} for n, better in enumerate(("higher", "lower"))]
    assert KIND_COLUMNS["efficacy"](two, {}) == [Unknown("conflict", "同类的 better 不一致")] * 2
    assert KINDS["completion"].score({"a": (F(1), F(2))}, Completion(full=F(10)))["a"] == 5


def test_marks_of_an_unknown_unit_may_be_anybodys() -> None:
    options = {"least": 1, "trim": 0, "beside": [{"unit": Unknown("missing"), "mark": F(50)}]}
    assert isinstance(KIND_COLUMNS["expert"]([{"unit": "a"}], options)[0], Unknown)
    known = {**options, "beside": [{"unit": "a", "mark": F(50)}, {"unit": "b", "mark": F(90)}]}
    assert KIND_COLUMNS["expert"]([{"unit": "a"}, {"unit": "b"}], known) == [50, 90]


def test_no_rows_give_nothing() -> None:
    assert all(run([], {}) == [] for run in KIND_COLUMNS.values())
