"""A result of an assessment as pages draw it: the ranking of a class with its intervals, and steps that add up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import takewhile

from zhishu.pack.assessment import Assessment
from zhishu.study.assessing.told import Exact, Standings, TellsClass, TellsUnit, Told, number, standings
from zhishu.surfaces.web.charts.ranked import Ranked, RankedUnit, ranked_chart, ranked_size
from zhishu.surfaces.web.charts.svg import num
from zhishu.terms import Language, Text
from zhishu.units import parse_unit
from zhishu.units.said import figure_words

BESIDE = {
    "bonus": Text("加分", "bonus"),
    "restored": Text("容错退回", "given back"),
    "deducted": Text("扣分", "deducted"),
}
NONE = "–"
_HUNDRED = Decimal(100)
_CENT = Decimal("0.01")
_SHARED = 3
"""Letters that names may share before they are shortened."""


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a total: its name, points, weight and what it brings in words; the bar from where the one before
    ended as left edge and width in percent."""

    name: Text
    points: str
    weight: str
    brings: str
    bar: tuple[str, str] | None
    down: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One unit with its figures in words: total, ranks, what each aspect brings, and its steps."""

    u: TellsUnit
    total: str
    ranks: str
    brings: Mapping[str, str]
    steps: Sequence[Step]


@dataclass(frozen=True, slots=True)
class Ends:
    """The ends of one scale in words, and the units that set them."""

    name: Text
    low: Text
    low_unit: str
    high: Text
    high_unit: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A class as a page shows it."""

    name: Text
    told: TellsClass | None
    finding: Text | None
    drawn: Mapping[str, str] | None
    rows: Sequence[Row]
    spans: Sequence[Ends]
    grades: Mapping[str, Text]


def shown_classes(
    result: Told, assessment: Assessment, lang: Language, letters: float = 1.0, *, parts: bool = True
) -> list[Shown]:
    """Return the classes of a result in the order of the declaration; without ``parts`` no unit has steps, no scale its ends."""
    grades = {g.id: g.name for g in assessment.grades}
    found = []
    for one in standings(result, assessment):
        rows = [
            Row(
                u,
                total(u),
                span(u.ranks()),
                {a.id: two(u.brings.get(a.id)) for a in assessment.aspects},
                steps(u, assessment) if parts else (),
            )
            for u in one.units
        ]
        ends = _ends(result, assessment, one.told.id) if one.told and parts else []
        found.append(Shown(one.name, one.told, finding(one), ranking(one, lang, letters), rows, ends, grades))
    return found


def _ends(result: Told, assessment: Assessment, group: str) -> list[Ends]:
    names = {i.id: i.name for i in assessment.indicators()}
    found = []
    for one in result.scales:
        low, high = number(one.low), number(one.high)
        if one.group == group and one.indicator in names and low is not None and high is not None:
            factor = parse_unit(one.unit).factor
            low_words, high_words = (figure_words(Fraction(v) * factor, one.unit) for v in (low, high))
            found.append(Ends(names[one.indicator], low_words, one.low_unit or "", high_words, one.high_unit or ""))
    return found


def two(value: Exact) -> str:
    """Return told points at two decimals, a dash for what was not known.

    >>> two("79.125"), two({"unknown": "missing"})
    ('79.13', '–')
    """
    found = number(value)
    return NONE if found is None else str(found.quantize(_CENT, ROUND_HALF_UP))


def prize(value: Exact) -> Text:
    """Return told money, which is in 万元, as each language counts it.

    >>> prize("141000")
    Text(zh='141,000 万元', en='1,410,000,000 yuan')
    """
    found = number(value)
    return Text(NONE, NONE) if found is None else figure_words(Fraction(found) * parse_unit("万元").factor, "万元")


def span(ranks: tuple[int, int] | None) -> str:
    """Return ranks as a person reads them.

    >>> span((3, 3)), span((1, 4)), span(None)
    ('3', '1–4', '–')
    """
    if ranks is None:
        return NONE
    return f"{ranks[0]}" if ranks[0] == ranks[1] else f"{ranks[0]}–{ranks[1]}"


def total(unit: TellsUnit) -> str:
    """Return a unit's total, or between which totals what is unknown leaves it."""
    if number(unit.total) is not None or number(unit.low) is None:
        return two(unit.total)
    return f"{two(unit.low)}–{two(unit.high)}"


def steps(unit: TellsUnit, assessment: Assessment) -> list[Step]:
    """Return the parts of a unit by the aspects of the declaration, each bar from where the one before ended.

    A hundred points, or a total above them, are the whole width. Under a mean that does not add up an indicator brings
    nothing of its own: its aspect is a step instead.
    """
    taken: list[tuple[Text, str, str, Decimal | None, bool]] = []
    for aspect in assessment.aspects:
        inside = [(i.name, unit.parts[i.id]) for i in aspect.indicators if i.id in unit.parts]
        for name, part in inside:
            weight = number(part.weight)
            weighs = NONE if weight is None else f"{weight.normalize():f}"
            taken.append((name, two(part.points), weighs, number(part.brings), False))
        whole = number(unit.brings.get(aspect.id))
        if whole is not None and any(number(part.brings) is None for _, part in inside):
            name = Text(f"{aspect.name.zh}（几何平均）", f"{aspect.name.en} (geometric mean)")
            taken.append((name, "", "", whole, False))
    for key, name in BESIDE.items():
        points = number((unit.beside or {}).get(key))
        if points:
            taken.append((name, "", "", points, key == "deducted"))
    most = max(_HUNDRED, sum((v for *_, v, down in taken if v and not down), Decimal(0)))
    found, at = [], Decimal(0)
    for name, points_words, weighs, brings, down in taken:
        end = at if brings is None else at - brings if down else at + brings
        words = NONE if brings is None else f"{'−' if down else ''}{two(f'{brings:f}')}"
        low, high = (float(x * _HUNDRED / most) for x in sorted((at, end)))
        bar = None if brings is None else (num(low), num(max(high - low, 0.3)))
        found.append(Step(name, points_words, weighs, words, bar, down))
        at = end
    return found


def ranking(shown: Standings, lang: Language, letters: float = 1.0) -> dict[str, str] | None:
    """Return the drawings of a class by place, None where no unit has a rank with an interval."""
    units = [u for u in shown.units if u.rank is not None and u.totals is not None and number(u.total) is not None]
    if not units:
        return None
    title = Text(f"{shown.name.zh}：总分与区间", f"{shown.name.en}: totals and intervals")
    found = {}
    for place in ("wide", "narrow", "paper"):
        names = short([u.unit for u in units]) if place == "narrow" else [u.unit for u in units]
        drawn = tuple(_drawn(u, name) for u, name in zip(units, names, strict=True))
        size = ranked_size(place, len(units), letters)
        found[place] = ranked_chart(Ranked(title, _summary(units), drawn), lang, size)
    return found


def short(names: Sequence[str]) -> list[str]:
    """Return names for a narrow drawing: where all begin alike, what they share gives way to an ellipsis.

    >>> short(["示例城市主城区01", "示例城市主城区12"]), short(["锦江区", "青羊区"])
    (['…01', '…12'], ['锦江区', '青羊区'])
    """
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*names, strict=False)) if len(names) > 1 else ()
    shared = "".join(letters[0] for letters in alike).rstrip("0123456789")
    if len(shared) <= _SHARED or shared in names:
        return list(names)
    return [f"…{name[len(shared) :]}" for name in names]


def finding(shown: Standings) -> Text | None:
    """Return in how many tiers the units of a class can honestly be told apart."""
    tiers = {u.tier for u in shown.units if u.rank is not None and u.tier is not None}
    units = sum(u.rank is not None for u in shown.units)
    if not tiers or units < 2:
        return None
    first = [u.unit for u in shown.units if u.rank is not None and u.tier == 1]
    if len(tiers) == 1:
        return Text(f"{units} 个单位分不出档次", f"{units} units cannot be told apart")
    if len(first) == 1:
        lead = Text(f"{first[0]}单独居首", f"{first[0]} alone is ahead")
    else:
        lead = Text(f"首档 {len(first)} 个单位难分先后", f"{len(first)} units share the first tier")
    return Text(f"{lead.zh}，共 {len(tiers)} 档", f"{lead.en}, {len(tiers)} tiers in all")


def _summary(units: Sequence[TellsUnit]) -> Text:
    first = units[0]
    return Text(
        f"{len(units)} 个单位有名次，第 {first.rank} 名 {first.unit}，{two(first.total)} 分",
        f"{len(units)} units with a rank; rank {first.rank}: {first.unit}, {two(first.total)} points",
    )


def _drawn(unit: TellsUnit, name: str) -> RankedUnit:
    low, high = unit.totals or (0.0, 0.0)
    return RankedUnit(
        name, unit.rank or 0, float(number(unit.total) or 0), low, high, span(unit.ranks()), unit.tier or 0
    )
