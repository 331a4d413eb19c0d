"""The text: attach a copy, and one sentence with everything the pack hangs on it."""

import tempfile
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.source import attach, load_attached
from zhishu.surfaces.home import home
from zhishu.surfaces.web.site import Site
from zhishu.terms import Text

MOST_BYTES = 20_000_000


def routes(site: Site) -> APIRouter:
    """Return the routes of the text."""
    router = APIRouter(include_in_schema=False)
    pack = site.study.pack

    def attached() -> dict[str, str] | None:
        return load_attached(home(), pack.header.id, pack.index)

    @router.get("/source")
    def source(request: Request) -> HTMLResponse:
        visit = site.visit(request)
        title = Text("附上《决定》文本", "Attach the text of the Decision")
        return site.page(
            visit,
            "source.html",
            "strategy",
            title,
            attached=attached() is not None,
            problems=(),
            done=False,
            sentences=len(pack.index.entries),
            csrf=site.csrf(request),
        )

    @router.post("/source")
    async def upload(request: Request) -> HTMLResponse:
        visit = site.visit(request)
        form = await request.form()
        file = form.get("file")
        problems: tuple[Problem, ...] = ()
        title = Text("附上《决定》文本", "Attach the text of the Decision")
        if file is None or isinstance(file, str) or not file.filename:
            what = Text("没有选择文件", "no file was chosen")
            problems = (Problem("source-file-missing", "file", what, Text("选择一个文件", "choose a file")),)
        else:
            content = await file.read(MOST_BYTES + 1)
            ending = Path(file.filename).suffix.lower()[:6]
            with tempfile.TemporaryDirectory() as folder:
                # the user's file name is never used as a path
                path = Path(folder) / f"copy{ending}"
                path.write_bytes(content)
                problems = attach(path, pack.index, home()).problems
        status = 422 if problems else 200
        return site.page(
            visit,
            "source.html",
            "strategy",
            title,
            status,
            attached=attached() is not None,
            problems=problems,
            done=not problems,
            sentences=len(pack.index.entries),
            csrf=site.csrf(request),
        )

    @router.get("/source/{at}")
    def sentence(request: Request, at: str) -> HTMLResponse:
        visit = site.visit(request)
        entry = pack.index.by_id().get(at)
        if entry is None:
            what = Text(f"没有第 {at} 句", f"there is no sentence {at}")
            raise ZhishuError([Problem("cite-place-unknown", at, what, did_you_mean(at, pack.index.ids()))])
        known = site.known(visit.on)
        article, number = at.split(".")
        text = (attached() or {}).get(at)
        quotes = sorted({c.quote for c in pack.citations() if c.at == at}, key=len, reverse=True)
        title = Text(f"第 {article} 条第 {number} 句", f"Article {article}, sentence {number}")
        without = pack.articles[int(article)].without.get(at) if int(article) in pack.articles else None
        return site.page(
            visit,
            "sentence.html",
            "strategy",
            title,
            at=at,
            article=int(article),
            entry=entry,
            text=text,
            quotes=quotes,
            promises=[p for p in pack.promises() if p.cite.at == at],
            states=known.states,
            targets=[(t, j) for t, j in known.targets.values() if t.cite.at == at],
            systems=[e for e in pack.catalogue.values() if e.at == at or at in e.also],
            indicators=[i for i in pack.indicators.values() if i.cite.at == at],
            flows=[
                (flow, [pack.catalogue[s.id] for s in pack.systems.values() if s.workflow == flow])
                for flow in pack.workflows.values()
                if flow.cite.at == at
            ],
            without=without,
        )

    return router
