"""A tier list keeps its promises for any lines, quotas and scores: nobody is lost, and no possible tier is left out."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhishu.logic import Unknown
from zhishu.pack.archetype import composed, load_archetypes
from zhishu.pack.compile_system import compile_system
from zhishu.pack.lines import read_yaml
from zhishu.pack.system import System
from zhishu.study.columns import COLUMNS
from zhishu.system.answer import run_system
from zhishu.system.answered import Answer
from zhishu.system.case import RawCase, RawRow

TODAY = date(2022, 12, 31)
SCORES = range(4)
PLAIN = """
system: plain
base: tier_list
archetype: tier_list
cite: {at: "10.24", quote: 旅游强县强企行动}
about: {zh: 试, en: trial}
answers: [{output: {zh: 档次, en: tier}, by: [units.verdict]}]
"""
Bounds = tuple[int, int]


def plain() -> System:
    """Return a system that adds nothing to the sheet."""
    lined, base = composed(read_yaml(PLAIN, "plain.yaml"), load_archetypes())
    system, problems = compile_system(lined, PLAIN, base)
    assert system is not None, problems
    return system


SYSTEM = plain()


def answer(cuts: Sequence[int], quotas: Sequence[int | None], scores: Sequence[Bounds]) -> Answer:
    """Return what the sheet says of units with bounds of their scores."""
    tiers = [
        {"tier": f"T{i}", "place": i + 1, "cut": cut, "quota": quota, "valid_from": "2020-01-01"}
        for i, (cut, quota) in enumerate(zip(cuts, quotas, strict=True))
    ]
    units = [
        {"unit": f"U{i}", "least": low, "most": high, "scored_on": "2022-06-30"} for i, (low, high) in enumerate(scores)
    ]
    rows: dict[str, list[Mapping[str, object]]] = {"tiers": [*tiers], "units": [*units]}
    case = RawCase({name: [RawRow(row, f"{name}[{i}]") for i, row in enumerate(held)] for name, held in rows.items()})
    found = run_system(SYSTEM, case, TODAY, COLUMNS, small=None)
    assert not found.problems
    return found


def by_hand(cuts: Sequence[int], quotas: Sequence[int | None], scores: Sequence[int]) -> list[set[int]]:
    """Return the tiers each unit may get when ties are broken in any way: best first, each into the first with room."""
    spans: list[set[int]] = [set() for _ in scores]
    for favoured in range(len(scores)):
        for sign in (-1, 1):
            # a tie is broken for or against one unit
            order = sorted(range(len(scores)), key=lambda i: (-scores[i], sign * (i == favoured), i))
            left = [len(scores) if quota is None else quota for quota in quotas]
            for i in order:
                place = next((k for k, cut in enumerate(cuts) if scores[i] >= cut and left[k] > 0), len(cuts))
                if place < len(cuts):
                    left[place] -= 1
                if i == favoured:
                    spans[i].add(place)
    return spans


@st.composite
def lists(draw: st.DrawFn) -> tuple[list[int], list[int | None], list[Bounds]]:
    """Draw falling lines, quotas and bounds."""
    cuts = sorted(draw(st.sets(st.sampled_from(SCORES), min_size=1, max_size=3)), reverse=True)
    quotas = [draw(st.none() | st.integers(0, 2)) for _ in cuts]
    pairs = draw(st.lists(st.tuples(st.sampled_from(SCORES), st.sampled_from(SCORES)), min_size=1, max_size=4))
    return cuts, quotas, [(min(p), max(p)) for p in pairs]


def tier_of(value: object, tiers: int) -> int:
    """Return the place a tier's name stands for; none is below all."""
    assert not isinstance(value, Unknown)
    return tiers if value == "none" else int(str(value).removeprefix("T"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lists())
def test_every_tier_that_may_come_out_lies_between_the_best_and_the_worst(
    drawn: tuple[list[int], list[int | None], list[Bounds]],
) -> None:
    """Whatever the open scores turn out to be and however ties fall, the tier lies between those named."""
    cuts, quotas, scores = drawn
    said = {r.subject: {f.id: f.value for f in r.facts} for r in answer(cuts, quotas, scores).results}
    possible: list[set[int]] = [set() for _ in scores]
    for chosen in product(*(range(low, high + 1) for low, high in scores)):
        for i, places in enumerate(by_hand(cuts, quotas, chosen)):
            possible[i] |= places
    for i, places in enumerate(possible):
        best, worst = (tier_of(said[f"U{i}"][name], len(cuts)) for name in ("best_tier", "worst_tier"))
        assert best <= min(places), (i, best, places)
        assert max(places) <= worst, (i, worst, places)
        if all(low == high for low, high in scores):
            assert (best, worst) == (min(places), max(places))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lists())
def test_the_counts_make_up_all_units_and_no_quota_is_broken(
    drawn: tuple[list[int], list[int | None], list[Bounds]],
) -> None:
    """Tiers, open and unplaced units add up to all; no tier holds more than its quota."""
    cuts, quotas, scores = drawn
    results = answer(cuts, quotas, scores).results
    case = {f.id: f.value for r in results if r.table == "case" or not r.subject for f in r.facts}
    assert case["residual"] == 0
    assert case["units_all"] == len(scores)
    held = [next(f.value for f in r.facts if f.id == "held") for r in results if r.table == "tiers"]
    for count, quota in zip(held, quotas, strict=True):
        assert isinstance(count, Fraction)
        assert quota is None or count <= quota
