"""A whole register on a page: judged as the command judges it, wrong files explained, nothing left but what is taken away."""

import io
import json
import os
import re
import time
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import polars as pl
import pytest
from openpyxl import Workbook
from starlette.testclient import TestClient
from tests.surfaces.index_site import rows, said
from tests.surfaces.test_register import GOOD, HEAD

from zhishu.data.region_words import RegionWords
from zhishu.study import Study
from zhishu.study.judging import judge_one, open_book
from zhishu.surfaces.body import MOST_REGISTER
from zhishu.surfaces.register.form import register_form
from zhishu.surfaces.register.run import judge_file
from zhishu.surfaces.register.source import names_of, rows_of
from zhishu.surfaces.web.app import create_app
from zhishu.surfaces.web.rules import brought
from zhishu.surfaces.web.rules.brought import specimens
from zhishu.surfaces.web.rules.kept import folder
from zhishu.surfaces.web.shelf import MOST_KEPT, SECONDS

PAGE = "/rules/siting/batch"
ON = date(2022, 12, 31)
QUERY = f"?lang=zh&on={ON}"
CHINESE = re.compile("[一-鿿]")
ADOPTED = {"set.controlled": "提议"}
"""The codes of the industries are a proposal and count where they are adopted."""
REGISTER = "\n".join((HEAD, *GOOD)) + "\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the home in which verdicts wait."""
    with pytest.MonkeyPatch.context() as patch:
        place = tmp_path_factory.mktemp("home")
        patch.setenv("ZHISHU_HOME", str(place))
        yield place


@pytest.fixture(scope="module")
def client(study: Study, home: Path) -> TestClient:
    """Return a client of one application, today fixed; it follows no redirect by itself."""
    return TestClient(create_app(study, lambda: date(2026, 11, 23)), follow_redirects=False)


def bring(client: TestClient, content: bytes, name: str = "示例登记表.csv", **more: str) -> str:
    """Upload a register and return the path of its verdicts."""
    answer = client.post(f"{PAGE}{QUERY}", files={"file": (name, content)}, data={**ADOPTED, **more})
    assert answer.status_code == 303, said(answer.text)[:1500]
    return urlsplit(answer.headers["location"]).path


def refused(client: TestClient, content: bytes, name: str = "示例登记表.csv", **more: str) -> str:
    """Upload what is wrong and return what the page says of it."""
    answer = client.post(f"{PAGE}{QUERY}", files={"file": (name, content)}, data={**ADOPTED, **more})
    assert answer.status_code == 422, answer.headers
    text = unescape(answer.text)
    assert "register.csv" not in text
    assert "Traceback" not in text
    return text[text.index('class="errors"') : text.index("<h1>")]


def kept(home: Path) -> list[str]:
    """Return the files that wait under the home."""
    return sorted(p.name for p in folder(home).rglob("*") if p.is_file()) if folder(home).is_dir() else []


@pytest.fixture(scope="module")
def judged(client: TestClient) -> str:
    """Return the path of the verdicts of five good rows."""
    return bring(client, REGISTER.encode())


def test_the_verdicts_are_those_of_the_command(client: TestClient, judged: str, study: Study, tmp_path: Path) -> None:
    """Parquet and lines of JSON are what ``zhishu judge`` writes; CSV has its columns, then the same in words."""
    source, out = tmp_path / "r.csv", tmp_path / "v.parquet"
    source.write_text(REGISTER, encoding="utf-8")
    judge_file(open_book(study, "siting", ON, {"controlled": "提议"}), RegionWords(study.data.regions, ON), source, out)
    expected = pl.read_parquet(out)
    taken = {e: client.get(f"{judged}/verdicts.{e}{QUERY}") for e in ("parquet", "ndjson", "csv")}
    assert pl.read_parquet(io.BytesIO(taken["parquet"].content)).equals(expected)
    assert [json.loads(line) for line in taken["ndjson"].text.splitlines()] == expected.to_dicts()
    table = pl.read_csv(taken["csv"].content, infer_schema=False)
    assert table.columns[: len(expected.columns)] == expected.columns
    assert table["结果"].to_list()[0] == "禁止（建议）"
    assert table["成立的规则"].to_list()[0].startswith("沿江一公里内不得新建重化工园区；")
    assert taken["csv"].content.startswith(b"\xef\xbb\xbf")
    for answer in taken.values():
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["content-disposition"].startswith("attachment")
    english = client.get(f"{judged}/verdicts.csv?lang=en").content.decode("utf-8-sig")
    assert not CHINESE.search(english.replace("示例", ""))


def test_remarks_are_counted_and_the_first_named(client: TestClient, judged: str) -> None:
    """What the command remarks the page remarks: how many cases, whose the first are, what to do; in both languages."""
    text = said(client.get(f"{judged}{QUERY}").text)
    assert "没有写明县（市、区），不知由哪里办理：5 件。" in text
    assert "写全称或六位代码" in text
    assert "示例1；示例2；示例3；示例4；示例5 哪些规则成立" in text
    many = "\n".join((HEAD, *(f"{GOOD[1].replace('示例2', f'示例{i:03}')}" for i in range(30)))) + "\n"
    longer = said(client.get(f"{bring(client, many.encode())}?lang=en&on={ON}").text)
    assert "30 cases." in longer
    assert "示例000; 示例001; 示例002; 示例003; 示例004; 25 more" in longer
    one = said(client.get(f"/rules/siting/case{QUERY}&f.id=示例&f.kind=园区").text)
    assert "没有写明县（市、区），不知由哪里办理" in one


def test_the_page_counts_what_came_out(client: TestClient, judged: str, study: Study) -> None:
    """Verdicts, the worst of the open ones, facts an open rule lacks, rules that hold, rows; a table beside each drawing."""
    answer = client.get(f"{judged}{QUERY}")
    text = unescape(answer.text)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert "<script" not in text
    counts = {name: int(n) for name, n, _ in rows(text, "各种结果的件数")}
    assert counts == {
        "本册规则不禁止": 0,
        "严控审查": 1,
        "暂停安排新增指标（建议）": 1,
        "禁止（建议）": 1,
        "无法判定": 2,
    }
    assert sum(int(n) for _, n, _ in rows(text, "无法判定的，最坏可能是")) == 2
    holding = {name: int(n) for name, n, _ in rows(text, "各条规则成立的件数")}
    assert len(holding) == len(study.pack.book("siting").rules)
    table = rows(text, "逐件")
    assert [r[:2] for r in table][:2] == [["禁止（建议）", "示例1"], ["严控审查", "示例2"]]
    assert text.count("<svg xmlns") == 6
    assert "共 5" in said(text) or "判了 5 件" in said(text)
    # what an open rule lacks is what a single case says is missing
    book = open_book(study, "siting", ON, {"controlled": "提议"})
    for line, row in zip(GOOD, table, strict=True):
        _, opinion = judge_one(study, book, dict(zip(HEAD.split(","), line.split(","), strict=True)))
        names = {book.book.fields[f].name.zh for f in opinion.missing if f in book.book.fields}
        if opinion.verdict == "undetermined" and names:
            assert names <= set(row[5].split("； ")) | set(row[5].split("；"))


def test_rows_of_one_verdict(client: TestClient, judged: str) -> None:
    """A tab shows the rows of one verdict; one that is none shows all."""
    open_ = rows(unescape(client.get(f"{judged}{QUERY}&show=undetermined").text), "逐件")
    assert [r[1] for r in open_] == ["示例4", "示例5"]
    assert len(rows(unescape(client.get(f"{judged}{QUERY}&show=nosuch").text), "逐件")) == len(GOOD)


def test_english_pages_are_english(client: TestClient, judged: str) -> None:
    """Beside the ids of rows and the name of the file no Chinese is left."""
    for path in (PAGE, judged):
        main = said(client.get(f"{path}?lang=en").text)
        assert CHINESE.findall(main.replace("示例登记表", "").replace("示例", "")) == []


def test_what_was_brought_is_gone_and_the_rest_can_be_deleted(client: TestClient, home: Path) -> None:
    """Keys and verdicts wait in two files and hold no fact; they are deleted when asked, and then nobody finds them."""
    path = bring(client, REGISTER.encode())
    place = folder(home) / path.rsplit("/", 1)[1]
    assert sorted(p.name for p in place.iterdir()) == ["told.json", "verdicts.parquet"]
    assert "3011" not in (place / "told.json").read_text(encoding="utf-8")
    assert "industry" not in pl.read_parquet(place / "verdicts.parquet").columns
    done = client.post(f"{path}/remove{QUERY}")
    assert "结果已删除" in client.get(done.headers["location"]).text
    assert not place.exists()
    for gone in (
        path,
        f"{path}/verdicts.csv",
        path.replace("siting", "nosuch"),
        f"{PAGE}/{'0' * 32}",
        f"{PAGE}/..%2f..",
    ):
        assert client.get(gone).status_code == 404
    assert client.get(f"{path}/verdicts.xlsx").status_code == 404
    assert client.post(f"{path}/remove").status_code == 404


def test_a_day_later_nothing_is_found_and_no_more_than_so_many_wait(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is old opens no more, and goes with the next upload; so does what a stopped server left half made."""
    home = tmp_path
    monkeypatch.setenv("ZHISHU_HOME", str(home))
    path = bring(client, REGISTER.encode())
    place, past = folder(home) / path.rsplit("/", 1)[1], time.time() - SECONDS - 9
    left = folder(home) / ".part-left"
    left.mkdir()
    for p in (place / "told.json", place, left):
        os.utime(p, (past, past))
    assert client.get(path).status_code == 404
    for n in range(MOST_KEPT + 3):
        (folder(home) / f"{n:032x}").mkdir()
    bring(client, REGISTER.encode())
    assert not place.exists()
    assert not left.exists()
    assert len(list(folder(home).iterdir())) <= MOST_KEPT


def gbk() -> bytes:
    """Return the register as spreadsheets of offices save it."""
    return REGISTER.encode("gb18030")


def as_parquet() -> bytes:
    """Return the register as Parquet."""
    buffer = io.BytesIO()
    pl.read_csv(io.StringIO(REGISTER), infer_schema=False).write_parquet(buffer)
    return buffer.getvalue()


def as_lines() -> bytes:
    """Return the register as lines of JSON."""
    return pl.read_csv(io.StringIO(REGISTER), infer_schema=False).write_ndjson().encode()


def as_workbook() -> bytes:
    """Return the register as a workbook: a title above, numbers as numbers, a day as a day, a blank column beside."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["示例登记表", "多行\n标题"])
    for line in REGISTER.splitlines():
        sheet.append([float(c) if re.fullmatch(r"[0-9.]+", c) else c or None for c in line.split(",")])
    for row in range(3, 8):
        sheet.cell(row, 2).value = date(2022, 1, 1)
        sheet.cell(row, 14).value = " "
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("made", "name"),
    [
        (as_workbook, "a.xlsx"),
        (gbk, "a.csv"),
        (as_parquet, "a.PARQUET"),
        (as_lines, "a.ndjson"),
        (as_lines, "C:\\表\\a.jsonl"),
    ],
)
def test_every_kind_says_the_same(client: TestClient, judged: str, made: object, name: str) -> None:
    """CSV in either encoding, Parquet, lines of JSON, a workbook."""
    assert callable(made)
    found = bring(client, made(), name)
    one, other = (pl.read_parquet(io.BytesIO(client.get(f"{p}/verdicts.parquet").content)) for p in (judged, found))
    assert other.equals(one)


WRONG = "示例9,2022-01-01,{},新建,非化工,3011,名录内支流,{},0.1,否,1,1\n"


@pytest.mark.parametrize(
    ("content", "name", "code", "words"),
    [
        (b"", "a.csv", "register-header", "表头不能用"),
        (f"{HEAD}\n".encode(), "a.csv", "register-empty", "没有一行数据"),
        (b"<!DOCTYPE html><html><body>x</body></html>", "a.csv", "register-html", "文件是网页"),
        (b"PK\x03\x04\x00\xff\xfe\x00", "a.csv", "source-binary", "改法"),
        (b"x", "a.parquet", "register-broken", "a.parquet"),
        (b"{", "a.ndjson", "input-json", "a.ndjson:1"),
        (b"x", "a.xls", "register-kind", "xls"),
        (b"x", "a.xlsx", "xlsx-not-a-workbook", "a.xlsx"),
        (b"x", "noending", "register-kind", "noending"),
        ((REGISTER + "示例9,2022-01-01,项目\n").encode(), "a.csv", "register-row-width", "第 7 行"),
        ((REGISTER + WRONG.format("项目", "五公里")).encode(), "a.csv", "case-not-a-number", "第 7 行“距岸线距离”列"),
        ((REGISTER + WRONG.format("厂房", "5")).encode(), "a.csv", "case-not-a-choice", "a.csv:7.kind"),
        ((REGISTER + GOOD[0] + "\n").encode(), "a.csv", "case-duplicate", "第 7 行“申请编号”列"),
        (REGISTER.replace("industry", "industri").encode(), "a.csv", "case-unknown-column", "“industri”列"),
        (REGISTER.replace("industry", "姓名").encode(), "a.csv", "intake-banned", "姓名"),
        (REGISTER.replace("id,", "kind,", 1).encode(), "a.csv", "register-header", "kind"),
        ((REGISTER + '示例9,"x\n').encode(), "a.csv", "register-", "改法"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_explained_and_nothing_is_kept(
    client: TestClient, home: Path, content: bytes, name: str, code: str, words: str
) -> None:
    """What, where and how to repair; the form stands below; nothing is judged, nothing is left on the disk."""
    before = kept(home)
    found = refused(client, content, name)
    assert code in found
    assert words in found
    assert "改法" in found
    assert "#file" in found
    assert str(home) not in found
    assert kept(home) == before


def test_the_rows_of_guidance_count_where_a_problem_stands(client: TestClient, study: Study) -> None:
    """In a filled template the place is the line of the file, below guidance and ids."""
    form = register_form(
        study.pack.book("siting"), [{"id": "示例1", "kind": "园区"}, {"id": "示例2", "distance": "很近"}]
    )
    assert "第 9 行“距岸线距离”列" in refused(client, form)


def test_a_wrong_workbook_is_explained(client: TestClient) -> None:
    """The row and the column of a wrong cell, a sheet without the row of ids."""
    book = Workbook()
    book.worksheets[0].append(["编号", "申请类型"])
    buffer = io.BytesIO()
    book.save(buffer)
    assert "register-no-sheet" in refused(client, buffer.getvalue(), "a.xlsx")
    book.worksheets[0].append(["id", "kind"])
    book.worksheets[0].append(["示例1", "厂房"])
    buffer = io.BytesIO()
    book.save(buffer)
    assert "第 3 行“申请类型”列" in refused(client, buffer.getvalue(), "a.xlsx")


def test_no_file_a_wrong_parameter_and_too_many_rows(
    client: TestClient, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is said with its field; a parameter is a page's field, rows beyond the limit are told the command."""
    answer = client.post(f"{PAGE}{QUERY}", data={"x": "1"})
    assert (answer.status_code, "register-file" in answer.text) == (422, True)
    found = refused(client, REGISTER.encode(), **{"set.supply_floor": "很高"})
    assert '<a href="#set.supply_floor">' in found
    monkeypatch.setattr(brought, "MOST_ROWS", 4)
    found = refused(client, REGISTER.encode())
    assert "register-too-long" in found
    assert "zhishu judge" in found
    long = {"Content-Length": str(MOST_REGISTER + 1), "Content-Type": "multipart/form-data; boundary=x"}
    large = client.post(f"{PAGE}{QUERY}", content=b"x", headers=long)
    assert (large.status_code, "20 MB" in large.text) == (413, True)


def test_a_parameter_holds_and_is_said(client: TestClient) -> None:
    """A higher lowest rate changes verdicts, and the page says which was set."""
    text = said(client.get(bring(client, REGISTER.encode(), **{"set.supply_floor": "90"}) + QUERY).text)
    assert "设定 供地率下限：90%（没有注明来源）" in text
    assert "设定 六类严控行业的代码" not in text
    assert "用到的提议（《决定》没有写明）：六类严控行业的代码" in text
    kept = bring(client, REGISTER.encode(), **{"set.supply_floor": "90", "set.supply_floor.source": "示例文1号"})
    assert "设定 供地率下限：90%（来源：示例文1号）" in said(client.get(kept + QUERY).text)


def test_the_template_is_a_register(client: TestClient, study: Study, tmp_path: Path) -> None:
    """Guidance above the ids in both languages; the command and the page read it as it is, empty it has no row."""
    book = study.pack.book("siting")
    empty = client.get(f"{PAGE}/template.csv").content
    assert empty == register_form(book)
    lines = empty.decode("utf-8-sig").splitlines()
    assert len(lines) == 7
    assert all(line.lstrip('"').startswith("#") for line in lines[:6])
    assert lines[6].split(",") == list(book.fields)
    path = tmp_path / "form.csv"
    path.write_bytes(empty)
    assert (rows_of(path), names_of(path)) == (0, list(book.fields))
    filled = client.get(f"{PAGE}/template.csv?specimen=1").content
    path.write_bytes(filled)
    assert rows_of(path) == len(specimens(book))
    tally = judge_file(
        open_book(study, "siting", ON, {"controlled": "提议"}),
        RegionWords(study.data.regions, ON),
        path,
        tmp_path / "v.csv",
    )
    assert tally.rows == len(specimens(book))


def test_the_specimens_of_every_book_can_be_tried(client: TestClient, study: Study) -> None:
    """One button judges the examples of a book; the page says they are specimens."""
    for book in study.pack.books.values():
        answer = client.post(f"/rules/{book.id}/batch{QUERY}", data={"specimen": "1"})
        assert answer.status_code == 303, said(answer.text)[:800]
        text = said(client.get(answer.headers["location"]).text)
        assert "不是真实申请" in text
        assert f"判了 {len(specimens(book))} 件" in text


def test_book_and_case_lead_here(client: TestClient) -> None:
    """From the book and from the form of a case; the page states its limits and how long what is kept."""
    for path in ("/rules/siting", "/rules/siting/case"):
        assert f'href="{PAGE}?' in client.get(path).text
    text = said(client.get(PAGE).text)
    assert "至多 200,000 行，文件至多 20 MB" in text
    assert "保留 24 小时" in text
    assert client.get("/rules/nosuch/batch").status_code == 404


def test_no_name_becomes_a_mark(client: TestClient) -> None:
    """Names of files, columns and ids are shown as words; no cell of the CSV begins a formula."""
    path = bring(client, REGISTER.replace("示例1", "=<x-broke>").encode(), "<x-broke>.csv")
    text = client.get(path).text
    assert "<x-broke>" not in text
    assert "'=<x-broke>" in client.get(f"{path}/verdicts.csv").text
    assert "<x-broke>" not in client.post(PAGE, files={"file": ("a.csv", b"<x-broke>,id\n1,2\n")}).text
