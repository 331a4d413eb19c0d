"""The name of a file as a label: shown, never opened, never part of a path."""

import unicodedata

_MOST = 80


def safe_label(name: str) -> str:
    """Return a file name that can be shown: its last part, without control and direction signs, cut to 80 characters.

    >>> safe_label("../../etc/\\x00pass\\u202ewd.xlsx"), safe_label("")
    ('passwd.xlsx', '—')
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
    shown = " ".join(shown.split()).lstrip("=+-@")
    return (shown if len(shown) <= _MOST else f"{shown[: _MOST - 10]}…{shown[-9:]}") or "—"
