"""The unified social credit code (统一社会信用代码): eighteen signs, the last of which checks the others."""

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The signs a code may hold: digits and letters without I, O, S, V and Z."""


def is_credit_code(text: str) -> bool:
    """Return whether a text is a code whose last sign is the one the others give.

    The sign at place n counts 3^(n−1); the last makes the sum a multiple of 31. Source: GB 32100-2015.

    >>> is_credit_code("91350100M000100Y43"), is_credit_code("91350100M000100Y44"), is_credit_code("示例码")
    (True, False, False)
    """
    if len(text) != 18 or any(sign not in SIGNS for sign in text):
        return False
    total = sum(SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(text[:17]))
    return SIGNS[-total % 31] == text[17]
