"""What changed between two tables of figures: rows changed, added and gone, compared as they are written."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changed:
    """A row whose figure reads otherwise than before."""

    key: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows changed and added in the order of the new table, rows gone in the order of the old one."""

    changed: tuple[Changed, ...]
    added: tuple[tuple[str, str], ...]
    gone: tuple[tuple[str, str], ...]

    def __bool__(self) -> bool:
        return bool(self.changed or self.added or self.gone)


def difference(old: Mapping[str, str], new: Mapping[str, str]) -> Difference:
    """Return what changed from one release's figures to another's; ``1`` and ``1.0`` read differently.

    >>> difference({"成都 GDP": "15342.77", "绵阳 GDP": "2303.8"}, {"成都 GDP": "15698.94"})
    ... # doctest: +NORMALIZE_WHITESPACE
    Difference(changed=(Changed(key='成都 GDP', old='15342.77', new='15698.94'),), added=(),
               gone=(('绵阳 GDP', '2303.8'),))
    """
    return Difference(
        tuple(Changed(k, old[k], v) for k, v in new.items() if k in old and old[k] != v),
        tuple((k, v) for k, v in new.items() if k not in old),
        tuple((k, v) for k, v in old.items() if k not in new),
    )
