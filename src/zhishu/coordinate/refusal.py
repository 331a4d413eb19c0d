"""Refusals said in one line each: every kind of subject words its reasons with these."""

from zhishu.errors import Problem
from zhishu.terms import Text


def refuse(code: str, where: str, zh: str, en: str, repair_zh: str, repair_en: str) -> Problem:
    """Return the problem of a refused act; ``where`` is a field of its form, or the stream.

    >>> refuse("case-closed", "case/1", "已结案", "the case is closed", "重新开启", "reopen it").repair.en
    'reopen it'
    """
    return Problem(code, where, Text(zh, en), Text(repair_zh, repair_en))


def not_open(where: str) -> Problem:
    """Return the problem of an act that does not stand open in the present state."""
    return refuse(
        "act-not-open",
        where,
        "当前状态下不能办这个动作",
        "the act does not stand open in the present state",
        "看页面上列出的动作",
        "see the acts that the page lists",
    )
