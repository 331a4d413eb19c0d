"""The shipped study, opened once in a process: it is frozen and never changed, so all tests may look at the same one."""

import gc
import shutil
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


def copied(to: Path, *systems: str) -> Path:
    """Return a copy of the shipped pack that a test may spoil, of its systems only those named: they take longest to read."""

    def left_out(folder: str, names: list[str]) -> set[str]:
        return {n for n in names if n.removesuffix(".yaml") not in systems} if Path(folder).name == "systems" else set()

    return Path(shutil.copytree(SHIPPED, to, ignore=left_out))
