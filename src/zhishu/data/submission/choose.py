"""Which sheet of a workbook is read."""

from collections.abc import Iterable

from zhishu.data.region_names import name_key
from zhishu.data.sheets import Grid
from zhishu.data.submission.manifest import SHEET
from zhishu.pack.profile import Profile

HELP = "填报说明"


def choose(grids: Iterable[Grid], profile: Profile) -> tuple[Grid | None, tuple[str, ...]]:
    """Return the sheet the profile names, else the first that is shown and not empty; and the others like it."""
    shown = [g for g in grids if g.name not in (SHEET, HELP) and not g.hidden and len(g.cells)]
    wanted = {name_key(w) for w in profile.sheet}
    named = [g for g in shown if name_key(g.name) in wanted]
    chosen = next(iter(named or shown), None)
    others = tuple(g.name for g in shown if g is not chosen)
    return chosen, () if named else others
