"""Facts a book lets be measured: from which coordinates, to which layer of lines, and which facts that gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from zhishu.errors import ZhishuError, did_you_mean
from zhishu.pack.book_model import MeasuredModel
from zhishu.pack.compile_parts import Compiler
from zhishu.pack.system import Column
from zhishu.terms import Text
from zhishu.units import comparable, parse_quantity, parse_unit

_METRE = "米"


@dataclass(frozen=True, slots=True)
class Frame:
    """A box of longitudes and latitudes in which sites lie: west, south, east, north."""

    name: Text
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Length:
    """The facts that hold a measured length and how far it may be off."""

    distance: str
    tolerance: str


@dataclass(frozen=True, slots=True)
class Measured:
    """Distances measured at intake. ``x`` to ``error`` name the facts read, ``distance`` to ``kind`` those filled in.

    Within ``horizon`` metres lines of another kind leave the kind open; a line that no list names is of the kind
    ``unlisted``. Without ``kind`` all lines of the layer are alike. ``each`` names facts for the nearest line of a kind:
    then ``distance`` is that of the nearest line of all, ``kind`` which kind that is, and ``several`` the choice that
    says nobody can tell, the distances of the kinds being as good as alike.
    """

    id: str
    name: Text
    layer: str
    x: str
    y: str
    crs: str
    error: str
    distance: str
    tolerance: str
    kind: str | None
    unlisted: str
    horizon: float
    frame: Frame | None
    where: str
    each: Mapping[str, Length] = field(default_factory=dict)
    several: str | None = None

    def reads(self) -> tuple[str, ...]:
        """Return the facts a site is given by."""
        return self.x, self.y, self.crs, self.error

    def gives(self) -> tuple[str, ...]:
        """Return the facts that are filled in."""
        kind = (self.kind,) if self.kind is not None else ()
        return self.distance, self.tolerance, *kind, *(f for e in self.each.values() for f in (e.distance, e.tolerance))


def measured_of(name: str, model: MeasuredModel, c: Compiler) -> Measured:
    """Return a measurement as declared; names are checked by ``check_measured``."""
    at = ("measured", name)
    horizon = Fraction(0)
    if model.apart is not None:
        try:
            value, unit = parse_quantity(model.apart, c.lined.where((*at, "apart")))
            horizon = value * unit.factor
            if not comparable(unit, parse_unit(_METRE)):
                _wrong(c, name, "apart", Text("apart 应是长度", "apart should be a length"), "3 公里")
        except ZhishuError as error:
            c.problems += error.problems
    frame = None
    if model.frame is not None:
        west, south, east, north = (float(v) for v in model.frame.box)
        frame = Frame(model.frame.name, (west, south, east, north))
        if not (west < east and south < north):
            _wrong(c, name, "frame", Text("frame 的四至不成框", "the frame is no box"), "[西, 南, 东, 北]")
    a, g = model.at, model.gives
    where = c.lined.where(at)
    return Measured(
        name, model.name, model.to, a.x, a.y, a.crs, a.error, g.distance, g.tolerance, g.kind,
        model.unlisted or "", float(horizon), frame, where,
        {kind: Length(e.distance, e.tolerance) for kind, e in model.each.items()}, model.several,
    )  # fmt: skip


def check_measured(m: Measured, fields: dict[str, Column], assumed: frozenset[str], c: Compiler) -> None:
    """Note what is wrong with the facts a measurement names: their kinds and units, and what they need."""
    wanted = {
        m.x: "number",
        m.y: "number",
        m.crs: "text",
        m.error: "length",
        m.distance: "length",
        m.tolerance: "length",
        **{name: "length" for e in m.each.values() for name in (e.distance, e.tolerance)},
    }
    if m.kind is not None:
        wanted[m.kind] = "choice"
    for name, kind in wanted.items():
        column = fields.get(name)
        if column is None:
            what = Text(f"没有字段 {name}", f"there is no field {name}")
            c.add("book-unknown-name", ("measured", m.id), what, did_you_mean(name, fields))
        elif not _is(column, kind):
            zh = {"number": "不带单位的数", "text": "文字", "length": "长度", "choice": "选项"}[kind]
            what = Text(f"量测要 {name} 是{zh}", f"a measurement needs {name} to be a {kind}")
            _wrong(c, m.id, name, what, zh)
    if len({*m.reads(), *m.gives()}) < len(m.reads()) + len(m.gives()):
        _wrong(c, m.id, "gives", Text("同一字段用了两次", "a field is named twice"), "x, y, crs, error, distance, …")
    for name in m.gives():
        if name in assumed:
            what = Text(f"{name} 既量测又有缺省值", f"{name} is both measured and assumed where blank")
            _wrong(c, m.id, name, what, "if_missing")
    choices = fields[m.kind].choices if m.kind is not None and m.kind in fields else {}
    if m.kind is not None and (m.unlisted not in choices or (m.horizon <= 0 and not m.each)):
        what = Text(
            "给出 kind 时要写 unlisted（名录外的线属哪一类）和 apart（多远以内别类的线使类别不定）",
            "with kind, declare unlisted (of which kind a line off the list is) and apart (how near another kind matters)",
        )
        _wrong(c, m.id, "kind", what, "unlisted, apart")
    if m.each:
        _check_each(m, choices, c)


def _check_each(m: Measured, choices: Mapping[str, Text], c: Compiler) -> None:
    """Note what is wrong with lengths measured kind by kind."""
    if m.kind is None or m.horizon:
        what = Text(
            "分类量（each）要在 gives 里写 kind，不用写 apart",
            "to measure each kind, name the kind under gives, and leave apart out",
        )
        _wrong(c, m.id, "each", what, "gives: {kind: …}")
    for kind in m.each:
        if m.kind is not None and kind not in choices:
            what = Text(f"没有类别 {kind}", f"there is no kind {kind}")
            c.add("book-unknown-name", ("measured", m.id, "each"), what, did_you_mean(kind, choices))
    if m.several is None or m.several not in choices or m.several in (*m.each, m.unlisted):
        what = Text(
            "要写 several：哪个选项表示几类线一样近，分不出最近的是哪一类",
            "declare several: the choice that says the lines of several kinds are as near, and nobody can tell which is nearest",
        )
        _wrong(c, m.id, "several", what, "several")


def _is(column: Column, kind: str) -> bool:
    if kind == "length":
        return (
            column.type == "number"
            and bool(column.unit)
            and comparable(parse_unit(column.unit or "1"), parse_unit(_METRE))
        )
    if kind == "number":
        return column.type == "number" and column.unit in (None, "1")
    return column.type == kind


def _wrong(c: Compiler, name: str, part: str, what: Text, form: str) -> None:
    repair = Text(f"见 docs/howto-rules.md：{form}", f"see docs/howto-rules.md: {form}")
    c.add("book-measured", ("measured", name), Text(f"{part}：{what.zh}", f"{part}: {what.en}"), repair)
