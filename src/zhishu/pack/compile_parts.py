"""The parts that systems and rule books share: formulas, days, citations, fields, parameters, effects."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from zhishu.errors import Problem, ZhishuError
from zhishu.formula.parse import parse
from zhishu.formula.tree import Name, Node
from zhishu.pack.cite import Cite
from zhishu.pack.lines import Lined, Path
from zhishu.pack.system import Column, Effect, Parameter
from zhishu.pack.system_model import CiteModel, EffectModel, FieldModel, ParameterModel
from zhishu.terms import Text


class Compiler:
    """Collects problems while the parts of one declaration are compiled."""

    def __init__(self, lined: Lined) -> None:
        self.lined = lined
        self.problems: list[Problem] = []

    def formula(self, written: str, path: Path) -> Node:
        """Return the tree, or a placeholder with the problem noted."""
        try:
            return parse(written, self.lined.where(path))
        except ZhishuError as error:
            self.problems += error.problems
            return Name("unreadable")

    def date(self, written: str, path: Path) -> date:
        """Return a date, or 1 January 1 with the problem noted."""
        try:
            return date.fromisoformat(written)
        except ValueError:
            self.add(
                "pack-bad-date",
                path,
                Text(f"不是日期：{written}", f"not a date: {written}"),
                Text("写作 2018-06-30", "write it as 2018-06-30"),
            )
            return date.min

    def add(self, code: str, path: Path, what: Text, repair: Text) -> None:
        """Note one problem at a path."""
        self.problems.append(Problem(code, self.lined.where(path), what, repair))


def cite_of(model: CiteModel, c: Compiler, at: Path) -> Cite:
    """Return a citation with its place."""
    return Cite(model.at, model.quote, c.lined.where(at))


def column_of(name: str, model: FieldModel) -> Column:
    """Return an input field."""
    return Column(
        name,
        model.name,
        model.type,
        model.unit,
        dict(model.choices or {}),
        Fraction(model.min) if model.min is not None else None,
        Fraction(model.max) if model.max is not None else None,
        model.whole,
        model.ref,
        model.required,
        model.note,
        tuple(model.levels),
        model.codes,
    )


def parameter_of(name: str, model: ParameterModel, c: Compiler) -> Parameter:
    """Return a parameter with its dated values, or with the value it proposes."""
    at: Path = ("parameters", name)
    dated = model.value if isinstance(model.value, Mapping) else {"0001-01-01": model.value}
    values = tuple(
        (c.date(day, (*at, "value")), _value_of(name, model, raw, (*at, "value"), c))
        for day, raw in dated.items()
        if raw is not None
    )
    proposed = None
    if model.proposed is not None:
        proposed = _value_of(name, model, model.proposed, (*at, "proposed"), c)
        if values or model.proposal is None:
            c.add(
                "pack-proposed",
                (*at, "proposed"),
                Text(
                    f"{name} 提议了取值，却已有声明值或没有写为什么",
                    f"{name} proposes a value, but has a declared one too, or does not say why",
                ),
                Text("value 和 proposed 只写一项，并写 proposal", "give either value or proposed, and a proposal"),
            )
    return Parameter(
        name,
        model.name,
        model.type,
        model.unit,
        dict(model.choices or {}),
        tuple(sorted(values, key=lambda pair: pair[0])),
        model.proposal,
        Fraction(model.min) if model.min is not None else None,
        Fraction(model.max) if model.max is not None else None,
        cite_of(model.cite, c, (*at, "cite")) if model.cite else None,
        proposed,
    )


def _value_of(
    name: str, model: ParameterModel, raw: str | int | Decimal | bool, at: Path, c: Compiler
) -> Fraction | str | date | bool:
    value: Fraction | str | date | bool
    if isinstance(raw, bool):
        value = raw
    elif isinstance(raw, int | Decimal):
        value = Fraction(raw)
    elif model.type == "date":
        value = c.date(raw, at)
    else:
        value = raw
    if model.type == "number" and not isinstance(value, Fraction):
        c.add(
            "pack-parameter-type",
            at,
            Text(f"{name} 应是数：{raw}", f"{name} should be a number: {raw}"),
            Text("写数，单位写在 unit", "write a number; the unit goes under `unit`"),
        )
    return value


def effect_of(effect: EffectModel | None, c: Compiler) -> Effect | None:
    """Return what an adverse outcome carries."""
    if effect is None:
        return None
    return Effect(
        tuple(effect.outcomes),
        effect.basis,
        effect.decides,
        effect.notice,
        effect.objection_days,
        effect.expiry,
        effect.repair,
        c.date(effect.since, ("effect", "since")) if effect.since else None,
        tuple(effect.loaded),
    )
