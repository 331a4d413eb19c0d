"""Inequality over regions: known answers, exact domains, decomposition, and the laws every index obeys."""

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.logic import Unknown
from zhishu.measure.inequality import Amounts, gini, hoover, theil, theil_by_zone, variation
from zhishu.study import Study
from zhishu.study.figures import grid

ALL = (theil, gini, variation, hoover)

amounts = st.integers(0, 10**6).map(Fraction)
people = st.integers(1, 10**5).map(Fraction)
regions = st.lists(st.tuples(amounts, people), min_size=2, max_size=12).filter(lambda rows: any(a for a, _ in rows))


def columns(rows: list[tuple[Fraction, Fraction]]) -> tuple[Amounts, Amounts, list[str]]:
    """Return amounts, people and codes of some regions."""
    codes = [f"r{i:02d}" for i in range(len(rows))]
    return (
        dict(zip(codes, (a for a, _ in rows), strict=True)),
        dict(zip(codes, (p for _, p in rows), strict=True)),
        codes,
    )


def close(a: object, b: object, within: float = 1e-25) -> bool:
    """Return whether two results are the same number, up to the 40 digits of a logarithm."""
    return isinstance(a, Fraction) and isinstance(b, Fraction) and abs(a - b) <= Fraction(within)


@settings(max_examples=60, deadline=None)
@given(regions)
def test_numpy_gives_the_same_numbers(rows: list[tuple[Fraction, Fraction]]) -> None:
    """Each index is its textbook formula, written once more with arrays."""
    a = np.array([float(x) for x, _ in rows])
    p = np.array([float(x) for _, x in rows])
    per_head, weight = a / p, p / p.sum()
    mean = a.sum() / p.sum()
    ratio = per_head / mean
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(ratio > 0, ratio * np.log(ratio), 0.0)
    difference = np.abs(per_head[:, None] - per_head[None, :])
    expected = {
        theil: (weight * logs).sum(),
        gini: (weight[:, None] * weight[None, :] * difference).sum() / (2 * mean),
        variation: np.sqrt((weight * (ratio - 1) ** 2).sum()),
        hoover: np.abs(a / a.sum() - weight).sum() / 2,
    }
    for index, number in expected.items():
        found = index(*columns(rows))
        assert isinstance(found, Fraction)
        assert float(found) == pytest.approx(float(number), rel=1e-9, abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(regions, st.integers(2, 1000), st.integers(2, 1000))
def test_units_of_money_and_of_people_do_not_matter(rows: list[tuple[Fraction, Fraction]], k: int, m: int) -> None:
    """元 or 万元, 人 or 万人: the same inequality."""
    scaled = [(a / k, p * m) for a, p in rows]
    for index in ALL:
        assert close(index(*columns(rows)), index(*columns(scaled)))


@settings(max_examples=60, deadline=None)
@given(regions)
def test_a_copy_of_every_region_changes_nothing(rows: list[tuple[Fraction, Fraction]]) -> None:
    """Replication invariance, and splitting a region into two equal halves changes nothing either."""
    halves = [(a / 2, p / 2) for a, p in rows] * 2
    for index in ALL:
        assert close(index(*columns(rows)), index(*columns(rows * 2)))
        assert close(index(*columns(rows)), index(*columns(halves)))


@settings(max_examples=60, deadline=None)
@given(regions)
def test_inequality_is_zero_for_equal_shares_and_never_negative(rows: list[tuple[Fraction, Fraction]]) -> None:
    """Equal amounts per head give exactly 0; anything else is at least 0, Gini and Hoover below 1."""
    equal = [(p * 7, p) for _, p in rows]
    for index in ALL:
        assert index(*columns(equal)) == 0
        found = index(*columns(rows))
        assert isinstance(found, Fraction)
        assert found >= -Fraction(1, 10**30)
    for index in (gini, hoover):
        assert index(*columns(rows)) < 1


@settings(max_examples=60, deadline=None)
@given(regions, st.data())
def test_between_and_within_make_the_whole(rows: list[tuple[Fraction, Fraction]], data: st.DataObject) -> None:
    """Theil's T splits without a rest, whatever the zones."""
    money, heads, codes = columns(rows)
    cut = data.draw(st.integers(1, len(codes) - 1))
    found = theil_by_zone(money, heads, {"west": codes[:cut], "east": codes[cut:]})
    assert isinstance(found.between, Fraction)
    assert isinstance(found.within, Fraction)
    assert close(found.total, found.between + found.within)
    assert found.within >= -Fraction(1, 10**30)


def test_a_transfer_from_rich_to_poor_lowers_inequality() -> None:
    """The principle of transfers; Hoover only where the mean is crossed."""
    before = columns([(Fraction(10), Fraction(1)), (Fraction(2), Fraction(1)), (Fraction(3), Fraction(1))])
    after = columns([(Fraction(9), Fraction(1)), (Fraction(3), Fraction(1)), (Fraction(3), Fraction(1))])
    for index in ALL:
        assert index(*after) < index(*before)


@pytest.mark.parametrize("index", ALL)
def test_t48_what_is_missing_makes_inequality_unknown(index: object) -> None:
    """A region without figures, a negative amount, no people, nothing to share: unknown, with the region."""
    one = Fraction(1)
    assert callable(index)
    assert index({"511300": one}, {"511300": one}, ["511300", "513200"]) == Unknown("missing", "513200")
    held = {"a": one, "b": Unknown("conflict", "two sources")}
    assert index(held, {"a": one, "b": one}, ["a", "b"]) == Unknown("conflict", "b")
    assert index({"a": -one, "b": one}, {"a": one, "b": one}, ["a", "b"]) == Unknown("domain", "a")
    assert index({"a": one, "b": one}, {"a": one, "b": Fraction(0)}, ["a", "b"]) == Unknown("domain", "b")
    assert index({"a": Fraction(0)}, {"a": one}, ["a"]) == Unknown("divide_by_zero", "total")
    assert index({}, {}, []) == Unknown("empty")


def test_zones_that_overlap_are_refused() -> None:
    """成都平原经济区 = 成都 + 环成都经济圈: a member of two zones would be counted twice."""
    one = Fraction(1)
    found = theil_by_zone({"a": one, "b": one}, {"a": one, "b": one}, {"plain": ["a", "b"], "ring": ["b"]})
    assert found.total == Unknown("domain", "zones")
    assert found.zones["ring"] == Unknown("domain", "zones")


def test_real_inequality_is_known_until_the_figures_stop(study: Study) -> None:
    """Over the 21 prefectures, 2021 is known; 2022 lacks three populations and is unknown, not lower."""
    cells = grid(study, date(2026, 11, 23))
    codes = [r.code for r in study.data.regions.level("prefecture", date(2021, 12, 31))]
    zones: dict[str, list[str]] = {}
    for code in codes:
        zones.setdefault(study.data.regions.zone_of(code) or "", []).append(code)

    def column(name: str, year: int) -> Amounts:
        return {code: cells.cell(name, code, year)[0] for code in codes}

    found = theil_by_zone(column("gdp", 2021), column("pop_resident_yearend", 2021), zones)
    assert isinstance(found.total, Fraction)
    assert isinstance(found.between, Fraction)
    assert isinstance(found.within, Fraction)
    assert close(found.total, found.between + found.within)
    assert 0 < found.total < 1
    later = theil(column("gdp", 2022), column("pop_resident_yearend", 2022), codes)
    assert isinstance(later, Unknown)
    assert later.reason == "missing"
