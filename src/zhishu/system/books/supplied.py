"""Lists and layers of a user's own, in place of a book's or where it has none: what they hold and what is said of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from zhishu.pack.dated_list import DatedList
from zhishu.terms import Text, counted

if TYPE_CHECKING:
    from zhishu.data.space.layer import Layer

Kind = Literal["list", "layer"]
KINDS: Mapping[Kind, Text] = {"list": Text("名录", "list"), "layer": Text("图层", "layer")}
SHORT = 12
"""Signs of a SHA-256 that people compare by eye."""


@dataclass(frozen=True, slots=True)
class Supplied:
    """One of them: which of the book's, its file, how many entries or lines, the SHA-256 of the file, columns not read."""

    kind: Kind
    id: str
    name: Text
    file: str
    entries: int
    sha256: str
    unread: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        return {
            "kind": self.kind,
            "id": self.id,
            "name": self.name.to_json(),
            "file": self.file,
            "entries": self.entries,
            "sha256": self.sha256,
            "unread": list(self.unread),
        }

    def said(self) -> Text:
        """Return which it is, from what file, how long, the beginning of its SHA-256, and the columns that were not read.

        >>> Supplied("list", "x", Text("示例名录", "specimen"), "示例.csv", 3, "ab" * 32).said().zh
        '名录“示例名录”：示例.csv，3 条，SHA-256 abababababab'
        """
        kind, short = KINDS[self.kind], self.sha256[:SHORT]
        size = counted(self.entries, "entry", "entries") if self.kind == "list" else counted(self.entries, "line")
        zh = f"{kind.zh}“{self.name.zh}”：{self.file}，{self.entries} 条，SHA-256 {short}"
        en = f"{kind.en} “{self.name.en}”: {self.file}, {size}, SHA-256 {short}"
        if not self.unread:
            return Text(zh, en)
        return Text(
            f"{zh}（没有用到的列：{'、'.join(self.unread)}）", f"{en} (columns not read: {', '.join(self.unread)})"
        )


@dataclass(frozen=True, slots=True)
class Own:
    """What a user brought for a book, ready to judge by; ``used`` says so of each, lists first."""

    lists: "Mapping[str, DatedList]" = field(default_factory=dict)
    layers: "Mapping[str, Layer]" = field(default_factory=dict)
    used: tuple[Supplied, ...] = ()

    def over(self, other: "Own") -> "Own":
        """Return both together; where both hold one, this one's."""
        held = {(s.kind, s.id): s for s in (*other.used, *self.used)}
        used = sorted(held.values(), key=lambda s: s.kind != "list")
        return Own({**other.lists, **self.lists}, {**other.layers, **self.layers}, tuple(used))


NOTHING = Own()
"""What who brings nothing brings."""


def supplied_read(told: Mapping[str, object]) -> Supplied:
    """Return one from its contract form."""
    kind: Kind = "layer" if told["kind"] == "layer" else "list"
    name, unread = told["name"], told["unread"]
    assert isinstance(name, dict)
    assert isinstance(unread, list)
    entries = int(str(told["entries"]))
    return Supplied(kind, str(told["id"]), Text(**name), str(told["file"]), entries, str(told["sha256"]), tuple(unread))
