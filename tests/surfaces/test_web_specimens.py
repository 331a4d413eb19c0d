"""Every system's specimen is shown in its form, and run as it stands it is known to be the specimen."""

from datetime import date
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient
from tests.surfaces.door_samples import HOST

from zhishu.study import Study
from zhishu.surfaces.web.app import create_app
from zhishu.surfaces.web.specimen import cells, is_specimen, same, specimen, specimen_settings
from zhishu.system.case import RawCase, RawRow

MARK = "tag-specimen"


class Form(HTMLParser):
    """Reads the form of a page and keeps what a browser would hand in."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._inside = False
        self._choice = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the value of a field; of a list the option that is chosen, else its first."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("method") == "post"
        elif self._inside and tag == "input" and given.get("type") != "file":
            self.fields[given["name"]] = given.get("value", "")
        elif self._inside and tag == "select":
            self._choice = given["name"]
        elif self._inside and tag == "option" and (self._choice not in self.fields or "selected" in given):
            self.fields[self._choice] = given["value"]

    def handle_endtag(self, tag: str) -> None:
        """Leave the form."""
        self._inside = self._inside and tag != "form"


@pytest.fixture(scope="module")
def client(study: Study) -> TestClient:
    """One client of the application, on a fixed day."""
    return TestClient(create_app(study, lambda: date(2026, 11, 23)))


def test_every_specimen_comes_back_as_one(client: TestClient, study: Study) -> None:
    """In either language, whatever words the example writes: the same tables are marked before and after."""
    for number, (id, system) in enumerate(sorted(study.pack.systems.items())):
        path = f"/systems/{id}?lang={('zh', 'en')[number % 2]}"
        shown = client.get(path).text
        answer = client.post(path, data=Form(shown).fields, headers=HOST)
        assert answer.status_code == 200, id
        assert shown.count(MARK) > 0, id
        assert answer.text.count(MARK) == shown.count(MARK), id
        words = [
            p.choices[v].zh for k, v in specimen_settings(system).items() if v in (p := system.parameters[k]).choices
        ]
        assert number % 2 or all(f"示例用{w}" in shown.replace("示例用 ", "示例用") for w in words), id


def test_what_the_specimen_sets_goes_with_it_whatever_its_choices_are_called(client: TestClient) -> None:
    """The example writes 营业收入 where the form hands in ``revenue``; its measure is set all the same."""
    path = "/systems/trillion-pillar-industries"
    fields = Form(client.get(path).text).fields
    assert fields["set.measure"] == ""
    whole = client.post(path, data=fields, headers=HOST).text
    alone = client.post(path, data={**fields, "sizes.0.basis": "output"}, headers=HOST).text
    assert whole != alone
    assert whole.count(MARK) > alone.count(MARK)


def test_rows_are_the_same_by_what_they_say(study: Study) -> None:
    """A choice by its id or its words, in both languages; another choice, another number, one row more is another."""
    system = study.pack.systems["trillion-pillar-industries"]
    table = system.tables["sizes"]
    own = specimen(system, table)
    words = table.fields["basis"].choices["revenue"]
    for basis in ("revenue", words.zh, words.en, f" {words.zh} "):
        assert same(table, [{**row, "basis": basis} for row in own], own)
    assert not same(table, [{**own[0], "basis": "output"}, *own[1:]], own)
    assert not same(table, [{**own[0], "basis": "nosuch"}, *own[1:]], own)
    assert not same(table, own[:-1], own)
    other = {t.id: [RawRow(r, "r") for r in specimen(system, t)] for t in system.inputs()}
    assert is_specimen(system, RawCase(other))
    assert cells(table, RawCase(other)) == own
    assert not is_specimen(system, RawCase({**other, "sizes": []}))
