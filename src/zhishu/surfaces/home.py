"""Where a user's own files live: the attached text, added figures, and a pack of their own."""

import os
from pathlib import Path


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


def key_file() -> Path:
    """Return the file of the office's signing key."""
    return home() / "office.key"
