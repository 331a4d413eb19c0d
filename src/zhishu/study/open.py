"""Opening a study: the pack and its figures, loaded once and never changed."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zhishu.data import Data, load_data
from zhishu.errors import ZhishuError
from zhishu.pack.load import Pack, load_pack
from zhishu.study.check import check_indicators

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
    """A strategy with its figures, those a user added among them."""

    pack: Pack
    data: Data
    added: tuple[Added, ...] = ()


def open_study(folder: Path = PACKS / "sichuan2018") -> Study:
    """Return the study of a pack folder. Raises ZhishuError with every problem of pack and figures."""
    pack, data = load_pack(folder), load_data(folder)
    problems = check_indicators(pack, data)
    if problems:
        raise ZhishuError(problems)
    return Study(pack, data)
