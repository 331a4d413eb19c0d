"""t39, t1: hostile words put through every form of every kind are words wherever they are shown or saved."""

import io
import re
import zipfile
from urllib.parse import quote
from xml.etree import ElementTree

import openpyxl
import pytest
from httpx2 import Response
from tests.shipped import shipped
from tests.surfaces.door_samples import HOST, PASSWORD, another
from tests.surfaces.hostile import FILES, HOSTILE, Walker
from tests.surfaces.office_door import Desk, open_desk, words
from tests.surfaces.reading import ATTACHED, PRODUCT, broken, crawl, hard, local, marks

from zhishu.access.passwords import set_password
from zhishu.office import KINDS
from zhishu.study import Study
from zhishu.surfaces.assessed import form_book
from zhishu.surfaces.disarm import disarm

ALL = ("one", "two", "three", "four")
UNITS = ("transport", "drc", "review", "below")
ROUNDS = 14
SHEET = "2025年市州主要指标\n单位：亿元\n地区,地区生产总值\n成都市,{}\n"
# acts that only the program does, or that no plain form is for
ELSEWHERE = {"task.remind", "release.draft", "release.amend", "release.correct", "submission.upload", "round.calculate"}
ROUND = "round/county_economy_2019.2018"


@pytest.fixture(scope="module")
def walked(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Walker:
    """Return an office in which every form was filled with hostile words, and who did it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHISHU_HOME", str(tmp_path_factory.mktemp("home")))
        walker = Walker(staffed(open_desk(study, tmp_path_factory.mktemp("hostile"))), ALL)
        walker.kept = [
            *(f"account/{a}" for a in (*ALL, "admin")),
            *(f"unit/{u}" for u in UNITS),
            "period/prefecture-year.2025",
            ROUND,
        ]
        order(walker)
        close_month(walker)
        assess(walker)
        office, clock = walker.desk.bench.office, walker.desk.bench.clock
        for n in range(ROUNDS):
            if n > 4 and not unsent(walker):
                break
            for kind in KINDS.values():
                if kind.id == "round":
                    continue
                id = {"period": f"prefecture-year.{2025 - n}"}.get(kind.id, f"h{n}")
                for act in kind.acts(kind.start(id), office.world()):
                    if not act.made:
                        walker.do(f"{kind.id}/{id}", act)
            hand_in(walker, 24000 + n)
            if n == 0:
                walker.act(SUBMITTED, "cancel")
                hand_in(walker, 23000)
            walker.round(3)
            clock.forward(days=2)
            walker.desk.seats.clear()
    return walker


SUBMITTED = "submission/prefecture-year.2025.below"


def unsent(walker: Walker) -> list[str]:
    """Return the acts that roles may do and that no form was sent for yet."""
    roles = walker.desk.bench.office.rules.roles.values()
    named = {right for role in roles for right in role.rights if "*" not in right and not right.endswith(".read")}
    return sorted(named - {f"{kind}.{act}" for kind, act in walker.posted} - ELSEWHERE)


def staffed(desk: Desk) -> Desk:
    """Give three units hostile names, and each an account that may do everything."""
    bench = desk.bench
    bench.act("admin", "unit/below", "create", name="示例", region="510100", since="2018-01-01", above="drc")
    for id, unit, word in zip(ALL, UNITS, HOSTILE, strict=False):
        bench.act("admin", f"unit/{unit}", "rename", name=word, name_en=f"EN {word}")
        bench.act("admin", f"account/{id}", "create", name=f"{id}{word}", unit=unit)
        for role in bench.office.rules.roles:
            bench.act("admin", f"account/{id}", "grant", role=role, region="510000", domain="*")
        set_password(bench.office.ledger.engine, id, PASSWORD, bench.office.now())
    return desk


def hand_in(walker: Walker, value: int) -> None:
    """Hand figures in under a hostile file name and note."""
    stream = SUBMITTED
    known = walker.desk.bench.office.state(stream)
    if known is not None and known.stage not in ("none", "returned"):
        return
    seat, path = walker.desk.of("four"), f"/office/{stream}"
    walker.saved[f"{path}/form.xlsx"] = seat.client.get(f"{path}/form.xlsx")
    file = (FILES[0].name.replace("html", "csv"), SHEET.format(value).encode("utf-8-sig"), "text/csv")
    form = {"csrf": seat.csrf, "note": HOSTILE[0], "published": walker.today}
    shown = seat.client.post(f"{path}/hand-in", data=form, files={"file": file}, headers=seat.headers)
    walker.look(path, shown)
    token = re.search(r'name="token" value="([^"]+)"', shown.text)
    if token:
        form |= {"reason": HOSTILE[3]} if 'name="reason"' in shown.text else {}
        walker.look(path, seat.client.post(f"{path}/confirm", data={**form, "token": token[1]}, headers=seat.headers))


def assess(walker: Walker) -> None:
    """Take a round of an assessment from its first calculation to money that returns, with hostile words all along."""
    walker.act(ROUND, "open")
    seat = walker.desk.of("four")
    for reasons in ("", HOSTILE[3]):
        file = (FILES[0].name.replace("html", "xlsx"), form_book(shipped(), "county_economy_2019", 1), "text/html")
        form = {"csrf": seat.csrf, "expected": str(walker.version(ROUND)), "reasons": reasons}
        answer = seat.client.post(f"/office/{ROUND}/calculate", data=form, files={"file": file}, headers=seat.headers)
        walker.look("calculate", answer)
        assert answer.status_code == 303
        for act in () if reasons else ("consult", "object", "decide"):
            walker.act(ROUND, act)
        for matter in walker.desk.bench.office.state(ROUND).undecided():
            walker.desk.bench.act(
                "two", ROUND, "decide", number=str(matter.number), outcome="upheld", reason=HOSTILE[2]
            )
    walker.act(ROUND, "notice")
    walker.desk.bench.clock.forward(days=12)
    walker.desk.seats.clear()
    for act in ("finalise", "publish", "recover"):
        walker.act(ROUND, act)
    walker.desk.bench.act(
        "one",
        ROUND,
        "propose",
        {"files": list(FILES)},
        kind="falsified",
        place=HOSTILE[0],
        rule="debt",
        basis=HOSTILE[1],
    )
    for act in ("decide", "propose"):
        walker.act(ROUND, act)


def order(walker: Walker) -> None:
    """Have an order issued, answered, contested and judged on; have a task urged, returned and approved."""
    bench = walker.desk.bench
    for id, template in (("late", "supervision_3"), ("urged", "supervision_11")):
        bench.act(
            "supervisor", f"task/{id}", "draft", title=HOSTILE[3], template=template, supervisor="drc", domain="transport",
            unit="transport", reviewer="review", due=walker.today, region="510000", measure=HOSTILE[0],
            milestones=f"{walker.today} <x-broke>",
        )  # fmt: skip
    bench.act("supervisor", "task/late", "assign")
    bench.clock.forward(days=9)
    walker.desk.seats.clear()
    for act in ("propose_order", "issue_order", "answer_order", "object", "decide_objection", "report"):
        walker.act("task/late", act)
    for act in (
        "open",
        "plan",
        "check",
        "countersign",
        "assign",
        "sign",
        "handle",
        "urge",
        "report",
        "return",
        "report",
        "approve",
        "close",
    ):
        walker.act("task/urged", act)
    bench.act("admin", "unit/ended", "create", name=HOSTILE[4], region="510000", since="2018-01-01")
    for id in ("handed", "back"):
        bench.act(
            "supervisor", f"task/{id}", "draft", title=HOSTILE[5], template="supervision_3", supervisor="drc", unit="ended",
            domain="transport", reviewer="review", due=walker.today, region="510000",
        )  # fmt: skip
    bench.act("admin", "unit/ended", "end", until="2026-03-01")
    walker.act("task/handed", "hand_over")
    bench.act("admin", "account/supervisor", "disable", reason=HOSTILE[1])
    walker.act("task/back", "cancel")


def close_month(walker: Walker) -> None:
    """Close months into releases; have them released, one corrected and one withdrawn."""
    form = {
        "organ": HOSTILE[0],
        "organ_en": HOSTILE[1],
        "title": HOSTILE[3],
        "title_en": HOSTILE[5],
        "reason": HOSTILE[1],
    }
    for month, act in (("2026-01", "cancel"), ("2026-02", "withdraw"), ("2026-03", "progress"), ("2026-03", "")):
        seat = walker.desk.of("one")
        sent = {**form, "month": month, "csrf": seat.csrf}
        answer = seat.client.post("/office/release/close", data=sent, headers=seat.headers)
        walker.look("close", answer)
        assert answer.status_code == 303
        if act != "cancel":
            walker.act(f"release/{month}", "release")
        if act:
            walker.act("task/late" if act == "progress" else f"release/{month}", act)


@pytest.fixture(scope="module")
def pages(walked: Walker) -> dict[str, Response]:
    """Return every page of the office with the hostile words on it."""
    office = walked.desk.bench.office
    starts = [
        "/office",
        "/office/orders",
        "/office/month/2026-03",
        "/office/ledger",
        "/releases",
        "/office/task/plan.xlsx",
    ]
    starts += [f"/office/{stream}?lang=en" for stream in sorted(office.projection.states)]
    return crawl(walked.desk.of("one"), starts, 450) | walked.saved


def test_t39_every_form_of_every_kind_was_filled(walked: Walker) -> None:
    """What the roles may do is what there is to do: each act was sent by a form, or has a page of its own."""
    assert unsent(walked) == []
    assert len(walked.posted) > 70
    assert len(walked.recorded) > 60


def test_t39_no_answer_to_a_form_lets_its_words_out(walked: Walker) -> None:
    assert walked.wrong == []


def test_t39_nothing_breaks_out_on_any_page(pages: dict[str, Response]) -> None:
    html = {path: page.text for path, page in pages.items() if page.headers["content-type"].startswith("text/html")}
    assert len(html) > 150
    assert {path: found for path, text in html.items() if (found := broken(text))} == {}
    assert [path for path, page in pages.items() if page.status_code != 200] == []
    # the words themselves are all there, as they were typed
    said = " ".join(words(text) for text in html.values())
    for hostile in HOSTILE:
        assert " ".join(hostile.split()) in said


def test_t39_every_answer_carries_the_strict_policy(pages: dict[str, Response]) -> None:
    assert {path: found for path, page in pages.items() if (found := hard(page))} == {}


def test_t39_evidence_is_saved_and_never_shown(walked: Walker, pages: dict[str, Response]) -> None:
    files = {path: page for path, page in pages.items() if "/files/" in path}
    assert {page.content for page in files.values()} >= {f.content for f in FILES}
    for page in files.values():
        assert page.headers["content-security-policy"] == ATTACHED
        assert page.headers["content-type"] == "application/octet-stream"
        said = r"""attachment; filename="[A-Za-z0-9._-]+"; filename\*=UTF-8''[A-Za-z0-9._~%-]+"""
        assert re.fullmatch(said, page.headers["content-disposition"])
        assert "set-cookie" not in page.headers


def test_t39_what_programs_read_is_never_read_as_a_page(walked: Walker) -> None:
    seat = walked.desk.of("one")
    for stream in (*sorted(walked.desk.bench.office.projection.states), "task", "case", "unit", "account", "nosuch"):
        answer = seat.client.get(f"/api/v1/office/{stream}")
        assert answer.headers["content-type"] == "application/json"
        assert hard(answer) == []


ECHOED = (
    "/login?next={}", "/login?lang={}", "/office?light={}", "/office/task?q={}", "/office/task?unit={}", "/office/task?light={}",
    "/office/task?done={}", "/office/task?from={}", "/office/task/new?title={}", "/office/task/new?new={}",
    "/office/task/late?done={}", "/office/ledger?seq={}", "/office/burden?month={}", "/office/calendar?month={}",
    "/office/release/close?month={}", "/office?on={}", "/office/{}", "/office/task/{}", "/office/month/{}", "/{}", "/releases/{}",
    "/office/month/2026-03/{}", "/office/task/late/files/{}", "/invite/{}", "/office/task/new?{}=x", "/office?elder={}",
)  # fmt: skip


@pytest.mark.parametrize("path", ECHOED)
def test_t39_what_an_address_says_is_said_back_as_words(walked: Walker, path: str) -> None:
    for word in HOSTILE:
        answer = walked.desk.of("one").client.get(path.format(quote(word, safe="")))
        assert answer.status_code < 500
        assert broken(answer.text) == []
        assert hard(answer) == []


def test_t39_the_names_of_tokens_and_whoever_signs_in_are_words(walked: Walker) -> None:
    seat = walked.desk.of("one")
    for word in (w[:60] for w in HOSTILE):
        form = {"csrf": seat.csrf, "name": word, "days": "9", "rights": ["task.report"]}
        made = seat.client.post("/me/tokens", data=form, headers=seat.headers)
        wrong = {"account": word, "password": word, "next": word}
        refused = another(walked.desk.door).post("/login", data=wrong, headers=HOST)
        assert broken(made.text) == broken(refused.text) == []
        assert words(made.text).count(" ".join(word.split())) > 0
        assert hard(made) == hard(refused) == []


def test_t01_no_cell_of_an_export_is_run(pages: dict[str, Response]) -> None:
    books = {path: page.content for path, page in pages.items() if path.endswith(".xlsx")}
    assert {path.rpartition("/")[2] for path in books} >= {"1.xlsx", "plan.xlsx", "form.xlsx"}
    for content in books.values():
        for sheet in openpyxl.load_workbook(io.BytesIO(content)):
            cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
            assert [c.value for c in cells if c.data_type == "f"] == []
            # what begins as a formula is marked as text, so that it stays one when the cell is edited
            assert [c.value for c in cells if c.value != "-" and disarm(c.value) != c.value and not c.quotePrefix] == []
            assert [c.hyperlink.target for c in cells if c.hyperlink and not local(c.hyperlink.target or "")] == []
        assert b"x-broke" not in b"".join(marks(content))


def test_t39_a_briefing_holds_the_words_and_nothing_else(pages: dict[str, Response]) -> None:
    papers = [page.content for path, page in pages.items() if path.endswith(".docx")]
    assert papers
    for content in papers:
        assert b"x-broke" not in b"".join(marks(content))
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            said = "".join(ElementTree.fromstring(parts.read("word/document.xml")).itertext())
            assert not any("vba" in name.lower() or "activex" in name.lower() for name in parts.namelist())
            for name in parts.namelist():
                if name.endswith(".rels"):
                    for link in ElementTree.fromstring(parts.read(name)):
                        outward = link.get("TargetMode") == "External"
                        assert not outward or link.get("Target", "").startswith("http://testserver/")
        assert HOSTILE[3] in said
        assert PRODUCT not in said
