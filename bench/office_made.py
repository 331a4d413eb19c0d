"""A made-up office of a province: units, accounts, and 100,000 tasks whose acts are those of their workflow."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from zhishu.coordinate.fact import Fact
from zhishu.ledger import Ledger, open_ledger
from zhishu.ledger.entry import row
from zhishu.ledger.store import writing
from zhishu.ledger.tables import ENTRY
from zhishu.office import Office, Wish, open_office
from zhishu.study import Study

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
FIRST = date(2025, 1, 2)
LEADS, UNITS, REVIEWERS = 5, 100, 5
HASH = "0" * 64
LIFE = ("draft", "open", "assign", "sign", "handle", "report", "approve", "close")


@dataclass
class Clock:
    """A clock that runs from a set instant."""

    at: datetime = START
    began: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        """Return the instant."""
        return self.at + (datetime.now(UTC) - self.began)


def furnished(study: Study, path: Path | str, clock: Clock) -> Office:
    """Return an office with its units and accounts, each set up by an act."""
    office = open_office(study, open_ledger(path), clock)
    office.found("admin", "系统管理员（示例）", "office", "示例办公室")
    cities = [r.code for r in study.data.regions.level("prefecture", clock().date())]
    home = study.pack.header.home
    posts = [(f"lead{n}", "supervisor", home) for n in range(LEADS)]
    posts += [(f"unit{n}", "unit_clerk", home if n % 3 else cities[n % len(cities)]) for n in range(UNITS)]
    posts += [(f"review{n}", "reviewer", home) for n in range(REVIEWERS)]
    units, accounts, grants = [], [], []
    for unit, role, region in posts:
        made = {"name": [f"示例单位{unit}"], "region": [region], "since": ["2018-01-01"]}
        person = {"name": [f"{unit}岗（示例）"], "unit": [unit]}
        grant = {"role": [role], "region": [region], "domain": ["*"]}
        units.append(Wish(f"unit/{unit}", "create", 0, made))
        accounts.append(Wish(f"account/{unit}", "create", 0, person))
        grants.append(Wish(f"account/{unit}", "grant", 1, grant))
    for wishes in (units, accounts, grants):
        office.act_all("admin", wishes)
    return office


def task_facts(study: Study, domains: list[str], tasks: int, each: int, seed: int = 7) -> Iterator[Fact]:
    """Yield facts of tasks in the order of their instants: of every task its own run through its workflow, about
    ``each`` long once it is being handled."""
    chance = random.Random(seed)
    cities = [r.code for r in study.data.regions.level("prefecture", START.date())]
    found: list[tuple[int, str, int, str, int]] = []
    for n in range(tasks):
        begun = chance.randrange(0, 420)
        # most of the older ones are closed; words in between fill the run up to ``each`` entries
        steps = LIFE if begun < 250 and chance.random() < 0.9 else LIFE[: chance.randrange(2, 7)]
        acts = list(steps)
        at = min(len(acts), 5)
        if len(acts) >= 5:
            acts[at:at] = ["progress"] * max(0, each - len(acts))
        day = begun
        for version, act in enumerate(acts, 1):
            found.append((day * 86_400 + chance.randrange(30_000), f"t{n}", version, act, n))
            day = min(423, day + chance.randrange(1, 1 + max(2, 150 // len(acts))))
    # instants of one task must keep its order
    found.sort(key=lambda f: (f[0] // 86_400, f[4], f[2]))
    for place, (second, id, version, act, n) in enumerate(found):
        lead, unit, review = f"lead{n % LEADS}", f"unit{n % UNITS}", f"review{n % REVIEWERS}"
        by = lead if act in ("draft", "open", "assign", "close") else review if act == "approve" else unit
        day = FIRST + timedelta(second // 86_400)
        at = datetime(day.year, day.month, day.day, 1, tzinfo=UTC) + timedelta(microseconds=place % 10**9)
        body: dict[str, object] = {}
        match act:
            case "draft":
                due = day + timedelta(30 + n % 400)
                body = {
                    "title": f"示例任务{n:06}：推进第{n % 977}项工程",
                    "template": "supervision",
                    "supervisor": lead,
                    "unit": unit,
                    "reviewer": review,
                    "due": due.isoformat(),
                    "region": cities[n % len(cities)],
                    "domain": domains[n % len(domains)],
                }
            case "progress":
                body = {"progress": f"第 {version} 次报告：按节点推进，已完成 {version * 7 % 100}%。"}
            case "report" | "close":
                body = {"files": [HASH], "shows": "现场照片和验收单（示例）"}
        yield Fact(f"task/{id}", version, act, by, by, at, day, body)  # type: ignore[arg-type]  # bodies are written out above as plain JSON


def add_in_bulk(ledger: Ledger, facts: Iterator[Fact]) -> int:
    """Add facts at the end of a ledger, chained and sealed as the pen does, and return how many entries it then has."""
    head = ledger.head()
    seq, before = head.seq, head.seal
    names = [c.name for c in ENTRY.c]
    batch: list[dict[str, object]] = []
    with writing(ledger.engine) as connection:
        for fact in facts:
            stored = row(seq + 1, fact, "", before)
            seq, before = stored[0], stored[11]
            batch.append(dict(zip(names, stored, strict=True)))
            if len(batch) == 5000:
                connection.execute(insert(ENTRY), batch)
                batch.clear()
        if batch:
            connection.execute(insert(ENTRY), batch)
    return seq
