"""Parameters and lists of a book as its page shows them: what is in force on the day, and all there is."""

from dataclasses import dataclass
from datetime import date

from zhishu.logic import Unknown
from zhishu.pack.book import Book
from zhishu.pack.dated_list import DatedList, Entry
from zhishu.pack.in_force import in_base, in_force
from zhishu.pack.system import Parameter
from zhishu.system.books.read import offered_list
from zhishu.system.books.say import looked_up, named, told
from zhishu.system.settings import offer
from zhishu.terms import Text

SHOWN = 50
"""So many entries of a list stand on its page; all are in the CSV."""
ALWAYS = Text("自始", "always")


@dataclass(frozen=True, slots=True)
class ParameterView:
    """A parameter: what is in force, every dated value, and what is proposed where nothing is declared."""

    parameter: Parameter
    now: Text | None
    values: tuple[tuple[Text, Text], ...]
    offer: Text | None


@dataclass(frozen=True, slots=True)
class ListView:
    """A list: which facts are looked up and how, how many entries are in force, and the first of all entries."""

    dated: DatedList
    match: Text
    facts: tuple[Text, ...]
    day: Text | None
    in_force: int
    entries: tuple[tuple[Entry, bool], ...]
    offer: Text | None


def parameter_view(book: Book, parameter: Parameter, on: date) -> ParameterView:
    """Return a parameter with its value on a day."""
    value = in_force(parameter, on)
    return ParameterView(
        parameter,
        None if isinstance(value, Unknown) else told(book, parameter.id, value),
        tuple(
            (
                ALWAYS if day == date.min else Text(f"{day.isoformat()} 起", f"from {day.isoformat()}"),
                told(book, parameter.id, in_base(parameter, v)),
            )
            for day, v in parameter.values
        ),
        offer(parameter).why if parameter.proposed is not None else None,
    )


def list_view(book: Book, dated: DatedList, on: date) -> ListView:
    """Return a list with its entries in force first, as the file has them."""
    entries = sorted(dated.entries or (), key=lambda e: not e.in_force(on))
    return ListView(
        dated,
        looked_up(book, dated),
        tuple(named(book, m.fact) for m in dated.match),
        None if dated.on is None else named(book, dated.on),
        sum(e.in_force(on) for e in entries),
        tuple((e, e.in_force(on)) for e in entries[:SHOWN]),
        None if dated.proposal is None else offered_list(dated),
    )
