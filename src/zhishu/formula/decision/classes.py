"""What the cells of one column can tell apart: a few classes of values, each with a value to show for it.

Every cell accepts a class as a whole or not at all, so a set of classes stands for a cell: bit k of a mask is
class k. Numbers and days are cut at the ends of all stretches (the point, and what lies between two points),
words at every listed word and prefix.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from zhishu.formula.decision.table import Cell, Column, Equal, InputKind, Known, Prefix, Span, Test, Value
from zhishu.formula.decision.values import base, place
from zhishu.formula.tree import Number, Truth, Word
from zhishu.units import parse_unit


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes of a column: a value for each (None: not known), what each cell accepts, who accepts each.

    ``cells[r]`` is the set of classes that row r accepts; ``rows[k]`` the set of rows that accept class k;
    ``groups`` each different cell with the set of rows that have it.
    """

    values: tuple[Value | None, ...]
    cells: tuple[int, ...]
    rows: tuple[int, ...]
    groups: tuple[tuple[int, int], ...]

    @property
    def everything(self) -> int:
        """Return the set of all classes."""
        return (1 << len(self.values)) - 1

    def touching(self, wanted: int) -> int:
        """Return the rows whose cell accepts one of the wanted classes."""
        return _united(rows for mask, rows in self.groups if mask & wanted)

    def containing(self, wanted: int) -> int:
        """Return the rows whose cell accepts all of the wanted classes."""
        return _united(rows for mask, rows in self.groups if mask & wanted == wanted)


def classes(column: Column, cells: Sequence[Cell]) -> Classes:
    """Return the classes that the cells of a column tell apart.

    >>> from zhishu.formula.decision.cell import read_cell
    >>> from zhishu.formula.decision.values import write_value
    >>> share = Column("share", InputKind("number", "%", least=Fraction(0), most=Fraction(100)))
    >>> found = classes(share, [read_cell("<60 %", share.kind, "示例.csv:2 share")])
    >>> [write_value(value) for value in found.values], found.cells
    (['0 %', '60 %'], (1,))
    """
    tests = {test for cell in cells for test in cell.tests}
    line = _line(column.kind, tests)
    missing = any(isinstance(test, Known) for test in tests)
    values = [*line.values, *([None] if missing else [])]
    found = {cell: _mask(cell, line, missing) for cell in dict.fromkeys(cells)}
    return _merged(values, [found[cell] for cell in cells])


@dataclass(frozen=True, slots=True)
class _Line:
    """The values of the classes in order, where each stands on its line, and which class stands there."""

    values: Sequence[Value]
    places: Sequence[Fraction | str]
    at: Mapping[Fraction | str, int]


def _line(kind: InputKind, tests: Iterable[Test]) -> _Line:
    values = list(_values(kind, tests))
    places: list[Fraction | str] = [v.value if isinstance(v, Word) else place(v) for v in values]
    return _Line(values, places, {at: i for i, at in enumerate(places)})


def _values(kind: InputKind, tests: Iterable[Test]) -> Iterable[Value]:
    match kind.kind:
        case "truth":
            return (Truth(False), Truth(True))
        case "choice" if kind.values:
            return [Word(value) for value in kind.values]
        case "choice" | "word":
            return [Word(word) for word in _words(tests)]
        case "date":
            days = {int(base(end)) for end in _ends(tests)} or {date(2019, 1, 1).toordinal()}
            near = {day + step for day in days for step in (-1, 0, 1)}
            return [date.fromordinal(day) for day in sorted(near) if 1 <= day <= date.max.toordinal()]
        case "number":
            factor = parse_unit(kind.unit).factor if kind.unit else Fraction(1)
            points = sorted({base(end) / factor for end in _ends(tests)})
            unit = None if kind.unit == "1" else kind.unit
            return [Number(value, unit) for value in _numbers(points, kind) if _allowed(value, kind)]


def _ends(tests: Iterable[Test]) -> Iterator[Number | date]:
    for test in tests:
        match test:
            case Equal(Number() | date() as value):
                yield value
            case Span(low, high):
                yield from (end for end in (low, high) if end is not None)
            case _:
                pass


def _numbers(points: Sequence[Fraction], kind: InputKind) -> Iterator[Fraction]:
    """Yield every point, and one number of each stretch between two, before the first and after the last."""
    marks = sorted({*points, *(bound for bound in (kind.least, kind.most) if bound is not None)})
    if not marks:
        yield Fraction(0)
        return
    yield marks[0] - 1 if not kind.whole else Fraction(ceil(marks[0]) - 1)
    for low, high in pairwise(marks):
        yield low
        # whole numbers: the next one, if it lies before the next point
        inside = Fraction(floor(low) + 1) if kind.whole else (low + high) / 2
        if inside < high:
            yield inside
    yield marks[-1]
    yield marks[-1] + 1 if not kind.whole else Fraction(floor(marks[-1]) + 1)


def _allowed(value: Fraction, kind: InputKind) -> bool:
    above = kind.least is None or value >= kind.least
    return above and (kind.most is None or value <= kind.most) and (not kind.whole or value.denominator == 1)


def _words(tests: Iterable[Test]) -> list[str]:
    """Return every listed word, every prefix with and without something after it, and a word like none of them."""
    listed = {test.value.value for test in tests if isinstance(test, Equal) and isinstance(test.value, Word)}
    prefixes = {test.text for test in tests if isinstance(test, Prefix)}
    taken = listed | prefixes
    found = set(taken)
    for stem in sorted(prefixes):
        found.add(_free(stem, taken))
    found.add(_free("", taken, first="其他"))
    return sorted(found)


def _free(stem: str, taken: set[str], first: str = "0") -> str:
    """Return a word that begins with the stem, is none of those taken and begins with no longer one."""
    signs: list[str] = [
        first,
        *"0123456789abcdefghijklmnopqrstuvwxyz",
        *(chr(0x4E00 + n) for n in range(len(taken) + 1)),
    ]
    heads = {word[: len(stem) + 1] for word in taken if word.startswith(stem)}
    return stem + next(sign for sign in signs if (stem + sign)[: len(stem) + 1] not in heads)


def _mask(cell: Cell, line: _Line, missing: bool) -> int:
    """Return the classes a cell accepts; the last one is that of facts not known, if the column has it."""
    count = len(line.values)
    known = (1 << count) - 1
    absent = 1 << count if missing else 0
    if not cell.tests:
        return known | absent
    accepted, sure = 0, True
    for test in cell.tests:
        if isinstance(test, Known):
            accepted |= known if test.known else absent
        else:
            accepted |= _accepts(test, line)
            sure = False
    if not cell.negated:
        return accepted
    # a comparison with a fact that is not known is neither true nor false, and so is its denial
    refused = (known | absent) & ~accepted
    return refused if sure else refused & known


def _accepts(test: Test, line: _Line) -> int:
    match test:
        case Equal(value):
            found = line.at.get(value.value if isinstance(value, Word) else place(value))
            return 0 if found is None else 1 << found
        case Prefix(text):
            return _bits(i for i, at in enumerate(line.places) if str(at).startswith(text))
        case Span(low, high, low_in, high_in):
            places = [at for at in line.places if isinstance(at, Fraction)]
            start = 0 if low is None else (bisect_left if low_in else bisect_right)(places, base(low))
            stop = len(places) if high is None else (bisect_right if high_in else bisect_left)(places, base(high))
            return (1 << max(start, stop)) - (1 << start)
        case Known():
            return 0


def _bits(places: Iterable[int]) -> int:
    return _united(1 << i for i in places)


def _united(masks: Iterable[int]) -> int:
    result = 0
    for mask in masks:
        result |= mask
    return result


def _merged(values: Sequence[Value | None], masks: Sequence[int]) -> Classes:
    """Return the classes without those that no row tells from an earlier one."""
    rows = _rows(len(values), masks)
    first: dict[tuple[int, bool], int] = {}
    for k, accepting in enumerate(rows):
        # a fact not known is kept apart from a value, to be told as such
        first.setdefault((accepting, values[k] is None), k)
    kept = list(first.values())
    new = {mask: _bits(i for i, k in enumerate(kept) if mask >> k & 1) for mask in set(masks)}
    cells = tuple(new[mask] for mask in masks)
    groups: dict[int, int] = {}
    for r, cell in enumerate(cells):
        groups[cell] = groups.get(cell, 0) | 1 << r
    return Classes(tuple(values[k] for k in kept), cells, tuple(rows[k] for k in kept), tuple(groups.items()))


def _rows(count: int, masks: Sequence[int]) -> list[int]:
    """Return who accepts each class: along the line a row is noted only where it begins and ends to accept."""
    turns = [0] * (count + 1)
    for r, mask in enumerate(masks):
        edges = mask ^ (mask << 1)
        while edges:
            k = (edges & -edges).bit_length() - 1
            turns[k] ^= 1 << r
            edges &= edges - 1
    rows, accepting = [], 0
    for k in range(count):
        accepting ^= turns[k]
        rows.append(accepting)
    return rows
