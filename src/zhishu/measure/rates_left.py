"""Two rates compared while some cases name no group: what each way of sharing those cases out would say.

A gap is shown only where both intervals of the difference exclude zero: the normal approximation and the score method
(Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I, method 10).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, sqrt

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.terms import Text

Rows = list[dict[str, Value]]
Run = Callable[[Rows, Mapping[str, object]], list[Value]]

MOST_SPLITS = 20_000
"""More ways than this of sharing cases out are not gone through."""

SAYS = ("too_few", "shown", "not_shown")
UNTOLD = "untold"
WORDS: Mapping[str, Text] = {
    "too_few": Text("件数不足", "too few cases"),
    "shown": Text("有差距", "a gap shown"),
    "not_shown": Text("未见差距", "no gap shown"),
    "too_few|shown": Text("件数不足或有差距", "too few cases, or a gap shown"),
    "too_few|not_shown": Text("件数不足或未见差距", "too few cases, or no gap shown"),
    "shown|not_shown": Text("有差距或未见差距", "a gap shown, or none"),
    "too_few|shown|not_shown": Text("件数不足、有差距、未见差距都可能", "too few cases, a gap shown, or none"),
    UNTOLD: Text("分法太多，没有逐一试完", "more ways than were gone through"),
}


@dataclass(frozen=True, slots=True)
class Counts:
    """Cases granted and all cases of groups A and B, and of those without a group the granted and the others."""

    a: int
    n_a: int
    b: int
    n_b: int
    granted: int
    other: int


def says(a: int, n_a: int, b: int, n_b: int, least: Fraction, z: float) -> str:
    """Return what a comparison of two rates says: too few cases, a gap shown, or none shown.

    ``a`` of ``n_a`` and ``b`` of ``n_b`` cases were granted; ``z`` is the normal quantile of the intervals.

    >>> says(5, 5, 2, 5, Fraction(4), 1.96), says(6, 6, 4, 7, Fraction(4), 1.96), says(3, 3, 0, 4, Fraction(4), 1.96)
    ('shown', 'not_shown', 'too_few')
    """
    if n_a < least or n_b < least:
        return "too_few"
    p, q = a / n_a, b / n_b
    half = z * sqrt(p * (1 - p) / n_a + q * (1 - q) / n_b)
    (p_low, p_high), (q_low, q_high) = _wilson(a, n_a, z), _wilson(b, n_b, z)
    below = sqrt((p - p_low) ** 2 + (q_high - q) ** 2)
    above = sqrt((p_high - p) ** 2 + (q - q_low) ** 2)
    more, fewer = p - q - half > 0 and p - q - below > 0, p - q + half < 0 and p - q + above < 0
    return "shown" if more or fewer else "not_shown"


def _wilson(k: int, n: int, z: float) -> tuple[float, float]:
    p, whole = k / n, 1 + z * z / n
    middle = (p + z * z / (2 * n)) / whole
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / whole
    return middle - half, middle + half


def left(counts: Counts, least: Fraction, z: float) -> str:
    """Return what the comparison may say over all ways of sharing out the cases without a group, a key of ``WORDS``.

    Cases with the same result are alike: only how many of them fall to A matters.

    >>> left(Counts(5, 5, 2, 5, 0, 0), Fraction(4), 1.96), left(Counts(5, 5, 2, 5, 2, 0), Fraction(4), 1.96)
    ('shown', 'shown|not_shown')
    """
    if (counts.granted + 1) * (counts.other + 1) > MOST_SPLITS:
        return UNTOLD
    found: set[str] = set()
    for a, n_a, b, n_b in _splits(counts):
        found.add(says(a, n_a, b, n_b, least, z))
        if len(found) == len(SAYS):
            break
    return "|".join(word for word in SAYS if word in found)


def _splits(c: Counts) -> Iterator[tuple[int, int, int, int]]:
    for granted in range(c.granted + 1):
        for other in range(c.other + 1):
            rest = c.granted - granted
            yield c.a + granted, c.n_a + granted + other, c.b + rest, c.n_b + rest + c.other - other


def gap_bounds(counts: Counts, least: Fraction) -> tuple[Fraction, Fraction] | None:
    """Return the smallest and the largest gap (A less B) over all sharings that leave each group ``least`` cases.

    A granted case in A raises the gap and any other in A lowers it, so that for each number given to A one sharing is
    the best, and the best of those is the nearest to all the granted ones. None where no sharing leaves enough.

    >>> [str(end) for end in gap_bounds(Counts(5, 5, 2, 5, 2, 0), Fraction(4))]
    ['3/7', '3/5']
    """
    loose, need = counts.granted + counts.other, ceil(least)
    fewest, most = max(0, need - counts.n_a), min(loose, counts.n_b + loose - need)
    if fewest > most:
        return None
    low, high = (min(max(liked, fewest), most) for liked in (counts.other, counts.granted))
    other, granted = min(counts.other, low), min(counts.granted, high)
    return _gap(counts, low - other, other), _gap(counts, granted, high - granted)


def _gap(c: Counts, granted: int, other: int) -> Fraction:
    a, n_a = c.a + granted, c.n_a + granted + other
    b, n_b = c.b + c.granted - granted, c.n_b + c.granted + c.other - granted - other
    return Fraction(a, n_a) - Fraction(b, n_b)


def rates_left_column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    """Return for each row what its comparison may say, a key of ``WORDS``; unknown where an argument is.

    Arguments: a, n_a, b, n_b (granted and all cases of each group), granted, other (those without a group), least (one
    or more), z. Counts that cannot be are unknown too.
    """
    return [_left(row) for row in rows]


def gap_least_column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    """Return for each row the smallest gap any sharing leaves; arguments as ``rates_left``, without z."""
    return [_bound(row, 0) for row in rows]


def gap_most_column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    """Return for each row the largest gap any sharing leaves; arguments as ``rates_left``, without z."""
    return [_bound(row, 1) for row in rows]


def _left(row: Mapping[str, Value]) -> Value:
    held = _read(row)
    if isinstance(held, Unknown):
        return held
    z = row["z"]
    if isinstance(z, Unknown):
        return z
    return left(*held, float(z)) if isinstance(z, Fraction) and z >= 0 else Unknown("domain", "z")


def _bound(row: Mapping[str, Value], end: int) -> Value:
    held = _read(row)
    if isinstance(held, Unknown):
        return held
    found = gap_bounds(*held)
    return Unknown("missing", "不足最少件数", "too few cases") if found is None else found[end]


def _read(row: Mapping[str, Value]) -> tuple[Counts, Fraction] | Unknown:
    numbers: list[Fraction] = []
    for name in ("a", "n_a", "b", "n_b", "granted", "other", "least"):
        value = row[name]
        if not isinstance(value, Fraction):
            return value if isinstance(value, Unknown) else Unknown("domain", name)
        numbers.append(value)
    *held, least = numbers
    counts = Counts(*map(int, held))
    whole = all(number.denominator == 1 and number >= 0 for number in held)
    if not whole or counts.a > counts.n_a or counts.b > counts.n_b or least < 1:
        return Unknown("domain", "没有这样的件数", "no such counts")
    return counts, least


def words(options: Mapping[str, object]) -> Mapping[str, Text]:
    """Return how the column's words read."""
    return WORDS


COLUMNS: Mapping[str, Run] = {
    "rates_left": rates_left_column,
    "rates_gap_least": gap_least_column,
    "rates_gap_most": gap_most_column,
}
COLUMN_WORDS = {"rates_left": words}
