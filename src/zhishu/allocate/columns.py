"""Columns of a system that allocation fills: shares, ranks and awards."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from zhishu.allocate.award import Candidate, award
from zhishu.allocate.divide import divide
from zhishu.formula.evaluate import Value
from zhishu.logic import Truth, Unknown

Rows = list[dict[str, Value]]


def share_column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    """Return each row's share of ``total`` by ``claim``; a row whose ``where`` is false gets 0.

    Arguments: total, claim, where?, tie?, group? (each group divides its own total). Option: step, in the
    unit of the column (default 1). An unknown claim or condition makes every share of its group unknown:
    nobody's share is known before all claims are.
    """
    found: dict[int, Value] = {}
    for group in dict.fromkeys(str(row.get("group", "")) for row in rows):
        members = [i for i, row in enumerate(rows) if str(row.get("group", "")) == group]
        found.update(zip(members, _shares([rows[i] for i in members], options), strict=True))
    return [found[i] for i in range(len(rows))]


def _shares(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    factor = options["unit_factor"]
    step = Fraction(str(options.get("step", 1))) * (factor if isinstance(factor, Fraction) else 1)
    total = rows[0]["total"]
    counted: list[int] = []
    claims: list[Fraction] = []
    ties: list[tuple[Fraction, ...]] = []
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
        ties.append(_ties(row))
    if not isinstance(total, Fraction):
        return [total if isinstance(total, Unknown) else Unknown("domain", "total is not a number")] * len(rows)
    shares = divide(total, claims, step, ties)
    if isinstance(shares, Unknown):
        return [shares] * len(rows)
    by_row = dict(zip(counted, shares, strict=True))
    return [by_row.get(i, Fraction(0)) for i in range(len(rows))]


def _ties(row: Mapping[str, Value]) -> tuple[Fraction, ...]:
    keys = sorted(name for name in row if name.startswith("tie"))
    return tuple(v if isinstance(v := row[name], Fraction) else Fraction(-(10**30)) for name in keys)


def _candidates(rows: Rows) -> list[Candidate]:
    found = []
    for i, row in enumerate(rows):
        eligible: Truth = e if isinstance(e := row.get("eligible", True), bool | Unknown) else Unknown("domain")
        score = s if isinstance(s := row["score"], Fraction | Unknown) else Unknown("domain", "score")
        found.append(Candidate(str(i), str(row.get("group", "")), score, _ties(row), eligible))
    return found


def _quotas(rows: Rows) -> list[tuple[str, int]] | Unknown:
    """Return award names and quotas from arguments named ``quota_NAME``, in their order."""
    found = []
    for name in rows[0] if rows else []:
        if name.startswith("quota_"):
            value = rows[0][name]
            if not isinstance(value, Fraction) or value.denominator != 1 or value < 0:
                return value if isinstance(value, Unknown) else Unknown("domain", name)
            found.append((name.removeprefix("quota_"), int(value)))
    return found


def rank_column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    """Return each row's rank in its group. Arguments: score, group?, eligible?, tie?."""
    return [place.rank for place in award(_candidates(rows), [])]


def award_column(rows: Rows, options: Mapping[str, object]) -> list[Value]:
    """Return each row's award or ``none``. Arguments: score, group?, eligible?, tie?, quota_NAME … in order.

    Quotas are read from each group's first row, so they may differ between groups.
    """
    found: dict[int, Value] = {}
    candidates = _candidates(rows)
    for group in dict.fromkeys(c.group for c in candidates):
        members = [i for i, c in enumerate(candidates) if c.group == group]
        quotas = _quotas([rows[i] for i in members])
        if isinstance(quotas, Unknown):
            found.update(dict.fromkeys(members, quotas))
            continue
        places = award([candidates[i] for i in members], quotas)
        found.update({i: place.award for i, place in zip(members, places, strict=True)})
    return [found[i] for i in range(len(rows))]


COLUMNS: Mapping[str, Callable[[Rows, Mapping[str, object]], list[Value]]] = {
    "share": share_column,
    "rank": rank_column,
    "award": award_column,
}
