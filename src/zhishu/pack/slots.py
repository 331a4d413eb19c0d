"""Slots of sentences: ``{name}`` stands for a value told when the sentence is spoken."""

import re
from collections.abc import Callable

from zhishu.terms import Language, Text

_SLOT = re.compile(r"( ?)\{([a-z_][a-z0-9_]*)\}( ?)")
_CHINESE = re.compile(r"[\u3001-\u303f\u4e00-\u9fff\uff00-\uff65“”]")


def slots(text: Text) -> tuple[str, ...]:
    """Return the names a sentence asks for in either language, each once.

    >>> slots(Text("距岸线 {distance}", "{distance} from the bank"))
    ('distance',)
    """
    return tuple(dict.fromkeys(m.group(2) for say in (text.zh, text.en) for m in _SLOT.finditer(say)))


def fill(text: Text, said: Callable[[str, Language], str]) -> Text:
    """Return a sentence with its slots filled by ``said(name, language)``.

    In Chinese no blank is left between the sentence and words; only numbers and Latin words stand apart.

    >>> fill(Text("距岸线 {distance}", "{distance} away"), lambda name, language: "0.8 km").en
    '0.8 km away'
    >>> fill(Text("改为 {kind} 的", "now {kind}"), lambda name, language: "园区").zh
    '改为园区的'
    """

    def say(language: Language) -> str:
        def slot(m: re.Match[str]) -> str:
            before, name, after = m.groups()
            value = said(name, language)
            chinese = language == "zh" and value
            before = "" if chinese and _CHINESE.match(value[0]) else before
            after = "" if chinese and _CHINESE.match(value[-1]) else after
            return f"{before}{value}{after}"

        return _SLOT.sub(slot, text.say(language))

    return Text(say("zh"), say("en"))
