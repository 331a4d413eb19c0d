"""The strategy's text cut into articles and sentences that can be cited as ``20.10``."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

# Zero-width characters and soft hyphens are white space to a reader although str.isspace denies it.
_SPACE = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_BOOKMARK = re.compile(r"\[bookmark[^\[\]]*\]")
_ID = re.compile(r"([1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})")
# "1." opens the first heading wherever it stands (a title has no full stop), a later heading only after 。
_FIRST = re.compile(r"(?<![0-9.．])([1-9][0-9]{0,2})[.．](?![0-9])")
_LATER = re.compile(r"(?<=。)([1-9][0-9]{0,2})[.．](?![0-9])")


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """One normalised sentence; number 0 is the heading of its article.

    >>> Sentence(20, 10, "示例。").id
    '20.10'
    """

    article: int
    number: int
    text: str

    @property
    def id(self) -> str:
        """Return ``article.sentence``, the form in which a citation names it."""
        return f"{self.article}.{self.number}"


def parse_id(at: str) -> tuple[int, int] | None:
    """Return (article, sentence) of a citation id, or None where it is not one.

    >>> parse_id("20.10"), parse_id("20")
    ((20, 10), None)
    """
    match = _ID.fullmatch(at)
    return (int(match[1]), int(match[2])) if match else None


def say_place(at: str) -> Text:
    """Return a citation id in words; an id of another form is returned as it is.

    >>> say_place("20.10").zh
    '第20条第10句'
    """
    place = parse_id(at)
    if place is None:
        return Text(at, at)
    article, number = place
    if number == 0:
        return Text(f"第{article}条标题", f"heading of article {article}")
    return Text(f"第{article}条第{number}句", f"article {article} sentence {number}")


def normalise(text: str) -> str:
    """Return the text without white space and ``[bookmark…]`` marks, in Unicode form NFC.

    >>> normalise("成都 平原\\n经济区[bookmark: _GoBack]。")
    '成都平原经济区。'
    """
    bare = _SPACE.sub("", text)
    # Removing a mark can close the gap inside another one.
    while _BOOKMARK.search(bare):
        bare = _BOOKMARK.sub("", bare)
    return unicodedata.normalize("NFC", bare)


def split(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of all articles in the order of the text; title and preamble do not count.

    A sentence ends with 。 only; what follows the last 。 of an article is kept as a last sentence, so
    that nothing is lost. Wrong order and gaps are the business of :mod:`zhishu.source.order`. Raises
    ZhishuError (``source-no-articles``) where no numbered heading is found.

    >>> [(s.id, s.text) for s in split("示例决定 1.总则。成都先行。各市跟进。 2.附则。")]
    [('1.0', '总则。'), ('1.1', '成都先行。'), ('1.2', '各市跟进。'), ('2.0', '附则。')]
    """
    bare = normalise(text)
    first = _FIRST.search(bare)
    if first is None:
        raise ZhishuError([_no_articles()])
    heads = [first, *_LATER.finditer(bare, first.end())]
    ends = [head.start() for head in heads[1:]] + [len(bare)]
    found: list[Sentence] = []
    for head, end in zip(heads, ends, strict=True):
        body = bare[head.end() : end]
        parts = re.findall(r"[^。]*。|[^。]+\Z", body)
        found.extend(Sentence(int(head[1]), n, part) for n, part in enumerate(parts))
    return tuple(found)


def join(sentences: Iterable[Sentence]) -> str:
    """Return one line per article from which :func:`split` gives the same sentences again.

    >>> join([Sentence(1, 0, "总则。"), Sentence(1, 1, "成都先行。")])
    '1.总则。成都先行。'
    """
    lines: list[str] = []
    for s in sentences:
        if s.number == 0:
            lines.append(f"{s.article}.")
        lines[-1:] = [lines[-1] + s.text] if lines else [s.text]
    return "\n".join(lines)


def as_sentences(texts: Mapping[str, str]) -> tuple[Sentence, ...]:
    """Return the sentences of an id → text mapping in the order of the strategy; other keys are left out.

    >>> [s.id for s in as_sentences({"1.10": "乙。", "1.2": "甲。"})]
    ['1.2', '1.10']
    """
    placed = ((parse_id(at), text) for at, text in texts.items())
    return tuple(sorted(Sentence(p[0], p[1], text) for p, text in placed if p is not None))


def _no_articles() -> Problem:
    return Problem(
        "source-no-articles",
        "text",
        Text("没有找到“1.标题。”这样的条目", "no numbered heading such as “1.标题。” was found"),
        Text(
            "核对是否为决定全文；Word 自动编号请先另存为纯文本",
            "check that this is the full text; if Word numbers the headings, save as plain text first",
        ),
    )
