"""The page of warnings: what stands, and the case that is opened on it once."""

import html
import re
from urllib.parse import parse_qs, urlsplit

from tests.office.conftest import Bench, bench, make
from tests.surfaces.door_samples import give_passwords, serve, sign_in

from zhishu.study import Study

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
