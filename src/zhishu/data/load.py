"""Reading a pack's regions, series and figures from its folder."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from pathlib import Path

from zhishu.data.check_rows import Figures, lineage_problems, region_problems, series_problems
from zhishu.data.observation import Observation
from zhishu.data.panel import Panel
from zhishu.data.regions import Regions, regions_from_rows
from zhishu.data.series import Series, series_from_rows
from zhishu.errors import Problem, ZhishuError
from zhishu.pack.tables import Rows, distinct, read_table
from zhishu.terms import Text

_REGIONS = "code name_zh name_en level parent valid_from valid_to lon lat"
_ZONES = "zone name_zh name_en code overlaps"
_LINEAGE = "date kind from_code to_code note_zh note_en"
_SERIES = "id name_zh name_en unit levels time_agg region_agg price kind agency_zh agency_en holder_zh holder_en target"
_KEY = ("region", "period", "series", "value", "run", "status", "published", "earliest", "source")
_FIGURES = "region period series value unit basis run kind status published earliest source confidence note"


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
    """Return the data of a pack folder. Raises ZhishuError with every problem of every table, by file and line."""
    problems: list[Problem] = []

    def table(name: str, columns: str) -> Rows:
        return read_table(folder / name, folder, columns.split(), problems)

    places = distinct(table("regions.csv", _REGIONS), ("code",), "regions.csv", problems)
    zones, lineage = table("zones.csv", _ZONES), table("lineage.csv", _LINEAGE)
    declared = distinct(table("series.csv", _SERIES), ("id",), "series.csv", problems)
    source_rows, note_rows = table("data/sources.csv", "id title"), table("data/notes.csv", "id note")
    codes = {row["code"]: row for _, row in places}
    problems += region_problems(places, "regions.csv") + series_problems(declared, "series.csv")
    problems += lineage_problems(zones, codes, "zones.csv") + lineage_problems(lineage, codes, "lineage.csv")
    if problems:
        raise ZhishuError(problems)
    regions = regions_from_rows(*([row for _, row in rows] for rows in (places, zones, lineage)))
    series = series_from_rows([row for _, row in declared])
    sources = {row["id"]: row["title"] for _, row in source_rows}
    notes = {row["id"]: row["note"] for _, row in note_rows}
    figures = Figures(regions, series, sources, notes)
    observations: list[Observation] = []
    for path in sorted((folder / "data").glob("*.csv")):
        if path.stem not in ("sources", "notes"):
            rows = distinct(table(f"data/{path.name}", _FIGURES), _KEY, f"data/{path.name}", problems)
            found = figures.problems(rows, f"data/{path.name}")
            problems += found
            if not found:
                observations += [observation(row, f"{path.name}:{line}") for line, row in rows]
    if problems:
        raise ZhishuError(problems)
    said = _said([row for _, row in source_rows], "title") | _said([row for _, row in note_rows], "note")
    return Data(regions, series, Panel.of(observations), sources, notes, said)


def _said(rows: list[Mapping[str, str]], column: str) -> dict[tuple[str, str], Text]:
    """Return the wordings of rows that give both; the two columns may be absent."""
    pairs = ((r["id"], r.get(f"{column}_zh", ""), r.get(f"{column}_en", "")) for r in rows)
    return {(column, key): Text(zh, en) for key, zh, en in pairs if zh and en}


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
