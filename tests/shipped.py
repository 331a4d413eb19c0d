"""The shipped study, opened once in a process: it is frozen and never changed, so all tests may look at the same one."""

import gc
from functools import cache
from pathlib import Path

from zhishu.study import PACKS, Study, open_study

SHIPPED = PACKS / "sichuan2018"


@cache
def shipped(with_systems: bool = True) -> Study:
    """Return the shipped study, or all of it but its systems."""
    study = open_study(with_systems=with_systems)
    # it stays until the end, so nobody need look through it for garbage
    gc.freeze()
    return study


def opened_once(folder: Path = SHIPPED, with_systems: bool = True) -> Study:
    """Return what ``open_study`` does: the shipped pack from memory, any other folder read anew."""
    return shipped(with_systems) if folder == SHIPPED else open_study(folder, with_systems)
