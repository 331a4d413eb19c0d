"""Checking indicators against the series they read: names, units, price bases, circles."""

from zhishu.data import Data, Series
from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.formula.check import arrange, check, check_declared
from zhishu.formula.check_types import Price, Scope, Type
from zhishu.formula.tree import names
from zhishu.pack.load import Pack
from zhishu.score.assess import check_kinds
from zhishu.terms import Text
from zhishu.units import Unit, parse_unit

PRICES: dict[str, Price] = {"current": "current", "constant": "constant"}


def check_profiles(pack: Pack, data: Data) -> list[Problem]:
    """Return every problem of the template profiles: series, levels and units that do not fit, with file and line."""
    problems: list[Problem] = []
    for profile in pack.profiles.values():
        for column in profile.columns:
            if column.series is None:
                continue
            series = data.series.get(column.series)
            if series is None:
                what = Text(f"没有数列 {column.series}", f"there is no series {column.series}")
                repair = did_you_mean(column.series, data.series)
                problems.append(Problem("pack-series-unknown", profile.where, what, repair))
                continue
            if not set(series.levels) & set(profile.levels):
                what = Text(f"{series.id} 没有样式的层级", f"{series.id} has none of the levels of the profile")
                repair = Text(f"该数列的层级：{' '.join(series.levels)}", f"its levels: {' '.join(series.levels)}")
                problems.append(Problem("profile-level", profile.where, what, repair))
            if column.unit is not None and not _alike(column.unit, series.unit):
                what = Text(f"{column.unit} 不能换算成 {series.unit}", f"{column.unit} does not become {series.unit}")
                problems.append(Problem("pack-unit", profile.where, what, Text("改单位", "change the unit")))
    return problems


def _alike(a: str, b: str) -> bool:
    one, other = parse_unit(a), parse_unit(b)
    return (one.dimension, one.sort) == (other.dimension, other.sort)


def check_assessments(pack: Pack) -> list[Problem]:
    """Return the problems of the assessments: kinds of score with their parameters, figures the pack does not have."""
    problems: list[Problem] = []
    for assessment in pack.assessments.values():
        problems += check_kinds(assessment)
        for indicator in assessment.indicators():
            figure = indicator.figure
            if figure is not None and figure not in pack.indicators:
                what = Text(f"没有指标 {figure}", f"there is no indicator {figure}")
                problems.append(
                    Problem("indicator-unknown", indicator.where, what, did_you_mean(figure, pack.indicators))
                )
    return problems


def check_indicators(pack: Pack, data: Data) -> list[Problem]:
    """Return every problem of the indicators, with file and line."""
    types = {s.id: _series(s) for s in data.series.values()}
    try:
        ordered = arrange({i.id: names(i.node) for i in pack.indicators.values()}, "indicators")
    except ZhishuError as error:
        return list(error.problems)
    problems: list[Problem] = []
    for name in (n for n in ordered if n in pack.indicators):
        indicator = pack.indicators[name]
        declared = Type("number", _unit(indicator.unit))
        try:
            found = check(indicator.node, Scope("panel", types), indicator.where)
            check_declared(found, declared, indicator.where)
        except ZhishuError as error:
            problems += error.problems
        types[name] = declared
    for name in pack.header.shown():
        if name not in pack.indicators:
            what = Text(f"没有指标 {name}", f"there is no indicator {name}")
            problems.append(Problem("indicator-unknown", "pack.yaml", what, did_you_mean(name, pack.indicators)))
    if pack.header.home not in data.regions.by_code:
        what = Text(f"没有地区 {pack.header.home}", f"there is no region {pack.header.home}")
        problems.append(
            Problem("region-unknown", "pack.yaml", what, did_you_mean(pack.header.home, data.regions.by_code))
        )
    return problems


def check_periods(pack: Pack, data: Data) -> list[Problem]:
    """Return the figures outside the years of the pack, by file and line."""
    first, last = str(pack.header.first_year), str(pack.header.last_year)
    outside = (o for o in data.panel.observations if not first <= o.period <= last)
    repair = Text(f"战略包的年份是 {first}—{last}", f"the years of the pack are {first} to {last}")
    return [
        Problem(
            "pack-period-outside",
            f"data/{o.ref}",
            Text(f"{o.period} 年在战略包的年份之外", f"{o.period} lies outside the years of the pack"),
            repair,
        )
        for o in outside
    ]


def _series(series: Series) -> Type:
    return Type("number", _unit(series.unit), PRICES.get(series.price))


def _unit(symbol: str) -> Unit | None:
    return None if symbol == "1" else parse_unit(symbol)
