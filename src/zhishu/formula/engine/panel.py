"""Panel formulas over a region × year grid on polars: every look along years and across regions is a column."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from zhishu.formula.check_order import order
from zhishu.formula.engine.combine import combine, not_offered
from zhishu.formula.engine.inputs import WHY, column, no_column
from zhishu.formula.engine.panel_grid import RUN, Runs, completed, number_runs
from zhishu.formula.engine.panel_reach import Reach
from zhishu.formula.engine.panel_reads import HERE, Read, Reads, clashes, masked, merged, ready
from zhishu.formula.engine.panel_space import compared, placed, pooled, ranked, region_above, share
from zhishu.formula.engine.panel_steps import Cells, PanelSteps
from zhishu.formula.engine.panel_time import against, at_year, back, broken, window
from zhishu.formula.engine.part import literal, refuse
from zhishu.formula.evaluate import Value
from zhishu.formula.tree import Call, Name, Node, Of, Rows, children, names
from zhishu.formula.written import short
from zhishu.terms import Text

_NONE: Reads = {}


@dataclass(slots=True)
class _Panel:
    formulas: Mapping[str, Node]
    constants: Mapping[str, Value]
    columns: frozenset[str]
    runs: Runs
    reach: Reach
    first: int
    steps: PanelSteps = field(default_factory=PanelSteps)
    made: dict[tuple[Node, frozenset[object]], Cells] = field(default_factory=dict)

    def cells(self, node: Node, held: Reads, where: str) -> Cells:
        """Return a node compiled after its formula has read ``held``."""
        key = (node, frozenset(held.items()))
        if key not in self.made:
            self.made[key] = self._make(node, held, where)
        return self.made[key]

    def _make(self, node: Node, held: Reads, where: str) -> Cells:
        match node:
            case Name(name) if name in self.constants and name not in self.formulas:
                return self.steps.keep(literal(self.constants[name]), _NONE)
            case Name(name):
                read = self._named(name, where)
                return self._without_clash(read, held)
            case Of() | Rows():
                raise not_offered(node)
            case Call(function, args) if function in _TIME:
                return self._along_years(function, args, where)
            case Call(function, args) if function in _SPACE:
                return self._across_regions(function, args[0], held, where)
            case Call("when", (condition, then, otherwise)):
                return self._choice(node, (condition, then, otherwise), held, where)
            case _:
                parts: list[Cells] = []
                reads = _NONE
                for child in children(node):
                    part = self.cells(child, self._joined(held, reads), where)
                    parts.append(part)
                    reads = self._joined(reads, part.reads)
                return self.steps.keep(combine(node, [p.part() for p in parts], self.steps.put), reads)

    def _named(self, name: str, where: str) -> Cells:
        if name in self.formulas:
            return self.cells(self.formulas[name], _NONE, name)
        key = (Name(name), frozenset({name}))
        if key not in self.made:
            if name not in self.columns:
                raise no_column(name, where)
            run = f"{name}{RUN}"
            reads = {(HERE, name): Read(run, run)} if run in self.columns else _NONE
            part = column(name, "number", f"{name}{WHY}" in self.columns)
            self.made[key] = self.steps.keep(part, reads)
        return self.made[key]

    def _without_clash(self, cells: Cells, held: Reads) -> Cells:
        """Return a name made unknown where it stands in another run than what its formula has read of the cell."""
        conditions = clashes(cells.reads, held, self.runs)
        if not conditions:
            return cells
        found = broken(cells, conditions, self.steps)
        assert found.why is not None
        read = pl.col(found.why).fill_null("") != "break"
        reads = masked(found.reads, read, found.level, self.steps.put_window)
        return replace(found, reads=reads, level=ready(reads))

    def _joined(self, a: Reads, b: Reads) -> Reads:
        return merged(a, b, self.steps.put_window)

    def _choice(self, node: Node, args: tuple[Node, Node, Node], held: Reads, where: str) -> Cells:
        """Return ``when``: what the branch not taken would have read was not read."""
        condition = self.cells(args[0], held, where)
        before = self._joined(held, condition.reads)
        then = self.cells(args[1], before, where)
        yes = pl.col(condition.value)
        first = masked(then.reads, yes.fill_null(True), condition.level, self.steps.put_window)
        otherwise = self.cells(args[2], self._joined(before, first), where)
        second = masked(otherwise.reads, ~yes.fill_null(False), condition.level, self.steps.put_window)
        parts = [c.part() for c in (condition, then, otherwise)]
        reads = self._joined(self._joined(condition.reads, first), second)
        return self.steps.keep(combine(node, parts, self.steps.put), reads)

    def _number(self, node: Node, held: Reads, where: str) -> Cells:
        cells = self.cells(node, held, where)
        if cells.kind != "number":
            raise refuse(
                "engine-kind",
                Text(f"{short(node)} 不是数", f"{short(node)} is not a number"),
                Text("这里要数", "give a number here"),
                where,
            )
        return cells

    def _along_years(self, function: str, args: tuple[Node, ...], where: str) -> Cells:
        if function in ("sum_years", "mean_years"):
            years = self.reach.step(args[1])
            least = self.reach.step(args[2]) if len(args) > 2 else years
            if not 1 <= least <= years:
                raise refuse(
                    "engine-window",
                    Text(f"窗口 {years} 年至少 {least} 年", f"a window of {years} years with at least {least}"),
                    Text("至少一年，至多窗口的年数", "at least one year, at most those of the window"),
                    where,
                )
            return window(function, self._number(args[0], _NONE, where), years, least, self.steps)
        if function == "lag":
            return back(self.cells(args[0], _NONE, where), self.reach.step(args[1]), self.steps)
        now = self._number(args[0], _NONE, where)
        if function == "since":
            before = at_year(now, self.reach.step(args[1]), self.first, self.steps)
        else:
            before = back(now, self.reach.step(args[1]) if len(args) > 1 else 1, self.steps)
        return against(function, now, before, self.steps)

    def _across_regions(self, function: str, node: Node, held: Reads, where: str) -> Cells:
        if function == "parent":
            above = region_above(self.cells(node, _NONE, where), self.steps)
            return placed(compared(above, held, self.runs, self.steps), self.steps)
        inner = self._number(node, _NONE, where)
        if function == "share_of_parent":
            above = compared(region_above(inner, self.steps), held, self.runs, self.steps)
            mine = self._number(node, self._joined(held, above.reads), where)
            return placed(share(mine, above, self.steps), self.steps)
        if function == "children_sum":
            found = compared(pooled(inner, "children", False, self.steps), held, self.runs, self.steps)
            return placed(found, self.steps)
        beside = pooled(inner, "peers", function == "group_mean", self.steps)
        if function == "group_mean":
            return placed(compared(beside, held, self.runs, self.steps), self.steps)
        mine = self._number(node, held, where)
        return placed(ranked(mine, compared(beside, held, self.runs, self.steps), self.steps), self.steps)


_TIME = frozenset({"lag", "change", "growth", "since", "sum_years", "mean_years"})
_SPACE = frozenset({"parent", "children_sum", "share_of_parent", "group_mean", "rank_in"})


def run_panel(
    formulas: Mapping[str, Node],
    frame: pl.DataFrame,
    family: Callable[[str], str],
    constants: Mapping[str, Value] | None = None,
) -> pl.DataFrame:
    """Return region, period and three columns for each formula: ``<name>``, ``<name>__why``, ``<name>__run``.

    ``frame`` has one row a region and year: ``region``, ``period``, ``parent``, ``level``, optionally
    ``in_force``; for each series its value in base units, and optionally ``<series>__run`` and
    ``<series>__why``. Missing rows are missing figures. Rows come out sorted by region and period.
    ``family`` names the family of a comparable run: two runs of one family never meet in a cell, and no
    growth crosses from one to the other. The run of a known result is the one run of its inputs, else null.
    A look back beyond the first year of ``frame`` finds nothing: ``years_read`` says which years to give.
    Raises ZhishuError ``formula-cycle``, ``engine-no-column``, ``engine-duplicate-row``, ``engine-step``,
    ``engine-window``, ``engine-kind``, ``engine-not-offered``.

    >>> from zhishu.formula.parse import parse
    >>> gdp = pl.DataFrame({"region": ["510700"] * 3, "period": [2017, 2018, 2019], "gdp": [2.0, 3.0, 4.0],
    ...     "gdp__run": ["gdp-2010-2018", "gdp-2010-2018", "gdp-2019-2022"]})
    >>> grown = run_panel({"rise": parse("growth(gdp, 1)")}, gdp, lambda run: run[:3])
    >>> grown.select("rise", "rise__why").rows()
    [(None, 'missing'), (0.5, None), (None, 'break')]
    """
    given = constants or {}
    order(formulas)
    series = _series(formulas, given)
    # widths differ in what callers carry along; only what the formulas read is worked on
    wanted = {"region", "period", "parent", "level", "in_force"} | {
        f"{s}{end}" for s in series for end in ("", WHY, RUN)
    }
    frame = frame.select(c for c in frame.columns if c in wanted)
    asked = frame.select("region", "period") if {"region", "period"} <= set(frame.columns) else frame
    reach = Reach(formulas, given)
    first, last = reach.years(*_span(asked))
    frame, runs = number_runs(frame, sorted(series), family)
    grid = completed(frame, first, last)
    usable = (c for c, t in frame.schema.items() if c not in series or (t.is_numeric() and t != pl.Float32))
    panel = _Panel(formulas, given, frozenset(usable), runs, reach, first)
    made = {name: panel.cells(Name(name), _NONE, name) for name in formulas}
    outputs = [e for name, cells in made.items() for e in _outputs(name, cells, runs)]
    found = panel.steps.run(grid).select("region", "period", *outputs)
    keys = asked.select(pl.col("region").cast(pl.String), pl.col("period").cast(pl.Int64))
    return found.join(keys, on=["region", "period"], how="semi", maintain_order="left").sort("region", "period")


def _series(formulas: Mapping[str, Node], constants: Mapping[str, Value]) -> frozenset[str]:
    read: Iterable[frozenset[str]] = (names(node) for node in formulas.values())
    return frozenset().union(*read) - formulas.keys() - constants.keys()


def _span(asked: pl.DataFrame) -> tuple[int, int]:
    if "period" not in asked.columns or asked.is_empty():
        return 2000, 2000
    first, last = asked["period"].min(), asked["period"].max()
    assert isinstance(first, int)
    assert isinstance(last, int)
    return first, last


def _outputs(name: str, cells: Cells, runs: Runs) -> list[pl.Expr]:
    value = pl.col(cells.value)
    if cells.kind in ("number", None):
        # −0 is written otherwise than 0 in every export
        value = pl.when(value == 0).then(pl.lit(0.0)).otherwise(value)
    why = pl.lit(None, pl.String) if cells.why is None else pl.col(cells.why)
    run = pl.lit(None, pl.String)
    if cells.reads and runs.ids:
        lowest = pl.min_horizontal(*(r.lowest for r in cells.reads.values()))
        highest = pl.max_horizontal(*(r.highest for r in cells.reads.values()))
        words = {number: word for word, number in runs.ids.items()}
        one = (lowest == highest) & why.is_null()
        run = pl.when(one).then(lowest).replace_strict(words, return_dtype=pl.String)
    return [value.alias(name), why.alias(f"{name}{WHY}"), run.alias(f"{name}{RUN}")]
