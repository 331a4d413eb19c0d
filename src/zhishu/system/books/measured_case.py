"""One case measured: the same as a register of one row, and what was measured told in words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from zhishu.errors import Problem
from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.pack.book import Book
from zhishu.pack.measured import Measured
from zhishu.system.books.say import told
from zhishu.terms import Text

if TYPE_CHECKING:
    from zhishu.system.books.layers import Fitted
    from zhishu.system.books.measure import Found


@dataclass(frozen=True, slots=True)
class Measures:
    """The facts of a case after measuring, its problems and remarks, and the source of each measured fact."""

    values: Mapping[str, Value]
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]
    sources: tuple[Text, ...]


def measure_case(
    book: Book, values: Mapping[str, Value], fitted: "Mapping[str, Fitted]", where: Callable[[str], str]
) -> Measures:
    """Return the facts of one case with what can be measured filled in; ``where`` gives the place of a field."""
    known = dict(values)
    problems: list[Problem] = []
    sources: list[Text] = []
    for m in book.measured.values():
        if m.id not in fitted and all(isinstance(values[f], Unknown) for f in (m.x, m.y)):
            continue
        found = _measured(book, m, known, fitted.get(m.id))
        problems += (replace(n.problem, where=where(n.fields)) for n in found.notes)
        known.update(_filled(book, m, known, found))
        if m.id in fitted:
            sources += _sources(book, m, known, found, fitted[m.id])
    return Measures(
        known,
        tuple(p for p in problems if p.severity == "error"),
        tuple(p for p in problems if p.severity != "error"),
        tuple(sources),
    )


def _measured(book: Book, m: Measured, values: Mapping[str, Value], fitted: "Fitted | None") -> "Found":
    import numpy as np

    from zhishu.system.books.measure import Sites, lengths_of, measure

    def number(name: str) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        value = values[name]
        return np.array([float(value) if isinstance(value, Fraction) else np.nan])

    def word(name: str | None) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
        value = values[name] if name is not None else None
        return np.array([value if isinstance(value, str) else None], dtype=object)

    day = values[book.as_of] if book.as_of is not None else None
    key = values[book.key]
    name = key if isinstance(key, str) else book.subject.zh
    lengths = {k: (number(of.distance), number(of.tolerance)) for k, of in lengths_of(m).items()}
    sites = Sites(
        [name], number(m.x), number(m.y), word(m.crs), number(m.error),
        np.array([day.toordinal() if isinstance(day, date) else np.nan]), word(m.kind), lengths,
    )  # fmt: skip
    return measure(book, m, sites, fitted)


def _filled(book: Book, m: Measured, values: Mapping[str, Value], found: "Found") -> dict[str, Value]:
    """Return the facts a measurement gives: a number, or why there is none."""
    from zhishu.system.books.measure import NEAREST, lengths_of

    known: dict[str, Value] = {}
    error = book.fields[m.error].name
    for key, of in lengths_of(m).items():
        taken, own, label = found.lengths[key], values[of.distance], book.fields[of.distance].name
        if taken.measured[0]:
            tolerance = float(taken.tolerance[0])
            known[of.distance] = _exact(float(taken.distance[0]))
            known[of.tolerance] = (
                _exact(tolerance) if tolerance == tolerance else Unknown("missing", error.zh, error.en)
            )
        elif isinstance(own, Unknown) and own.reason == "missing" and taken.why[0] is not None:
            name = m.name if key == NEAREST else label
            known[of.distance] = Unknown(taken.why[0], name.zh, name.en)
    if m.kind is not None:
        kind = found.kind[0]
        if kind is not None:
            known[m.kind] = kind
        elif found.lengths[NEAREST].measured[0]:
            known[m.kind] = Unknown("several_lines")
    return known


def _exact(metres: float) -> Fraction:
    return Fraction(Decimal(repr(metres)))


def _sources(book: Book, m: Measured, values: Mapping[str, Value], found: "Found", fitted: "Fitted") -> Iterator[Text]:
    """Yield what was measured, to which line of which layer, how well, and from which coordinates."""
    from zhishu.system.books.measure import NEAREST, lengths_of

    for key, of in lengths_of(m).items():
        if found.lengths[key].measured[0]:
            kind = values[m.kind] if m.kind is not None else None
            of_kind = told(book, m.kind, kind) if m.kind is not None and isinstance(kind, str) else Text("", "")
            if kind == m.several or key != NEAREST:
                of_kind = Text("", "")
            yield _source(book, m, values, found, fitted, key, of.distance, of_kind)


def _source(
    book: Book,
    m: Measured,
    values: Mapping[str, Value],
    found: "Found",
    fitted: "Fitted",
    key: str,
    fact: str,
    of: Text,
) -> Text:
    name, value = book.fields[fact].name, told(book, fact, values[fact])
    tolerance = float(found.lengths[key].tolerance[0])
    off = Text(f"误差 ±{tolerance:.0f} 米", f"±{tolerance:.0f} m")
    if tolerance != tolerance:
        off = Text("误差不知", "error not known")
    line, crs, shift = found.lengths[key].line[0], values[m.crs], float(found.shift[0])
    turned = Text(f"坐标 {crs}", f"coordinates in {crs}")
    if shift > 0:
        turned = Text(
            f"{turned.zh} 换算到 CGCS2000，误差 {shift:.2g} 米",
            f"{turned.en} converted to CGCS2000, error {shift:.2g} m",
        )
    layer, source = fitted.layer.file, fitted.layer.source
    zh, en = (f"{layer}（{source}）", f"{layer} ({source})") if source else (layer, layer)
    return Text(
        f"{name.zh} {value.zh}：由坐标量到{line}{f'（{of.zh}）' if of.zh else ''}，{off.zh}；{turned.zh}；图层 {zh}",
        f"{name.en} {value.en}: measured from the coordinates to {line}{f' ({of.en})' if of.en else ''}, {off.en}; "
        f"{turned.en}; layer {en}",
    )
