"""The official statistics a pack knows: what each is, how it adds up, and who would hold what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass

from zhishu.errors import Problem
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Series:
    """One series: unit, levels, how it aggregates over time and regions, price basis, agency, holder.

    ``holder`` is an inference about who would hold figures nobody has loaded; ``target`` is the target
    that waits for them.
    """

    id: str
    name: Text
    unit: str
    levels: tuple[str, ...]
    time_agg: str
    region_agg: str
    price: str
    kind: str
    agency: Text | None
    holder: Text | None
    target: str | None


def series_from_rows(rows: list[Mapping[str, str]]) -> dict[str, Series]:
    """Return the series table of a pack from its CSV rows."""

    def pair(row: Mapping[str, str], word: str) -> Text | None:
        return Text(row[f"{word}_zh"], row[f"{word}_en"]) if row[f"{word}_zh"] else None

    return {
        row["id"]: Series(
            row["id"],
            Text(row["name_zh"], row["name_en"]),
            row["unit"],
            tuple(row["levels"].split()),
            row["time_agg"],
            row["region_agg"],
            row["price"],
            row["kind"],
            pair(row, "agency"),
            pair(row, "holder"),
            row["target"] or None,
        )
        for row in rows
    }


def no_level(series: Series, level: str, where: str) -> Problem:
    """Return the problem of a figure of a level the series does not have."""
    listed = " ".join(series.levels)
    return Problem(
        "intake-level",
        where,
        Text(f"{series.name.zh}没有 {level} 一级的数", f"{series.id} has no figures of the level {level}"),
        Text(f"该指标的层级：{listed}", f"levels of the series: {listed}"),
    )
