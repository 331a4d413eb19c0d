"""Lists of one's own on pages: brought once, carried by the address, judged by as the command does, wrong ones explained."""

import io
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import polars as pl
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient
from tests.surfaces.index_site import client_of, said
from tests.surfaces.lists_site import ACTIVITIES, ON, PAGE, QUERY, bring, home_at, refused, verdict
from tests.surfaces.own_lists import ZONES, files_of, layer_text, with_lists
from tests.surfaces.test_register import GOOD, HEAD

from zhishu.data.space.layer import read_layer
from zhishu.errors import Problem
from zhishu.pack.book import Book, BookExample
from zhishu.study import Study
from zhishu.surfaces.cli.judge import command as judge
from zhishu.surfaces.register.list_form import list_csv
from zhishu.surfaces.web.asked import SETTING
from zhishu.surfaces.web.rules import own
from zhishu.surfaces.web.rules.form import FACT, filled, placed
from zhishu.surfaces.web.rules.shelved import folder
from zhishu.system.books.supplied import Own
from zhishu.system.books.tried import tried
from zhishu.terms import Text

CHINESE = re.compile("[一-鿿]")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the home in which lists wait."""
    yield from home_at(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def client(study: Study, home: Path) -> TestClient:
    """Return a client of one application."""
    return client_of(study)


def asked(example: BookExample, token: str) -> str:
    """Return the query of a case."""
    return urlencode(
        [
            *filled(example.given, FACT),
            *filled(example.set, SETTING),
            ("on", example.on),
            ("lang", "zh"),
            ("brought", token),
        ]
    )


def examples(study: Study) -> list[tuple[Book, BookExample]]:
    """Return the examples of the shipped books that bring lists."""
    return [(b, e) for b in study.pack.books.values() for e in with_lists(b)]


def test_a_page_judges_every_example_by_its_lists_as_it_must(client: TestClient, study: Study) -> None:
    """Every example of the books that brings lists: brought as files, its verdict is the one the book says."""
    found = examples(study)
    assert {b.id for b, _ in found} >= {"market_access", "free_education", "industry_control"}
    for book, example in found:
        token = bring(client, files_of(book, example), f"/rules/{book.id}/lists", f"?on={example.on}")
        text = client.get(f"/rules/{book.id}/case?{asked(example, token)}").text
        expected = example.expect.get("verdict")
        if expected is not None:
            assert verdict(text) == book.outcomes[str(expected)].name.zh, example.id
        assert "按自带的名录和图层判" in text


def test_an_example_fills_in_its_own_lists(client: TestClient, study: Study, home: Path) -> None:
    """The link of an example that brings lists gives its verdict; nothing is kept for it; the interview carries it on."""
    for book in (b for b in study.pack.books.values() if any(e.lists for e in b.examples)):
        page = unescape(client.get(f"/rules/{book.id}?lang=zh").text)
        links = dict(re.findall(r'href="(/rules/[^"]+brought=(example-[a-z0-9_]+)[^"]*)"', page))
        found = {token: link for link, token in links.items()}
        assert found.keys() == {f"example-{e.id}" for e in book.examples if e.lists}
        for one in tried(book, study.data.regions):
            if one.example.lists and one.verdict is not None:
                text = client.get(found[f"example-{one.example.id}"]).text
                assert verdict(text) == book.outcomes[one.verdict].name.zh, one.example.id
    assert not folder(home).exists() or not any("example" in p.name for p in folder(home).iterdir())
    lists = said(client.get("/rules/free_education/lists?lang=zh&brought=example-primary").text)
    assert "是规则册的示例，不是真实名录" in lists
    assert "现在删除" not in lists
    wrong = client.get("/rules/free_education/case?lang=zh&brought=example-nosuch")
    assert (wrong.status_code, "brought-unknown" in wrong.text) == (422, True)
    # a file of one's own stands over the list of the example, the other lists of the example stay
    page = "/rules/market_access/lists"
    token = bring(client, {"list.zones": ("甲.csv", ZONES.encode())}, page, QUERY, brought="example-not_listed")
    both = said(client.get(f"{page}{QUERY}&brought={token}").text)
    assert "甲.csv，2 条" in both
    assert "示例 1，2 条" in both


def test_a_case_on_a_page_is_the_case_of_the_command(client: TestClient, study: Study, tmp_path: Path) -> None:
    """Same list, same facts: the verdict, and what is used, are those of ``zhishu judge --list --json``."""
    book, example = next((b, e) for b, e in examples(study) if b.id == "free_education" and "verdict" in e.expect)
    options = ["free_education", "--json", "--on", str(example.on)]
    for field, (name, content) in files_of(book, example).items():
        (tmp_path / name).write_bytes(content)
        options += ["--list", f"{field.removeprefix('list.')}={tmp_path / name}"]
    for k, v in filled(example.given, ""):
        options += ["--fact", f"{k}={v}"]
    told = json.loads(CliRunner().invoke(judge, options).stdout)
    token = bring(client, files_of(book, example), "/rules/free_education/lists")
    without = client.get(f"/rules/free_education/case?{asked(example, '')}").text
    text = client.get(f"/rules/free_education/case?{asked(example, token)}").text
    assert verdict(text) == book.outcomes[told["verdict"]].name.zh
    assert verdict(without) == book.outcomes[book.unknown].name.zh
    for one in told["supplied"]:
        assert one["file"] in text
        assert one["sha256"] in text
    # fact by fact, and back to the whole form: the token is carried
    for name in ("ask", "case"):
        page = client.get(f"/rules/free_education/{name}?{asked(example, token)}").text
        assert f'name="brought" value="{token}"' in page or name == "ask"
        assert f"brought={token}" in page


def test_a_list_that_serves_two_facts_is_asked_once(client: TestClient, tmp_path: Path) -> None:
    """The page has one field for it; sent for the other, it is refused with the name to send it under."""
    page = client.get("/rules/free_education/lists?lang=zh").text
    assert 'name="list.registered"' in page
    assert "list.schooled" not in page
    assert "list.schooled" not in client.get("/rules/free_education?lang=zh").text
    path = tmp_path / "示例.csv"
    path.write_text("entry,county,valid_from\n示例县,示例县,2017-01-01\n", encoding="utf-8")
    done = CliRunner().invoke(judge, ["free_education", "--list", f"schooled={path}", "--fact", "case_key=示例"])
    assert done.exit_code != 0
    assert "list-shared" in str(done.exception)
    assert "load registered once" in str(done.exception)


def test_a_register_on_a_page_is_the_register_of_the_command(client: TestClient, tmp_path: Path) -> None:
    """Verdict by verdict; the page and every file say which lists they rest on; a list of the form stands before one carried."""
    source, out, listed = tmp_path / "r.csv", tmp_path / "v.parquet", tmp_path / "名单.csv"
    source.write_text(ACTIVITIES, encoding="utf-8")
    listed.write_text(ZONES, encoding="utf-8")
    done = CliRunner().invoke(
        judge, ["market_access", str(source), "-o", str(out), "--on", ON, "--list", f"zones={listed}"]
    )
    assert done.exit_code == 0, done.output
    assert "名单.csv，2 条" in done.output
    expected = pl.read_parquet(out)
    token = bring(
        client,
        {"list.zones": ("别的.csv", b"entry,county,valid_from\nx,\xe9\x9d\x92\xe7\xa5\x9e\xe5\x8e\xbf,2022-01-01\n")},
    )
    answer = client.post(
        f"/rules/market_access/batch{QUERY}",
        files={"file": ("r.csv", ACTIVITIES.encode()), "list.zones": ("名单.csv", ZONES.encode())},
        data={"brought": token},
    )
    path = urlsplit(answer.headers["location"]).path
    page = unescape(client.get(f"{path}{QUERY}").text)
    assert "按自带的名录和图层判" in page
    assert "名单.csv，2 条，SHA-256 " in page
    assert "别的.csv" not in page
    parquet = client.get(f"{path}/verdicts.parquet{QUERY}").content
    assert pl.read_parquet(io.BytesIO(parquet)).equals(expected)
    told = json.loads(pl.read_parquet_metadata(io.BytesIO(parquet))["zhishu.supplied"])
    assert [(s["id"], s["entries"]) for s in told] == [("zones", 2)]
    lines = [json.loads(line) for line in client.get(f"{path}/verdicts.ndjson?lang=en").text.splitlines()]
    assert [{k: v for k, v in line.items() if k != "supplied"} for line in lines] == expected.to_dicts()
    assert {line["supplied"] for line in lines} == {told_in_english(told[0])}
    table = pl.read_csv(client.get(f"{path}/verdicts.csv{QUERY}").content, infer_schema=False)
    assert table.columns[-1] == "自带名录和图层"
    assert table["自带名录和图层"].unique().len() == 1


def told_in_english(told: dict[str, object]) -> str:
    """Return what is said of one list."""
    return f"list “counties of key ecological zones”: {told['file']}, 2 entries, SHA-256 {str(told['sha256'])[:12]}"


def test_a_layer_is_measured_to_on_both_pages(client: TestClient) -> None:
    """A blank distance is measured; the page says to which layer; without the layer it stays unknown."""
    files = {"layer.rivers": ("rivers.geojson", layer_text())}
    token = bring(client, files, "/rules/siting/lists")
    facts = {"id": "示例1", "applied_on": "2022-01-01", "kind": "园区", "action": "新建", "chemical": "重化工",
             "in_red_line": "否", "lon": "104.2", "lat": "30.006", "crs": "CGCS2000", "site_error": "10"}  # fmt: skip
    query = urlencode({FACT + k: v for k, v in facts.items()})
    assert verdict(client.get(f"/rules/siting/case{QUERY}&{query}").text) == "无法判定"
    text = client.get(f"/rules/siting/case{QUERY}&{query}&brought={token}").text
    assert verdict(text) == "禁止（建议）"
    assert "rivers.geojson，1 条" in text
    register = f"{','.join(facts)}\n{','.join(facts.values())}\n".encode()
    answer = client.post(f"/rules/siting/batch{QUERY}", files={"file": ("r.csv", register)}, data={"brought": token})
    path = urlsplit(answer.headers["location"]).path
    found = client.get(f"{path}/verdicts.ndjson").json()
    assert (found["verdict"], "rivers" in found["supplied"]) == ("forbidden", True)
    # on the day of this case no line was in force: nothing is measured, and the verdict stays open
    dated = layer_text().replace(b'"cite"', b'"valid_from": "2022-02-01", "cite"')
    later = bring(client, {"layer.rivers": ("rivers.geojson", dated)}, "/rules/siting/lists")
    assert verdict(client.get(f"/rules/siting/case{QUERY}&{query}&brought={later}").text) == "无法判定"
    # lines that end before they begin are refused where they are brought
    never = layer_text().replace(b'"cite"', b'"valid_from": "2022-02-01", "valid_to": "2022-01-01", "cite"')
    assert "layer-dates" in refused(client, "/rules/siting/lists", {"layer.rivers": ("rivers.geojson", never)})


@pytest.mark.parametrize(
    ("field", "file", "code", "words"),
    [
        ("list.zones", ("名单.csv", b"entry,county,valid_from\nx,,\n"), "list-bad-day", "名单.csv:2 valid_from"),
        ("list.zones", ("名单.csv", b"<html>"), "list-html", "文件是网页"),
        ("list.nosuch", ("名单.csv", ZONES.encode()), "list-unknown", "可用"),
        ("layer.rivers", ("a.geojson", b"{}"), "layer-unknown", "去掉它"),
    ],
)
def test_a_wrong_list_is_explained_at_its_field(
    client: TestClient, home: Path, field: str, file: tuple[str, bytes], code: str, words: str
) -> None:
    """On the page of lists and with a register: file, row, field, repair; nothing is kept and nothing judged."""
    before = sorted(folder(home).iterdir()) if folder(home).is_dir() else []
    register = {"file": ("r.csv", ACTIVITIES.encode())}
    for path, more in ((PAGE, {}), ("/rules/market_access/batch", register)):
        found = refused(client, path, {field: file, **more})
        assert code in found
        assert words in found
        assert f'href="#{field if field == "list.zones" else "brought"}"' in found
    assert (sorted(folder(home).iterdir()) if folder(home).is_dir() else []) == before


def test_a_problem_of_a_layer_leads_to_where_it_is_brought(study: Study) -> None:
    """What a book keeps in view and a line of the layer; without a layer of one's own they lead to the facts."""
    book, layer = study.pack.book("siting"), read_layer(layer_text().decode(), "rivers.geojson")
    said_ = Text("示例", "specimen")
    problems = [Problem("x", where, said_, said_) for where in ("measured.bank.apart", "rivers.geojson:示例江")]
    mine = Own(layers={"rivers": layer})
    assert [w.field for w in placed(book, problems, mine)] == ["brought", "brought"]
    assert [w.field for w in placed(book, problems)] == ["facts", "facts"]


def test_a_layer_that_declares_nothing_is_explained_at_its_field(client: TestClient) -> None:
    """No system; a kind the book does not know."""
    found = refused(client, "/rules/siting/lists", {"layer.rivers": ("a.geojson", layer_text(crs=None))})
    assert "space-no-crs" in found
    assert 'href="#layer.rivers"' in found
    strange = layer_text().replace("长江干流".encode(), "示例海".encode())
    found = refused(client, "/rules/siting/lists", {"layer.rivers": ("a.geojson", strange)})
    assert "layer-kind" in found
    assert 'href="#layer.rivers"' in found


def test_the_page_names_every_list_with_its_columns_and_its_files(client: TestClient, study: Study) -> None:
    """What it holds, whether it is loaded, templates and present entries that open; in English no Chinese is left."""
    for book in study.pack.books.values():
        text = unescape(client.get(f"/rules/{book.id}/lists{QUERY}").text)
        assert "<script" not in text
        for name, dated in book.lists.items():
            # one that has the entries of another is not asked for again
            assert (f'name="list.{name}"' in text) == (not dated.of)
            if dated.of:
                continue
            assert dated.name.zh in text
            links = {f"/rules/{book.id}/lists/{name}/template.{e}" for e in ("csv", "xlsx")}
            if dated.entries is not None:
                links |= {f"/rules/{book.id}/lists/{name}.{e}" for e in ("csv", "xlsx")}
                # what is only proposed counts once it is adopted
                said_ = "随册装入" if dated.proposal is None else "随册有"
                assert f"{said_} {len(dated.entries)} 条" in text
            for link in links:
                assert f'href="{link}' in text
                answer = client.get(link)
                assert answer.status_code == 200
                assert answer.headers["content-disposition"].startswith("attachment")
            assert client.get(f"/rules/{book.id}/lists/{name}.csv").content == list_csv(book, dated, True)
        for m in book.measured.values():
            assert f'name="layer.{m.layer}"' in text
            assert client.get(f"/rules/{book.id}/layers/{m.layer}/template.geojson").json()["features"]
        if not (book.lists or book.measured):
            assert "不查任何名录" in text
        for page in ("lists", "case", "batch"):
            english = said(client.get(f"/rules/{book.id}/{page}?lang=en").text)
            assert CHINESE.findall(english.replace("示例", "")) == []
    assert client.get("/rules/siting/lists/controlled/template.pdf").status_code == 404
    assert client.get("/rules/siting/lists/nosuch.csv").status_code == 404
    assert client.get("/rules/siting/layers/nosuch/template.geojson").status_code == 404


def test_the_facts_of_a_case_wait_while_lists_are_brought(client: TestClient) -> None:
    """From a half filled form to the lists and back: what was filled in comes back with the token."""
    text = unescape(client.get(f"/rules/market_access/case{QUERY}&f.industry=2611&set.list_edition=2017").text)
    link = re.search(r'href="(/rules/market_access/lists\?[^"]*f\.industry=2611[^"]*)"', text)
    assert link is not None
    answer = client.post(link[1], files={"list.zones": ("名单.csv", ZONES.encode())})
    back = unescape(client.get(answer.headers["location"]).text)
    assert re.search(
        r'href="/rules/market_access/case\?f\.industry=2611&set\.list_edition=2017[^"]*brought=[0-9a-f]{32}"', back
    )


def test_the_limit_of_entries_is_said(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list too long for a page is told the command."""
    real = own.sorted_out
    monkeypatch.setattr(own, "sorted_out", lambda asked, sent: real(asked, sent, 1))
    found = refused(client, PAGE, {"list.zones": ("名单.csv", ZONES.encode())})
    assert "list-too-long" in found
    assert "zhishu judge --list" in found


def test_a_register_without_lists_says_nothing_of_them(client: TestClient) -> None:
    """Files and page of a register judged by the book alone are as the command writes them."""
    register = "\n".join((HEAD, *GOOD)).encode()
    answer = client.post(f"/rules/siting/batch{QUERY}", files={"file": ("r.csv", register)})
    path = urlsplit(answer.headers["location"]).path
    assert "自带" not in said(client.get(f"{path}{QUERY}").text)
    assert '"supplied"' not in client.get(f"{path}/verdicts.ndjson").text
