"""Words shared by every layer: bilingual text and the closed vocabularies of the field."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """One sentence or label in Chinese and in English.

    >>> Text("达成", "met").say("en")
    'met'
    """

    zh: str
    en: str

    def say(self, language: Language) -> str:
        """Return the wording in one language."""
        return self.zh if language == "zh" else self.en

    def to_json(self) -> dict[str, str]:
        """Return ``{"zh": …, "en": …}``."""
        return {"zh": self.zh, "en": self.en}


def counted(n: int, one: str, many: str = "") -> str:
    """Return a number with its word in English, one or many.

    >>> counted(1, "day"), counted(0, "day"), counted(2, "entry", "entries")
    ('1 day', '0 days', '2 entries')
    """
    return f"{n} {one if n == 1 else many or one + 's'}"


TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the order in which words are shown (UAX #9): with one a name reads otherwise than it is written."""

VERDICTS: dict[str, Text] = {
    "met": Text("达成", "met"),
    "on_track": Text("在轨", "on track"),
    "behind": Text("滞后", "behind"),
    "far_behind": Text("严重滞后", "far behind"),
    "missed": Text("未达成", "missed"),
    "undecided": Text("无法判定", "undecided"),
}

PROMISE_STATES: dict[str, Text] = {
    "proven": Text("已证实", "proven"),
    "in_progress": Text("进行中", "in progress"),
    "overdue": Text("逾期未证", "overdue, unproven"),
    "missed": Text("未达成", "missed"),
    "no_report": Text("无报告", "no report"),
}

CONFIDENCE: dict[str, Text] = {
    "high": Text("高", "high"),
    "medium": Text("中", "medium"),
    "low": Text("低", "low"),
    "none": Text("无数", "no figure"),
}
CONFIDENCE_ORDER = ("none", "low", "medium", "high")


def weakest(grades: tuple[str, ...]) -> str:
    """Return the lowest confidence grade: a derived figure is never above its weakest input.

    >>> weakest(("high", "low", "medium"))
    'low'
    """
    return min(grades, key=CONFIDENCE_ORDER.index) if grades else "none"
