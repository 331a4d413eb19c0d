"""t29: what is under embargo is on no surface for those without right, until its moment, and then everywhere at once."""

import io
import logging
import zipfile
from urllib.parse import quote, unquote

import pytest
from starlette.testclient import TestClient
from tests.surfaces.door_samples import another
from tests.surfaces.office_door import Desk, close, draft, make_release, open_desk
from tests.surfaces.reading import crawl

from zhishu.office import KINDS
from zhishu.study import Study

TITLE, TITLE_EN = "示例通报甲七七三一", "Specimen briefing 7731"
NEXT, NEXT_EN = "示例更正乙八八四二", "Corrected briefing 8842"
WORD, SHEET, WORD_NEXT = b"PK word 7731", b"PK sheet 7731", b"PK word 8842"
MONTH = "2026-03"
# public: whoever holds no right over the whole; the browser of nobody is called ""
WITHOUT = ("", "city", "other", "admin")


@pytest.fixture(scope="module")
def desk(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return an office with a release signed at nine and embargoed until noon."""
    made = open_desk(study, tmp_path_factory.mktemp("embargo"))
    draft(made.bench, "late", title="示例任务丙六六五三")
    close(made.bench, draft(made.bench, "done", due="2026-06-30"))
    draft(made.bench, "own", unit="chengdu", due="2026-06-30")
    made.bench.act("admin", "account/city", "grant", role="unit_head", region="510100", domain="*")
    made.bench.act("admin", "account/other", "grant", role="auditor", region="510300", domain="*")
    made.bench.clock.forward(days=7)
    make_release(made.bench, MONTH, WORD, SHEET, (TITLE, TITLE_EN))
    made.bench.act("decider", f"release/{MONTH}", "release", embargo_until="2026-03-09T12:00")
    return made


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Keep every line that anything logs."""
    caplog.set_level(logging.DEBUG)
    return caplog


def seat(desk: Desk, account: str) -> TestClient:
    """Return the browser of an account, or of nobody."""
    return desk.of(account).client if account else another(desk.door)


def addresses(desk: Desk) -> list[str]:
    """Return every address at which the release or its figures could stand."""
    edition = desk.bench.office.state(f"release/{MONTH}").editions
    asked = [TITLE, TITLE_EN, NEXT, "7731", MONTH]
    files = [
        f"{base}/{MONTH}/{e.number}.{ending}"
        for e in edition
        for ending in ("docx", "xlsx")
        for base in ("/releases", "/office/release")
    ]
    return [
        "/", "/data", "/releases", f"/releases/{MONTH}", "/office", "/office/release", f"/office/release/{MONTH}", "/office/orders",
        "/office/burden", "/office/calendar", "/office/warnings", "/office/ledger", f"/office/month/{MONTH}", "/office/release/close",
        f"/office/month/{MONTH}/all.running", "/office/task", "/office/unit", "/api/v1/office/release", f"/api/v1/office/release/{MONTH}",
        "/api/v1/openapi.json", f"/office/release/new?new={MONTH}", "/office/task/plan.xlsx",
        *(f"/api/v1/office/{kind}" for kind in KINDS), *files,
        *(f"/office/release/{MONTH}/files/{h}" for e in edition for h in (e.content, e.annex) if h),
        *(f"{list_}?q={quote(word)}" for list_ in ("/office/release", "/api/v1/office/release", "/office/task") for word in asked),
    ]  # fmt: skip


def secrets(desk: Desk) -> list[str]:
    """Return the words by which anything of the embargoed edition would be known."""
    edition = desk.bench.office.state(f"release/{MONTH}").editions
    return [TITLE, TITLE_EN, *(e.content for e in edition), *(e.annex for e in edition if e.annex), "7731"]


SETTINGS = ("", "lang=en", "on=2026-03-08", "on=2027-01-01", "elder=1")


def leaks(
    desk: Desk, account: str, words: list[str], contents: tuple[bytes, ...], settings: tuple[str, ...] = SETTINGS
) -> list[str]:
    """Return where words or contents are found by whoever asks: at every address, in both languages, on other days."""
    client, found = seat(desk, account), []
    for path in addresses(desk):
        for setting in settings if "/api/" not in path else settings[:1]:
            answer = client.get(f"{path}{'&' if '?' in path else '?'}{setting}" if setting else path)
            text = unpacked(answer.content)
            # what was asked for is said back, in the field of a search or in a refusal
            found += [f"{path} {word}" for word in words if word in text and word not in unquote(path)]
            found += [path for content in contents if content in answer.content]
    return found


def unpacked(content: bytes) -> str:
    """Return the words of an answer, those inside an Office file too."""
    text = content.decode(errors="replace")
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            text += "".join(parts.read(name).decode(errors="replace") for name in parts.namelist())
    return text


@pytest.mark.parametrize("account", WITHOUT)
def test_t29_before_the_moment_nothing_of_it_is_anywhere(
    desk: Desk, log: pytest.LogCaptureFixture, account: str
) -> None:
    assert leaks(desk, account, secrets(desk), (WORD, SHEET)) == []
    logged = "\n".join(r.getMessage() for r in log.records if not r.name.startswith(("httpx", "sqlalchemy")))
    assert not any(word in logged for word in secrets(desk))


@pytest.mark.parametrize("account", WITHOUT)
def test_t29_no_page_within_reach_shows_it(desk: Desk, account: str) -> None:
    pages = crawl(desk.of(account), ["/office", "/releases", "/me"], 120) if account else {}
    assert [p for p, page in pages.items() for w in secrets(desk) if w in unpacked(page.content)] == []


def test_t29_the_figures_of_the_month_are_not_read_around_it(desk: Desk) -> None:
    """Counts of the whole, tasks elsewhere and what was asked of other units stand on no page of a city."""
    for account in ("city", "other", "admin"):
        client = desk.of(account).client
        for path in (
            f"/office/month/{MONTH}",
            f"/office/month/{MONTH}/all.overdue",
            f"/office/month/{MONTH}/unit.transport.overdue",
        ):
            assert client.get(path).status_code == 404
        burden = client.get("/office/burden").text
        assert ("示例交通厅" in burden) == (account == "admin")
        assert "示例任务丙六六五三" not in "".join(
            page.text for page in crawl(desk.of(account), ["/office"], 60).values()
        )
    assert desk.of("supervisor").client.get(f"/office/month/{MONTH}").status_code == 200
    assert "示例成都市" in desk.of("city").client.get("/office/burden").text


def test_t29_refusals_say_nothing_of_it(desk: Desk) -> None:
    """Whoever tries to act on it learns no more than of what is not there."""
    for account in ("city", "other", "admin"):
        office, head = desk.of(account), desk.head
        for id in (MONTH, "2031-01"):
            shown = []
            for act in ("release", "withdraw", "correct", "amend", "draft"):
                form = {"csrf": office.csrf, "expected": "2", "reason": "x"}
                page = office.client.post(f"/office/release/{id}/{act}", data=form, headers=office.headers)
                rest = office.client.post(
                    f"/api/v1/office/release/{id}/{act}",
                    json={"reason": "x"},
                    headers={**office.headers, "If-Match": '"2"'},
                )
                shown.append((page.status_code, rest.status_code, page.text + rest.text))
            assert {s[:2] for s in shown} == {(404, 404)}
            assert not any(word in text for _, _, text in shown for word in secrets(desk))
        assert desk.head == head


def test_t29_whoever_has_the_right_reads_it_before(desk: Desk) -> None:
    client = desk.of("secretary").client
    assert TITLE in client.get(f"/office/release/{MONTH}").text
    assert client.get(f"/office/release/{MONTH}/1.docx").content == WORD
    assert client.get(f"/api/v1/office/release/{MONTH}").json()["state"]["public_since"].startswith("2026-03-09T04:00")


def test_t29_at_the_moment_it_is_public_and_its_correction_is_not(desk: Desk) -> None:
    bench, nobody = desk.bench, another(desk.door)
    bench.clock.forward(hours=2, minutes=59, seconds=59)
    assert nobody.get(f"/releases/{MONTH}").status_code == 404
    bench.clock.forward(seconds=1)
    assert TITLE in nobody.get(f"/releases/{MONTH}").text
    assert nobody.get(f"/releases/{MONTH}/1.docx").content == WORD
    assert nobody.get(f"/releases/{MONTH}/1.xlsx").content == SHEET
    # on the day before nothing was known of it, and it is not read ahead of itself
    assert TITLE not in nobody.get("/releases?on=2026-03-08").text
    correct(desk)
    bench.act("decider", f"release/{MONTH}", "release", embargo_until="2026-03-11T09:00")
    for account in WITHOUT:
        assert leaks(desk, account, [NEXT, NEXT_EN, "8842"], (WORD_NEXT,), SETTINGS[:1]) == []
    bench.act("decider", f"release/{MONTH}", "withdraw", reason="示例")
    bench.clock.forward(days=5)
    # withdrawn before its moment, the correction never was
    for account in WITHOUT:
        desk.seats.clear()
        assert leaks(desk, account, [NEXT, NEXT_EN, "8842"], (WORD_NEXT, WORD, SHEET), SETTINGS[3:4]) == []


def correct(desk: Desk) -> None:
    """Draft a correction of the release."""
    from zhishu.office import Wish

    head = desk.bench.office.ledger.head()
    made: dict[str, bytes | str] = {
        "content": WORD_NEXT, "checkpoint": str(head.seq), "checkpoint_hash": head.seal,
        "basis_day": desk.bench.office.today().isoformat(),
    }  # fmt: skip
    given = {"title": [NEXT], "title_en": [NEXT_EN], "reason": ["示例 8842"]}
    version = desk.bench.office.projection.versions[f"release/{MONTH}"]
    desk.bench.office.act("secretary", Wish(f"release/{MONTH}", "correct", version, given, made=made))
