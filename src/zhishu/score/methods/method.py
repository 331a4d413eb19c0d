"""One method of scoring as it is declared: everything its reference page says."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from zhishu.score.methods.example import Example
from zhishu.score.methods.formula import Line
from zhishu.terms import Text

Step = Literal[
    "denominate",
    "screen",
    "impute",
    "treat",
    "normalise",
    "weigh",
    "aggregate",
    "diagnose",
    "uncertainty",
    "sensitivity",
    "kind",
    "assessment",
    "other",
]
Checked = Literal["text", "report", "record", "own", "no"]

STEPS: Mapping[Step, Text] = {
    "denominate": Text("换算", "denominators"),
    "screen": Text("筛选", "screening"),
    "impute": Text("补缺", "missing figures"),
    "treat": Text("离群处理", "outliers"),
    "normalise": Text("标准化", "scales"),
    "weigh": Text("赋权", "weights"),
    "aggregate": Text("合成", "aggregation"),
    "diagnose": Text("诊断", "diagnosis"),
    "uncertainty": Text("不确定性", "uncertainty"),
    "sensitivity": Text("敏感性", "sensitivity"),
    "kind": Text("计分方式", "score kinds"),
    "assessment": Text("考核", "assessment"),
    "other": Text("其他", "other"),
}
"""The steps in the order in which an index is made."""
CHECKED: Mapping[Checked, Text] = {
    "text": Text("已对照原文", "read in the text"),
    "report": Text("已对照原文或其报道", "read in the text or a report of it"),
    "record": Text("书目已核对，未读原文", "record checked, text not read"),
    "own": Text("本项目自定", "our own"),
    "no": Text("未能核对", "could not be checked"),
}
HANDBOOK = "10.1787/9789264043466-en"
"""The DOI of the OECD/JRC Handbook on Constructing Composite Indicators (2008)."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a method comes from: author, year and title, the place in it, its DOI, and how far that was checked."""

    cited: Text
    checked: Checked
    where: Text | None = None
    doi: str = ""

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        where = None if self.where is None else self.where.to_json()
        return {"cited": self.cited.to_json(), "where": where, "doi": self.doi, "checked": self.checked}


@dataclass(frozen=True, slots=True)
class Method:
    """One method. ``callers`` are catalogue ids that need it, ``practice`` the published practice that calls for it.

    ``functions`` do it, the first the one the example calls; ``offered`` are options of ``zhishu index`` that ask for it,
    ``column`` is how the sheet of a system calls it, blank where it cannot.
    """

    id: str
    step: Step
    title: Text
    what: Text
    formula: tuple[Line, ...]
    symbols: Text
    use: Text
    avoid: Text
    sources: tuple[Source, ...]
    functions: tuple[Callable[..., object], ...]
    example: Example
    callers: tuple[str, ...] = ()
    practice: Text | None = None
    offered: tuple[str, ...] = ()
    column: str = ""

    def wanted_by(self) -> tuple[Text, ...]:
        """Return who calls for it beside the systems: the steps of the handbook, and the practice."""
        book = Text("经合组织、联合研究中心手册", "the OECD/JRC handbook")
        steps = [s.where for s in self.sources if s.doi == HANDBOOK and s.where]
        named = [Text(f"{book.zh}{w.zh}", f"{book.en}, {w.en}") for w in steps]
        return (*named, *([self.practice] if self.practice else []))

    def asked(self) -> tuple[str, ...]:
        """Return how it is asked for: options of the command, the column of a system."""
        return (*(f"zhishu index … --{o}" for o in self.offered), *([self.column] if self.column else []))

    def names(self) -> tuple[str, ...]:
        """Return the dotted name of each function with its arguments."""
        return tuple(f"{dotted(f)}{_arguments(f)}" for f in self.functions)


def dotted(function: Callable[..., object]) -> str:
    """Return where a function is found.

    >>> dotted(dotted)
    'zhishu.score.methods.method.dotted'
    """
    return f"{function.__module__}.{function.__qualname__}"


def _arguments(function: Callable[..., object]) -> str:
    def said(p: inspect.Parameter) -> str:
        if p.default is inspect.Parameter.empty:
            return p.name
        default = p.default.__name__ if callable(p.default) else str(p.default)
        return f"{p.name}={default}"

    return f"({', '.join(said(p) for p in inspect.signature(function).parameters.values() if p.name != 'self')})"
