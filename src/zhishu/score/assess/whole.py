"""The whole of a unit: points of the indicators, plus what is added and given back, less what is taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.pack.assessment import Assessment, Grade, Item
from zhishu.score.assess.facts import Counted, Facts, Forgiven
from zhishu.score.assess.points import Bounded, Points
from zhishu.terms import Text

_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Whole:
    """A unit's total and what it is made of; ``refused`` says what was not given back, and why."""

    base: Bounded
    bonus: Bounded
    deducted: Bounded
    restored: Bounded
    total: Bounded
    refused: tuple[Text, ...]


def whole(assessment: Assessment, unit: str, points: Points, facts: Facts) -> Whole:
    """Return the total of a unit, never below zero: ``base + min(bonus, most) − deductions + restored``."""
    bonus = _items([c for c in facts.bonus if c.unit == unit], assessment.bonus, assessment.most_bonus)
    taken = _items([c for c in facts.deductions if c.unit == unit], assessment.deductions, None)
    restored, refused = _restored(assessment, [f for f in facts.forgiven if f.unit == unit], points)
    total = Bounded(
        _sum(points.base.value, bonus.value, restored.value, taken.value),
        max(_ZERO, points.base.low + bonus.low + restored.low - taken.high),
        max(_ZERO, points.base.high + bonus.high + restored.high - taken.low),
    )
    return Whole(points.base, bonus, taken, restored, total, refused)


def grade_of(grades: Sequence[Grade], total: Bounded) -> Grade | Unknown | None:
    """Return the grade of a total, unknown where its bounds lie in two, none below the lowest or where none is declared.

    >>> from zhishu.terms import Text
    >>> good = Grade("good", Text("良好", "good"), Fraction(80))
    >>> grade_of([good], Bounded(Unknown("missing"), Fraction(70), Fraction(90))).reason
    'missing'
    """
    low, high = (next((g for g in grades if total_ >= g.least), None) for total_ in (total.low, total.high))
    if low == high:
        return low
    return total.value if isinstance(total.value, Unknown) else Unknown("held")


def _items(counted: Sequence[Counted], declared: Mapping[str, Item], most: Fraction | None) -> Bounded:
    """Return the points of items: each has its own cap, all together ``most``; an unknown count may be none or the cap."""
    low, high, value = _ZERO, _ZERO, _ZERO
    lost: Unknown | None = None
    by_item: dict[str, list[Value]] = {}
    for one in counted:
        by_item.setdefault(one.item, []).append(one.times)
    for name, times in by_item.items():
        item = declared[name]
        known = sum((t for t in times if isinstance(t, Fraction)), _ZERO) * item.each
        sure = known if item.most is None else min(known, item.most)
        unknown = next((t for t in times if not isinstance(t, Fraction)), None)
        low, value = low + sure, value + sure
        if unknown is None:
            high += sure
        else:
            lost = unknown if isinstance(unknown, Unknown) else Unknown("domain", "not a number")
            # without a cap of its own an unknown count has no bound but the whole
            high += item.most if item.most is not None else Fraction(100)
    if most is not None:
        low, high, value = min(low, most), min(high, most), min(value, most)
    if lost is not None and low == high:
        lost = None
    return Bounded(value if lost is None else lost, low, high)


def _restored(assessment: Assessment, forgiven: Sequence[Forgiven], points: Points) -> tuple[Bounded, tuple[Text, ...]]:
    """Return what is given back of lost weight: never on a ground that is barred, never more than a share of the loss."""
    low, high, value = _ZERO, _ZERO, _ZERO
    lost: Unknown | None = None
    refused = []
    parts = {p.indicator: p for p in points.parts}
    for one in forgiven:
        if one.ground is not None and one.ground in assessment.never:
            name = assessment.never[one.ground]
            refused.append(Text(f"{name.zh}：不予容错", f"{name.en}: nothing is forgiven"))
            continue
        if one.indicator not in parts:
            refused.append(Text(f"{one.indicator} 不计分", f"{one.indicator} does not count here"))
            continue
        part = parts[one.indicator]
        gone = part.weight * max(_ZERO, 1 - part.points.low / 100) * assessment.restored
        if isinstance(one.points, Fraction) and part.points.known:
            given = max(_ZERO, min(one.points, gone))
            if given < one.points:
                said = f"{float(given):g}"
                refused.append(Text(f"至多退回 {said} 分", f"at most {said} points are given back"))
            low, high, value = low + given, high + given, value + given
        else:
            lost = one.points if isinstance(one.points, Unknown) else Unknown("held")
            high += gone
    return Bounded(value if lost is None else lost, low, high), tuple(refused)


def _sum(base: Value, bonus: Value, restored: Value, taken: Value) -> Value:
    total = _ZERO
    for value, sign in ((base, 1), (bonus, 1), (restored, 1), (taken, -1)):
        if not isinstance(value, Fraction):
            return value
        total += sign * value
    return max(_ZERO, total)
