"""Sections of the classification of industries: letters, which stand above the codes in digits (GB/T 4754)."""

import re

SECTION = "[A-T]"
"""What the letter of a section is, as a pattern."""


def is_section(text: str) -> bool:
    """Return whether a code is the letter of a section, so that no code in digits begins with it.

    >>> is_section("C"), is_section("26"), is_section("C26")
    (True, False, False)
    """
    return re.fullmatch(SECTION, text) is not None
