"""Small decision tables to draw from, and what they must give by plain enumeration."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from zhishu.formula.decision.table import Cell, Column, Equal, InputKind, Known, Prefix, Row, Span, Test, Value
from zhishu.formula.decision.values import base
from zhishu.formula.evaluate import Value as Fact
from zhishu.formula.tree import Number, Truth, Word
from zhishu.logic import Truth as Logical
from zhishu.logic import Unknown, k_and, k_not, k_or
from zhishu.terms import Text

CITIES = {"511400": Text("眉山市", "Meishan"), "510100": Text("成都市", "Chengdu"), "5132": Text("示例州", "Sample")}
KINDS: dict[str, InputKind] = {
    "share": InputKind("number", "%", title=Text("供地率", "share supplied")),
    "code": InputKind("word", title=Text("区划代码", "division code")),
    "city": InputKind("choice", values=CITIES, title=Text("市州", "city")),
    "signed": InputKind("truth", title=Text("已签约", "signed")),
    "opened": InputKind("date", title=Text("开工日", "day of start")),
}
LEVELS = InputKind("choice", values={name: Text(f"{name}级", f"level {name}") for name in "abc"})
COLUMNS = tuple(Column(name, kind) for name, kind in KINDS.items())

NUMBERS = st.integers(0, 4).map(lambda n: Number(Fraction(n * 20), "%"))
DATES = st.integers(1, 4).map(lambda n: date(2019, n, 1))
CODES = st.sampled_from(["5101", "510104", "5114", "511402", "26"])


@st.composite
def spans(draw: st.DrawFn, ends: st.SearchStrategy[Number | date]) -> Span:
    """Draw a stretch that is not empty, open to one side or closed."""
    a, b = draw(ends), draw(ends)
    low, high = (a, b) if base(a) <= base(b) else (b, a)
    low_in, high_in = draw(st.booleans()), draw(st.booleans())
    match draw(st.integers(0, 2)):
        case 0:
            return Span(low, None, low_in=low_in)
        case 1:
            return Span(None, high, high_in=high_in)
        case _:
            same = base(low) == base(high)
            return Span(low, high, low_in or same, high_in or same)


def tests_of(column: Column) -> st.SearchStrategy[Test]:
    """Return the tests a cell of this column may have."""
    known: st.SearchStrategy[Test] = st.booleans().map(Known)
    match column.kind.kind:
        case "number":
            return st.one_of(NUMBERS.map(Equal), spans(NUMBERS), spans(NUMBERS), known)
        case "date":
            return st.one_of(DATES.map(Equal), spans(DATES), known)
        case "truth":
            return st.one_of(st.booleans().map(lambda flag: Equal(Truth(flag))), known)
        case "choice":
            words = st.sampled_from(sorted(CITIES)).map(lambda word: Equal(Word(word)))
            return st.one_of(words, words, st.just(Prefix("51")), st.just(Prefix("5101")), known)
        case _:
            prefixes = CODES.map(Prefix)
            return st.one_of(CODES.map(lambda word: Equal(Word(word))), prefixes, known)


def cells_of(column: Column) -> st.SearchStrategy[Cell]:
    """Return the cells of a column; a third of them ask nothing."""
    asked = st.builds(Cell, st.lists(tests_of(column), min_size=1, max_size=3).map(tuple), st.booleans())
    return st.one_of(st.just(Cell()), asked, asked)


@st.composite
def rows_of(draw: st.DrawFn, columns: tuple[Column, ...], outputs: st.SearchStrategy[Value]) -> tuple[Row, ...]:
    """Draw the rows of a small table with one output."""
    count = draw(st.integers(1, 5))
    return tuple(
        Row(str(i + 1), tuple(draw(cells_of(column)) for column in columns), (draw(outputs),)) for i in range(count)
    )


LEVEL = st.sampled_from("abc").map(Word)
FACTS: dict[str, tuple[Fact, ...]] = {
    "share": tuple(Fraction(n, 10) for n in range(-1, 10)),
    "code": ("5101", "51019", "510104", "5101049", "5114", "51149", "511402", "5114029", "26", "269", "99"),
    "city": tuple(CITIES),
    "signed": (True, False),
    "opened": (date(2018, 12, 31), *(date(2019, month, day) for month in range(1, 5) for day in (1, 15))),
}


@st.composite
def cases(draw: st.DrawFn, columns: tuple[Column, ...]) -> dict[str, Fact]:
    """Draw the facts of one case; some are missing."""
    missing: Fact = Unknown("missing")
    return {c.name: draw(st.one_of(st.just(missing), st.sampled_from(FACTS[c.name]))) for c in columns}


def asking(rows: Sequence[Row]) -> frozenset[int]:
    """Return the columns in which a cell asks whether the fact is known."""
    return frozenset(
        i for row in rows for i, cell in enumerate(row.cells) if any(isinstance(t, Known) for t in cell.tests)
    )


def matches(row: Row, columns: tuple[Column, ...], case: Mapping[str, Fact], asked: frozenset[int]) -> Logical:
    """Return whether a row matches a case, by the meaning of its cells."""
    found = []
    for i, (cell, column) in enumerate(zip(row.cells, columns, strict=True)):
        fits_ = fits(cell, case[column.name])
        if isinstance(fits_, Unknown) and i in asked:
            # where a column asks what is known, a fact not known is a case like any other: nothing stays open
            fits_ = False
        elif isinstance(fits_, Unknown) and column.kind.kind in ("choice", "truth"):
            # none or all values of a closed list fit: so it is, whatever is missing
            every = {fits(cell, value) for value in FACTS[column.name]}
            fits_ = every.pop() if len(every) == 1 else fits_
        found.append(fits_)
    return k_and(*found)


def fits(cell: Cell, fact: Fact) -> Logical:
    """Return whether a fact fits a cell."""
    if not cell.tests:
        return True
    found = k_or(*(_holds(test, fact) for test in cell.tests))
    return k_not(found) if cell.negated else found


def _holds(test: Test, fact: Fact) -> Logical:
    if isinstance(test, Known):
        return isinstance(fact, Unknown) != test.known
    if isinstance(fact, Unknown):
        return fact
    match test:
        case Equal(Number() | date() as value):
            return line(fact) == base(value)
        case Equal(value):
            assert isinstance(value, Word | Truth)
            return value.value == fact
        case Prefix(text):
            return str(fact).startswith(text)
        case Span(low, high, low_in, high_in):
            at = line(fact)
            above = low is None or at > base(low) or (low_in and at == base(low))
            return above and (high is None or at < base(high) or (high_in and at == base(high)))


def line(fact: Fact) -> Fraction:
    """Return where a number or a day lies."""
    if isinstance(fact, date):
        return Fraction(fact.toordinal())
    assert isinstance(fact, Fraction)
    return fact
