"""Words in which errors of figures are declared: sizes such as ``3%`` and ``0.5``, and classes of confidence."""

import re

from zhishu.data.intake_cells import WIDE
from zhishu.data.sheets import Cell
from zhishu.data.submission.values import Wrong
from zhishu.errors import Problem
from zhishu.score.steps.error import CLASSES
from zhishu.terms import CONFIDENCE, Text

CARRIED = "carried"
"""The class of cells that were filled over the years, where an error is declared for them."""
NAMES: dict[str, Text] = {c: CONFIDENCE[c] for c in CLASSES} | {CARRIED: Text("补数", "filled")}
"""Every class by its id."""
_WORDS = {word.lower(): id for id, name in NAMES.items() for word in (id, name.zh, name.en)}
_SIZE = re.compile(r"([+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?)\s*(%?)")


def class_of(text: str) -> str | None:
    """Return the class a word names, None for none.

    >>> class_of("中"), class_of("LOW"), class_of("3%")
    ('medium', 'low', None)
    """
    return _WORDS.get(text.strip().lower())


def confidence(cell: Cell | None) -> str | Wrong:
    """Return the class that a cell names, "" where it is blank."""
    text = cell.text.strip() if cell is not None else ""
    word = class_of(text) if text else ""
    if word is None or word == CARRIED:
        what = Text(f"没有可信度“{text[:30]}”", f"there is no confidence {text[:30]}")
        return Wrong("index-error", what, Text("写 高、中、低，或留空", "write high, medium or low, or leave it empty"))
    return word


def size_of(text: str, place: str, problems: list[Problem], share: bool = False) -> tuple[float, bool] | None:
    """Return the size of an error, and whether it is a share of the figure; None, with a problem, for what is none.

    ``share`` takes nothing but percentages.

    >>> size_of("3%", "error a", []), size_of("0.5", "error a", [])
    ((0.03, True), (0.5, False))
    """
    found = _SIZE.fullmatch(text.translate(WIDE).strip())
    repair = Text("写作 3%", "write it as 3%") if share else Text("写作 3% 或 0.5", "write it as 3% or 0.5")
    if found is None or (share and not found[2]):
        what = Text(f"“{text[:30]}”不是误差", f"{text[:30]} is no error")
    elif float(found[1]) < 0:
        what = Text(f"误差“{text[:30]}”小于零", f"the error {text[:30]} is below zero")
    else:
        return float(found[1]) / (100 if found[2] else 1), bool(found[2])
    problems.append(Problem("index-error", place, what, repair))
    return None


def undeclared(word: str, place: str) -> Problem:
    """Return the problem of a class that stands for no error."""
    name = NAMES[word]
    what = Text(f"可信度“{name.zh}”没有给误差", f"the confidence {name.en} stands for no error")
    repair = Text(f"给出百分数，如 class {word}=3%", f"give a percentage, such as class {word}=3%")
    return Problem("index-error", place, what, repair)
