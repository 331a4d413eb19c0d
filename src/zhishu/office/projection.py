"""What the record amounts to: the state of every subject, and what was asked of whom. Rebuilt from entries alone."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from sys import intern
from typing import Any

from zhishu.coordinate.subject import Subject
from zhishu.ledger import Entry


@dataclass(slots=True)
class Projection:
    """States by stream as far as entry ``seq``; it only ever moves forward.

    States are never changed, only replaced, so a reader needs no lock. ``changed`` counts the entries on each
    kind: what was worked out from a kind's states holds as long as its count does. ``touched`` names the stream of
    every entry, in order. ``concerning`` lists, by unit, the streams it was ever part of, in the order it became
    so; ``asks`` the entries that asked something of a unit, by month and unit.
    """

    kinds: Mapping[str, Subject[Any]]
    seq: int = 0
    states: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    last: dict[str, date] = field(default_factory=dict)
    streams: dict[str, list[str]] = field(default_factory=dict)
    changed: Counter[str] = field(default_factory=Counter)
    touched: list[str] = field(default_factory=list)
    asks: dict[tuple[str, str], list[Entry]] = field(default_factory=dict)
    concerning: dict[str, dict[str, None]] = field(default_factory=dict)

    def apply(self, entries: Iterable[Entry]) -> None:
        """Take entries in, in their order; one that is in already is passed over."""
        for entry in entries:
            if entry.seq <= self.seq:
                continue
            fact, self.seq = entry.fact, entry.seq
            kind = self.kinds.get(fact.kind)
            if kind is None:
                continue
            stream = intern(fact.stream)  # one text for all that happens to a subject
            before = self.states.get(stream)
            if before is None:
                before = kind.start(fact.subject)
                self.streams.setdefault(kind.id, []).append(stream)
            after = kind.step(before, fact)
            self.states[stream] = after
            self.versions[stream] = fact.version
            self.last[stream] = fact.on
            self.changed[kind.id] += 1
            for unit in kind.scope(after).units:
                self.concerning.setdefault(unit, {})[stream] = None
            for unit in kind.asked(after, fact):
                self.asks.setdefault((f"{fact.on:%Y-%m}", unit), []).append(entry)
            self.touched.append(stream)
