"""One observed figure: a region, a period, a series, and everything needed to trust or doubt it."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure in its own unit, with run, status, publication date, source and place (``ref``).

    ``published`` is what the source states; ``earliest`` a bound that is never after it.
    """

    region: str
    period: str
    series: str
    value: Fraction
    unit: str
    basis: str
    run: str
    kind: str
    status: Literal["actual", "planned"]
    published: date | None
    earliest: date
    source: str
    confidence: str
    note: str
    ref: str

    @property
    def known_on(self) -> date:
        """The day from which the figure counts as known."""
        return self.published if self.published is not None else self.earliest

    @property
    def assumed(self) -> bool:
        """Whether that day is assumed, because the source states none."""
        return self.published is None


def family(run: str) -> str:
    """Return the family of a comparable run: ``gdp-2010-2018`` and ``gdp-2023`` are both ``gdp``.

    >>> family("gdp-2019-2022"), family("pop-2020-")
    ('gdp', 'pop')
    """
    return "-".join(part for part in run.split("-") if part and not part.isdigit())
