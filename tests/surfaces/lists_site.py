"""Pages of rules with lists of one's own: a home in which they wait, bringing them, and what a page says."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient
from tests.surfaces.index_site import said

PAGE = "/rules/market_access/lists"
ON = "2022-12-31"
QUERY = f"?lang=zh&on={ON}"
ACTIVITIES = "id,asked_on,county,industry,edition,licensed\n示例1,2019-06-01,青神县,2611,2017,否\n示例2,2021-06-01,示例县,2611,2017,否\n"


def home_at(place: Path) -> Iterator[Path]:
    """Yield a folder as the home in which lists wait."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ZHISHU_HOME", str(place))
        yield place


def bring(
    client: TestClient, files: dict[str, tuple[str, bytes]], page: str = PAGE, query: str = QUERY, **data: str
) -> str:
    """Bring lists and return the token that addresses carry."""
    answer = client.post(f"{page}{query}", files=files, data=data)
    assert answer.status_code == 303, said(answer.text)[:1500]
    return parse_qs(urlsplit(answer.headers["location"]).query)["brought"][0]


def refused(client: TestClient, path: str, files: dict[str, tuple[str, bytes]], **data: str) -> str:
    """Bring what is wrong and return what the page says of it."""
    answer = client.post(f"{path}{QUERY}", files=files, data=data)
    assert answer.status_code == 422, answer.headers
    text = unescape(answer.text)
    return text[text.index('class="errors"') : text.index("<h1>")]


def verdict(text: str) -> str:
    """Return the verdict a page of a case shows."""
    found = re.search(r'class="[^"]*opinion-verdict".*?<h2>(.*?)</h2>', text, re.DOTALL)
    assert found is not None, said(text)[:800]
    return unescape(re.sub(r"<svg.*?</svg>|<[^>]+>", "", found[1])).strip()
