"""Survey: the share of answers that agree, if there are answers enough."""

from dataclasses import dataclass
from fractions import Fraction

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.score.kinds.reading import counted
from zhishu.score.kinds.sense import above_zero, whole


@dataclass(frozen=True, slots=True)
class Survey:
    """``full`` points where all agree; fewer than ``least`` answers say nothing. Raises Senseless for a least below 1.

    >>> Survey(least=30).full
    Fraction(100, 1)
    """

    least: int
    full: Fraction = Fraction(100)

    def __post_init__(self) -> None:
        whole(1, least=self.least)
        above_zero(full=self.full)


def survey(agreeing: Value, answers: Value, how: Survey) -> Value:
    """Return ``full · agreeing / answers``, from 0 to ``full`` points.

    Both are whole numbers of answers, agreeing at most all of them; otherwise unknown. Fewer answers than the least are
    unknown, never zero. Source: a score kind of the provincial schemes surveyed; the least number is illustrative.

    >>> survey(Fraction(45), Fraction(50), Survey(least=30))
    Fraction(90, 1)
    >>> survey(Fraction(12), Fraction(12), Survey(least=30)).say().en
    'no rows to compute from (12 answers, fewer than 30)'
    """
    yes, every = counted(agreeing, 0), counted(answers, 0)
    if isinstance(yes, Unknown):
        return yes
    if isinstance(every, Unknown):
        return every
    if yes > every:
        return Unknown("domain", "赞成数多于答卷数", "more agree than answered")
    if every < how.least:
        return Unknown("empty", f"答卷{every}份，不足{how.least}份", f"{every} answers, fewer than {how.least}")
    return how.full * yes / every
