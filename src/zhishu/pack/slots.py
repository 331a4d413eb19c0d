"""Slots of sentences: ``{name}`` stands for a value told when the sentence is spoken."""

import re
from collections.abc import Callable

from zhishu.terms import Language, Text

_SLOT = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
_CHINESE = re.compile(r"[\u3001-\u303f\u4e00-\u9fff\uff00-\uff65“”]")


def slots(text: Text) -> tuple[str, ...]:
    """Return the names a sentence asks for in either language, each once.

    >>> slots(Text("距岸线 {distance}", "{distance} from the bank"))
    ('distance',)
    """
    return tuple(dict.fromkeys(m.group(1) for say in (text.zh, text.en) for m in _SLOT.finditer(say)))


def fill(text: Text, said: Callable[[str, Language], str]) -> Text:
    """Return a sentence with its slots filled by ``said(name, language)``.

    In Chinese no blank is left between the sentence and words; only numbers and Latin words stand apart.

    >>> fill(Text("距岸线 {distance}", "{distance} away"), lambda name, language: "0.8 km").en
    '0.8 km away'
    >>> fill(Text("改为 {kind} {year} 年", "now {kind}"), lambda name, language: {"kind": "园区"}.get(name, "2021")).zh
    '改为园区 2021 年'
    """

    def say(language: Language) -> str:
        # what stands between the slots, and the names in them, in turn
        parts = _SLOT.split(text.say(language))
        parts[1::2] = [said(name, language) for name in parts[1::2]]
        return _closed(parts) if language == "zh" else "".join(parts)

    return Text(say("zh"), say("en"))


def _closed(parts: list[str]) -> str:
    """Return parts put together, without a blank that would stand between Chinese signs where two of them meet."""
    said = ""
    for part in parts:
        if said.endswith(" ") and _CHINESE.match(said[-2:-1]) and _CHINESE.match(part):
            said = said[:-1]
        elif part.startswith(" ") and _CHINESE.match(said[-1:]) and _CHINESE.match(part[1:]):
            part = part[1:]
        said += part
    return said
