"""Regions as they are written in a form: by full name, short name, old name or code, as of a day."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from zhishu.data.region_names import name_key, names_of
from zhishu.data.regions import Region, Regions, names_meant
from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

SPECIMEN = "示例"

LEVELS: dict[str, Text] = {
    "nation": Text("全国", "the nation"),
    "province": Text("省", "a province"),
    "prefecture": Text("市州", "a prefecture"),
    "county": Text("县（市、区）", "a county"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A region as a form names it: its unique label, and its code before, where a change of code led to it.

    ``above`` are the labels of the regions it lies in, the nearest first.
    """

    label: Text
    region: Region
    before: Region | None
    above: tuple[Text, ...] = ()


@dataclass(slots=True)
class RegionWords:
    """Reads the names of regions as of one day. It remembers what it read; what it returns depends on the text alone.

    A region has one label: its full name, with its parent's before it where two share a name.
    """

    regions: Regions
    on: date
    memory: dict[tuple[str, tuple[str, ...]], Place] = field(default_factory=dict)
    index: dict[str, list[Region]] = field(default_factory=dict)

    def read(self, text: str, levels: tuple[str, ...] = ()) -> Place:
        """Return the region a text means, following changes of code to the one in force.

        Raises ZhishuError ``region-unknown``, ``region-ambiguous``, ``region-retired`` or ``region-level``.
        """
        key = (text, levels)
        if key not in self.memory:
            self.memory[key] = self._read(text, levels)
        return self.memory[key]

    def _read(self, text: str, levels: tuple[str, ...]) -> Place:
        named = self._named(name_key(text))
        live = [r for r in named if r.valid(self.on)]
        before = None
        if not live and len(named) == 1 and (now := current(self.regions, named[0], self.on)) is not None:
            live, before = [now], named[0]
        if len(live) != 1:
            # names that several regions share, and what is unknown or gone without a successor
            live = [self.regions.resolve(text, self.on, levels)]
        region = live[0]
        if levels and region.level not in levels:
            wanted = Text("、".join(LEVELS[x].zh for x in levels), " or ".join(LEVELS[x].en for x in levels))
            what = Text(f"“{text}”不是{wanted.zh}", f"{text} is not {wanted.en}")
            below = [r for r in self.regions.by_code.values() if r.level in levels and r.valid(self.on)]
            raise ZhishuError([Problem("region-level", text, what, names_meant(text, below))])
        return Place(self.label(region), region, before, tuple(self.label(r) for r in self._above(region)))

    def _above(self, region: Region) -> list[Region]:
        found: list[Region] = []
        while (upper := self.regions.by_code.get(region.parent)) is not None and upper not in found:
            found.append(upper)
            region = upper
        return found

    def label(self, region: Region) -> Text:
        """Return the name of a region that no other region in force has."""
        twins = [r for r in self._named(name_key(region.name.zh)) if r.name.zh == region.name.zh and r.valid(self.on)]
        if len(twins) < 2:
            return region.name
        above = self.regions.name(region.parent)
        return Text(f"{above.zh}{region.name.zh}", f"{region.name.en}, {above.en}")

    def labels(self, levels: Collection[str] = ()) -> tuple[Text, ...]:
        """Return the labels of the regions in force, by code; to choose from."""
        live = (r for _, r in sorted(self.regions.by_code.items()) if r.valid(self.on))
        return tuple(self.label(r) for r in live if r.level in (levels or ("prefecture", "county")))

    def _named(self, word: str) -> list[Region]:
        if not self.index:
            for region in self.regions.by_code.values():
                above = self.regions.name(region.parent).zh
                names = names_of(region.name)
                longer = {name_key(f"{above}{region.name.zh}")}
                for name in names | longer | {region.code}:
                    self.index.setdefault(name, []).append(region)
        return self.index.get(word, [])


def current(regions: Regions, region: Region, on: date) -> Region | None:
    """Return the region that a code stands for on a day, along the lineage; None where it leads nowhere."""
    seen = {region.code}
    while not region.valid(on):
        later = region.valid_to is not None and on >= region.valid_to
        ends = [(s.before, s.after) if later else (s.after, s.before) for s in regions.lineage]
        code = next((new for old, new in ends if old == region.code), None)
        if code is None or code in seen:
            return None
        seen.add(code)
        region = regions.by_code[code]
    return region
