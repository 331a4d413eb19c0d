"""A small office for submissions and releases: units in a line, a world of states, a list that takes one act at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from tests.shipped import shipped

from zhishu.coordinate.calendar import calendar_from_rows
from zhishu.coordinate.fact import Fact, Json
from zhishu.coordinate.kinds.period import PERIOD
from zhishu.coordinate.kinds.release import RELEASE
from zhishu.coordinate.kinds.submission import SUBMISSION
from zhishu.coordinate.subject import Subject
from zhishu.coordinate.units import Unit
from zhishu.coordinate.world import World
from zhishu.errors import Problem
from zhishu.pack.load_office import read_office
from zhishu.terms import Text

STUDY = shipped(with_systems=False)
OFFICE = read_office(STUDY.pack.folder)
DAY = date(2019, 3, 1)
KINDS: dict[str, Subject[Any]] = {k.id: k for k in (PERIOD, SUBMISSION, RELEASE)}
# 县局 under 市局 under 省厅 under 省办
LINE = ("county", "city", "dept", "top")
UNITS = {
    u: Unit(u, Text(u, u), "510100", "*", LINE[i + 1] if i + 1 < len(LINE) else "", date(2018, 1, 1))
    for i, u in enumerate(LINE)
}
ID = "monthly.2019-02.county"
STREAM = f"submission/{ID}"
PERIOD_STREAM = "period/monthly.2019-02"


def sha(n: int) -> str:
    """Return something that looks like a SHA-256."""
    return format(n, "064x")


@dataclass
class Office:
    """The serial list: an act is taken when its version is the next one and nothing speaks against it."""

    units: dict[str, Unit] = field(default_factory=lambda: dict(UNITS))
    today: date = DAY
    at: datetime = datetime(2019, 3, 1, 2, tzinfo=UTC)
    states: dict[str, Any] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)

    @property
    def world(self) -> World:
        """The world as it stands."""
        named = {f"unit/{k}": v for k, v in self.units.items()}
        return World(
            self.today,
            calendar_from_rows(OFFICE.workdays),
            OFFICE.rules,
            STUDY.pack.workflows,
            STUDY.data.regions,
            lambda s: self.states.get(s, named.get(s)),
            lambda kind: tuple(sorted(s for s in self.states if s.startswith(f"{kind}/"))),
        )

    def version(self, stream: str) -> int:
        """Return how many acts a stream has."""
        return sum(f.stream == stream for f in self.facts)

    def state(self, stream: str = STREAM) -> Any:
        """Return the state of a stream."""
        kind, _, id = stream.partition("/")
        return self.states.get(stream, KINDS[kind].start(id))

    def fact(self, stream: str, act: str, by: str, unit: str, body: Mapping[str, Json]) -> Fact:
        """Return the next fact of a stream."""
        return Fact(stream, self.version(stream) + 1, act, by, unit, self.at, self.today, body)

    def act(self, stream: str, act: str, by: str, unit: str, version: int | None = None, **body: Json) -> list[str]:
        """Try an act; return the codes of what speaks against it, or record it."""
        return [p.code for p in self.tried(stream, act, by, unit, version, **body)]

    def tried(
        self, stream: str, act: str, by: str, unit: str, version: int | None = None, **body: Json
    ) -> tuple[Problem, ...]:
        """Try an act; a version that is not the present one is stale."""
        if version is not None and version != self.version(stream):
            return (Problem("stale", stream, Text("旧版", "stale"), Text("重读", "read again")),)
        kind = KINDS[stream.partition("/")[0]]
        fact = self.fact(stream, act, by, unit, body)
        problems = kind.refuse(self.state(stream), fact, self.world)
        if not problems:
            self.states[stream] = kind.step(self.state(stream), fact)
            self.facts.append(fact)
        return problems

    def opened(self) -> "Office":
        """Open the period for the county."""
        assert self.act(PERIOD_STREAM, "open", "stat", "top", due="2019-03-05", units=["county"]) == []
        return self

    def uploaded(self, n: int = 1, **more: Json) -> list[str]:
        """Upload as the county's clerk."""
        return self.act(STREAM, "upload", "clerk", "county", content=sha(n), files=[sha(n + 100)], rows=3, **more)

    def submitted(self) -> "Office":
        """Open, upload, submit."""
        self.opened()
        assert self.uploaded() == []
        assert self.act(STREAM, "submit", "clerk", "county") == []
        return self

    def approved(self) -> "Office":
        """Open, upload, submit, approve through every level."""
        self.submitted()
        for unit in LINE[1:]:
            assert self.act(STREAM, "approve", f"{unit}_head", unit) == []
        return self
