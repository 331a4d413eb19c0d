"""Reading a pack's regions, series and figures from its folder."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from zhishu.data.observation import Observation
from zhishu.data.panel import Panel
from zhishu.data.regions import Regions, regions_from_rows
from zhishu.data.series import Series, series_from_rows

TABLES = ("province", "prefecture", "county", "zone", "poverty_counties")


@dataclass(frozen=True, slots=True)
class Data:
    """Everything a pack knows about places and figures."""

    regions: Regions
    series: Mapping[str, Series]
    panel: Panel
    sources: Mapping[str, str]
    notes: Mapping[str, str]


def load_data(folder: Path) -> Data:
    """Return the data of a pack folder."""
    regions = regions_from_rows(
        _rows(folder / "regions.csv"), _rows(folder / "zones.csv"), _rows(folder / "lineage.csv")
    )
    sources = {r["id"]: r["title"] for r in _rows(folder / "data" / "sources.csv")}
    notes = {r["id"]: r["note"] for r in _rows(folder / "data" / "notes.csv")}
    observations = [
        observation(row, f"{table}.csv:{line}")
        for table in TABLES
        for line, row in enumerate(_rows(folder / "data" / f"{table}.csv"), start=2)
    ]
    return Data(regions, series_from_rows(_rows(folder / "series.csv")), Panel.of(observations), sources, notes)


def _rows(path: Path) -> list[Mapping[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        lines = csv.reader(handle)
        header = next(lines)
        return [dict(zip(header, line, strict=True)) for line in lines if line]


def number(written: str) -> Fraction:
    """Return a decimal as written; most are whole, and whole ones need no parser."""
    return Fraction(int(written)) if written.isdecimal() else Fraction(written)


def observation(row: Mapping[str, str], ref: str) -> Observation:
    """Return the observation of one tidy row; ``ref`` is its file and line."""
    return Observation(
        row["region"],
        row["period"],
        row["series"],
        number(row["value"]),
        row["unit"],
        row["basis"],
        row["run"],
        row["kind"],
        "planned" if row["status"] == "planned" else "actual",
        date.fromisoformat(row["published"]) if row["published"] else None,
        date.fromisoformat(row["earliest"]),
        row["source"],
        row["confidence"],
        row["note"],
        ref,
    )
