"""The score kinds of practice, exact, one file each: how provincial schemes turn a figure into points."""

from zhishu.score.kinds.boolean import Boolean, boolean
from zhishu.score.kinds.cliff import Cliff, cliff
from zhishu.score.kinds.completion import Completion, completion
from zhishu.score.kinds.deduct import Deduct, deduct
from zhishu.score.kinds.efficacy import Efficacy, efficacy
from zhishu.score.kinds.expert import Expert, Panel, expert, panel
from zhishu.score.kinds.growth import Growth, growth
from zhishu.score.kinds.interval import Interval, interval
from zhishu.score.kinds.kind import Kind
from zhishu.score.kinds.marginal import Band, Marginal, marginal
from zhishu.score.kinds.minmax import MinMax, minmax
from zhishu.score.kinds.places_gained import PlacesGained, places_gained
from zhishu.score.kinds.rank_points import RankLine, RankTable, rank_line, rank_table
from zhishu.score.kinds.registry import KINDS
from zhishu.score.kinds.sense import Senseless
from zhishu.score.kinds.survey import Survey, survey

__all__ = [
    "KINDS",
    "Band",
    "Boolean",
    "Cliff",
    "Completion",
    "Deduct",
    "Efficacy",
    "Expert",
    "Growth",
    "Interval",
    "Kind",
    "Marginal",
    "MinMax",
    "Panel",
    "PlacesGained",
    "RankLine",
    "RankTable",
    "Senseless",
    "Survey",
    "boolean",
    "cliff",
    "completion",
    "deduct",
    "efficacy",
    "expert",
    "growth",
    "interval",
    "marginal",
    "minmax",
    "panel",
    "places_gained",
    "rank_line",
    "rank_table",
    "survey",
]
