"""How far long work is, on a line of the terminal that goes away again; nothing where nobody looks on."""

import sys
import time
from collections.abc import Callable
from typing import TextIO

from zhishu.terms import Language

AFTER = 2.0
"""Seconds that work may take before anything is said."""


def progress(
    language: Language, stream: TextIO | None = None, now: Callable[[], float] = time.monotonic
) -> Callable[[int, int], None] | None:
    """Return what is told how many of how many are done, None where the messages do not go to a terminal."""
    out = stream if stream is not None else sys.stderr
    if not out.isatty():
        return None
    start, shown = now(), False

    def told(done: int, of: int) -> None:
        nonlocal shown
        if now() - start < AFTER:
            return
        if done >= of:
            if shown:
                # back to the first column, and the line is wiped
                out.write("\r\x1b[K")
        else:
            share = f"{done / of:.0%}"
            out.write(f"\r\x1b[K{f'已算 {share}' if language == 'zh' else f'{share} done'}")
            shown = True
        out.flush()

    return told
