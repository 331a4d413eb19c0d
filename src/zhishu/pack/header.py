"""The head of a pack: its id and title, the day of adoption, and the frame of the strategy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import Field

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.pack.lines import Lined
from zhishu.pack.positions import Positions, PositionsModel, positions_of
from zhishu.pack.strict import Bilingual, Strict, validate
from zhishu.pack.system import Cite
from zhishu.terms import Text


class PeriodModel(Strict):
    """First and last year the pack may speak of."""

    first: str
    last: str


class ThemeModel(Strict):
    """An indicator a map may show, with the short name of its tab."""

    indicator: str
    name: Bilingual


class PagesModel(Strict):
    """What the pages show of places: themes of the map, a place's profile, the series drawn for it,
    what measures its position."""

    themes: list[ThemeModel] = Field(min_length=1)
    profile: list[str]
    trend: str
    positions: PositionsModel | None = None


class FrameProblemModel(Strict):
    """One problem the strategy sets out to solve."""

    id: str
    at: str
    quote: str
    name: Bilingual


class FrameAnswerModel(Strict):
    """One part of the strategy: the problem it answers, if one is named, its articles, its members."""

    id: str
    problem: str | None = None
    at: str
    quote: str
    name: Bilingual
    kind: Bilingual
    articles: list[int]
    members: list[Bilingual] = Field(default_factory=list)


class FrameModel(Strict):
    """The strategy map as this pack reads it."""

    problems: list[FrameProblemModel]
    answers: list[FrameAnswerModel]
    note: Bilingual


class PackModel(Strict):
    """pack.yaml."""

    id: str
    title: Bilingual
    short: Bilingual
    adopted_on: str
    period: PeriodModel
    home: str
    pages: PagesModel
    frame: FrameModel
    runs: Mapping[str, Bilingual] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FrameProblem:
    """One problem the strategy sets out to solve."""

    id: str
    cite: Cite
    name: Text


@dataclass(frozen=True, slots=True)
class FrameAnswer:
    """One part of the strategy; ``problem`` is the problem it answers, None where the text names none."""

    id: str
    problem: str | None
    cite: Cite
    name: Text
    kind: Text
    articles: tuple[int, ...]
    members: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """Id, titles, day of adoption, years, the frame, names of comparable runs, the strategy's own region (``home``), and
    which indicators the pages show of places."""

    id: str
    title: Text
    short: Text
    adopted_on: date
    first_year: int
    last_year: int
    problems: tuple[FrameProblem, ...]
    answers: tuple[FrameAnswer, ...]
    note: Text
    runs: Mapping[str, Text]
    home: str
    themes: Mapping[str, Text]
    profile: tuple[str, ...]
    trend: str
    positions: Positions

    def shown(self) -> tuple[str, ...]:
        """Return every indicator the pages show of places."""
        return tuple(dict.fromkeys((*self.themes, *self.profile, self.trend, *self.positions.indicators())))


def load_header(lined: Lined, articles: Iterable[int] = ()) -> Header:
    """Return the head of a pack whose text has these articles. Raises ZhishuError with every problem.

    Every article stands in exactly one answer: ``frame-article-missing``, ``frame-article-twice``,
    ``frame-article-unknown``; an answer's problem is declared: ``frame-problem-unknown``.
    """
    model, problems = validate(PackModel, lined)
    if model is None:
        raise ZhishuError(problems)
    found = _frame_problems(model.frame, lined, sorted(set(articles)))
    if found:
        raise ZhishuError(found)
    return Header(
        model.id,
        model.title,
        model.short,
        date.fromisoformat(model.adopted_on),
        int(model.period.first),
        int(model.period.last),
        tuple(
            FrameProblem(p.id, Cite(p.at, p.quote, lined.where(("frame", "problems", i))), p.name)
            for i, p in enumerate(model.frame.problems)
        ),
        tuple(
            FrameAnswer(
                a.id,
                a.problem,
                Cite(a.at, a.quote, lined.where(("frame", "answers", i))),
                a.name,
                a.kind,
                tuple(a.articles),
                tuple(a.members),
            )
            for i, a in enumerate(model.frame.answers)
        ),
        model.frame.note,
        dict(model.runs),
        model.home,
        {t.indicator: t.name for t in model.pages.themes},
        tuple(model.pages.profile),
        model.pages.trend,
        positions_of(model.pages.positions),
    )


def _frame_problems(frame: FrameModel, lined: Lined, articles: list[int]) -> list[Problem]:
    found: list[Problem] = []
    first: dict[int, str] = {}
    known = [p.id for p in frame.problems]
    for i, answer in enumerate(frame.answers):
        where = lined.where(("frame", "answers", i))
        if answer.problem is not None and answer.problem not in known:
            what = Text(f"没有问题 {answer.problem}", f"there is no problem {answer.problem}")
            found.append(Problem("frame-problem-unknown", where, what, did_you_mean(answer.problem, known)))
        for number in answer.articles:
            if number in first:
                what = Text(
                    f"第 {number} 条已归入 {first[number]}", f"article {number} stands in {first[number]} already"
                )
                found.append(Problem("frame-article-twice", where, what, Text("只归入一处", "let it stand in one")))
            elif articles and number not in articles:
                what = Text(f"没有第 {number} 条", f"there is no article {number}")
                found.append(Problem("frame-article-unknown", where, what, Text("核对条号", "check the number")))
            first.setdefault(number, answer.id)
    missing = [n for n in articles if n not in first]
    if missing:
        listed = "、".join(map(str, missing))
        what = Text(f"第 {listed} 条没有归入任何一处", f"articles {', '.join(map(str, missing))} stand nowhere")
        repair = Text("归入 answers 的一项", "put each into one of the answers")
        found.append(Problem("frame-article-missing", lined.where(("frame", "answers")), what, repair))
    return found
