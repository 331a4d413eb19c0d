"""An application with pages of an index, and tables to bring to it."""

import re
from datetime import date
from html import unescape

from fastapi.testclient import TestClient

from zhishu.study import Study
from zhishu.surfaces.web.app import create_app
from zhishu.surfaces.web.index.pages import PAGES

TABLE = (
    "地区,产出,研发,能耗\n示例甲,18,1.5,0.9\n示例乙,20,3.5,0.5\n示例丙,5,2.2,0.4\n示例丁,9,3.2,0.6\n示例戊,7,0.8,1.1\n"
)
GAPS = TABLE.replace("示例丙,5,2.2", "示例丙,5,").replace("示例丁,9", "示例丁,")
NAMES = tuple(PAGES)


def client_of(study: Study) -> TestClient:
    """Return a client of the shipped pack on a fixed day; it follows no redirect by itself."""
    return TestClient(create_app(study, lambda: date(2026, 11, 23)), follow_redirects=False)


def bring(client: TestClient, text: str, name: str = "demo.csv") -> str:
    """Upload a table and return the path of its choices."""
    answer = client.post("/index?lang=zh", files={"file": (name, text.encode("utf-8-sig"), "text/csv")})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"].partition("?")[0])


def said(html: str) -> str:
    """Return the words of a page's main part, without the marks."""
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


def rows(html: str, caption: str) -> list[list[str]]:
    """Return the cells of the table with a caption, row by row, as words."""
    tables = re.findall(r"<table.*?</table>", html, re.DOTALL)
    table = next(t for t in tables if re.search(rf"<caption[^>]*>{re.escape(caption)}</caption>", t))
    body = table[table.index("<tbody>") :]
    return [
        [re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", cell))).strip() for cell in re.findall(r"<t[dh].*?</t[dh]>", row, re.DOTALL)]
        for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    ]  # fmt: skip
