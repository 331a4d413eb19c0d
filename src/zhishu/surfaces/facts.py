"""Facts as JSON brings them: read without a trace of what is wrong, a name given twice refused."""

import json
import re
from collections.abc import Mapping

from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

_HALF = re.compile(rb"\\u[dD][89a-fA-F]", re.ASCII)
"""Begins an escaped sign of two halves; one half alone is no sign, and no answer could hold it."""


def json_of(content: bytes, place: str) -> object:
    """Return what a JSON text says. Raises ZhishuError ``input-json``, ``input-key-twice``.

    Of two values under one name a reader would keep the last and say nothing: that is refused.

    >>> json_of(b'{"facts": {"kind": "park"}}', "body")
    {'facts': {'kind': 'park'}}
    """
    twice: list[str] = []

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found: dict[str, object] = {}
        for name, value in pairs:
            if name in found:
                twice.append(name)
            found[name] = value
        return found

    try:
        data = json.loads(content, object_pairs_hook=once)
        if _HALF.search(content):
            json.dumps(data, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        line = f":{error.lineno}" if isinstance(error, json.JSONDecodeError) and ":" not in place else ""
        what, repair = (
            Text("JSON 写法有误", "broken JSON"),
            Text("核对逗号、引号和括号", "check commas, quotes and brackets"),
        )
        raise ZhishuError([Problem("input-json", f"{place}{line}", what, repair)]) from None
    if twice:
        problems = []
        for name in dict.fromkeys(twice):
            what = Text(f"{name[:40]} 写了两次", f"{name[:40]} is given twice")
            problems.append(Problem("input-key-twice", f"{place}.{name}"[:80], what, Text("只留一个", "keep one")))
        raise ZhishuError(problems)
    return data


def nested(given: Mapping[str, object], place: str) -> list[str]:
    """Return the places of values that are lists or objects, which no fact is.

    >>> nested({"kind": ["park"], "river": None}, "facts")
    ['facts.kind']
    """
    return [f"{place}.{name}" for name, value in given.items() if isinstance(value, dict | list)]
