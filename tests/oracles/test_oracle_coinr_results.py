"""Results of COINr's example as read by people: scores, ranks in all and in groups, groups, one unit, high and low."""

import numpy as np
import pytest
from oracle_coinr import needs_golden
from test_oracle_coinr_diagnose import normalised
from test_oracle_coinr_steps import INDICATORS, Array, columns, direction, meta, number, rows
from test_oracle_coinr_tree import GROUPS

from zhishu.score.steps.describe import by_group
from zhishu.score.steps.diagnose import ranks
from zhishu.score.steps.stand_out import Stand, strengths, weaknesses

pytestmark = needs_golden


def units() -> list[str]:
    """Return the units in the order of every data set."""
    return [r["uCode"] for r in rows("01_meta_unit")]


def test_scores_and_ranks() -> None:
    """Of the index, every heading and every indicator, the best first."""
    scores, full, ranked = normalised(), rows("09_results_full"), rows("09_results_ranks")
    at = {u: n for n, u in enumerate(units())}
    order = sorted(at, key=lambda u: -scores["Index"][at[u]])
    assert [r["uCode"] for r in full] == order
    places = {c: ranks(x) for c, x in scores.items()}
    for row, rank in zip(full, sorted(ranked, key=lambda r: order.index(r["uCode"])), strict=True):
        n = at[row["uCode"]]
        assert places["Index"][n] == number(row["Rank"])
        for code in (*INDICATORS, *GROUPS):
            assert scores[code][n] == pytest.approx(number(row[code]), rel=1e-9, abs=1e-11)
            assert places[code][n] == number(rank[code])


def test_ranks_within_groups() -> None:
    """Of every heading, among the units of one income group."""
    scores, told = normalised(), {r["uCode"]: r for r in rows("09_results_groupranks_GDPpc")}
    groups = np.array([r["GDPpc_group"] for r in rows("01_meta_unit")])
    for group in np.unique(groups):
        inside = np.flatnonzero(groups == group)
        for code in GROUPS:
            wanted = [number(told[units()[n]][code]) for n in inside]
            assert ranks(scores[code][inside]).tolist() == wanted


def test_groups() -> None:
    """How many, mean, median, spread and range of each heading in each of four ways to group."""
    scores, told = normalised(), rows("09_group_stats_baseR")
    assert len(told) == 154
    for variable in ("GDP_group", "GDPpc_group", "Pop_group", "EurAsia_group"):
        groups = [r[variable] for r in rows("01_meta_unit")]
        mine = [r for r in told if r["group_var"] == variable]
        assert {r["group"] for r in mine} == set(groups)
        found = {code: by_group(scores[code], groups) for code in GROUPS}
        for row in mine:
            d = found[row["code"]][row["group"]]
            assert d.known == int(row["n"])
            numbers = (d.mean, d.median, d.spread, d.least, d.most)
            assert numbers == pytest.approx([number(row[c]) for c in ("mean", "median", "sd", "min", "max")], rel=1e-9)


def test_one_unit() -> None:
    """Score and rank of China in every heading."""
    scores, n = normalised(), units().index("CHN")
    told = rows("09_unit_summary_CHN")
    assert {r["Code"] for r in told} == set(GROUPS)
    for row in told:
        assert scores[row["Code"]][n] == pytest.approx(number(row["Score"]), rel=1e-9)
        assert ranks(scores[row["Code"]])[n] == number(row["Rank"])
        assert row["Name"] == meta("iName")[row["Code"]]


def turned() -> dict[str, Array]:
    """Return the raw figures, more being better, in COINr's order of indicators."""
    raw = columns("02_dset_Raw")
    return {r["iCode"]: raw[r["iCode"]] * direction(r["iCode"]) for r in rows("01_meta_ind") if r["iCode"] in raw}


def test_high_and_low() -> None:
    """The five indicators in which the raw figures of China rank highest and lowest, with pillar, figure and unit."""
    data, raw, n = turned(), columns("02_dset_Raw"), units().index("CHN")
    low = weaknesses(data, n, 6)
    # COINr leaves out a weakness at the greatest raw figure, though there less is better: the last of 51 is one
    assert low[-1] == Stand("FreePress", 51, 51)
    for told, mine in ((rows("09_strengths_CHN"), strengths(data, n)), (rows("09_weaknesses_CHN"), low[:-1])):
        # of ties COINr lists others first
        assert {(s.id, s.rank) for s in mine} == {(r["Code"], int(r["Rank"])) for r in told}
        assert [s.rank for s in mine] == [int(r["Rank"]) for r in told]
        for row in told:
            assert raw[row["Code"]][n] == pytest.approx(number(row["Value"]), rel=1e-9)
            for theirs, ours in (("Pillar", "Parent"), ("Unit", "Unit"), ("Name", "iName")):
                assert row[theirs] == meta(ours)[row["Code"]]
