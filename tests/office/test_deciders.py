"""What waits for a ruling stands on the desk of everybody who may give it, of whatever unit, and on nobody else's."""

from tests.office.conftest import Bench

from zhishu.office import Upload, Wish
from zhishu.office.desk import desk
from zhishu.office.reviewing import reviews, rulings

TASK = {
    "title": "示例任务", "template": "supervision_3", "supervisor": "drc", "unit": "transport", "reviewer": "review",
    "region": "510000", "domain": "transport", "due": "2026-03-06",
}  # fmt: skip


def waits(bench: Bench, account: str) -> dict[str, list[str]]:
    """Return what waits for an account's ruling, by subject; the page of rulings agrees with the desk."""
    found = bench.office.account(account)
    assert found is not None
    moment, sight = bench.office.moment(), bench.office.sight(found)
    ruled = {d.line.stream: [a.id for a in d.acts] for d in rulings(reviews(moment, sight), moment, sight)}
    assert set(ruled) <= {line.stream for line in desk(moment, sight).waits}
    return ruled


def people(bench: Bench) -> None:
    """Add a signing officer of the review centre, one of the responsible unit, and one for another domain."""
    for id, unit, domain in (("far", "review", "*"), ("own", "transport", "*"), ("rural", "review", "rural")):
        bench.act("admin", f"account/{id}", "create", name=f"{id}（示例）", unit=unit)
        bench.act("admin", f"account/{id}", "grant", role="decider", region="510000", domain=domain)


def test_a_decider_of_another_unit_sees_what_may_be_decided(bench: Bench) -> None:
    people(bench)
    bench.act("supervisor", "task/t", "draft", **TASK)
    bench.act("supervisor", "task/t", "assign")
    assert waits(bench, "far") == {}
    bench.act(
        "clerk",
        "task/t",
        "ground",
        {"files": [Upload("a.pdf", b"%PDF")]},
        kind="funds",
        text="资金未到",
        until="2026-04-01",
    )
    for account in ("far", "decider", "second"):
        assert waits(bench, account) == {"task/t": ["decide_ground"]}
    # the unit that owes the work, another domain, and who may only read
    for account in ("own", "rural", "clerk", "auditor", "supervisor"):
        assert waits(bench, account) == {}
    bench.act("far", "task/t", "decide_ground", decision="no", reason="不成立")
    assert waits(bench, "far") == waits(bench, "decider") == {}


def test_who_asked_or_issued_is_not_asked_to_decide(bench: Bench) -> None:
    people(bench)
    bench.act("supervisor", "task/t", "draft", **TASK)
    bench.act("supervisor", "task/t", "assign")
    bench.clock.forward(days=6)
    bench.act("supervisor", "task/t", "propose_order", level="blue", reason="逾期", basis="示例办法")
    assert waits(bench, "far") == {"task/t": ["issue_order", "decline_order"]}
    bench.act("far", "task/t", "issue_order", basis="示例办法", repair="补报")
    bench.act("clerk", "task/t", "object", text="已报")
    # two posts alike share what is worked out, and yet the one who issued it is left out
    assert waits(bench, "far") == {}
    assert waits(bench, "second") == {"task/t": ["decide_objection"]}


def test_a_briefing_waits_for_whoever_may_release_it(bench: Bench) -> None:
    head = bench.office.ledger.head()
    made: dict[str, bytes | str] = {
        "content": b"word", "checkpoint": str(head.seq), "checkpoint_hash": head.seal, "basis_day": "2026-03-01",
    }  # fmt: skip
    given = {"title": ["示例通报"], "title_en": ["A briefing"], "period": ["2026-02"]}
    bench.office.act("secretary", Wish("release/2026-02", "draft", 0, given, made=made))
    assert waits(bench, "decider") == {"release/2026-02": ["release"]}
    assert waits(bench, "secretary") == {}
    bench.act("decider", "release/2026-02", "release")
    assert waits(bench, "decider") == waits(bench, "second") == {}


def test_figures_wait_for_the_next_level_alone(bench: Bench) -> None:
    """The level is the unit's: a statistician of another unit is not asked, though the right reaches that far."""
    for id, unit in (("stat", "drc"), ("far", "review"), ("head2", "transport")):
        bench.act("admin", f"account/{id}", "create", name=f"{id}（示例）", unit=unit)
        bench.act("admin", f"account/{id}", "grant", role="statistician", region="510000", domain="*")
    bench.act(
        "admin", "unit/bureau", "create", name="示例公路局", region="510000", above="transport", since="2018-01-01"
    )
    bench.act("admin", "account/low", "create", name="low（示例）", unit="bureau")
    bench.act("admin", "account/low", "grant", role="unit_clerk", region="510000", domain="*")
    bench.act("stat", "period/monthly.2026-02", "open", due="2026-03-20", units=["bureau"])
    stream = "submission/monthly.2026-02.bureau"
    given = {"rows": ["1"]}
    upload = Wish(stream, "upload", 0, given, {"files": [Upload("a.csv", b"1")]}, made={"content": b"1"})
    bench.office.act("low", upload)
    assert waits(bench, "head2") == {}
    bench.act("low", stream, "submit")
    assert waits(bench, "head2") == {stream: ["approve", "return"]}
    assert waits(bench, "far") == waits(bench, "stat") == waits(bench, "low") == {}
    bench.act("head2", stream, "approve")
    assert waits(bench, "head2") == {}


def test_it_is_kept_up_and_not_looked_for_among_all(bench: Bench) -> None:
    """Only what waits for a ruling is looked at, and it is dropped once it is ruled on."""
    bench.act("supervisor", "task/t", "draft", **TASK)
    bench.act("supervisor", "task/u", "draft", **TASK)
    known = bench.office.projection
    assert list(known.deciding) == []
    bench.act("supervisor", "task/t", "propose_deadline", due="2026-04-30", reason="汛期")
    assert list(known.deciding) == ["task/t"]
    bench.act("decider", "task/t", "decide_deadline", decision="yes", reason="同意")
    assert list(known.deciding) == []
