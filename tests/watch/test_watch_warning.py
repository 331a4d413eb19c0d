"""Warnings open after enough periods, close only beyond the second line, and an unknown moves nothing."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.logic import Unknown
from zhishu.pack.warning import Direction, Threshold
from zhishu.watch.warning import Value, Warned, WarningRule, warn

RANK = {"none": 0, "yellow": 1, "red": 2}
LINES = {"yellow": Threshold(Fraction(5), Fraction(6)), "red": Threshold(Fraction(3), Fraction(4))}


def run(rule: WarningRule, values: list[Value]) -> Warned:
    """Return what a series of yearly values gives."""
    return warn(rule, "510100", [(str(2000 + i), v) for i, v in enumerate(values)])


def levels(rule: WarningRule, values: list[Value]) -> list[str]:
    """Return the level in each period."""
    return [level for _, level in run(rule, values).levels]


def oracle(rule: WarningRule, values: list[Value]) -> list[str]:
    """Return the levels by looking back over the whole series at every period, level by level.

    A level stands where the last period that opened it (its n values all known and at the line) is later than
    the last one that lay beyond the line of return.
    """

    def bad(value: Value, line: Fraction) -> bool:
        if isinstance(value, Unknown):
            return False
        return value >= line if rule.direction == "above" else value <= line

    n, found = rule.persistence, []
    for now in range(len(values)):
        best = "none"
        for level, line in rule.levels.items():
            opened = [t for t in range(n - 1, now + 1) if all(bad(v, line.on) for v in values[t - n + 1 : t + 1])]
            ended = [t for t in range(now + 1) if not isinstance(values[t], Unknown) and not bad(values[t], line.off)]
            if max(opened, default=-1) > max(ended, default=-1):
                best = level
        found.append(best)
    return found


QUARTERS = st.integers(-20, 20).map(lambda n: Fraction(n, 2))
VALUES: st.SearchStrategy[list[Value]] = st.lists(st.one_of(QUARTERS, st.just(Unknown("missing"))), max_size=14)


@st.composite
def rules(draw: st.DrawFn) -> WarningRule:
    """Return rules that a pack may declare: off on the milder side of on, red never milder than yellow."""
    direction: Direction = draw(st.sampled_from(["above", "below"]))
    sign = 1 if direction == "above" else -1
    on = [sign * v for v in sorted(draw(st.lists(QUARTERS, min_size=2, max_size=2)))]
    width = [abs(v) for v in draw(st.lists(QUARTERS, min_size=2, max_size=2))]
    yellow = Threshold(on[0] * sign * sign, on[0] - sign * width[0])
    red_off = on[1] - sign * width[1]
    red_off = max(red_off, yellow.off) if sign > 0 else min(red_off, yellow.off)
    both = {"yellow": yellow, "red": Threshold(on[1], red_off)}
    chosen = draw(st.sampled_from([("yellow",), ("red",), ("yellow", "red")]))
    return WarningRule(direction, {level: both[level] for level in chosen}, draw(st.integers(1, 3)))


@given(rules(), VALUES)
@settings(max_examples=400)
def test_levels_are_those_of_a_look_back_over_everything(rule: WarningRule, values: list[Value]) -> None:
    """An independent definition without any state gives the same levels."""
    assert levels(rule, values) == oracle(rule, values)


@given(rules(), VALUES)
@settings(max_examples=200)
def test_episodes_say_what_the_levels_say(rule: WarningRule, values: list[Value]) -> None:
    """Each period belongs to the one episode open in it; evidence is known, successive and at the line."""
    found = run(rule, values)
    inside = {}
    for episode in found.episodes:
        assert len(episode.evidence) == rule.persistence
        assert episode.evidence[-1][0] == episode.opened
        changes = dict(episode.levels)
        level = "none"
        for period, _ in found.levels:
            level = changes.get(period, level)
            if period >= episode.opened and (episode.closed is None or period < episode.closed):
                inside[period] = level
    assert [inside.get(p, "none") for p, _ in found.levels] == [level for _, level in found.levels]
    assert [p for p, _ in found.gaps] == [str(2000 + i) for i, v in enumerate(values) if isinstance(v, Unknown)]
    assert found == run(rule, values)


@given(rules(), VALUES, st.lists(st.integers(0, 8), min_size=14, max_size=14))
@settings(max_examples=300)
def test_t47_more_extreme_values_never_give_a_lower_level(
    rule: WarningRule, values: list[Value], more: list[int]
) -> None:
    """Every known value moved in the bad direction: no period is milder."""
    sign = 1 if rule.direction == "above" else -1
    worse = [v if isinstance(v, Unknown) else v + sign * m for v, m in zip(values, more, strict=False)]
    for mild, grave in zip(levels(rule, values), levels(rule, worse), strict=True):
        assert RANK[mild] <= RANK[grave]


@given(rules(), VALUES, st.data())
@settings(max_examples=200)
def test_t48_an_unknown_neither_opens_nor_closes(rule: WarningRule, values: list[Value], data: st.DataObject) -> None:
    """In the period itself the level is the one before, whatever stands around it."""
    at = data.draw(st.integers(0, len(values)))
    found = ["none", *levels(rule, [*values[:at], Unknown("missing"), *values[at:]])]
    assert found[at + 1] == found[at]


@given(rules(), VALUES, st.data())
@settings(max_examples=200)
def test_within_the_band_nothing_flaps(rule: WarningRule, values: list[Value], data: st.DataObject) -> None:
    """Values strictly between the two lines of the only level change nothing, however they wander."""
    rule = WarningRule(rule.direction, dict([next(iter(rule.levels.items()))]), rule.persistence)
    ((_, line),) = rule.levels.items()
    inner = st.fractions(min(line.on, line.off), max(line.on, line.off)).filter(lambda v: v != line.on)
    wander: list[Value] = data.draw(st.lists(inner, max_size=6)) if line.on != line.off else []
    found = ["none", *levels(rule, [*values, *wander])]
    assert set(found[len(values) :]) == {found[len(values)]}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([7, 5, "4.9", "5.5", 6, "6.1"], "none none yellow yellow yellow none"),
        ([3, 3, 4, "4.1", 6, "6.1"], "none red red yellow yellow none"),
        ([4, None, 4, 4], "none none none yellow"),
        ([4, 4, None, None], "none yellow yellow yellow"),
        ([None, 2, 2], "none none red"),
        ([], ""),
    ],
)
def test_small_series(values: list[int | str | None], expected: str) -> None:
    """Below 5 for two periods is yellow until above 6, below 3 red until above 4."""
    rule = WarningRule("below", LINES, 2)
    series: list[Value] = [Unknown("missing") if v is None else Fraction(v) for v in values]
    assert levels(rule, series) == expected.split()


def test_a_gap_while_open_is_named_with_its_reason() -> None:
    """The episode carries the unknown periods and the value that closed it."""
    rule = WarningRule("below", LINES, 1)
    (found,) = run(rule, [Fraction(4), Unknown("break", "2020"), Fraction(7)]).episodes
    assert (found.opened, found.closed, found.closing) == ("2000", "2002", 7)
    assert found.gaps == (("2001", Unknown("break", "2020")),)
