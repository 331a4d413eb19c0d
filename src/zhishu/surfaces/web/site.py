"""What the page modules are given: the study, the templates, the boundaries, and what a day knew."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment

from zhishu.coordinate.rounds import Round
from zhishu.study import Study
from zhishu.study.holdings import Holding
from zhishu.study.warnings import Raised
from zhishu.study.words import run_words
from zhishu.surfaces.aside import Aside
from zhishu.surfaces.web.charts import Boundaries
from zhishu.surfaces.web.known import Known
from zhishu.surfaces.web.page import Visit, page, visit_of
from zhishu.terms import Language, Text
from zhishu.watch.replay import Calibration

# What the functions of the indicators are called on pages; the declaration shows them as they are written.
FUNCTIONS = {
    "share_of_parent": Text("占上级比重", "share of the region above"),
    "growth": Text("增速", "growth"),
    "change": Text("变化", "change"),
    "mean_years": Text("逐年平均", "mean of years"),
    "sum_years": Text("逐年合计", "sum of years"),
}
_WORD = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Site:
    """The shared parts of all pages. ``csrf`` gives the token that a form of whoever asks must carry, blank for nobody;
    ``rounds`` those of assessments published by a day."""

    study: Study
    env: Environment
    boundaries: Boundaries
    known: Callable[[date], Known]
    warned: Callable[[date], tuple[Raised, ...]]
    held: Callable[[date], tuple[Holding, ...]]
    calibration: Callable[[date], tuple[Calibration, ...]]
    today: Callable[[], date]
    reload: Callable[[], None]
    aside: Aside
    csrf: Callable[[Request], str]
    rounds: Callable[[date], tuple[Round, ...]]

    def run(self, run: str) -> Text:
        """Return a comparable run in words."""
        return run_words(run, self.study.pack.header.runs)

    def formula(self, written: str) -> Text:
        """Return a formula with the names of its series and indicators in place of their ids."""
        names = dict(FUNCTIONS)
        names |= {k: v.name for k, v in self.study.data.series.items()}
        names |= {k: v.name for k, v in self.study.pack.indicators.items()}

        def said(lang: Language) -> str:
            return _WORD.sub(lambda m: names[m[0]].say(lang) if m[0] in names else m[0], written)

        return Text(said("zh"), said("en"))

    def visit(self, request: Request) -> Visit:
        """Return the visit of a request."""
        return visit_of(request, self.today())

    def page(
        self, visit: Visit, template: str, nav: str, title: Text, status: int = 200, **more: object
    ) -> HTMLResponse:
        """Return a rendered page."""
        return page(self.env, self.study, visit, template, nav, title, status, **more)
