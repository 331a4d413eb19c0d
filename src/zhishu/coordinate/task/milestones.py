"""Milestones of a task: written one a line, reported done by their numbers."""

import re
from datetime import date

from zhishu.coordinate.tasks import Item, Milestone, Word

_LINE = re.compile(r"(\d{4}-\d{2}-\d{2})\s+(\S.*)")
_BETWEEN = re.compile(r"[、，,；;\s]+")


def read_milestones(text: str) -> tuple[tuple[Milestone, ...], tuple[str, ...]]:
    """Return the milestones of a text, one a line, and the lines nobody can read.

    >>> read_milestones("2026-03-01 完成招标\\n尽快完工")
    ((Milestone(on=datetime.date(2026, 3, 1), title='完成招标'),), ('尽快完工',))
    """
    found, bad = [], []
    for line in filter(None, (raw.strip() for raw in text.splitlines())):
        match = _LINE.fullmatch(line)
        day = _day(match[1]) if match else None
        if match and day:
            found.append(Milestone(day, match[2].strip()))
        else:
            bad.append(line)
    return tuple(found), tuple(bad)


def _day(word: str) -> date | None:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


def read_numbers(text: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return the numbers of milestones in a text, and the words that are none.

    >>> read_numbers("1、3 二")
    ((1, 3), ('二',))
    """
    if not text:
        return (), ()
    words = [w for w in _BETWEEN.split(text) if w]
    good = [w for w in words if w.isascii() and w.isdecimal() and len(w) < 6]
    return tuple(dict.fromkeys(map(int, good))), tuple(w for w in words if w not in good)


def reached(item: Item) -> dict[int, Word]:
    """Return by number the milestones reported done, each with the first word that proved it."""
    found: dict[int, Word] = {}
    for word in item.words:
        for number in word.milestones:
            if word.proven and 0 < number <= len(item.milestones):
                found.setdefault(number, word)
    return found
