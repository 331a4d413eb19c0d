"""The page of warnings: what stands, and the case that is opened on it once."""

import html
import re
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.office.conftest import Bench, bench, make
from tests.surfaces.door_samples import give_passwords, serve, sign_in

from zhishu.study import Study
from zhishu.study.warnings import Raised, warnings, warnings_json
from zhishu.surfaces.web import app

__all__ = ["bench", "make"]


def test_a_warning_leads_to_its_case(study: Study, bench: Bench) -> None:
    """From the desk to the page, to its figure and the prefilled form; an open case takes the form's place."""
    give_passwords(bench, "supervisor")
    client = serve(study, bench)
    assert client.get("/office/warnings").status_code == 303
    assert sign_in(client, "supervisor") == 303
    assert "/office/warnings" in client.get("/office").text
    page = client.get("/office/warnings?lang=en").text
    assert client.get("/api/v1/warnings?on=2026-03-02").json()["warnings"]
    why = re.search(r'href="(/why/[^"]+)"', page)
    assert why is not None
    assert client.get(html.unescape(why[1])).status_code == 200
    link = html.unescape(re.findall(r'href="(/office/case/new[^"]+)"', page)[0])
    assert client.get(link).status_code == 200
    given = {k: v[0] for k, v in parse_qs(urlsplit(link).query).items() if k not in ("lang", "on", "elder")}
    bench.act("supervisor", "case/c", "open", **given, unit="transport", due="2026-04-01")
    after = client.get("/office/warnings?lang=en").text
    assert "/office/case/c" in after
    assert after.count("/office/case/new") == page.count("/office/case/new") - 1


def test_a_day_is_looked_through_once(study: Study, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Page and API of one day share what was found; another day and other figures are looked through anew."""
    asked: list[tuple[int, date]] = []

    def counted(study: Study, on: date) -> tuple[Raised, ...]:
        asked.append((id(study), on))
        return warnings(study, on)

    monkeypatch.setattr(app, "warnings", counted)
    give_passwords(bench, "supervisor")
    client = serve(study, bench)
    sign_in(client, "supervisor")
    pages = [client.get("/office/warnings?lang=en").text for _ in range(2)]
    assert pages[0] == pages[1]
    day = date(2026, 3, 2)
    assert client.get(f"/api/v1/warnings?on={day}").json() == warnings_json(study, day)
    assert asked == [(id(study), day)]
    client.get("/office/warnings?on=2019-12-31")
    assert asked[1:] == [(id(study), date(2019, 12, 31))]
    none = replace(study, pack=replace(study.pack, warnings={}))
    assert serve(none, bench).get(f"/api/v1/warnings?on={day}").json()["warnings"] == []
    assert asked[2:] == [(id(none), day)]
