"""A dated list: entries matched by equality, prefix or code, in force from a day to a day, asked three-valued."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from zhishu.formula.evaluate import Value
from zhishu.logic import Truth, Unknown
from zhishu.pack.cite import Cite
from zhishu.terms import Text

COARSE = Unknown("coarse")
"""A code that names a class of which an entry is a part only."""


@dataclass(frozen=True, slots=True)
class Match:
    """Which fact is looked up in which column, how, and the word that stands for every value.

    ``code`` is ``prefix`` for the codes of a classification: one coarser than the entry may or may not fall under it.
    """

    fact: str
    column: str
    by: Literal["equal", "prefix", "code"]
    every: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: a key for each match (None holds for all), the days it is in force, both included, its basis.

    ``en`` and ``basis_en`` are the entry's id and its basis as English says them, where the list gives them.
    """

    id: str
    keys: tuple[str | None, ...]
    valid_from: date
    valid_to: date | None
    basis: str
    where: str
    en: str = ""
    basis_en: str = ""

    def called(self) -> Text:
        """Return the entry's name in both languages."""
        return Text(self.id, self.en or self.id)

    def in_force(self, on: date) -> bool:
        """Return whether the entry is in force on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class DatedList:
    """A list of a rule book. ``on`` is the fact whose day decides, or none for the day that is asked.

    Without entries (None) nobody has loaded it, and whether anything stands in it is unknown. One that covers its
    ``entries`` only says nothing of days on which none of them is in force.
    """

    id: str
    name: Text
    match: tuple[Match, ...]
    on: str | None
    entries: tuple[Entry, ...] | None
    cite: Cite | None = None
    proposal: Text | None = None
    covers: Literal["always", "entries"] = "always"
    indexed: "Mapping[tuple[str | None, ...], tuple[Entry, ...]]" = field(
        default_factory=dict, repr=False, compare=False
    )

    def facts(self) -> tuple[str, ...]:
        """Return the facts that decide, the day last."""
        return (*(m.fact for m in self.match), *((self.on,) if self.on else ()))


def indexed(dated: DatedList) -> Mapping[tuple[str | None, ...], tuple[Entry, ...]]:
    """Return the entries by the keys of the matches that ask for equality; None stands for all."""
    found: dict[tuple[str | None, ...], list[Entry]] = {}
    equal = [i for i, m in enumerate(dated.match) if m.by == "equal"]
    for entry in dated.entries or ():
        found.setdefault(tuple(entry.keys[i] for i in equal), []).append(entry)
    return {k: tuple(v) for k, v in found.items()}


def holds(dated: DatedList, values: Mapping[str, Value], today: date) -> Truth:
    """Return whether the list holds a subject on the day; unknown where a missing fact could decide.

    >>> entry = Entry("示例1", ("26", "示例县"), date(2019, 1, 1), None, "", "list:2")
    >>> matches = (Match("code", "code", "prefix"), Match("county", "place", "equal"))
    >>> steel = DatedList("steel", Text("示例", "specimen"), matches, None, (entry,))
    >>> holds(steel, {"code": "2611", "county": "示例县"}, date(2020, 1, 1))
    True
    >>> holds(steel, {"code": Unknown("missing"), "county": "别县"}, date(2020, 1, 1))
    False
    """
    if dated.entries is None:
        return Unknown("no_list", dated.name.zh, dated.name.en)
    open_: Unknown | None = None
    for entry in _near(dated, values):
        found = _matches(dated, entry, values, today)
        if found is True:
            return True
        if isinstance(found, Unknown) and open_ is None:
            open_ = found
    return _uncovered(dated, values, today) or False if open_ is None else open_


def covered(dated: DatedList, day: date) -> bool:
    """Return whether the list speaks of a day."""
    return dated.covers == "always" or any(e.in_force(day) for e in dated.entries or ())


def _uncovered(dated: DatedList, values: Mapping[str, Value], today: date) -> Unknown | None:
    """Return why a list that does not hold a subject may still not say no: no version of it is known for the day."""
    if dated.covers == "always":
        return None
    day = values.get(dated.on, Unknown("missing")) if dated.on else today
    if isinstance(day, Unknown):
        return day
    return (
        None if isinstance(day, date) and covered(dated, day) else Unknown("no_version", dated.name.zh, dated.name.en)
    )


def hits(dated: DatedList, values: Mapping[str, Value], today: date) -> tuple[Entry, ...]:
    """Return the entries that surely hold a subject on the day, in the order of the list."""
    found = [e for e in _near(dated, values) if _matches(dated, e, values, today) is True]
    return tuple(sorted(found, key=lambda e: (e.where, e.id)))


def _near(dated: DatedList, values: Mapping[str, Value]) -> Iterator[Entry]:
    """Yield the entries that the known equal keys leave; all of them where one is unknown."""
    wanted = [values.get(m.fact, Unknown("missing")) for m in dated.match if m.by == "equal"]
    if not dated.indexed or any(isinstance(v, Unknown) for v in wanted):
        yield from dated.entries or ()
        return
    for key in _choices([str(v) for v in wanted]):
        yield from dated.indexed.get(key, ())


def _choices(wanted: Sequence[str]) -> Iterator[tuple[str | None, ...]]:
    if not wanted:
        yield ()
        return
    for rest in _choices(wanted[1:]):
        yield (wanted[0], *rest)
        yield (None, *rest)


def _matches(dated: DatedList, entry: Entry, values: Mapping[str, Value], today: date) -> Truth:
    unknown: Unknown | None = None
    for match, key in zip(dated.match, entry.keys, strict=True):
        if key is None:
            continue
        value = values.get(match.fact, Unknown("missing"))
        if isinstance(value, Unknown):
            unknown = unknown or value
        elif match.by == "code" and key != value and key.startswith(str(value)):
            unknown = unknown or COARSE
        elif not (value == key if match.by == "equal" else str(value).startswith(key)):
            return False
    day = values.get(dated.on, Unknown("missing")) if dated.on else today
    if isinstance(day, Unknown):
        # an entry that has always been in force does not wait for the day
        return unknown or day
    if isinstance(day, date) and not entry.in_force(day):
        return False
    return True if unknown is None else unknown
