"""The head of a wide table: where it stands, and the words and period above each column."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from zhishu.data.region_names import name_key
from zhishu.data.sheets import Cell, Grid
from zhishu.data.submission.periods import PeriodRead, read_period
from zhishu.data.submission.places import trimmed
from zhishu.data.submission.units_said import split_head
from zhishu.pack.profile import Profile

_SEARCHED = 40
_LONGEST = 200
_MOST_COVERED = 200_000


@dataclass(frozen=True, slots=True)
class Above:
    """What stands above one column: its words from the top, its own unit, its period, the row of the last word."""

    column: int
    words: tuple[str, ...]
    unit: str | None
    period: tuple[str, PeriodRead | None, int] | None
    row: int

    @property
    def said(self) -> str:
        """Return the words as one label."""
        return " / ".join(self.words) or "—"


def key(text: str) -> str:
    """Return the form in which words of a head are compared."""
    return _key(text[:_LONGEST])


# every column is compared with every declared head: the same few words, hundreds of times
@lru_cache(maxsize=20_000)
def _key(text: str) -> str:
    return name_key(trimmed(text))


def find_head(grid: Grid, profile: Profile) -> tuple[int, int] | None:
    """Return row and column of the words above the regions (of any named field of a long table): as declared, else
    the first found."""
    wanted = profile.corner if profile.layout == "wide" else profile.fields["region"]
    keys = {key(w) for w in wanted}
    rows = [profile.head_row, *(r for r in grid.rows.numbers[:_SEARCHED] if r != profile.head_row)]
    for row in rows:
        for column, cell in sorted(grid.rows.get(row, {}).items()):
            if key(cell.text) in keys:
                return row, column
    return None


def heads(grid: Grid, profile: Profile, top: int, skip: Collection[int | None]) -> list[Above]:
    """Return what stands above each column but those to skip, merged and spread words carried along."""
    rows = range(top, top + len(profile.head))
    last = max(grid.columns(top), default=0)
    lines = _filled(grid, rows, last)
    used = grid.columns(rows.stop)
    found = []
    for column in range(1, last + 1):
        if column in skip:
            continue
        words: list[str] = []
        unit: str | None = None
        period: tuple[str, PeriodRead | None, int] | None = None
        place = top
        for row, role, line in zip(rows, profile.head, lines, strict=True):
            cell = line.get(column)
            if cell is None:
                continue
            place = row
            if role == "period":
                period = (cell.text, read_period(cell.text, cell.kind == "n" or not grid.name), row)
                continue
            text, own = split_head(cell.text[:_LONGEST])
            if own is not None and _declared(profile, len(words), cell.text):
                text, own = cell.text, None
            unit = own or unit
            if not words or key(words[-1]) != key(text):
                words.append(text)
        if words or period:
            found.append(Above(column, tuple(words), unit, period, place))
        elif column in used:
            found.append(Above(column, (), None, None, top))
    return found


def declared_columns(profile: Profile) -> dict[tuple[str, ...], int]:
    """Return the places of a profile's columns by every way to write their heads, level by level; the first stays."""
    found: dict[tuple[str, ...], int] = {}
    for n, column in enumerate(profile.columns):
        for words in product(*({key(w) for w in said} for said in column.heads)):
            found.setdefault(words, n)
    return found


def _declared(profile: Profile, level: int, text: str) -> bool:
    """Return whether words with brackets are themselves a declared head, so that the brackets hold no unit."""
    return any(level < len(c.heads) and key(text) in {key(s) for s in c.heads[level]} for c in profile.columns)


def _filled(grid: Grid, rows: range, last: int) -> list[dict[int, Cell]]:
    """Return the head rows with merged words in every column they cover, and words spread to the right where
    nothing is merged: only above other words, and never past the end of the words above them."""
    lines = [dict(grid.rows.get(r, {})) for r in rows]
    covered = 0
    merged: set[tuple[int, int]] = set()
    for top, left, bottom, right in grid.merged:
        cell = grid.at(top, left)
        if cell is None or bottom < rows.start or top >= rows.stop:
            continue
        for row in range(max(top, rows.start), min(bottom + 1, rows.stop)):
            for column in range(left, min(right, last) + 1):
                lines[row - rows.start].setdefault(column, cell)
                merged.add((row - rows.start, column))
                covered += 1
        if covered > _MOST_COVERED:
            break
    for i, line in enumerate(lines[:-1]):
        before: Cell | None = None
        for column in range(1, last + 1):
            own = line.get(column)
            if own is not None:
                before = None if (i, column) in merged else own
            elif before is not None and any(column in below for below in lines[i + 1 :]):
                if i == 0 or lines[i - 1].get(column) == lines[i - 1].get(column - 1):
                    line[column] = before
                else:
                    before = None
    return lines
