"""Where a user's own files live: the attached text."""

import os
from pathlib import Path


def home() -> Path:
    """Return ZHISHU_HOME, else ``~/.zhishu``."""
    return Path(os.environ.get("ZHISHU_HOME") or Path.home() / ".zhishu")
