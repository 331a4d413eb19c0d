"""Hostile words, whoever fills every form with them, and a reader that finds what broke out of its place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from httpx2 import Response
from tests.surfaces.office_door import Desk
from tests.surfaces.reading import broken

from zhishu.coordinate.act import Act, Field
from zhishu.errors import ZhishuError
from zhishu.ledger import Stale
from zhishu.office import KINDS, Upload, Wish

HOSTILE = (
    '"><x-broke><script>alert(1)</script>\' x-broke=\'1" x-broke="1',
    '<img src=x onerror=alert(1)>" onmouseover="alert(1)',
    "javascript:alert(1)//{{7919*7907}}${7919*7907}#{7919*7907}<%= 7919*7907 %>",
    '=HYPERLINK("http://evil.example/","x")<svg onload=alert(1)>',
    "]]></text><!--<style>*{}</style>&#60;x-broke&#62;",
    "{% raw %}{{ 7919*7907 }}</textarea></title></select></option></script><x-broke>",
    "+cmd|' /C calc'!A0</w:t><w:x-broke/>",
    "@SUM(7919*7907)<x-broke>",
)
FILES = (
    Upload('"><x-broke>.html', b"<script>alert(1)</script>"),
    Upload("x' onerror='alert(1).svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    Upload("=cmd|'/C calc'!A0.xhtml\r\nSet-Cookie: x=1", b"<html><x-broke/></html>"),
)
# where a field must be readable, this is what it is given once words alone were refused
READABLE = {
    "amount": "6000",
    "points": "1",
    "embargo_until": "",
    "cite": "26.10",
    "at": "3.19",
    "done": "1",
    "period": "2026-03",
    "ref": "gdp",
    "promise": "",
    "domain": "transport",
    "milestones": "2026-04-10 <x-broke>{{7919*7907}}",
}
# units that may not be one and the same, and days from today that must follow one another
UNITS = {"supervisor": "drc", "unit": "transport", "reviewer": "review", "secretary": "drc"}
DAYS = {"notice": (0,), "objection_until": (9,), "expires": (60,), "until": (60,), "published": (0,), "from": (0,), "date": (0,), "since": (0,)}  # fmt: skip


@dataclass
class Walker:
    """Fills every form that stands open to a few accounts, kind by kind, until nothing new opens."""

    desk: Desk
    accounts: Sequence[str]
    kept: Sequence[str] = ()
    posted: set[tuple[str, str]] = field(default_factory=set)
    recorded: dict[tuple[str, str], int] = field(default_factory=dict)
    saved: dict[str, Response] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    turn: int = 0
    numbers: dict[str, Iterator[int]] = field(default_factory=dict)

    def round(self, most: int) -> None:
        """Try every open act of every subject, each kind of act at most so often."""
        office = self.desk.bench.office
        for stream in sorted(office.projection.states):
            kind = KINDS[stream.partition("/")[0]]
            # what was done least first, so that no act always comes before another; a draft is taken back last of all
            acts = kind.acts(office.state(stream), office.world())
            for act in sorted(acts, key=lambda a: (a.id == "cancel", self.recorded.get((kind.id, a.id), 0))):
                key = (kind.id, act.id)
                # whoever walks keeps account and unit
                untouched = stream in self.kept
                if act.made or untouched or self.recorded.get(key, 0) >= most:
                    continue
                self.do(stream, act)

    def do(self, stream: str, act: Act) -> None:
        """Do one act by the account that may: once through its form, then as the office takes it."""
        office, kind = self.desk.bench.office, stream.partition("/")[0]
        for account in self.accounts:
            self.turn = self.recorded.get((kind, act.id), 0)
            given, files = self.fill(act.fields)
            if (kind, act.id) not in self.posted or office.projection.versions.get(stream, 0) == 0:
                self.post(account, stream, act, given, files)
            if self.record(account, stream, act, given, files):
                return

    def post(
        self, account: str, stream: str, act: Act, given: dict[str, list[str]], files: dict[str, list[Upload]]
    ) -> None:
        """Send the form as a browser does and look at what it answers."""
        seat, version = self.desk.of(account), self.desk.bench.office.projection.versions.get(stream, 0)
        kind, _, id = stream.partition("/")
        sent = {**given, "csrf": [seat.csrf], "expected": [str(version)]} | ({} if version else {"id": [id]})
        path = f"/office/{stream}/{act.id}" if version else f"/office/{kind}/new"
        parts = [(name, (u.name, u.content, "text/html")) for name, many in files.items() for u in many]
        answer = seat.client.post(path, data=sent, files=parts or None, headers=seat.headers)
        self.look(path, answer)
        if answer.status_code in (303, 422):
            self.posted.add((kind, act.id))
        if answer.status_code == 303:
            self.recorded[kind, act.id] = self.recorded.get((kind, act.id), 0) + 1

    def look(self, path: str, answer: Response) -> None:
        """Keep what is wrong with an answer."""
        if answer.status_code not in (200, 303, 404, 409, 422):
            self.wrong.append(f"{path}: {answer.status_code}")
        self.wrong += [f"{path}: {b}" for b in broken(answer.text)]

    def act(self, stream: str, id: str) -> None:
        """Do one act by its id, where it stands open."""
        office, kind = self.desk.bench.office, KINDS[stream.partition("/")[0]]
        for act in kind.acts(office.state(stream) or kind.start(stream.partition("/")[2]), office.world()):
            if act.id == id:
                self.do(stream, act)

    @property
    def today(self) -> str:
        """Return the office's day."""
        return self.desk.bench.office.today().isoformat()

    def version(self, stream: str) -> int:
        """Return the version of a subject."""
        return self.desk.bench.office.projection.versions.get(stream, 0)

    def record(
        self, account: str, stream: str, act: Act, given: dict[str, list[str]], files: dict[str, list[Upload]]
    ) -> bool:
        """Record an act, giving in field by field where words are not taken."""
        office, known = self.desk.bench.office, {f.id: f for f in act.fields}
        for _ in range(5):
            version = office.projection.versions.get(stream, 0)
            try:
                office.act(account, Wish(stream, act.id, version, given, files))
            except Stale:
                return False
            except ZhishuError as error:
                if not self.give_in(error, given, known):
                    return False
                continue
            key = (stream.partition("/")[0], act.id)
            self.recorded[key] = self.recorded.get(key, 0) + 1
            return True
        return False

    def give_in(self, error: ZhishuError, given: dict[str, list[str]], known: Mapping[str, Field]) -> bool:
        """Change the fields that were refused; return whether anything was."""
        changed = False
        for problem in error.problems:
            asked = known.get(problem.where)
            if asked is None or asked.type == "files":
                continue
            before = given.get(asked.id)
            if asked.type in ("text", "long"):
                given[asked.id] = [READABLE.get(asked.id, "")]
            else:
                given[asked.id] = self.one(asked, again=True)
            changed |= given[asked.id] != before
        return changed

    def fill(self, fields: Sequence[Field]) -> tuple[dict[str, list[str]], dict[str, list[Upload]]]:
        """Return hostile words for every question of a form, and hostile files."""
        given = {f.id: self.one(f) for f in fields if f.type not in ("files", "made")}
        return given, {f.id: list(FILES) for f in fields if f.type == "files"}

    def one(self, asked: Field, again: bool = False) -> list[str]:
        """Return an answer to a question, another one each time; ``again`` once one was refused."""
        number = next(self.numbers.setdefault(asked.id, count()))
        today = self.desk.bench.office.today()
        match asked.type:
            case "date":
                days = DAYS.get(asked.id, (1, 40))
                return [(today + timedelta(days[number % len(days)])).isoformat()]
            case "whole":
                return ["1"]
            case "choice":
                chosen = number if again else self.turn
                return [asked.choices[chosen % len(asked.choices)][0]] if asked.choices else []
            case "unit" if asked.choices:
                return [asked.choices[number % len(asked.choices)][0]]
            case "unit":
                other = ("review", "drc", "chengdu")[number % 3]
                return [other if again else UNITS.get(asked.id, "transport")]
            case "units":
                return ["drc", "transport", "review", "below"] if asked.required else []
            case "account":
                return [self.accounts[number % len(self.accounts)]]
            case "region":
                return ["510000"]
            case _:
                return [HOSTILE[(number + len(asked.id)) % len(HOSTILE)]]
