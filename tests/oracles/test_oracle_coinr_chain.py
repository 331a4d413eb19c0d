"""The whole example by our own steps in order, from the raw figures to the index, and what each data set looks like."""

from collections.abc import Mapping

import numpy as np
import pytest
from oracle_coinr import needs_golden
from test_oracle_coinr_steps import INDICATORS, Array, columns, direction, meta, number, rows
from test_oracle_coinr_tree import GROUPS, tree

from zhishu.score.steps.denominate import denominate
from zhishu.score.steps.describe import describe
from zhishu.score.steps.diagnose import correlation
from zhishu.score.steps.impute import by_centre
from zhishu.score.steps.normalise import minmax
from zhishu.score.steps.screen import Screened, screen
from zhishu.score.steps.treat import Treated, treat

pytestmark = needs_golden
Sets = dict[str, dict[str, Array]]


def unit(column: str) -> Array:
    """Return a denominator over the units."""
    return np.array([number(r[column]) for r in rows("01_meta_unit")])


def chain() -> tuple[Sets, list[Screened], dict[str, Treated]]:
    """Return every data set by its name, made from the raw one alone, and the records of screening and treatment."""
    raw, by = columns("02_dset_Raw"), meta("Denominator")
    made: Sets = {"02_dset_Raw": raw}
    made["02_dset_Denominated"] = {c: denominate(x, unit(by[c])).values if by[c] else x for c, x in raw.items()}
    groups = [r["EurAsia_group"] for r in rows("01_meta_unit")]
    made["02_dset_Imputed"] = {c: by_centre(x, "mean", groups) for c, x in made["02_dset_Denominated"].items()}
    seen = screen(np.column_stack(list(made["02_dset_Imputed"].values())), 0.9)
    kept = np.array([s.kept for s in seen])
    made["02_dset_Screened"] = {c: x[kept] for c, x in made["02_dset_Imputed"].items()}
    record = {c: treat(x, 5) for c, x in made["02_dset_Screened"].items()}
    made["02_dset_Treated"] = {c: t.values for c, t in record.items()}
    made["02_dset_Normalised"] = {c: minmax(x, direction(c)) for c, x in made["02_dset_Treated"].items()}
    scores = tree().scores(made["02_dset_Normalised"])
    made["02_dset_Aggregated"] = {**made["02_dset_Normalised"], **scores}
    return made, seen, record


def told(name: str) -> dict[str, Array]:
    """Return the columns of a golden data set, headings too."""
    table = rows(name)
    return {c: np.array([number(r[c]) for r in table]) for c in (*INDICATORS, *GROUPS) if c in table[0]}


def differ(mine: Mapping[str, Array], theirs: Mapping[str, Array]) -> list[str]:
    """Return the columns that are not the same to 1e-9 of each figure; a zero is a zero but for 1e-12 of the column."""
    assert set(mine) == set(theirs)
    return [
        c
        for c, x in theirs.items()
        if not np.allclose(mine[c], x, rtol=1e-9, atol=1e-12 * float(np.nanmax(np.abs(x))), equal_nan=True)
    ]


@pytest.mark.parametrize(
    "golden",
    [
        "02_dset_Raw",
        "02_dset_Denominated",
        "02_dset_Imputed",
        "02_dset_Screened",
        "02_dset_Treated",
        "02_dset_Normalised",
        "02_dset_Aggregated",
    ],
)
def test_every_data_set_of_the_chain(golden: str) -> None:
    """Each from the one before it as we made it, never from COINr's."""
    assert differ(chain()[0][golden], told(golden)) == []


def test_screening() -> None:
    """What is known of each unit after imputation, and who stays."""
    seen = chain()[1]
    for mine, row in zip(seen, rows("02_screen_summary"), strict=True):
        assert [str(mine.missing), str(mine.zeros)] == [row["N_missing"], row["N_zero"]]
        assert mine.known == number(row["Dat_Avail"])
        assert mine.nonzero == pytest.approx(number(row["Non_Zero"]), rel=1e-12)
        assert [mine.kept, "missing" in mine.why, "zeros" in mine.why] == [
            row[c] == "TRUE" for c in ("Included", "LowData", "LowNonZero")
        ]


def test_treated_cells() -> None:
    """Every cell that was drawn in, and to which side; no other."""
    made, _, record = chain()
    before, after = made["02_dset_Screened"], made["02_dset_Treated"]
    for n, row in enumerate(rows("03_treat_points")):
        for code in INDICATORS:
            high = "winhi" if before[code][n] > after[code][n] else "winlo"
            assert row[code] == (high if n in record[code].touched else "")
    assert sum(len(t.touched) for t in record.values()) == 35


def test_description_of_every_data_set() -> None:
    """Seven data sets, 354 columns: all statistics, shares and flags."""
    made = chain()[0]
    stats = rows("03_stats_all_dsets")
    assert len(stats) == 354
    for row in stats:
        d = describe(made[f"02_dset_{row['dset']}"][row["iCode"]])
        numbers = (d.least, d.most, d.mean, d.median, d.spread, d.skew, d.kurt)
        for name, mine in zip(("Min", "Max", "Mean", "Median", "Std", "Skew", "Kurt"), numbers, strict=True):
            assert mine == pytest.approx(number(row[name]), rel=1e-9, abs=1e-16), (row["dset"], row["iCode"], name)
        for name, count, of in (
            ("Avail", d.known, d.units),
            ("NonZero", d.nonzero, d.known),
            ("Unique", d.distinct, d.known),
            ("Same", d.same, d.known),
        ):
            assert (count, count / of) == (int(row[f"N.{name}"]), pytest.approx(number(row[f"Frc.{name}"]), rel=1e-12))
        # COINr's limits of 65 % known, 50 % not zero, 50 % apart
        assert [row[f"Flag.{f}"] for f in ("Avail", "NonZero", "Unique")] == [
            "LOW" if share < least else "ok"
            for share, least in ((d.known / d.units, 0.65), (d.nonzero / d.known, 0.5), (d.distinct / d.known, 0.5))
        ]
        assert row["Flag.SkewKurt"] == ("ok" if d.even else "OUT")


def test_denominated_as_told() -> None:
    """Three indicators, each by a denominator and a factor of its own."""
    by = {r["iCode"]: r for r in rows("08_denomby")}
    mine = {
        c: denominate(x, unit(by[c]["Denominator"]), number(by[c]["ScaleFactor"])).values if c in by else x
        for c, x in columns("02_dset_Raw").items()
    }
    assert differ(mine, told("08_denominated_custom")) == []


def test_which_indicators_go_with_size() -> None:
    """All that correlate above 0.6 with a possible denominator, and no others."""
    raw = columns("02_dset_Raw")
    found = {(c, d): correlation(x, unit(d)) for c, x in raw.items() for d in ("Area", "Energy", "GDP", "Population")}
    wanted = {(r["Ind"], r["Denom"]): number(r["Corr"]) for r in rows("08_denom_corr")}
    assert {k: v for k, v in found.items() if abs(v) > 0.6} == pytest.approx(wanted, rel=1e-9)
