"""Readings of an indicator or series for the regions and years a user names."""

from collections.abc import Sequence
from datetime import date

from zhishu.data.region_words import RegionWords, current
from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.measure import Reading, measure
from zhishu.study.figures import grid
from zhishu.study.open import Study
from zhishu.system.show import exact
from zhishu.terms import Text


def readings(
    study: Study, name: str, regions: Sequence[str], level: str | None, periods: Sequence[str], on: date
) -> tuple[str, tuple[Reading, ...]]:
    """Return the unit and the readings; without regions the level's, without periods all years with a figure.

    A region is found by any name or code it ever had, and each year is read under the code of that year. Raises ZhishuError ``indicator-unknown``, ``region-*`` or ``period-outside``.
    """
    indicator = study.pack.indicators.get(name)
    series = study.data.series.get(name)
    if indicator is None and series is None:
        what = Text(f"没有指标或数列 {name}", f"there is no indicator or series {name}")
        known = [*study.pack.indicators, *study.data.series]
        raise ZhishuError([Problem("indicator-unknown", name, what, did_you_mean(name, known))])
    unit = indicator.unit if indicator else series.unit if series else "1"
    levels = indicator.levels if indicator else series.levels if series else ()
    words = RegionWords(study.data.regions, on)
    named = [words.read(r).region for r in regions if ":" not in r]
    codes = [r for r in regions if ":" in r]
    if not regions:
        chosen = level or next((v for v in ("province", "prefecture", "county") if v in levels), "province")
        codes = [r.code for r in study.data.regions.level(chosen, on)]
    header = study.pack.header
    first, last = header.first_year, header.last_year
    for period in periods:
        if not period.isdigit() or not first <= int(period) <= last:
            what = Text(f"年份 {period} 不在 {first}—{last} 之内", f"the year {period} is outside {first}–{last}")
            raise ZhishuError([Problem("period-outside", period, what, Text("改年份", "choose a year inside"))])
    years = [int(p) for p in periods] or range(first, last + 1)
    cells = grid(study, on)
    found = measure(cells, name, codes, years) if codes else ()
    for region in named:
        by_code: dict[str, list[int]] = {}
        for year in years:
            then = current(study.data.regions, region, date(year, 12, 31)) or region
            by_code.setdefault(then.code, []).append(year)
        for code, own in by_code.items():
            found = (*found, *measure(cells, name, [code], own))
    if not periods:
        found = tuple(r for r in found if r.inputs)
    return unit, found


def readings_json(
    study: Study, name: str, regions: Sequence[str], level: str | None, periods: Sequence[str], on: date
) -> dict[str, object]:
    """Return the contract form of ``zhishu measure``."""
    unit, found = readings(study, name, regions, level, periods, on)
    rows = [
        {
            "region": r.region,
            "name": study.data.regions.name(r.region).to_json(),
            "period": r.period,
            "value": exact(r.value, unit),
            "runs": list(r.runs),
            "confidence": r.confidence,
            "assumed_dates": r.assumed,
            "refs": [o.ref for o in r.inputs],
        }
        for r in found
    ]
    return {"schema": 1, "on": on.isoformat(), "indicator": name, "unit": unit, "readings": rows}
