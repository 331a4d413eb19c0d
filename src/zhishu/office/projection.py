"""What the record amounts to: the state of every subject, and what was asked of whom. Rebuilt from entries alone."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from zhishu.coordinate.subject import Subject
from zhishu.ledger import Entry


@dataclass(slots=True)
class Projection:
    """States by stream as far as entry ``seq``; it only ever moves forward.

    States are never changed, only replaced, so a reader needs no lock. ``streams`` lists those of a kind in the
    order they began. ``changed`` counts the entries on each kind: what was worked out from a kind's states holds as
    long as its count does. ``touched`` names the stream of every entry that came in one by one, in order.
    ``concerning`` lists, by unit, the streams it is part of, and may list some that it once was; ``asks`` the
    entries that asked something of a unit, by month and unit. ``stirred`` counts, by stream, the entries that came in
    on the units it concerns: with their names and their ends, what is said of it changes though nothing was
    recorded on it. ``deciding`` names the streams on which a ruling waits that more than one unit may give.
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
    stirred: Counter[str] = field(default_factory=Counter)
    deciding: dict[str, None] = field(default_factory=dict)

    def apply(self, entries: Iterable[Entry]) -> None:
        """Take entries in, in their order; one that is in already is passed over."""
        for entry in entries:
            if entry.seq <= self.seq:
                continue
            fact, self.seq = entry.fact, entry.seq
            kind = self.kinds.get(fact.kind)
            if kind is None:
                continue
            stream = fact.stream
            new = stream not in self.states
            after = kind.step(kind.start(fact.subject) if new else self.states[stream], fact)
            self.states[stream] = after
            self.versions[stream] = fact.version
            self.last[stream] = fact.on
            # named only now: whoever finds it in a list finds its state
            if new:
                self.streams.setdefault(kind.id, []).append(stream)
            for unit in kind.scope(after).units:
                self.concerning.setdefault(unit, {})[stream] = None
            if kind.deciders(after):
                self.deciding[stream] = None
            else:
                self.deciding.pop(stream, None)
            self.changed[kind.id] += 1
            self._ask(kind.asked(after, fact), entry)
            self.touched.append(stream)
            if kind.id == "unit":
                self.stirred.update(s for s in self.concerning.get(fact.subject, ()) if s != stream)

    def _ask(self, units: Iterable[str], entry: Entry) -> None:
        for unit in units:
            self.asks.setdefault((f"{entry.fact.on:%Y-%m}", unit), []).append(entry)


def gathered(kinds: Mapping[str, Subject[Any]], entries: Iterable[Entry]) -> Projection:
    """Return the projection of entries that come subject by subject, those of each in their order.

    It is the one that ``apply`` makes of them in the order of their numbers, only sooner: the state of a subject
    stays at hand until it is done.
    """
    found = Projection(kinds)
    begun: list[tuple[int, str]] = []
    asking: list[tuple[int, tuple[str, ...], Entry]] = []
    for stream, grouped in groupby(entries, key=attrgetter("fact.stream")):
        own = list(grouped)
        last = own[-1]
        found.seq = max(found.seq, last.seq)
        name, _, id = stream.partition("/")
        kind = kinds.get(name)
        if kind is None:
            continue
        begun.append((own[0].seq, stream))
        state = kind.start(id)
        for entry in own:
            state = kind.step(state, entry.fact)
            units = kind.asked(state, entry.fact)
            if units:
                asking.append((entry.seq, units, entry))
        found.states[stream], found.versions[stream], found.last[stream] = state, last.fact.version, last.fact.on
        found.changed[name] += len(own)
        if kind.deciders(state):
            found.deciding[stream] = None
        for unit in kind.scope(state).units:
            found.concerning.setdefault(unit, {})[stream] = None
    for _, stream in sorted(begun):
        found.streams.setdefault(stream.partition("/")[0], []).append(stream)
    for _, units, entry in sorted(asking, key=itemgetter(0)):
        found._ask(units, entry)
    return found
