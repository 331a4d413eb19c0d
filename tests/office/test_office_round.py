"""A round of the county assessment on the ledger: from the first calculation to the publication and money that returns."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.office.conftest import Bench

from zhishu.coordinate.fact import Fact
from zhishu.coordinate.round.step import unexplained
from zhishu.coordinate.rounds import Round, Version
from zhishu.errors import ZhishuError
from zhishu.ledger import Ledger
from zhishu.office import Upload, Wish
from zhishu.office.assessing import Calculated, calculated, changed, read_result
from zhishu.study import Study
from zhishu.study.assessing import assessment_of
from zhishu.study.assessing.specimen import specimen
from zhishu.system.case import RawCase

NAME = "county_economy_2019"
ID = f"{NAME}.2018"
STREAM = f"round/{ID}"
FILES = {"files": [Upload("evidence.txt", b"evidence")]}


@pytest.fixture
def office(make: Callable[[Ledger], Bench], tmp_path: Path) -> Bench:
    """Return an office with a statistician and a body that may raise matters."""
    from tests.office.conftest import furnish

    from zhishu.ledger import open_ledger

    bench = furnish(make(open_ledger(str(tmp_path / "office.db"))))
    bench.act("admin", "account/statistician", "create", name="统计（示例）", unit="drc")
    bench.act("admin", "account/statistician", "grant", role="statistician", region="510000", domain="*")
    return bench


def state(bench: Bench) -> Round:
    """Return the round as it stands."""
    bench.office.refresh()
    found = bench.office.state(STREAM)
    assert isinstance(found, Round)
    return found


def calculate(bench: Bench, study: Study, raw: RawCase, reasons: str = "", by: str = "statistician") -> Calculated:
    """Calculate a version and record it."""
    made = calculated(study, state(bench), raw, bench.office.today())
    wish = Wish(
        STREAM,
        "calculate",
        bench.office.projection.versions[STREAM],
        {"reasons": [reasons]} if reasons else {},
        made={"form": b"form", "result": made.result, "winners": made.lines(), "open": str(made.open)},
    )
    bench.office.act(by, wish)
    return made


def codes(caught: pytest.ExceptionInfo[ZhishuError]) -> set[str]:
    """Return the codes of what was refused."""
    return {p.code for p in caught.value.problems}


def refused(bench: Bench, by: str, act: str, **given: str) -> set[str]:
    """Return the codes by which an act is refused."""
    with pytest.raises(ZhishuError) as caught:
        bench.act(by, STREAM, act, **given)
    return codes(caught)


@pytest.fixture
def begun(office: Bench, study: Study) -> tuple[Bench, RawCase]:
    """Return an office with a first version calculated, and its form."""
    raw = specimen(assessment_of(study, NAME), 1)
    office.act("supervisor", STREAM, "open", units=["transport", "chengdu"])
    calculate(office, study, raw)
    return office, raw


def test_a_whole_round(begun: tuple[Bench, RawCase], study: Study) -> None:
    """测算 → 征求意见 → 公示 → 异议 → 定稿 → 通报, and each step only when its time has come."""
    bench, _raw = begun
    first = state(bench).current
    assert first is not None
    assert len(first.winners) == 30
    assert refused(bench, "decider", "finalise") == {"act-not-open"}
    assert refused(bench, "supervisor", "notice") == {"act-not-open"}
    bench.act("supervisor", STREAM, "consult")
    bench.act("supervisor", STREAM, "notice")
    assert refused(bench, "decider", "finalise") == {"round-notice"}
    bench.act("clerk", STREAM, "object", place="示例城市主城区33", basis="就业人数有误（示例）")
    bench.clock.forward(days=10)
    assert refused(bench, "decider", "finalise") == {"round-undecided"}
    assert refused(bench, "supervisor", "decide", number="1", outcome="rejected", reason="数据无误") == {
        "office-hidden"
    }
    bench.act("decider", STREAM, "decide", number="1", outcome="rejected", reason="核对无误（示例）")
    bench.act("decider", STREAM, "finalise")
    assert state(bench).stage == "final"
    bench.act("decider", STREAM, "publish")
    done = state(bench)
    assert (done.stage, done.published) == ("published", bench.office.today())
    assert {a.id for a in bench.office.projection.kinds["round"].acts(done, bench.office.world())} == {
        "propose",
        "recover",
    }


def test_who_calculated_neither_settles_nor_publishes(begun: tuple[Bench, RawCase], study: Study) -> None:
    """One who had a hand in the numbers does not sign them."""
    bench, _raw = begun
    bench.act("admin", "account/statistician", "grant", role="decider", region="510000", domain="*")
    bench.act("supervisor", STREAM, "consult")
    bench.act("supervisor", STREAM, "notice")
    bench.clock.forward(days=10)
    assert refused(bench, "statistician", "finalise") == {"round-own"}
    bench.act("decider", STREAM, "finalise")
    assert refused(bench, "statistician", "publish") == {"round-own"}


def test_a_veto_is_raised_by_one_body_and_decided_by_another(begun: tuple[Bench, RawCase], study: Study) -> None:
    """Open, the award is held; upheld, it is lost, and the version that says so needs the reason by name."""
    bench, raw = begun
    current = state(bench).current
    assert current is not None
    winner = next(u for u, a in sorted(current.winners.items()) if a == "strong")
    bench.act("clerk", STREAM, "propose", FILES, kind="veto", place=winner, rule="accident", basis="示例事故")
    bench.act("admin", "account/clerk", "grant", role="decider", region="510000", domain="*")
    assert refused(bench, "clerk", "decide", number="1", outcome="upheld", reason="成立") == {"round-decider"}
    open_version = calculated(study, state(bench), raw, bench.office.today())
    assert winner not in open_version.winners
    assert open_version.open > 0
    bench.act("decider", STREAM, "decide", number="1", outcome="upheld", reason="调查属实（示例）")
    assert refused(bench, "supervisor", "consult") == {"round-uncounted"}
    with pytest.raises(ZhishuError) as caught:
        calculate(bench, study, raw)
    assert "round-dropped" in codes(caught)
    lost = sorted({p.what.zh.partition("上一版")[0] for p in caught.value.problems if p.code == "round-dropped"})
    assert winner in lost
    calculate(bench, study, raw, "；".join(f"{u}：一票否决及其递补（示例）" for u in lost))
    done = state(bench)
    assert done.current is not None
    assert done.current.dropped == tuple(lost)
    assert done.current.open == 0
    bench.act("supervisor", STREAM, "consult")


def test_a_reason_for_another_unit_of_a_longer_name_is_none() -> None:
    """What is said of 示例县10 says nothing of 示例县1; both named, both have their reason."""
    at = datetime(2018, 11, 1, tzinfo=UTC)
    before = Version(1, "form", "result", {"示例县1": "strong", "示例县10": "strong"}, 0, "", (), "x", at.date(), 1)
    round_ = Round(STREAM, versions=(before,))

    def lacking(reasons: str) -> list[str]:
        body = {"winners": "示例县2=strong", "reasons": reasons}
        return list(unexplained(round_, Fact(STREAM, 2, "calculate", "x", "x", at, at.date(), body)))

    assert lacking("") == ["示例县1", "示例县10"]
    assert lacking("示例县10：退出") == ["示例县1"]
    assert lacking("示例县1：退出") == ["示例县10"]
    assert lacking("示例县10、示例县1：退出") == []


def test_31_on_the_notice_30_in_the_end(begun: tuple[Bench, RawCase], study: Study) -> None:
    """A unit that leaves after the notice is raised, decided and counted; its place stays empty and its reason stays."""
    bench, raw = begun
    bench.act("supervisor", STREAM, "consult")
    bench.act("supervisor", STREAM, "notice")
    current = state(bench).current
    assert current is not None
    winner = sorted(current.winners)[0]
    bench.act("clerk", STREAM, "propose", FILES, kind="leaving", place=winner, basis="示例：主动退出")
    bench.act("decider", STREAM, "decide", number="1", outcome="upheld", reason="同意退出（示例）")
    calculate(bench, study, raw, f"{winner}：公示后退出（示例）")
    after = state(bench)
    assert after.current is not None
    assert len(after.current.winners) == len(current.winners) - 1
    assert after.stage == "calculated"
    bench.act("supervisor", STREAM, "notice")
    ledger = bench.office.ledger
    moved = changed(read_result(ledger.blob(current.result)), read_result(ledger.blob(after.current.result)))
    assert [m.unit for m in moved] == [winner]


def test_forgiving_needs_an_indicator_points_and_no_barred_ground(begun: tuple[Bench, RawCase], study: Study) -> None:
    """容错 is a record: item, ground, evidence, decider, effect on the score; never automatic."""
    bench, raw = begun
    unit = "示例城市主城区33"
    assert refused(bench, "clerk", "propose", kind="forgiving", place=unit, basis="示例") >= {"form-missing"}
    with pytest.raises(ZhishuError) as caught:
        bench.act("clerk", STREAM, "propose", FILES, kind="forgiving", place=unit, basis="示例")
    assert codes(caught) == {"round-rule", "round-points"}
    bench.act(
        "clerk",
        STREAM,
        "propose",
        FILES,
        kind="forgiving",
        place=unit,
        rule="debt",
        points="1",
        basis="先行先试（示例）",
    )
    before = calculated(study, state(bench), raw, bench.office.today()).run.assessed.of(unit)
    bench.act("decider", STREAM, "decide", number="1", outcome="upheld", reason="同意（示例）")
    after = calculated(study, state(bench), raw, bench.office.today()).run.assessed.of(unit)
    assert before.whole is not None
    assert after.whole is not None
    assert before.whole.restored.value == 0
    assert 0 <= after.whole.restored.value <= 1


def test_falsified_figures_after_publication_and_the_money_that_comes_back(
    begun: tuple[Bench, RawCase], study: Study
) -> None:
    """After publication nothing but falsified figures is taken up; what is recovered is on record with its voucher."""
    bench, _raw = begun
    bench.act("supervisor", STREAM, "consult")
    bench.act("supervisor", STREAM, "notice")
    bench.clock.forward(days=10)
    bench.act("decider", STREAM, "finalise")
    bench.act("decider", STREAM, "publish")
    current = state(bench).current
    assert current is not None
    winner = sorted(current.winners)[0]
    with pytest.raises(ZhishuError) as caught:
        bench.act("clerk", STREAM, "propose", FILES, kind="veto", place=winner, rule="accident", basis="示例")
    assert codes(caught) == {"round-published"}
    bench.act("clerk", STREAM, "propose", FILES, kind="falsified", place=winner, rule="debt", basis="示例")
    bench.act("decider", STREAM, "decide", number="1", outcome="upheld", reason="属实（示例）")
    with pytest.raises(ZhishuError) as caught:
        bench.act("supervisor", STREAM, "recover", FILES, place=winner, amount="六千")
    assert codes(caught) == {"round-amount"}
    bench.act("supervisor", STREAM, "recover", FILES, place=winner, amount="6000")
    assert [(r.place, r.amount) for r in state(bench).returned] == [(winner, "6000")]


def test_what_is_raised_about_nobody_in_the_form_is_refused_when_it_is_calculated(
    begun: tuple[Bench, RawCase], study: Study
) -> None:
    """A wrong name is found before anything is recorded, with the nearest there is."""
    bench, raw = begun
    bench.act("clerk", STREAM, "propose", FILES, kind="veto", place="示例城市主城区99", rule="accident", basis="示例")
    with pytest.raises(ZhishuError) as caught:
        calculate(bench, study, raw)
    assert codes(caught) == {"round-place"}
    bench2 = state(bench)
    twice = replace(bench2, matters=(replace(bench2.matters[0], place="示例城市主城区01"),))
    again = RawCase(
        {
            **raw.tables,
            "vetoes": [
                type(raw.tables["units"][0])(
                    {"unit": "示例城市主城区01", "rule": "accident", "proposed_by": "甲厅"}, "vetoes[0]"
                )
            ],
        }
    )
    with pytest.raises(ZhishuError) as caught:
        calculated(study, twice, again, date(2026, 3, 2))
    assert codes(caught) == {"round-twice"}


def test_the_same_result_again_is_no_version(begun: tuple[Bench, RawCase], study: Study) -> None:
    """Calculating the same figures again records nothing."""
    bench, raw = begun
    with pytest.raises(ZhishuError) as caught:
        calculate(bench, study, raw)
    assert codes(caught) == {"round-same"}


def test_places_that_are_open_stop_the_settling(office: Bench, study: Study) -> None:
    """A missing figure leaves places open: the round goes on, and it cannot be settled."""
    raw = specimen(assessment_of(study, NAME), 1)
    rows = list(raw.tables["values"])
    best = next(n for n, r in enumerate(rows) if r.cells["unit"] == "示例城市主城区16")
    rows[best] = replace(rows[best], cells={**rows[best].cells, "urbanisation": ""})
    holed = RawCase({**raw.tables, "values": rows})
    office.act("supervisor", STREAM, "open")
    made = calculate(office, study, holed)
    assert made.open > 0
    office.act("supervisor", STREAM, "consult")
    office.act("supervisor", STREAM, "notice")
    office.clock.forward(days=10)
    assert refused(office, "decider", "finalise") == {"round-open-places"}


@pytest.mark.parametrize(
    ("id", "code"),
    [
        ("county_economy_2019", "round-id"),
        ("nope.2018", "round-id"),
        ("county_economy_2019.2031", "round-year"),
        ("county_economy_2021.2019", "round-year"),
    ],
)
def test_a_round_is_of_an_assessment_and_a_year_it_is_in_force_for(office: Bench, id: str, code: str) -> None:
    """The id names both; the version of another year is refused."""
    with pytest.raises(ZhishuError) as caught:
        office.act("supervisor", f"round/{id}", "open")
    assert codes(caught) == {code}


def test_a_city_that_is_not_consulted_sees_nothing(begun: tuple[Bench, RawCase]) -> None:
    """Who is consulted may read and object; anybody else finds nothing there."""
    bench, _ = begun
    bench.act("supervisor", STREAM, "consult")
    bench.act("city", STREAM, "object", place="示例城市主城区33", basis="示例")
    assert refused(bench, "other", "object", place="示例城市主城区33", basis="示例") == {"office-hidden"}
