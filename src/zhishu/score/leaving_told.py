"""Rank reversal in words and names: for every unit that leaves, which of the others change order, and who set the ends."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from zhishu.errors import Problem, ZhishuError
from zhishu.score.index import MOST_WORK
from zhishu.score.leaving import CAUSES, Cause, Left, can_matter, ends, leaving, unmoved, votes
from zhishu.score.steps.recipe import Recipe, Study
from zhishu.score.steps.sure import Told
from zhishu.terms import Text, counted

CAUSE_WORDS: dict[Cause, Text] = {
    "comparison": Text("两两比较", "comparison"),
    "scale": Text("尺度", "scale"),
    "treatment": Text("离群处理", "treatment"),
}
"""What makes an order change when a unit leaves."""
NONE = Text("任何一个单位退出，其余单位的次序都不变", "whoever leaves, the order of the others stays as it is")
_TOLD = 5


@dataclass(frozen=True, slots=True)
class Swap:
    """Two units whose order changes: the one ahead first, in which year, whether they were tied before or are tied after
    (else the second is ahead then), and what changed it."""

    first: str
    second: str
    year: int | None
    tied: str
    cause: Cause

    def says(self) -> Text:
        """Return the pair in words."""
        cause = CAUSE_WORDS[self.cause]
        when = "" if self.year is None else f" {self.year}"
        tied = {
            "": Text("", ""),
            "before": Text("，原并列", ", tied before"),
            "after": Text("，变为并列", ", tied then"),
        }[self.tied]
        pair = f"{self.first}—{self.second}{when}"
        return Text(f"{pair}（{cause.zh}{tied.zh}）", f"{pair} ({cause.en}{tied.en})")

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        own: dict[str, object] = {"first": self.first, "second": self.second, "tied": self.tied, "cause": self.cause}
        return own if self.year is None else {**own, "year": self.year}


@dataclass(frozen=True, slots=True)
class End:
    """An end of a scale, in the unit of the indicator, and who stands at it."""

    column: str
    end: str
    value: float
    units: tuple[str, ...]

    def says(self) -> Text:
        """Return the end in words, without who stands at it."""
        word = Text("最小", "minimum") if self.end == "min" else Text("最大", "maximum")
        return Text(f"“{self.column}”{word.zh} {self.value:g}", f"the {word.en} of {self.column}, {self.value:g}")

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        return {"column": self.column, "end": self.end, "value": self.value, "units": list(self.units)}


@dataclass(frozen=True, slots=True)
class Leaving:
    """What happens to the others when a unit leaves: the pairs whose order changes, how many ranks among the others are
    other ones, who has no score any more, and which ends of scales the unit sets alone."""

    unit: str
    swaps: tuple[Swap, ...]
    moved: int
    lost: tuple[str, ...]
    sets: tuple[End, ...]

    def says(self) -> Text:
        """Return all of it in one sentence."""
        pairs = _listed([s.says() for s in self.swaps])
        zh = [f"{len(self.swaps)} 对次序改变：{pairs.zh}"] if self.swaps else ["其余次序不变"]
        en = (
            [f"the order of {counted(len(self.swaps), 'pair')} changes: {pairs.en}"]
            if self.swaps
            else ["the order of the others stays"]
        )
        if self.lost:
            zh.append(f"{len(self.lost)} 个单位不再有得分")
            en.append(f"{counted(len(self.lost), 'unit')} without a score then")
        if self.sets:
            sets = _listed([e.says() for e in self.sets])
            zh.append(f"独定 {sets.zh}")
            en.append(f"it alone sets {sets.en}")
        return Text(f"{self.unit}退出：{'；'.join(zh)}", f"without {self.unit}: {'; '.join(en)}")

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        return {
            "unit": self.unit,
            "swaps": [s.to_json() for s in self.swaps],
            "moved": self.moved,
            "lost": list(self.lost),
            "sets": [e.to_json() for e in self.sets],
            "says": self.says().to_json(),
        }


def ends_of(units: Sequence[str], study: Study, recipe: Recipe) -> list[End]:
    """Return who sets the ends of each column's scale; empty for scales that ends do not set."""
    return [
        End(id, end, value, tuple(dict.fromkeys(units[row % len(units)] for row in rows)))
        for id, found in ends(study, recipe).items()
        for end, value, rows in (("min", found.low, found.at_low), ("max", found.high, found.at_high))
    ]


def leavings(
    units: Sequence[str], study: Study, recipe: Recipe, years: Sequence[int] = (), told: Told | None = None
) -> list[Leaving]:
    """Return every unit in the order of the table, with what happens to the others when it leaves.

    ``years`` are those of a study of several. Raises ZhishuError ``index-empty`` where a column has no figure or no unit a
    score, ``index-too-large`` where that would take too long.
    """
    _possible(units, study, recipe)
    found = leaving(study, recipe, told)
    sets: dict[str, list[End]] = {}
    for end in ends_of(units, study, recipe):
        if len(end.units) == 1:
            sets.setdefault(end.units[0], []).append(end)
    return [_named(n, found.get(n, unmoved()), units, years, sets.get(unit, [])) for n, unit in enumerate(units)]


def _possible(units: Sequence[str], study: Study, recipe: Recipe) -> None:
    problems = []
    for id, column in study.columns.items():
        if np.isnan(column).all():
            what = Text(f"“{id}”一个数也没有", f"{id} has no figure at all")
            repair = Text("补数，或不用这一列", "fill it in, or leave the column out")
            problems.append(Problem("index-empty", id, what, repair))
    if not problems and np.isnan(study.scores(recipe)[study.tree.top]).all():
        what = Text("没有一个单位有得分", "no unit has a score")
        repair = Text("补上缺数，或放宽 least", "fill in what is missing, or lower least")
        problems.append(Problem("index-empty", "leaving", what, repair))
    if problems:
        raise ZhishuError(problems)
    pairs = len(units) ** 2 * study.years
    # votes compare every pair column by column, other means look at pairs only to see whose order changed
    each = pairs * len(study.columns) // 7 if votes(study, recipe) else pairs // 10
    work = len(can_matter(study, recipe)) * (len(units) * study.years * 3 * (len(study.columns) + 10) + each)
    if work > MOST_WORK:
        what = Text(
            f"{len(units)} 个单位逐一退出、各算一遍，过大",
            f"{len(units)} units that leave one after the other are too many",
        )
        repair = Text(
            "少些单位，或用算术平均与 minmax：只需看定尺度的单位",
            "fewer units, or the arithmetic mean on minmax: only who sets a scale has to be looked at then",
        )
        raise ZhishuError([Problem("index-too-large", "leaving", what, repair)])


def _named(unit: int, left: Left, units: Sequence[str], years: Sequence[int], sets: list[End]) -> Leaving:
    many, swaps = len(units), []
    for (a, b), before, after, cause in zip(left.pairs.tolist(), left.before, left.after, left.causes, strict=True):
        tied = "before" if before == 0 else "after" if after == 0 else ""
        year = years[a // many] if years else None
        swaps.append(Swap(units[a % many], units[b % many], year, tied, CAUSES[cause]))
    lost = tuple(units[n % many] + (f" {years[n // many]}" if years else "") for n in left.lost)
    return Leaving(units[unit], tuple(swaps), left.moved, lost, tuple(sets))


def _listed(texts: Sequence[Text]) -> Text:
    more = len(texts) - _TOLD
    return Text(
        "、".join(t.zh for t in texts[:_TOLD]) + (f"等 {len(texts)} 项" if more > 0 else ""),
        ", ".join(t.en for t in texts[:_TOLD]) + (f" and {more} more" if more > 0 else ""),
    )
