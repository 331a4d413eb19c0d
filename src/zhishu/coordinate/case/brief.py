"""A case in a row: who owes the answer, and the evidence that came with answers."""

from zhishu.coordinate.brief import Brief
from zhishu.coordinate.cases import Case
from zhishu.coordinate.world import World


def brief(case: Case, world: World) -> Brief:
    """Return what a row says of a case."""
    return Brief(lead=case.unit, files=sum(len(a.files) for a in (*case.earlier, *case.answers)))
