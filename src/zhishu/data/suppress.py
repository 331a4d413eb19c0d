"""Small counts of people are hidden, and enough others with them that no total gives them away.

Method: primary suppression below a minimum, then complementary suppression audited by exact linear bounds
(Willenborg and de Waal, Elements of Statistical Disclosure Control, 2001, chapters 4 and 6). The reader is
taken to solve the linear system of everything shown, over whole counts that are not negative. A reader who
replays this very method on guesses is not covered.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from zhishu.data.cell_bounds import system, width
from zhishu.data.cell_tables import Key, Sum, Table, check_dates, check_structural, check_table, joined, renamed
from zhishu.terms import Text

MARK = "·"
"""Stands for every hidden count, small itself or hidden for another's sake: one sign tells nobody which."""
MARK_MEANS = Text(
    "· 不公布：计数过小，或公布后可推算出过小的计数",
    "· not published: the count is small, or would give a small one away",
)


@dataclass(frozen=True, slots=True)
class Suppressed:
    """What may be published of a table: ``shown`` in the order of the table.

    ``history`` is all a reader may combine with what was published before, ``hidden`` its counts that are kept
    back, ``published`` and ``structural`` those known; ``names`` says as which count of it each cell stands (equal
    cells of two dates are one). ``exposed`` are hidden counts that earlier releases give away already.
    """

    shown: Mapping[Key, int]
    hidden: frozenset[Key]
    exposed: tuple[Key, ...]
    history: Table
    published: frozenset[Key]
    structural: frozenset[Key]
    names: Mapping[Key, Key]

    def marked(self, key: Key) -> str:
        """Return a cell as it is printed: the count, or the one mark."""
        return str(self.shown[key]) if key in self.shown else MARK


def suppress(
    table: Table,
    minimum: int,
    protection: int,
    structural: AbstractSet[Key] = frozenset(),
    before: Suppressed | None = None,
    same: Mapping[Key, Key] | None = None,
    growing: bool = False,
) -> Suppressed:
    """Return what of a table may be published.

    Counts below ``minimum`` are hidden, zeros too: that a group has no member says something of everybody in it.
    ``structural`` zeros can hold nobody by definition, are known to every reader and shown. Every hidden count
    stays open within at least ``protection`` whole values. ``before`` is what was published already: it stays
    as it is, and ``same`` names for a key of this table the key of the same cell then. Equal cells of two dates
    are taken to be known as equal; where counts only grow (``growing``) the increase is a small count itself.

    Raises ZhishuError ``cells-…`` for counts that do not add up.

    >>> from zhishu.data.cell_tables import two_way
    >>> table = two_way("2019", {("甲县", "男"): 3, ("甲县", "女"): 20, ("乙县", "男"): 15, ("乙县", "女"): 18})
    >>> found = suppress(table, minimum=10, protection=3)
    >>> [found.marked(("2019", row, column)) for row in ("甲县", "乙县", "") for column in ("男", "女", "")]
    ['·', '·', '23', '·', '·', '33', '18', '38', '56']
    """
    check_table(table)
    check_structural(table, structural)
    past = before or Suppressed({}, frozenset(), (), Table({}, ()), frozenset(), frozenset(), {})
    check_dates(table, past.history, past.names, same or {}, growing)
    names = _names(table, past, same or {})
    now = renamed(table, names)
    increases = _increases(table, past, same or {}, names) if growing else Table({}, ())
    history = joined((past.history, now, increases))
    known = past.structural | {names[k] for k in structural}
    settled = known | past.published
    hidden = {
        k
        for k, v in history.values.items()
        if k not in settled and (k not in now.values or k in past.hidden or v < minimum)
    }
    cells = {*past.names.values(), *names.values()}
    # a large increase is nobody's secret
    guarded = [k for k in history.values if k in hidden and (k in cells or history.values[k] < minimum)]
    exposed = []
    while guarded:
        if _open(history, hidden, guarded[0], protection):
            # it stays open: whatever is hidden later only widens it
            guarded.pop(0)
            continue
        choice = _choose(history, hidden, guarded[0], now.values.keys() - hidden - settled, protection)
        if choice is None:
            exposed.append(guarded.pop(0))
        else:
            hidden.add(choice)
            guarded.append(choice)
    shown = {k: v for k, v in table.values.items() if names[k] not in hidden}
    published = past.published | {names[k] for k in shown} - known
    return Suppressed(shown, frozenset(hidden), tuple(exposed), history, published, known, {**past.names, **names})


def _open(table: Table, hidden: AbstractSet[Key], key: Key, protection: int) -> bool:
    return width(system(table, hidden), key, table.values[key], protection) >= protection


def narrow(table: Table, hidden: AbstractSet[Key], protection: int) -> tuple[Key, ...]:
    """Return the hidden counts a reader pins within fewer than ``protection`` steps: the audit of any suppression.

    >>> from zhishu.data.cell_tables import two_way
    >>> table = two_way("t", {("甲", "男"): 3, ("甲", "女"): 20, ("乙", "男"): 15, ("乙", "女"): 18})
    >>> narrow(table, {("t", "甲", "男"), ("t", "甲", "女")}, 3)
    (('t', '甲', '男'), ('t', '甲', '女'))
    """
    return tuple(k for k in table.values if k in hidden and not _open(table, hidden, k, protection))


def _choose(
    table: Table, hidden: AbstractSet[Key], key: Key, candidates: AbstractSet[Key], protection: int
) -> Key | None:
    """Return the cell to hide next for the sake of one: near it through hidden cells, inside the table before totals.

    Of those as near, one that closes a ring before one that opens a new line; large enough to cover, but no larger.
    """
    order = {k: i for i, k in enumerate(table.values)}
    totals = {line.total for line in table.sums}
    lines = [frozenset((line.total, *line.parts)) for line in table.sums]
    for kind in (candidates - totals, candidates & totals):
        for near in _nearer(lines, hidden, key):
            found = kind & frozenset().union(*near)
            bare = {k: sum(k in line and line not in near and not line & hidden for line in lines) for k in found}
            costs = {k: (bare[k], table.values[k] < protection, table.values[k], order[k]) for k in found}
            if costs:
                return min(costs, key=costs.__getitem__)
    return None


def _nearer(lines: list[frozenset[Key]], hidden: AbstractSet[Key], key: Key) -> Iterator[list[frozenset[Key]]]:
    """Yield the sums a cell stands in, then those joined to them by hidden cells, and so on."""
    left, reached = list(lines), {key}
    while near := [line for line in left if line & reached]:
        yield near
        left = [line for line in left if not line & reached]
        reached = {k for line in near for k in line if k in hidden}


def _names(table: Table, past: Suppressed, same: Mapping[Key, Key]) -> dict[Key, Key]:
    """Return as which count of the history each cell stands: as the cell of an earlier date where both are equal."""
    found = {}
    for key, value in table.values.items():
        old = past.names.get(same[key], same[key]) if key in same else key
        found[key] = old if past.history.values.get(old) == value else key
    return found


def _increases(table: Table, past: Suppressed, same: Mapping[Key, Key], names: Mapping[Key, Key]) -> Table:
    """Return the increases of the cells that grew: counts of people as well, printed nowhere."""
    values: dict[Key, int] = {}
    sums = []
    for new, old in same.items():
        was = past.names.get(old, old)
        if names[new] != was:
            more = ("+", *was, *names[new])
            values |= {more: table.values[new] - past.history.values[was]}
            values |= {was: past.history.values[was], names[new]: table.values[new]}
            sums.append(Sum(names[new], (was, more)))
    return Table(values, tuple(sums))
