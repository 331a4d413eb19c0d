"""Random secrets: shown once, kept only as their SHA-256, so that a stolen table opens nothing."""

import hashlib
import secrets
from datetime import datetime, timedelta

from zhishu.ledger.entry import instant


def fresh() -> str:
    """Return a new secret of 256 random bits."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """Return what is kept of a secret.

    >>> digest("a")[:8]
    'ca978112'
    """
    return hashlib.sha256(secret.encode()).hexdigest()


def after(now: datetime, span: timedelta) -> str:
    """Return the instant a span after another, as stored."""
    return instant(now + span)
