"""Signing in by the office's identity provider: out to it, and back with a code."""

import hmac
from collections import OrderedDict
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from zhishu.access.oidc import LASTS, Asked, Fetch, Provider, begin, finish
from zhishu.errors import Problem, ZhishuError
from zhishu.surfaces.web.links import local_path
from zhishu.surfaces.web.office.door import enter
from zhishu.surfaces.web.office.front import Front
from zhishu.terms import Text

COOKIE = "zhishu_oidc"
WAITING = 500


@dataclass(frozen=True, slots=True)
class SignOn:
    """A provider, and the way to it."""

    provider: Provider
    fetch: Fetch


def routes(front: Front, signon: SignOn) -> APIRouter:
    """Return the two routes of signing in by the provider."""
    router = APIRouter(include_in_schema=False, prefix="/login/oidc")
    office = front.office
    waiting: OrderedDict[str, Asked] = OrderedDict()

    def back(request: Request) -> str:
        return f"{str(request.base_url).rstrip('/')}/login/oidc/back"

    def failed(request: Request, problems: tuple[Problem, ...]) -> Response:
        title = Text("出错：登录", "Error: Sign in")
        given = {"guest": None, "account": "", "after": "/office", "oidc": True}
        visit = front.site.visit(request)
        return front.site.page(visit, "office/login.html", "desk", title, 422, problems=problems, **given)

    @router.get("")
    def leave(request: Request) -> Response:
        after = local_path(request.query_params.get("next", "/office"))
        try:
            where, asked = begin(signon.provider, signon.fetch, back(request), after, office.now())
        except ZhishuError as error:
            return failed(request, tuple(error.problems))
        while len(waiting) >= WAITING:
            waiting.popitem(last=False)
        waiting[asked.state] = asked
        answer = RedirectResponse(where, 303)
        # only the browser that set out may come back
        seconds, secure = int(LASTS.total_seconds()), request.url.scheme == "https"
        answer.set_cookie(
            COOKIE, asked.state, seconds, path="/login/oidc", httponly=True, samesite="lax", secure=secure
        )
        return answer

    @router.get("/back")
    def returned(request: Request) -> Response:
        state = request.query_params.get("state", "")
        own = hmac.compare_digest(state.encode(), request.cookies.get(COOKIE, "").encode())
        asked = waiting.pop(state, None) if own else None
        if asked is None:
            what = Text("不是从本站发起的登录，或已用过", "the sign-in was not begun here, or is used up")
            return failed(request, (Problem("oidc-state", "oidc", what, _AGAIN),))
        try:
            code = request.query_params.get("code", "")
            id = finish(signon.provider, signon.fetch, asked, code, back(request), office.now())
        except ZhishuError as error:
            return failed(request, tuple(error.problems))
        office.refresh()
        found = office.account(id)
        if found is None or found.disabled:
            what = Text("您在统一认证里的身份没有对应的账号", "no account goes by who you are with the provider")
            repair = Text("请管理员设立同名账号", "ask the administrator for an account of that name")
            return failed(request, (Problem("oidc-no-account", "oidc", what, repair),))
        answer = enter(front, request, id, asked.after)
        answer.delete_cookie(COOKIE, path="/login/oidc")
        return answer

    return router


_AGAIN = Text("从登录页重新开始", "begin again at the sign-in page")
