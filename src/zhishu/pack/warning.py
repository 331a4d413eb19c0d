"""Warnings a pack declares: which figure, from where on, how many periods, and from where back it is over."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import Field

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.pack.cite import Cite
from zhishu.pack.lines import Lined, Path
from zhishu.pack.strict import Bilingual, Strict, validate
from zhishu.pack.system_model import CiteModel
from zhishu.terms import Text
from zhishu.units import Unit, comparable, parse_quantity, parse_unit

Direction = Literal["above", "below"]
LEVELS = ("yellow", "red")
REGION_LEVELS = ("province", "prefecture", "county")
UNKNOWN = "unknown"


class ThresholdModel(Strict):
    """Where a level opens and where it closes, with the unit: ``5 %``."""

    on: str | int | Decimal
    off: str | int | Decimal


class ExampleModel(Strict):
    """A series, period after period (``unknown`` where there is no figure), and the level it gives in each."""

    given: list[str | int | Decimal] = Field(min_length=1)
    expect: list[Literal["none", "yellow", "red"]] = Field(min_length=1)
    why: Bilingual | None = None


class WarningModel(Strict):
    """A warning as the pack declares it."""

    name: Bilingual
    cite: CiteModel
    reading: Bilingual | None = None
    proposal: Bilingual | None = None
    indicator: str
    level: Literal["province", "prefecture", "county"]
    unit: str
    direction: Direction
    yellow: ThresholdModel | None = None
    red: ThresholdModel | None = None
    persistence: int = Field(ge=1, le=20)
    same_territory: bool = False
    examples: list[ExampleModel] = Field(min_length=1)


class WarningFile(Strict):
    """The file warnings.yaml."""

    warnings: dict[str, WarningModel]


@dataclass(frozen=True, slots=True)
class Threshold:
    """Where a level opens, and the value beyond which it closes, in base units."""

    on: Fraction
    off: Fraction


@dataclass(frozen=True, slots=True)
class WarningExample:
    """A series in base units (None: unknown) and the level expected in each period."""

    given: tuple[Fraction | None, ...]
    expect: tuple[str, ...]
    where: str


@dataclass(frozen=True, slots=True)
class DeclaredWarning:
    """A warning of the pack. ``basis`` is how the sentence is read, or why the thresholds are proposed.

    ``indicator`` is an indicator or a series; ``same_territory`` leaves out years in which a region changed
    its territory. Thresholds are in base units, by level (``yellow``, ``red``), mildest first.
    """

    id: str
    name: Text
    cite: Cite
    basis: Text
    proposed: bool
    indicator: str
    level: str
    unit: str
    direction: Direction
    thresholds: Mapping[str, Threshold]
    persistence: int
    same_territory: bool
    examples: tuple[WarningExample, ...]
    where: str


def load_warnings(lined: Lined) -> tuple[dict[str, DeclaredWarning], list[Problem]]:
    """Return the warnings of warnings.yaml and every problem with its line (codes ``warning-…``)."""
    model, problems = validate(WarningFile, lined)
    if model is None:
        return {}, problems
    found: dict[str, DeclaredWarning] = {}
    for name, item in model.warnings.items():
        warning = _Reader(lined, ("warnings", name), problems).read(name, item)
        if warning is not None:
            found[name] = warning
    return found, problems


def check_warnings(warnings: Mapping[str, DeclaredWarning], units: Mapping[str, str]) -> list[Problem]:
    """Return the warnings that read no known indicator or series, or one of another unit, by their lines."""
    problems = []
    for warning in warnings.values():
        if warning.indicator not in units:
            what = Text(f"没有指标或数列 {warning.indicator}", f"there is no indicator or series {warning.indicator}")
            near = did_you_mean(warning.indicator, units)
            problems.append(Problem("indicator-unknown", warning.where, what, near))
        elif not comparable(parse_unit(units[warning.indicator]), parse_unit(warning.unit)):
            own = units[warning.indicator]
            what = Text(f"单位 {warning.unit} 与 {own} 不能比", f"the unit {warning.unit} does not compare with {own}")
            problems.append(Problem("warning-unit", warning.where, what, Text(f"写 {own}", f"write {own}")))
    return problems


class _Reader:
    """One warning being read: where it stands, and the problems found on the way."""

    def __init__(self, lined: Lined, path: Path, problems: list[Problem]) -> None:
        self.lined = lined
        self.path = path
        self.problems = problems

    def read(self, name: str, item: WarningModel) -> DeclaredWarning | None:
        """Return the warning, or None with its problems noted."""
        before = len(self.problems)
        try:
            unit = parse_unit(item.unit, self.where("unit"))
        except ZhishuError as error:
            self.problems += error.problems
            return None
        basis = item.reading or item.proposal
        if basis is None or (item.reading is not None and item.proposal is not None):
            self.bad(
                "warning-basis",
                "persistence",
                Text("reading 和 proposal 写且只写一项", "give either a reading or a proposal"),
                Text(
                    "文中有数的写 reading，没有的写 proposal",
                    "a reading where the text has the number, else a proposal",
                ),
            )
        thresholds = self.thresholds(item, unit)
        examples = tuple(self.example(i, e, unit) for i, e in enumerate(item.examples))
        if len(self.problems) > before or basis is None:
            return None
        return DeclaredWarning(
            name,
            item.name,
            Cite(item.cite.at, item.cite.quote, self.where("cite")),
            basis,
            item.proposal is not None,
            item.indicator,
            item.level,
            item.unit,
            item.direction,
            thresholds,
            item.persistence,
            item.same_territory,
            examples,
            self.lined.where(self.path),
        )

    def where(self, *field: str | int) -> str:
        """Return file and line of a field."""
        return self.lined.where((*self.path, *field))

    def bad(self, code: str, field: str, what: Text, repair: Text) -> None:
        """Note one problem."""
        self.problems.append(Problem(code, self.where(field), what, repair))

    def thresholds(self, item: WarningModel, unit: Unit) -> dict[str, Threshold]:
        """Return the levels; each closes no later than it opens, and red is never milder than yellow."""
        found: dict[str, Threshold] = {}
        for level, given in (("yellow", item.yellow), ("red", item.red)):
            if given is not None:
                on = self.quantity(given.on, unit, level, "on")
                off = self.quantity(given.off, unit, level, "off")
                if on is not None and off is not None:
                    found[level] = Threshold(on, off)
                    if _beyond(item.direction, off, on):
                        self.bad(
                            "warning-hysteresis",
                            level,
                            Text(f"{level} 的解除线比触发线更极端", f"{level} would close before it opens"),
                            Text(
                                "off 写在 on 的缓和一侧，或与之相等", "put `off` on the milder side of `on`, or equal"
                            ),
                        )
        if item.yellow is None and item.red is None:
            what = Text("没有写黄或红的界线", "neither yellow nor red has a threshold")
            self.bad("warning-level", "direction", what, Text("至少写一级", "give at least one level"))
        if len(found) == len(LEVELS):
            yellow, red = found["yellow"], found["red"]
            if _beyond(item.direction, yellow.on, red.on) or _beyond(item.direction, yellow.off, red.off):
                self.bad(
                    "warning-order",
                    "red",
                    Text("红的界线比黄的缓和", "red is milder than yellow"),
                    Text("红的 on 和 off 都不比黄的缓和", "let neither `on` nor `off` of red be milder"),
                )
        return found

    def example(self, index: int, model: ExampleModel, unit: Unit) -> WarningExample:
        """Return an example in base units."""
        given = tuple(
            None if value == UNKNOWN else self.quantity(value, unit, "examples", index) for value in model.given
        )
        if len(model.given) != len(model.expect):
            self.problems.append(
                Problem(
                    "warning-example-length",
                    self.where("examples", index),
                    Text(
                        f"给了 {len(model.given)} 期，写了 {len(model.expect)} 个结果",
                        f"{len(model.given)} periods are given and {len(model.expect)} levels expected",
                    ),
                    Text("每期写一个结果", "expect one level a period"),
                )
            )
        return WarningExample(given, tuple(model.expect), self.where("examples", index))

    def quantity(self, value: str | int | Decimal, unit: Unit, *field: str | int) -> Fraction | None:
        """Return a quantity in base units; None where it cannot be read, with the problem noted."""
        where = self.where(*field)
        try:
            number, own = parse_quantity(str(value), where)
        except ZhishuError as error:
            self.problems += error.problems
            return None
        # a bare 6 would be 600 %: where figures have a unit, thresholds write it
        if not comparable(own, unit) or (own.symbol == "1" and unit.symbol != "1"):
            what = Text(
                f"{value} 的单位与 {unit.symbol} 不能比", f"the unit of {value} does not compare with {unit.symbol}"
            )
            repair = Text(f"写明单位，例如 5 {unit.symbol}", f"give the unit, such as 5 {unit.symbol}")
            self.problems.append(Problem("warning-unit", where, what, repair))
            return None
        return number * own.factor


def _beyond(direction: Direction, a: Fraction, b: Fraction) -> bool:
    """Return whether a is more extreme than b."""
    return a > b if direction == "above" else a < b
