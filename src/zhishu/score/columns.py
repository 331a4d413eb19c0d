"""Columns of a system that scoring fills: the best and the worst rank of a unit in its class as weights vary."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from random import Random

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.pack.scheme import LEAST_CLASS
from zhishu.score.vary import ranked, whole_numbers

Rows = list[dict[str, Value]]
RUNS = 200
_GRID = 2000


def rank_from_column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    """Return the best rank of each unit in its class at the level asked; arguments as ``rank_to``."""
    return [span if isinstance(span, Unknown) else Fraction(span[0]) for span in _spans(rows, options)]


def rank_to_column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    """Return the worst rank of each unit in its class at the level asked.

    Of a row: unit, group, eligible, shift (how far each weight may move, up or down, as a share of itself),
    level (of the interval, as a share). Of the table beside it: unit, indicator, weight, points. Weights move
    on their own, 200 draws from the run's seed; only eligible units are ranked, and only in classes of at
    least five. After the OECD/JRC Handbook 2008, step 7.
    """
    return [span if isinstance(span, Unknown) else Fraction(span[1]) for span in _spans(rows, options)]


def _spans(rows: Rows, options: Mapping[str, object]) -> list[tuple[int, int] | Unknown]:
    beside = options["beside"]
    assert isinstance(beside, list)
    held: dict[str, dict[str, tuple[Value, Value]]] = {}
    for cell in beside:
        if not isinstance(cell["unit"], Unknown) and not isinstance(cell["indicator"], Unknown):
            held.setdefault(str(cell["unit"]), {})[str(cell["indicator"])] = (cell["weight"], cell["points"])
    found: list[tuple[int, int] | Unknown] = [Unknown("held", "not ranked")] * len(rows)
    for group in dict.fromkeys(row["group"] for row in rows if not isinstance(row["group"], Unknown)):
        members = [i for i, row in enumerate(rows) if row["group"] == group and row["eligible"] is not False]
        spans = _class(members, rows, held, options)
        for i in members:
            found[i] = spans if isinstance(spans, Unknown) else spans[i]
    return found


def _class(
    members: list[int],
    rows: Rows,
    held: Mapping[str, Mapping[str, tuple[Value, Value]]],
    options: Mapping[str, object],
) -> dict[int, tuple[int, int]] | Unknown:
    """Return the interval of each member of one class, or why the class has none."""
    if len(members) < LEAST_CLASS:
        return Unknown("held", f"fewer than {LEAST_CLASS} in the class")
    first = rows[members[0]]
    shift, level = first["shift"], first["level"]
    for value in (shift, level, *(rows[i]["eligible"] for i in members)):
        if isinstance(value, Unknown):
            return value
    if not (isinstance(shift, Fraction) and isinstance(level, Fraction) and 0 <= shift < 1 and 0 < level <= 1):
        return Unknown("domain", "shift and level are shares")
    tables = [held.get(str(rows[i]["unit"]), {}) for i in members]
    indicators = sorted(tables[0])
    if any(sorted(table) != indicators for table in tables) or not indicators:
        return Unknown("missing", "an indicator")
    weights: dict[str, Fraction] = {}
    columns: dict[str, tuple[list[int], int]] = {}
    for indicator in indicators:
        points = [table[indicator][1] for table in tables]
        weight = tables[0][indicator][0]
        lost = next((v for v in (weight, *points) if not isinstance(v, Fraction)), None)
        if lost is not None or not isinstance(weight, Fraction):
            return lost if isinstance(lost, Unknown) else Unknown("missing", indicator)
        weights[indicator], columns[indicator] = weight, whole_numbers(points)
    return _drawn(members, columns, weights, shift, level, options["seed"])


def _drawn(
    members: list[int],
    columns: Mapping[str, tuple[list[int], int]],
    weights: Mapping[str, Fraction],
    shift: Fraction,
    level: Fraction,
    seed: object,
) -> dict[int, tuple[int, int]]:
    random = Random(str(seed))
    runs = [ranked(columns, weights, len(members))]
    for _ in range(RUNS):
        steps = {i: Fraction(int(random.random() * (_GRID + 1)) * 2 - _GRID, _GRID) for i in sorted(weights)}
        runs.append(ranked(columns, {i: w * (1 + shift * steps[i]) for i, w in weights.items()}, len(members)))
    cut = int((1 - level) / 2 * RUNS)
    spans = {}
    for k, member in enumerate(members):
        ranks = sorted(run[k] for run in runs)
        # the rank under the declared weights always lies inside
        spans[member] = (min(ranks[cut], runs[0][k]), max(ranks[-1 - cut], runs[0][k]))
    return spans


COLUMNS: Mapping[str, Callable[[Rows, Mapping[str, object]], list[Value]]] = {
    "rank_from": rank_from_column,
    "rank_to": rank_to_column,
}
