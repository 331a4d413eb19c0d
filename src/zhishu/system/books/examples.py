"""Running a rule book's own examples: each is a case with the opinion it must get."""

from zhishu.data.regions import Regions
from zhishu.errors import Problem
from zhishu.judge.opinion import Opinion, judge_case
from zhishu.judge.ruleset import assemble
from zhishu.pack.book import Book, BookExample
from zhishu.system.answer import NOWHERE
from zhishu.system.books.read import read_facts, read_settings
from zhishu.system.case import RawRow
from zhishu.terms import Text


def try_book(book: Book, regions: Regions = NOWHERE) -> tuple[Problem, ...]:
    """Return every difference between what a book's examples give and what they must give."""
    return tuple(p for example in book.examples for p in try_case(book, example, regions))


def try_case(book: Book, example: BookExample, regions: Regions = NOWHERE) -> tuple[Problem, ...]:
    """Return the differences of one example."""
    case, problems = read_facts(book, RawRow(example.given, example.id), example.on, regions)
    settings, more = read_settings(book, example.set)
    codes = sorted(p.code for p in (*problems, *more))
    if codes != sorted(example.problems):
        return (_differs(example, "problems", sorted(example.problems), codes),)
    if codes:
        return ()
    opinion = judge_case(assemble(book, example.on, settings, example.lists), case.values, book.fixed)
    have = _shown(opinion)
    return tuple(
        _differs(example, name, wanted, have.get(name))
        for name, wanted in example.expect.items()
        if have.get(name) != (list(wanted) if isinstance(wanted, list | tuple) else wanted)
    )


def _shown(opinion: Opinion) -> dict[str, object]:
    return {
        "verdict": opinion.verdict,
        "possible": list(opinion.possible),
        "best": opinion.best,
        "worst": opinion.worst,
        "exact": opinion.exact,
        "fired": list(opinion.fired),
        "open": list(opinion.open),
        "missing": list(opinion.missing),
        "ask": opinion.ask[0].fact if opinion.ask else None,
        "change": opinion.change.verdict if opinion.change else None,
        "change_facts": [s.fact for s in opinion.change.steps] if opinion.change else [],
    }


def _differs(example: BookExample, name: str, wanted: object, have: object) -> Problem:
    return Problem(
        "example-differs",
        example.where,
        Text(
            f"例 {example.id} 的 {name} 应为 {wanted}，得 {have}",
            f"example {example.id}: {name} must be {wanted}, is {have}",
        ),
        Text("改例子或改规则", "correct the example or the rule"),
    )
