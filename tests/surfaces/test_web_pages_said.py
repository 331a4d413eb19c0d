"""What pages say: both languages whole, what is missing named, errors that lead to their fields."""

import re
from datetime import date

import pytest
from fastapi.testclient import TestClient

from zhishu.study import Study
from zhishu.study.missing import missing_figures
from zhishu.surfaces.web.app import create_app
from zhishu.surfaces.web.specimen import cell

CHINESE = re.compile("[一-鿿]")


@pytest.fixture(scope="module")
def client(study: Study) -> TestClient:
    """One client of the application, on a fixed day."""
    return TestClient(create_app(study, lambda: date(2026, 11, 23)))


def test_sources_and_checks_have_both_languages(study: Study) -> None:
    """No English wording of a source or a check holds Chinese, and every one of the pack is translated."""
    data = study.data
    for words in [*map(data.source_words, data.sources), *map(data.note_words, data.notes)]:
        assert CHINESE.search(words.en) is None, words.en
    assert all(CHINESE.search(data.source_words(s).zh) for s in data.sources)


def test_a_source_the_pack_does_not_know_stands_as_written(study: Study) -> None:
    """A user's own figures name their source in one wording."""
    assert study.data.source_words("市统计局函").en == "市统计局函"


def test_every_target_names_what_it_lacks_and_a_holder(study: Study) -> None:
    """Thirty-nine rows; where the target names no holder the table of series does."""
    for target in study.pack.targets.values():
        found = missing_figures(study, target)
        assert found, target.key
        assert all(m.holder is not None for m in found), target.key


def test_the_overview_has_a_row_for_every_target(client: TestClient, study: Study) -> None:
    """Also for those without a single figure."""
    page = client.get("/").text
    rows = page[page.index("缺哪些数据") :]
    assert all(t.name.zh in rows for t in study.pack.targets.values())


def test_reasons_of_targets_are_english_in_english(client: TestClient) -> None:
    """Arithmetic with units, ranges and points."""
    page = client.get("/targets?lang=en").text
    said = re.findall(r'why-line">([^<]*)', page)
    assert [s for s in said if CHINESE.search(s)] == []
    assert any("426–437 km" in s for s in said)


def test_sentence_and_chart_of_the_railways_agree(client: TestClient) -> None:
    """1,863 is said and drawn, the other source is named, and no break is drawn where none is declared."""
    page = client.get("/targets/hsr-2300km-target").text
    assert "已知部分至少 1,863 公里" in page
    assert ">1,863<" in page
    assert ">1,874<" not in page
    assert "来源不一致：1,863—1,874 公里" in page
    assert 'class="break"' not in page


def test_an_error_leads_to_its_field(client: TestClient) -> None:
    """Typed cells, an empty required cell and a parameter: each link names an element of the page."""
    form = {"years.0.county": "示例甲县", "years.0.approved": "三百", "set.threshold": "x"}
    page = client.post("/systems/land-supply-rate-gate", data=form)
    assert page.status_code == 422
    summary = page.text[page.text.index('class="errors"') : page.text.index("<h1>")]
    links = re.findall(r'href="#([^"]+)"', summary)
    assert {"years.0.approved", "years.0.year", "set.threshold"} <= set(links)
    assert all(f'id="{link}"' in page.text for link in links)


def test_an_error_is_english_on_the_english_page(client: TestClient) -> None:
    """Fields, units and parameters are called by their English names."""
    form = {"years.0.county": "A", "years.0.year": "2018", "years.0.approved": "abc", "set.threshold": "x"}
    page = client.post("/systems/land-supply-rate-gate?lang=en", data=form).text
    summary = page[page.index('class="errors"') : page.index("<h1>")]
    assert CHINESE.search(summary) is None
    assert "approved area is not a number in ha: abc" in summary
    assert "lowest supply rate is not a number in %: x" in summary


def test_days_are_written_without_midnight() -> None:
    """A workbook gives days as moments; a person wrote a day."""
    assert cell("2019-03-01 00:00:00") == "2019-03-01"
    assert cell("unknown") == ""


def test_systems_are_found_by_name(client: TestClient) -> None:
    """The search needs no script; nothing found is said."""
    assert "供地率低于60%的市县" in client.get("/systems", params={"q": "供地率"}).text
    nothing = client.get("/systems", params={"q": "没有这样的系统"}).text
    assert "符合条件的系统：无" in nothing


def test_no_bare_ids_of_targets_on_the_data_page(client: TestClient, study: Study) -> None:
    """Targets are called by their names."""
    page = re.sub(r'href="[^"]*"', "", client.get("/data").text)
    assert [k for k in study.pack.targets if k in page] == []


def test_what_only_the_specimen_sets_never_goes_with_own_rows(client: TestClient) -> None:
    """The specimen runs with its own last year; a table handed in does not inherit it."""
    page = client.get("/systems/land-supply-rate-gate?on=2026-11-26").text
    assert 'name="set.end_year" type="text" value=""' in page
    assert "示例用 2022" in page
    years = "".join(f"简阳,{year},100,40\n" for year in range(2021, 2026))
    table = {"file": ("own.csv", f"county,year,approved,supplied\n{years}".encode(), "text/csv")}
    adopted = {"set.method": "提议"}
    own = client.post("/systems/land-supply-rate-gate?on=2026-11-26", files=table, data=adopted).text
    assert "建议暂停" in own[own.index("简阳市") - 400 : own.index("简阳市") + 400]


def test_an_adverse_answer_names_its_basis_or_says_there_is_none(client: TestClient) -> None:
    """A list that forbids by an entry with a number names it; a gate with no law loaded proposes without effect."""
    entry = {
        "entry": "示例1",
        "kind": "forbidden",
        "code": "26",
        "place": "全部",
        "valid_from": "2019-01-01",
        "basis": "示例法",
    }
    query = {"id": "甲", "code": "2611", "place": "示例县"}
    form = {f"entries.0.{k}": v for k, v in entry.items()} | {f"queries.0.{k}": v for k, v in query.items()}
    page = client.post("/systems/market-access-negative-list", data=form).text
    answer = page[page.index("verdict-say") :]
    assert "依据：示例法" in answer
    assert "申辩期：未设定" in answer
    assert "法定依据未载入" not in answer[:2000]
    years = {
        f"years.{i}.{k}": v
        for i in range(5)
        for k, v in {"county": "示例甲县", "year": str(2018 + i), "approved": "100", "supplied": "10"}.items()
    }
    gate = client.post("/systems/land-supply-rate-gate?on=2023-01-01", data=years).text
    assert "法定依据未载入" in gate[gate.index("verdict-say") :]
