"""What an assessment lacks of the real units of a study: the class of each, and the figure of each indicator."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhishu.measure import measure
from zhishu.pack.assessment import Assessment
from zhishu.study.figures import grid
from zhishu.study.open import Study
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Lack:
    """An indicator: how many of the units have a figure in the best year there is, and why the others have none."""

    indicator: str
    name: Text
    known: int
    of: int
    year: int | None
    why: Text


def lacks(study: Study, assessment: Assessment, on: date) -> tuple[Lack, ...]:
    """Return what is there of each indicator. Nothing is scored from it: classes of real units are nowhere published in
    the pack, and figures of a year outside the assessment do not count."""
    codes = [r.code for r in study.data.regions.level(assessment.level, on)]
    cells = grid(study, on)
    found = []
    for indicator in assessment.indicators():
        figure = indicator.figure
        if figure is None or figure not in study.pack.indicators:
            why = Text("战略包没有这个指标的数列", "the pack has no series of this indicator")
            found.append(Lack(indicator.id, indicator.name, 0, len(codes), None, why))
            continue
        best, year = 0, None
        for y in range(assessment.years[0], assessment.years[1] + 1):
            count = sum(isinstance(r.value, Fraction) for r in measure(cells, figure, codes, [y]))
            if count > best:
                best, year = count, y
        why = Text(
            f"{assessment.years[0]}—{assessment.years[1]} 年没有分县的数" if not best else "其余各县没有数",
            f"no county figure in {assessment.years[0]} to {assessment.years[1]}"
            if not best
            else "the other counties have no figure",
        )
        found.append(Lack(indicator.id, indicator.name, best, len(codes), year, why))
    return tuple(found)


def lacks_json(study: Study, assessment: Assessment, on: date) -> dict[str, object]:
    """Return the contract form of what is lacking of the real units."""
    found = lacks(study, assessment, on)
    units = found[0].of if found else 0
    return {
        "schema": 1,
        "id": assessment.id,
        "version": assessment.version.to_json(),
        "on": on.isoformat(),
        "scored": 0,
        "units": units,
        "classes_known": 0,
        "why_no_class": no_class(assessment).to_json(),
        "indicators": [
            {
                "indicator": x.indicator,
                "name": x.name.to_json(),
                "known": x.known,
                "of": x.of,
                "year": x.year,
                "why": x.why.to_json(),
            }
            for x in found
        ],
    }


def no_class(assessment: Assessment) -> Text:
    """Return why no real unit has a class: the list of members is not in the pack."""
    zh = "、".join(g.name.zh for g in assessment.groups.values())
    en = ", ".join(g.name.en for g in assessment.groups.values())
    return Text(f"没有录入各单位属于哪一类（{zh}）的名单", f"no list says which unit is in which class ({en})")
