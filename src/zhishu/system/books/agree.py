"""Stated facts against each other: the checks of a book that a case breaks, with the facts and their values."""

from collections.abc import Callable, Mapping

from zhishu.errors import Problem
from zhishu.formula.evaluate import Value, evaluate
from zhishu.formula.scopes import Plain
from zhishu.pack.book import Agree, Book
from zhishu.pack.slots import fill
from zhishu.system.books.say import told
from zhishu.terms import Text


def contradictions(book: Book, values: Mapping[str, Value], where: Callable[[str], str]) -> tuple[Problem, ...]:
    """Return the checks that surely fail on the stated facts of a case; an unknown fact breaks none.

    ``where`` gives the place of a field; a problem stands at all fields of its check, joined by a comma.
    """
    return tuple(
        _contradicts(book, agree, values, where)
        for agree in book.checks
        if evaluate(agree.node, Plain(values)) is False
    )


def _contradicts(book: Book, agree: Agree, values: Mapping[str, Value], where: Callable[[str], str]) -> Problem:
    say = fill(agree.say, lambda name, language: told(book, name, values[name]).say(language))
    facts = [(book.fields[f].name, told(book, f, values[f])) for f in agree.reads]
    zh, en = "，".join(f"{n.zh}：{v.zh}" for n, v in facts), ", ".join(f"{n.en}: {v.en}" for n, v in facts)
    what = Text(f"所填互相矛盾：{say.zh}（{zh}）", f"these facts contradict each other: {say.en} ({en})")
    repair = Text(
        "对照原件核对这几项，改正填错的；不清楚的留空",
        "check them against the papers, correct the wrong one; leave blank what is not sure",
    )
    return Problem("case-contradictory", where(",".join(agree.reads)), what, repair)
