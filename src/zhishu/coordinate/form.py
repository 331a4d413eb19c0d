"""From the words of a form to the body of a fact: every field read, nothing else let in."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date

from zhishu.coordinate.act import Act, Field
from zhishu.coordinate.fact import Json
from zhishu.errors import Problem, did_you_mean
from zhishu.pack.identity import holds_identity, identity_problem
from zhishu.terms import TURNING, Text

MOST = 20_000
"""Characters of one field: more belongs in a file."""

_MANY = ("units", "files")


def read_form(
    act: Act, given: Mapping[str, Sequence[str]], made: Mapping[str, str] | None = None
) -> tuple[dict[str, Json], tuple[Problem, ...]]:
    """Return the body of an act from what a form or a request gave, with every problem; ``made`` is the program's part.

    A field the act does not ask for is refused (``form-field-unknown``): nobody sets what the form does not show.

    >>> act = Act("end", Text("撤销", "end"), "unit.end", (Field("until", Text("最后一日", "last day"), "date", True),))
    >>> read_form(act, {"until": ["2019-02-30"]})[1][0].code
    'form-date'
    """
    known = {f.id: f for f in act.fields if f.type != "made"}
    problems = [_unknown(name, known) for name in given if name not in known]
    body: dict[str, Json] = {}
    made = made or {}
    for field in act.fields:
        if field.type == "made":
            if field.id in made:
                body[field.id] = made[field.id]
            elif field.required:
                problems.append(_unmade(field))
            continue
        words = [w for value in given.get(field.id, ()) if (w := value.strip())]
        if not words:
            if field.required:
                what = Text(f"没有填写{field.name.zh}", f"{field.name.en} is not given")
                problems.append(Problem("form-missing", field.id, what, Text("补上", "give it")))
            continue
        problem = next((p for w in words if (p := _wrong(field, w)) is not None), None)
        if problem is None and len(words) > 1 and field.type not in _MANY:
            what = Text(f"{field.name.zh}只能有一个", f"only one {field.name.en} is taken")
            problem = Problem("form-many", field.id, what, Text("只留一个", "keep one"))
        if problem is not None:
            problems.append(problem)
        elif field.type in _MANY:
            body[field.id] = list(dict.fromkeys(words))
        else:
            body[field.id] = int(words[0]) if field.type == "whole" else words[0]
    return body, tuple(problems)


def _wrong(field: Field, word: str) -> Problem | None:
    if len(word) > MOST:
        what = Text(f"{field.name.zh}太长，至多 {MOST} 字", f"{field.name.en} is longer than {MOST} characters")
        return Problem("form-long", field.id, what, Text("长材料作为附件上传", "upload long texts as a file"))
    if any(_misleads(c, field.type) for c in word):
        what = Text(f"{field.name.zh}含控制字符或换行", f"{field.name.en} holds control characters or a line break")
        return Problem("form-control", field.id, what, Text("删去", "remove them"))
    if holds_identity(word):
        return identity_problem(field.id, field.name)
    if field.type == "date":
        try:
            date.fromisoformat(word)
        except ValueError:
            what = Text(f"{field.name.zh}不是日期：{word[:20]}", f"{field.name.en} is not a date: {word[:20]}")
            return Problem("form-date", field.id, what, Text("例如 2019-03-01", "such as 2019-03-01"))
    if field.type == "whole" and not (word.isascii() and word.isdecimal() and len(word) < 16):
        what = Text(f"{field.name.zh}不是整数：{word[:20]}", f"{field.name.en} is not a whole number: {word[:20]}")
        return Problem("form-whole", field.id, what, Text("写数字，例如 3", "write digits, such as 3"))
    if field.type == "choice" and word not in dict(field.choices):
        what = Text(f"{field.name.zh}没有这一项：{word[:40]}", f"{field.name.en} has no choice {word[:40]}")
        return Problem("form-choice", field.id, what, did_you_mean(word, dict(field.choices)))
    return None


def _misleads(character: str, type: str) -> bool:
    """Return whether a character is no part of words: controls, halves of characters, and marks that turn the order
    in which words are shown. Line breaks belong to long texts alone, so that a name is one line wherever it stands.
    """
    if character in "\n\r":
        return type != "long"
    category = unicodedata.category(character)
    return category in ("Cs", "Zl", "Zp") or (category == "Cc" and character != "\t") or character in TURNING


def _unmade(field: Field) -> Problem:
    what = Text(f"{field.name.zh}由系统填写，不能照填", f"{field.name.en} is filled in by the program, never by hand")
    return Problem("form-made", field.id, what, Text("从专门的页面办理", "act from the page that is for it"))


def _unknown(name: str, known: Mapping[str, Field]) -> Problem:
    what = Text(f"这个动作不收 {name[:40]}", f"the act takes no {name[:40]}")
    return Problem("form-field-unknown", name[:40], what, did_you_mean(name, known))
