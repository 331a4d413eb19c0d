"""Boolean: one number of points for yes, another for no."""

from dataclasses import dataclass
from fractions import Fraction

from zhishu.formula.evaluate import Value, as_truth
from zhishu.logic import Unknown
from zhishu.score.kinds.sense import exact, need


@dataclass(frozen=True, slots=True)
class Boolean:
    """Points for yes and for no; yes may be the worse. Raises Senseless where both earn the same.

    >>> Boolean(yes=Fraction(0), no=Fraction(5)).no
    Fraction(5, 1)
    """

    yes: Fraction = Fraction(100)
    no: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        exact(yes=self.yes, no=self.no)
        need(self.yes != self.no, "no", "是与否得分不得相同", "must differ from the points for yes")


def boolean(fact: Value, how: Boolean) -> Value:
    """Return the points of a fact; a number or a word is no fact and unknown.

    Source: a score kind of the provincial schemes surveyed; the points are illustrative.

    >>> boolean(True, Boolean()), boolean(Unknown("held"), Boolean())
    (Fraction(100, 1), Unknown(reason='held', detail=''))
    """
    truth = as_truth(fact)
    if isinstance(truth, Unknown):
        return truth
    return how.yes if truth else how.no
