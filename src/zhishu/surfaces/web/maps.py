"""Maps of the 21 prefectures: a theme's values, its classes, its drawing."""

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import pairwise

from zhishu.logic import Unknown
from zhishu.measure import Grid, Reading, measure
from zhishu.study import Study
from zhishu.study.figures import grid
from zhishu.surfaces.web.charts.model import Classes, Region
from zhishu.system.show import own_unit, rounded
from zhishu.terms import Language, Text

THEMES = ("urbanisation", "gdp_real_growth", "gdp_per_head", "services_share_exact", "air_index")


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


def theme(study: Study, name: str, on: date, known: Grid | None = None, year: int | None = None) -> Theme:
    """Return the theme of an indicator, in the newest year in which most prefectures are known."""
    indicator = study.pack.indicators[name]
    cells = known or grid(study, on)
    codes = [r.code for r in study.data.regions.level("prefecture", on)]
    header = study.pack.header
    years = (
        [year]
        if year is not None
        else list(range(max(header.first_year, min(header.last_year, on.year)), header.first_year - 1, -1))
    )
    found: tuple[Reading, ...] = ()
    chosen = years[0]
    for candidate in years:
        found = measure(cells, name, codes, [candidate])
        chosen = candidate
        if sum(r.known for r in found) > len(codes) // 2:
            break
    else:
        # nowhere is half of them known: show the newest year with what it has
        chosen = years[0]
        found = measure(cells, name, codes, [chosen])
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
    reason = r.value.say() if isinstance(r.value, Unknown) else Text("未知", "unknown")
    return Region(short, None, reason, href)


def _classes(values: list[float], digits: int) -> Classes:
    """Return five classes at the quintiles, rounded so that the cuts read well; proposals, printed with counts."""
    if len(set(values)) < 5:
        return Classes((), (Text("全部", "all"),))
    ordered = sorted(values)
    cuts: list[float] = []
    for k in range(1, 5):
        position = k * (len(ordered) - 1) / 5
        low = int(position)
        raw = ordered[low] + (position - low) * (ordered[low + 1] - ordered[low])
        cut = round(raw, digits if raw < 100 else -2 if raw > 10_000 else 0)
        if not cuts or cut > cuts[-1]:
            cuts.append(cut)
    shown = [f"{c:,.{digits}f}" if c < 100 else f"{c:,.0f}" for c in cuts]
    labels = [f"<{shown[0]}", *(f"{a}–{b}" for a, b in pairwise(shown)), f"≥{shown[-1]}"]
    return Classes(tuple(cuts), tuple(Text(x, x) for x in labels))


def linked(regions: dict[str, Region], lang: Language, on: date) -> dict[str, Region]:
    """Return the regions with links that keep language and date."""
    return {k: replace(r, href=f"{r.href}?lang={lang}&on={on}") for k, r in regions.items()}
