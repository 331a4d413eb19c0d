"""One row of a user's table against the regions and series of the pack: an observation, or its problems."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from typing import Literal, cast

from zhishu.data.intake_cells import Cells
from zhishu.data.intake_table import COLUMNS, REQUIRED
from zhishu.data.observation import Observation
from zhishu.data.region_names import name_key
from zhishu.data.regions import Regions
from zhishu.data.series import Series, no_level
from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.terms import Text

_STATUS = {"actual": "actual", "planned": "planned", "实际": "actual", "计划": "planned"}
_KIND = {"flow": "flow", "stock": "stock", "ratio": "ratio", "流量": "flow", "存量": "stock", "比率": "ratio"}
_BASIS = {
    **{"current": "current", "constant": "constant", "index": "index", "none": "none", "n/a": "none"},
    **{"现价": "current", "不变价": "constant", "指数": "index", "无": "none"},
}
_CONFIDENCE = {"high": "high", "medium": "medium", "low": "low", "高": "high", "中": "medium", "低": "low"}


@dataclass(slots=True)
class RowReader:
    """What rows are read against, and the region names met so far."""

    regions: Regions
    series: Mapping[str, Series]
    today: date
    met: dict[tuple[str, int, tuple[str, ...]], tuple[str, tuple[Problem, ...]]] = field(default_factory=dict)

    def observation(self, cells: Cells) -> Observation | None:
        """Return the observation of a row, or None with its problems noted in the cells."""
        if cells.problems:
            return None
        for column in REQUIRED:
            if column != "value" and not cells.text(column):
                what = Text(f"{column}（{COLUMNS[column]}）是空的", f"{column} is empty")
                cells.bad(column, "intake-blank", what, Text("补上", "fill it in"))
        series = self._series(cells)
        period, value = cells.year(), cells.number()
        year = int(period) if period else self.today.year
        region = self._region(cells, year, series.levels if series else ())
        status = cells.word("status", _STATUS, "")
        confidence = cells.word("confidence", _CONFIDENCE, "low")
        kind = cells.word("kind", _KIND, series.kind if series else "")
        basis = cells.word("basis", _BASIS, series.price if series else "")
        published, earliest = self._dates(cells, year, status)
        if series is not None:
            self._fits(cells, series, region, kind, basis)
            if cells.text("unit"):
                cells.unit(series.unit, value)
        if any(p.severity == "error" for p in cells.problems) or value is None:
            return None
        assert series is not None
        return Observation(
            region,
            str(year),
            series.id,
            value,
            series.unit,
            "" if basis in ("none", None) else basis,
            cells.text("run") or series.id,
            series.kind,
            cast(Literal["actual", "planned"], status),
            published,
            earliest,
            cells.text("source"),
            str(confidence),
            cells.text("note"),
            f"{cells.file}:{cells.line}",
        )

    def _series(self, cells: Cells) -> Series | None:
        text = cells.text("series")
        found = self.series.get(text) or next((s for s in self.series.values() if s.name.zh == text), None)
        if found is None:
            if text:
                near = get_close_matches(text, [s.name.zh for s in self.series.values()], n=1)
                repair = did_you_mean(near[0] if near else text, [*self.series, *near])
                what = Text(f"没有指标“{text}”", f"there is no series {text}")
                cells.bad("series", "intake-series-unknown", what, repair)
            return None
        cells.changed("series", text, found.id)
        return found

    def _region(self, cells: Cells, year: int, levels: tuple[str, ...]) -> str:
        text = cells.text("region")
        if not text:
            return ""
        key = (text, year, levels)
        if key not in self.met:
            self.met[key] = self._place(text, year, levels)
        code, problems = self.met[key]
        cells.problems += [replace(p, where=cells.where("region")) for p in problems]
        return cells.changed("region", text, code) if code else ""

    def _place(self, text: str, year: int, levels: tuple[str, ...]) -> tuple[str, tuple[Problem, ...]]:
        """Return the code of a region at the end of a year, or of a zone; or the problems."""
        for zone, (name, _, _) in self.regions.zones.items():
            if text == f"zone:{zone}" or name_key(text) in (name_key(name.zh), name_key(name.en)):
                return f"zone:{zone}", ()
        try:
            if text.startswith("zone:"):
                self.regions.zone_members(text[5:])
            return self.regions.resolve(text, date(year, 12, 31), levels).code, ()
        except ZhishuError as error:
            return "", error.problems

    def _fits(self, cells: Cells, series: Series, region: str, kind: str | None, basis: str | None) -> None:
        level = "zone" if region.startswith("zone:") else self.regions.get(region).level if region else ""
        if level and level not in series.levels:
            cells.problems.append(no_level(series, level, cells.where("region")))
        for column, given, declared in (("kind", kind, series.kind), ("basis", basis, series.price)):
            if given is not None and given != declared:
                what = Text(
                    f"{column} 是 {given}，该指标是 {declared}", f"{column} is {given}, the series is {declared}"
                )
                repair = Text("改用口径相同的指标", "use a series of that kind")
                cells.bad(column, f"intake-{column}", what, repair)

    def _dates(self, cells: Cells, year: int, status: str | None) -> tuple[date | None, date]:
        """Return the published date and the bound, which is never after it nor after today."""
        published, given = cells.day("published"), cells.day("earliest")
        for column, day in (("published", published), ("earliest", given)):
            if day is not None and day > self.today:
                what = Text(f"{day} 还没有到", f"{day} has not come yet")
                cells.bad(column, "intake-date-future", what, Text("核对日期", "check the date"))
        if published is not None and given is not None and given > published:
            what = Text(
                f"最早日期 {given} 晚于发布日期 {published}", f"earliest {given} is after published {published}"
            )
            cells.bad("earliest", "intake-date-order", what, Text("核对两个日期", "check both dates"))
        last = published or self.today
        if status == "actual" and date(year, 1, 1) > last:
            what = Text(
                f"{year} 年在 {last} 还没有开始，不会有实际数", f"{year} had not begun on {last}: no actual figure"
            )
            cells.bad(
                "period",
                "intake-period-range",
                what,
                Text("写 planned，或核对年份", "write planned, or check the year"),
            )
        return published, min(given or date(year + 1, 3, 1), last)
