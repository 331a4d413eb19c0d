"""Lists brought to the pages are kept for a day: the good ones where another is wrong, nothing beside them, and then gone."""

import json
import os
import re
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient
from tests.surfaces.index_site import client_of, said
from tests.surfaces.lists_site import ACTIVITIES, PAGE, QUERY, bring, home_at, refused
from tests.surfaces.own_lists import ZONES, layer_text

from zhishu.study import Study
from zhishu.surfaces.body import MOST_REGISTER
from zhishu.surfaces.web.rules.shelved import folder
from zhishu.surfaces.web.shelf import SECONDS


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return the home in which lists wait."""
    yield from home_at(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def client(study: Study, home: Path) -> TestClient:
    """Return a client of one application."""
    return client_of(study)


def test_good_lists_stay_when_another_is_wrong(client: TestClient, home: Path) -> None:
    """What is in order is kept and named, what is wrong is not, and the next upload needs the wrong one alone."""
    page = "/rules/market_access/lists"
    before = set(folder(home).iterdir()) if folder(home).exists() else set()
    bad = ZONES.replace("2017/1/1", "不详").encode()
    files = {"list.zones": ("甲.csv", ZONES.encode()), "list.eco_lists": ("乙.csv", bad)}
    answer = client.post(f"{page}{QUERY}", files=files)
    text = unescape(answer.text)
    assert answer.status_code == 422
    summary = text[text.index('class="errors"') : text.index("<h1>")]
    assert "已装入产业清单的县第 2 行“施行日期”列" in summary
    assert "list-bad-day" in summary
    assert "没有问题的已留着，不必再选：重点生态功能区县名单（甲.csv）。" in summary
    (kept,) = set(folder(home).iterdir()) - before
    assert list(json.loads((kept / "told.json").read_text(encoding="utf-8"))["lists"]) == ["zones"]
    assert f'name="brought" value="{kept.name}"' in text
    assert f"brought={kept.name}" in re.findall(r'href="([^"]+)" hreflang="en"', text)[0]
    token = bring(client, {"list.eco_lists": ("丙.csv", ZONES.encode())}, page, brought=kept.name)
    both = said(client.get(f"{page}{QUERY}&brought={token}").text)
    assert "甲.csv，2 条" in both
    assert "丙.csv，2 条" in both
    # with a register the same: neither judged nor kept, the good list stays
    files = {"file": ("a.csv", b"id\n"), **files}
    answer = client.post(f"/rules/market_access/batch{QUERY}", files=files)
    text = said(answer.text)
    assert answer.status_code == 422
    assert "没有问题的已留着，不必再选：重点生态功能区县名单（甲.csv）。" in text
    assert "登记表也不留存" in text


def test_good_lists_stay_when_the_register_is_wrong(client: TestClient) -> None:
    """They need not be chosen again: the form carries them, and the next register is judged by them."""
    files = {"file": ("r.csv", b"id,nosuch\n1,2\n"), "list.zones": ("名单.csv", ZONES.encode())}
    answer = client.post(f"/rules/market_access/batch{QUERY}", files=files)
    assert answer.status_code == 422
    assert "不必再选" in answer.text
    token = re.search(r'name="brought" value="([0-9a-f]{32})"', answer.text)
    assert token is not None
    good = client.post(
        f"/rules/market_access/batch{QUERY}", files={"file": ("r.csv", ACTIVITIES.encode())}, data={"brought": token[1]}
    )
    assert "名单.csv，2 条" in client.get(urlsplit(good.headers["location"]).path).text


def test_more_is_brought_beside_what_is_there(client: TestClient) -> None:
    """The second list joins the first under another address; the first stays as it was; layers are carried over too."""
    first = bring(client, {"list.zones": ("甲.csv", ZONES.encode())})
    second = bring(client, {"list.eco_lists": ("乙.csv", ZONES.encode())}, brought=first)
    third = bring(client, {"list.zones": ("丙.csv", ZONES.encode())}, brought=second)
    shown = [client.get(f"{PAGE}{QUERY}&brought={t}").text for t in (first, second, third)]
    files = [{f for f in ("甲.csv", "乙.csv", "丙.csv") if f in text} for text in shown]
    assert files == [{"甲.csv"}, {"甲.csv", "乙.csv"}, {"乙.csv", "丙.csv"}]
    one = bring(client, {"layer.rivers": ("江.geojson", layer_text())}, "/rules/siting/lists")
    code = b"entry,code,valid_from\nx,26,2019-01-01\n"
    two = bring(client, {"list.controlled": ("码.csv", code)}, "/rules/siting/lists", brought=one)
    text = client.get(f"/rules/siting/lists{QUERY}&brought={two}").text
    assert "江.geojson" in text
    assert "码.csv" in text


def test_what_is_kept_holds_no_other_column_and_is_deleted(client: TestClient, home: Path) -> None:
    """Entries alone wait under a name drawn at random; when asked they go, and the address says so."""
    secret = ZONES.replace("basis", "basis,经办说明", 1).replace("示例名单文\n", "示例名单文,不留的话\n")
    token = bring(client, {"list.zones": ("名单.csv", secret.encode())})
    kept = folder(home) / token
    assert [p.name for p in kept.iterdir()] == ["told.json"]
    assert "不留的话" not in (kept / "told.json").read_text(encoding="utf-8")
    assert "没有用到的列：经办说明" in client.get(f"{PAGE}{QUERY}&brought={token}").text
    done = client.post(f"{PAGE}/{token}/remove{QUERY}")
    assert "已删除" in client.get(done.headers["location"]).text
    assert not kept.exists()
    assert client.post(f"{PAGE}/{token}/remove{QUERY}").status_code == 404


@pytest.mark.parametrize("page", ["lists", "case", "ask", "batch"])
def test_an_address_that_is_old_says_so(client: TestClient, home: Path, page: str) -> None:
    """A day later, of another book, or made up: no verdict by other lists, the facts stay, what to do is said."""
    token = bring(client, {"list.zones": ("名单.csv", ZONES.encode())})
    past = time.time() - SECONDS - 9
    os.utime(folder(home) / token / "told.json", (past, past))
    for wrong in (token, "0" * 32, "..", "x"):
        answer = client.get(f"/rules/market_access/{page}{QUERY}&f.industry=2611&brought={wrong}")
        assert (answer.status_code, "brought-unknown" in answer.text) == (422, True)
        assert "重新上传名录" in answer.text
        assert 'class="fact verdict-say' not in answer.text
        assert f'value="{wrong}"' not in answer.text
        if page == "case":
            assert 'value="2611"' in answer.text
    other = bring(client, {"list.zones": ("名单.csv", ZONES.encode())})
    assert client.get(f"/rules/siting/{page}?brought={other}").status_code == 422


def test_old_lists_are_refused_with_a_register_and_nothing_chosen_is_said(client: TestClient) -> None:
    """A form whose lists are gone judges nothing; a form without a file says so; a body too long is 413."""
    register = {"file": ("r.csv", ACTIVITIES.encode())}
    assert "brought-unknown" in refused(client, "/rules/market_access/batch", register, brought="0" * 32)
    assert "brought-unknown" in refused(client, PAGE, {"list.zones": ("a.csv", ZONES.encode())}, brought="0" * 32)
    assert "list-file" in refused(client, PAGE, {}, x="1")
    long = {"Content-Length": str(MOST_REGISTER + 1), "Content-Type": "multipart/form-data; boundary=x"}
    large = client.post(f"{PAGE}{QUERY}", content=b"x", headers=long)
    assert (large.status_code, "20 MB" in large.text) == (413, True)
