"""The hidden sheet of a form: which form it is, so that a form of another pack, version or period is refused."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from zhishu.data.regions import Regions
from zhishu.data.series import Series
from zhishu.data.sheets import Grid
from zhishu.errors import Problem
from zhishu.pack.profile import Profile
from zhishu.terms import Text

SHEET = "_zhishu"
VERSION = "1"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a form says of itself; ``basis`` is the SHA-256 of the declarations it was made from."""

    profile: str
    period: str
    pack: str
    basis: str
    version: str = VERSION

    def rows(self) -> list[tuple[str, str]]:
        """Return it as the rows of the hidden sheet."""
        return [(f.name, str(getattr(self, f.name))) for f in fields(self)]


def basis(profile: Profile, regions: Regions, series: Mapping[str, Series]) -> str:
    """Return the SHA-256 of what a form rests on: its profile, its series and the regions."""
    used = profile.series() or tuple(sorted(series))
    told = [
        profile.digest,
        [[s.id, s.unit, s.levels, s.name.zh] for s in (series[i] for i in used if i in series)],
        [[r.code, r.name.zh, r.parent, str(r.valid_from), str(r.valid_to)] for _, r in sorted(regions.by_code.items())],
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def manifest_in(grids: Iterable[Grid]) -> Manifest | None:
    """Return what the hidden sheet of a workbook says, or None where there is none."""
    for grid in grids:
        if grid.name == SHEET:
            said = {a.text: b.text for row in grid.rows.values() if (a := row.get(1)) and (b := row.get(2))}
            return Manifest(*(said.get(f.name, "") for f in fields(Manifest)))
    return None


def other_form(found: Manifest, wanted: Manifest, file: str) -> list[Problem]:
    """Return why a form is not the one that is asked for; empty where it is. A wanted empty period takes any."""
    names = {
        "version": Text("表样版本", "version of the form"),
        "pack": Text("战略包", "pack"),
        "profile": Text("样式", "profile"),
        "basis": Text("样式、指标或地区的声明", "declaration of profile, series or regions"),
        "period": Text("时期", "period"),
    }
    problems = []
    for name, words in names.items():
        has, asked = getattr(found, name), getattr(wanted, name)
        if has != asked and (asked or name != "period"):
            shown = (has[:12] or "—", asked[:12])
            what = Text(
                f"{words.zh}不同：表样是 {shown[0]}，应是 {shown[1]}",
                f"another {words.en}: the form has {shown[0]}, {shown[1]} is asked for",
            )
            repair = Text("重新取表样填写", "take the form again and fill it")
            problems.append(Problem("submission-other-form", f"{file} {SHEET} {name}", what, repair))
    return problems
