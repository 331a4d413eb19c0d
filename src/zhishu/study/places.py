"""Regions of a day and what became of their codes, in the contract form."""

from datetime import date

from zhishu.data.regions import LINEAGE_BEGINS
from zhishu.study.open import Study

COLUMNS = ("code", "name_zh", "name_en", "level", "parent", "zone")


def regions_of(study: Study, name: str | None, level: str | None, on: date) -> list[dict[str, str]]:
    """Return one region by name or code, those of a level, or all, as rows of ``COLUMNS``.

    Raises ZhishuError ``region-*``.
    """
    regions = study.data.regions
    levels = [level] if level else ["province", "prefecture", "county"]
    found = [regions.resolve(name, on)] if name else [r for v in levels for r in regions.level(v, on)]
    rows = ((r.code, r.name.zh, r.name.en, r.level, r.parent, regions.zone_of(r.code) or "") for r in found)
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def regions_json(study: Study, name: str | None, level: str | None, on: date) -> dict[str, object]:
    """Return the contract form of ``zhishu regions``: the rows of ``regions_of``, and what became of their codes."""
    found = regions_of(study, name, level, on)
    regions = study.data.regions
    steps = regions.lineage_of(found[0]["code"]) if name else regions.lineage
    return {
        "schema": 1,
        "on": on.isoformat(),
        "lineage_begins": LINEAGE_BEGINS.isoformat(),
        "regions": found,
        "lineage": [
            {"date": s.on.isoformat(), "kind": s.kind, "from": s.before, "to": s.after, "note": s.note.to_json()}
            for s in steps
        ],
    }
