"""Slots of sentences: ``{name}`` stands for a value told when the sentence is spoken."""

import re
from collections.abc import Callable

from zhishu.terms import Language, Text

_SLOT = re.compile(r"\{([a-z_][a-z0-9_]*)\}")


def slots(text: Text) -> tuple[str, ...]:
    """Return the names a sentence asks for in either language, each once.

    >>> slots(Text("距岸线 {distance}", "{distance} from the bank"))
    ('distance',)
    """
    return tuple(dict.fromkeys(m.group(1) for say in (text.zh, text.en) for m in _SLOT.finditer(say)))


def fill(text: Text, said: Callable[[str, Language], str]) -> Text:
    """Return a sentence with its slots filled by ``said(name, language)``.

    >>> fill(Text("距岸线 {distance}", "{distance} away"), lambda name, language: "0.8 km").en
    '0.8 km away'
    """

    def say(language: Language) -> str:
        return _SLOT.sub(lambda m: said(m.group(1), language), text.say(language))

    return Text(say("zh"), say("en"))
