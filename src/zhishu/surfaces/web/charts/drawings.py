"""One series drawn for each place it is shown: a wide page, a phone, and paper."""

from typing import TypedDict

from zhishu.surfaces.web.charts.model import MAIN, PHONE, WIDE, Series, Size
from zhishu.surfaces.web.charts.series import series_chart
from zhishu.terms import Language


class Drawings(TypedDict):
    """The drawings of one series by the place they are made for."""

    wide: str | None
    narrow: str | None
    paper: str | None


def drawings(series: Series | None, lang: Language, text: float) -> Drawings:
    """Return a series at the sizes of a full card, a phone and a sheet of paper; without a series, none."""
    if series is None:
        return Drawings(wide=None, narrow=None, paper=None)
    # lower than MAIN: the reasons of two breaks then stand above each other, not side by side
    sheet = Size(MAIN.width, 290)
    wide, narrow, paper = (series_chart(series, lang, size.at(text)) for size in (WIDE, PHONE, sheet))
    return Drawings(wide=wide, narrow=narrow, paper=paper)
