"""A template profile: how a table of statistics is laid out when an office sends it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from zhishu.pack.cite import Cite
from zhishu.terms import Text

# what a sign in place of a figure says: not there, none at all (zero), not shown, or a thing that cannot be asked
Meaning = Literal["absent", "nil", "suppressed", "not_applicable"]
PeriodKind = Literal["year", "month", "range"]
Percent = Literal["percent", "share", "ask"]
Said = tuple[str, ...]

MEANINGS: dict[str, Text] = {
    "absent": Text("没有数", "no figure"),
    "nil": Text("零", "none"),
    "suppressed": Text("不公开", "suppressed"),
    "not_applicable": Text("不适用", "not applicable"),
}


@dataclass(frozen=True, slots=True)
class ProfileColumn:
    """One column of a wide table, found by the words of its head rows; without ``series`` it is known and left out.

    ``period`` says which period the figures are of, from the one the table states: that one, its last month, the
    year up to it, or its year; ``back`` counts years before it.
    """

    series: str | None
    heads: tuple[Said, ...]
    period: Literal["given", "month", "to_date", "year"]
    back: int
    unit: str | None
    percent: Percent
    signs: Mapping[str, Meaning]
    optional: bool
    leave: Text | None


@dataclass(frozen=True, slots=True)
class Total:
    """Rows that are checked and never taken: by their words or the level of their region, and over what they sum.

    ``nothing`` is for rows such as 其中, which repeat parts of others. ``agree`` makes a difference an error.
    """

    said: Said
    level: str | None
    over: Literal["rows", "children", "zone", "nothing"]
    agree: bool


@dataclass(frozen=True, slots=True)
class ProfileExample:
    """A small sheet, the figures it gives (region, period, series, value), the guesses it needs, what is refused."""

    day: str
    sheet: tuple[tuple[str | None, ...], ...]
    merged: tuple[str, ...]
    expect: tuple[tuple[str, str, str, str], ...]
    guesses: tuple[str, ...]
    problems: tuple[str, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The layout of one kind of table. ``fields`` names the columns of a long table, ``columns`` those of a wide one.

    ``head`` says what each head row holds; ``corner`` are the words above the regions; ``runs`` gives for a series
    the comparable run that begins with a year; ``digest`` is the SHA-256 of the declaration without its examples.
    """

    id: str
    name: Text
    cite: Cite | None
    proposal: Text | None
    layout: Literal["wide", "long"]
    sheet: Said
    title_row: int | None
    unit_row: int | None
    head_row: int
    head: tuple[Literal["words", "period"], ...]
    corner: Said
    code: Said
    levels: tuple[str, ...]
    periods: tuple[PeriodKind, ...]
    unit: str | None
    percent: Percent
    signs: Mapping[str, Meaning]
    notes: Said
    totals: tuple[Total, ...]
    columns: tuple[ProfileColumn, ...]
    fields: Mapping[str, Said]
    runs: Mapping[str, tuple[tuple[int, str], ...]]
    source: Text
    confidence: str
    examples: tuple[ProfileExample, ...]
    where: str
    digest: str

    def series(self) -> tuple[str, ...]:
        """Return the series the columns name; a long table names its series itself."""
        return tuple(dict.fromkeys(c.series for c in self.columns if c.series is not None))

    def run(self, series: str, year: int) -> str:
        """Return the comparable run of a series in a year; one without declared runs has its own id."""
        begun = [name for first, name in self.runs.get(series, ()) if first <= year]
        return begun[-1] if begun else series
