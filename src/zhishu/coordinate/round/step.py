"""What each act makes of a round."""

from collections.abc import Mapping
from dataclasses import replace

from zhishu.coordinate.fact import Fact
from zhishu.coordinate.rounds import Decision, Matter, Returned, Round, Version


def step(state: Round, fact: Fact) -> Round:
    """Return the round after a fact; it never refuses: what is recorded happened."""
    match fact.act:
        case "open":
            return replace(state, stage="open", units=fact.texts("units"))
        case "calculate":
            # a new version is consulted on or noticed anew: a notice of another result is none of this one
            return replace(state, stage="calculated", versions=(*state.versions, _version(state, fact)), noticed=None)
        case "consult":
            return replace(state, stage="consulting", consulted=fact.on)
        case "notice":
            return replace(state, stage="notice", noticed=fact.on)
        case "object" | "propose":
            return replace(state, matters=(*state.matters, _matter(state, fact)))
        case "decide":
            return replace(state, matters=tuple(_decided(m, fact) for m in state.matters))
        case "finalise":
            return replace(state, stage="final", final=fact.on)
        case "publish":
            return replace(state, stage="published", published=fact.on)
        case "recover":
            back = Returned(fact.text("place"), fact.text("amount"), fact.on, fact.by)
            return replace(state, returned=(*state.returned, back))
        case _:
            return state


def winners_of(fact: Fact) -> Mapping[str, str]:
    """Return who has which award, from the lines ``unit=award`` that the program made."""
    pairs = (line.partition("=") for line in fact.text("winners").splitlines() if "=" in line)
    return {unit: award for unit, _, award in pairs}


def dropped_by(state: Round, fact: Fact) -> tuple[str, ...]:
    """Return the units that had an award in the version before and have none in this one."""
    before = state.current.winners if state.current else {}
    now = winners_of(fact)
    return tuple(sorted(u for u in before if u not in now))


def unexplained(state: Round, fact: Fact) -> tuple[str, ...]:
    """Return the dropped units whose names the reasons do not give.

    The longest name is taken out first, so that a reason for 示例县10 is none for 示例县1.
    """
    text, named = fact.text("reasons"), set[str]()
    winners = {*(state.current.winners if state.current else {}), *winners_of(fact)}
    for unit in sorted(winners, key=len, reverse=True):
        if unit in text:
            named.add(unit)
            text = text.replace(unit, "\n")
    return tuple(u for u in dropped_by(state, fact) if u not in named)


def _version(state: Round, fact: Fact) -> Version:
    return Version(
        len(state.versions) + 1,
        fact.text("form"),
        fact.text("result"),
        winners_of(fact),
        int(fact.text("open") or 0),
        fact.text("reasons"),
        dropped_by(state, fact),
        fact.by,
        fact.on,
        fact.version,
    )


def _matter(state: Round, fact: Fact) -> Matter:
    return Matter(
        len(state.matters) + 1,
        "objection" if fact.act == "object" else fact.text("kind"),
        fact.text("place"),
        fact.text("rule"),
        fact.text("points"),
        fact.text("ground"),
        fact.text("basis"),
        fact.texts("files"),
        fact.by,
        fact.unit,
        fact.on,
    )


def _decided(matter: Matter, fact: Fact) -> Matter:
    if str(matter.number) != fact.text("number") or matter.decision is not None:
        return matter
    upheld = fact.text("outcome") == "upheld"
    return replace(matter, decision=Decision(upheld, fact.text("reason"), fact.by, fact.unit, fact.on, fact.version))
