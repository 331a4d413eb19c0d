"""The shipped study, opened once in a process: it is frozen and never changed, so all tests may look at the same one."""

import gc
import shutil
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from zhishu.data import Regions
from zhishu.pack.system import Example, System
from zhishu.study import PACKS, Study, open_study
from zhishu.study.columns import COLUMNS
from zhishu.system.examples import Trial, try_example
from zhishu.system.filler import Filler

SHIPPED = PACKS / "sichuan2018"


def shipped(with_systems: bool = True) -> Study:
    """Return the shipped study, or all of it but its systems."""
    # one call, however it is written: a cache would tell shipped() from shipped(True)
    return _shipped(with_systems)


@cache
def _shipped(with_systems: bool) -> Study:
    study = open_study(with_systems=with_systems)
    # it stays until the end, so nobody need look through it for garbage
    gc.freeze()
    return study


def opened_once(folder: Path = SHIPPED, with_systems: bool = True) -> Study:
    """Return what ``open_study`` does: the shipped pack from memory, any other folder read anew."""
    return shipped(with_systems) if folder == SHIPPED else open_study(folder, with_systems)


# by the identity of the example, which stays as long as the study does
_TRIED: dict[int, Trial] = {}


def tried_once(system: System, example: Example, columns: Mapping[str, Filler], regions: Regions) -> Trial:
    """Return what ``try_example`` says, without the answer; an example of the shipped study is tried once in a process."""
    study = shipped()
    if study.pack.systems.get(system.id) is not system or columns is not COLUMNS or regions is not study.data.regions:
        return try_example(system, example, columns, regions)
    if id(example) not in _TRIED:
        _TRIED[id(example)] = replace(try_example(system, example, columns, regions), answer=None)
    return _TRIED[id(example)]


def copied(to: Path, *systems: str) -> Path:
    """Return a copy of the shipped pack that a test may spoil, of its systems only those named: they take longest to read."""

    def left_out(folder: str, names: list[str]) -> set[str]:
        return {n for n in names if n.removesuffix(".yaml") not in systems} if Path(folder).name == "systems" else set()

    return Path(shutil.copytree(SHIPPED, to, ignore=left_out))
