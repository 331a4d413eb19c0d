"""The examples of a book as they come out: the verdict of each, and which rules hold or stay open in it."""

from dataclasses import dataclass

from zhishu.data.regions import Regions
from zhishu.errors import Problem
from zhishu.judge.opinion import opinion_of
from zhishu.judge.possible import weigh
from zhishu.judge.ruleset import assemble
from zhishu.pack.book import Book, BookExample
from zhishu.system.books.read import read_facts, read_settings
from zhishu.system.case import RawRow


@dataclass(frozen=True, slots=True)
class Tried:
    """One example by its number: its verdict (None where its form is refused, with why), rules that hold and those open."""

    number: int
    example: BookExample
    verdict: str | None
    fired: tuple[str, ...]
    open: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


def tried(book: Book, regions: Regions) -> tuple[Tried, ...]:
    """Return every example of a book with what it gives."""
    return tuple(_try(book, n, example, regions) for n, example in enumerate(book.examples, 1))


def _try(book: Book, number: int, example: BookExample, regions: Regions) -> Tried:
    case, problems = read_facts(book, RawRow(example.given, example.id), example.on, regions)
    settings, more = read_settings(book, example.set)
    if problems or more:
        return Tried(number, example, None, (), (), (*problems, *more))
    rules = assemble(book, example.on, settings, example.lists)
    opinion = opinion_of(rules, weigh(rules, case.values))
    return Tried(number, example, opinion.verdict, opinion.fired, opinion.open)
