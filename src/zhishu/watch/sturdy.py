"""Whether a verdict stands when its figures are revised by one step, or when another method judges."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhishu.pack.target import Target
from zhishu.terms import Text
from zhishu.watch.cagr import cagr_target
from zhishu.watch.judgement import Judgement
from zhishu.watch.points import Evidence, Point
from zhishu.watch.rules import PaceRules
from zhishu.watch.verb import judge_path

POINT = Fraction(1, 100)
PROPOSAL = Text(
    "修订幅度取 1 个百分点，非百分数取 1%，为本系统提议",
    "a revision of 1 point, or of 1 % where the figure is no percentage, is a proposal",
)


@dataclass(frozen=True, slots=True)
class Sturdy:
    """The verdict with the figures it used one step lower and one step higher, and by the ratio method.

    ``ratio_method`` is None where that method does not apply or decides nothing.
    """

    verdict: str
    lower: str
    higher: str
    ratio_method: str | None

    def rows(self) -> tuple[tuple[Text, str], ...]:
        """Return each variation in words with the verdict it gives."""
        found = [
            (Text("最近的数向下修订一步", "newest figure revised one step down"), self.lower),
            (Text("最近的数向上修订一步", "newest figure revised one step up"), self.higher),
        ]
        if self.ratio_method is not None:
            found.append((Text("改用年均增速之比的方法", "by the ratio of yearly growth rates"), self.ratio_method))
        return tuple(found)


def sturdy(target: Target, evidence: Evidence, today: date, rules: PaceRules) -> Sturdy:
    """Return what a revision of ±1 and the ratio method make of a verdict.

    Only the newest point the verdict used is revised: that is the one still open to revision.
    """
    judged = judge_path(target, evidence, today, rules)
    lower, higher = (_revised(target, evidence, today, rules, judged, way) for way in (-1, 1))
    other = cagr_target(target, evidence, today).verdict
    return Sturdy(judged.verdict, lower, higher, None if other == "undecided" else other)


def _revised(target: Target, evidence: Evidence, today: date, rules: PaceRules, judged: Judgement, way: int) -> str:
    if not judged.points:
        return judged.verdict
    newest = max(p.year for p in judged.points)
    open_points = {p for p in judged.points if p.year == newest}

    def shifted(p: Point) -> Point:
        if p not in open_points:
            return p
        step = POINT if target.unit == "%" else abs(p.value) * POINT
        return p._replace(value=p.value + way * step)

    changed = Evidence({name: tuple(map(shifted, points)) for name, points in evidence.series.items()})
    return judge_path(target, changed, today, rules).verdict
