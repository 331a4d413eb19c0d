"""``zhishu methods`` and ``/methods``: the list, one method whole, its formula as MathML, an unknown one refused."""

import json
import xml.etree.ElementTree as xml
from datetime import date

import pytest
from starlette.testclient import TestClient
from tests.surfaces.called import zhishu

from zhishu.score.methods.formula import plain
from zhishu.score.methods.registry import METHODS
from zhishu.study import Study
from zhishu.surfaces.web.app import create_app
from zhishu.surfaces.web.maths import mathml, subscripts


@pytest.fixture(scope="module")
def client(study: Study) -> TestClient:
    """Return a browser of the shipped pack."""
    return TestClient(create_app(study, lambda: date(2026, 11, 23)))


def test_the_command_lists_and_shows() -> None:
    """The list as JSON, CSV and a table; one method whole, and as CSV its example."""
    listed = json.loads(zhishu("methods", "--json").stdout)["methods"]
    assert [m["id"] for m in listed] == list(METHODS)
    assert len(zhishu("methods", "--csv").stdout.splitlines()) == 1 + len(METHODS)
    said = json.loads(zhishu("methods", "minmax", "--json").stdout)
    assert said["title"]["zh"] == "极差标准化"
    shown = zhishu("methods", "minmax").stdout
    for words in (
        "(x_i − min x) / (max x − min x)",
        "10.1787/9789264043466-en",
        "business-environment-index",
        "75.7576",
    ):
        assert words in shown
    rows = zhishu("methods", "minmax", "--csv").stdout.splitlines()
    assert (len(rows), rows[1].split(",")[1:]) == (7, ["12", "100"])


def test_the_command_refuses_an_unknown_method() -> None:
    """One problem with the nearest names, exit code 1, and as JSON where that was asked."""
    done = zhishu("methods", "min_max", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["problems"][0]["code"] == "method-unknown"
    assert "minmax" in done.stderr


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_stands(client: TestClient, lang: str) -> None:
    """The list names every method; each page has its formula, its result, its callers as links, and its title."""
    found = client.get(f"/methods?lang={lang}").text
    for m in METHODS.values():
        assert f"/methods/{m.id}?" in found
        page = client.get(f"/methods/{m.id}?lang={lang}")
        assert page.status_code == 200
        assert page.text.count("<math ") == len(m.formula)
        assert all(f"/systems/{caller}?" in page.text for caller in m.callers)
        assert "Traceback" not in page.text


def test_an_unknown_page_is_not_found(client: TestClient) -> None:
    answer = client.get("/methods/nope")
    assert answer.status_code == 404
    assert "method-unknown" in answer.text


def test_a_page_without_the_package_says_so(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhishu.score.methods.told.find_spec", lambda name: None)
    page = TestClient(create_app(study, lambda: date(2026, 11, 23))).get("/methods/sobol?lang=en")
    assert "needs scipy" in page.text


@pytest.mark.parametrize("id", METHODS)
def test_a_formula_is_sound_mathml(id: str) -> None:
    """It can be read as XML, holds the same signs as the plain text, and its scripts have what they need."""
    children = {"mfrac": 2, "msub": 2, "msup": 2, "msubsup": 3}
    for line in METHODS[id].formula:
        tree = xml.fromstring(str(mathml(line)))
        assert tree.attrib["alttext"] == plain(line)
        for tag, count in children.items():
            assert all(len(node) == count for node in tree.iter(tag))
        signs = "".join(tree.itertext())
        assert set(signs) - set("()") == set(plain(line)) - set("_^/√ ()") | ({"/"} if "/" in signs else set())


def test_words_of_a_formula_are_escaped() -> None:
    assert "<script" not in str(mathml("<script> x_i")) + str(subscripts("<script> x_i"))
