"""Citations against the text: each quoted phrase must stand in the sentence it names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zhishu.errors import Problem, did_you_mean
from zhishu.source.near import nearest, say_difference
from zhishu.source.split import Sentence, normalise, say_place
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Citation:
    """One place a declaration cites: sentence id, anchor phrase, and the file:line that cites it."""

    at: str
    quote: str
    where: str


def verify(citations: Iterable[Citation], sentences: Iterable[Sentence]) -> tuple[Problem, ...]:
    """Return a problem for every citation whose phrase is not in its sentence, sorted by place.

    Codes: ``cite-place-unknown`` (no such sentence), ``cite-quote-empty``, ``cite-quote-elsewhere``
    (all places are named), ``cite-quote-near`` (one or two characters differ), ``cite-quote-absent``.

    >>> text = [Sentence(2, 1, "成都带动。"), Sentence(2, 2, "五区协同发展。")]
    >>> verify([Citation("2.1", "五区协同", "02.yaml:7")], text)[0].what.en
    '“五区协同” is not in article 2 sentence 1, it stands at 2.2'
    """
    texts = {s.id: s.text for s in sentences}
    problems = [p for c in citations if (p := _check(c, texts)) is not None]
    return tuple(sorted(problems, key=lambda p: (p.where, p.code)))


def verify_places(citations: Iterable[Citation], ids: Iterable[str]) -> tuple[Problem, ...]:
    """Return a problem for every citation of a sentence that does not exist; the index suffices."""
    known = frozenset(ids)
    problems = [_unknown_place(c, known, []) for c in citations if c.at not in known]
    return tuple(sorted(problems, key=lambda p: (p.where, p.code)))


def _check(c: Citation, texts: Mapping[str, str]) -> Problem | None:
    quote = normalise(c.quote)
    if not quote:
        return _empty(c)
    if quote in texts.get(c.at, ""):
        return None
    elsewhere = [at for at, text in texts.items() if quote in text]
    if c.at not in texts:
        return _unknown_place(c, texts, elsewhere)
    if elsewhere:
        return _elsewhere(c, elsewhere)
    here = nearest(quote, texts[c.at])
    if here is not None:
        return _near(c, c.at, quote, here[1])
    others = ((near, at) for at, text in texts.items() if (near := nearest(quote, text)) is not None)
    best = min(others, key=lambda item: item[0][0], default=None)
    if best is not None:
        return _near(c, best[1], quote, best[0][1])
    return _absent(c)


def _unknown_place(c: Citation, known: Iterable[str], elsewhere: list[str]) -> Problem:
    repair = did_you_mean(c.at, known)
    if elsewhere:
        repair = Text(f"该短语在 {'、'.join(elsewhere)}", f"the phrase stands at {', '.join(elsewhere)}")
    return Problem(
        "cite-place-unknown",
        c.where,
        Text(f"没有第 {c.at} 句", f"there is no sentence {c.at}"),
        repair,
    )


def _empty(c: Citation) -> Problem:
    return Problem(
        "cite-quote-empty",
        c.where,
        Text(f"引用 {c.at} 没有短语", f"the citation of {c.at} has no phrase"),
        Text("从该句抄一个短语作锚", "copy a short phrase of that sentence as anchor"),
    )


def _elsewhere(c: Citation, places: list[str]) -> Problem:
    place = say_place(c.at)
    return Problem(
        "cite-quote-elsewhere",
        c.where,
        Text(
            f"“{c.quote}”不在{place.zh}，在 {'、'.join(places)}",
            f"“{c.quote}” is not in {place.en}, it stands at {', '.join(places)}",
        ),
        Text(f'改为 at: "{places[0]}"', f'write at: "{places[0]}"')
        if len(places) == 1
        else Text("在这些位置中选对的一处", "choose the right one of these places"),
    )


def _near(c: Citation, at: str, quote: str, passage: str) -> Problem:
    place, difference = say_place(at), say_difference(quote, passage)
    move = Text("", "") if at == c.at else Text(f'，at 改为 "{at}"', f' and at: "{at}"')
    return Problem(
        "cite-quote-near",
        c.where,
        Text(
            f"“{c.quote}”与{place.zh}的“{passage}”不同：{difference.zh}",
            f"“{c.quote}” is not quite “{passage}” of {place.en}: {difference.en}",
        ),
        Text(f"引文改为“{passage}”{move.zh}", f"quote “{passage}”{move.en}"),
    )


def _absent(c: Citation) -> Problem:
    place = say_place(c.at)
    return Problem(
        "cite-quote-absent",
        c.where,
        Text(f"“{c.quote}”不在{place.zh}，全文也没有", f"“{c.quote}” is neither in {place.en} nor elsewhere"),
        Text("从该句原样抄一个短语", "copy a phrase of that sentence as it stands"),
    )
