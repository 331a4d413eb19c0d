"""A small office to try kinds of subject in: the pack's rules and calendar, a few units, and a way to record facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from zhishu.coordinate.calendar import calendar_from_rows
from zhishu.coordinate.fact import Fact, Json
from zhishu.coordinate.form import read_form
from zhishu.coordinate.subject import Subject
from zhishu.coordinate.units import Unit
from zhishu.coordinate.world import World
from zhishu.data import load_data
from zhishu.data.regions import Regions
from zhishu.pack.load_office import OfficePack, read_office
from zhishu.study import PACKS
from zhishu.terms import Text

FOLDER: Path = PACKS / "sichuan2018"
LONG_AGO = date(2018, 1, 1)
UNITS = {
    f"unit/{id}": Unit(id, Text(zh, en), "510000", "*", "", LONG_AGO, until)
    for id, zh, en, until in (
        ("sdrc", "省发展改革委", "Development and Reform Commission", None),
        ("transport", "省交通运输厅", "Department of Transport", None),
        ("finance", "省财政厅", "Department of Finance", None),
        ("supervision", "省政府督查室", "Supervision Office", None),
        ("old", "已撤销单位", "A unit of old", date(2019, 2, 28)),
    )
}


@cache
def office() -> OfficePack:
    """Return the office of the shipped pack, read once."""
    return read_office(FOLDER)


@cache
def regions() -> Regions:
    """Return the regions of the shipped pack, read once."""
    return load_data(FOLDER).regions


def world(today: date, others: Mapping[str, object] | None = None) -> World:
    """Return the world of a day, with the units above and whatever else is named."""
    known = {**UNITS, **(others or {})}
    return World(
        today,
        calendar_from_rows(office().workdays),
        office().rules,
        {},
        regions(),
        known.get,
        lambda kind: tuple(sorted(s for s in known if s.startswith(f"{kind}/"))),
    )


def fact(stream: str, act: str, by: str, unit: str, on: date, /, **body: Json) -> Fact:
    """Return a fact at nine in the morning in UTC."""
    return Fact(stream, 1, act, by, unit, datetime(on.year, on.month, on.day, 9, tzinfo=UTC), on, body)


@dataclass
class Desk:
    """One subject worked on day by day: an act is taken only where nothing is refused, as the ledger does it."""

    subject: Subject[Any]
    id: str
    others: dict[str, object] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)

    @property
    def state(self) -> Any:
        """The state after everything taken so far."""
        found = self.subject.start(self.id)
        for taken in self.facts:
            found = self.subject.step(found, taken)
        return found

    def try_act(self, act: str, by: str, unit: str, on: date, /, **body: Json) -> list[str]:
        """Take an act if nothing stands against it; return the codes of what does."""
        there = world(on, self.others)
        state = self.state
        made = fact(f"{self.subject.id}/{self.id}", act, by, unit, on, **body)
        found = [p.code for p in self.subject.refuse(state, made, there)]
        form = next((a for a in self.subject.acts(state, there) if a.id == act), None)
        if form is not None:
            found += [p.code for p in read_form(form, {k: _words(v) for k, v in body.items()})[1]]
        if not found:
            self.facts.append(made)
        return found

    def do(self, act: str, by: str, unit: str, on: date, /, **body: Json) -> None:
        """Take an act that nothing may stand against."""
        found = self.try_act(act, by, unit, on, **body)
        assert found == [], found


def _words(value: Json) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else [str(value)]
