"""Checking indicators against the series they read: names, units, price bases, circles."""

from zhishu.data import Data, Series
from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.formula.check import arrange, check, check_declared
from zhishu.formula.check_types import Price, Scope, Type
from zhishu.formula.tree import names
from zhishu.pack.load import Pack
from zhishu.terms import Text
from zhishu.units import Unit, parse_unit

PRICES: dict[str, Price] = {"current": "current", "constant": "constant"}


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
