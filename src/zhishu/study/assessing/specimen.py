"""Visibly synthetic units and figures for the form of an assessment, from a seed; they describe no real place."""

from collections.abc import Mapping
from fractions import Fraction
from random import Random

from zhishu.pack.assessment import GAIN, Assessment, Indicator
from zhishu.study.assessing.form import readings_of
from zhishu.system.case import RawCase, RawRow
from zhishu.units import parse_unit

Cells = dict[str, object]
FEW = 5
"""Units of a class of which nobody says how many there should be."""


def specimen(assessment: Assessment, seed: int, sizes: Mapping[str, int] | None = None) -> RawCase:
    """Return a filled form of specimens (示例), as many in each class as there should be or as ``sizes`` says.

    Figures are drawn around the lines that the kinds of score declare. Same seed, same form.
    """
    random = Random(f"{assessment.id}/{seed}")
    units: list[Cells] = []
    values: list[Cells] = []
    gains = any(a.by == GAIN for a in assessment.awards)
    for group in assessment.groups.values():
        count = (sizes or {}).get(group.id, group.size or FEW)
        for n in range(1, count + 1):
            unit = f"示例{group.name.zh}{n:02d}"
            row: Cells = {"unit": unit, "group": group.id, **dict.fromkeys(assessment.grounds, "否")}
            if gains:
                row["before"] = f"{random.gauss(74, 5):.2f}"
            units.append(row)
            values.append({"unit": unit, **_values(assessment, group.id, random)})
    return RawCase({"units": _rows("units", units), "values": _rows("values", values)})


def _rows(table: str, rows: list[Cells]) -> list[RawRow]:
    return [RawRow(row, f"{table}[{n}]") for n, row in enumerate(rows)]


def _values(assessment: Assessment, group: str, random: Random) -> Cells:
    found: Cells = {}
    for indicator in assessment.indicators():
        target = random.randint(8, 40) * 100
        for reading, column in readings_of(indicator):
            found[column.id] = _drawn(indicator, group, reading, target, random)
        if f"{indicator.id}_agreeing" in found:
            answers = random.randint(150, 600)
            found[f"{indicator.id}_answers"] = str(answers)
            found[f"{indicator.id}_agreeing"] = str(int(answers * random.uniform(0.6, 0.95)))
    return found


def _drawn(indicator: Indicator, group: str, reading: str, target: int, random: Random) -> str:
    if reading == "fact":
        return "是" if random.random() < 0.9 else "否"
    if reading == "mean":
        return "8"
    if reading.startswith("mark"):
        return str(random.randint(60, 95))
    if indicator.kind == "completion":
        goal = target if indicator.unit != "%" else target / 1000
        drawn = goal if reading == "target" else goal * random.uniform(0.8, 1.25)
        return f"{drawn:.0f}" if indicator.unit != "%" else f"{drawn:.2f}"
    return f"{_around(indicator, group, random):.2f}"


def _around(indicator: Indicator, group: str, random: Random) -> float:
    """Return a figure in the unit of the indicator, near the lines of its kind or else near what its unit suggests."""
    told = indicator.at(group).parameters
    full, none, line, step = (told.get(k) for k in ("full_at", "none_at", "line", "step"))
    if isinstance(full, Fraction) and isinstance(none, Fraction):
        return float(none) + float(full - none) * random.uniform(0.1, 1.1 if indicator.unit != "%" else 1.0)
    if isinstance(line, Fraction):
        width = float(step) if isinstance(step, Fraction) else 1.0
        return max(0.0, float(line) + width * random.gauss(-1, 2))
    if parse_unit(indicator.unit).dimension:
        return random.uniform(20_000, 90_000)
    return random.gauss(7, 2) if indicator.unit in ("%", "个百分点") else random.uniform(1.8, 3.0)
