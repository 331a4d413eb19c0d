"""The door: signing in and out, the one-time links, and what an account keeps for itself."""

import hmac
from dataclasses import dataclass
from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from zhishu.access.devices import LASTS, mark_device, own_device
from zhishu.access.links import INVITE, SETUP, known_link, new_link, take_link
from zhishu.access.passwords import check_password, password_problems, set_password
from zhishu.access.sessions import begin_session, end_session, end_sessions, find_session
from zhishu.access.throttle import admit, keys, succeeded
from zhishu.access.tokens import find_token, new_token, revoke_token, tokens_of
from zhishu.coordinate.rights import Grant
from zhishu.errors import Problem, ZhishuError
from zhishu.ledger import Stale
from zhishu.office import Office, Wish
from zhishu.office.service import hidden
from zhishu.pack.office import RoleRights
from zhishu.surfaces.lines import one_line
from zhishu.surfaces.web.links import local_path
from zhishu.surfaces.web.office.front import Front, Guest
from zhishu.surfaces.web.office.named import right_name
from zhishu.terms import Text

COOKIE = "zhishu_session"
MARK = "zhishu_device"
MOST_NAME = 60
_EMPTY = Text("", "")


@dataclass(frozen=True, slots=True)
class Door:
    """Tells who sent a request, from its cookie or its token; rights are read from the record each time."""

    office: Office

    def guest(self, request: Request) -> Guest | None:
        """Return who sent a request, None for nobody who is signed in and may still act."""
        engine, now = self.office.ledger.engine, self.office.now()
        head = request.headers.get("authorization", "")
        if head.startswith("Bearer "):
            token = find_token(engine, head.removeprefix("Bearer ").strip(), now)
            account = self.office.account(token.account) if token else None
            if token is None or account is None or account.disabled:
                return None
            return Guest(account, "", RoleRights("token", Text(token.name, token.name), token.rights))
        secret = request.cookies.get(COOKIE)
        session = find_session(engine, secret, now) if secret else None
        if session is None:
            return None
        self.office.refresh()
        account = self.office.account(session.account)
        if account is None or account.disabled:
            # enabled again, it is entered by the password and not by what was left open
            end_sessions(engine, session.account)
            return None
        return Guest(account, session.csrf)


def enter(front: Front, request: Request, account: str, after: str) -> Response:
    """Begin a new session, whatever the browser brought, and lead on."""
    engine, now = front.office.ledger.engine, front.office.now()
    old = request.cookies.get(COOKIE)
    if old:
        end_session(engine, old)
    answer = RedirectResponse(after, 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, begin_session(engine, account, now), httponly=True, samesite="lax", secure=secure)
    if own_device(engine, account, request.cookies.get(MARK), now) is None:
        mark = mark_device(engine, account, now)
        answer.set_cookie(MARK, mark, int(LASTS.total_seconds()), httponly=True, samesite="strict", secure=secure)
    return answer


def routes(front: Front) -> APIRouter:
    """Return the routes of the door."""
    router = APIRouter(include_in_schema=False)
    office = front.office
    engine = office.ledger.engine

    def show(
        request: Request, template: str, title: Text, problems: tuple[Problem, ...] = (), **more: object
    ) -> HTMLResponse:
        visit = front.site.visit(request)
        if problems:
            title = Text(f"出错：{title.zh}", f"Error: {title.en}")
        given = {"guest": front.guest(request), "oidc": front.oidc, **more}
        status = 422 if problems else 200
        return front.site.page(visit, f"office/{template}", "desk", title, status, problems=problems, **given)

    @router.get("/login")
    def ask(request: Request) -> HTMLResponse:
        after = local_path(request.query_params.get("next", "/office"))
        return show(request, "login.html", Text("登录", "Sign in"), account="", after=after)

    @router.post("/login")
    async def sign_in(request: Request) -> Response:
        form = await request.form()
        return await run_in_threadpool(try_password, request, form)

    def try_password(request: Request, form: FormData) -> Response:
        account, password = _text(form, "account"), _text(form, "password", strip=False)
        after, now = local_path(_text(form, "next") or "/office"), office.now()
        device = own_device(engine, account, request.cookies.get(MARK), now)
        counted = keys(account, request.client.host if request.client else "", device)
        title = Text("登录", "Sign in")
        seconds = admit(engine, counted, now)
        if seconds:
            problems = (_slow(seconds, "account"),)
            return show(request, "login.html", title, problems, account=account, after=after)
        office.refresh()
        found = office.account(account)
        right = check_password(engine, account, password, now)
        if not right or found is None or found.disabled:
            what = Text("账号或密码不对", "account or password is wrong")
            repair = Text(
                "核对后再试；忘了请管理员发一次性链接",
                "check and try again, or ask the administrator for a one-time link",
            )
            return show(
                request,
                "login.html",
                title,
                (Problem("login-wrong", "account", what, repair),),
                account=account,
                after=after,
            )
        succeeded(engine, counted, now)
        return enter(front, request, account, after)

    @router.post("/logout")
    async def sign_out(request: Request) -> Response:
        front.check(request, await request.form())
        end_session(engine, request.cookies.get(COOKIE, ""))
        answer = RedirectResponse("/", 303)
        answer.delete_cookie(COOKIE)
        return answer

    @router.get("/setup/{secret}")
    def setup(request: Request, secret: str) -> HTMLResponse:
        if known_link(engine, secret, SETUP, office.now()) is None:
            raise ZhishuError([hidden("link")])
        return show(request, "setup.html", Text("首次设置", "First set-up"), secret=secret, given={})

    @router.post("/setup/{secret}")
    async def set_up(request: Request, secret: str) -> Response:
        form = await request.form()
        if known_link(engine, secret, SETUP, office.now()) is None:
            raise ZhishuError([hidden("link")])
        given = {name: _text(form, name) for name in ("account", "name", "unit", "unit_name")}
        problems = _password(form, given["account"])
        problems += [_missing(name) for name, value in given.items() if not value]
        if not problems:
            try:
                await run_in_threadpool(
                    office.found, given["account"], given["name"], given["unit"], given["unit_name"]
                )
            except ZhishuError as error:
                problems += error.problems
        if problems:
            title = Text("首次设置", "First set-up")
            return show(request, "setup.html", title, tuple(problems), secret=secret, given=given)
        take_link(engine, secret, SETUP, office.now())
        await run_in_threadpool(
            set_password, engine, given["account"], _text(form, "password", strip=False), office.now()
        )
        return enter(front, request, given["account"], "/office")

    @router.get("/invite/{secret}")
    def invited(request: Request, secret: str) -> HTMLResponse:
        account = known_link(engine, secret, INVITE, office.now())
        if account is None:
            raise ZhishuError([hidden("link")])
        return show(request, "invite.html", Text("设置密码", "Set your password"), secret=secret, account=account)

    @router.post("/invite/{secret}")
    async def accept(request: Request, secret: str) -> Response:
        form = await request.form()
        account = known_link(engine, secret, INVITE, office.now())
        found = office.account(account) if account else None
        if account is None or found is None or found.disabled:
            raise ZhishuError([hidden("link")])
        problems = _password(form, account)
        if problems:
            title = Text("设置密码", "Set your password")
            return show(request, "invite.html", title, tuple(problems), secret=secret, account=account)
        if take_link(engine, secret, INVITE, office.now()) is None:
            raise ZhishuError([hidden("link")])
        await run_in_threadpool(set_password, engine, account, _text(form, "password", strip=False), office.now())
        return enter(front, request, account, "/office")

    @router.post("/office/account/{id}/invite")
    async def invite(request: Request, id: str) -> Response:
        entered = front.entered(request)
        form = await request.form()
        front.check(request, form)
        expected = int(text) if (text := _text(form, "expected")).isdecimal() and len(text) < 10 else 0
        wish = Wish(f"account/{id}", "invite", expected)
        try:
            await run_in_threadpool(office.act, entered.account.id, wish, entered.guest.only)
        except Stale:
            if office.account(id) is None:
                raise ZhishuError([hidden(wish.stream)]) from None
            # the account has changed since: its page shows how it stands now
            return RedirectResponse(entered.link(f"/office/account/{id}"), 303)
        secret = new_link(engine, id, INVITE, office.now())
        address = str(request.url.replace(path=f"/invite/{secret}", query=""))
        return entered.page("link.html", Text("一次性链接", "One-time link"), of=id, address=address)

    @router.get("/me")
    def me(request: Request) -> HTMLResponse:
        return own(request, ())

    def own(request: Request, problems: tuple[Problem, ...], secret: str = "", done: Text = _EMPTY) -> HTMLResponse:
        entered = front.person(request)
        tokens = tokens_of(engine, entered.account.id)
        return entered.page(
            "me.html",
            Text("我的账号", "My account"),
            422 if problems else 200,
            tokens=tokens,
            problems=problems,
            secret=secret,
            done=done,
            rights=_rights(entered.account.grants, office),
            right_name=partial(right_name, world=entered.moment.world),
        )

    @router.post("/me/password")
    async def change(request: Request) -> Response:
        entered = front.person(request)
        form = await request.form()
        front.check(request, form)
        id = entered.account.id
        # a session left open must not be a place to guess from
        counted = (f"device/me/{id}",)
        seconds = await run_in_threadpool(admit, engine, counted, office.now())
        if seconds:
            return own(request, (_slow(seconds, "old"),))
        known = await run_in_threadpool(check_password, engine, id, _text(form, "old", strip=False), office.now())
        if known:
            await run_in_threadpool(succeeded, engine, counted, office.now())
        problems = _password(form, id)
        if not known:
            what = Text("现用密码不对", "the present password is wrong")
            problems.append(Problem("login-wrong", "old", what, Text("核对后再试", "check and try again")))
        if problems:
            return own(request, tuple(problems))
        await run_in_threadpool(set_password, engine, id, _text(form, "password", strip=False), office.now())
        return enter(front, request, id, "/me")

    @router.post("/me/sessions")
    async def leave(request: Request) -> Response:
        entered = front.person(request)
        front.check(request, await request.form())
        end_sessions(engine, entered.account.id)
        return enter(front, request, entered.account.id, "/me")

    @router.post("/me/tokens")
    async def token(request: Request) -> Response:
        entered = front.person(request)
        form = await request.form()
        front.check(request, form)
        held = {right for right, _ in _rights(entered.account.grants, office)}
        asked = tuple(r for r in (str(v) for v in form.getlist("rights")) if r in held)
        days, name = _text(form, "days"), _text(form, "name")
        problems = [] if name else [_missing("name")]
        if len(name) > MOST_NAME or one_line(name) != name:
            what = Text(f"名称限一行，至多 {MOST_NAME} 字", f"a name is one line of at most {MOST_NAME} characters")
            problems.append(Problem("token-name", "name", what, Text("改短", "make it shorter")))
        if not asked:
            what = Text("没有选权限", "no right is chosen")
            problems.append(Problem("token-rights", "rights", what, Text("至少选一项", "choose at least one")))
        if not (days.isascii() and days.isdecimal() and 0 < int(days) <= 366):
            what = Text("有效天数应为 1 至 366", "it lasts 1 to 366 days")
            problems.append(Problem("token-days", "days", what, Text("例如 90", "such as 90")))
        if problems:
            return own(request, tuple(problems))
        return own(request, (), new_token(engine, entered.account.id, name, asked, int(days), office.now()))

    @router.post("/me/tokens/revoke")
    async def revoke(request: Request) -> Response:
        entered = front.person(request)
        form = await request.form()
        front.check(request, form)
        revoke_token(engine, entered.account.id, _text(form, "hash"))
        return own(request, (), done=Text("已撤销", "Revoked"))

    return router


def setup_address(office: Office, base: str) -> str | None:
    """Return the one-time address under which the first administrator is set up, None once there is one."""
    if office.projection.streams.get("account"):
        return None
    secret = new_link(office.ledger.engine, "", SETUP, office.now())
    return f"{base}/setup/{secret}"


def _rights(grants: tuple[Grant, ...], office: Office) -> list[tuple[str, Text]]:
    """Return the rights an account holds, as a token may carry them, with the role each comes from."""
    found: dict[str, Text] = {}
    for grant in grants:
        role = office.rules.roles.get(grant.role)
        for right in role.rights if role else ():
            found.setdefault(right, role.name if role else Text(right, right))
    return sorted(found.items())


def _text(form: FormData, name: str, strip: bool = True) -> str:
    value = form.get(name, "")
    text = value if isinstance(value, str) else ""
    return text.strip() if strip else text


def _password(form: FormData, account: str) -> list[Problem]:
    first, again = _text(form, "password", strip=False), _text(form, "again", strip=False)
    problems = password_problems(account, first)
    if not hmac.compare_digest(first.encode(), again.encode()):
        what = Text("两次输入的密码不同", "the two passwords differ")
        problems.append(Problem("password-differs", "again", what, Text("重新输入", "type it again")))
    return problems


def _slow(seconds: int, where: str) -> Problem:
    what = Text(f"试得太多，{seconds} 秒后再试", f"too many tries: wait {seconds} seconds")
    repair = Text("以前登录过的浏览器不受影响", "a browser that signed in before is not held up")
    return Problem("login-wait", where, what, repair)


def _missing(name: str) -> Problem:
    return Problem("form-missing", name, Text("没有填写", "not given"), Text("补上", "give it"))
