"""Evidence over HTTP: an act brings its files in one request, under the checks of a page, and who may see them reads them."""

import hashlib
from collections.abc import Sequence

import pytest
from tests.surfaces.office_door import Desk, draft, open_desk

from zhishu.office.wish import MOST_BYTES, MOST_FILES
from zhishu.study import Study

API = "/api/v1/office"
PDF = b"%PDF-1.4 demo"
Part = tuple[str, tuple[str, bytes]]
TEXTS = {"progress": "已完成", "shows": "验收单"}


@pytest.fixture(scope="module")
def desk(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return an office with two tasks that are handled."""
    made = open_desk(study, tmp_path_factory.mktemp("evidence"))
    for id in ("a", "b", "c"):
        draft(made.bench, id, due="2026-06-30")
    return made


def _send(
    desk: Desk,
    stream: str,
    files: Sequence[Part],
    account: str = "clerk",
    status: int = 201,
    texts: dict[str, str] = TEXTS,
) -> dict[str, object]:
    program = desk.program(account, "office.read", "task.report", "task.progress")
    version = desk.bench.office.projection.versions[stream]
    answer = program.client.post(
        f"{API}/{stream}/report",
        data=texts,
        files=list(files),
        headers={**program.headers, "If-Match": f'"{version}"'},
    )
    assert answer.status_code == status, answer.text
    found = answer.json()
    assert isinstance(found, dict)
    return found


def _codes(answer: dict[str, object]) -> list[str]:
    problems = answer["problems"]
    assert isinstance(problems, list)
    return [p["code"] for p in problems]


def test_an_act_with_its_evidence_is_recorded_like_one_of_the_page(desk: Desk) -> None:
    files = [("files", ("验收单.pdf", PDF)), ("files", ("../照片.jpg", b"jpeg"))]
    entry = _send(desk, "task/a", files)["entry"]
    assert isinstance(entry, dict)
    hashes = [hashlib.sha256(content).hexdigest() for content in (PDF, b"jpeg")]
    assert entry["body"] == {
        **TEXTS, "files": hashes, "names": dict(sorted(zip(hashes, ("验收单.pdf", "照片.jpg"), strict=True)))
    }  # fmt: skip
    assert desk.bench.office.ledger.blob(hashes[0]) == PDF
    page = desk.of("supervisor").client.get("/office/task/a").text
    assert f"/office/task/a/files/{hashes[0]}" in page


def test_whoever_may_see_the_subject_reads_the_file_and_nobody_else(desk: Desk) -> None:
    _send(desk, "task/b", [("files", ("验收单.pdf", PDF))])
    path = f"{API}/task/b/files/{hashlib.sha256(PDF).hexdigest()}"
    for account in ("supervisor", "clerk", "reviewer"):
        program = desk.program(account, "office.read")
        answer = program.client.get(path, headers=program.headers)
        assert (answer.status_code, answer.content) == (200, PDF)
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["cache-control"] == "no-store"
    for account in ("other", "city"):
        program = desk.program(account, "office.read")
        assert program.client.get(path, headers=program.headers).status_code == 404
    reader = desk.program("supervisor", "office.read")
    # a file is read by the subject it came with, a hash alone opens nothing
    for other in (path.replace("/b/", "/c/"), f"{API}/task/b/files/{'0' * 64}", f"{API}/task/b/files/x"):
        assert reader.client.get(other, headers=reader.headers).status_code == 404
    assert reader.client.get(path).status_code == 401
    blind = desk.program("supervisor", "task.urge")
    assert blind.client.get(f"{API}/ledger/b/files/x", headers=blind.headers).status_code == 404


@pytest.mark.parametrize(
    ("files", "texts", "code"),
    [
        ([("files", ("空.pdf", b""))], TEXTS, "file-empty"),
        ([("files", ("a.pdf", PDF)), ("files", ("空.pdf", b""))], TEXTS, "file-empty"),
        ([("files", ("大.pdf", b"x" * (MOST_BYTES + 1)))], TEXTS, "file-large"),
        ([("files", (f"{n}.pdf", PDF)) for n in range(MOST_FILES + 1)], TEXTS, "file-many"),
        ([("files", (f"{n}.pdf", PDF)) for n in range(MOST_FILES + 2)], TEXTS, "act-body"),
        ([("shows", ("a.pdf", PDF))], {"progress": "x"}, "form-file"),
        ([("proof", ("a.pdf", PDF))], TEXTS, "form-field-unknown"),
        ([("files", ("a.pdf", PDF))], {**TEXTS, "status": "closed"}, "form-field-unknown"),
        ([("files", ("a.pdf", PDF))], {"progress": "x"}, "form-missing"),
        ([("names", ("a.pdf", PDF))], TEXTS, "form-field-unknown"),
        ([("files", ("a.pdf", PDF))], {**TEXTS, "shows": "x" * 5_000_001}, "act-body"),
    ],
)
def test_what_a_page_refuses_is_refused_and_nothing_is_kept(
    desk: Desk, files: list[Part], texts: dict[str, str], code: str
) -> None:
    before = desk.head
    assert code in _codes(_send(desk, "task/c", files, status=400, texts=texts))
    assert desk.head == before


def test_a_broken_form_is_refused(desk: Desk) -> None:
    program, before = desk.program("clerk", "office.read", "task.report"), desk.head
    match = {"If-Match": '"2"'}
    for kind, body in (
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n"),
        ("multipart/form-data; boundary=b", b"\x00\xff"),
    ):
        answer = program.client.post(
            f"{API}/task/c/report", content=body, headers={**program.headers, **match, "Content-Type": kind}
        )
        assert answer.status_code == 400, answer.text
    assert desk.head == before


def test_rights_and_versions_are_asked_as_for_any_act(desk: Desk) -> None:
    before = desk.head
    files = [("files", ("a.pdf", PDF))]
    assert _codes(_send(desk, "task/c", files, "other", 404)) == ["office-hidden"]
    program = desk.program("clerk", "office.read", "task.report")
    url = f"{API}/task/c/report"
    stale = program.client.post(url, data=TEXTS, files=files, headers={**program.headers, "If-Match": '"1"'})
    assert (stale.status_code, stale.json()["problems"][0]["code"]) == (409, "act-stale")
    assert program.client.post(url, data=TEXTS, files=files, headers=program.headers).status_code == 400
    assert program.client.post(url, data=TEXTS, files=files).status_code == 401
    narrow = desk.program("clerk", "office.read")
    match = {**narrow.headers, "If-Match": '"2"'}
    assert narrow.client.post(url, data=TEXTS, files=files, headers=match).status_code == 404
    # a form of another site carries the cookie of a session and not its token
    seat = desk.of("clerk")
    answer = seat.client.post(url, data=TEXTS, files=files, headers={"If-Match": '"2"'})
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (400, "csrf")
    assert desk.head == before


def test_the_description_says_how_files_come(desk: Desk) -> None:
    paths = desk.door.get("/api/v1/openapi.json").json()["paths"]
    act = paths["/api/v1/office/{kind}/{id}/{act}"]["post"]
    assert set(act["requestBody"]["content"]) == {"application/json", "multipart/form-data"}
    assert any(p["name"] == "If-Match" for p in act["parameters"])
    assert (
        "application/octet-stream"
        in paths["/api/v1/office/{kind}/{id}/files/{hash}"]["get"]["responses"]["200"]["content"]
    )
