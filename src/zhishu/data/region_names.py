"""The spellings under which a region is looked up: full and short, Chinese and English."""

import unicodedata
from functools import lru_cache

from zhishu.terms import Text

# Longest first: 北川羌族自治县 is 北川, 阿坝藏族羌族自治州 is 阿坝.
_ENDINGS = (
    *("藏族羌族自治州", "藏族自治州", "彝族自治州", "羌族自治县", "彝族自治县", "藏族自治县", "自治州", "自治县"),
    *("州", "市", "区", "县", "省"),
)

# longer texts are no names
_LONGEST = 60


def name_key(text: str) -> str:
    """Return the form in which names and codes are compared.

    Width, case, blanks, apostrophes and accents make no difference.

    >>> name_key(" Garzê "), name_key("５１０１００"), name_key("Guang'an")
    ('garze', '510100', 'guangan')
    """
    return _known_key(text) if len(text) <= _LONGEST else _key(text)


def _key(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if not c.isspace() and not unicodedata.combining(c) and c not in "'’")


# the same names are looked up for every table and every end of a period
_known_key = lru_cache(maxsize=20_000)(_key)


def names_of(name: Text) -> frozenset[str]:
    """Return the keys of every name of a region; 理县 has no short form, one character is none.

    >>> sorted(names_of(Text("凉山彝族自治州", "Liangshan Yi AP")))
    ['liangshan', 'liangshanyiap', '凉山', '凉山州', '凉山彝族自治州']
    """
    names = {name.zh, name.en}
    for ending in _ENDINGS:
        short = name.zh.removesuffix(ending)
        if short != name.zh and len(short) >= 2:
            names.add(short)
            if ending.endswith("自治州"):
                names.add(f"{short}州")
            break
    if name.en.endswith(" AP"):
        first, _, rest = name.en.partition(" ")
        names.add(first)
        # a second spelling stands in brackets: Ngawa (Aba) Tibetan and Qiang AP
        if rest.startswith("("):
            names.add(rest[1 : rest.index(")")])
    return frozenset(name_key(n) for n in names)
