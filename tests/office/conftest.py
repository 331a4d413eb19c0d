"""An office to test on: two departments, a city, a reviewer, and accounts with the roles that months need."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.ledger.conftest import pg_url, postgres

from zhishu.ledger import Entry, Ledger, open_ledger
from zhishu.office import Office, Upload, Wish, open_office
from zhishu.study import Study

# a real PostgreSQL, as for the ledger's own tests
__all__ = ["pg_url", "postgres"]


@dataclass
class Clock:
    """A clock that stands until it is moved on."""

    at: datetime = field(default_factory=lambda: datetime(2026, 3, 2, 1, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        """Return the instant."""
        return self.at

    def forward(self, **by: float) -> None:
        """Move on by hours, days and so on."""
        self.at += timedelta(**by)


@dataclass(frozen=True)
class Bench:
    """An office with its clock, and a short way to act."""

    office: Office
    clock: Clock

    def act(
        self,
        by: str,
        stream: str,
        act: str,
        files: Mapping[str, Sequence[Upload]] | None = None,
        expected: int | None = None,
        **given: str | Sequence[str],
    ) -> Entry:
        """Record an act on the newest version, or on the one given."""
        version = self.office.projection.versions.get(stream, 0) if expected is None else expected
        words = {k: [v] if isinstance(v, str) else list(v) for k, v in given.items()}
        return self.office.act(by, Wish(stream, act, version, words, files or {}))


UNITS = {
    "drc": ("示例发展改革委", "510000"),
    "transport": ("示例交通厅", "510000"),
    "chengdu": ("示例成都市", "510100"),
    "zigong": ("示例自贡市", "510300"),
    "review": ("示例评估中心", "510000"),
}
ACCOUNTS = {
    "supervisor": ("drc", "supervisor", "510000"),
    "decider": ("drc", "decider", "510000"),
    "second": ("drc", "decider", "510000"),
    "clerk": ("transport", "unit_clerk", "510000"),
    "head": ("transport", "unit_head", "510000"),
    "city": ("chengdu", "unit_clerk", "510100"),
    "other": ("zigong", "unit_clerk", "510300"),
    "reviewer": ("review", "reviewer", "510000"),
    "secretary": ("drc", "secretary", "510000"),
    "auditor": ("drc", "auditor", "510000"),
}


def furnish(bench: Bench) -> Bench:
    """Set up units and accounts, each by an act of the administrator."""
    bench.office.found("admin", "系统管理员（示例）", "office", "示例办公室")
    for id, (name, region) in UNITS.items():
        bench.act("admin", f"unit/{id}", "create", name=name, region=region, since="2018-01-01")
    for id, (unit, role, region) in ACCOUNTS.items():
        bench.act("admin", f"account/{id}", "create", name=f"{id}（示例）", unit=unit)
        bench.act("admin", f"account/{id}", "grant", role=role, region=region, domain="*")
    return bench


@pytest.fixture
def make(study: Study) -> Callable[[Ledger], Bench]:
    """Return what makes an empty office over a ledger."""

    def made(ledger: Ledger) -> Bench:
        clock = Clock()
        return Bench(open_office(study, ledger, clock), clock)

    return made


@pytest.fixture
def bench(make: Callable[[Ledger], Bench], tmp_path: Path) -> Bench:
    """Return a furnished office on SQLite."""
    return furnish(make(open_ledger(tmp_path / "office.db")))
