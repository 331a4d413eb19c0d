"""The form a text must have: the codes of a published classification, however they are looked up afterwards."""

import re
from dataclasses import dataclass

from zhishu.data.region_words import SPECIMEN
from zhishu.errors import Problem
from zhishu.formula.section import SECTION
from zhishu.pack.system import Column
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Form:
    """What a text of a form looks like, how that is said, and how it is written where nothing nearer is known."""

    pattern: re.Pattern[str]
    name: Text
    repair: Text


FORMS: dict[str, Form] = {
    # sections are letters; divisions, groups and classes have two, three and four digits; codes are not looked up
    "industry": Form(
        re.compile(rf"{SECTION}|[0-9]{{2,4}}"),
        Text("行业代码（GB/T 4754）", "an industry code (GB/T 4754)"),
        Text(
            "写门类字母（A 至 T），或大类、中类、小类的二至四位数字，如 26、261、2611；不明留空",
            "write the letter of a section (A to T) or the two to four digits of a division, group or class, as "
            "26, 261, 2611; leave the cell blank if unknown",
        ),
    )
}
_LETTERED = re.compile(r"[A-Ta-t]\s*[-.]?\s*([0-9]{2,4})")


def form_problem(column: Column, text: str, where: str) -> Problem | None:
    """Return the problem of a text that has not the form its field asks for, or None; a specimen has any form.

    >>> code = Column("code", Text("行业代码", "industry code"), "text", form="industry")
    >>> form_problem(code, "2611", "B2"), form_problem(code, "C", "B2"), form_problem(code, "示例行业", "B2")
    (None, None, None)
    >>> form_problem(code, "C2611", "B2").repair.zh
    '写 2611，不带门类字母'
    """
    if column.form is None or text.startswith(SPECIMEN) or text in column.choices:
        return None
    form = FORMS[column.form]
    if form.pattern.fullmatch(text):
        return None
    name = column.name
    what = Text(f"{name.zh}写的是“{text}”，不是{form.name.zh}", f"{name.en} is {text}, which is not {form.name.en}")
    return Problem("case-not-a-code", where, what, _nearer(text) or form.repair)


def _nearer(text: str) -> Text | None:
    """Return how a code is written that was meant, where the slip is one of the usual ones."""
    if (lettered := _LETTERED.fullmatch(text)) is not None:
        return Text(f"写 {lettered[1]}，不带门类字母", f"write {lettered[1]}, without the letter of the section")
    if re.fullmatch("[a-t]", text):
        return Text(f"写大写字母 {text.upper()}", f"write the capital letter {text.upper()}")
    if re.fullmatch("[1-9]", text):
        return Text(
            f"大类是两位数字：若是 0{text}，补上前面的 0",
            f"a division has two digits: if it is 0{text}, write the 0 too",
        )
    if re.fullmatch("[0-9]{5,}", text):
        return Text(f"小类是四位数字，写到四位，如 {text[:4]}", f"a class has four digits: write those, as {text[:4]}")
    return None
