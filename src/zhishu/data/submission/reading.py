"""What was read from a submitted table: figures with their origin, guesses, blanks, totals and problems."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from zhishu.data.submission.figures import Figures, Observations, exact
from zhishu.errors import Problem
from zhishu.pack.profile import Meaning
from zhishu.terms import Text

Progress = Callable[[int, int], None]

# every guess says what was made of what; the kinds are stable names
GUESSES: dict[str, Text] = {
    "region-short": Text("简称按全称读", "a short name is read as the full one"),
    "region-code": Text("六位代码按地区读", "a code is read as its region"),
    "region-moved": Text("旧名或旧码按沿革换为当期的代码", "an old name or code is followed to the one of the period"),
    "region-parent": Text("同名的地区按上面的市州读", "a shared name is read under the prefecture above it"),
    "label-trimmed": Text("去掉“其中”、“#”、脚注号等再读", "read without “of which”, “#” and footnote signs"),
    "unit-above": Text("单位取自表头上方", "the unit is taken from above the head"),
    "unit-declared": Text("表上没有单位，按样式声明", "no unit in the table; the profile's is used"),
    "unit-converted": Text("按单位换算", "converted between units"),
    "period-title": Text("时期取自标题", "the period is taken from the title"),
    "period-read": Text("时期的写法换为标准写法", "the period is read from how it is written"),
    "period-month": Text("“年.月”按月份读", "year.month is read as a month"),
    "digits-wide": Text("全角数字按半角读", "full-width digits are read as plain ones"),
    "digits-grouped": Text("去掉千位逗号", "thousands commas are left out"),
    "percent-sign": Text("按所写百分号读", "read by its own percent sign"),
    "share": Text("样式声明以小数表示比例，乘以 100", "the profile declares shares: multiplied by 100"),
    "nil": Text("样式声明此号表示零", "the profile declares the sign to mean zero"),
    "head-row": Text("表头不在声明的行", "the head is not in the declared row"),
    "hidden": Text("隐藏或筛掉的行列照样读", "hidden or filtered rows and columns are read like others"),
    "sheet": Text("只读一张工作表", "one sheet of several is read"),
    "row-note": Text("按注释处理，不作数据行", "taken for a note, not a row of figures"),
    "column-left": Text("此列不取", "the column is left out"),
}


@dataclass(frozen=True, slots=True)
class Guess:
    """One reading that was not literal: the first cell, its words, what they were read as, what else they may mean.

    ``times`` says in how many cells of the column the same words were read alike.
    """

    where: str
    kind: str
    written: str
    read: str
    others: tuple[str, ...] = ()
    times: int = 1

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        return {
            "where": self.where,
            "kind": self.kind,
            "why": GUESSES[self.kind].to_json(),
            "written": self.written,
            "read": self.read,
            "others": list(self.others),
            "times": self.times,
        }


@dataclass(frozen=True, slots=True)
class Blank:
    """A cell without a figure, and what its sign means here. It is no value and takes nothing back."""

    where: str
    written: str
    meaning: Meaning
    region: str
    period: str
    series: str


@dataclass(frozen=True, slots=True)
class TotalCheck:
    """A total that was compared and not taken; ``rounding`` says that the difference may come from rounded parts."""

    where: str
    label: str
    series: str
    period: str
    unit: str
    state: Literal["agrees", "differs", "unchecked"]
    stated: Fraction
    summed: Fraction | None
    rounding: bool
    parts: int

    @property
    def difference(self) -> Fraction | None:
        """Return stated less summed, in the unit of the series."""
        return None if self.summed is None else self.stated - self.summed

    def to_json(self) -> dict[str, object]:
        """Return the contract form; numbers are exact decimals."""
        return {
            "where": self.where,
            "label": self.label,
            "series": self.series,
            "period": self.period,
            "unit": self.unit,
            "state": self.state,
            "stated": exact(self.stated),
            "summed": None if self.summed is None else exact(self.summed),
            "difference": None if self.difference is None else exact(self.difference),
            "rounding": self.rounding,
            "parts": self.parts,
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a file says. ``figures`` is empty if any problem is an error: all or nothing.

    ``read`` counts the figures that were sound, taken or not; ``rows`` the rows below the head that are not empty.
    """

    profile: str
    file: str
    period: str | None
    rows: int
    read: int
    figures: Figures
    guesses: tuple[Guess, ...]
    blanks: tuple[Blank, ...]
    totals: tuple[TotalCheck, ...]
    problems: tuple[Problem, ...]

    @property
    def observations(self) -> Observations:
        """Return the observations alone, sorted by series, region, period and status."""
        return self.figures.observations

    @property
    def refused(self) -> bool:
        """Return whether an error keeps the whole file out."""
        return any(p.severity == "error" for p in self.problems)

    def to_json(self) -> dict[str, object]:
        """Return the contract form without the figures themselves."""
        from zhishu.data.submission.canonical import canonical, content_hash

        return {
            "profile": self.profile,
            "file": self.file,
            "period": self.period,
            "rows": self.rows,
            "read": self.read,
            "accepted": len(self.figures),
            "content": content_hash(canonical(self)) if self.figures else None,
            "guesses": [g.to_json() for g in self.guesses],
            "blanks": [
                {"where": b.where, "written": b.written, "meaning": b.meaning, "region": b.region, "series": b.series}
                for b in self.blanks
            ],
            "totals": [t.to_json() for t in self.totals],
            "problems": [p.to_json() for p in self.problems],
        }
