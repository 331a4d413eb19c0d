"""Pages on any day: before every figure, on the day of adoption, far ahead; and for every wrong address."""

from datetime import date

import pytest
from starlette.testclient import TestClient
from tests.shipped import shipped

from zhishu.surfaces.web.app import create_app

PATHS = [
    "/", "/strategy", "/targets", "/targets/service-share-55", "/targets/hsr-2300km-target", "/systems", "/articles/1",
    "/systems/land-supply-rate-gate", "/systems/visa-144h", "/source", "/source/20.10", "/why/gdp/510000/2015",
    "/indicators/urbanisation", "/indicators/gdp", "/indicators/permit_days", "/cities", "/cities/510700", "/schemes/five_supports", "/data",
]  # fmt: skip


@pytest.fixture(scope="module")
def client() -> TestClient:
    """Return a client of the pages."""
    return TestClient(create_app(shipped(), lambda: date(2026, 11, 23)))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("on", ["1990-01-01", "2018-06-30", "2099-12-31"])
def test_every_page_answers_on_any_day(client: TestClient, path: str, on: str) -> None:
    """A day without figures is an answer, in both languages."""
    for lang in ("zh", "en"):
        assert client.get(path, params={"on": on, "lang": lang}).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_strict_policy_and_no_inline_code(client: TestClient, path: str) -> None:
    """Pages carry a strict policy and neither scripts nor inline styles."""
    found = client.get(path)
    assert "default-src 'none'" in found.headers["content-security-policy"]
    assert "<script" not in found.text
    assert ' style="' not in found.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nope", 404), ("/targets/nope", 404), ("/systems/nope", 404), ("/articles/99", 404), ("/source/99.1", 404),
        ("/why/gdp/510000", 404), ("/why/gdp/999999/2020", 404), ("/indicators/nope", 404), ("/cities/510104", 404),
        ("/?on=yesterday", 400), ("/api/v1/why/x", 404), ("/api/v1/targets?on=x", 400),
    ],
)  # fmt: skip
def test_wrong_addresses_say_what_is_wrong(client: TestClient, path: str, status: int) -> None:
    """Status, code and repair; never a trace."""
    found = client.get(path)
    assert found.status_code == status
    assert "Traceback" not in found.text


def test_t39_hostile_words_are_escaped(client: TestClient) -> None:
    """What a visitor writes never becomes markup."""
    for path in (
        "/targets/<script>alert(1)</script>",
        "/indicators/%3Csvg%20onload=1%3E",
        "/systems?article=<b>&level=x",
    ):
        text = client.get(path).text
        assert "<script>alert" not in text
        assert "<svg onload" not in text
        assert "<b>" not in text.replace("<b>", "", text.count("</b>"))


def test_the_form_answers_without_scripts(client: TestClient) -> None:
    """The five-year case typed into the land gate: 58 %, suspension proposed, no basis loaded."""
    data = {"set.end_year": "2022", "set.method": "提议"}
    for i, (year, approved, supplied) in enumerate(
        [(2018, 300, 150), (2019, 50, 35), (2020, 50, 35), (2021, 50, 35), (2022, 50, 35)]
    ):
        data |= {
            f"years.{i}.county": "示例县",
            f"years.{i}.year": str(year),
            f"years.{i}.approved": str(approved),
            f"years.{i}.supplied": str(supplied),
        }
    found = client.post("/systems/land-supply-rate-gate", data=data)
    assert found.status_code == 200
    assert "建议暂停" in found.text
    assert "58%" in found.text
    assert "无依据" in found.text
    data["years.0.approved"] = "三百"
    wrong = client.post("/systems/land-supply-rate-gate", data=data)
    assert wrong.status_code == 422
    assert "case-not-a-number" in wrong.text
    assert 'value="三百"' in wrong.text
    upload = client.post("/systems/land-supply-rate-gate", files={"file": ("x.xlsx", b"no workbook")})
    assert upload.status_code == 422
    assert "xlsx-not-a-workbook" in upload.text
