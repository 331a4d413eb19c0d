"""From the YAML of assessments to their compiled form, with every problem at its line."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.pack.assessment.declared import (
    GAIN,
    TOTAL,
    Aspect,
    Assessment,
    Award,
    Grade,
    Ground,
    Group,
    Indicator,
    Item,
    Override,
    Raw,
    Room,
    Veto,
)
from zhishu.pack.assessment.model import AssessmentFile, AssessmentModel, IndicatorModel, ItemModel
from zhishu.pack.cite import Cite
from zhishu.pack.lines import Lined, Path, Plain
from zhishu.pack.strict import validate
from zhishu.terms import Text
from zhishu.units import parse_quantity, parse_unit


def load_assessments(lined: Lined) -> tuple[dict[str, Assessment], list[Problem]]:
    """Return the assessments of one file and every problem: weights that miss 100 in a class, names nobody declared."""
    lined, unlike = _like(lined)
    model, problems = validate(AssessmentFile, lined)
    problems = [*unlike, *problems]
    if model is None:
        return {}, problems
    found = {}
    for name, item in model.assessments.items():
        maker = _Maker(lined, ("assessments", name), problems)
        found[name] = maker.assessment(name, item)
        maker.check(found[name])
    return found, problems


def _like(lined: Lined) -> tuple[Lined, list[Problem]]:
    """Return the file with every assessment that is ``like`` another begun from it: what it says itself goes before."""
    data = lined.data
    every = data.get("assessments") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(every, dict):
        return lined, []
    problems: list[Problem] = []
    joined: dict[str, Plain] = {}
    for name, own in every.items():
        joined[name] = own
        if not isinstance(own, dict) or "like" not in own:
            continue
        other = every.get(str(own["like"]))
        rest = {k: v for k, v in own.items() if k != "like"}
        if isinstance(other, dict) and "like" not in other:
            joined[name] = {**other, **rest}
            continue
        what = Text(f"没有可承接的方案 {own['like']}", f"there is no assessment {own['like']} to begin from")
        where = lined.where(("assessments", name, "like"))
        problems.append(Problem("assessment-name", where, what, did_you_mean(str(own["like"]), every)))
        joined[name] = rest
    return Lined({**data, "assessments": joined}, lined.lines, lined.file, lined.files), problems


class _Maker:
    """Compiles one assessment and notes what is wrong with it."""

    def __init__(self, lined: Lined, path: Path, problems: list[Problem]) -> None:
        self.lined, self.path, self.problems = lined, path, problems

    def where(self, *more: str | int) -> str:
        """Return the line of a part."""
        return self.lined.where((*self.path, *more))

    def bad(self, code: str, what: Text, repair: Text, *more: str | int) -> None:
        """Note one problem at a part."""
        self.problems.append(Problem(code, self.where(*more), what, repair))

    def assessment(self, name: str, m: AssessmentModel) -> Assessment:
        """Return the compiled assessment."""
        groups = {k: Group(k, g.name, g.size) for k, g in m.groups.items()}
        return Assessment(
            name,
            m.version,
            m.years,
            m.name,
            Cite(m.cite.at, m.cite.quote, self.where("cite")),
            m.level,
            m.proposal,
            groups,
            {k: p.name for k, p in m.purposes.items()},
            m.least,
            Fraction(m.shift) / 100,
            {k: Ground(k, g.name) for k, g in m.ineligible.items()},
            tuple(
                Aspect(k, a.name, a.aggregate, tuple(self._indicator(k, i, d, groups) for i, d in a.indicators.items()))
                for k, a in m.aspects.items()
            ),
            m.aggregate,
            _items(m.bonus.items) if m.bonus else {},
            Fraction(m.bonus.most) if m.bonus else Fraction(0),
            _items(m.deductions),
            {k: Veto(k, v.name, v.proposes, v.decides, v.effect) for k, v in m.vetoes.items()},
            Fraction(m.forgiving.most) / 100 if m.forgiving else Fraction(0),
            {k: n.name for k, n in m.forgiving.never.items()} if m.forgiving else {},
            tuple(m.ties),
            tuple(sorted((Grade(k, g.name, Fraction(g.least)) for k, g in m.grades.items()), key=lambda g: -g.least)),
            tuple(
                Award(k, a.name, a.by, self._money(a.prize, "awards", k, "prize"), a.places)
                for k, a in m.awards.items()
            ),
            self._money(m.pool, "pool") if m.pool is not None else None,
            m.left,
            m.decides,
            m.notice,
            m.objection_days,
            m.repair,
            self.where(),
        )

    def _indicator(self, aspect: str, name: str, m: IndicatorModel, groups: Mapping[str, Group]) -> Indicator:
        path = ("aspects", aspect, "indicators", name)
        factor = Fraction(1)
        try:
            factor = parse_unit(m.unit, self.where(*path, "unit")).factor
        except ZhishuError as error:
            self.problems += error.problems
        weights = m.weight if isinstance(m.weight, dict) else dict.fromkeys(groups, m.weight)
        room = Room(Fraction(m.room.least) * factor, Fraction(m.room.most) * factor, m.room.by) if m.room else None
        return Indicator(
            name,
            m.name,
            m.unit,
            m.kind,
            {k: _raw(v) for k, v in m.parameters.items()},
            Fraction(m.full),
            {g: Fraction(w) for g, w in weights.items()},
            tuple(
                Override(
                    o.group,
                    o.purpose,
                    None if o.weight is None else Fraction(o.weight),
                    o.kind,
                    {k: _raw(v) for k, v in o.parameters.items()},
                    self.where(*path, "by", n),
                )
                for n, o in enumerate(m.by)
            ),
            Fraction(m.cap) / 100,
            Fraction(m.floor) / 100,
            m.direction,
            m.denominator,
            room,
            m.figure,
            m.marks,
            self.where(*path),
        )

    def _money(self, written: str, *path: str) -> Fraction:
        try:
            value, unit = parse_quantity(written, self.where(*path))
            return value * unit.factor
        except ZhishuError as error:
            self.problems += error.problems
            return Fraction(0)

    def check(self, a: Assessment) -> None:
        """Note what does not fit together."""
        self._names(a)
        for purpose in (None, *a.purposes):
            for group in a.groups.values():
                total = sum((aspect.weight(group.id, purpose) for aspect in a.aspects), Fraction(0))
                if total == 100:
                    continue
                label = f"{group.id}/{purpose}" if purpose else group.id
                what = Text(
                    f"“{label}”的权重合计 {_said(total)}，差 {_said(100 - total)} 才到 100",
                    f"the weights of {label} sum to {_said(total)}, {_said(100 - total)} short of 100",
                )
                repair = Text("使每一类的权重合计为 100", "make the weights of each class sum to 100")
                self.bad("scheme-weights", what, repair, "aspects")
        if a.pool is not None and a.money() > a.pool:
            what = Text("各奖名额乘奖额超过总额", "the prizes of all places together exceed the pool")
            self.bad(
                "assessment-pool", what, Text("减名额、减奖额或增总额", "fewer places, smaller prizes or more money")
            )
        if a.years[0] > a.years[1]:
            what = Text("起始年晚于截止年", "the first year is after the last")
            self.bad("assessment-years", what, Text("改正年份", "correct the years"), "years")

    def _names(self, a: Assessment) -> None:
        ids = [i.id for i in a.indicators()]
        parts = {aspect.id for aspect in a.aspects}
        for name in sorted(
            {i for i in ids if ids.count(i) > 1} | (set(ids) & parts) | ({TOTAL, GAIN} & {*ids, *parts})
        ):
            what = Text(f"编号 {name} 用了两次", f"the id {name} is used twice")
            self.bad("pack-duplicate-id", what, Text("改名", "rename one"), "aspects")
        used: list[tuple[str, tuple[str | int, ...]]] = []
        for aspect in a.aspects:
            for i in aspect.indicators:
                path = ("aspects", aspect.id, "indicators", i.id)
                used += [(g, (*path, "weight")) for g in i.weights]
                used += [(o.group, (*path, "by", n)) for n, o in enumerate(i.overrides) if o.group is not None]
                for n, o in enumerate(i.overrides):
                    if o.purpose is not None and o.purpose not in a.purposes:
                        what = Text(f"没有用途 {o.purpose}", f"there is no purpose {o.purpose}")
                        self.bad("assessment-name", what, did_you_mean(o.purpose, a.purposes), *path, "by", n)
                if i.full <= 0 or not i.floor < i.cap or any(w < 0 for w in i.weights.values()):
                    what = Text(
                        "满分须大于零，封顶须高于保底，权重不得为负",
                        "full points above zero, cap above floor, no weight below zero",
                    )
                    self.bad("assessment-number", what, Text("改正数值", "correct the numbers"), *path)
        used += [(g, ("awards", award.id, "places")) for award in a.awards for g in award.places]
        for group, place in used:
            if group not in a.groups:
                what = Text(f"没有类别 {group}", f"there is no class {group}")
                self.bad("assessment-name", what, did_you_mean(group, a.groups), *place)
        known = [TOTAL, *parts, *ids]
        named: list[tuple[str, tuple[str, ...]]] = [
            (award.by, ("awards", award.id, "by")) for award in a.awards if award.by != GAIN
        ]
        for name, place in [*named, *((t, ("ties",)) for t in a.ties)]:
            if name not in known:
                what = Text(f"没有方面或指标 {name}", f"there is no aspect or indicator {name}")
                self.bad("assessment-name", what, did_you_mean(name, known), *place)


def _items(items: Mapping[str, ItemModel]) -> dict[str, Item]:
    return {
        k: Item(k, i.name, Fraction(i.each), None if i.most is None else Fraction(i.most)) for k, i in items.items()
    }


def _raw(value: object) -> Raw:
    """Return a declared parameter with exact numbers; what else stands there is kept as its word."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | list | dict):
        return str(value)
    if isinstance(value, list):
        return tuple(_raw(v) for v in value)
    if isinstance(value, dict):
        return {str(k): _raw(v) for k, v in value.items()}
    return Fraction(value)


def _said(value: Fraction) -> str:
    return f"{float(value):g}"
