"""Subjects of the office: each kind says how a fact changes it, which acts stand open, and what it refuses.

A kind of subject is plain data over pure functions: the ledger, the pages and the rights know no kind by name.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any, Generic, TypeVar

from zhishu.coordinate.act import Act
from zhishu.coordinate.brief import Brief
from zhishu.coordinate.consequence import Consequence
from zhishu.coordinate.deciding import Barred
from zhishu.coordinate.fact import Fact
from zhishu.coordinate.rights import Scope
from zhishu.coordinate.standing import Standing
from zhishu.coordinate.world import World
from zhishu.errors import Problem
from zhishu.terms import Text

S = TypeVar("S")


def _unsaid(state: object, world: World) -> Mapping[str, frozenset[str]]:
    return {}


def _undecided(state: object) -> Mapping[str, Barred]:
    return {}


def _by_nothing_else(state: object, world: World) -> tuple[Text, ...]:
    return ()


def _today(state: object, standing: Standing | None, world: World) -> date:
    return world.today


def _clockless(state: object, world: World) -> Standing | None:
    return None


def _unnoted(state: object, world: World) -> Brief:
    return Brief()


def _formless(state: object, world: World) -> tuple[Act, ...]:
    return ()


def _harmless(state: object, act: str, world: World) -> Consequence | None:
    return None


@dataclass(frozen=True, slots=True)
class Subject(Generic[S]):
    """A kind of subject.

    ``start`` gives the state of an id before anything happened, ``step`` the state after a fact (it never
    refuses: what is recorded happened). ``acts`` lists the acts that stand open in a state, ``refuse`` every
    reason against one. ``scope`` says where it belongs, ``title`` how it is named; ``asked`` the units from
    whom a fact asks something (the burden meter counts them). ``record`` is a state as the API shows it.
    ``actors`` names, for open acts that wait for somebody, the units that may do them; an act it does not name
    waits for nobody in particular. ``standing`` is the light of the day, None for a kind without a clock.
    ``forms`` are all acts a subject like this ever knows, open or not: what is on record is read by them.
    ``brief`` is a state in a row of a list; ``consequence`` what an adverse act, by its id, would bring.
    ``holds`` is the last day, from the world's on, through which ``standing`` (given) and ``actors`` stay as they
    are if nothing is recorded; the world's day where a kind promises nothing. ``deciders`` names the rulings that
    wait in a state, whoever may give them, and who may not; whether they stand open is still said by ``acts``.
    ``naming`` is the name of a subject that is called by other names, such as those of its unit and its period;
    ``sought`` are further names by which lists find it.
    """

    id: str
    name: Text
    start: Callable[[str], S]
    step: Callable[[S, Fact], S]
    acts: Callable[[S, World], tuple[Act, ...]]
    refuse: Callable[[S, Fact, World], tuple[Problem, ...]]
    scope: Callable[[S], Scope]
    title: Callable[[S], Text]
    asked: Callable[[S, Fact], tuple[str, ...]]
    record: Callable[[S, World], Mapping[str, object]]
    actors: Callable[[S, World], Mapping[str, frozenset[str]]] = _unsaid
    standing: Callable[[S, World], Standing | None] = _clockless
    forms: Callable[[S, World], tuple[Act, ...]] = _formless
    brief: Callable[[S, World], Brief] = _unnoted
    consequence: Callable[[S, str, World], Consequence | None] = _harmless
    deciders: Callable[[S], Mapping[str, Barred]] = _undecided
    holds: Callable[[S, Standing | None, World], date] = _today
    naming: Callable[[S, World], Text] | None = None
    sought: Callable[[S, World], tuple[Text, ...]] = _by_nothing_else

    def called(self, state: S, world: World) -> Text:
        """Return what pages and lists call a subject."""
        return self.title(state) if self.naming is None else self.naming(state, world)


def fold(subject: Subject[Any], of: str, facts: Iterable[Fact]) -> Any:
    """Return the state of a subject after facts, in their order."""
    return reduce(subject.step, facts, subject.start(of))
