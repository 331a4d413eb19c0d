"""The verdict of ordered rules, and every outcome that unknown facts still allow."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhishu.logic import Truth, Unknown


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome, all outcomes still possible, the rule that fired, and the unknown facts met.

    ``exact`` says that each outcome named as possible can come about and no other; else some may not.
    """

    outcome: str
    possible: tuple[str, ...]
    fired: int | None
    unknowns: tuple[Unknown, ...]
    exact: bool = True


def judge(gives: Sequence[str], otherwise: str, unknown: str, truths: Sequence[Truth]) -> Finding:
    """Return the verdict of rules tried in order.

    A rule that holds ends the walk; a rule whose condition is unknown leaves its outcome possible. When
    one outcome only is possible it is the verdict, else the ``unknown`` outcome with all possible ones.
    Sound in the sense of Kleene: no outcome that some completion gives is ever left out.

    >>> judge(["suspend"], "pass", "undetermined", [Unknown("missing")]).possible
    ('suspend', 'pass')
    >>> judge(["suspend"], "pass", "undetermined", [False]).outcome
    'pass'
    """
    possible: list[str] = []
    unknowns: list[Unknown] = []
    fired: int | None = None
    for position, (give, truth) in enumerate(zip(gives, truths, strict=True)):
        if isinstance(truth, Unknown):
            unknowns.append(truth)
            possible.append(give)
        elif truth:
            possible.append(give)
            fired = position
            break
    else:
        possible.append(otherwise)
    distinct = tuple(dict.fromkeys(possible))
    if len(distinct) == 1:
        return Finding(distinct[0], distinct, fired, tuple(unknowns))
    return Finding(unknown, distinct, None, tuple(unknowns), exact=False)
