"""Our tree holds COINr's structure: who stands under whom, directions, weights; and the units of its example."""

import numpy as np
import pytest
from oracle_coinr import needs_golden
from test_oracle_coinr_steps import INDICATORS, number, rows
from test_oracle_coinr_tree import GROUPS, tree

from zhishu.score.steps.denominate import denominate

pytestmark = needs_golden


def test_lineage() -> None:
    """The pillar, the sub-index and the index above each indicator."""
    told = rows("01_lineage")
    assert sorted(r["Indicator"] for r in told) == sorted(INDICATORS)
    for row in told:
        assert tree().above(row["Indicator"]) == (row["Pillar"], row["Sub-index"], row["Index"])


def test_indicators_and_headings() -> None:
    """Parent, level, direction and weight of each as declared at first."""
    declared = {r["iCode"]: r for r in rows("00_iMeta")}
    weights = {c: w for node in tree().nodes for c, w in zip(node.children, node.weights, strict=True)}
    told = {r["iCode"]: r for r in rows("01_meta_ind")}
    assert set(told) == set(declared)
    for code, row in told.items():
        assert all(row[c] == declared[code][c] for c in ("Level", "Direction", "Weight", "Parent", "Type"))
        if code in weights:
            assert tree().above(code)[0] == row["Parent"]
            assert len(tree().above(code)) == 4 - int(row["Level"])
            assert weights[code] == number(row["Weight"])
    original = {r["iCode"]: number(r["Weight"]) for r in rows("01_weights_original")}
    assert set(original) == {*INDICATORS, *GROUPS}
    assert {c: w for c, w in original.items() if c != "Index"} == weights


def test_units() -> None:
    """Groups and denominators of each unit, in the order of every data set."""
    told, brought = rows("01_meta_unit"), {r["uCode"]: r for r in rows("00_iData")}
    assert [r["uCode"] for r in told] == [r["uCode"] for r in rows("02_dset_Raw")]
    for row in told:
        assert row == {c: brought[row["uCode"]][c] for c in row}


def test_the_world_over_its_people() -> None:
    """249 economies: where output or population is missing there is no quotient, and never an infinite one."""
    world = rows("00_WorldDenoms")
    output, people = (np.array([number(r[c]) for r in world]) for c in ("GDP", "Population"))
    found = denominate(output, people, 1000)
    assert len(world) == 249
    assert np.array_equal(np.isnan(found.values), np.isnan(output) | np.isnan(people))
    assert set(found.lost.values()) <= {"no_denominator"}
    known = ~np.isnan(found.values)
    assert found.values[known] == pytest.approx(output[known] / people[known] * 1000, rel=1e-12)
