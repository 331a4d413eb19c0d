"""The oracle of judging against hand-worked cases, against zhishu's formulas, and the fifteen rules written by hand in Polars against it."""

import importlib
import importlib.util
import json
import sys
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import polars as pl
import pytest
from judge_cases import CLOSED, cases, formula, formulas
from judge_interpreter import Oracle

from zhishu.formula.evaluate import Value, evaluate
from zhishu.formula.parse import parse
from zhishu.formula.scopes import Plain
from zhishu.judge.columnar.chunk import judge_chunk
from zhishu.judge.columnar.kit import PLAIN, compiled
from zhishu.logic import Unknown

FOLDER = Path(__file__).parents[2] / "bench" / "judge"
TRUTH = {"kind": "truth", "domain": [True, False]}
TRAP = {
    "facts": {"invest": {"kind": "number", "domain": [100, 300]}, "in_park": TRUTH, "strict": TRUTH},
    "derived": {},
    "outcomes": ["allow", "review", "prohibit"],
    "rules": [
        {"id": "small", "outcome": "review", "when": ["and", ["<", "invest", 200], "in_park"]},
        {"id": "outside", "outcome": "review", "when": ["and", "strict", ["not", "in_park"]]},
    ],
}


def test_the_trap_of_two_signs() -> None:
    """With in_park missing, plain three-valued logic allows what no completion allows; the oracle does not."""
    facts = {"invest": 100, "strict": True}
    assert Oracle(TRAP).three_valued(facts).possible == ("allow", "review")
    assert Oracle(TRAP).exact(facts) == ("review",)
    assert Oracle(TRAP).exact({"invest": 100, "strict": False}) == ("allow", "review")


def test_nothing_approved_leaves_the_rate_open() -> None:
    """0/0 below 60 % is neither true nor false, with every fact known."""
    number = {"kind": "number", "domain": [0, 1]}
    rate = {"id": "r", "outcome": "stop", "when": ["<", ["/", "supplied", "approved"], 0.6]}
    rules = {
        "facts": {"supplied": number, "approved": number},
        "derived": {},
        "outcomes": ["go", "stop"],
        "rules": [rate],
    }
    assert Oracle(rules).exact({"supplied": 0, "approved": 0}) == ("go", "stop")
    assert Oracle(rules).undefined({"supplied": 0, "approved": 0})
    assert Oracle(rules).exact({"supplied": 3, "approved": 5}) == ("go",)
    assert not Oracle(rules).undefined({"supplied": 3, "approved": 5})


def test_an_override_sets_a_rule_aside_only_if_it_fires() -> None:
    """An open rule above leaves the rule below open; a rule above that fires ends it; one set aside itself does not."""
    rules = {
        "facts": dict.fromkeys("abc", TRUTH),
        "derived": {},
        "outcomes": ["allow", "note", "review", "stop"],
        "rules": [
            {"id": "a", "outcome": "stop", "when": "a"},
            {"id": "b", "outcome": "note", "when": "b", "overrides": ["a"]},
            {"id": "c", "outcome": "review", "when": "c", "overrides": ["b"]},
        ],
    }
    oracle = Oracle(rules)
    assert oracle.exact({"a": True, "b": True, "c": False}) == ("note",)
    assert oracle.exact({"a": True, "b": True, "c": True}) == ("stop",)
    assert oracle.three_valued({"a": True, "c": False}).open == ("a", "b")
    assert oracle.exact({"a": True, "c": False}) == ("note", "stop")


def test_a_list_holds_on_its_days_and_for_what_its_keys_say() -> None:
    """A key for 全部 holds without the county; a missing day, industry or county leaves open what it decides."""
    facts: dict[str, Any] = {"industry": {"kind": "code", "domain": []}, "county": {"kind": "choice", "domain": []}}
    rules = {"facts": {**facts, "day": {"kind": "date", "domain": []}}, "derived": {}, "outcomes": [], "rules": []}
    entries = [(("261", "全部"), "2018-01-01", "2018-12-31"), (("33", "示例001"), "2020-01-01", None)]
    oracle = Oracle(rules, {"negative": entries})

    def listed(**known: str) -> object:
        return oracle.value(["listed", "negative", "day", "industry", "county"], known)

    assert listed(industry="2614", day="2018-12-31") is True
    assert listed(industry="2614", day="2019-01-01") is False
    assert listed(industry="3311", day="2026-01-01") is None
    assert listed(industry="3311", county="示例002", day="2026-01-01") is False
    assert listed(industry="3311", county="示例001") is None
    assert listed(county="示例002", day="2018-05-01") is None
    assert listed(county="示例002", day="2026-05-01") is False


def test_plain_logic_is_sound_and_not_exact() -> None:
    """No outcome of a completion is ever left out by three-valued logic, and hundreds of cases are known more exactly."""
    finer = 0
    for case in cases(1, sets=30, each=40):
        plain, exact = case.oracle.three_valued(case.facts).possible, case.oracle.exact(case.facts)
        assert exact
        assert set(exact) <= set(plain)
        finer += exact != plain
    assert finer > 50


def test_cases_are_the_same_for_the_same_seed() -> None:
    """Rule sets and cases come from the seed alone, and another seed gives others."""
    first, again, other = ([(c.rules, c.facts) for c in cases(seed, 5, 5)] for seed in (3, 3, 4))
    assert first == again != other


def test_missing_facts_can_be_kept_to_those_with_declared_values() -> None:
    """With CLOSED only yes-or-no facts and choices are missing, and the trap is still met."""
    finer = 0
    for case in cases(1, sets=40, each=10, kinds=CLOSED):
        missing = set(case.rules["facts"]) - set(case.facts)
        assert {case.rules["facts"][name]["kind"] for name in missing} <= CLOSED
        finer += case.oracle.exact(case.facts) != case.oracle.three_valued(case.facts).possible
    assert finer > 10


def _scope(case_facts: dict[str, Any], kinds: dict[str, str]) -> dict[str, Value]:
    def read(name: str, value: Any) -> Value:
        if kinds[name] == "date":
            return date.fromisoformat(value)
        return Fraction(value) if kinds[name] == "number" else value

    return {name: read(name, value) for name, value in case_facts.items()}


def test_formulas_say_what_the_neutral_form_says() -> None:
    """The text of every derived fact and condition gives in zhishu's evaluator what the oracle finds, unknown where it is."""
    unknown = 0
    for case in cases(2, sets=80, each=10):
        scope = _scope(case.facts, {n: f["kind"] for n, f in case.rules["facts"].items()})
        texts = formulas(case.rules)
        for name in case.rules["derived"]:
            scope[name] = evaluate(parse(texts.pop(name)), Plain(scope))
        for place, text in texts.items():
            id, part = place.split(".")
            rule = next(r for r in case.rules["rules"] if r["id"] == id)
            found = evaluate(parse(text), Plain(scope))
            expected = case.oracle.value(rule[part], case.facts)
            assert (None if isinstance(found, Unknown) else found) is expected, text
            unknown += expected is None
    assert unknown > 500


def test_a_list_has_no_formula() -> None:
    """The converter refuses what the language has no word for."""
    with pytest.raises(ValueError, match="list"):
        formula(["listed", "negative", "day", "industry"])


@pytest.fixture(scope="module")
def bench() -> Iterator[tuple[ModuleType, ModuleType, ModuleType]]:
    """The generator, its constants and the rules written by hand, as scripts of bench/judge."""
    names = ("applications", "facts", "by_hand")
    sys.path.insert(0, str(FOLDER))
    try:
        generate, facts, by_hand = (importlib.import_module(name) for name in names)
        yield generate, facts, by_hand
    finally:
        sys.path.remove(str(FOLDER))
        for name in (*names, "listed", "fisca_whole", "ready"):
            sys.modules.pop(name, None)


@pytest.mark.parametrize(("size", "most"), [(400, 60), pytest.param(1000, 600, marks=pytest.mark.long)])
def test_the_rules_by_hand_are_exact(bench: tuple[ModuleType, ModuleType, ModuleType], size: int, most: int) -> None:
    """Best and worst outcome, fired rules and missing facts of the hand-written Polars are those of the oracle.

    Completed are the applications that have no more ways to be completed than ``most``.
    """
    generate, facts, by_hand = bench
    rules = json.loads((FOLDER / "rules.json").read_text(encoding="utf-8"))
    negative = generate.negative_list()
    rows = negative.with_columns(pl.col("valid_from", "valid_to").cast(pl.String)).rows()
    oracle = Oracle(rules, {"negative": [((i, c), first, last) for i, c, first, last in rows]})
    domains = {name: fact["domain"] for name, fact in rules["facts"].items()}
    days = sorted({first for _, _, first, _ in rows})
    domains |= {"industry": ["4411", *facts.INDUSTRIES], "county": ["示例000", *facts.COUNTIES]}
    domains["applied_on"] = ["2016-12-31", *days]
    table = generate.applications(size)
    told = by_hand.by_hand(table.lazy(), negative).collect()
    compared = narrower = 0
    for row, said in zip(
        table.with_columns(pl.col("applied_on").cast(pl.String)).to_dicts(), told.to_dicts(), strict=True
    ):
        known = {name: row[name] for name in facts.FACTS if row[name] is not None}
        plain = oracle.three_valued(known)
        fired = sum(1 << n for n, (rule, _) in enumerate(facts.RULES) if rule in plain.fired)
        assert fired == said["fired"]
        assert said["missing"] == sum(1 << n for n, name in enumerate(facts.FACTS) if name not in known)
        ways = 1
        for name in facts.FACTS:
            ways *= 1 if name in known else len(domains[name])
        if ways > most:
            continue
        exact = oracle.exact(known, domains)
        assert (exact[0], exact[-1]) == (said["best"], said["worst"]), (row, exact)
        assert said["verdict"] == (exact[0] if len(exact) == 1 else None)
        compared += 1
        narrower += exact[0] != plain.possible[0]
    assert compared > size / 2
    assert narrower >= size / 200


def test_the_formulas_of_a_peer_do_the_whole_work(bench: tuple[ModuleType, ModuleType, ModuleType]) -> None:
    """What openfisca-core is given to work out is what the rules by hand say, without the engine around it."""
    generate, _, by_hand = bench
    whole = importlib.import_module("fisca_whole")
    negative, table = generate.negative_list(), generate.applications(20_000)
    told = by_hand.by_hand(table.lazy(), negative).collect()
    formulas_ = whole.truths(negative) | whole.numbers()
    given = table.select(**whole.columns())
    known = {name: given[name].to_numpy() for name in given.columns}

    def ask(name: str) -> Any:
        if name not in known:
            known[name] = formulas_[name](ask)
        return known[name]

    for name in whole.GIVEN:
        right = told[name].to_physical().cast(pl.Int64).fill_null(-1).to_list()
        assert ask(name).tolist() == right, name


def test_every_way_to_judge_says_what_the_rules_by_hand_say(bench: tuple[ModuleType, ModuleType, ModuleType]) -> None:
    """In numpy and polars, and in compiled loops where numba is installed."""
    generate, facts, by_hand = bench
    negative, table = generate.negative_list(), generate.applications(20_000)
    plan = importlib.import_module("ready").ready(negative)
    told = by_hand.by_hand(table.lazy(), negative).collect()
    for kit in [PLAIN, *([compiled(plan)] if importlib.util.find_spec("numba") else [])]:
        said = judge_chunk(plan, table, kit)
        assert said["id"].equals(told["id"])
        assert said["exact"].all()
        for name in ("verdict", "best", "worst", "fired", "missing"):
            right = told[name].to_physical().cast(pl.Int64)
            assert said[name].cast(pl.Int64).to_list() == right.to_list(), name
    assert len(facts.RULES) == len(plan.rules.book.rules)
