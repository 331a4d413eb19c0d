"""The verdict on a target with everything it rests on."""

from dataclasses import dataclass, field
from fractions import Fraction

from zhishu.terms import Text, weakest
from zhishu.watch.points import Point

REASONS: dict[str, Text] = {
    "no_figures": Text("没有任何数字", "no figures at all"),
    "figures_before_adoption": Text("只有《决定》之前的数", "only figures from before the Decision"),
    "no_comparable_figures": Text("口径不同，不能比", "only figures of another definition"),
    "part_of_sum": Text("只知其中一部分", "only a part of the sum is known"),
    "part_of_years": Text("缺年份", "some years are missing"),
    "no_comparator": Text("缺比较对象", "the comparator is missing"),
    "no_baseline": Text("缺基线", "the baseline is missing"),
    "not_set": Text("参数未设定", "a parameter is not set"),
    "stale": Text("最近的数已过时", "the last figure is stale"),
    "conflict": Text("来源或口径不一致，一达一未达", "sources or bases disagree across the line"),
    "no_deadline": Text("没有期限，不算逾期", "no deadline, so nothing is late"),
    "one_point": Text("只有一个可比的点", "one comparable point only"),
    "not_yet_published": Text("到期年份的数还未公布", "the figure of the deadline is not published yet"),
    "below_band": Text("低于下限", "below the band"),
    "above_limit": Text("高于上限", "above the limit"),
    "in_band": Text("落在范围内", "inside the band"),
    "reached": Text("已达到", "reached"),
    "short": Text("没有达到", "short of the target"),
    "sum_reached": Text("合计达到", "the sum is reached"),
    "stock_zero": Text("存量归零", "the stock is zero"),
    "every_year": Text("每年都在范围内", "inside in every year"),
    "year_outside": Text("有年份在范围外", "a year lies outside"),
    "pace": Text("按最近一年的速度推算", "by the pace of the last year"),
    "planned_pace": Text("只有计划数，未经证实", "planned figures only, not verified"),
    "trend_holds": Text("方向符合", "moves as promised"),
    "trend_broken": Text("方向不符", "does not move as promised"),
}


@dataclass(frozen=True, slots=True)
class Alternative:
    """What another reading would say; no verdict where it cannot be computed."""

    text: Text
    verdict: str | None
    why: Text | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, its reason, the arithmetic in words, and its basis. Numbers are in base units."""

    verdict: str
    reason: str
    say: Text
    method: str
    value: Fraction | None = None
    gap: Fraction | None = None
    period: str | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    lower_bound: bool = False
    known: int = 0
    needed: int = 1
    points: tuple[Point, ...] = ()
    later: tuple[Point, ...] = ()
    pace: Fraction | None = None
    required: Fraction | None = None
    readings: tuple[Alternative, ...] = field(default=())
    band_verdicts: tuple[tuple[Fraction, str], ...] = ()
    band_switch: Fraction | None = None

    @property
    def confidence(self) -> str:
        """The weakest grade of the points used."""
        return weakest(tuple(p.confidence for p in self.points))

    @property
    def assumed(self) -> int:
        """How many of the points stand on an assumed date of publication."""
        return sum(p.assumed for p in self.points)
