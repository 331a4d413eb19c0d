"""The rows of a pack's tables against each other: regions, series, units, numbers, days."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhishu.data.regions import Regions
from zhishu.data.series import Series
from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.pack.tables import Rows
from zhishu.terms import CONFIDENCE, Text
from zhishu.units import parse_unit

_CODE = re.compile(r"[0-9]{6}")
# an area of reporting that is no region of the standard, as a railway bureau: bureau:chengdu
_AREA = re.compile(r"[a-z]+:[a-z_]+")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_LEVELS = ("nation", "province", "prefecture", "county")


def day(written: str) -> date | None:
    """Return a day as ISO 8601 writes it, or None."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def region_problems(rows: Rows, file: str) -> list[Problem]:
    """Return what is wrong with the table of regions: codes, levels, parents, days and places on the map."""
    known = {row["code"] for _, row in rows}
    found: list[Problem] = []
    for line, row in rows:
        at = f"{file}:{line}"
        if not _CODE.fullmatch(row["code"]):
            what = Text(f"代码 {row['code']} 不是六位数字", f"the code {row['code']} is not six digits")
            found.append(Problem("pack-region-code", at, what, Text("写六位代码", "write a code of six digits")))
        if row["level"] not in _LEVELS:
            what = Text(f"没有层级 {row['level']}", f"there is no level {row['level']}")
            found.append(Problem("pack-region-level", at, what, did_you_mean(row["level"], _LEVELS)))
        if row["parent"] and row["parent"] not in known:
            what = Text(f"上级 {row['parent']} 不在表中", f"the parent {row['parent']} is not in the table")
            found.append(Problem("pack-region-parent", at, what, did_you_mean(row["parent"], known)))
        found += _days(row, ("valid_from", "valid_to"), at)
        for column in ("lon", "lat"):
            if row[column] and not _NUMBER.fullmatch(row[column]):
                found.append(_unread(at, column, row[column]))
    return found


def lineage_problems(rows: Rows, codes: Mapping[str, object], file: str) -> list[Problem]:
    """Return what is wrong with the lineage or the zones: days, and codes no region has."""
    found: list[Problem] = []
    for line, row in rows:
        at = f"{file}:{line}"
        if "date" in row and day(row["date"]) is None:
            found.append(_no_day(at, "date", row["date"]))
        for column in ("code", "from_code", "to_code"):
            if column in row and row[column] not in codes:
                found.append(_no_region(at, row[column], codes))
    return found


def series_problems(rows: Rows, file: str) -> list[Problem]:
    """Return the units of series nobody knows."""
    found: list[Problem] = []
    for line, row in rows:
        try:
            parse_unit(row["unit"])
        except ZhishuError as error:
            found += [Problem(p.code, f"{file}:{line}", p.what, p.repair) for p in error.problems]
    return found


@dataclass(frozen=True, slots=True)
class Figures:
    """What figures are checked against."""

    regions: Regions
    series: Mapping[str, Series]
    sources: Mapping[str, str]
    notes: Mapping[str, str]

    def problems(self, rows: Rows, file: str) -> list[Problem]:
        """Return what is wrong with a table of figures, each with its line."""
        found: list[Problem] = []
        for line, row in rows:
            wrong = self._row(row)
            found += [Problem(p.code, f"{file}:{line} {p.where}", p.what, p.repair) for p in wrong]
        return found

    def _row(self, row: Mapping[str, str]) -> list[Problem]:
        found: list[Problem] = []
        if not _NUMBER.fullmatch(row["value"]):
            found.append(_unread("value", "value", row["value"]))
        year = int(row["period"]) if row["period"].isdecimal() and len(row["period"]) == 4 else None
        if year is None:
            what = Text(f"不是年份：{row['period']}", f"not a year: {row['period']}")
            found.append(Problem("pack-period", "period", what, Text("写四位年份", "write four digits")))
        found += self._region(row["region"], year)
        series = self.series.get(row["series"])
        if series is None:
            what = Text(f"没有数列 {row['series']}", f"there is no series {row['series']}")
            found.append(Problem("pack-series-unknown", "series", what, did_you_mean(row["series"], self.series)))
        elif row["unit"] != series.unit:
            what = Text(
                f"单位是 {row['unit']}，数列 {series.id} 的单位是 {series.unit}",
                f"the unit is {row['unit']}, that of {series.id} is {series.unit}",
            )
            repair = Text(f"换算成 {series.unit}", f"convert it to {series.unit}")
            found.append(Problem("pack-unit", "unit", what, repair))
        found += _days(row, ("published",), "published")
        if day(row["earliest"]) is None:
            found.append(_no_day("earliest", "earliest", row["earliest"]))
        for column, known in (
            ("status", {"actual": "", "planned": ""}),
            ("confidence", CONFIDENCE),
            ("source", self.sources),
            ("note", {**self.notes, "": ""}),
        ):
            if row[column] not in known:
                what = Text(f"{column} 没有 {row[column]}", f"{column} has no {row[column]}")
                found.append(Problem(f"pack-{column}", column, what, did_you_mean(row[column], known)))
        return found

    def _region(self, code: str, year: int | None) -> list[Problem]:
        if code.startswith("zone:"):
            if code[5:] in self.regions.zones:
                return []
            return [_no_region("region", code, {f"zone:{z}": z for z in self.regions.zones})]
        if _AREA.fullmatch(code):
            return []
        if code not in self.regions.by_code:
            return [_no_region("region", code, self.regions.by_code)]
        region = self.regions.by_code[code]
        # a code stands for its whole year, whichever day of it the change fell on
        begins_after = region.valid_from is not None and year is not None and year < region.valid_from.year
        ends_before = region.valid_to is not None and year is not None and year > region.valid_to.year
        if not (begins_after or ends_before):
            return []
        what = Text(
            f"{region.name.zh}（{code}）在 {year} 年不是有效的代码",
            f"{region.name.en} ({code}) was not in force in {year}",
        )
        return [Problem("pack-region-retired", "region", what, Text("用当年有效的代码", "use the code of that year"))]


def _days(row: Mapping[str, str], columns: tuple[str, ...], at: str) -> list[Problem]:
    return [_no_day(at, c, row[c]) for c in columns if row[c] and day(row[c]) is None]


def _no_day(at: str, column: str, written: str) -> Problem:
    what = Text(f"{column} 不是日期：{written}", f"{column} is not a date: {written}")
    return Problem("pack-bad-date", at, what, Text("写作 2018-06-30", "write it as 2018-06-30"))


def _unread(at: str, column: str, written: str) -> Problem:
    plain = written.replace(",", "").strip()
    repair = Text(f"写作 {plain}", f"write {plain}") if _NUMBER.fullmatch(plain) else Text("写数", "write a number")
    what = Text(f"{column} 读不成数：{written}", f"{column} is not a number: {written}")
    return Problem("pack-number", at, what, repair)


def _no_region(at: str, code: str, known: Mapping[str, object]) -> Problem:
    what = Text(f"没有地区 {code}", f"there is no region {code}")
    return Problem("pack-region-unknown", at, what, did_you_mean(code, known))
