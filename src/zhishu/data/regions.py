"""Dated regions: codes, names, parents, zones and lineage; a name is resolved by date or refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.logic import Unknown
from zhishu.terms import Text

LINEAGE_BEGINS = date(2014, 1, 1)
_ENDINGS = ("藏族羌族自治州", "藏族自治州", "彝族自治州", "自治州", "州", "市", "区", "县", "省")


@dataclass(frozen=True, slots=True)
class Region:
    """A region with its GB/T 2260 code and the time its code is valid (end exclusive)."""

    code: str
    name: Text
    level: str
    parent: str
    valid_from: date | None
    valid_to: date | None
    lon: float | None
    lat: float | None

    def valid(self, on: date) -> bool:
        """Return whether the code is in force on a date."""
        after = self.valid_from is None or self.valid_from <= on
        return after and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a code: recode or transfer, with the first day of the new one."""

    on: date
    kind: str
    before: str
    after: str
    note: Text


@dataclass(frozen=True, slots=True)
class Regions:
    """All regions of a pack, their zones and their lineage."""

    by_code: Mapping[str, Region]
    zones: Mapping[str, tuple[Text, tuple[str, ...], tuple[str, ...]]]
    lineage: tuple[Step, ...]

    def get(self, code: str) -> Region:
        """Return a region by code, retired or not. Raises ZhishuError ``region-unknown``."""
        if code in self.by_code:
            return self.by_code[code]
        what = Text(f"没有地区 {code}", f"there is no region {code}")
        raise ZhishuError([Problem("region-unknown", code, what, did_you_mean(code, self.by_code))])

    def name(self, code: str) -> Text:
        """Return the name of a region or of a zone such as ``zone:chuannan``."""
        if code.startswith("zone:") and code[5:] in self.zones:
            return self.zones[code[5:]][0]
        return self.by_code[code].name if code in self.by_code else Text(code, code)

    def level(self, level: str, on: date) -> tuple[Region, ...]:
        """Return the regions of a level in force on a date, by code."""
        return tuple(r for c, r in sorted(self.by_code.items()) if r.level == level and r.valid(on))

    def children(self, code: str, on: date) -> tuple[Region, ...]:
        """Return the regions directly below one on a date."""
        return tuple(r for c, r in sorted(self.by_code.items()) if r.parent == code and r.valid(on))

    def zone_members(self, zone: str) -> tuple[str, ...]:
        """Return the prefecture codes of a zone. Raises ZhishuError ``zone-unknown``."""
        if zone in self.zones:
            return self.zones[zone][1]
        what = Text(f"没有分区 {zone}", f"there is no zone {zone}")
        raise ZhishuError([Problem("zone-unknown", zone, what, did_you_mean(zone, self.zones))])

    def zone_of(self, code: str) -> str | None:
        """Return the one zone that partitions the prefectures; overlapping groupings do not count."""
        for zone, (_, members, overlaps) in self.zones.items():
            if code in members and not overlaps:
                return zone
        return None

    def resolve(self, text: str, on: date) -> Region:
        """Return the region a code or a name means on a date.

        Raises ZhishuError ``region-retired`` (naming the successor), ``region-ambiguous`` or
        ``region-unknown``.
        """
        word = text.strip()
        if word in self.by_code:
            return self._in_force(self.by_code[word], on)
        named = [r for r in self.by_code.values() if word.lower() in _names(r)]
        live = [r for r in named if r.valid(on)]
        # a prefecture and a district never share a short name here; prefer the higher level if they do
        if len(live) > 1:
            full = [r for r in live if word in (r.name.zh, r.name.en)]
            live = full or live
        if len(live) == 1:
            return live[0]
        if live:
            options = "、".join(f"{r.name.zh}（{r.code}）" for r in live)
            what = Text(f"“{word}”不止一个地区：{options}", f"{word} is more than one region: {options}")
            raise ZhishuError([Problem("region-ambiguous", word, what, Text("写代码", "give the code"))])
        if named:
            return self._in_force(named[0], on)
        names = [r.name.zh for r in self.by_code.values()]
        what = Text(f"没有地区“{word}”", f"there is no region {word}")
        raise ZhishuError([Problem("region-unknown", word, what, did_you_mean(word, [*names, *self.by_code]))])

    def _in_force(self, region: Region, on: date) -> Region:
        if region.valid(on):
            return region
        later = next((s.after for s in self.lineage if s.before == region.code), None)
        earlier = next((s.before for s in self.lineage if s.after == region.code), None)
        other = later if region.valid_to is not None and on >= region.valid_to else earlier
        what = Text(
            f"{region.name.zh}（{region.code}）在 {on} 不是有效的地区",
            f"{region.name.en} ({region.code}) is not in force on {on}",
        )
        told = f"{self.by_code[other].name.zh}（{other}）" if other else "—"
        repair = Text(f"改用 {told}", f"use {other or 'another code'}")
        raise ZhishuError([Problem("region-retired", region.code, what, repair)])

    def same_territory(self, code: str, start: date, end: date) -> bool | Unknown:
        """Return whether a code means one territory over a time; unknown before the lineage begins."""
        if start < LINEAGE_BEGINS:
            return Unknown("missing", "lineage begins 2014-01-01")
        children = {r.code for r in self.by_code.values() if r.parent == code}
        for step in self.lineage:
            if start < step.on <= end and step.kind == "transfer":
                touched = {step.before, step.after}
                parents = {self.by_code[c].parent for c in touched}
                if code in parents or (code in touched and code not in children):
                    return False
        return True


def _names(region: Region) -> set[str]:
    names = {region.name.zh, region.name.en.lower()}
    for ending in _ENDINGS:
        short = region.name.zh.removesuffix(ending)
        if short != region.name.zh and len(short) >= 2:
            names.add(short)
            if ending.endswith("自治州"):
                names.add(f"{short}州")
            break
    return names


def regions_from_rows(
    rows: list[Mapping[str, str]], zones: list[Mapping[str, str]], lineage: list[Mapping[str, str]]
) -> Regions:
    """Return the regions of a pack from the rows of its three tables."""

    def day(text: str) -> date | None:
        return date.fromisoformat(text) if text else None

    by_code = {
        r["code"]: Region(
            r["code"],
            Text(r["name_zh"], r["name_en"]),
            r["level"],
            r["parent"],
            day(r["valid_from"]),
            day(r["valid_to"]),
            float(r["lon"]) if r["lon"] else None,
            float(r["lat"]) if r["lat"] else None,
        )
        for r in rows
    }
    found: dict[str, tuple[Text, list[str], tuple[str, ...]]] = {}
    for z in zones:
        entry = found.setdefault(z["zone"], (Text(z["name_zh"], z["name_en"]), [], tuple(z["overlaps"].split())))
        entry[1].append(z["code"])
    steps = tuple(
        Step(date.fromisoformat(s["date"]), s["kind"], s["from_code"], s["to_code"], Text(s["note_zh"], s["note_en"]))
        for s in lineage
    )
    return Regions(by_code, {k: (n, tuple(m), o) for k, (n, m, o) in found.items()}, steps)
