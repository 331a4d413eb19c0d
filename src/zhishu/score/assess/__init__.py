"""Official assessments, exact: eligibility, classes, points, places, awards, money."""

from zhishu.score.assess.bind import check_kinds
from zhishu.score.assess.facts import Counted, Facts, Forgiven, Left, Member, Paid, Ruling
from zhishu.score.assess.verb import Assessed, Standing, assess

__all__ = [
    "Assessed",
    "Counted",
    "Facts",
    "Forgiven",
    "Left",
    "Member",
    "Paid",
    "Ruling",
    "Standing",
    "assess",
    "check_kinds",
]
