"""Checkpoints: number and seal of an entry, signed with the office's key (Ed25519, RFC 8032).

Printed in the footer of a briefing, a checkpoint outlives the machine: whoever holds the paper can show that
the chain up to that entry is still the same.
"""

import base64
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import insert, select

from zhishu.errors import Problem, ZhishuError
from zhishu.ledger.entry import instant
from zhishu.ledger.store import Ledger, Pen
from zhishu.ledger.tables import CHECKPOINT
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The end of a chain at an instant; signature and public key as base64 of their bytes."""

    seq: int
    seal: str
    at: str
    signature: str
    public_key: str

    def line(self) -> str:
        """Return the checkpoint as one line of text, as a footer prints it."""
        return f"zhishu-checkpoint 1 {self.seq} {self.seal} {self.at} {self.signature} {self.public_key}"


def read_line(line: str) -> Checkpoint:
    """Return the checkpoint of a line. Raises ZhishuError ``checkpoint-unreadable``."""
    parts = line.split()
    if len(parts) == 7 and parts[:2] == ["zhishu-checkpoint", "1"] and parts[2].isdecimal():
        return Checkpoint(int(parts[2]), *parts[3:])
    what = Text("不是检查点", "not a checkpoint")
    repair = Text("整行照抄，以 zhishu-checkpoint 开头", "copy the whole line that begins with zhishu-checkpoint")
    raise ZhishuError([Problem("checkpoint-unreadable", line[:60], what, repair)])


def _message(seq: int, seal: str, at: str) -> bytes:
    return f"zhishu-checkpoint 1 {seq} {seal} {at}".encode()


def holds(checkpoint: Checkpoint) -> bool:
    """Return whether the signature is that of the public key.

    >>> key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    >>> found = signed(key, 7, "ab" * 32, "2026-11-26T00:00:00.000000Z")
    >>> holds(found), holds(Checkpoint(8, found.seal, found.at, found.signature, found.public_key))
    (True, False)
    """
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(checkpoint.public_key, validate=True))
        signature = base64.b64decode(checkpoint.signature, validate=True)
        public.verify(signature, _message(checkpoint.seq, checkpoint.seal, checkpoint.at))
    except (InvalidSignature, ValueError):
        return False
    return True


def signed(key: Ed25519PrivateKey, seq: int, seal: str, at: str) -> Checkpoint:
    """Return a signed checkpoint."""
    public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    return Checkpoint(seq, seal, at, base64.b64encode(key.sign(_message(seq, seal, at))).decode(), public)


def office_key(path: Path) -> Ed25519PrivateKey:
    """Return the office's key, made at the first call and kept where only the owner of the process can read it."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(Ed25519PrivateKey.generate().private_bytes_raw())
        return Ed25519PrivateKey.from_private_bytes(path.read_bytes())
    except (OSError, ValueError) as error:
        what = Text("签名密钥读不出或写不进", "the signing key can be neither read nor written")
        repair = Text(
            "核对文件和权限；密钥损坏则换新，旧检查点仍可核验",
            "check file and permission; with a new key old checkpoints still hold",
        )
        raise ZhishuError([Problem("ledger-key", str(path), what, repair)]) from error


def checkpoint(ledger: Ledger, key: Ed25519PrivateKey, now: datetime) -> Checkpoint:
    """Sign the end of the chain, keep the checkpoint, and return it; one that is kept already is returned as it is."""
    with ledger.writing() as pen:
        return sign_head(pen, key, now)


def sign_head(pen: Pen, key: Ed25519PrivateKey, now: datetime) -> Checkpoint:
    """Do the same within a transaction."""
    held = pen.connection.execute(select(*CHECKPOINT.c).where(CHECKPOINT.c.seq == pen.head.seq)).first()
    if held is not None:
        return Checkpoint(*held)
    found = signed(key, pen.head.seq, pen.head.seal, instant(now))
    pen.connection.execute(
        insert(CHECKPOINT).values(
            seq=found.seq, seal=found.seal, at=found.at, signature=found.signature, public_key=found.public_key
        )
    )
    return found
