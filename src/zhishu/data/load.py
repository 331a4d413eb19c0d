"""Reading a pack's regions, series and figures from its folder."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path

from zhishu.data.observation import Observation
from zhishu.data.panel import Panel
from zhishu.data.regions import Regions, regions_from_rows
from zhishu.data.series import Series, series_from_rows
from zhishu.terms import Text

TABLES = ("province", "prefecture", "county", "zone", "poverty_counties")


@dataclass(frozen=True, slots=True)
class Data:
    """Everything a pack knows about places and figures.

    ``sources`` and ``notes`` are as first written; ``said`` holds their wordings in both languages, by column and id.
    """

    regions: Regions
    series: Mapping[str, Series]
    panel: Panel
    sources: Mapping[str, str]
    notes: Mapping[str, str]
    said: Mapping[tuple[str, str], Text] = field(default_factory=dict)

    def source_words(self, source: str) -> Text:
        """Return a source in both languages; one given in one wording only stands as it is written."""
        return self.said.get(("title", source)) or Text(*[self.sources.get(source, source)] * 2)

    def note_words(self, note: str) -> Text:
        """Return the check of a figure in both languages; one given in one wording only stands as it is written."""
        return self.said.get(("note", note)) or Text(*[self.notes.get(note, note)] * 2)


def load_data(folder: Path) -> Data:
    """Return the data of a pack folder."""
    regions = regions_from_rows(
        _rows(folder / "regions.csv"), _rows(folder / "zones.csv"), _rows(folder / "lineage.csv")
    )
    source_rows, note_rows = (_rows(folder / "data" / f"{name}.csv") for name in ("sources", "notes"))
    sources = {r["id"]: r["title"] for r in source_rows}
    notes = {r["id"]: r["note"] for r in note_rows}
    said = _said(source_rows, "title") | _said(note_rows, "note")
    observations = [
        observation(row, f"{table}.csv:{line}")
        for table in TABLES
        for line, row in enumerate(_rows(folder / "data" / f"{table}.csv"), start=2)
    ]
    return Data(regions, series_from_rows(_rows(folder / "series.csv")), Panel.of(observations), sources, notes, said)


def _said(rows: list[Mapping[str, str]], column: str) -> dict[tuple[str, str], Text]:
    """Return the wordings of rows that give both; the two columns may be absent."""
    pairs = ((r["id"], r.get(f"{column}_zh", ""), r.get(f"{column}_en", "")) for r in rows)
    return {(column, key): Text(zh, en) for key, zh, en in pairs if zh and en}


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
