"""The hash of a chain: SHA-256, or SM3 (GB/T 32905-2016) where an office declares it. The first entry says which."""

import hashlib

from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

ORIGINS = {"sha256": "0" * 64, "sm3": b"sm3".hex().ljust(64, "0")}
"""What stands where the first entry has no entry before it, by hash: so a chain says itself how it is sealed."""
DEFAULT = "sha256"


def hash_of(origin: str) -> str:
    """Return the hash of a chain from what its first entry has before it; the default for what is no origin.

    >>> hash_of("0" * 64), hash_of("736d33" + "0" * 58)
    ('sha256', 'sm3')
    """
    return next((name for name, known in ORIGINS.items() if known == origin), DEFAULT)


def digest(content: bytes, hash: str = DEFAULT) -> str:
    """Return the digest as 64 hexadecimal digits.

    >>> digest(b"abc", "sm3")[:16], digest(b"abc")[:16]
    ('66c7f0f462eeedd9', 'ba7816bf8f01cfea')
    """
    return hashlib.sha256(content).hexdigest() if hash == DEFAULT else hashlib.new(hash, content).hexdigest()


def checked(hash: str) -> str:
    """Return the name of a hash that is known and that this machine can compute. Raises ZhishuError ``ledger-hash``."""
    if hash in ORIGINS and hash in hashlib.algorithms_available:
        return hash
    what = Text(f"不会算 {hash[:20]}", f"{hash[:20]} cannot be computed here")
    repair = Text(
        f"用 {'、'.join(ORIGINS)}；SM3 要 OpenSSL 支持", f"use {', '.join(ORIGINS)}; SM3 needs an OpenSSL that has it"
    )
    raise ZhishuError([Problem("ledger-hash", "ZHISHU_LEDGER_HASH", what, repair)])


def differs(declared: str, found: str) -> ZhishuError:
    """Return the refusal of a ledger that is sealed otherwise than declared."""
    what = Text(f"登记簿用的是 {found}，不是 {declared}", f"the ledger is sealed by {found}, not by {declared}")
    repair = Text("登记簿一经开始，算法不改", "a ledger keeps the hash it began with")
    return ZhishuError([Problem("ledger-hash", "ZHISHU_LEDGER_HASH", what, repair)])
