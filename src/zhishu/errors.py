"""Problems: where, what and how to repair, collected before anything is raised."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from zhishu.terms import Language, Text

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with what a user gave us.

    ``code`` is stable and has a section in docs/reference/problems.md; ``where`` is ``file:line``,
    a cell such as ``登记表!C7``, a field, or an option of the command line.
    """

    code: str
    where: str
    what: Text
    repair: Text
    severity: Severity = "error"

    def say(self, language: Language) -> str:
        """Return one readable line: place, what is wrong, how to repair it."""
        arrow = "→ 改法：" if language == "zh" else "→ repair: "
        return f"{self.where}: {self.what.say(language)} {arrow}{self.repair.say(language)} [{self.code}]"

    def to_json(self) -> dict[str, object]:
        """Return the contract form ``{code, where, what, repair, severity}``."""
        return {
            "code": self.code,
            "where": self.where,
            "what": self.what.to_json(),
            "repair": self.repair.to_json(),
            "severity": self.severity,
        }


class ZhishuError(Exception):
    """Raised with every problem found, never with the first only."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(p.say("en") for p in self.problems))


def did_you_mean(word: str, known: Iterable[str]) -> Text:
    """Return a repair that names the nearest known words, or lists how to find them.

    >>> did_you_mean("gpd", ["gdp", "pop"]).en
    'did you mean gdp?'
    """
    names = sorted(known)
    near = get_close_matches(word, names, n=3, cutoff=0.6)
    if near:
        return Text(f"是否指 {'、'.join(near)}？", f"did you mean {', '.join(near)}?")
    listed = names[:12]
    more = "…" if len(names) > 12 else ""
    return Text(f"可用：{'、'.join(listed)}{more}", f"known: {', '.join(listed)}{more}")
