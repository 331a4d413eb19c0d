"""The office's one door: every act is read, ruled on against the newest state, and recorded, or nothing is.

Reading, ruling and recording happen under the ledger's only pen, so no act is ever judged on a state that
somebody else has changed meanwhile.
"""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from zhishu.access.sessions import end_sessions
from zhishu.coordinate.accounts import Account
from zhishu.coordinate.act import Act
from zhishu.coordinate.burden import REASON, refuse_over
from zhishu.coordinate.calendar import Calendar, calendar_from_rows
from zhishu.coordinate.fact import SYSTEM, Fact, Json
from zhishu.coordinate.form import read_form
from zhishu.coordinate.refusal import not_open
from zhishu.coordinate.subject import Subject
from zhishu.coordinate.world import World
from zhishu.data.regions import Regions
from zhishu.errors import Problem, ZhishuError
from zhishu.ledger import Entry, Ledger, Pen
from zhishu.office.explained import Rest, noting
from zhishu.office.kinds import KINDS
from zhishu.office.moment import Moment
from zhishu.office.moments import Moments
from zhishu.office.projection import Projection, gathered
from zhishu.office.sight import Sight, lies_within
from zhishu.office.wish import Upload, Wish, label, misplaced, wish_problems
from zhishu.pack.assessment import Assessment
from zhishu.pack.load_office import read_office
from zhishu.pack.office import OfficeRules, RoleRights
from zhishu.pack.workflow import Workflow
from zhishu.study import Study
from zhishu.terms import Text

_NOTHING: Mapping[str, Any] = {}

FOUNDER = "setup"
"""The account under which the first administrator is set up; nobody can sign in as it."""


@dataclass(frozen=True, slots=True)
class Office:
    """An office over a ledger. Safe to share between threads; several processes may share the ledger."""

    ledger: Ledger
    rules: OfficeRules
    calendar: Calendar
    workflows: Mapping[str, Workflow]
    regions: Regions
    home: str
    now: Callable[[], datetime]
    projection: Projection
    lock: threading.RLock = field(default_factory=threading.RLock)
    moments: Moments = field(default_factory=Moments)
    profiles: Mapping[str, Text] = field(default_factory=dict)
    assessments: Mapping[str, Assessment] = field(default_factory=dict)

    def today(self) -> date:
        """Return the office's local day."""
        return self.day_of(self.now())

    def day_of(self, at: datetime) -> date:
        """Return the local day of an instant."""
        return at.astimezone(self.rules.timezone).date()

    def refresh(self) -> None:
        """Take in what was recorded since, by this process or another."""
        with self.lock:
            self.projection.apply(self.ledger.read(self.projection.seq))

    def world(self, today: date | None = None) -> World:
        """Return the world as recorded so far, on a day (today if none is given)."""
        return self._world(today or self.today(), self.projection)

    def account(self, id: str) -> Account | None:
        """Return an account as it stands, None where there is none."""
        found = self.projection.states.get(f"account/{id}")
        return found if isinstance(found, Account) else None

    def sight(self, account: Account) -> Sight:
        """Return what an account may see and do."""
        return Sight(account, self.rules.roles, self.regions, self.home, self.projection.states.get)

    def within(self, region: str, above: str) -> bool:
        """Return whether a region lies in another."""
        return lies_within(self.regions, self.home, region, above)

    def state(self, stream: str) -> Any:
        """Return the state of a subject, None where nothing is recorded of it."""
        return self.projection.states.get(stream)

    def trace(self, stream: str) -> tuple[Entry, ...]:
        """Return every entry on a subject."""
        return tuple(self.ledger.read(stream=stream))

    def free_id(self, kind: str) -> str:
        """Return an id of a kind that is not taken: the day and a number."""
        taken = self.projection.states
        number = len(self.projection.streams.get(kind, ())) + 1
        while f"{kind}/{(id := f'{self.today():%Y%m%d}-{number}')}" in taken:
            number += 1
        return id

    def moment(self, day: date | None = None) -> Moment:
        """Return all that was recorded by the end of a day; as it stands now if none is given or a later one."""
        today = self.today()
        if day is None or day >= today:
            return self.moments.now(today, self.projection, self._world)

        def read() -> Projection:
            return gathered(KINDS, (e for e in self.ledger.by_subject() if e.fact.on <= day))

        return self.moments.then(day, today, read, self._world)

    def moment_at(self, seq: int, day: date, rests: dict[str, Rest] | None = None) -> Moment:
        """Return what the first entries said on a day: a release made from them is made again the same.

        ``rests`` takes, if it is given, the entries that each subject rested on.
        """
        first = (e for e in self.ledger.by_subject() if e.seq <= seq)
        known = gathered(KINDS, first if rests is None else noting(first, rests))
        return Moment(known, self._world(day, known), self.today())

    def act(self, by: str, wish: Wish, only: RoleRights | None = None) -> Entry:
        """Record one act of an account and return its entry. Raises as ``act_all`` does."""
        return self.act_all(by, [wish], only)[0]

    def act_all(self, by: str, wishes: Sequence[Wish], only: RoleRights | None = None) -> tuple[Entry, ...]:
        """Record acts of an account, all or none, and return their entries; ``only`` narrows its rights.

        Raises Stale where a subject was changed since the account saw it, and ZhishuError with every problem of
        every act otherwise (``act-…``, ``form-…``, ``file-…``, or a code of the kind). What an account may not do
        and what does not exist look alike (``office-hidden``).
        """
        return self._record(by, wishes, by == SYSTEM, only)

    def propose(self, wishes: Callable[[World], Sequence[Wish]]) -> tuple[Entry, ...]:
        """Record what the clock proposes on the newest state, all or none; whatever versions the wishes name."""
        return self._record(SYSTEM, wishes, True, None)

    def found(self, account: str, name: str, unit: str, unit_name: str) -> tuple[Entry, ...]:
        """Set up the first unit and its administrator. Raises ZhishuError ``office-founded`` where there is one."""
        day = self.today().isoformat()
        grant = {"role": ["administrator"], "region": [self.home], "domain": ["*"]}
        wishes = [
            Wish(f"unit/{unit}", "create", 0, {"name": [unit_name], "region": [self.home], "since": [day]}),
            Wish(f"account/{account}", "create", 0, {"name": [name], "unit": [unit]}),
            Wish(f"account/{account}", "grant", 1, grant),
        ]
        self.refresh()
        if self.projection.streams.get("account"):
            what = Text("已有管理员", "there is an administrator already")
            raise ZhishuError([Problem("office-founded", "account", what, Text("登录后增设", "sign in and add more"))])
        return self._record(FOUNDER, wishes, True, None)

    def _world(self, today: date, known: Projection, over: Mapping[str, Any] = _NOTHING) -> World:
        states = known.states

        def of(stream: str) -> object | None:
            return over[stream] if stream in over else states.get(stream)

        def streams(kind: str) -> tuple[str, ...]:
            more = [s for s in over if s.partition("/")[0] == kind and s not in states]
            return tuple(sorted([*known.streams.get(kind, ()), *more]))

        return World(
            today,
            self.calendar,
            self.rules,
            self.workflows,
            self.regions,
            of,
            streams,
            self.profiles,
            self.assessments,
        )

    def _record(
        self,
        by: str,
        wishes: Sequence[Wish] | Callable[[World], Sequence[Wish]],
        trusted: bool,
        only: RoleRights | None,
    ) -> tuple[Entry, ...]:
        early = [] if callable(wishes) else [p for wish in wishes for p in wish_problems(wish)]
        if early:
            raise ZhishuError(early)
        with self.ledger.writing() as pen, self.lock:
            self.projection.apply(pen.read(self.projection.seq))
            draft = _Draft(self, pen, by, trusted, only, self.now())
            entries = draft.write(wishes(draft.world()) if callable(wishes) else wishes)
        self.refresh()
        for entry in entries:
            kind, _, id = entry.fact.stream.partition("/")
            if (kind, entry.fact.act) == ("account", "disable"):
                end_sessions(self.ledger.engine, id)
        return entries


@dataclass(slots=True)
class _Draft:
    """Acts being ruled on one after the other, each on the state that those before it leave."""

    office: Office
    pen: Pen
    by: str
    trusted: bool
    only: RoleRights | None
    at: datetime
    over: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)

    def world(self) -> World:
        """Return the world the acts are ruled in."""
        return self.office._world(self.office.day_of(self.at), self.office.projection, self.over)

    def write(self, wishes: Sequence[Wish]) -> tuple[Entry, ...]:
        """Rule on every act, then write all or raise."""
        account = self.office.account(self.by)
        if not self.trusted and (account is None or account.disabled):
            raise ZhishuError([hidden(self.by)])
        unit = account.unit if account else ""
        facts = []
        problems: list[Problem] = []
        world = self.world()
        for number, wish in enumerate(wishes):
            fact, found = self._ruled(wish, unit, account, world)
            if fact is None:
                prefix = f"{wish.stream} " if len(wishes) > 1 else ""
                problems += [Problem(p.code, f"{prefix}{p.where}", p.what, p.repair, p.severity) for p in found]
                if len(problems) > 200:
                    break
                continue
            facts.append((number, fact))
        if problems:
            raise ZhishuError(problems)
        written = []
        for number, fact in facts:
            entry = self.pen.write(fact, wishes[number].key)
            if entry is not None:
                written.append(entry)
        return tuple(written)

    def _ruled(
        self, wish: Wish, unit: str, account: Account | None, world: World
    ) -> tuple[Fact | None, Iterable[Problem]]:
        kind = KINDS.get(wish.stream.partition("/")[0])
        if kind is None:
            return None, (hidden(wish.stream),)
        state = world.of(wish.stream)
        version = self.versions.get(wish.stream, self.office.projection.versions.get(wish.stream, 0))
        before = kind.start(wish.stream.partition("/")[2]) if state is None else state
        may = partial(self._may, kind, account)
        open_acts = {a.id: a for a in kind.acts(before, world)}
        act = open_acts.get(wish.act)
        # what is not there has no version to be out of date: it looks like what this account may not see
        if not self.trusted and (not may(before, None) if version else bool(wish.expected)):
            return None, (hidden(wish.stream),)
        if version != wish.expected and self.by != SYSTEM and not self._only_reminded(wish, version):
            # the pen says what happened in between
            self.pen.write(Fact(wish.stream, wish.expected + 1, wish.act, self.by, unit, self.at, world.today, {}))
        if act is None:
            return None, (not_open(wish.stream),) if version or self.trusted else (hidden(wish.stream),)
        if not self.trusted and not (may(before, act) if version else self._anywhere(account, act)):
            return None, (hidden(wish.stream),)
        wrong = misplaced(act, wish)
        if wrong:
            return None, wrong
        body, problems = read_form(act, {**wish.given, **self._files(wish)}, self._made(wish))
        names = {
            hash: label(u.name)
            for f in wish.files
            for u, hash in zip(wish.files[f], self._hashes(wish, f), strict=True)
        }
        if names:
            body["names"] = dict(sorted(names.items()))
        if problems:
            return None, problems
        fact = Fact(wish.stream, version + 1, act.id, self.by, unit, self.at, world.today, body)
        after = kind.step(before, fact)
        if not self.trusted and not (may(before if version else after, act) and may(after, act)):
            return None, (hidden(wish.stream),)
        problems = (*kind.refuse(before, fact, world), *self._burdened(act, fact, kind.asked(after, fact), world))
        if problems:
            return None, problems
        self.over[wish.stream], self.versions[wish.stream] = after, fact.version
        return fact, ()

    def _only_reminded(self, wish: Wish, version: int) -> bool:
        """Return whether only the clock added to a subject since it was seen: a reminder makes no page out of date."""
        if not 0 < wish.expected < version or wish.stream in self.over:
            return False
        since = [e.fact for e in self.pen.read(0, wish.stream) if e.fact.version > wish.expected]
        return all(f.by == SYSTEM and f.act == "remind" for f in since)

    def _burdened(self, act: Act, fact: Fact, asked: Sequence[str], world: World) -> tuple[Problem, ...]:
        """Return the problem of asking a unit once more than the limit of the month without saying why."""
        if not any(f.id == REASON for f in act.fields):
            return ()
        counts = {pair: len(entries) for pair, entries in self.office.projection.asks.items()}
        return refuse_over(fact, asked, counts, self.office.rules.number("burden_limit"), world.unit_name)

    def _may(self, kind: Subject[Any], account: Account | None, state: Any, act: Act | None) -> bool:
        if account is None or (act is not None and self.only is not None and not self.only.holds(act.right)):
            return False
        sight = self.office.sight(account)
        scope = kind.scope(state)
        return sight.sees(kind.id, scope) if act is None else sight.may(act.right, scope)

    def _anywhere(self, account: Account | None, act: Act) -> bool:
        """Return whether the account may do an act somewhere: where it sets something up, the form says where."""
        if account is None or (self.only is not None and not self.only.holds(act.right)):
            return False
        return self.office.sight(account).holds(act.right)

    def _hashes(self, wish: Wish, name: str) -> list[str]:
        return [self.pen.keep(u.content) for u in wish.files[name]]

    def _made(self, wish: Wish) -> dict[str, str]:
        return {name: v if isinstance(v, str) else self.pen.keep(v) for name, v in wish.made.items()}

    def _files(self, wish: Wish) -> dict[str, Sequence[str]]:
        return {name: self._hashes(wish, name) for name in wish.files}


def hidden(where: str) -> Problem:
    """Return the problem of what is not there, or not for this account: the two look alike."""
    what = Text("没有这一项，或不在您的职责范围", "there is no such item, or it is not within your remit")
    return Problem("office-hidden", where, what, Text("从我的台账进入", "start from your desk"))


def open_office(study: Study, ledger: Ledger, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Office:
    """Return the office of a pack over a ledger, caught up. Raises ZhishuError with what its declarations lack."""
    declared = read_office(Path(study.pack.folder))
    return Office(
        ledger,
        declared.rules,
        calendar_from_rows(declared.workdays),
        study.pack.workflows,
        study.data.regions,
        study.pack.header.home,
        now,
        gathered(KINDS, ledger.by_subject()),
        profiles={id: profile.name for id, profile in study.pack.profiles.items()},
        assessments=study.pack.assessments,
    )


__all__ = ["FOUNDER", "Json", "Office", "Upload", "Wish", "hidden", "open_office"]
