"""The score kinds of practice as columns of a system: ``column: {use: completion, args: {value: done, target: target}}``.

Arguments are what the kind reads, and its parameters by their names, so that a parameter may differ by row, class or
version; a parameter that is the same for all may stand in ``options`` instead, and one with a default may be left out.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields
from fractions import Fraction

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.score.kinds.kind import Kind
from zhishu.score.kinds.registry import KINDS
from zhishu.score.kinds.sense import Senseless

Rows = list[dict[str, Value]]
Run = Callable[[Rows, Mapping[str, object]], list[Value]]
TOGETHER = frozenset({"efficacy", "minmax", "rank_table", "rank_line", "growth"})
"""Kinds that hold the units of a class against each other: they take ``group`` and ``where``."""
# parameters that are words, whole numbers, or numbers in order; the bands of marginal points stay the published ones
_WORDS, _WHOLE, _LISTS, _FIXED = ("better", "count"), ("least", "trim"), {"points": "place_"}, ("bands",)


def kind_column(name: str) -> Run:
    """Return how the kind of a name fills a column.

    A kind of ``TOGETHER`` scores each ``group`` by itself, without the rows whose ``where`` is false; where a group, a
    ``where`` or a parameter is unknown, or parameters differ inside a group, all its rows are unknown. ``expert`` reads
    its marks from the rows beside, by ``unit``; ``rank_table`` takes ``place_1``, ``place_2`` … for its points. What
    makes no sense, or an argument that is none, leaves the rows unknown with the reason.
    """
    kind = KINDS[name]

    def run(rows: Rows, options: Mapping[str, object]) -> list[Value]:
        found: list[Value] = [Unknown("held", "不在此类", "not in the class")] * len(rows)
        for members in _classes(rows) if name in TOGETHER else [[i] for i in range(len(rows))]:
            scored = _scored(kind, [rows[i] for i in members], options)
            for i, value in zip(members, scored, strict=True):
                found[i] = value
        return found

    return run


def _classes(rows: Rows) -> Iterator[list[int]]:
    """Yield the rows of each class by their places; all rows together where one may belong to any class."""
    if any(isinstance(row.get("group", ""), Unknown) for row in rows):
        yield list(range(len(rows)))
        return
    for group in dict.fromkeys(row.get("group", "") for row in rows):
        yield [i for i, row in enumerate(rows) if row.get("group", "") == group and row.get("where", True) is not False]


def _scored(kind: Kind, rows: Rows, options: Mapping[str, object]) -> Sequence[Value]:
    for row in rows:
        for name in ("group", "where"):
            if isinstance(lost := row.get(name, True), Unknown):
                return [lost] * len(rows)
    how = _parameters(kind, rows, options) if rows else None
    if isinstance(how, Unknown):
        return [how] * len(rows)
    units: dict[str, tuple[Value, ...]] = {}
    for n, row in enumerate(rows):
        read = _marks(row, options) if kind.many else tuple(row.get(name, _lacking(name)) for name in kind.reads)
        if isinstance(read, Unknown):
            return [read] * len(rows)
        units[str(n)] = read
    points = kind.score(units, how)
    return [points[str(n)] for n in range(len(rows))]


def _marks(row: dict[str, Value], options: Mapping[str, object]) -> tuple[Value, ...] | Unknown:
    """Return the marks beside that are a unit's; a mark of nobody knows whom may be anybody's."""
    beside, unit = options.get("beside"), row.get("unit", _lacking("unit"))
    if not isinstance(beside, list):
        return _lacking("beside")
    lost = next((cell["unit"] for cell in beside if isinstance(cell["unit"], Unknown)), unit)
    return lost if isinstance(lost, Unknown) else tuple(cell["mark"] for cell in beside if cell["unit"] == unit)


def _parameters(kind: Kind, rows: Rows, options: Mapping[str, object]) -> object:
    """Return the parameters of a kind that all rows share, or why there are none."""
    own = {f.name for f in fields(kind.parameters)}
    listed = tuple(prefix for name, prefix in _LISTS.items() if name in own)
    beside = {"unit"} if kind.many else set(kind.reads)
    taken = own - {*_FIXED, *_LISTS} | beside | ({"group", "where"} if kind.name in TOGETHER else set())
    for name in rows[0]:
        if name not in taken and not (listed and name.startswith(listed)):
            return Unknown("domain", f"没有参数 {name}", f"there is no argument {name}")
    given: dict[str, object] = {}
    for field in fields(kind.parameters):
        if field.name in _FIXED:
            continue
        value = _listed(field.name, rows) if field.name in _LISTS else _common(field.name, rows, options)
        if isinstance(value, Unknown):
            return value
        if value is not None:
            given[field.name] = value
        elif field.default is MISSING:
            return _lacking(field.name)
    try:
        made: object = kind.parameters(**given)
    except Senseless as wrong:
        where = wrong.parameter
        return Unknown("domain", f"{where}{wrong.say.zh}", f"{where} {wrong.say.en}")
    return made


def _common(name: str, rows: Rows, options: Mapping[str, object]) -> object:
    """Return a parameter as the kind takes it, None where it is not given."""
    if name not in rows[0]:
        return None if name not in options else _taken(name, options[name])
    values = {row[name] for row in rows}
    if len(values) > 1:
        return Unknown("conflict", f"同类的 {name} 不一致", f"{name} differs inside the class")
    return _taken(name, values.pop())


def _listed(name: str, rows: Rows) -> object:
    places = [n for n in rows[0] if n.startswith(_LISTS[name])]
    values = [_common(n, rows, {}) for n in places]
    lost = next((v for v in values if isinstance(v, Unknown)), None)
    return lost if lost is not None else tuple(values) or None


def _taken(name: str, value: object) -> object:
    """Return a value as a parameter: a word, a whole number or an exact one."""
    if isinstance(value, Unknown) or name in _WORDS:
        return value
    number = value if isinstance(value, Fraction) else _number(str(value))
    if isinstance(number, Unknown) or name not in _WHOLE:
        return number
    return (
        int(number) if number.denominator == 1 else Unknown("domain", f"{name} 须为整数", f"{name} is a whole number")
    )


def _number(text: str) -> Fraction | Unknown:
    try:
        return Fraction(text)
    except ValueError:
        return Unknown("domain", "not a number")


def _lacking(name: str) -> Unknown:
    return Unknown("missing", f"没有给出 {name}", f"{name} is not given")


KIND_COLUMNS: Mapping[str, Run] = {name: kind_column(name) for name in KINDS}
"""How each kind fills a column, by the name a declaration uses."""
