"""Dated regions: codes, names, parents, zones and lineage; a name is resolved by date or refused."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from zhishu.data.region_names import name_key, names_of
from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.logic import Unknown
from zhishu.terms import Text

LINEAGE_BEGINS = date(2014, 1, 1)
_FROM_ABOVE = ("nation", "province", "prefecture", "county")


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

    def resolve(self, text: str, on: date, levels: Collection[str] = ()) -> Region:
        """Return the region a code or a name means on a date.

        A short name that a prefecture shares with a county (阿坝, 广安) means the prefecture, or the one
        whose level is in ``levels``; a full name and a code always stand for themselves. Raises ZhishuError
        ``region-retired`` (naming the successor), ``region-ambiguous`` or ``region-unknown``.
        """
        word = name_key(text)
        if word in self.by_code:
            return self._in_force(self.by_code[word], on)
        named = [r for r in self.by_code.values() if word in names_of(r.name)]
        live = [r for r in named if r.valid(on)]
        live = [r for r in live if word == name_key(r.name.zh)] or live
        live = [r for r in live if r.level in levels] or live
        highest = min((_FROM_ABOVE.index(r.level) for r in live), default=0)
        live = [r for r in live if r.level == _FROM_ABOVE[highest]]
        if len(live) == 1:
            return live[0]
        if live:
            zh = "、".join(f"{self.name(r.parent).zh}{r.name.zh}（{r.code}）" for r in live)
            en = ", ".join(f"{r.name.en} in {self.name(r.parent).en} ({r.code})" for r in live)
            what = Text(f"“{text}”不止一个地区：{zh}", f"{text} is more than one region: {en}")
            raise ZhishuError([Problem("region-ambiguous", text, what, Text("写代码", "give the code"))])
        if named:
            return self._in_force(named[0], on)
        what = Text(f"没有地区“{text}”", f"there is no region {text}")
        if word.isdigit():
            raise ZhishuError([Problem("region-unknown", text, what, did_you_mean(word, self.by_code))])
        raise ZhishuError([Problem("region-unknown", text, what, names_meant(text, self.by_code.values()))])

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

    def lineage_of(self, code: str) -> tuple[Step, ...]:
        """Return the changes a code took part in, before and after it, by date."""
        found = [s for s in self.lineage if code in (s.before, s.after)]
        return tuple(sorted(found, key=lambda s: (s.on, s.before)))

    def same_territory(self, code: str, start: date, end: date) -> bool | Unknown:
        """Return whether a code or a ``zone:`` covers one territory from start to end.

        Unknown before the lineage begins, and where the code is not in force on both days.
        Raises ZhishuError ``region-unknown`` or ``zone-unknown``.
        """
        if code.startswith("zone:"):
            above = set(self.zone_members(code[5:]))
        else:
            region = self.get(code)
            above = {code}
            if region.level in ("nation", "province"):
                above = {r.code for r in self.by_code.values() if r.parent == code}
            if start >= LINEAGE_BEGINS and not (region.valid(start) and region.valid(end)):
                return Unknown("not_found", f"{code} {start}..{end}")
        if start < LINEAGE_BEGINS:
            return Unknown("missing", f"lineage begins {LINEAGE_BEGINS}")
        for step in self.lineage:
            was, now = (self.by_code[c].parent in above for c in (step.before, step.after))
            if start < step.on <= end and was != now:
                return False
        return True


def names_meant(text: str, regions: Iterable[Region]) -> Text:
    """Return the regions a word may mean, in the language it was written in, or what to write.

    >>> names_meant("", []).en
    'write a full name, a short name or a six-digit code in force'
    """
    names = {name: r.name for r in regions for name in (r.name.zh, r.name.en)}
    near = get_close_matches(text, names, n=3, cutoff=0.6)
    if not near:
        return Text("写现行的全称、简称或六位代码", "write a full name, a short name or a six-digit code in force")
    zh = "、".join(dict.fromkeys(names[name].zh for name in near))
    return Text(f"是否指 {zh}？", f"did you mean {', '.join(near)}?")


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
