"""A column of shares by a divisor method, each group dividing its own total."""

from collections.abc import Mapping
from fractions import Fraction

from zhishu.allocate.divisor import divide_by_divisors
from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown

Rows = list[dict[str, Value]]


def seats_column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    """Return each row's share of ``total`` by ``claim`` after Webster or Jefferson.

    Arguments: total, claim, where?, tie…?, group?. Options: method (``webster`` or ``jefferson``), step. Any
    unknown argument, and a total that differs inside a group, leaves the whole group unknown.

    >>> rows = [{"total": Fraction(3), "claim": Fraction(c)} for c in (2, 1)]
    >>> seats_column(rows, {"method": "webster", "unit_factor": Fraction(1)})
    [Fraction(2, 1), Fraction(1, 1)]
    """
    groups = [row.get("group", "") for row in rows]
    stray = next((g for g in groups if isinstance(g, Unknown)), None)
    if stray is not None:
        return [stray] * len(rows)
    found: dict[int, Value] = {}
    for group in dict.fromkeys(groups):
        members = [i for i, g in enumerate(groups) if g == group]
        found.update(zip(members, _seats([rows[i] for i in members], options), strict=True))
    return [found[i] for i in range(len(rows))]


def _seats(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    counted = [i for i, row in enumerate(rows) if row.get("where", True) is not False]
    unknown = next((v for i in counted for v in rows[i].values() if isinstance(v, Unknown)), None)
    if unknown is not None:
        return [unknown] * len(rows)
    totals = {row["total"] for row in rows}
    total = totals.pop()
    if totals or not isinstance(total, Fraction):
        return [Unknown("conflict", "totals differ") if totals else Unknown("domain", "total")] * len(rows)
    if not counted:
        return [Unknown("divide_by_zero", "no claims")] * len(rows)
    claims = [c for i in counted if isinstance(c := rows[i]["claim"], Fraction)]
    if len(claims) < len(counted):
        return [Unknown("domain", "claim is not a number")] * len(rows)
    factor = options.get("unit_factor", Fraction(1))
    step = Fraction(str(options.get("step", 1))) * (factor if isinstance(factor, Fraction) else 1)
    ties = [
        tuple(v for k in sorted(rows[i]) if k.startswith("tie") and isinstance(v := rows[i][k], Fraction))
        for i in counted
    ]
    shares = divide_by_divisors(total, claims, step, ties, str(options.get("method", "webster")))
    if isinstance(shares, Unknown):
        return [shares] * len(rows)
    by_row = dict(zip(counted, shares, strict=True))
    return [by_row.get(i, Fraction(0)) for i in range(len(rows))]
