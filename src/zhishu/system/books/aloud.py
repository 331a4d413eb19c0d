"""A rule read aloud: from its declaration to a sentence in Chinese and in English, and never from words of its own."""

import re
from dataclasses import dataclass
from datetime import date

from zhishu.formula.tree import Logic, Name, Node
from zhishu.pack.book import Book, BookRule, Fact
from zhishu.system.books import kinds
from zhishu.system.books.phrases import Phrases
from zhishu.system.books.say import named
from zhishu.terms import Language, Text

_BETWEEN = re.compile(r"(?<=[\u3001-\u303f\u4e00-\u9fff（）“”，；]) (?=[\u3001-\u303f\u4e00-\u9fff（“])")


@dataclass(frozen=True, slots=True)
class Reading:
    """A rule in words: the sentence, and its parts: what must all hold, unless what, what sets it aside, what follows."""

    sentence: Text
    conditions: tuple[Text, ...]
    unless: Text | None
    yields_to: tuple[str, ...]
    then: Text


def aloud(book: Book, node: Node, on: date) -> Text:
    """Return a condition or a value of a book in words, parameters as they are in force on a day."""
    return _bare(_inside(book, node, on))


def _inside(book: Book, node: Node, on: date) -> Text:
    """Return the same as it stands inside a sentence, brackets around what belongs together."""

    def say(language: Language) -> str:
        phrases = Phrases(book, on, language)
        return phrases.clause(node) if kinds.is_truth(book, node) else phrases.term(node)

    return Text(_close(say("zh")), say("en"))


def read_fact(book: Book, fact: Fact, on: date) -> Text:
    """Return what a derived fact is computed from, in words; its choices by their words."""

    def say(language: Language) -> str:
        phrases = Phrases(book, on, language)
        return (
            phrases.clause(fact.node)
            if kinds.is_truth(book, fact.node)
            else phrases.term(fact.node, fact.unit, Name(fact.id))
        )

    return _bare(Text(_close(say("zh")), say("en")))


def _bare(said: Text) -> Text:
    """Return what stands alone without brackets around the whole of it."""
    return Text(_without(said.zh, "（", "）"), _without(said.en, "(", ")"))


def _without(said: str, opens: str, closes: str) -> str:
    if not (said.startswith(opens) and said.endswith(closes)):
        return said
    depth = 0
    for at, sign in enumerate(said):
        depth += (sign == opens) - (sign == closes)
        if depth == 0 and at < len(said) - 1:
            return said
    return said[1:-1]


def _close(said: str) -> str:
    """Take out blanks between Chinese signs: only numbers and Latin words stand apart."""
    return _BETWEEN.sub("", said)


def read_rule(book: Book, rule: BookRule, on: date) -> Reading:
    """Return a rule of a book in words.

    A sentence of the form “若 … ，且 … ；除非 … ；则为“…”。”; what takes precedence over the rule is part of it.
    """
    terms = rule.when.terms if isinstance(rule.when, Logic) and rule.when.op == "and" else (rule.when,)
    conditions = tuple(aloud(book, t, on) for t in terms)
    joined = tuple(_joined(book, t, on) for t in terms) if len(terms) > 1 else conditions
    unless = aloud(book, rule.unless, on) if rule.unless is not None else None
    above = tuple(o.id for o in book.rules if rule.id in o.overrides)
    then = book.outcomes[rule.give].name
    return Reading(_sentence(book, joined, unless, above, then), conditions, unless, above, then)


def _joined(book: Book, node: Node, on: date) -> Text:
    """Return a condition as it stands among others: in brackets where it has parts of its own."""
    said = _inside(book, node, on)
    parts = isinstance(node, Logic) and node.op != "not"
    return Text(f"（{said.zh}）", f"({said.en})") if parts else said


def _sentence(
    book: Book, conditions: tuple[Text, ...], unless: Text | None, above: tuple[str, ...], then: Text
) -> Text:
    zh, en = "，且".join(c.zh for c in conditions), ", and ".join(c.en for c in conditions)
    for name in above:
        other = named(book, name)
        zh, en = f"{zh}，且规则“{other.zh}”不成立", f"{en}, and the rule “{other.en}” does not hold"
    if unless is None:
        return Text(f"若{zh}，则为“{then.zh}”。", f"If {en}, then “{then.en}”.")
    return Text(f"若{zh}；除非{unless.zh}；则为“{then.zh}”。", f"If {en}; unless {unless.en}; then “{then.en}”.")
