"""What a system owes to its row of the catalogue: to be in it, its adverse effect, and which numbers count people."""

from collections.abc import Iterator, Mapping

from zhishu.errors import Problem, did_you_mean
from zhishu.pack.catalogue import Entry
from zhishu.pack.lines import Lined, Path
from zhishu.pack.system import Derived, System
from zhishu.terms import Text


def catalogued(system: System, catalogue: Mapping[str, Entry], lined: Lined) -> list[Problem]:
    """Return what a declared system owes to its row of the catalogue.

    Codes: ``system-unknown``, ``system-adverse`` (no effect declared), ``pack-people-unsaid`` (in a system about people
    a plain number that does not say whether it counts them).
    """
    entry = catalogue.get(system.id)
    where = lined.where(("system",))
    if entry is None:
        what = Text(f"目录里没有系统 {system.id}", f"the catalogue has no system {system.id}")
        return [Problem("system-unknown", where, what, did_you_mean(system.id, catalogue))]
    found = list(_unsaid(system, lined)) if entry.personal else []
    if entry.adverse and system.effect is None:
        what = Text("不利后果没有声明 effect", "an adverse system declares no effect")
        repair = Text(
            "写明依据、决定机关、告知、申辩、到期、修复", "declare basis, decider, notice, objection, expiry, repair"
        )
        found.append(Problem("system-adverse", where, what, repair))
    return found


def _unsaid(system: System, lined: Lined) -> Iterator[Problem]:
    """Yield the plain numbers of a system about people that do not say whether they count people."""
    shown: list[tuple[Path, Derived]] = [(("totals", d.id), d) for d in system.totals.values()]
    shown += [(("tables", t.id, "derive", d.id), d) for t in system.tables.values() for d in t.derive.values()]
    for path, derived in shown:
        if derived.name is not None and derived.unit == "1" and derived.people is None:
            yield Problem(
                "pack-people-unsaid",
                lined.where(path),
                Text(
                    f"{derived.id} 没有单位，而本系统涉及个人：没有写明是否人数",
                    f"{derived.id} has no unit in a system about people: does it count them?",
                ),
                Text(
                    "计人的用单位人或户并写 people: true；不计人的写 people: false",
                    "counts of people take their unit and people: true; others say people: false",
                ),
            )
