"""What is done to one table before its index: denominated, screened, imputed as asked, and every cell told in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from math import isfinite
from typing import Literal

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.score.steps.normalise import Direction
from zhishu.score.steps.prepare import FILLINGS, Filling, Plan, Touch, prepare
from zhishu.score.steps.screen import Screened
from zhishu.score.steps.shape import Column
from zhishu.score.steps.treat import treat
from zhishu.terms import Text

Step = Literal["denominate", "impute", "winsorise", "transform"]
MOST_SAID = 20
_WAYS: Mapping[Filling, Text] = {
    "mean": Text("各单位的平均数", "the mean of the units"),
    "median": Text("各单位的中位数", "the median of the units"),
    "row_mean": Text("本单位其余指标的平均位置", "the mean position of the unit's other indicators"),
    "row_median": Text("本单位其余指标的中间位置", "the median position of the unit's other indicators"),
}


@dataclass(frozen=True, slots=True)
class Touched:
    """One cell a step changed: ``before`` is None where it was missing, ``after`` where it has become so."""

    unit: str
    column: str
    step: Step
    before: float | None
    after: float | None
    says: Text

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        return {**asdict(self), "says": self.says.to_json()}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One unit that screening left out, and why."""

    unit: str
    says: Text

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        return {"unit": self.unit, "says": self.says.to_json()}


@dataclass(frozen=True, slots=True)
class Preparation:
    """How a table is made ready, as it is asked for.

    ``denominators`` puts columns over others times a factor, and such another column is no indicator; ``known`` and
    ``nonzero`` are the shares of a unit's figures that must be there and not be zero, else the unit is left out;
    ``filling`` is one of ``FILLINGS``, ``within`` the group of each unit in which a mean or median is taken.
    """

    denominators: Mapping[str, tuple[str, float]] = field(default_factory=dict)
    known: float = 0.0
    nonzero: float = 0.0
    filling: str | None = None
    within: Mapping[str, str] | None = None

    def sizes(self) -> set[str]:
        """Return the columns that are denominators, and no indicators."""
        return {by for by, _ in self.denominators.values()}

    def problems(
        self, file: str, units: Sequence[str], columns: Mapping[str, Column], named: Iterable[str]
    ) -> list[Problem]:
        """Return everything that is wrong with what is asked of a table; ``named`` are its indicators named elsewhere."""
        found = [
            p for c, (by, factor) in self.denominators.items() for p in self._division(file, columns, c, by, factor)
        ]
        for column in [c for c in dict.fromkeys(named) if c in self.sizes()]:
            what = Text(f"“{column}”是除数，不再作指标", f"{column} is a denominator, and no indicator besides")
            repair = Text("在分组、权重、方向里去掉它", "take it out of groups, weights and directions")
            found.append(Problem("index-denominator", column, what, repair))
        for option, share in (("known", self.known), ("nonzero", self.nonzero)):
            if not 0 <= share <= 1:
                what = Text(
                    f"{option} 应在 0 与 1 之间，不是 {share:g}", f"{option} is a share of 0 to 1, not {share:g}"
                )
                found.append(Problem("index-choice", option, what, Text("例如 0.8", "such as 0.8")))
        if self.filling is not None and self.filling not in FILLINGS:
            what = Text(f"没有补数方法“{self.filling}”", f"there is no way {self.filling} to fill in")
            found.append(Problem("index-choice", self.filling, what, did_you_mean(self.filling, FILLINGS)))
        if self.within is not None:
            found += self._groups(file, units)
        return found

    def _groups(self, file: str, units: Sequence[str]) -> list[Problem]:
        within = self.within or {}
        found = []
        if self.filling not in ("mean", "median"):
            what = Text("只有平均数和中位数在组内取", "only a mean or median is taken within groups")
            found.append(Problem("index-choice", "within", what, Text("filling 写 mean 或 median", "mean or median")))
        for unit in [u for u in units if u not in within][:MOST_SAID]:
            what = Text(f"“{unit}”没有写属于哪一组", f"the group of {unit} is not given")
            found.append(Problem("index-group", file, what, Text("在 within 里写上", "give it in within")))
        return found

    def _division(self, file: str, columns: Mapping[str, Column], column: str, by: str, factor: float) -> list[Problem]:
        found = []
        for name in (column, by):
            if name not in columns:
                what = Text(f"表里没有列“{name}”", f"the table has no column {name}")
                found.append(Problem("index-column", file, what, did_you_mean(name, columns)))
        if by in self.denominators:
            what = Text(f"除数“{by}”自己又要除以别的列", f"the denominator {by} is itself to be divided")
            repair = Text("除数用原来的数", "divide by a figure as it came")
            found.append(Problem("index-denominator", f"{file} {column}", what, repair))
        if not 0 < factor < 1e100:
            what = Text(f"倍数应大于 0，不是 {factor:g}", f"a factor is above zero, not {factor:g}")
            repair = Text("每万人写 10000，不换算写 1", "10000 for ten thousand people, 1 for none")
            found.append(Problem("index-denominator", f"{file} {column}", what, repair))
        return found

    def done(
        self, file: str, units: Sequence[str], columns: Mapping[str, Column], directions: Mapping[str, Direction]
    ) -> "Ready":
        """Return the table made ready. Raises ZhishuError ``index-screened`` where fewer than two units stay."""
        filling = next((f for f in FILLINGS if f == self.filling), None)
        groups = None if self.within is None else [self.within[u] for u in units]
        plan = Plan(self.denominators, self.known, self.nonzero, filling, groups)
        found = prepare(columns, directions, plan)
        left = tuple(LeftOut(units[n], _why(s)) for n, s in enumerate(found.screened) if not s.kept)
        if left and len(found.kept) < 2:
            what = Text(
                f"筛选后只剩 {len(found.kept)} 个单位，无从比较；{left[0].unit}：{left[0].says.zh}",
                f"screening leaves {len(found.kept)} of the units, too few to compare; {left[0].unit}: {left[0].says.en}",
            )
            repair = Text("放宽 known 或 nonzero，或补上缺数", "lower known or nonzero, or fill in what is missing")
            raise ZhishuError([Problem("index-screened", file, what, repair)])
        touched = tuple(self._told(t, units, groups) for t in found.touched)
        return Ready(tuple(units[n] for n in found.kept), found.columns, left, touched)

    def _told(self, touch: Touch, units: Sequence[str], groups: Sequence[str] | None) -> Touched:
        says = (
            _lost(touch, self.denominators[touch.column][0]) if touch.step == "denominate" else _filled(touch, groups)
        )
        return Touched(units[touch.unit], touch.column, touch.step, _or_none(touch.before), _or_none(touch.after), says)


@dataclass(frozen=True, slots=True)
class Ready:
    """A table made ready: the units that stay, their columns, who was left out, and every cell a step filled or lost."""

    units: tuple[str, ...]
    columns: Mapping[str, Column]
    left_out: tuple[LeftOut, ...]
    touched: tuple[Touched, ...]


def treated_cells(units: Sequence[str], columns: Mapping[str, Column], most: int | None) -> list[Touched]:
    """Return every cell that is Winsorised, at most ``most`` of a column, or stands on a logarithm (None: none is).

    >>> import numpy as np
    >>> rows = treated_cells("甲乙丙丁戊己庚", {"产出": np.array([1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 90.0])}, 5)
    >>> [(t.unit, t.step, t.before, t.after, t.says.en) for t in rows]
    [('庚', 'winsorise', 90.0, 4.0, 'an outlier, drawn in from 90 to 4')]
    """
    found = []
    for id, column in columns.items() if most is not None else ():
        treated = treat(column, most)
        drawn = treated.way == "winsorised"
        for n in treated.touched:
            before, after = float(column[n]), float(treated.values[n])
            says = (
                Text(f"离群，由 {before:g} 收为 {after:g}", f"an outlier, drawn in from {before:g} to {after:g}")
                if drawn
                else Text(f"整列取对数，由 {before:g} 变为 {after:g}", f"on a logarithm, from {before:g} to {after:g}")
            )
            found.append(Touched(units[n], id, "winsorise" if drawn else "transform", before, _or_none(after), says))
    return found


def _why(seen: Screened) -> Text:
    zh, en = [], []
    if "missing" in seen.why:
        zh.append(f"缺 {seen.missing} 格，只有 {seen.known:.0%} 的数")
        en.append(f"{seen.missing} figures are missing, {seen.known:.0%} are known")
    if "zeros" in seen.why and seen.nonzero is not None:
        zh.append(f"{seen.zeros} 格为零，不为零的只有 {seen.nonzero:.0%}")
        en.append(f"{seen.zeros} figures are zero, {seen.nonzero:.0%} are not")
    return Text("；".join(zh), "; ".join(en))


def _lost(touch: Touch, by: str) -> Text:
    zh, en = {
        "no_denominator": (f"“{by}”缺数", f"{by} is missing"),
        "denominator_zero": (f"“{by}”为零", f"{by} is zero"),
        "denominator_negative": (f"“{by}”为负", f"{by} is below zero"),
    }.get(touch.why, ("商过大", "the quotient is too large"))
    return Text(f"{zh}，没有商，作缺数", f"{en}: there is no quotient, the figure is missing")


def _filled(touch: Touch, groups: Sequence[str] | None) -> Text:
    way = next(words for name, words in _WAYS.items() if name == touch.why)
    group = "" if groups is None else groups[touch.unit]
    zh = f"“{group}”组内{way.zh}" if group else way.zh
    en = f"{way.en} of {group}" if group else way.en
    return Text(f"缺数，按{zh}补为 {touch.after:g}", f"missing, filled with {touch.after:g}: {en}")


def _or_none(value: float) -> float | None:
    return value if isfinite(value) else None
