"""Every number of a published briefing leads anybody to the page that explains it as published, and to no subject."""

import hashlib
import io
import json
import re
import zipfile
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient
from tests.surfaces.door_samples import another
from tests.surfaces.office_door import Desk, close, draft, make_release, open_desk, words

from zhishu.study import Study

MONTH = "2026-03"
PUBLIC = f"/releases/{MONTH}"
FIGURES = f"{PUBLIC}/1/figures/{MONTH}"


@pytest.fixture
def embargoed(study: Study, tmp_path: Path) -> Desk:
    """Return an office whose month is closed into a briefing, signed and embargoed until noon."""
    return _made(study, tmp_path)


@pytest.fixture(scope="module")
def desk(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return the same office after noon; whoever changes it here leaves the first edition as it was."""
    made = _made(study, Path(tmp_path_factory.mktemp("published")))
    made.bench.clock.forward(hours=3)
    made.seats.clear()
    return made


def _made(study: Study, folder: Path) -> Desk:
    made = open_desk(study, folder)
    draft(made.bench, "late", title="示例任务甲七七三一")
    draft(made.bench, "own", unit="chengdu", title="示例任务乙八八四二", due="2026-06-30")
    close(made.bench, draft(made.bench, "done", due="2026-06-30"))
    made.bench.clock.forward(days=7)
    _close(made)
    made.bench.act("decider", f"release/{MONTH}", "release", embargo_until="2026-03-09T12:00")
    return made


def _propose(desk: Desk) -> None:
    """Let an order be proposed, if no test before this one did."""
    if all(e.fact.act != "propose_order" for e in desk.bench.office.trace("task/late")):
        desk.bench.act("supervisor", "task/late", "propose_order", level="blue", reason="示例", basis="示例办法")


def _close(desk: Desk, reason: str = "") -> None:
    seat = desk.of("secretary")
    sent = {
        "month": MONTH, "organ": "示例办公室", "organ_en": "Specimen office", "title": "示例通报", "title_en": "A briefing",
        "reason": reason, "csrf": seat.csrf,
    }  # fmt: skip
    assert seat.client.post("/office/release/close", data=sent, headers=seat.headers).status_code == 303


def _links(document: bytes) -> list[str]:
    """Return the paths that the numbers of a document lead to."""
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        rels = parts.read("word/_rels/document.xml.rels").decode()
    found = (urlsplit(unescape(t)).path for t in re.findall(r'Target="(http[^"]+)"', rels))
    return sorted(set(found))


def _nobody(desk: Desk) -> TestClient:
    return another(desk.door)


def test_before_the_embargo_ends_nobody_without_the_right_reads_it(embargoed: Desk) -> None:
    desk = embargoed
    path = f"{FIGURES}/all.overdue"
    assert _nobody(desk).get(path).status_code == 404
    assert _nobody(desk).get(f"{PUBLIC}/1.json").status_code == 404
    assert desk.of("city").client.get(path).status_code == 404
    assert urlsplit(_nobody(desk).get(f"/office/month/{MONTH}/all.overdue").headers["location"]).path == "/login"
    assert desk.of("city").client.get(f"/office/month/{MONTH}/all.overdue").status_code == 404
    # who writes and who signs look at the numbers before they are out
    for account in ("secretary", "decider"):
        page = desk.of(account).client.get(f"{path}?lang=en")
        assert page.status_code == 200
        assert "not published yet" in page.text


def test_then_each_number_of_the_document_leads_anybody_to_its_page(desk: Desk) -> None:
    links = _links(_nobody(desk).get(f"{PUBLIC}/1.docx").content)
    assert len(links) > 12
    said = json.loads(_nobody(desk).get(f"{PUBLIC}/1.json").content)
    for link in links:
        assert link.startswith(f"{PUBLIC}/1/figures/")
        page = _nobody(desk).get(link)
        assert page.status_code == 200, link
        figure = said["figures"][link.rpartition("%2F")[2].rpartition("/")[2]]
        text = words(page.text)
        assert f"：{figure['value']} " in text
        assert figure["definition"]["zh"] in text
        assert "2026-03-09 12:00" in text
        for hidden in ("七七三一", "八八四二", "task/", "示例任务"):
            assert hidden not in page.text


def test_what_it_says_is_the_record_as_it_was(desk: Desk) -> None:
    """Count, entries and hashes are those of the ledger at the checkpoint; in English as well."""
    office = desk.bench.office
    said = json.loads(_nobody(desk).get(f"{PUBLIC}/1.json").content)
    overdue = said["figures"]["all.overdue"]
    assert (overdue["value"], overdue["recorded"]) == (1, 2)
    (last,) = overdue["entries"]
    entry = office.trace("task/late")[1]
    assert (last, said["seals"][str(last)]) == (entry.seq, entry.seal)
    assert all(e.seal == said["seals"][str(e.seq)] for e in office.ledger.read() if str(e.seq) in said["seals"])
    assert said["figures"]["unit.chengdu.running"]["unit"]["zh"] == "示例成都市"
    assert said["figures"]["all.asked"]["value"] == len(said["figures"]["all.asked"]["entries"])
    page = words(_nobody(desk).get(f"{FIGURES}/unit.transport.closed?lang=en").text)
    for part in (
        "示例交通厅, closed this month: 1",
        "tasks whose closing was recorded in the month",
        "4 entries",
        "in force",
    ):
        assert part in page
    edition = office.state(f"release/{MONTH}").editions[0]
    assert hashlib.sha256(_nobody(desk).get(f"{PUBLIC}/1.json").content).hexdigest() == edition.figures
    # what was recorded since changes nothing of what was published
    _propose(desk)
    assert json.loads(_nobody(desk).get(f"{PUBLIC}/1.json").content) == said


def test_only_whoever_reads_the_whole_is_led_on_to_what_is_counted(desk: Desk) -> None:
    way = f"/office/month/{MONTH}/all.overdue"
    assert way in desk.of("supervisor").client.get(f"{FIGURES}/all.overdue").text
    for client in (_nobody(desk), desk.of("city").client):
        assert way not in client.get(f"{FIGURES}/all.overdue").text


def test_the_page_of_the_release_lists_them(desk: Desk) -> None:
    page = _nobody(desk).get(f"{PUBLIC}?lang=zh").text
    assert f'href="{FIGURES}/all.overdue' in page
    assert f"{PUBLIC}/1.json" in page


def test_a_document_of_before_still_leads_there(desk: Desk) -> None:
    """Briefings once linked the month's own page: whoever may not open that is led to what was published."""
    path = f"/office/month/{MONTH}/all.overdue"
    for client in (_nobody(desk), desk.of("city").client):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, f"{FIGURES}/all.overdue")
    assert desk.of("supervisor").client.get(path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        f"{FIGURES}/all.nosuch", f"{FIGURES}/unit.zigong.overdue", f"{PUBLIC}/2/figures/{MONTH}/all.overdue",
        f"{PUBLIC}/1/figures/2026-02/all.overdue", "/releases/2026-02/1/figures/2026-02/all.overdue",
        f"{FIGURES}/all.overdue?on=2026-03-08", f"{PUBLIC}/1.pdf",
    ],
)  # fmt: skip
def test_what_was_not_published_is_not_there(desk: Desk, path: str) -> None:
    assert _nobody(desk).get(path).status_code == 404


def test_a_correction_stands_beside_what_it_corrects(desk: Desk) -> None:
    bench = desk.bench
    _propose(desk)
    bench.clock.forward(hours=1)
    desk.seats.clear()
    bench.act("decider", "task/late", "issue_order", basis="示例办法", repair="补报")
    _close(desk, "补记督办（示例）")
    bench.act("decider", f"release/{MONTH}", "release")
    first, second = (
        _nobody(desk).get(f"{PUBLIC}/{n}/figures/{MONTH}/all.orders?lang=en").text.casefold() for n in (1, 2)
    )
    assert "orders this month: 0" in first
    assert "superseded" in first
    assert "orders this month: 1" in second
    assert "in force" in second
    assert _links(_nobody(desk).get(f"{PUBLIC}/2.docx").content)[0].startswith(f"{PUBLIC}/2/figures/")
    bench.act("decider", f"release/{MONTH}", "withdraw", reason="示例")
    assert _nobody(desk).get(f"{PUBLIC}/2/figures/{MONTH}/all.orders").status_code == 404


def test_an_edition_without_explained_figures_has_no_such_page(desk: Desk) -> None:
    make_release(desk.bench, "2026-02", b"word", b"", ("示例旧通报", "An old briefing"))
    desk.bench.act("decider", "release/2026-02", "release")
    assert _nobody(desk).get("/releases/2026-02?lang=en").status_code == 200
    assert _nobody(desk).get("/releases/2026-02/1/figures/2026-02/all.overdue").status_code == 404
    assert _nobody(desk).get("/office/month/2026-02/all.overdue").status_code == 303
