"""The score kinds of practice by name: what each reads, its parameters, and who calls for it.

>>> from fractions import Fraction
>>> KINDS["completion"].score({"雅安": (Fraction(45), Fraction(50))}, Completion())
{'雅安': Fraction(90, 1)}
"""

from collections.abc import Mapping

from zhishu.score.kinds.boolean import Boolean, boolean
from zhishu.score.kinds.cliff import Cliff, cliff
from zhishu.score.kinds.completion import Completion, completion
from zhishu.score.kinds.deduct import Deduct, deduct
from zhishu.score.kinds.efficacy import Efficacy, efficacy
from zhishu.score.kinds.expert import Expert, expert
from zhishu.score.kinds.growth import Growth, growth
from zhishu.score.kinds.interval import Interval, interval
from zhishu.score.kinds.kind import Kind, as_class, unit_by_unit
from zhishu.score.kinds.marginal import Marginal, marginal
from zhishu.score.kinds.minmax import MinMax, minmax
from zhishu.score.kinds.places_gained import PlacesGained, places_gained
from zhishu.score.kinds.rank_points import RankLine, RankTable, rank_line, rank_table
from zhishu.score.kinds.survey import Survey, survey
from zhishu.terms import Text

_JIANGXI = Text("江西2012年考核办法", "Jiangxi 2012")
_HANDBOOK = Text("OECD/JRC 手册第5步", "OECD/JRC Handbook, step 5")
_HUBEI = Text("湖北分类考核的进位奖", "the awards for places gained in Hubei's classes")
_MEAN = Text("外省现行办法：与全省均值比，按10个百分点分段", "a scheme in force: bands of ten points against the mean")
_SURVEYED = Text(
    "各省考核办法常用的计分方式；数值为示例", "a score kind of provincial schemes; the numbers illustrative"
)

_ALL = (
    Kind("efficacy", Text("功效系数", "efficacy"), ("value",), Efficacy, _JIANGXI, as_class(efficacy, Efficacy)),
    Kind("minmax", Text("极差标准化", "min-max"), ("value",), MinMax, _HANDBOOK, as_class(minmax, MinMax)),
    Kind(
        "completion",
        Text("完成率", "completion"),
        ("value", "target"),
        Completion,
        _SURVEYED,
        unit_by_unit(lambda row, how: completion(row[0], row[1], how), Completion),
    ),
    Kind(
        "interval",
        Text("线性区间", "linear interval"),
        ("value",),
        Interval,
        _SURVEYED,
        unit_by_unit(lambda row, how: interval(row[0], how), Interval),
    ),
    Kind(
        "marginal",
        Text("分段边际计分", "piecewise marginal"),
        ("value", "mean"),
        Marginal,
        _MEAN,
        unit_by_unit(lambda row, how: marginal(row[0], row[1], how), Marginal),
    ),
    Kind(
        "deduct",
        Text("扣完为止", "deduct to zero"),
        ("value",),
        Deduct,
        _JIANGXI,
        unit_by_unit(lambda row, how: deduct(row[0], how), Deduct),
    ),
    Kind(
        "cliff",
        Text("断崖扣分", "cliff"),
        ("value",),
        Cliff,
        _JIANGXI,
        unit_by_unit(lambda row, how: cliff(row[0], how), Cliff),
    ),
    Kind(
        "rank_table",
        Text("名次赋分（按表）", "rank points by table"),
        ("value",),
        RankTable,
        _SURVEYED,
        as_class(rank_table, RankTable),
    ),
    Kind(
        "rank_line",
        Text("名次赋分（等差）", "rank points in equal steps"),
        ("value",),
        RankLine,
        _SURVEYED,
        as_class(rank_line, RankLine),
    ),
    Kind(
        "places_gained",
        Text("进位", "places gained"),
        ("before", "now"),
        PlacesGained,
        _HUBEI,
        unit_by_unit(lambda row, how: places_gained(row[0], row[1], how), PlacesGained),
    ),
    Kind(
        "growth",
        Text("与均值比增速", "growth against the mean"),
        ("growth",),
        Growth,
        _SURVEYED,
        as_class(growth, Growth),
    ),
    Kind(
        "survey",
        Text("问卷调查", "survey"),
        ("agreeing", "answers"),
        Survey,
        _SURVEYED,
        unit_by_unit(lambda row, how: survey(row[0], row[1], how), Survey),
    ),
    Kind(
        "expert",
        Text("专家评分", "expert marks"),
        ("mark",),
        Expert,
        _SURVEYED,
        unit_by_unit(expert, Expert),
        many=True,
    ),
    Kind(
        "boolean",
        Text("是否", "yes or no"),
        ("fact",),
        Boolean,
        _SURVEYED,
        unit_by_unit(lambda row, how: boolean(row[0], how), Boolean),
    ),
)

KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _ALL}
"""Every kind by its name."""
