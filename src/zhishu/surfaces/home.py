"""Where a user's own files live: the attached text, added figures, and a pack of their own."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhishu.ledger import Ledger


def home() -> Path:
    """Return ZHISHU_HOME, else ``~/.zhishu``."""
    return Path(os.environ.get("ZHISHU_HOME") or Path.home() / ".zhishu")


def pack_folder() -> Path | None:
    """Return the folder of the user's own pack, ZHISHU_PACK; None for the shipped one."""
    chosen = os.environ.get("ZHISHU_PACK")
    return Path(chosen) if chosen else None


def ledger_where() -> str:
    """Return where the office's ledger is: ZHISHU_LEDGER (a file or a database URL), else a file in the home."""
    return os.environ.get("ZHISHU_LEDGER") or str(home() / "office.db")


def own_ledger(where: str | None = None) -> "Ledger":
    """Return the office's ledger: the one named, else the user's own; an empty one is sealed by ZHISHU_LEDGER_HASH."""
    from zhishu.ledger.open import open_ledger

    return open_ledger(where or ledger_where(), os.environ.get("ZHISHU_LEDGER_HASH") or None)


def key_file() -> Path:
    """Return the file of the office's signing key."""
    return home() / "office.key"
