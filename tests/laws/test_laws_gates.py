"""Lists, thresholds, checklists and entitlements say nothing on a missing fact that the fact could take back."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.sheets import UNKNOWN, Rows, ask, holds_in_every_completion, verdicts

CODES = ("2611", "2711")
PLACES = ("示例市示例县", "示例市示例乙县", "示例别县")
WIDER = "示例市"
DATES = ("2019-01-01", "2030-01-01")
ENTRY = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(("禁止", "限制", "允许")),
        "code": st.sampled_from(("26", "2711", "27")),
        "place": st.sampled_from(("全部", WIDER, *PLACES)),
        "valid_from": st.sampled_from((DATES[0], DATES[0], *DATES, UNKNOWN)),
        "basis": st.sampled_from(("示例法", UNKNOWN)),
    }
)
QUERY = st.fixed_dictionaries(
    {"code": st.sampled_from((*CODES, UNKNOWN)), "place": st.sampled_from((*PLACES, UNKNOWN))}
)


def numbered(name: str, rows: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    """Return rows with a key of their own."""
    return [{name: f"示例{i}", **row} for i, row in enumerate(rows)]


@settings(max_examples=25, deadline=None)
@given(st.lists(ENTRY, min_size=1, max_size=3), st.lists(QUERY, min_size=1, max_size=2))
def test_a_list_says_nothing_a_missing_fact_could_take_back(
    entries: list[dict[str, object]], queries: list[dict[str, object]]
) -> None:
    """Whatever a missing code, place or date of entry turns out to be, what was said stands."""
    rows: Rows = {"entries": numbered("entry", entries), "queries": numbered("id", queries)}
    domains = {
        ("queries", "code"): CODES,
        ("queries", "place"): PLACES,
        ("entries", "valid_from"): DATES,
    }
    holds_in_every_completion("list_gate", "queries", rows, domains)


@settings(max_examples=25, deadline=None)
@given(st.lists(ENTRY, min_size=1, max_size=3), st.sampled_from(CODES))
def test_a_wider_place_allows_what_its_counties_get(entries: list[dict[str, object]], code: str) -> None:
    """Whatever a list says of a county of a prefecture, it did not rule out for the prefecture."""
    asked: list[dict[str, object]] = [
        {"code": code, "place": place} for place in (WIDER, *(p for p in PLACES if p.startswith(WIDER)))
    ]
    said = verdicts(
        ask("list_gate", {"entries": numbered("entry", entries), "queries": numbered("id", asked)}), "queries"
    )
    whole, possible = said.pop("示例0")
    assert all(outcome in possible | {whole} or may <= possible for outcome, may in said.values()), said


@settings(max_examples=15, deadline=None)
@given(st.lists(ENTRY, min_size=1, max_size=3), QUERY, ENTRY)
def test_one_entry_more_never_lightens_a_list(
    entries: list[dict[str, object]], query: dict[str, object], more: dict[str, object]
) -> None:
    """A forbidden matter stays forbidden when an entry is added; the strictest wins."""
    before, after = (
        verdicts(ask("list_gate", {"entries": numbered("entry", held), "queries": numbered("id", [query])}), "queries")
        for held in (entries, [*entries, more])
    )
    if before["示例0"][0] == "forbidden":
        assert after["示例0"][0] == "forbidden"


LIMIT = st.fixed_dictionaries(
    {
        "item": st.sampled_from(("甲项", "乙项")),
        "operator": st.sampled_from(("不低于", "不高于", "高于", "低于", UNKNOWN)),
        "value": st.sampled_from((1, 2, UNKNOWN)),
        "tolerance": st.sampled_from((0, 1)),
        "scope": st.sampled_from(("全部", WIDER, PLACES[0])),
        "valid_from": st.just(DATES[0]),
        "basis": st.sampled_from(("示例法", "示例法", UNKNOWN)),
    }
)
FIGURE = st.fixed_dictionaries(
    {
        "item": st.just("甲项"),
        "value": st.sampled_from((0, 1, 2, 3, UNKNOWN)),
        "scope": st.sampled_from((*PLACES, UNKNOWN)),
        "on": st.sampled_from(("2020-01-01", UNKNOWN)),
        "source": st.just("示例源"),
    }
)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(LIMIT, min_size=1, max_size=2),
    st.lists(FIGURE, min_size=1, max_size=2),
    st.sampled_from(("special", "all")),
)
def test_a_threshold_says_nothing_a_missing_fact_could_take_back(
    limits: list[dict[str, object]], figures: list[dict[str, object]], both: str
) -> None:
    """Whatever a missing value, place, day or line turns out to be, what was said stands."""
    rows: Rows = {"limits": numbered("limit", limits), "figures": numbered("id", figures)}
    domains = {
        ("figures", "value"): (0, 1, 2, 3),
        ("figures", "scope"): PLACES,
        ("figures", "on"): ("2018-12-31", "2020-01-01"),
        ("limits", "value"): (1, 2),
        ("limits", "operator"): ("不低于", "低于"),
    }
    holds_in_every_completion("threshold_gate", "figures", rows, domains, {"both": both})


FINDING = st.sampled_from(("达到", "未达到", "待办", UNKNOWN))


def checklist(force: Sequence[str], findings: Sequence[str]) -> Rows:
    """Return one candidate against conditions of these forces, with a finding on each."""
    return {
        "subjects": [{"id": "示例甲"}],
        "conditions": [
            {"condition": f"条{i}", "applies_to": "全部", "force": f, "test": "核查认定", "valid_from": DATES[0]}
            | {"source": "示例文"}
            for i, f in enumerate(force)
        ],
        "findings": [
            {"subject": "示例甲", "condition": f"条{i}", "checked_on": "2022-06-01", "state": s, "evidence": "示例证"}
            for i, s in enumerate(findings)
        ],
    }


FORCES = st.lists(st.sampled_from(("必备", "一票否决", "非必备")), min_size=1, max_size=3)


@settings(max_examples=20, deadline=None)
@given(FORCES, st.lists(FINDING, min_size=3, max_size=3))
def test_a_checklist_says_nothing_a_missing_finding_could_take_back(force: list[str], findings: list[str]) -> None:
    """Nobody is ready, and nobody barred, on a finding that is missing."""
    rows = checklist(force, findings[: len(force)])
    domains = {("findings", "state"): ("达到", "未达到", "待办")}
    (said,) = (r for r in ask("readiness", rows, {"no_record": "silent"}).results if r.table == "subjects")
    may_bar = next(f.value for f in said.facts if f.id == "may_bar")
    # one condition failed decides whatever is unknown; a veto among the unknown is named beside it
    settles = {"not_ready": frozenset({"barred"} if may_bar is True else ())}
    holds_in_every_completion("readiness", "subjects", rows, domains, {"no_record": "silent"}, settles)


ORDER = ("barred", "not_ready", "open", "ready")


@settings(max_examples=15, deadline=None)
@given(FORCES, st.lists(st.sampled_from(("达到", "未达到", "待办")), min_size=3, max_size=3), st.integers(0, 2))
def test_one_condition_met_never_worsens_a_checklist(force: list[str], findings: list[str], which: int) -> None:
    """Meeting one condition more leaves the verdict or betters it."""
    held = findings[: len(force)]
    better = [*held]
    better[which % len(force)] = "达到"
    first, then = (
        verdicts(ask("readiness", checklist(force, states), {"no_record": "silent"}), "subjects")["示例甲"][0]
        for states in (held, better)
    )
    if first in ORDER:
        assert ORDER.index(then) >= ORDER.index(first)


RULE = st.fixed_dictionaries(
    {
        "benefit": st.just("示例待遇"),
        "group": st.sampled_from(("全部", "一类", "二类")),
        "place": st.sampled_from(("全部", WIDER, *PLACES)),
        "limit": st.sampled_from((UNKNOWN, 2)),
        "valid_from": st.sampled_from((DATES[0], DATES[0], UNKNOWN)),
        "document": st.sampled_from(("示例文", "示例文", UNKNOWN)),
    }
)
CLAIM = st.fixed_dictionaries(
    {
        "benefit": st.just("示例待遇"),
        "group": st.sampled_from(("一类", "二类", UNKNOWN)),
        "place": st.sampled_from((*PLACES, UNKNOWN)),
        "used": st.sampled_from((0, 2, UNKNOWN)),
        "quantity": st.just(1),
    }
)


@settings(max_examples=20, deadline=None)
@given(st.lists(RULE, min_size=1, max_size=2), CLAIM, st.sampled_from(("是", "否", UNKNOWN, None)))
def test_an_entitlement_says_nothing_a_missing_fact_could_take_back(
    rules: list[dict[str, object]], claim: dict[str, object], ground: str | None
) -> None:
    """Nothing is granted, and nothing refused, on a fact that is missing."""
    rows: dict[str, list[dict[str, object]]] = {
        "rules": numbered("rule", rules),
        "exclusions": [
            {"exclusion": "除一", "benefit": "全部", "ground": "情形", "valid_from": DATES[0], "document": "示例文"}
        ],
        "claims": numbered("id", [claim]),
        "facts": [] if ground is None else [{"claim": "示例0", "ground": "情形", "holds": ground}],
    }
    domains: dict[tuple[str, str], Sequence[object]] = {
        ("claims", "group"): ("一类", "二类"),
        ("claims", "place"): PLACES,
        ("claims", "used"): (0, 2),
        ("facts", "holds"): ("是", "否"),
        ("rules", "valid_from"): DATES,
    }
    holds_in_every_completion("entitlement", "claims", rows, domains)
