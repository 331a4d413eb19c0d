"""The head of a pack: its id and title, the day of adoption, and the frame of the strategy."""

from dataclasses import dataclass
from datetime import date

from zhishu.errors import ZhishuError
from zhishu.pack.lines import Lined
from zhishu.pack.strict import Bilingual, Strict, validate
from zhishu.pack.system import Cite
from zhishu.terms import Text


class PeriodModel(Strict):
    """First and last year the pack may speak of."""

    first: str
    last: str


class FrameProblemModel(Strict):
    """One problem the strategy sets out to solve, and the articles read as its answer."""

    id: str
    at: str
    quote: str
    name: Bilingual
    articles: list[int]


class FrameModel(Strict):
    """The strategy map as this pack reads it."""

    problems: list[FrameProblemModel]
    note: Bilingual


class PackModel(Strict):
    """pack.yaml."""

    id: str
    title: Bilingual
    short: Bilingual
    adopted_on: str
    period: PeriodModel
    frame: FrameModel


@dataclass(frozen=True, slots=True)
class FrameProblem:
    """One problem and the articles that answer it."""

    id: str
    cite: Cite
    name: Text
    articles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """Id, titles, day of adoption, years, and the frame."""

    id: str
    title: Text
    short: Text
    adopted_on: date
    first_year: int
    last_year: int
    problems: tuple[FrameProblem, ...]
    note: Text


def load_header(lined: Lined) -> Header:
    """Return the head of a pack. Raises ZhishuError with every problem."""
    model, problems = validate(PackModel, lined)
    if model is None:
        raise ZhishuError(problems)
    return Header(
        model.id,
        model.title,
        model.short,
        date.fromisoformat(model.adopted_on),
        int(model.period.first),
        int(model.period.last),
        tuple(FrameProblem(p.id, Cite(p.at, p.quote), p.name, tuple(p.articles)) for p in model.frame.problems),
        model.frame.note,
    )
