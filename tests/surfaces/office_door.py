"""One office behind one application, and whoever sits at it: signed in once, used by a whole module."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from starlette.testclient import TestClient
from tests.office.conftest import ACCOUNTS, Bench, Clock, furnish
from tests.surfaces.door_samples import HOST, another, csrf, give_passwords, make_token, sign_in

from zhishu.ledger import open_ledger
from zhishu.office import Upload, Wish, open_office
from zhishu.study import Study
from zhishu.surfaces.web.app import create_app


@dataclass
class Desk:
    """An office, the application over it, and the people signed in so far."""

    bench: Bench
    door: TestClient
    seats: dict[str, "Seat"] = field(default_factory=dict)
    programs: dict[str, "Seat"] = field(default_factory=dict)

    def of(self, account: str) -> "Seat":
        """Return the browser of an account, signed in with its password."""
        if account not in self.seats:
            client = another(self.door)
            assert sign_in(client, account) == 303
            self.seats[account] = Seat(self, client, {**HOST, "X-CSRF-Token": csrf(client)})
        return self.seats[account]

    def program(self, account: str, *rights: str) -> "Seat":
        """Return a program of an account that carries some of its rights."""
        name = " ".join((account, *rights))
        if name not in self.programs:
            token = make_token(self.of(account).client, *rights)
            self.programs[name] = Seat(self, another(self.door), {"Authorization": f"Bearer {token}"})
        return self.programs[name]

    @property
    def head(self) -> object:
        """Return the head of the ledger."""
        return self.bench.office.ledger.head()


@dataclass
class Seat:
    """One browser or program at the office."""

    desk: Desk
    client: TestClient
    headers: dict[str, str]

    @property
    def csrf(self) -> str:
        """Return the token that the forms of the account's pages carry."""
        return self.headers["X-CSRF-Token"]


def open_desk(study: Study, folder: Path) -> Desk:
    """Return a furnished office whose people have passwords, behind one application."""
    clock = Clock()
    bench = furnish(Bench(open_office(study, open_ledger(folder / "office.db"), clock), clock))
    give_passwords(bench, "admin", *ACCOUNTS)
    # pages ask for the office's own day, as they do where it is served
    app = create_app(study, bench.office.today, office=bench.office)
    return Desk(bench, TestClient(app, follow_redirects=False))


def draft(bench: Bench, id: str, unit: str = "transport", due: str = "2026-03-06", title: str = "") -> str:
    """Draft and assign a task of three nodes; return its stream."""
    stream = f"task/{id}"
    bench.act(
        "supervisor", stream, "draft", title=title or f"示例任务{id}", template="supervision_3", supervisor="drc",
        unit=unit, reviewer="review", due=due, region=bench.office.state(f"unit/{unit}").region, domain="transport",
    )  # fmt: skip
    bench.act("supervisor", stream, "assign")
    return stream


def close(bench: Bench, stream: str) -> None:
    """Report on a task of the transport office and have it reviewed and closed."""
    bench.act("clerk", stream, "report", {"files": [Upload("佐证.pdf", b"%PDF")]}, shows="示例")
    bench.act("reviewer", stream, "close", shows="示例")


def make_release(bench: Bench, month: str, content: bytes, annex: bytes, titles: Sequence[str]) -> str:
    """Draft the release of a month from documents at hand; return its stream."""
    head = bench.office.ledger.head()
    made: dict[str, bytes | str] = {
        "content": content, "annex": annex, "checkpoint": str(head.seq), "checkpoint_hash": head.seal,
        "basis_day": bench.office.today().isoformat(),
    }  # fmt: skip
    given = {"title": [titles[0]], "title_en": [titles[1]], "period": [month]}
    bench.office.act("secretary", Wish(f"release/{month}", "draft", 0, given, made=made))
    return f"release/{month}"


def words(html: str) -> str:
    """Return what a page says, without its marks."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)))
