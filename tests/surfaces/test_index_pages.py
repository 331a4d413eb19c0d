"""Pages of an index from one table: they say what the library says, in both languages, and lead to what is wrong."""

import io
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from fastapi.testclient import TestClient
from openpyxl import Workbook
from tests.surfaces.index_site import GAPS, NAMES, TABLE, bring, client_of, rows, said

from zhishu.score.audit import audit
from zhishu.score.steps.sure import vary
from zhishu.score.table import index_of
from zhishu.study import Study
from zhishu.surfaces.web.index.example import example_path
from zhishu.surfaces.web.render import CONTENT_SECURITY_POLICY, WITH_MODULE

CHINESE = re.compile("[一-鿿]")
CHOSEN = "l3=1&w1=2"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the home in which tables wait."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("home")
        patch.setenv("ZHISHU_HOME", str(folder))
        yield folder


@pytest.fixture(scope="module")
def client(study: Study, home: Path) -> TestClient:
    """Return a client of one application."""
    return client_of(study)


@pytest.fixture(scope="module")
def table(client: TestClient) -> str:
    """Return the path of an uploaded table."""
    return bring(client, TABLE)


def test_an_upload_leads_to_choices_and_the_ranking_is_that_of_the_library(client: TestClient, table: str) -> None:
    """Every score, rank, interval and tier stands as ``standings`` gives it."""
    choices = client.get(table)
    assert choices.status_code == 200
    assert all(f">{c}</th>" in choices.text for c in ("产出", "研发", "能耗"))
    page = client.get(f"{table}/ranking?{CHOSEN}")
    assert page.status_code == 200
    index = index_of(TABLE.encode(), "demo.csv", less_is_better=["能耗"], weights={"产出": 2})
    expected = [
        [str(s.rank), s.unit, f"{s.score:.2f}", f"{s.low:.2f}–{s.high:.2f}", str(s.rank_from) if s.rank_from == s.rank_to else f"{s.rank_from}–{s.rank_to}", str(s.tier)]
        for s in index.standings()
    ]  # fmt: skip
    assert rows(page.text, "排名") == expected
    assert page.text.count('class="chart chart-ranked"') == 3
    assert "权重 ±25%；1000 次，种子 1" in page.text


@pytest.mark.parametrize("page", ["", *NAMES])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_answers_in_both_languages(client: TestClient, page: str, lang: str) -> None:
    """Its words are of one language, its guard is whole, nobody keeps it, and every link keeps the choices."""
    path = example_path("en" if lang == "en" else "zh", page).replace("/?", "?")
    answer = client.get(f"{path}&lang={lang}")
    assert answer.status_code == 200
    words = said(answer.text)
    if lang == "en":
        assert CHINESE.search(words) is None, CHINESE.search(words)
    else:
        assert "示例戊" in words or page in ("", "reach", "sensitivity")
    assert answer.headers["cache-control"] == "no-store"
    policy = WITH_MODULE if page == "weights" else CONTENT_SECURITY_POLICY
    assert answer.headers["content-security-policy"] == policy
    tabs = re.findall(r'<nav class="tabs index-tabs".*?</nav>', answer.text, re.DOTALL)[0]
    links = re.findall(r'href="([^"]+)"', tabs)
    assert len(links) == len(NAMES) + 1
    kept = dict(parse_qsl(urlsplit(path).query))
    for link in links:
        query = dict(parse_qsl(urlsplit(unescape(link)).query))
        assert query == kept | {"lang": lang, "on": "2026-11-23"}, link
    # numbers that nobody knows are said in words
    assert not re.search(r"\b(nan|None|inf)\b", words), words


def test_the_example_says_that_it_is_one(client: TestClient) -> None:
    for page in ("", *NAMES):
        path = example_path("zh", page).replace("/?", "?")
        assert "随机生成的示例" in client.get(path).text


def test_the_parts_of_a_unit_add_up_to_its_score(client: TestClient, table: str) -> None:
    """To a cent a part, as they are rounded."""
    page = client.get(f"{table}/unit?{CHOSEN}&unit=1").text
    told = re.search(r"示例甲得 ([\d.]+) 分，第 2 名", said(page))
    assert told is not None
    parts = [float(row[-1]) for row in rows(page, "逐项")]
    assert sum(parts) == pytest.approx(float(told[1]), abs=0.015)
    assert page.count('class="chart chart-waterfall"') == 3


def test_a_mean_without_parts_says_so(client: TestClient, table: str) -> None:
    page = client.get(f"{table}/unit?{CHOSEN}&mean=geometric&unit=1").text
    assert "不能拆成相加的部分" in page
    assert "chart-waterfall" not in page


def test_a_unit_that_lacks_a_figure_has_no_score_and_no_rank(client: TestClient) -> None:
    path = bring(client, GAPS)
    ranked = rows(client.get(f"{path}/ranking").text, "排名")
    assert [r[1] for r in ranked[-2:]] == ["示例丁 缺数，不合成", "示例丙 缺数，不合成"]
    page = said(client.get(f"{path}/unit?unit=3").text)
    assert "示例丙没有得分" in page
    assert "无数" in page
    for name in NAMES:
        assert client.get(f"{path}/{name}?unit=3").status_code in (200, 422), name
    filled = rows(client.get(f"{path}/ranking?least=60").text, "排名")
    assert all(r[2] != "–" for r in filled)


def test_without_scipy_the_page_says_what_is_missing(
    client: TestClient, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    page = client.get(f"{table}/sensitivity")
    assert page.status_code == 200
    assert "没有安装 SciPy" in page.text


def test_sensitivity_says_shares_with_intervals(client: TestClient, table: str) -> None:
    index = index_of(TABLE.encode(), "demo.csv", less_is_better=["能耗"], weights={"产出": 2})
    found = index.sensitivity()
    told = rows(client.get(f"{table}/sensitivity?{CHOSEN}").text, "名次变动的来源")
    assert len(told) == len(found.shares)
    for row, share in zip(told, found.shares.values(), strict=True):
        assert row[2].replace("−", "-").startswith(f"{share.total:.2f} ({share.total_bounds[0]:.2f}")


def test_a_matrix_of_pairs_says_what_the_runs_say(client: TestClient, table: str) -> None:
    index = index_of(TABLE.encode(), "demo.csv", less_is_better=["能耗"], weights={"产出": 2})
    ahead = vary(index.study, index.varied()).ahead()
    found = rows(client.get(f"{table}/pairs?{CHOSEN}").text, "两两比较")
    order = [index.units.index(row[0].split(" ")[1]) for row in found]
    for a, row in zip(order, found, strict=True):
        for b, cell in zip(order, row[1:], strict=True):
            if a != b:
                words = f"{ahead[a, b] * 100:.0f}"
                assert cell in (words, f">{99}", f"<{1}"), (a, b)


def test_two_ways_are_told_apart_step_by_step(client: TestClient, table: str) -> None:
    """The moves of the steps add up to the whole move of a unit."""
    page = client.get(f"{table}/compare?{CHOSEN}&b.scale=rank&b.mean=geometric&b.w1=1&b.w2=5").text
    for _, _, ranks, why in rows(page, "两种做法的名次"):
        before, after = re.findall(r"\d+", ranks)[:2]
        steps = [int(n.replace("−", "-")) for n in re.findall(r"[+−]\d+", why)]
        assert sum(steps) == int(before) - int(after), (ranks, why)
    for query, field in (("b.w1=x", "b.w1"), ("b.w1=0&b.w2=0&b.w3=0", "b.w1"), ("b.mean=no", "b.mean")):
        wrong = client.get(f"{table}/compare?{CHOSEN}&{query}")
        assert wrong.status_code == 422
        assert f'href="#{field}"' in wrong.text
        assert f'id="{field}"' in wrong.text
    same = client.get(f"{table}/compare?{CHOSEN}&b.l3=1&b.w1=2&b.scale=minmax").text
    assert "名次不变" in same


def test_leaving_out_and_audit_say_what_the_audit_finds(client: TestClient, table: str) -> None:
    index = index_of(TABLE.encode(), "demo.csv", less_is_better=["能耗"], weights={"产出": 2})
    page = said(client.get(f"{table}/audit?{CHOSEN}").text)
    found = audit(index)
    assert all(f.says.zh in page for f in found)
    left = rows(client.get(f"{table}/leaving?{CHOSEN}").text, "去掉一个指标或一组")
    told = {f.where[0]: f"{f.value:.2f}" for f in found if f.code == "left_out"}
    assert {row[0]: row[1] for row in left} == told


def test_reach_moves_only_what_is_ticked(client: TestClient, table: str) -> None:
    page = client.get(f"{table}/reach?{CHOSEN}&unit=4&rank=2&i2=1&i3=1&t3=0.3").text
    ways = rows(page, "单改一项")
    assert [w[1] for w in ways] == ["研发", "能耗"]
    assert all(w[4] in ("3.5", "0.3") for w in ways)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("unit=4&rank=2", "i1"), ("unit=4&rank=2&score=50&i1=1", "score"), ("unit=4&rank=9&i1=1", "rank"),
        ("unit=4&rank=2&i3=1&t3=0.9", "t3"), ("unit=4&rank=2&i1=1&t1=viel", "t1"),
    ],
)  # fmt: skip
def test_a_wrong_aim_leads_to_its_field(client: TestClient, table: str, query: str, field: str) -> None:
    answer = client.get(f"{table}/reach?{CHOSEN}&{query}")
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert f'id="{field}"' in answer.text
    assert "<title>出错" in answer.text


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("w1=x", "w1", "index-option"), ("w2=-1", "w2", "index-option"), ("runs=0", "runs", "index-option"),
        ("runs=2.5", "runs", "index-option"), ("least=nan", "least", "index-option"), ("scale=best9", "scale", "index-option"),
        ("mean=<b>", "mean", "index-option"), ("level=100", "level", "index-option"), ("winsorise=21", "winsorise", "index-option"),
        ("w1=0&w2=0&w3=0", "w1", "index-weights-zero"), ("g1=产出", "g1", "index-column"), ("g1=a&v.a=x", "v.a", "index-option"),
        ("x1=1&x2=1&x3=1", "x1", "index-empty"),
    ],
)  # fmt: skip
def test_a_wrong_choice_leads_to_its_field(client: TestClient, table: str, query: str, field: str, code: str) -> None:
    """The page of choices comes back with a summary; each problem links to a field that is there."""
    answer = client.get(f"{table}/ranking?{query}")
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert f'id="{field}"' in answer.text
    assert f"<code>{code}</code>" in answer.text
    assert "<title>出错" in answer.text


def test_columns_that_tell_nothing_are_named(client: TestClient) -> None:
    path = bring(client, "u,a,b,c\n示例甲,1,5,\n示例乙,2,5,\n")
    answer = client.get(f"{path}/ranking")
    assert answer.status_code == 422
    assert {"index-alike", "index-no-figure"} <= set(re.findall(r"<code>(index-[a-z-]+)</code>", answer.text))
    assert client.get(f"{path}/ranking?x2=1&x3=1").status_code == 200


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("地区,产出\n示例甲,两万\n", "index-cell"), ("地区,产出\n示例甲,1\n示例甲,2\n", "index-unit-twice"),
        ("地区\n示例甲\n", "index-empty"), ("地区,产出,产出\n示例甲,1,2\n", "index-column"), ("地区,姓名\n示例甲,1\n", "column-banned"),
        ("地区,a\n" + "".join(f"示例{n},{n}\n" for n in range(10_001)), "index-too-large"), ("", ""),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_read_is_not_kept(client: TestClient, home: Path, text: str, code: str) -> None:
    before = sorted(home.rglob("*"))
    answer = client.post("/index", files={"file": ("<b>.csv", text.encode(), "text/csv")})
    assert answer.status_code == 422
    assert code in answer.text
    assert 'href="#file"' in answer.text
    assert "<b>" not in answer.text[answer.text.index("<main") :].replace("<b>示例", "")
    assert sorted(home.rglob("*")) == before


def test_a_form_without_a_file_says_so(client: TestClient) -> None:
    answer = client.post("/index", data={"file": "x"})
    assert answer.status_code == 422
    assert "index-file-missing" in answer.text


def test_reading_writes_nothing_and_an_unknown_table_is_not_there(client: TestClient, home: Path, table: str) -> None:
    before = sorted((p, p.read_bytes()) for p in home.rglob("*.json"))
    for name in NAMES:
        client.get(f"{table}/{name}?{CHOSEN}&unit=2&rank=1&i1=1")
    assert sorted((p, p.read_bytes()) for p in home.rglob("*.json")) == before
    for id in ("0" * 32, "x", "..%2f..%2fetc", table.removeprefix("/index/")[:-1]):
        assert client.get(f"/index/{id}/ranking").status_code == 404, id
    assert client.get(f"{table}/nosuch").status_code == 404


def test_whoever_brought_a_table_deletes_it(client: TestClient, home: Path) -> None:
    path = bring(client, TABLE)
    assert f'action="{path}/remove' in client.get(path).text
    gone = client.post(f"{path}/remove")
    assert gone.status_code == 303
    assert "表已删除" in client.get(gone.headers["location"]).text
    assert client.get(path).status_code == client.post(f"{path}/remove").status_code == 404
    assert not list(home.rglob(f"{path.removeprefix('/index/')}*"))
    assert "/remove" not in client.get("/index/example").text
    assert client.post("/index/example/remove").status_code == 404


def test_a_workbook_gives_what_its_table_gives(client: TestClient, table: str) -> None:
    book, cells = Workbook(), [line.split(",") for line in TABLE.splitlines()]
    for row in [cells[0], *([r[0], *map(float, r[1:])] for r in cells[1:])]:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    answer = client.post("/index", files={"file": ("demo.xlsx", held.getvalue(), "application/octet-stream")})
    path = answer.headers["location"].partition("?")[0]
    assert rows(client.get(f"{path}/ranking?{CHOSEN}").text, "排名") == [
        *rows(client.get(f"{table}/ranking?{CHOSEN}").text, "排名")
    ]


def test_hostile_names_stay_words(client: TestClient) -> None:
    """In names of columns, units, headings and the file; also those that objects of a script have anyway."""
    bad = '"><img src=x onerror=a()>'
    text = f'u,"{bad.replace(chr(34), chr(34) * 2)}",__proto__,constructor\n=1+1,1,2,3\n"</td>",2,1,5\n\'x,3,3,3\n'
    path = bring(client, text, f"{bad}.csv")
    for name in ("", *NAMES):
        answer = client.get(
            f"{path}/{name}".rstrip("/"), params={"g1": f"{bad[:30]}h", "g2": "{{7*7}}", "unit": "1", "named": bad}
        )
        assert answer.status_code == 200, name
        assert "<img" not in answer.text, name
        assert "{{7*7}}" in answer.text or name in ("ranking", "sensitivity", "reach", "pairs"), name


def test_many_units_are_shown_a_part_at_a_time(client: TestClient) -> None:
    path = bring(client, "u,a,b\n" + "".join(f"单位{n},{n * 37 % 101},{n * 11 % 97}\n" for n in range(400)))
    first, second = (rows(client.get(f"{path}/ranking?part={n}").text, "排名") for n in (1, 2))
    assert len(first) == len(second) == 50
    assert not {r[1] for r in first} & {r[1] for r in second}
    matrix = client.get(f"{path}/pairs?part=3").text
    assert matrix.count('<th scope="row">') == 25
    assert 'name="named"' in client.get(f"{path}/unit").text
    assert "单位7得" in said(client.get(f"{path}/unit?named=单位7").text)
    assert "没有单位“无此”" in said(client.get(f"{path}/unit?named=无此").text)


def test_a_large_table_says_how_long_it_takes_and_what_is_too_much(client: TestClient) -> None:
    text = "u," + ",".join(f"c{n}" for n in range(20)) + "\n"
    text += "".join(f"单位{m}," + ",".join(str((m * (n + 3)) % 101) for n in range(20)) + "\n" for m in range(4000))
    answer = client.post("/index", files={"file": ("large.csv", text.encode(), "text/csv")})
    path = answer.headers["location"]
    assert "runs=1000" not in path
    assert "秒" in client.get(f"{path}&runs=1000").text
    too_many = client.get(f"{path.replace('?', '/ranking?')}&runs=1000&seed=2")
    assert too_many.status_code in (200, 422)
    assert client.get(f"{path.replace('?', '/audit?')}").status_code == 200
    sliders = client.get(f"{path.replace('?', '/weights?')}").text
    assert "data-study" not in sliders
    assert "<script" not in sliders
    assert sliders.count("<tr data-unit") == 400
    assert "3600 个单位见排名页" in sliders
    assert "逐个去掉要算太久" in client.get(f"{path.replace('?', '/leaving?')}").text


def test_asking_what_a_unit_would_need_is_logged(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An aim leaves a line with table, unit and aim; looking at the form alone leaves none."""
    monkeypatch.setenv("ZHISHU_HOME", str(tmp_path))
    client.get("/index/example/reach?lang=zh")
    assert not (tmp_path / "reach.jsonl").exists()
    assert client.get("/index/example/reach?lang=zh&i1=1&rank=2").status_code == 200
    line = json.loads((tmp_path / "reach.jsonl").read_text(encoding="utf-8"))
    assert (line["of"], line["rank"], line["total"]) == ("示例.csv", 2, None)
    assert line["unit"].startswith("示例")
