"""A dated list: entries matched by equality, prefix or code, in force from a day to a day, asked three-valued."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import Literal

from zhishu.formula.evaluate import Value
from zhishu.logic import Truth, Unknown
from zhishu.pack.cite import Cite
from zhishu.terms import Text

_MISSING = Unknown("missing")
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
class Keyed:
    """The entries of a list by one of their keys, as places in the list; ``every`` holds those for all values.

    ``lengths`` are those of the keys where a value matches by its beginning, None where it matches as a whole.
    """

    every: tuple[int, ...]
    by: Mapping[str, tuple[int, ...]]
    lengths: tuple[int, ...] | None

    def near(self, value: str) -> list[tuple[int, ...]]:
        """Return the places of the entries whose key a value matches, in ordered pieces."""
        begins = (value,) if self.lengths is None else tuple(value[:n] for n in self.lengths if n <= len(value))
        return [self.every, *(self.by[b] for b in begins if b in self.by)]


@dataclass(frozen=True, slots=True)
class DatedList:
    """A list of a rule book. ``on`` is the fact whose day decides, or none for the day that is asked.

    Without entries (None) nobody has loaded it, and whether anything stands in it is unknown. One that covers its
    ``entries`` only says nothing of days on which none of them is in force. ``of`` is the list whose entries it has.
    """

    id: str
    name: Text
    match: tuple[Match, ...]
    on: str | None
    entries: tuple[Entry, ...] | None
    cite: Cite | None = None
    proposal: Text | None = None
    covers: Literal["always", "entries"] = "always"
    of: str = ""
    indexed: tuple[Keyed, ...] = field(default=(), repr=False, compare=False)

    def facts(self) -> tuple[str, ...]:
        """Return the facts that decide, the day last."""
        return (*(m.fact for m in self.match), *((self.on,) if self.on else ()))

    def doubtful(self) -> bool:
        """Return whether the list may say unknown of a subject whose keys are all known: a coarse code, no version."""
        return self.covers != "always" or any(m.by == "code" for m in self.match)


@dataclass(frozen=True, slots=True)
class ByKey:
    """The keys of one fact under which a list surely holds, or may hold; None stands for every word."""

    sure: frozenset[str | None]
    may: Mapping[str | None, Unknown]
    lengths: tuple[int, ...] | None

    def of(self, word: str) -> Truth:
        """Return whether the list holds where the fact is this word."""
        keys = (None, word) if self.lengths is None else (None, *(word[:n] for n in self.lengths if n <= len(word)))
        if any(k in self.sure for k in keys):
            return True
        return next((self.may[k] for k in keys if k in self.may), False)


def waiting(dated: DatedList) -> DatedList:
    """Return a proposed list as it stands before anybody adopts it: it says nothing of anyone."""
    return replace(dated, entries=None)


def shared(lists: Mapping[str, DatedList]) -> dict[str, DatedList]:
    """Return lists where each that has the entries of another has them, and waits as that one does."""
    return {
        name: replace(d, entries=lists[d.of].entries, proposal=lists[d.of].proposal) if d.of else d
        for name, d in lists.items()
    }


def indexed(dated: DatedList) -> tuple[Keyed, ...]:
    """Return the places of the entries by their keys, for each match."""
    return tuple(_keyed(dated, i, match) for i, match in enumerate(dated.match))


def _keyed(dated: DatedList, column: int, match: Match) -> Keyed:
    if match.by == "code":
        # a coarser code may fall under any entry it begins: all are looked at
        return Keyed(tuple(range(len(dated.entries or ()))), {}, ())
    every: list[int] = []
    by: dict[str, list[int]] = {}
    for place, entry in enumerate(dated.entries or ()):
        key = entry.keys[column]
        if key is None:
            every.append(place)
        else:
            by.setdefault(key, []).append(place)
    lengths = sorted({len(key) for key in by}) if match.by == "prefix" else None
    return Keyed(tuple(every), {k: tuple(v) for k, v in by.items()}, None if lengths is None else tuple(lengths))


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
        # entries of a proposal are only taken away where nobody has adopted it
        return Unknown("no_list" if dated.proposal is None else "not_adopted", dated.name.zh, dated.name.en)
    doubt: Unknown | None = None
    for entry in near(dated, values, surely=True):
        found = _matches(dated, entry, values, today)
        if found is True:
            return True
        doubt = found if doubt is None and isinstance(found, Unknown) else doubt
    # where every key is known, what may hold a subject is what has been looked at
    if any(isinstance(values.get(m.fact, _MISSING), Unknown) for m in dated.match):
        told = (_matches(dated, entry, values, today) for entry in near(dated, values))
        doubt = next((found for found in told if isinstance(found, Unknown)), None)
    if doubt is not None:
        return doubt
    return _uncovered(dated, values, today) or False


def by_key(dated: DatedList, fact: str, values: Mapping[str, Value], today: date) -> "ByKey":
    """Return how a list answers for each word of one fact while all others stay as they are."""
    column = next(i for i, m in enumerate(dated.match) if m.fact == fact)
    lengths = dated.indexed[column].lengths if dated.indexed else None
    sure: set[str | None] = set()
    may: dict[str | None, Unknown] = {}
    asked: dict[str, Value] = {f: values.get(f, _MISSING) for f in dated.facts()} | {fact: _MISSING}
    for entry in near(dated, asked):
        key = entry.keys[column]
        found = _matches(dated, entry, {**asked, fact: key or ""}, today)
        if found is True:
            sure.add(key)
        elif isinstance(found, Unknown):
            may.setdefault(key, found)
    return ByKey(frozenset(sure), may, lengths)


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
    found = [e for e in near(dated, values, surely=True) if _matches(dated, e, values, today) is True]
    return tuple(sorted(found, key=lambda e: (e.where, e.id)))


def near(dated: DatedList, values: Mapping[str, Value], surely: bool = False) -> Sequence[Entry]:
    """Return entries, in the order of the list, among which are all that may hold a subject.

    With ``surely`` all that surely do: where a key is missing, only entries for every value of it.
    """
    entries = dated.entries or ()
    least: list[tuple[int, ...]] | None = None
    fewest = len(entries)
    for match, keyed in zip(dated.match, dated.indexed, strict=False):
        value = values.get(match.fact, _MISSING)
        if isinstance(value, Unknown):
            if not surely:
                continue
            pieces = [keyed.every]
        else:
            pieces = keyed.near(str(value))
        size = sum(map(len, pieces))
        if size < fewest:
            least, fewest = pieces, size
    return entries if least is None else [entries[i] for i in sorted(chain(*least))]


def keys_match(dated: DatedList, entry: Entry, values: Mapping[str, Value]) -> Truth:
    """Return whether the keys of an entry are those of a subject, whatever the day."""
    unknown: Unknown | None = None
    for match, key in zip(dated.match, entry.keys, strict=True):
        if key is None:
            continue
        value = values.get(match.fact, _MISSING)
        if isinstance(value, Unknown):
            unknown = unknown or value
        elif match.by == "code" and key != value and key.startswith(str(value)):
            unknown = unknown or COARSE
        elif not (value == key if match.by == "equal" else str(value).startswith(key)):
            return False
    return True if unknown is None else unknown


def _matches(dated: DatedList, entry: Entry, values: Mapping[str, Value], today: date) -> Truth:
    keys = keys_match(dated, entry, values)
    if keys is False:
        return False
    unknown = keys if isinstance(keys, Unknown) else None
    day = values.get(dated.on, _MISSING) if dated.on else today
    if isinstance(day, Unknown):
        # an entry that has always been in force does not wait for the day
        return unknown or day
    if isinstance(day, date) and not entry.in_force(day):
        return False
    return True if unknown is None else unknown
