"""Warnings of a study as of a day: which stand open where, on what figures, and the case each would open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhishu.data.region_words import current
from zhishu.data.regions import Region
from zhishu.errors import Problem
from zhishu.logic import Unknown
from zhishu.measure import Grid, measure
from zhishu.pack.office import OfficeRules
from zhishu.pack.warning import DeclaredWarning
from zhishu.study.figures import grid
from zhishu.study.open import Study
from zhishu.system.show import own_unit, plain
from zhishu.terms import Text
from zhishu.units.said import figure_words
from zhishu.watch.warning import Episode, Value, WarningRule, warn

LEVELS: Mapping[str, Text] = {
    "none": Text("无", "none"),
    "yellow": Text("黄色预警", "yellow"),
    "red": Text("红色预警", "red"),
}


@dataclass(frozen=True, slots=True)
class Raised:
    """An episode of a warning in a region, with the rows of the tables its evidence rests on."""

    warning: DeclaredWarning
    region: str
    place: Text
    episode: Episode
    refs: tuple[str, ...]

    @property
    def ref(self) -> str:
        """The figure that opened it, as ``zhishu why`` takes it."""
        return f"{self.warning.indicator}/{self.region}/{self.episode.opened}"

    def say(self) -> Text:
        """Return why it opened, what was unknown since, and what closed it."""
        w, e = self.warning, self.episode
        figures = [(p, figure_words(v, w.unit)) for p, v in e.evidence]
        zh = "、".join(f"{p} 年 {f.zh}" for p, f in figures)
        en = ", ".join(f"{f.en} in {p}" for p, f in figures)
        line = figure_words(w.thresholds[e.levels[0][1]].on, w.unit)
        bad = Text("不高于", "at or below") if w.direction == "below" else Text("不低于", "at or above")
        zh, en = f"{zh}，{bad.zh} {line.zh}", f"{en}, {bad.en} {line.en}"
        for period, level in e.levels[1:]:
            zh, en = f"{zh}；{period} 年转为{LEVELS[level].zh}", f"{en}; {LEVELS[level].en} from {period}"
        if e.gaps:
            years = [p for p, _ in e.gaps]
            zh, en = f"{zh}；其后缺数：{'、'.join(years)}", f"{en}; no figure in {', '.join(years)}"
        if e.closed is not None and e.closing is not None:
            back = figure_words(e.closing, w.unit)
            zh, en = f"{zh}；{e.closed} 年 {back.zh}，解除", f"{en}; closed by {back.en} in {e.closed}"
        return Text(zh, en)


def rule_of(warning: DeclaredWarning) -> WarningRule:
    """Return the pure rule of a declared warning."""
    return WarningRule(warning.direction, warning.thresholds, warning.persistence)


def warnings(study: Study, on: date) -> tuple[Raised, ...]:
    """Return every warning that the figures known on a day open, closed ones too, by warning, region and period.

    A region is read year by year under the code of that year, from its first figure to the last year that is
    over; years without figure are unknown.
    """
    known = grid(study, on)
    found: list[Raised] = []
    for warning in study.pack.warnings.values():
        for region in study.data.regions.level(warning.level, on):
            found += _raised(study, known, warning, region, on)
    return tuple(found)


def _raised(study: Study, known: Grid, warning: DeclaredWarning, region: Region, on: date) -> list[Raised]:
    series: list[tuple[str, Value]] = []
    refs: dict[str, tuple[str, ...]] = {}
    for year in range(study.pack.header.first_year, min(study.pack.header.last_year, on.year - 1) + 1):
        then = current(study.data.regions, region, date(year, 12, 31)) or region
        (reading,) = measure(known, warning.indicator, [then.code], [year])
        if not series and not reading.known:
            continue
        value: Value = reading.value if isinstance(reading.value, Fraction | Unknown) else Unknown("domain")
        if any(o.status == "planned" for o in reading.inputs):
            value = Unknown("planned")
        if warning.same_territory and _moved(study, then.code, year):
            value = Unknown("break", f"{then.code} {year}")
        series.append((reading.period, value))
        refs[reading.period] = tuple(o.ref for o in reading.inputs)
    place = study.data.regions.name(region.code)
    return [
        Raised(warning, region.code, place, e, tuple(r for p, _ in e.evidence for r in refs[p]))
        for e in warn(rule_of(warning), region.code, series).episodes
    ]


def _moved(study: Study, code: str, year: int) -> bool:
    """Return whether a region changed its territory within a year, or nobody can say."""
    return study.data.regions.same_territory(code, date(year - 1, 12, 31), date(year, 12, 31)) is not True


def open_case_form(raised: Raised, rules: OfficeRules) -> dict[str, list[str]]:
    """Return the form that opens a case on a warning, as far as the warning fills it.

    Who is responsible and by when is left to the person who opens it; a warning opens nothing by itself.
    """
    w, e = raised.warning, raised.episode
    level = LEVELS[e.now]
    return {
        "title": [f"{raised.place.zh}：{w.name.zh}（{level.zh}，{e.opened} 年起）"],
        "title_en": [f"{raised.place.en}: {w.name.en} ({level.en}, since {e.opened})"],
        "origin": ["warning"],
        "ref": [raised.ref],
        "region": [raised.region],
        "domain": [rules.domain_of(int(w.cite.at.split(".")[0]))],
    }


def try_warnings(study: Study) -> list[Problem]:
    """Return every example of a warning that gives another level than expected, by its line."""
    found = []
    for warning in study.pack.warnings.values():
        for example in warning.examples:
            series = [(str(i + 1), Unknown("missing") if v is None else v) for i, v in enumerate(example.given)]
            given = tuple(level for _, level in warn(rule_of(warning), "example", series).levels)
            if given != example.expect:
                what = Text(
                    f"{warning.id}：应为 {'、'.join(example.expect)}，算得 {'、'.join(given)}",
                    f"{warning.id}: expected {', '.join(example.expect)}, got {', '.join(given)}",
                )
                repair = Text("改例子或界线", "correct the example or the thresholds")
                found.append(Problem("warning-example", example.where, what, repair))
    return found


def warnings_json(study: Study, on: date) -> dict[str, object]:
    """Return the contract form of ``zhishu warnings``."""
    return raised_json(on, warnings(study, on))


def raised_json(on: date, found: Iterable[Raised]) -> dict[str, object]:
    """Return the contract form of warnings found already."""
    return {"schema": 1, "on": on.isoformat(), "warnings": [_json(r) for r in found]}


def _json(raised: Raised) -> dict[str, object]:
    w, e = raised.warning, raised.episode

    def number(value: Fraction | None) -> str | None:
        return None if value is None else plain(own_unit(value, w.unit))

    return {
        "id": w.id,
        "name": w.name.to_json(),
        "at": w.cite.at,
        "region": raised.region,
        "place": raised.place.to_json(),
        "level": "none" if e.closed else e.now,
        "levels": [{"period": p, "level": level} for p, level in e.levels],
        "opened": e.opened,
        "closed": e.closed,
        "closing": number(e.closing),
        "indicator": w.indicator,
        "unit": w.unit,
        "evidence": [{"period": p, "value": number(v)} for p, v in e.evidence],
        "gaps": [{"period": p, "unknown": v.reason, "detail": v.detail} for p, v in e.gaps],
        "ref": raised.ref,
        "refs": list(raised.refs),
        "basis": {"proposed": w.proposed, **w.basis.to_json()},
        "say": raised.say().to_json(),
    }
