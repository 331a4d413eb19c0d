"""Who takes part: eligibility and classes come before anything is scored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from zhishu.formula.evaluate import as_truth
from zhishu.logic import Unknown
from zhishu.pack.assessment import Assessment, Ground
from zhishu.score.assess.facts import Facts, Member, Ruling
from zhishu.terms import Text

State = Literal["competes", "excluded", "disqualified", "no_class", "open"]
"""Takes part · kept out by a ground · falsified · in no class or not in one alone · eligibility not established."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit as it enters: its class, its state, and the grounds or findings that decide it."""

    unit: str
    group: str | None
    state: State
    why: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class ClassState:
    """A class: how many units stand in it, how many there should be, and why its awards cannot be settled yet."""

    group: str
    members: int
    size: int | None
    excluded: int
    open: tuple[Text, ...]


def entries(assessment: Assessment, facts: Facts) -> tuple[Entry, ...]:
    """Return every unit as it enters, in the order of their names.

    A ground that is not known to hold or not makes eligibility open; a finding that is not decided leaves the unit in.
    """
    found = upheld(facts.falsified)
    return tuple(
        _entry(assessment.grounds, member, member.unit in found)
        for member in sorted(facts.members, key=lambda m: m.unit)
    )


def _entry(grounds: Mapping[str, Ground], member: Member, falsified: bool) -> Entry:
    truths = {g: as_truth(member.grounds.get(g, Unknown("missing"))) for g in grounds}
    out = tuple(grounds[g].name for g, held in truths.items() if held is True)
    unsure = tuple(grounds[g].name for g, held in truths.items() if isinstance(held, Unknown))
    if out:
        return Entry(member.unit, member.group, "excluded", out)
    if member.group is None:
        return Entry(member.unit, None, "no_class", (Text("没有列入一个类别", "is not in one class"),))
    if falsified:
        return Entry(member.unit, member.group, "disqualified", (Text("数据造假", "figures were falsified"),))
    return Entry(member.unit, member.group, "open" if unsure else "competes", unsure)


def upheld(rulings: Sequence[Ruling]) -> frozenset[str]:
    """Return the units against which a finding is upheld."""
    return frozenset(r.unit for r in rulings if r.decision == "upheld")


def undecided(rulings: Sequence[Ruling]) -> frozenset[str]:
    """Return the units against which a finding is proposed and not decided."""
    return frozenset(r.unit for r in rulings if r.decision is None) - upheld(rulings)


def classes(assessment: Assessment, entered: Sequence[Entry]) -> dict[str, ClassState]:
    """Return the state of every class: it is settled where every unit that could stand in it is known to or not to."""
    homeless = sum(e.state == "no_class" for e in entered)
    found = {}
    for group in assessment.groups.values():
        inside = [e for e in entered if e.group == group.id]
        unsure = [e.unit for e in inside if e.state == "open"]
        why = []
        if unsure:
            names = "、".join(unsure)
            why.append(Text(f"资格待核：{names}", f"eligibility is open: {names}"))
        if group.size is not None and len(inside) != group.size:
            zh = f"应有 {group.size} 个，列了 {len(inside)} 个"
            why.append(Text(zh, f"there should be {group.size} units, {len(inside)} are listed"))
        elif group.size is None and homeless:
            zh = f"有 {homeless} 个单位类别未定"
            why.append(Text(zh, f"{homeless} units are in no class yet"))
        if not inside:
            why.append(Text("没有一个单位", "there is no unit in it"))
        out = sum(e.state == "excluded" for e in inside)
        found[group.id] = ClassState(group.id, len(inside), group.size, out, tuple(why))
    return found
