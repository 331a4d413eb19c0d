"""Every open reading of every target: computed where the figures allow, undecided where nothing is held."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from zhishu.pack.target import Target
from zhishu.study import Study
from zhishu.study.figures import evidence, grid
from zhishu.study.targets import RULES, judge_target, judge_targets
from zhishu.watch import Evidence, watch

NOW = date(2026, 11, 23)
SILENT = {
    "no_figures",
    "figures_before_adoption",
    "no_comparable_figures",
    "no_comparator",
    "no_baseline",
    "part_of_sum",
    "part_of_years",
}


def share(points: str) -> Fraction:
    """Return percentage points as a share."""
    return Fraction(points) / 100


# A reading of the shared table → what it changes in the target.
COMPUTED: dict[tuple[str, str], dict[str, object]] = {
    ("service-share-55", "±1 point: 54–56"): {"within": share("1")},
    ("service-share-55", "±2 points: 53–57"): {"within": share("2")},
    ("service-share-55", "±3 points: 52–58"): {"within": share("3")},
    ("service-share-55", "one-sided: at least 55 less the band"): {"op": ">="},
    ("service-share-55", "any year up to 2022 counts"): {"any_year": True},
    ("hsr-2300km-target", "五年 counted like 今后3年 in 24.1: end of 2022"): {"by": date(2022, 12, 31)},
    ("hsr-2300km-target", "five calendar years: end of 2023"): {"by": date(2023, 12, 31)},
    ("poverty-headcount-171", "stock reaches 0"): {},
    ("poverty-headcount-171", "今后3年 ends on 30 June 2021"): {"by": date(2021, 6, 30)},
    ("village-exit-5295", "cumulative exits"): {},
    ("village-exit-5295", "今后3年 ends on 30 June 2021"): {"by": date(2021, 6, 30)},
    ("county-exit-68", "exit year as assigned"): {},
    ("county-exit-68", "stock reaches 0"): {
        "stock": "poor_counties_remaining",
        "stock_from": "zero",
        "flows": (),
    },
    ("livelihood-spending-share", "±1 point: 64–66"): {"within": share("1")},
    ("livelihood-spending-share", "±0.75 point"): {"within": share("0.75")},
    ("livelihood-spending-share", "±0.5 point: 64.5–65.5"): {"within": share("0.5")},
    ("livelihood-spending-share", "floor: not below 64 (确保)"): {"op": ">=", "within": share("1")},
    ("livelihood-spending-share", "floor: not below 65"): {"op": ">=", "within": Fraction(0)},
}
# A reading that says met, and why the verb does not compute it.
NOT_COMPUTED = {
    (
        "poverty-headcount-171",
        "flow: exits 2018–2020 sum to 171万 or more",
    ): "104 of the sum is planned; plans never prove",
    ("village-exit-5295", "stock reaches 0"): "no row of the villages remaining at the end of 2020",
    (
        "county-exit-68",
        "date of formal approval (the year after) instead of exit year",
    ): "no row by year of approval",
}


def readings(expected: dict[str, dict[str, object]]) -> dict[tuple[str, str], str]:
    """Return the expected verdict of each open reading by target and wording."""
    found: dict[tuple[str, str], str] = {}
    for key, row in expected.items():
        held = row["open_readings"]
        assert isinstance(held, list)
        found.update({(key, r["reading"]): r["expected"] for r in held})
    return found


def judged(study: Study, target: Target) -> str:
    """Return the verdict on a changed target from the shipped figures."""
    return watch(target, evidence(study, target, grid(study, NOW)), NOW, RULES).verdict


def test_every_computable_reading(study: Study, expected_targets: dict[str, dict[str, object]]) -> None:
    """Each reading that changes band, direction, deadline or measure gets its expected verdict by computation."""
    expected = readings(expected_targets)
    got = {
        (key, words): judged(study, replace(study.pack.targets[key], **change))
        for (key, words), change in COMPUTED.items()
    }
    assert got == {pair: expected[pair] for pair in COMPUTED}


def test_every_other_reading_is_undecided_for_want_of_figures(
    study: Study, expected_targets: dict[str, dict[str, object]]
) -> None:
    """No reading is left out: what is neither computed nor explained rests on figures nobody holds."""
    reasons = {key: j.reason for key, (_, j) in judge_targets(study, NOW).items()}
    for (key, words), verdict in readings(expected_targets).items():
        if (key, words) in COMPUTED or (key, words) in NOT_COMPUTED:
            continue
        assert verdict == "undecided", (key, words)
        assert reasons[key] in SILENT, (key, words)


def test_plans_alone_never_prove_the_flow_of_people(study: Study) -> None:
    """Summed by the exits of each year, the one planned year of 2018 shows a stale path and proves nothing."""
    flow = replace(study.pack.targets["poverty-headcount-171"], stock=None)
    assert judged(study, flow) == "undecided"


def test_declared_readings_are_computed_not_written(study: Study) -> None:
    """A reading with settings has a verdict, one without has a reason, none has both or neither."""
    for _, j in judge_targets(study, NOW).values():
        for other in j.readings:
            assert (other.verdict is None) == (other.why is not None), other.text.en


def test_a_reading_follows_the_figures(study: Study) -> None:
    """With other figures the same readings say something else: nothing is remembered."""
    t = study.pack.targets["service-share-55"]
    real = evidence(study, t, grid(study, NOW))
    raised = Evidence(
        {n: tuple(p._replace(value=p.value + Fraction(1, 100)) for p in ps) for n, ps in real.series.items()}
    )
    before, after = watch(t, real, NOW, RULES), watch(t, raised, NOW, RULES)
    assert [a.verdict for a in before.readings] != [a.verdict for a in after.readings]
    assert dict(after.band_verdicts)[share("2")] == "met"


def test_band_switch_is_where_the_verdict_turns(study: Study) -> None:
    """Just under the switch missed, on it met."""
    t = study.pack.targets["service-share-55"]
    switch = judge_target(study, "service-share-55", NOW).band_switch
    assert switch is not None
    assert judged(study, replace(t, within=switch)) == "met"
    assert judged(study, replace(t, within=switch - Fraction(1, 10**9))) == "missed"
