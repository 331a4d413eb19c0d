"""Archetypes: a sheet declared once, and systems that say only what is their own.

A system with ``base: ID`` starts from the archetype's sheet. Mappings are joined key by key; a list whose
items have an ``id`` (checks, examples) is joined item by item; everything else the system writes stands in
place of what the archetype wrote, and ``null`` takes it away. The archetype's examples must hold for every
system that starts from it, unless the system writes another example under the same id or takes it away.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path as File

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.pack.lines import Lined, Path, Plain, read_yaml
from zhishu.terms import Text

SHEETS = File(__file__).resolve().parent.parent / "archetypes"


@dataclass(frozen=True, slots=True)
class Archetype:
    """The sheet of an archetype with its text; its file is named after it."""

    lined: Lined
    written: str


def load_archetypes(folder: File = SHEETS) -> dict[str, Archetype]:
    """Return the archetypes of a folder by id. Raises ZhishuError with what ``read_yaml`` finds."""
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        written = path.read_text(encoding="utf-8")
        found[path.stem] = Archetype(read_yaml(written, f"archetypes/{path.name}"), written)
    return found


def composed(own: Lined, archetypes: Mapping[str, Archetype]) -> tuple[Lined, str]:
    """Return a system's declaration joined to its archetype's, and the archetype's text; without a base, its own.

    Raises ZhishuError ``archetype-unknown``.
    """
    if not isinstance(own.data, dict) or "base" not in own.data:
        return own, ""
    base = own.data["base"]
    if not isinstance(base, str) or base not in archetypes:
        what = Text(f"没有原型 {base}", f"there is no archetype sheet {base}")
        raise ZhishuError(
            [Problem("archetype-unknown", own.where(("base",)), what, did_you_mean(str(base), archetypes))]
        )
    join = _Join(archetypes[base].lined, own)
    rest = {k: v for k, v in own.data.items() if k != "base"}
    data = join.both(join.base.data, rest, (), (), ())
    return Lined(data, join.lines, own.file, join.files), archetypes[base].written


@dataclass(slots=True)
class _Join:
    """Joins two documents and keeps, for each path of the result, the file and line it came from."""

    base: Lined
    own: Lined
    lines: dict[Path, int] = field(default_factory=dict)
    files: dict[Path, str] = field(default_factory=dict)

    def both(self, base: Plain, own: Plain, at_base: Path, at_own: Path, at: Path) -> Plain:
        """Return what stands at a path of the result; ``at_…`` say where it stands in each document."""
        self._place(self.own, at_own, at)
        if isinstance(base, dict) and isinstance(own, dict):
            found: dict[str, Plain] = {}
            for key in [*base, *(k for k in own if k not in base)]:
                to: Path = (*at, key)
                if key not in own:
                    found[key] = self.one(self.base, base[key], (*at_base, key), to)
                elif key not in base:
                    found[key] = self.one(self.own, own[key], (*at_own, key), to)
                elif own[key] is not None:
                    found[key] = self.both(base[key], own[key], (*at_base, key), (*at_own, key), to)
            return found
        if _identified(base) and _identified(own):
            return self._items(base, own, at_base, at_own, at)
        return self.one(self.own, own, at_own, at)

    def _items(self, base: Plain, own: Plain, at_base: Path, at_own: Path, at: Path) -> list[Plain]:
        assert isinstance(base, list)
        assert isinstance(own, list)
        mine = {str(item["id"]): i for i, item in enumerate(own) if isinstance(item, dict)}
        found: list[Plain] = []
        for i, item in enumerate(base):
            assert isinstance(item, dict)
            place = mine.pop(str(item["id"]), None)
            if place is None:
                found.append(self.one(self.base, item, (*at_base, i), (*at, len(found))))
            elif not _taken_away(own[place]):
                found.append(self.one(self.own, own[place], (*at_own, place), (*at, len(found))))
        for place in mine.values():
            found.append(self.one(self.own, own[place], (*at_own, place), (*at, len(found))))
        return found

    def one(self, source: Lined, data: Plain, path: Path, at: Path) -> Plain:
        """Return a part of one document unchanged."""
        self._place(source, path, at)
        if isinstance(data, dict):
            return {k: self.one(source, v, (*path, k), (*at, k)) for k, v in data.items()}
        if isinstance(data, list):
            return [self.one(source, v, (*path, i), (*at, i)) for i, v in enumerate(data)]
        return data

    def _place(self, source: Lined, path: Path, at: Path) -> None:
        if path in source.lines:
            self.lines[at] = source.lines[path]
            self.files[at] = source.file


def _identified(data: Plain) -> bool:
    return isinstance(data, list) and bool(data) and all(isinstance(item, dict) and "id" in item for item in data)


def _taken_away(item: Plain) -> bool:
    """Return whether an item says only that the archetype's item of its id does not stand here."""
    return isinstance(item, dict) and item.get("drop") is True
