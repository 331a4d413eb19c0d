"""The catalogue of the systems a strategy names: what exists, at which sentence, of which archetype."""

from collections.abc import Mapping
from dataclasses import dataclass

from zhishu.terms import Text

COLUMNS = (
    "id",
    "at",
    "also",
    "verb",
    "archetype",
    "also_uses",
    "role",
    "adverse",
    "personal",
    "priority",
    "name_zh",
    "name_en",
    "outputs",
    "bad_input",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One named system: id, sentence, main verb, archetype, role, priority, and how much its row asks.

    ``outputs`` and ``bad_input`` count the outputs and the bad-input cases of the catalogue row.
    """

    id: str
    at: str
    also: tuple[str, ...]
    verb: str
    archetype: str
    also_uses: tuple[str, ...]
    role: str
    adverse: bool
    personal: str
    priority: str
    name: Text
    outputs: int
    bad_input: int

    @property
    def article(self) -> int:
        """The number of the article."""
        return int(self.at.split(".")[0])


def catalogue_from_rows(rows: list[Mapping[str, str]]) -> dict[str, Entry]:
    """Return the catalogue by id, in the order of its rows."""
    return {
        r["id"]: Entry(
            r["id"],
            r["at"],
            tuple(r["also"].split()),
            r["verb"],
            r["archetype"],
            tuple(r["also_uses"].split()),
            r["role"],
            r["adverse"] == "yes",
            r["personal"],
            r["priority"],
            Text(r["name_zh"], r["name_en"]),
            int(r["outputs"]),
            int(r["bad_input"]),
        )
        for r in rows
    }
