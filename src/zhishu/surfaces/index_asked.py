"""What else an index may be asked for: several years, groups, errors of figures, and which of its answers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.surfaces.indexed import Asked, named_values
from zhishu.terms import Text

if TYPE_CHECKING:
    from zhishu.score.index import Index
    from zhishu.score.steps.sure import Told
    from zhishu.score.years import Panel

View = Literal["standings", "sensitivity", "leaving", "pairs", "chances"]
File = tuple[str, bytes]
"""Name and bytes of a file."""
SCREEN = (0.0, 1.0)
"""What ``screen`` may be, bounds included."""


@dataclass(frozen=True, slots=True)
class Further:
    """Options beside those of one year, as they are written: the column of years and of groups, what is done about gaps,
    errors as COLUMN=3% and classes as low=10%, tables of confidence and of the other vintage, units asked for, and which
    choices the runs vary besides weights and figures."""

    view: View = "standings"
    year: str = ""
    fill: str = ""
    screen: float = 0.0
    by: str = ""
    errors: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    confidence: File | None = None
    vintage: File | None = None
    units: tuple[str, ...] = ()
    vary: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """An index of one year, or of several with their panel, and how it was asked for."""

    index: "Index"
    asked: Asked
    further: Further
    panel: "Panel | None" = None

    @property
    def units(self) -> tuple[str, ...]:
        """Return the units of a year."""
        return self.index.units if self.panel is None else self.panel.units

    @property
    def years(self) -> tuple[int, ...]:
        """Return the years, none of a table without."""
        return () if self.panel is None else self.panel.years


def made(content: bytes, name: str, asked: Asked, further: Further) -> Made:
    """Return the index of a table as it is asked for. Raises ZhishuError ``index-option`` before anything is read, and
    as ``panel_of``, ``index_of`` and ``errors_of``."""
    # NumPy is loaded for an index alone, not for every command
    from zhishu.score.index import OPEN
    from zhishu.score.table import index_of
    from zhishu.score.table_by import index_by, with_errors, with_panel_errors
    from zhishu.score.table_errors import Declared
    from zhishu.score.years_table import panel_of

    options, problems = asked.options(), list[Problem]()
    errors = named_values("error", further.errors, problems)
    classes = named_values("class", further.classes, problems)
    for option, given in (("fill", further.fill), ("screen", further.screen)):
        if given and not further.year:
            what = Text("只用于多年的表", "is for a table of several years")
            repair = Text("同时给出年份列 year", "name the column of years with year")
            problems.append(Problem("index-option", option, what, repair))
    if further.units and further.view != "sensitivity":
        what = Text("只用于 sensitivity", "is for sensitivity")
        problems.append(
            Problem("index-option", "of", what, Text("同时要求 sensitivity", "ask for sensitivity as well"))
        )
    for word in further.vary:
        if word not in OPEN:
            what = Text(f"不能变动“{word[:40]}”", f"{word[:40]} cannot be varied")
            problems.append(Problem("index-option", "vary", what, did_you_mean(word[:40], OPEN)))
    if problems:
        raise ZhishuError(problems)
    declared = Declared(errors, classes, further.confidence, further.vintage)
    if further.year:
        fill, screen, by = further.fill, further.screen, further.by
        panel = panel_of(content, name, further.year, fill=fill, screen=screen, by=by, **options)
        panel = with_panel_errors(panel, declared, further.year, by)
        return Made(panel.index, asked, further, panel)
    plain = index_by(content, name, further.by, **options) if further.by else index_of(content, name, **options)
    return Made(with_errors(plain, declared, further.by), asked, further)


def answer(it: Made, told: "Told | None" = None) -> dict[str, object]:
    """Return the contract of the answer that was asked for."""
    from zhishu.surfaces import index_json

    views = {
        "standings": index_json.standings_json,
        "sensitivity": index_json.sensitivity_json,
        "leaving": index_json.leaving_json,
        "pairs": index_json.pairs_json,
        "chances": index_json.chances_json,
    }
    return views[it.further.view](it, told)
