"""What an indicator's formula sees: series and other indicators, over time and over regions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from zhishu.data import Observation, Panel, Regions, family
from zhishu.formula.evaluate import Value, evaluate
from zhishu.formula.tree import Node
from zhishu.logic import Unknown
from zhishu.pack.indicator import Indicator
from zhishu.units import parse_unit


@dataclass(slots=True)
class Grid:
    """Panel, regions and indicators of one measurement, and the cells computed so far."""

    panel: Panel
    regions: Regions
    indicators: Mapping[str, Indicator]
    cells: dict[tuple[str, str, int], tuple[Value, tuple[Observation, ...]]] = field(default_factory=dict)
    held: dict[tuple[str, str], dict[str, tuple[Observation, ...]]] = field(default_factory=dict)

    def cell(self, name: str, region: str, year: int) -> tuple[Value, tuple[Observation, ...]]:
        """Return a series or indicator in a region and year, with the observations behind it."""
        key = (name, region, year)
        if key not in self.cells:
            self.cells[key] = (Unknown("cycle", name), ())
            self.cells[key] = self._compute(name, region, year)
        return self.cells[key]

    def _compute(self, name: str, region: str, year: int) -> tuple[Value, tuple[Observation, ...]]:
        if name in self.indicators:
            scope = CellScope(self, region, year, [])
            value = evaluate(self.indicators[name].node, scope)
            return value, tuple(dict.fromkeys(scope.used))
        found = self.figures(name, region).get(str(year), ())
        if len(found) == 1:
            return found[0].value * parse_unit(found[0].unit).factor, found
        if found:
            return Unknown("conflict", " | ".join(o.ref for o in found)), found
        return Unknown("missing", f"{name} {region} {year}"), ()

    def figures(self, series: str, region: str) -> Mapping[str, tuple[Observation, ...]]:
        """Return the figure of a series that stands in each period: of the newest run; several where sources differ."""
        key = (series, region)
        if key not in self.held:
            by_period: dict[str, tuple[Observation, ...]] = {}
            for o in self.panel.latest(series, region):
                by_period[o.period] = (*by_period.get(o.period, ()), o)
            self.held[key] = {p: found if len(found) == 1 else _newest_run(found) for p, found in by_period.items()}
        return self.held[key]


def _newest_run(found: tuple[Observation, ...]) -> tuple[Observation, ...]:
    newest = max(found, key=lambda o: (o.known_on, o.run)).run
    return tuple(o for o in found if o.run == newest)


@dataclass(slots=True)
class CellScope:
    """One region and year of a grid; ``used`` collects every observation that was read."""

    grid: Grid
    region: str
    year: int
    used: list[Observation]

    def _at(self, region: str, year: int) -> "CellScope":
        return CellScope(self.grid, region, year, self.used)

    def value(self, name: str) -> Value:
        """Return a series or indicator here; runs of one family never mix in a cell."""
        value, inputs = self.grid.cell(name, self.region, self.year)
        for new in inputs:
            for old in self.used:
                same_cell = (old.region, old.period) == (new.region, new.period)
                if same_cell and old.run != new.run and family(old.run) == family(new.run):
                    return Unknown("break", f"{old.run} | {new.run}")
        self.used += inputs
        return value

    def of(self, base: str, field: str) -> Value:
        """Return unknown: a panel has no referred rows."""
        return Unknown("not_found", f"{base}.{field}")

    def rows(self, table: str, function: str, args: tuple[Node, ...]) -> Value:
        """Return unknown: a panel has no tables."""
        return Unknown("empty", table)

    def unit_factor(self, unit: str) -> Fraction:
        """Return the factor to base units."""
        return parse_unit(unit).factor

    def call(self, function: str, args: tuple[Node, ...]) -> Value:
        """Return a function over time or over regions."""
        if function in ("lag", "change", "growth", "since"):
            return self._against(function, args)
        if function in ("sum_years", "mean_years"):
            return self._window(function, args)
        return self._regional(function, args[0])

    def _shifted(self, node: Node, year: int) -> tuple[Value, list[Observation]]:
        scope = CellScope(self.grid, self.region, year, [])
        return evaluate(node, scope), scope.used

    def _against(self, function: str, args: tuple[Node, ...]) -> Value:
        step = evaluate(args[1], self) if len(args) > 1 else Fraction(1)
        if not isinstance(step, Fraction) or step.denominator != 1:
            return Unknown("domain", function)
        year = int(step) if function == "since" else self.year - int(step)
        before, earlier = self._shifted(args[0], year)
        if function == "lag":
            self.used += earlier
            return before
        now, later = self._shifted(args[0], self.year)
        self.used += [*earlier, *later]
        for a in earlier:
            for b in later:
                if a.series == b.series and a.run != b.run:
                    return Unknown("break", f"{a.run} | {b.run}")
        for value in (now, before):
            if isinstance(value, Unknown):
                return value
        if not isinstance(now, Fraction) or not isinstance(before, Fraction):
            return Unknown("domain", function)
        if function == "growth":
            return Unknown("divide_by_zero") if before == 0 else now / before - 1
        return now - before

    def _window(self, function: str, args: tuple[Node, ...]) -> Value:
        count = evaluate(args[1], self)
        least = evaluate(args[2], self) if len(args) > 2 else count
        if not isinstance(count, Fraction) or not isinstance(least, Fraction):
            return Unknown("domain", function)
        if count.denominator != 1 or not 1 <= least <= count:
            return Unknown("domain", f"{function}: {least} of {count}")
        known: list[Fraction] = []
        runs: set[tuple[str, str]] = set()
        for year in range(self.year - int(count) + 1, self.year + 1):
            value, used = self._shifted(args[0], year)
            self.used += used
            runs |= {(o.series, o.run) for o in used}
            if isinstance(value, Fraction):
                known.append(value)
        if len({s for s, _ in runs}) != len(runs):
            return Unknown("break", " | ".join(sorted(r for _, r in runs)))
        if len(known) < least:
            return Unknown("short_window", f"{len(known)} of {int(count)}")
        total = sum(known, Fraction(0))
        return total if function == "sum_years" else total / len(known)

    def _regional(self, function: str, node: Node) -> Value:
        end = date(self.year, 12, 31)
        here = self.grid.regions.by_code.get(self.region)
        if here is None:
            return Unknown("not_found", self.region)
        if function in ("parent", "share_of_parent"):
            above = evaluate(node, self._at(here.parent, self.year))
            if function == "parent":
                return above
            mine = evaluate(node, self)
            for value in (mine, above):
                if not isinstance(value, Fraction):
                    return value if isinstance(value, Unknown) else Unknown("domain", function)
            assert isinstance(mine, Fraction)
            assert isinstance(above, Fraction)
            return Unknown("divide_by_zero") if above == 0 else mine / above
        if function == "children_sum":
            return self._sum([r.code for r in self.grid.regions.children(self.region, end)], node)
        peers = [r.code for r in self.grid.regions.level(here.level, end)]
        if function == "group_mean":
            total = self._sum(peers, node)
            return total / len(peers) if isinstance(total, Fraction) else total
        return self._rank(peers, node)

    def _sum(self, codes: list[str], node: Node) -> Value:
        values = self._numbers(codes, node)
        return values if isinstance(values, Unknown) else sum(values, Fraction(0))

    def _rank(self, codes: list[str], node: Node) -> Value:
        mine = evaluate(node, self)
        values = self._numbers(codes, node)
        if not isinstance(mine, Fraction):
            return mine if isinstance(mine, Unknown) else Unknown("domain", "rank")
        return values if isinstance(values, Unknown) else Fraction(sum(v > mine for v in values) + 1)

    def _numbers(self, codes: list[str], node: Node) -> list[Fraction] | Unknown:
        """Return the number of every region, or why one has none; all are read, whichever comes first."""
        values = [evaluate(node, self._at(code, self.year)) for code in codes]
        if not values:
            return Unknown("empty", self.region)
        known = [v for v in values if isinstance(v, Fraction)]
        if len(known) == len(values):
            return known
        return next((v for v in values if isinstance(v, Unknown)), Unknown("domain", "not a number"))
