"""Columns of a system that allocation fills: shares, ranks and awards."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from zhishu.allocate.award import Candidate, award
from zhishu.allocate.divide import divide
from zhishu.allocate.seats import seats_column
from zhishu.formula.evaluate import Value
from zhishu.logic import Truth, Unknown

Rows = list[dict[str, Value]]


def share_column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    """Return each row's share of ``total`` by ``claim``; a row whose ``where`` is false gets 0.

    Arguments: total, claim, where?, tie?, group? (each group divides its own total). Option: step, in the
    unit of the column (default 1). An unknown claim or condition makes every share of its group unknown:
    nobody's share is known before all claims are.
    """
    return _by_group(rows, lambda members: _shares(members, options))


def _by_group(rows: Rows, run: Callable[[Rows], list[Value]]) -> list[Value]:
    """Return the values of each group; an unknown group leaves every row open, since it may belong to any."""
    lost = next((g for row in rows if isinstance(g := row.get("group", ""), Unknown)), None)
    if lost is not None:
        return [lost] * len(rows)
    found: dict[int, Value] = {}
    for group in dict.fromkeys(row.get("group", "") for row in rows):
        members = [i for i, row in enumerate(rows) if row.get("group", "") == group]
        found.update(zip(members, run([rows[i] for i in members]), strict=True))
    return [found[i] for i in range(len(rows))]


def _common(rows: Rows, name: str) -> Value:
    """Return a value that all rows of a group must share; where they differ it is in conflict."""
    values = {row[name] for row in rows}
    return values.pop() if len(values) == 1 else Unknown("conflict", name)


def _shares(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    factor = options["unit_factor"]
    step = Fraction(str(options.get("step", 1))) * (factor if isinstance(factor, Fraction) else 1)
    total = _common(rows, "total")
    counted: list[int] = []
    claims: list[Fraction] = []
    for i, row in enumerate(rows):
        where = row.get("where", True)
        claim = row["claim"]
        if where is False:
            continue
        for value in (where, claim):
            if isinstance(value, Unknown):
                return [value] * len(rows)
        if not isinstance(claim, Fraction):
            return [Unknown("domain", "claim is not a number")] * len(rows)
        counted.append(i)
        claims.append(claim)
    ties = _ties([rows[i] for i in counted])
    if not isinstance(total, Fraction):
        return [total if isinstance(total, Unknown) else Unknown("domain", "total is not a number")] * len(rows)
    shares = divide(total, claims, step, ties)
    if isinstance(shares, Unknown):
        return [shares] * len(rows)
    by_row = dict(zip(counted, shares, strict=True))
    return [by_row.get(i, Fraction(0)) for i in range(len(rows))]


def _ties(rows: Rows) -> list[tuple[Fraction, ...]]:
    """Return the tie keys of each row, as far as all rows know them: an unknown key decides nothing."""
    keys: list[str] = []
    for name in sorted(name for name in (rows[0] if rows else {}) if name.startswith("tie")):
        if not all(isinstance(row[name], Fraction) for row in rows):
            break
        keys.append(name)
    return [tuple(v for name in keys if isinstance(v := row[name], Fraction)) for row in rows]


def _candidates(rows: Rows) -> list[Candidate]:
    found = []
    for i, (row, ties) in enumerate(zip(rows, _ties(rows), strict=True)):
        eligible: Truth = e if isinstance(e := row.get("eligible", True), bool | Unknown) else Unknown("domain")
        score = s if isinstance(s := row["score"], Fraction | Unknown) else Unknown("domain", "score")
        found.append(Candidate(str(i), "", score, ties, eligible))
    return found


def _quotas(rows: Rows) -> list[tuple[str, int]] | Unknown:
    """Return award names and quotas from arguments named ``quota_NAME``, in their order."""
    found = []
    for name in (n for n in rows[0] if n.startswith("quota_")):
        value = _common(rows, name)
        if not isinstance(value, Fraction) or value.denominator != 1 or value < 0:
            return value if isinstance(value, Unknown) else Unknown("domain", name)
        found.append((name.removeprefix("quota_"), int(value)))
    return found


def rank_column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    """Return each row's rank in its group. Arguments: score, group?, eligible?, tie?."""
    return _by_group(rows, lambda members: [place.rank for place in award(_candidates(members), [])])


def award_column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    """Return each row's award or ``none``. Arguments: score, group?, eligible?, tie?, quota_NAME … in order.

    Quotas may differ between groups; inside one they must agree.
    """

    def run(members: Rows) -> list[Value]:
        quotas = _quotas(members)
        if isinstance(quotas, Unknown):
            return [quotas] * len(members)
        return [place.award for place in award(_candidates(members), quotas)]

    return _by_group(rows, run)


COLUMNS: Mapping[str, Callable[[Rows, Mapping[str, object]], list[Value]]] = {
    "share": share_column,
    "rank": rank_column,
    "award": award_column,
    "seats": seats_column,
}
