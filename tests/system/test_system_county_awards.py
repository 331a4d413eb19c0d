"""The county awards of 2018 through the system: four classes, 183 counties, 31 on the notice, 30 paid, 141,000 万元."""

from datetime import date

import pytest

from zhishu.logic import Unknown
from zhishu.study import Study
from zhishu.study.columns import COLUMNS
from zhishu.system.answer import run_system
from zhishu.system.answered import Answer
from zhishu.system.case import RawCase, RawRow

ON = date(2019, 12, 31)
# class: counties, and places of the three awards (the sum of each award is known, its split over classes is ours)
CLASSES = {
    "城市主城区": (33, (2, 2, 2)),
    "重点开发区": (57, (4, 3, 3)),
    "农产品主产区": (35, (2, 2, 2)),
    "重点生态功能区": (58, (4, 2, 3)),
}
INDICATORS = ("示例指标一", "示例指标二")


def counties(**left: object) -> RawCase:
    """Return 183 specimen counties with two values each, falling from the first to the last of a class."""
    units, values, number = [], [], 0
    for name, (size, _) in CLASSES.items():
        for i in range(size):
            number += 1
            unit: dict[str, object] = {"unit": f"示例{number}", "category": name}
            if i == 0 and name == "重点生态功能区":
                unit.update(left)
            units.append(RawRow(unit, f"units{number}"))
            for indicator in INDICATORS:
                cells = {"unit": f"示例{number}", "indicator": indicator, "value": str(90 - i)}
                values.append(RawRow(cells, f"values{number}"))
    awards = ("first_places", "second_places", "third_places")
    classes = [
        RawRow({"category": n, "size": str(s), **dict(zip(awards, map(str, p), strict=True))}, n)
        for n, (s, p) in CLASSES.items()
    ]
    goals = [RawRow({"indicator": i, "better": "up", "low": "0", "high": "100"}, i) for i in INDICATORS]
    weights = [RawRow({"category": n, "indicator": i, "weight": "50"}, f"{n}{i}") for n in CLASSES for i in INDICATORS]
    tables = {"classes": classes, "indicators": goals, "weights": weights, "units": units, "values": values}
    return RawCase(tables)


def whole(answer: Answer) -> dict[str, object]:
    """Return the totals of an answer."""
    assert answer.problems == ()
    return {f.id: f.value for f in answer.results[0].facts}


@pytest.fixture(scope="module")
def final(study: Study) -> Answer:
    """Return the answer after one county left the list."""
    gate = study.pack.systems["differentiated-assessment"]
    case = counties(withdrawn_on="2019-06-30", reason="示例：公示期间退出")
    return run_system(gate, case, ON, COLUMNS)


def test_t49_thirty_of_thirty_one_share_141000(final: Answer) -> None:
    """11, 9 and 10 awards at 6,000, 5,000 and 3,000 万元; the place of the one that left stays empty."""
    found = whole(final)
    assert (found["units_all"], found["on_the_list"], found["final"]) == (183, 31, 30)
    assert found["money"] == 141_000 * 10_000
    verdicts = [r.outcome.id for r in final.results if r.table == "units" and r.outcome]
    assert [verdicts.count(v) for v in ("first", "second", "third", "withdrawn")] == [11, 9, 10, 1]


def test_money_adds_up_over_classes_and_units(final: Answer) -> None:
    """The sum over classes and the sum over counties are the sum in all."""
    by_table = {t: [r for r in final.results if r.table == t] for t in ("classes", "units")}
    for table, fact in (("classes", "money"), ("units", "prize")):
        money = [f.value for r in by_table[table] for f in r.facts if f.id == fact]
        assert not any(isinstance(m, Unknown) for m in money)
        assert sum(money) == 141_000 * 10_000


def test_an_objection_holds_the_money_of_its_county(study: Study) -> None:
    """Before the objection is settled one prize is pending, neither paid nor lost."""
    answer = run_system(study.pack.systems["differentiated-assessment"], counties(contested="是"), ON, COLUMNS)
    found = whole(answer)
    assert (found["final"], found["money"], found["open_prizes"]) == (30, 1_410_000_000, 60_000_000)
