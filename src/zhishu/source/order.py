"""Whether the articles of a text run 1, 2, 3 … and every sentence is closed."""

from collections.abc import Iterable
from itertools import pairwise

from zhishu.errors import Problem
from zhishu.source.split import Sentence, say_place
from zhishu.terms import Text


def order_problems(sentences: Iterable[Sentence], origin: str = "") -> tuple[Problem, ...]:
    """Return what is wrong with the run of articles: a gap, a number twice or out of order, an open end.

    ``origin`` (a file name) is put before the place. An empty result means articles 1..n in order.
    """
    listed = list(sentences)
    numbers = [s.article for s in listed if s.number == 0]
    problems: list[Problem] = []
    top = max(numbers, default=0)
    for n in range(1, top + 1):
        times = numbers.count(n)
        if times == 0:
            problems.append(_article(origin, n, "missing", "没有出现", "is missing"))
        elif times > 1:
            problems.append(_article(origin, n, "twice", f"出现了 {times} 次", f"stands {times} times"))
    for before, n in pairwise(numbers):
        if n < before:
            problems.append(_article(origin, n, "order", f"排在第{before}条之后", f"stands after article {before}"))
    for s in listed:
        if not s.text.endswith("。"):
            problems.append(_open_end(origin, s))
    return tuple(problems)


def _article(origin: str, number: int, code: str, zh: str, en: str) -> Problem:
    return Problem(
        f"source-article-{code}",
        f"{origin} {number}".strip(),
        Text(f"第{number}条{zh}", f"article {number} {en}"),
        Text(
            "各条按 1、2、3… 排列，标题以“。”结束，前一条也以“。”结束",
            "articles run 1, 2, 3 …; a heading ends with 。 and so does the article before it",
        ),
    )


def _open_end(origin: str, s: Sentence) -> Problem:
    place = say_place(s.id)
    start = s.text[:20]
    return Problem(
        "source-sentence-open",
        f"{origin} {s.id}".strip(),
        Text(f"{place.zh}没有以“。”结束：{start}", f"{place.en} does not end with 。: {start}"),
        Text("补上句号，或删去正文之后的文字", "add the full stop, or delete what follows the text"),
    )
