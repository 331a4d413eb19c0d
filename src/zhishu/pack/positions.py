"""What measures the position a strategy gives a place: role words of some articles, the indicators proposed for them."""

from dataclasses import dataclass

from pydantic import Field

from zhishu.pack.promise import Promise
from zhishu.pack.strict import Bilingual, Strict
from zhishu.terms import Text


class RoleModel(Strict):
    """Words of a role, what is proposed to measure it, and how far that reaches or why nothing does."""

    words: list[str] = Field(min_length=1)
    indicators: list[str] = Field(default_factory=list)
    why: Bilingual


class PositionsModel(Strict):
    """The articles that give places their positions, and the roles looked for in their anchor phrases."""

    articles: list[int]
    roles: list[RoleModel]


@dataclass(frozen=True, slots=True)
class Role:
    """One kind of position; without indicators nothing measures it."""

    words: tuple[str, ...]
    indicators: tuple[str, ...]
    why: Text


@dataclass(frozen=True, slots=True)
class Positions:
    """The declared table of a pack; a proposal of the pack, never a statement of the text."""

    articles: tuple[int, ...] = ()
    roles: tuple[Role, ...] = ()

    def indicators(self) -> tuple[str, ...]:
        """Return every indicator some role names."""
        return tuple(dict.fromkeys(i for role in self.roles for i in role.indicators))

    def roles_of(self, promise: Promise) -> tuple[Role, ...]:
        """Return the roles whose words stand in a promise's anchor phrase; those that are measured where there are any."""
        if promise.article not in self.articles:
            return ()
        found = tuple(r for r in self.roles if any(word in promise.cite.quote for word in r.words))
        return tuple(r for r in found if r.indicators) or found[:1]


def positions_of(model: PositionsModel | None) -> Positions:
    """Return the table as declared; a pack without one has no roles."""
    if model is None:
        return Positions()
    roles = (Role(tuple(r.words), tuple(r.indicators), r.why) for r in model.roles)
    return Positions(tuple(model.articles), tuple(roles))
