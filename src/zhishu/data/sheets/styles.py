"""Number formats of a workbook: which cells show a percentage and which a day."""

import re

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_PERCENT_IDS = frozenset({9, 10})
_DAY_IDS = frozenset({*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)})


def shown_as(number_format: int, written: str | None) -> str:
    """Return ``p`` for a percentage, ``d`` for a day, else ``n``; quoted and bracketed parts of a format do not count.

    >>> shown_as(164, '0.00%'), shown_as(164, '0"%"'), shown_as(14, None), shown_as(164, 'yyyy"年"m"月"')
    ('p', 'n', 'd', 'd')
    """
    if written is None:
        return "p" if number_format in _PERCENT_IDS else "d" if number_format in _DAY_IDS else "n"
    plain = _LITERAL.sub("", written).split(";")[0].lower()
    if "%" in plain:
        return "p"
    plain = plain.replace("general", "").replace("e+", "").replace("e-", "")
    return "d" if any(c in plain for c in "ymdhs") else "n"
