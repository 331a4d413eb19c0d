"""Sums of a series over regions: declared sums only, one comparable run, every part known, none twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhishu.data.observation import Observation
from zhishu.data.panel import Panel
from zhishu.data.regions import LINEAGE_BEGINS, Regions
from zhishu.data.series import Series
from zhishu.errors import Problem, ZhishuError
from zhishu.logic import Unknown
from zhishu.terms import Text, weakest

_MOST_NAMED = 30
_BELOW = ("province", "prefecture", "county")


@dataclass(frozen=True, slots=True)
class Rolled:
    """A sum over regions in the unit of the series, with the figures it was made from."""

    value: Fraction
    unit: str
    run: str
    confidence: str
    inputs: tuple[Observation, ...]


def parts(regions: Regions, wholes: Sequence[str], level: str, on: date) -> tuple[str, ...]:
    """Return the codes of one level inside codes and ``zone:`` groupings, each once, by code.

    川南 and its own 自贡 together are four prefectures, not five. Raises ZhishuError ``region-unknown``,
    ``region-retired`` or ``zone-unknown``.
    """
    found: set[str] = set()
    for whole in wholes:
        inside = regions.zone_members(whole[5:]) if whole.startswith("zone:") else (regions.resolve(whole, on).code,)
        for code in inside:
            found |= _inside(regions, code, level, on)
    return tuple(sorted(found))


def roll_up(
    panel: Panel,
    regions: Regions,
    series: Series,
    wholes: Sequence[str],
    period: str,
    level: str = "",
    run: str = "",
) -> Rolled | Unknown:
    """Return the sum of a series over every region of a level inside the wholes, in a year.

    ``level`` is the highest level of the series at which they have parts, unless given; ``run`` the newest run that
    every part has. A missing part, parts without a common run and sources that disagree are unknown and
    named; planned figures do not count. Raises ZhishuError ``rollup-not-additive`` for a series that is not
    declared to add up, ``rollup-no-level`` where it has no figures below.
    """
    if series.region_agg != "sum":
        raise ZhishuError([_not_additive(series)])
    end = date(int(period), 12, 31)
    level = level or _level(regions, series, wholes, end)
    if level == "county" and end < LINEAGE_BEGINS:
        return Unknown("missing", f"lineage begins {LINEAGE_BEGINS}")
    codes = parts(regions, wholes, level, end)
    if not codes:
        return Unknown("empty", f"{level} {' '.join(wholes)}")
    known = {c: _by_run(panel, series.id, c, period) for c in codes}
    lacking = [c for c in codes if not known[c] or (run and run not in known[c])]
    if lacking:
        return Unknown("missing", f"{series.id} {period}: {_listed(lacking)}")
    shared = set.intersection(*(set(held) for held in known.values()))
    if not shared:
        return Unknown("break", " | ".join(sorted({r for held in known.values() for r in held})))
    chosen = run or max(shared, key=lambda r: (max(o.known_on for c in codes for o in known[c][r]), r))
    torn = [o for c in codes if len(known[c][chosen]) > 1 for o in known[c][chosen]]
    if torn:
        return Unknown("conflict", " | ".join(o.ref for o in torn))
    inputs = tuple(known[c][chosen][0] for c in codes)
    odd = [o for o in inputs if o.unit != series.unit]
    if odd:
        return Unknown("conflict", " | ".join(f"{o.ref} {o.unit}" for o in odd))
    total = sum((o.value for o in inputs), Fraction(0))
    return Rolled(total, series.unit, chosen, weakest(tuple(o.confidence for o in inputs)), inputs)


def _inside(regions: Regions, code: str, level: str, on: date) -> set[str]:
    if regions.get(code).level == level:
        return {code}
    return {found for r in regions.children(code, on) for found in _inside(regions, r.code, level, on)}


def _level(regions: Regions, series: Series, wholes: Sequence[str], on: date) -> str:
    """Return the highest level of the series at which the wholes have parts; a zone is made of prefectures."""
    depths = [1 if w.startswith("zone:") else _depth(regions.resolve(w, on).level) for w in wholes]
    alone = len(wholes) == 1 and not wholes[0].startswith("zone:")
    for level in _BELOW[max(depths, default=0) + alone :]:
        if level in series.levels:
            return level
    what = Text(
        f"{series.name.zh}在 {'、'.join(wholes)} 以下没有数字", f"{series.id} has no figures below {', '.join(wholes)}"
    )
    repair = Text("直接用该地区自己的数", "use the region’s own figure")
    raise ZhishuError([Problem("rollup-no-level", series.id, what, repair)])


def _depth(level: str) -> int:
    return _BELOW.index(level) if level in _BELOW else -1


def _by_run(panel: Panel, series: str, code: str, period: str) -> dict[str, list[Observation]]:
    found: dict[str, list[Observation]] = {}
    for o in panel.latest(series, code):
        if o.period == period:
            found.setdefault(o.run, []).append(o)
    return found


def _listed(codes: list[str]) -> str:
    more = f" … ({len(codes)})" if len(codes) > _MOST_NAMED else ""
    return " ".join(codes[:_MOST_NAMED]) + more


def _not_additive(series: Series) -> Problem:
    what = Text(f"{series.name.zh}不能跨地区相加", f"{series.id} does not add up over regions")
    repair = Text("先分别加总分子和分母，再相除", "add up numerator and denominator, then divide")
    return Problem("rollup-not-additive", series.id, what, repair)
