"""The region of a row as of its period: full names and codes as they are, short, old and trimmed ones as guesses."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date

from zhishu.data.region_names import name_key
from zhishu.data.region_words import RegionWords
from zhishu.data.regions import Regions
from zhishu.errors import Problem, ZhishuError

# what stands before and behind a name in a printed table
_BEFORE = re.compile(r"^(?:[#＃*＊]+|其中[:：]?|[一二三四五六七八九十]+、|[0-9]{1,3}[.、．])\s*")
_BEHIND = re.compile(r"(?:[①-⑳]|[*＊#＃]|[\[［(（][0-9一二三四五六七八九十]{1,2}[)）\]］])+$")

_LONGEST = 100


@dataclass(frozen=True, slots=True)
class PlaceRead:
    """The code and level a label means, how it was guessed (kind, others), or the problems."""

    code: str
    name: str = ""
    level: str = ""
    guesses: tuple[tuple[str, tuple[str, ...]], ...] = ()
    problems: tuple[Problem, ...] = ()


def trimmed(label: str) -> str:
    """Return a row label without 其中, # and footnote signs.

    >>> trimmed("其中：成都市①"), trimmed("#绵 阳"), trimmed("3. 自贡市*")
    ('成都市', '绵 阳', '自贡市')
    """
    return _BEHIND.sub("", _BEFORE.sub("", label.strip())).strip()


@dataclass(slots=True)
class Places:
    """Reads labels against the regions in force at the end of a period; it remembers, its answers do not change."""

    regions: Regions
    levels: tuple[str, ...]
    words: dict[date, RegionWords] = field(default_factory=dict)
    memory: dict[tuple[str, date], PlaceRead] = field(default_factory=dict)

    def read(self, label: str, on: date) -> PlaceRead:
        """Return the region of a label as of a day."""
        key = (label, on)
        if key not in self.memory:
            self.memory[key] = self._read(label, on)
        return self.memory[key]

    def _read(self, label: str, on: date) -> PlaceRead:
        zone = self._zone(label)
        if zone is not None:
            return zone
        try:
            return self._named(label, on, ())
        except ZhishuError as error:
            short = trimmed(label) if len(label) <= _LONGEST else label
            if short == label or not short:
                return PlaceRead("", problems=error.problems)
        try:
            return self._named(short, on, (("label-trimmed", ()),))
        except ZhishuError as error:
            return PlaceRead("", problems=error.problems)

    def _zone(self, label: str) -> PlaceRead | None:
        if "zone" not in self.levels:
            return None
        for zone, (name, _, _) in self.regions.zones.items():
            if label == f"zone:{zone}" or name_key(label) in (name_key(name.zh), name_key(name.en)):
                return PlaceRead(f"zone:{zone}", name.zh, "zone")
        return None

    def _named(self, label: str, on: date, guesses: tuple[tuple[str, tuple[str, ...]], ...]) -> PlaceRead:
        if on not in self.words:
            self.words[on] = RegionWords(self.regions, on)
        levels = tuple(x for x in self.levels if x != "zone")
        place = self.words[on].read(label, levels)
        region, word = place.region, name_key(label)
        if place.before is not None:
            guesses += (("region-moved", (place.before.code,)),)
        elif word == region.code:
            guesses += (("region-code", ()),) if label != region.code else ()
        elif word not in (name_key(region.name.zh), name_key(region.name.en), name_key(place.label.zh)):
            guesses += (("region-short", self._others(word, region.code, on)),)
        return PlaceRead(region.code, region.name.zh, region.level, guesses)

    def _others(self, word: str, code: str, on: date) -> tuple[str, ...]:
        # what the short name may mean besides: kept to regions in force, by code
        found = self.words[on].index.get(word, ())
        return tuple(sorted(r.code for r in found if r.code != code and r.valid(on)))


def placed(problems: Collection[Problem], where: str) -> list[Problem]:
    """Return problems of a label at the cell it stands in."""
    return [replace(p, where=where) for p in problems]
