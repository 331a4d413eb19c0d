"""What the office's pages are given: the site, the office, and who is asking."""

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from zhishu.coordinate.accounts import Account
from zhishu.coordinate.bodies import Body
from zhishu.coordinate.fact import Fact
from zhishu.coordinate.rights import EVERY_DOMAIN, Scope
from zhishu.coordinate.subject import Subject
from zhishu.errors import Problem, ZhishuError
from zhishu.office import Office
from zhishu.office.moment import Moment
from zhishu.office.service import hidden
from zhishu.office.sight import Sight
from zhishu.pack.office import RoleRights
from zhishu.study.explain import kind_of
from zhishu.surfaces.web.links import link
from zhishu.surfaces.web.office.named import act_name, profile_name
from zhishu.surfaces.web.page import Visit, visit_of
from zhishu.surfaces.web.site import Site
from zhishu.terms import Text

APPROVING = ("approve", "unapprove", "lock", "unlock")
"""Acts on a submission after which other figures are approved than before."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Who asks: an account, the token its forms must carry, and to what rights a program's token narrows it.

    A program's token is no cookie, so no other site can send it and no form token is asked for.
    """

    account: Account
    csrf: str
    only: RoleRights | None = None


class SignIn(Exception):
    """Raised where a page of the office is asked for by nobody in particular."""


@dataclass(frozen=True, slots=True)
class Front:
    """The shared parts of the office's pages. ``guest`` tells who sent a request, None for nobody signed in;
    ``approved`` is called when figures were approved or taken back;
    ``oidc`` whether one can sign in by the office's identity provider."""

    site: Site
    office: Office
    guest: Callable[[Request], Guest | None]
    approved: Callable[[], None]
    oidc: bool = False

    def check(self, request: Request, form: Mapping[str, object]) -> None:
        """Refuse a form that does not carry the token of the session it came with. Raises ZhishuError ``csrf``."""
        guest = self.guest(request)
        if guest is not None and guest.only is not None:
            return
        sent = form.get("csrf")
        if guest is None or not isinstance(sent, str) or not hmac.compare_digest(sent.encode(), guest.csrf.encode()):
            what = Text(
                "表单不是从本站的页面提交的，或已过期",
                "the form does not come from a page of this site, or is out of date",
            )
            repair = Text("重新打开页面再提交", "open the page again and submit")
            raise ZhishuError([Problem("csrf", "csrf", what, repair)])

    def recorded(self, kind: str, act: str) -> None:
        """Have the pages show what is approved, after an act that changes it."""
        if kind == "submission" and act in APPROVING:
            self.approved()

    async def signed_to_write(self, request: Request) -> None:
        """Let reading pass, and writing by a form of somebody who is signed in.

        As long as nobody was ever set up, the machine is its user's own and there is nobody to sign in as. Raises
        SignIn for nobody, ZhishuError ``csrf`` without the token of the session and ``office-hidden`` for a program,
        whose token carries no right to change what all see.
        """
        if request.method != "POST" or not self.office.projection.streams.get("account"):
            return
        guest = self.guest(request)
        if guest is None:
            raise SignIn
        if guest.only is not None:
            raise ZhishuError([hidden("figures")])
        self.check(request, await request.form())

    def person(self, request: Request) -> "Entered":
        """Return the visit of somebody who signed in with a password: no program may change how an account is entered.

        Raises SignIn for nobody, ZhishuError ``office-hidden`` for a program.
        """
        entered = self.entered(request)
        if entered.guest.only is not None:
            raise ZhishuError([hidden("account")])
        return entered

    def entered(self, request: Request) -> "Entered":
        """Return the visit of somebody who is signed in. Raises SignIn otherwise."""
        guest = self.guest(request)
        if guest is None:
            raise SignIn
        self.office.refresh()
        today = self.office.today()
        visit = visit_of(request, today)
        return Entered(self, visit, guest, self.office.moment(visit.on))


@dataclass(frozen=True, slots=True)
class Entered:
    """One visit to the office: who, in which language, as of which day."""

    front: Front
    visit: Visit
    guest: Guest
    moment: Moment

    @property
    def account(self) -> Account:
        """Return who asks."""
        return self.guest.account

    @property
    def sight(self) -> Sight:
        """Return what they may see and do."""
        whole = self.front.office.sight(self.account)
        return whole if self.guest.only is None else whole.narrowed(self.guest.only)

    @property
    def reads_whole(self) -> bool:
        """Return whether the account may read what is said of the office as a whole, before it is released."""
        return self.sight.sees("release", Scope("", EVERY_DOMAIN))

    @property
    def reads_ledger(self) -> bool:
        """Return whether the account may read the ledger itself: it names what is done anywhere, so over the whole."""
        return self.sight.may("ledger.read", Scope("", EVERY_DOMAIN))

    @property
    def today(self) -> date:
        """Return the office's day."""
        return self.moment.today

    def state(self, stream: str) -> object:
        """Return a subject they may see. Raises ZhishuError ``office-hidden`` for any other, there or not."""
        if not self.sees(stream):
            raise ZhishuError([hidden(stream)])
        return self.moment.state(stream)

    def sees(self, stream: str) -> bool:
        """Return whether a subject is there and the account may see it: a link to any other leads to nothing."""
        state, kind = self.moment.state(stream), self.moment.known.kinds.get(stream.partition("/")[0])
        return state is not None and kind is not None and self.sight.sees(kind.id, kind.scope(state))

    def offers(self, act: str, stream: str) -> bool:
        """Return whether the account can do an act on a subject now, be it the one that sets it up."""
        name, _, id = stream.partition("/")
        kind = self.moment.known.kinds[name]
        state = self.moment.state(stream) or kind.start(id)
        found = next((a for a in kind.acts(state, self.moment.world) if a.id == act), None)
        return self.moment.present and found is not None and self.sight.may(found.right, kind.scope(state))

    def explained(self, ref: str) -> bool:
        """Return whether what a case rests on is a figure or a name of the pack, and no other paper."""
        try:
            kind_of(self.front.site.study, ref)
        except ZhishuError:
            return False
        return True

    def reads_burden(self, unit: str) -> bool:
        """Return whether the account may read how much is asked of a unit: its own, those it may see, or the whole."""
        state = self.moment.state(f"unit/{unit}")
        if self.reads_whole or unit == self.account.unit:
            return True
        return state is not None and self.sight.sees("unit", self.moment.known.kinds["unit"].scope(state))

    def may_create(self, kind: Subject[Any]) -> bool:
        """Return whether the account may set up a subject of a kind somewhere."""
        acts = kind.acts(kind.start("new"), self.moment.world)
        return self.moment.present and any(self.sight.holds(a.right) for a in acts if not a.made)

    def page(self, template: str, title: Text, status: int = 200, **more: object) -> HTMLResponse:
        """Return a page of the office."""
        given: Mapping[str, object] = {
            "guest": self.guest,
            "moment": self.moment,
            "unit_name": self.moment.unit_name,
            "account_name": self.account_name,
            "act_name": self.act_name,
            "profile_name": self.profile_name,
            "body_name": self.body_name,
            "sees": self.sees,
            "offers": self.offers,
            "explained": self.explained,
            "whole": self.reads_whole,
            "reads_ledger": self.reads_ledger,
            **more,
        }
        return self.front.site.page(self.visit, f"office/{template}", "desk", title, status, **given)

    def link(self, path: str, **changes: object) -> str:
        """Return a link that keeps the language and the text size; acts always lead back to today."""
        settings = {"lang": self.visit.lang} | ({"elder": "1"} if self.visit.elder else {})
        return link(path, settings, **changes)

    def act_name(self, fact: Fact) -> Text:
        """Return what was done in words."""
        return act_name(fact, self.moment)

    def profile_name(self, id: str) -> Text:
        """Return what a form of figures is called."""
        return profile_name(id, self.front.site.study.pack.profiles)

    def body_name(self, id: str) -> Text:
        """Return the name of a standing body, its id where it has none."""
        found = self.moment.state(f"body/{id}")
        return found.name if isinstance(found, Body) else Text(id, id)

    def account_name(self, id: str) -> Text:
        """Return the post of an account; what the system proposed says so."""
        if id == "system":
            return Text("系统（提示）", "system (reminder)")
        if id == "setup":
            return Text("首次设置", "first set-up")
        found = self.front.office.account(id)
        return Text(found.name, found.name) if found else Text(id, id)
