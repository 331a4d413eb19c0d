"""Maps of the prefectures: a theme's values, its classes, its drawing."""

import math
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from statistics import quantiles

from zhishu.logic import Unknown
from zhishu.measure import Grid, Reading, measure
from zhishu.study import Study
from zhishu.study.figures import grid
from zhishu.surfaces.web.charts.model import Classes, Region
from zhishu.system.show import own_unit
from zhishu.terms import Language, Text
from zhishu.units import rounded


@dataclass(frozen=True, slots=True)
class Theme:
    """An indicator over the prefectures in its latest year: readings, classes, and what is unknown."""

    indicator: str
    name: Text
    unit: str
    digits: int
    year: int
    readings: tuple[Reading, ...]
    regions: dict[str, Region]
    classes: Classes


def newest(study: Study, name: str, level: str, on: date, cells: Grid) -> tuple[int, tuple[Reading, ...]]:
    """Return the newest year in which most regions of a level are known, and its readings.

    Where no year has so many, it is the newest year with what it has.
    """
    codes = [r.code for r in study.data.regions.level(level, on)]
    header = study.pack.header
    last = max(header.first_year, min(header.last_year, on.year))
    for year in range(last, header.first_year - 1, -1):
        found = measure(cells, name, codes, [year])
        if sum(r.known for r in found) > len(codes) // 2:
            return year, found
    return last, measure(cells, name, codes, [last])


def theme(study: Study, name: str, on: date, known: Grid | None = None, year: int | None = None) -> Theme:
    """Return the theme of an indicator, in a year or else in the newest year in which most prefectures are known."""
    indicator = study.pack.indicators[name]
    cells = known or grid(study, on)
    if year is None:
        chosen, found = newest(study, name, "prefecture", on, cells)
    else:
        codes = [r.code for r in study.data.regions.level("prefecture", on)]
        chosen, found = year, measure(cells, name, codes, [year])
    values = [float(own_unit(r.value, indicator.unit)) for r in found if isinstance(r.value, Fraction)]
    regions = {r.region: _region(study, r, indicator.unit, indicator.digits) for r in found}
    return Theme(
        name,
        indicator.name,
        indicator.unit,
        indicator.digits,
        chosen,
        found,
        regions,
        _classes(values, indicator.digits),
    )


def _region(study: Study, r: Reading, unit: str, digits: int) -> Region:
    full = study.data.regions.name(r.region)
    short = Text(full.zh.removesuffix("市").split("藏族")[0].split("彝族")[0].removesuffix("自治州"), full.en)
    href = f"/cities/{r.region}"
    if isinstance(r.value, Fraction):
        own = own_unit(r.value, unit)
        return Region(short, float(own), href=href, shown=rounded(own, digits))
    reason = r.value.bare() if isinstance(r.value, Unknown) else Text("未知", "unknown")
    return Region(short, None, reason, href)


def _classes(values: list[float], digits: int) -> Classes:
    """Return five classes at the quintiles, rounded so that the cuts read well; proposals, printed with counts."""
    if len(set(values)) < 5:
        return Classes((), (Text("全部", "all"),))
    ordered = sorted(values)
    quintiles = quantiles(ordered, n=5, method="inclusive")
    step, cuts = _step(quintiles, digits)
    places = max(0, -math.floor(math.log10(step)))
    shown = [f"{c:,.{places}f}" for c in cuts]
    labels = [f"<{shown[0]}", *(f"{a}–{b}" for a, b in pairwise(shown)), f"≥{shown[-1]}"]
    return Classes(tuple(cuts), tuple(Text(x, x) for x in labels))


def _step(quintiles: list[float], digits: int) -> tuple[float, list[float]]:
    """Return the coarsest step of 1, 2 or 5 that keeps four cuts apart, and the cuts rounded to it."""
    high = math.ceil(math.log10(quintiles[-1] - quintiles[0] or 1)) if quintiles[-1] > quintiles[0] else 0
    for power in range(high, -digits - 1, -1):
        for head in (5, 2, 1):
            step = head * 10.0**power
            cuts = [round(q / step) * step for q in quintiles]
            if len(set(cuts)) == 4:
                return step, cuts
    step = 10.0**-digits
    return step, sorted({round(q / step) * step for q in quintiles})


def linked(regions: dict[str, Region], lang: Language, on: date) -> dict[str, Region]:
    """Return the regions with links that keep language and date."""
    return {k: replace(r, href=f"{r.href}?lang={lang}&on={on}") for k, r in regions.items()}
