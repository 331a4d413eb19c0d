"""Rank reversal: which of the others change order when a unit leaves, why, and who set the ends."""

from typing import Unpack

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.errors import ZhishuError
from zhishu.score.index import Index
from zhishu.score.leaving import places, without
from zhishu.score.leaving_told import Leaving, ends_of, leavings
from zhishu.score.table import Options, index_of
from zhishu.score.years_table import panel_of

STRETCHED = "u,产出,研发\n甲,4,1\n乙,1,3\n丙,0,4\n丁,20,0\n"


def looked(index: Index) -> dict[str, Leaving]:
    """Return what happens when each unit leaves, by unit."""
    return {one.unit: one for one in leavings(index.units, index.study, index.recipe)}


def test_who_stretches_a_scale_turns_the_order_of_others() -> None:
    """丁 makes 产出 run to 20: without it 甲 passes 乙 and 丙; the ends it sets alone are told."""
    found = looked(index_of(STRETCHED.encode(), "a.csv"))
    assert {(s.first, s.second) for s in found["丁"].swaps} == {("乙", "甲"), ("丙", "甲")}
    assert {s.cause for s in found["丁"].swaps} == {"scale"}
    assert [(e.column, e.end, e.value) for e in found["丁"].sets] == [("产出", "max", 20.0), ("研发", "min", 0.0)]
    assert found["丁"].says().zh.startswith("丁退出：2 对次序改变：乙—甲（尺度）、丙—甲（尺度")
    assert "it alone sets the maximum of 产出, 20" in found["丁"].says().en
    assert found["甲"].swaps == ()
    assert found["甲"].says().en == "without 甲: the order of the others stays"


def test_votes_turn_though_no_scale_changes() -> None:
    """Pairwise votes: with places for figures, whoever leaves takes wins and losses of others along."""
    text = "u,a,b,c\n甲,5,1,4\n乙,4,5,1\n丙,1,4,5\n丁,3,3,0\n戊,2,0,3\n"
    causes = {s.cause for one in looked(index_of(text.encode(), "a.csv", mean="copeland")).values() for s in one.swaps}
    assert causes == {"comparison"}


def test_treatment_is_another_one_without_a_unit() -> None:
    """甲 is far out and drawn in; without it nothing is treated any more, and the scale is another one besides."""
    rows = [(90, 0), (4, 3), (3, 4), (3, 5), (2, 6), (2, 6), (1, 9)]
    text = "u,a,b\n" + "".join(f"u{n},{a},{b}\n" for n, (a, b) in enumerate(rows))
    index = index_of(text.encode(), "a.csv", winsorise=5)
    found = looked(index)
    for one in found.values():
        after = places(without(index.study, index.recipe, index.units.index(one.unit)))
        before = places(np.delete(index.study.scores(index.recipe)["index"], index.units.index(one.unit)))
        assert bool(one.swaps) == bool((before != after).any())
    assert {"scale", "treatment"} >= {s.cause for one in found.values() for s in one.swaps}


def test_nobody_turns_anything_on_fixed_places() -> None:
    """One column: the order is that of the figures, whoever leaves."""
    found = looked(index_of("u,a\n甲,3\n乙,2\n丙,1\n".encode(), "a.csv"))
    assert all(not one.swaps and not one.lost for one in found.values())
    assert [(e.end, e.units) for e in found["甲"].sets] == [("max", ("甲",))]


def test_several_years_and_a_unit_that_leaves_all_of_them() -> None:
    """Ranks within each year, one scale for both: the pair says in which year."""
    text = "u,y,产出,研发\n" + "".join(
        f"{line.partition(',')[0]},{y},{line.partition(',')[2]}\n"
        for y in (2018, 2019)
        for line in STRETCHED.split()[1:]
    )
    panel = panel_of(text.encode(), "a.csv", "y")
    found = {x.unit: x for x in leavings(panel.units, panel.index.study, panel.index.recipe, panel.years)}
    assert {(s.first, s.second, s.year) for s in found["丁"].swaps} == {
        (a, b, y) for a, b in (("乙", "甲"), ("丙", "甲")) for y in (2018, 2019)
    }
    assert [e.units for e in ends_of(panel.units, panel.index.study, panel.index.recipe)][1] == ("丁",)


def test_who_loses_a_score_is_named() -> None:
    """Without 丁 all have the same output."""
    found = looked(index_of("u,产出,研发\n甲,1,1\n乙,1,3\n丙,1,4\n丁,20,2\n".encode(), "a.csv"))
    assert found["丁"].lost == ("甲", "乙", "丙")


tables = st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=4, max_size=8)


@settings(max_examples=40, deadline=None)
@given(tables, st.sampled_from(["arithmetic", "copeland"]), st.sampled_from(["minmax", "zscore", "rank"]))
def test_pairs_are_those_of_the_index_without_the_unit(rows: list[list[int]], mean: str, scale: str) -> None:
    """A unit that leaves and comes back: away, the order is that of the table without it; back, all is as it was."""
    lines = [f"u{n},{a},{b},{c}\n" for n, (a, b, c) in enumerate(rows)]
    if any(len(set(column)) < 3 for column in zip(*rows, strict=True)):
        return
    whole = index_of(("u,a,b,c\n" + "".join(lines)).encode(), "a.csv", mean=mean, scale=scale)
    before = whole.scores()
    for one in leavings(whole.units, whole.study, whole.recipe):
        n = whole.units.index(one.unit)
        less = "".join(lines[:n] + lines[n + 1 :])
        away = index_of(("u,a,b,c\n" + less).encode(), "a.csv", mean=mean, scale=scale).scores()
        turned = set()
        for a in away:
            for b in away:
                if before[a] is None or away[a] is None or before[b] is None or away[b] is None:
                    continue
                was, now = (np.sign(round(s[a] - s[b], 8)) for s in (before, away))  # type: ignore[operator]  # known here
                if was != now and (was > 0 or (was == 0 and a < b)):
                    turned.add(frozenset((a, b)))
        assert {frozenset((s.first, s.second)) for s in one.swaps} == turned
        back = index_of(("u,a,b,c\n" + less + lines[n]).encode(), "a.csv", mean=mean, scale=scale).scores()
        assert back == pytest.approx(before, nan_ok=True)


def looked_at(text: str, **options: Unpack[Options]) -> None:
    """Make an index of a table and have every unit leave it."""
    index = index_of(text.encode(), "a.csv", **options)
    leavings(index.units, index.study, index.recipe)


def test_what_cannot_be_looked_at_is_refused() -> None:
    """A column without a figure, nobody with a score, more units than can leave one after the other."""
    for text, options, code in (
        ("u,a,b\n甲,1,…\n乙,2,…\n", {}, "index-no-figure"),
        ("u,a,b\n甲,1,…\n乙,2,…\n丙,…,2\n丁,…,3\n", {}, "index-empty"),
        ("u,a\n" + "".join(f"u{n},{n}\n" for n in range(2500)), {"scale": "zscore"}, "index-too-large"),
    ):
        with pytest.raises(ZhishuError) as caught:
            looked_at(text, **options)  # type: ignore[arg-type]  # options of several kinds
        assert {p.code for p in caught.value.problems} == {code}
