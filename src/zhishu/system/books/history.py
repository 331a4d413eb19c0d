"""What changed in a rule book and when: values of parameters, entries of lists that came and went."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from zhishu.pack.book import Book
from zhishu.pack.dated_list import DatedList, Entry
from zhishu.pack.in_force import in_base
from zhishu.system.books.say import told
from zhishu.terms import Text, counted

NAMED = 6
"""So many entries are named where many come or go on one day."""


@dataclass(frozen=True, slots=True)
class Event:
    """One change on one day, the sentence it rests on, or why it is a proposal."""

    day: date
    what: Text
    at: str | None
    proposal: Text | None


def history(book: Book) -> tuple[Event, ...]:
    """Return every dated change of a book, the earliest first; what has always held is no change."""
    found = [*_parameters(book), *(e for d in book.lists.values() for e in _entries(d))]
    return tuple(sorted(found, key=lambda e: (e.day, e.what)))


def _parameters(book: Book) -> list[Event]:
    found = []
    for p in book.parameters.values():
        before: Text | None = None
        for day, value in p.values:
            now = told(book, p.id, in_base(p, value))
            if day > date.min:
                zh = f"{p.name.zh}由 {before.zh} 改为 {now.zh}" if before else f"{p.name.zh}定为 {now.zh}"
                en = f"{p.name.en}: {now.en}, before {before.en}" if before else f"{p.name.en}: {now.en}"
                found.append(Event(day, Text(zh, en), p.cite.at if p.cite else None, p.proposal))
            before = now
    return found


def _entries(dated: DatedList) -> list[Event]:
    came: dict[date, list[Entry]] = defaultdict(list)
    went: dict[date, list[Entry]] = defaultdict(list)
    for entry in dated.entries or ():
        if entry.valid_from > date.min:
            came[entry.valid_from].append(entry)
        if entry.valid_to is not None and entry.valid_to < date.max:
            # the last day is still in force
            went[entry.valid_to + timedelta(days=1)].append(entry)
    at = dated.cite.at if dated.cite else None
    found = []
    for days, zh, en in ((came, "列入", "come on"), (went, "退出", "leave")):
        for day, entries in days.items():
            names = [e.called() for e in entries[:NAMED]]
            more = Text("等", " and others") if len(entries) > NAMED else Text("", "")
            what = Text(
                f"“{dated.name.zh}”{zh} {len(entries)} 条：{'、'.join(n.zh for n in names)}{more.zh}",
                f"{counted(len(entries), 'entry', 'entries')} {en} “{dated.name.en}”: {', '.join(n.en for n in names)}{more.en}",
            )
            found.append(Event(day, what, at, dated.proposal))
    return found
