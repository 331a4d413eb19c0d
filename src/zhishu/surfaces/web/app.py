"""The web surface: one application over one study; pages and REST come from the same results."""

from collections.abc import Awaitable, Callable
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode, urlsplit

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from zhishu.coordinate.rounds import Round
from zhishu.errors import Problem, ZhishuError
from zhishu.office import Office
from zhishu.office.announced import announced
from zhishu.study import Study
from zhishu.study.forecasts import calibration
from zhishu.study.holdings import Holding, growing, holdings
from zhishu.study.warnings import Raised, warnings
from zhishu.surfaces.aside import aside
from zhishu.surfaces.body import Bounded
from zhishu.surfaces.rest.assess import rest_assess
from zhishu.surfaces.rest.index import rest_index
from zhishu.surfaces.rest.office import rest_office
from zhishu.surfaces.rest.routes import rest
from zhishu.surfaces.rest.rules import rest_rules
from zhishu.surfaces.web.charts import load_boundaries
from zhishu.surfaces.web.head import Head
from zhishu.surfaces.web.index import routes as index_pages
from zhishu.surfaces.web.known import Known, known_on
from zhishu.surfaces.web.office import announced as office_announced
from zhishu.surfaces.web.office import desk as office_desk
from zhishu.surfaces.web.office import door as office_door
from zhishu.surfaces.web.office import handing as office_handing
from zhishu.surfaces.web.office import many as office_many
from zhishu.surfaces.web.office import months as office_months
from zhishu.surfaces.web.office import published as office_published
from zhishu.surfaces.web.office import registers as office_registers
from zhishu.surfaces.web.office import reviews as office_reviews
from zhishu.surfaces.web.office import rounds as office_rounds
from zhishu.surfaces.web.office import signon as office_signon
from zhishu.surfaces.web.office import subjects as office_subjects
from zhishu.surfaces.web.office import warned as office_warned
from zhishu.surfaces.web.office.door import Door
from zhishu.surfaces.web.office.front import Front, SignIn
from zhishu.surfaces.web.office.signon import SignOn
from zhishu.surfaces.web.page import HEADERS, Visit, page, visit_of
from zhishu.surfaces.web.pages import (
    article,
    assessment,
    city,
    data,
    figures,
    indicator,
    methods,
    overview,
    scheme,
    source,
    strategy,
    system,
    target,
    why,
)
from zhishu.surfaces.web.render import NAVIGATION, STATIC, environment
from zhishu.surfaces.web.rules import batch as rule_batch
from zhishu.surfaces.web.rules import case as rule_case
from zhishu.surfaces.web.rules import lists as rule_lists
from zhishu.surfaces.web.rules import pages as rule_pages
from zhishu.surfaces.web.site import Site
from zhishu.terms import Text
from zhishu.watch.replay import Calibration

# pages that show what is one person's: no cache on the way or in the browser keeps them
OWN_PAGES = ("/office", "/api/v1/office", "/me", "/login", "/setup", "/invite", "/data/own", "/index")
NOT_FOUND = {"unknown", "undeclared", "retired", "outside", "ref", "ambiguous", "hidden"}


def create_app(
    study: Study,
    today: Callable[[], date],
    reload: Callable[[], None] = lambda: None,
    office: Office | None = None,
    approved: Callable[[], None] = lambda: None,
    signon: SignOn | None = None,
) -> FastAPI:
    """Return the application. ``today`` is asked once per request, and only where no date is given.

    ``reload`` is called when a user's own figures were added or taken away, ``approved`` when the office approved some. With an ``office`` its pages are
    there for those who sign in, by ``signon`` too if it is given; without one every page is public and nothing is recorded.
    """
    app = FastAPI(title="zhishu", version="1", docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json")
    env = environment()

    @lru_cache(maxsize=32)
    def known(on: date) -> Known:
        return known_on(study, on)

    @lru_cache(maxsize=32)
    def warned(on: date) -> tuple[Raised, ...]:
        return warnings(study, on)

    @lru_cache(maxsize=32)
    def calibrated(on: date) -> tuple[Calibration, ...]:
        return calibration(study, on)

    # counted once at the start, so that no visitor waits for it
    grown = growing(study.data.panel)

    @lru_cache(maxsize=32)
    def held(on: date) -> tuple[Holding, ...]:
        return holdings(grown, on)

    boundaries = load_boundaries(study.data.regions.level("province", today())[0].code[:2])
    guest = None if office is None else Door(office).guest

    def csrf(request: Request) -> str:
        found = guest(request) if guest else None
        return found.csrf if found else ""

    def rounds(on: date) -> tuple[Round, ...]:
        if office is None:
            return ()
        office.refresh()
        return announced(office, on)

    beside = aside()
    site = Site(study, env, boundaries, known, warned, held, calibrated, today, reload, beside, csrf, rounds)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for pages in (
        overview,
        strategy,
        target,
        system,
        article,
        why,
        city,
        indicator,
        scheme,
        assessment,
        methods,
        data,
        rule_case,
    ):
        app.include_router(pages.routes(site))
    front = None
    if office is not None and guest is not None:
        front = Front(site, office, guest, approved, signon is not None)
    # on somebody's own machine its user changes what is shown; where many look, only who is signed in
    writers = [] if front is None else [Depends(front.signed_to_write)]
    for kept in (source, figures, index_pages, rule_batch, rule_lists):
        app.include_router(kept.routes(site), dependencies=writers)
    # last of the rules: whatever stands behind a book in an address is the name of one of its rules
    app.include_router(rule_pages.routes(site))
    if front is not None:
        env.globals["navigation"] = (*NAVIGATION, ("releases", "/releases"), ("desk", "/office"))
        for part in (
            office_door,
            office_desk,
            office_registers,
            office_reviews,
            office_warned,
            office_months,
            office_published,
            office_announced,
            office_many,
            office_handing,
            office_rounds,
            office_subjects,
        ):
            app.include_router(part.routes(front))
        if signon is not None:
            app.include_router(office_signon.routes(front, signon))
        app.include_router(rest_office(front), prefix="/api/v1")
    app.include_router(rest(site.study, site.known, site.warned, today, beside), prefix="/api/v1")
    app.include_router(rest_index(beside), prefix="/api/v1")
    app.include_router(rest_assess(site.study, today, beside), prefix="/api/v1")
    app.include_router(rest_rules(site.study, today, beside), prefix="/api/v1")

    # inside of what answers a fault, so that a refusal while reading is a page like any other
    app.add_middleware(Bounded)

    @app.middleware("http")
    async def headers(request: Request, call: Callable[[Request], Awaitable[Response]]) -> Response:
        if request.method == "POST" and _from_elsewhere(request):
            # a page of another site must not write here in the name of the one who looks at it
            what = Text("请求来自别的网站", "the request comes from another site")
            repair = Text("在本站的页面上操作", "use the page of this site")
            return _failed(request, (Problem("request-cross-site", "origin", what, repair),), 403)
        response = await call(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if request.url.path.startswith(OWN_PAGES) or request.url.path == "/source":
            response.headers["Cache-Control"] = "no-store"
        return response

    app.add_middleware(Head)

    @app.exception_handler(SignIn)
    async def sign_in(request: Request, error: SignIn) -> Response:
        if request.url.path.startswith("/api/"):
            what = Text("没有登录，或令牌无效", "nobody is signed in, or the token does not hold")
            repair = Text("在 Authorization 里写令牌", "give a token in Authorization")
            return _failed(request, (Problem("sign-in", "Authorization", what, repair),), 401)
        kept = urlencode({"next": request.url.path, "lang": request.query_params.get("lang") or "zh"})
        return RedirectResponse(f"/login?{kept}", 303)

    @app.exception_handler(ZhishuError)
    async def problems(request: Request, error: ZhishuError) -> Response:
        if any(p.code == "input-too-large" for p in error.problems):
            return _failed(request, error.problems, 413)
        words = {part for p in error.problems for part in p.code.split("-")}
        return _failed(request, error.problems, 404 if words & NOT_FOUND else 400)

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        where = request.url.path[:80]
        if error.status_code == 404:
            what, repair = Text("没有这个页面", "there is no such page"), Text("从总览进入", "start from the overview")
            return _failed(request, (Problem("page-unknown", where, what, repair),), 404)
        code = "method-not-allowed" if error.status_code == 405 else "request-refused"
        what = Text("不能这样请求", "not a request this address takes")
        repair = Text(f"用 {', '.join(_methods(error))}", f"use {', '.join(_methods(error))}")
        return _failed(request, (Problem(code, where, what, repair),), error.status_code)

    @app.exception_handler(RequestValidationError)
    async def unreadable(request: Request, error: RequestValidationError) -> Response:
        found = tuple(
            Problem(
                "query-unreadable",
                ".".join(str(part) for part in e["loc"]),
                Text(f"读不出：{str(e.get('input'))[:40]}", f"not readable: {str(e.get('input'))[:40]}"),
                Text("写整数，例如 0", "write a whole number such as 0")
                if e["type"].startswith("int")
                else Text("见 /api/v1/openapi.json", "see /api/v1/openapi.json"),
            )
            for e in error.errors()
        )
        return _failed(request, found, 422)

    @app.exception_handler(Exception)
    async def broken(request: Request, error: Exception) -> Response:
        # the server logs it; whoever asked learns nothing of what is inside
        what, repair = (
            Text("本站出错", "a fault of this site"),
            Text("稍后再试，或告知管理员", "try later, or tell the administrator"),
        )
        answer = _failed(request, (Problem("server-fault", request.url.path[:80], what, repair),), 500)
        answer.headers.update(HEADERS)
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def _failed(request: Request, found: tuple[Problem, ...], status: int) -> Response:
        if request.url.path.startswith("/api/"):
            return JSONResponse({"schema": 1, "problems": [p.to_json() for p in found]}, status)
        try:
            visit = visit_of(request, today())
        except ZhishuError:
            visit = Visit("en" if request.query_params.get("lang") == "en" else "zh", today(), False, request.url.path)
        title = Text("出错：没有可显示的内容", "Error: nothing to show")
        path = request.url.path
        part, back = next((x for x in NAVIGATION[1:] if path.startswith(f"{x[1]}/")), NAVIGATION[0])
        return page(env, study, visit, "problems.html", part, title, status, problems=found, part=part, back=back)

    return app


def _from_elsewhere(request: Request) -> bool:
    """Return whether a browser says that a page of another site sent a request."""
    origin = request.headers.get("origin")
    if origin and urlsplit(origin).netloc != request.headers.get("host"):
        return True
    return request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")


def _methods(error: HTTPException) -> list[str]:
    """Return the methods an address takes, as the refusal names them."""
    allowed = (error.headers or {}).get("Allow", "GET")
    return sorted(part.strip() for part in allowed.split(",") if part.strip() != "HEAD")
