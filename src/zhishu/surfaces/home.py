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
