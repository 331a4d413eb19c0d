"""What every page needs from a request: language, date, mode, and the pack's name."""

from dataclasses import dataclass
from datetime import date

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment

from zhishu.errors import Problem, ZhishuError
from zhishu.study import Study
from zhishu.surfaces.web.render import CONTENT_SECURITY_POLICY
from zhishu.terms import Language, Text

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: who asks in which language, as of which day."""

    lang: Language
    on: date
    elder: bool
    path: str


def visit_of(request: Request, today: date) -> Visit:
    """Return the visit of a request. Raises ZhishuError ``date-unreadable``."""
    query = request.query_params
    on = today
    if query.get("on"):
        try:
            on = date.fromisoformat(query["on"])
        except ValueError:
            what = Text(f"日期读不出：{query['on'][:40]}", f"not a date: {query['on'][:40]}")
            raise ZhishuError(
                [Problem("date-unreadable", "on", what, Text("写作 2020-12-31", "write 2020-12-31"))]
            ) from None
    lang: Language = "en" if query.get("lang") == "en" else "zh"
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return Visit(lang, on, query.get("elder") == "1", path)


def page(
    env: Environment,
    study: Study,
    visit: Visit,
    template: str,
    nav: str,
    title: Text,
    status: int = 200,
    **more: object,
) -> HTMLResponse:
    """Return one rendered page."""
    header = study.pack.header
    html = env.get_template(template).render(
        lang=visit.lang,
        on=visit.on.isoformat(),
        elder=visit.elder,
        path=visit.path,
        title=title,
        nav_active=nav,
        pack={
            "title_zh": header.short.zh,
            "title_en": header.short.en,
            "adopted_on": header.adopted_on.isoformat(),
            "hash": study.pack.digest,
            "added": sum(a.figures for a in study.added),
        },
        **more,
    )
    return HTMLResponse(html, status, headers=HEADERS)
