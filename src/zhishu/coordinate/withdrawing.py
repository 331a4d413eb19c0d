"""Drafts taken back by who made them: the reason stays on record, and nothing that was recorded goes away."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from zhishu.coordinate.accounts import Account
from zhishu.coordinate.act import Act, Field
from zhishu.coordinate.fact import Fact
from zhishu.coordinate.refusal import refuse
from zhishu.coordinate.world import World
from zhishu.errors import Problem
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A draft its author took back: who, for which unit, on which day, why; ``title`` is what it was called."""

    by: str
    unit: str
    on: date
    reason: str
    title: Text

    def shown(self) -> dict[str, object]:
        """Return it as the API shows it."""
        return {
            "by": self.by,
            "for": self.unit,
            "on": self.on.isoformat(),
            "text": self.reason,
            "title": self.title.to_json(),
        }


def cancel(kind: str) -> Act:
    """Return the act by which the author of a draft of a kind takes it back."""
    fields = (Field("reason", Text("理由", "reason"), "long", required=True),)
    return Act("cancel", Text("撤销草稿", "withdraw the draft"), f"{kind}.cancel", fields)


def withdrawn(fact: Fact, title: Text) -> Withdrawn:
    """Return what a fact of this act says."""
    return Withdrawn(fact.by, fact.unit, fact.on, fact.text("reason"), title)


def refuse_cancel(fact: Fact, authors: Iterable[str], world: World) -> Iterator[Problem]:
    """Yield every reason against it: who did not draft may not, unless nobody who did can act any more."""
    drafted = frozenset(authors)
    acting = any(not isinstance(a := world.of(f"account/{id}"), Account) or not a.disabled for id in drafted)
    if fact.by not in drafted and acting:
        yield refuse(
            "draft-not-author",
            fact.stream,
            "草稿由起草人撤销",
            "a draft is withdrawn by who made it",
            "请起草人办理；起草账号停用后，本职责的其他人可办",
            "ask its author; once that account is disabled, others who hold the right may",
        )
    if not fact.text("reason").strip():
        yield refuse("draft-reason", "reason", "没有写理由", "the reason is not given", "写明理由", "say why")
