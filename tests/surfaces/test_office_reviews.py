"""The page of rulings and the desk: what was brought, who may rule on it, and what an order brings before its button."""

from tests.office.conftest import Bench, bench, make
from tests.surfaces.door_samples import give_passwords, serve, sign_in
from tests.surfaces.office_door import make_release

from zhishu.office import Upload
from zhishu.office.reviewing import reviews, rulings
from zhishu.study import Study

__all__ = ["bench", "make"]
TASK = "task/t"


def ready(bench: Bench) -> None:
    """Draft a task that its unit reported on, and another on which an order is proposed."""
    for id, due in (("t", "2026-03-31"), ("late", "2026-03-03")):
        bench.act(
            "supervisor", f"task/{id}", "draft", title=f"示例任务{id}", template="supervision", supervisor="drc",
            unit="transport", reviewer="review", due=due, region="510000", domain="transport", at="3.19",
        )  # fmt: skip
        bench.act("supervisor", f"task/{id}", "open")
        bench.act("supervisor", f"task/{id}", "assign")
    bench.act("clerk", TASK, "sign")
    bench.act("clerk", TASK, "handle")
    proof = {"files": [Upload("验收单.pdf", b"%PDF-1.4 demo")]}
    bench.act("clerk", TASK, "report", proof, progress="已完成", shows="验收单")
    why = {"level": "blue", "reason": "临期无反馈", "basis": "督查办法（示例）第八条"}
    bench.act("supervisor", "task/late", "propose_order", **why)


def waiting(bench: Bench, account: str) -> list[tuple[str, list[str]]]:
    """Return what waits for an account's ruling, and by which acts."""
    found = bench.office.account(account)
    assert found is not None
    moment, sight = bench.office.moment(), bench.office.sight(found)
    due = rulings(reviews(moment, sight), moment, sight)
    return [(d.line.stream, [a.id for a in d.acts]) for d in due]


def test_who_is_asked_to_rule(bench: Bench) -> None:
    """The reviewing unit on the report, the signing officer on the order; never the unit that reported."""
    ready(bench)
    assert waiting(bench, "reviewer") == [(TASK, ["approve", "return"])]
    assert waiting(bench, "decider") == [("task/late", ["issue_order", "decline_order"])]
    assert waiting(bench, "clerk") == []
    assert waiting(bench, "auditor") == []
    bench.act("reviewer", TASK, "approve")
    assert waiting(bench, "reviewer") == []


def test_the_pages(study: Study, bench: Bench) -> None:
    """What was brought stands on the page with its file; the act's link opens its form, which says what it brings."""
    ready(bench)
    give_passwords(bench, "reviewer", "decider")
    client = serve(study, bench)
    assert client.get("/office/review").status_code == 303
    assert sign_in(client, "reviewer") == 303
    page = client.get("/office/review?lang=en").text
    assert all(words in page for words in ("One waits for your ruling", "验收单.pdf", "已完成", "act=approve"))
    client.post("/logout")
    client.cookies.clear()
    assert sign_in(client, "decider") == 303
    desk = client.get("/office?lang=en").text
    assert all(words in desk for words in ("blue", "not issued", "1 working day left", "assigned", "led by "))
    item = client.get("/office/task/late?lang=en&act=issue_order").text
    form = item[item.index('id="act-issue_order" open') :]
    before = form[: form.index("<button")]
    for words in ("basis", "decided by", "notice", "objection", "lapses", "repair", "督查办法（示例）第八条"):
        assert words in before


def test_the_page_of_a_decider_of_another_unit(study: Study, bench: Bench) -> None:
    """An order and a briefing wait there, and the item says that others than the supervising unit may decide."""
    ready(bench)
    bench.act("admin", "account/far", "create", name="far（示例）", unit="review")
    bench.act("admin", "account/far", "grant", role="decider", region="510000", domain="*")
    make_release(bench, "2026-02", b"word", b"", ("示例通报", "A briefing"))
    give_passwords(bench, "far", "clerk")
    client = serve(study, bench)
    assert sign_in(client, "far") == 303
    for lang, said, title in (
        ("zh", "等您审核、决定的 2 件", "示例通报"),
        ("en", "2 wait for your ruling", "A briefing"),
    ):
        page = client.get(f"/office/review?lang={lang}").text
        assert said in page
        assert title in page
        assert "act=issue_order" in page
        assert "act=release" in page
    assert "示例任务late" in client.get("/office?lang=zh").text
    item = client.get("/office/task/late?lang=zh").text
    assert "或其他有权办理的单位" in item
    assert "等您办" in item[item.index('id="act-issue_order"') :]
    assert "有权办理的单位" in client.get("/office/release/2026-02?lang=zh").text
    client.post("/logout")
    client.cookies.clear()
    assert sign_in(client, "clerk") == 303
    assert "act=issue_order" not in client.get("/office/review").text
