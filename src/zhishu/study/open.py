"""Opening a study: the pack and its figures, loaded once and never changed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from zhishu.data import Data, load_data
from zhishu.errors import Problem, ZhishuError
from zhishu.pack.load import Pack, load_pack
from zhishu.pack.load_office import read_office
from zhishu.pack.warning import check_warnings
from zhishu.study.check import check_assessments, check_indicators, check_periods, check_profiles
from zhishu.study.graded import Graded
from zhishu.system.small_cells import SMALL, Small
from zhishu.terms import Text

Loaded = TypeVar("Loaded")
PACKS = Path(__file__).resolve().parent.parent / "packs"


@dataclass(frozen=True, slots=True)
class Added:
    """A table of a user's own figures that stands in a study."""

    id: str
    name: str
    taken_on: date
    figures: int


@dataclass(frozen=True, slots=True)
class Study:
    """A strategy with its figures, those a user added among them.

    ``small`` says which counts of people are too small to be published, ``graded`` keeps the levels worked out so far.
    """

    pack: Pack
    data: Data
    added: tuple[Added, ...] = ()
    small: Small = SMALL
    graded: Graded = field(default_factory=Graded, compare=False, repr=False)


def open_study(folder: Path = PACKS / "sichuan2018", with_systems: bool = True) -> Study:
    """Return the study of a pack folder, or all of it but its systems.

    Raises ZhishuError with every problem of pack and figures.
    """
    if not (folder / "pack.yaml").is_file():
        what = Text(f"{folder} 里没有 pack.yaml", f"there is no pack.yaml in {folder}")
        repair = Text("写战略包所在的目录", "name the folder of a pack")
        raise ZhishuError([Problem("pack-missing", str(folder), what, repair)])
    problems: list[Problem] = []
    pack = _tried(lambda: load_pack(folder, with_systems), problems)
    data = _tried(lambda: load_data(folder), problems)
    if pack is not None and data is not None:
        units = {**{s.id: s.unit for s in data.series.values()}, **{i.id: i.unit for i in pack.indicators.values()}}
        problems += [
            *check_indicators(pack, data),
            *check_periods(pack, data),
            *check_profiles(pack, data),
            *check_assessments(pack),
            *check_warnings(pack.warnings, units),
        ]
        small = _tried(lambda: _small(folder), problems)
        if small is not None and not problems:
            return Study(pack, data, small=small)
    raise ZhishuError(problems)


def _small(folder: Path) -> Small:
    """Return which counts a pack's office calls small; the usual ones where the pack has no office."""
    if not (folder / "office.yaml").is_file():
        return SMALL
    rules = read_office(folder).rules
    return Small(rules.number("cell_minimum"), rules.number("cell_protection"))


def _tried(load: Callable[[], Loaded], problems: list[Problem]) -> Loaded | None:
    """Return what loads, or note why it does not: pack and figures are looked through together."""
    try:
        return load()
    except ZhishuError as error:
        problems += error.problems
        return None
