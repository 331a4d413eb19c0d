"""Your own figures: upload, look at what would be added, confirm, take away again."""

from pathlib import PurePath
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from zhishu.data import Observation
from zhishu.data.intake import Intake
from zhishu.data.intake_table import COLUMNS
from zhishu.errors import Problem, ZhishuError
from zhishu.study.added import Table, check_table
from zhishu.surfaces.figures import drop, keep
from zhishu.surfaces.home import home
from zhishu.surfaces.web.page import Visit
from zhishu.surfaces.web.site import Site
from zhishu.terms import Text

MOST_BYTES = 20_000_000
MOST_PENDING = 8
SHOWN = 40
TITLE = Text("自有数据", "Your own figures")


def routes(site: Site) -> APIRouter:
    """Return the routes of added figures."""
    router = APIRouter(include_in_schema=False)
    study = site.study
    # tables looked at and not yet confirmed: nothing of them is written anywhere
    pending: dict[str, Table] = {}

    def show(
        request: Request, table: Table | None, found: Intake | None, problems: tuple[Problem, ...], done: Text | None
    ) -> HTMLResponse:
        errors = tuple(p for p in problems if p.severity == "error")
        return site.page(
            site.visit(request),
            "figures.html",
            "data",
            Text(f"出错：{TITLE.zh}", f"Error: {TITLE.en}") if errors else TITLE,
            422 if errors else 200,
            added=study.added,
            table=table,
            found=found,
            rows=[_row(site, o) for o in found.observations[:SHOWN]] if found else [],
            said=found.report.say(False) if found else (),
            errors=errors,
            warnings=tuple(p for p in problems if p.severity != "error"),
            shown=SHOWN,
            done=done,
            columns=COLUMNS,
            csrf=site.csrf(request),
        )

    @router.get("/data/own")
    def own(request: Request) -> HTMLResponse:
        done = {
            "added": Text("已加入，各页已用上。", "Added; every page uses it now."),
            "removed": Text("已移除，各页已复原。", "Removed; every page is as it was before."),
        }.get(request.query_params.get("done", ""))
        return show(request, None, None, (), done)

    @router.get("/data/own/template.csv")
    def template() -> Response:
        headers = {"Content-Disposition": 'attachment; filename="figures.csv"'}
        return PlainTextResponse("\ufeff" + ",".join(COLUMNS) + "\n", headers=headers, media_type="text/csv")

    @router.post("/data/own")
    async def check(request: Request) -> HTMLResponse:
        file = (await request.form()).get("file")
        if file is None or isinstance(file, str) or not file.filename:
            what = Text("没有选择文件", "no file was chosen")
            return show(
                request,
                None,
                None,
                (Problem("figures-file-missing", "file", what, Text("选择一个 CSV 文件", "choose a CSV file")),),
                None,
            )
        content = await file.read(MOST_BYTES + 1)
        name = PurePath(file.filename.replace("\\", "/")).name[:80]
        if len(content) > MOST_BYTES:
            what = Text("文件超过 20 MB", "the file is over 20 MB")
            return show(
                request,
                None,
                None,
                (Problem("figures-too-large", name, what, Text("分批加入", "add it in parts")),),
                None,
            )
        table = Table(name, site.today(), content)
        found = await site.aside(check_table, study, table)
        if not found.report.refused and found.observations:
            while len(pending) >= MOST_PENDING:
                pending.pop(next(iter(pending)))
            pending[table.id] = table
        return show(request, table, found, found.problems, None)

    @router.post("/data/own/add")
    async def add(request: Request) -> Response:
        visit = site.visit(request)
        table = pending.get(str((await request.form()).get("table", "")))
        if table is None:
            what = Text("没有待确认的表，或已过期", "no table waits to be confirmed, or it was too long ago")
            return show(
                request,
                None,
                None,
                (Problem("figures-not-pending", "table", what, Text("重新上传", "upload it again")),),
                None,
            )
        keep(home(), study.pack.header.id, table)
        site.reload()
        return _back(visit, "added")

    @router.post("/data/own/remove")
    async def remove(request: Request) -> Response:
        visit = site.visit(request)
        try:
            drop(home(), study.pack.header.id, str((await request.form()).get("table", "")))
        except ZhishuError as error:
            return show(request, None, None, error.problems, None)
        site.reload()
        return _back(visit, "removed")

    return router


def _back(visit: Visit, done: str) -> RedirectResponse:
    """Return to the page by a plain request, so that loading it again repeats nothing."""
    query = {"lang": visit.lang, "on": visit.on.isoformat(), "done": done, **({"elder": "1"} if visit.elder else {})}
    return RedirectResponse(f"/data/own?{urlencode(query)}", 303)


def _row(site: Site, o: Observation) -> dict[str, object]:
    """Return an observation as the preview shows it."""
    regions = site.study.data.regions
    zone = o.region.removeprefix("zone:")
    return {
        "o": o,
        "series": site.study.data.series[o.series].name,
        "region": regions.zones[zone][0] if zone != o.region else regions.name(o.region),
    }
