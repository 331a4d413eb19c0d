"""The figures of a reading as one table, and single ones made when asked for: a province hands in 100,000 at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Literal, cast, overload

from zhishu.data.intake_cells import decimal_text
from zhishu.data.observation import Observation

if TYPE_CHECKING:
    import polars

CANONICAL = (
    *("region", "period", "series", "value", "unit", "basis", "run", "kind", "status", "published", "source"),
    *("confidence", "note"),
)
ORIGIN = ("cell", "written", "unit_written", "factor")
ORDER = ("series", "region", "period", "status")
"""By which figures are sorted: no two of a reading are alike in them."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One observation with its origin: cell, words as they stood, unit as written, factor to the series' unit."""

    observation: Observation
    cell: str
    written: str
    unit: str
    factor: Fraction


@dataclass(frozen=True, eq=False)
class Figures(Sequence[Figure]):
    """Figures in the order of ``ORDER``; ``table`` has the columns of ``CANONICAL`` and ``ORIGIN`` as texts, null for none.

    ``day`` is the day figures count as known from that state no published date.
    """

    table: "polars.DataFrame"
    day: date

    @classmethod
    def none(cls, day: date = date.min) -> "Figures":
        """Return no figures."""
        import polars as pl

        return cls(pl.DataFrame(schema=dict.fromkeys((*CANONICAL, *ORIGIN), pl.String)), day)

    def __len__(self) -> int:
        return len(self.table)

    @overload
    def __getitem__(self, at: int) -> Figure: ...
    @overload
    def __getitem__(self, at: slice) -> "Figures": ...
    def __getitem__(self, at: int | slice) -> "Figure | Figures":
        if isinstance(at, slice):
            return Figures(self.table[at], self.day)
        return self._made([self.table.row(at)])[0]

    def __iter__(self) -> Iterator[Figure]:
        return iter(self._made(self.table.iter_rows()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Figures) and self.day == other.day and self.table.equals(other.table)

    @cached_property
    def observations(self) -> "Observations":
        """Return the observations alone."""
        return Observations(self)

    def texts(self, column: str) -> list[str]:
        """Return one column."""
        return self.table.get_column(column).fill_null("").to_list()

    def _made(self, rows: Iterable[tuple[str | None, ...]]) -> list[Figure]:
        factors: dict[str, Fraction] = {}
        found = []
        for said in rows:
            row = [word or "" for word in said]
            region, period, series, value, unit, basis, run, kind, status, published, *rest = row
            source, confidence, note, cell, written, stated, factor = rest
            known = date.fromisoformat(published) if published else None
            observation = Observation(
                region,
                period,
                series,
                number_of(value),
                unit,
                basis,
                run,
                kind,
                cast(Literal["actual", "planned"], status),
                known,
                known if known is not None else self.day,
                source,
                confidence,
                note,
                cell,
            )
            times = factors.setdefault(factor, number_of(factor))
            found.append(Figure(observation, cell, written, stated, times))
        return found


@dataclass(frozen=True, eq=False)
class Observations(Sequence[Observation]):
    """The observations of figures, made when asked for."""

    figures: Figures

    def __len__(self) -> int:
        return len(self.figures)

    @overload
    def __getitem__(self, at: int) -> Observation: ...
    @overload
    def __getitem__(self, at: slice) -> "Observations": ...
    def __getitem__(self, at: int | slice) -> "Observation | Observations":
        if isinstance(at, slice):
            return Observations(self.figures[at])
        return self.figures[at].observation

    def __iter__(self) -> Iterator[Observation]:
        return (f.observation for f in self.figures)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Observations) and self.figures == other.figures

    def chosen(self, places: Sequence[int]) -> "Observations":
        """Return those at some places, in the order given."""
        return Observations(Figures(self.figures.table[list(places)], self.figures.day))


def exact(value: Fraction) -> str:
    """Return a number as a decimal, or as a fraction where it has no finite one.

    >>> exact(Fraction(81, 10)), exact(Fraction(2, 3)), exact(Fraction(5))
    ('8.1', '2/3', '5')
    """
    if value.denominator == 1:
        return str(value.numerator)
    return decimal_text(value) or f"{value.numerator}/{value.denominator}"


def number_of(text: str) -> Fraction:
    """Return the number of such a text. Raises ValueError or ZeroDivisionError.

    >>> number_of("8.1"), number_of("2/3")
    (Fraction(81, 10), Fraction(2, 3))
    """
    whole, point, decimals = text.partition(".")
    if point and decimals.isdecimal():
        return Fraction(int(whole + decimals), 10 ** len(decimals))
    return Fraction(int(text)) if "/" not in text else Fraction(text)
