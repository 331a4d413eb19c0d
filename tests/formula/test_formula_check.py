"""Checking formulas at load time: every kind of slip is found, all at once, with its repair."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.errors import Problem, ZhishuError
from zhishu.formula.check import (
    DATE,
    NUMBER,
    REGION,
    TRUTH,
    WORD,
    Scope,
    Table,
    Type,
    arrange,
    check,
    check_declared,
    order,
)
from zhishu.formula.parse import parse
from zhishu.formula.tree import Binary, Call, Compare, Logic, Name, Node, Number, Unary
from zhishu.formula.written import written
from zhishu.units import parse_unit


def number(unit: str) -> Type:
    """Return the type of a number in a unit."""
    return Type("number", parse_unit(unit))


STATE = Type("word", choices=frozenset({"planned", "built"}))
TABLES = {
    "lines": Table({"name": WORD, "speed": number("公里/小时"), "opened": DATE}),
    "segments": Table(
        {
            "line": WORD,
            "length": number("km"),
            "state": STATE,
            "cost": number("亿元"),
            "done": TRUTH,
            "year": NUMBER,
        },
        {"line": "lines"},
    ),
}
CASE = Scope("scalar", {"threshold": number("%"), "least": NUMBER, "today": DATE, "budget": number("亿元")}, TABLES)
ROW = Scope("row", TABLES["segments"].fields, TABLES, TABLES["segments"].refs, CASE)
GDP = Type("number", parse_unit("亿元"), "current")
REAL = Type("number", parse_unit("亿元"), "constant")
PANEL = Scope(
    "panel",
    {
        "gdp": GDP,
        "real_gdp": REAL,
        "services": GDP,
        "people": number("万人"),
        "rate": number("%"),
        "other_rate": number("%"),
        "gap": number("个百分点"),
        "area": number("公顷"),
        "supplied": number("公顷"),
        "mu": number("亩"),
        "firms": number("家"),
        "projects": number("个"),
        "hours": number("小时"),
        "workdays": number("工作日"),
        "gini": number("1"),
    },
)


def found(formula: str, scope: Scope = PANEL) -> Type:
    """Return the type of a formula."""
    return check(parse(formula), scope)


def problems(formula: str, scope: Scope = PANEL) -> list[Problem]:
    """Return the problems of a formula that must have some."""
    with pytest.raises(ZhishuError) as error:
        check(parse(formula), scope, "a.yaml:7")
    return list(error.value.problems)


def test_only_regions_lie_in_one_another() -> None:
    """``lies_in`` takes two regions, also one of several chosen; a text or a written word is none."""
    places = {"place": REGION, "area": REGION, "name": WORD, "same": TRUTH}
    scope = Scope("row", places)
    assert found("lies_in(when(same, place, area), coalesce(area, place))", scope) == TRUTH
    for formula in ("lies_in(name, area)", 'lies_in(place, "成都市")', "lies_in(when(same, place, name), area)"):
        (problem,) = problems(formula, scope)
        assert (problem.code, problem.repair.en) == ("formula-kind", "declare the field as type: region")


@pytest.mark.parametrize(
    ("formula", "unit"),
    [
        ("supplied / area", "1"),
        ("supplied + mu", "亩"),
        ("rate - other_rate", "个百分点"),
        ("rate + gap", "%"),
        ("gap + rate", "%"),
        ("rate - gap", "%"),
        ("gap + gap", "个百分点"),
        ("rate + other_rate", "%"),
        ("1 - rate", "%"),
        ("gdp / lag(gdp, 1) - 1", "1"),
        ("growth(gdp)", "%"),
        ("change(rate)", "个百分点"),
        ("change(gdp, 5)", "亿元"),
        ("gap * gdp", "亿元"),
        ("rate * area", "公顷"),
        ("max(0, rate * sum_years(area, 5) - sum_years(supplied, 5))", "公顷"),
        ("when(rate < 0.6, 0, area)", "公顷"),
        ("gdp / people", "亿元/万人"),
        ("sqrt(area)", "m"),
        ("area ** 2 / area", "公顷"),
        ("firms + 3", "家"),
        ("abs(rate - other_rate)", "个百分点"),
        ("share_of_parent(gdp)", "%"),
        ("gini - lag(gini, 1)", "个百分点"),
        ('quantity(2, "亿元") + gdp', "亿元"),
        ("(gdp / lag(gdp, 5)) ** (1 / 5) - 1", "1"),
        ("-area", "公顷"),
    ],
)
def test_check_finds_the_unit(formula: str, unit: str) -> None:
    """The unit of a formula follows from its parts; a level less a level is a change."""
    have = found(formula).unit
    assert have is not None
    assert have.dimension == parse_unit(unit).dimension
    assert have.sort == parse_unit(unit).sort


@pytest.mark.parametrize(
    "formula",
    [
        "rate < 0.6",
        "rate >= 1",
        "gini > 3",
        "firms >= 200",
        "firms > 3 and not rate < 0.5",
        "area > 0",
        "0 < people",
        "mu < supplied",
        'area < quantity(200, "公顷")',
        "gap < 0.02",
        'gap < quantity(2, "个百分点")',
        "abs(gini - lag(gini, 1)) < gini",
        "rank_in(gdp) <= 10",
        "0.2 < rate < 0.6",
    ],
)
def test_check_accepts_fair_comparisons(formula: str) -> None:
    """A plain number may stand beside a ratio or a count, zero beside anything."""
    assert found(formula) == TRUTH


@pytest.mark.parametrize(
    ("formula", "scope", "code", "repair"),
    [
        ("aera > 0", PANEL, "formula-unknown-name", "area"),
        ("segments > 0", CASE, "formula-unknown-name", "segments.sum("),
        ("lagg(gdp, 1)", PANEL, "formula-unknown-function", "lag"),
        ("count(length)", ROW, "formula-unknown-function", "table.count("),
        ("segment.count()", CASE, "formula-unknown-table", "segments"),
        ("segments.summ(length)", CASE, "formula-unknown-function", "sum"),
        ("lag(gdp)", PANEL, "formula-arity", "lag"),
        ("abs(rate, rate)", PANEL, "formula-arity", "abs"),
        ("segments.sum()", CASE, "formula-arity", "sum"),
        ("lag(length, 1)", ROW, "formula-place", "indicator"),
        ("previous(gdp)", PANEL, "formula-place", "register"),
        ("previous(budget)", CASE, "formula-place", "register"),
        ("area + gdp", PANEL, "formula-units", "one kind"),
        ("firms + projects", PANEL, "formula-units", "one kind"),
        ("area < people", PANEL, "formula-units", "one kind"),
        ("hours > workdays", PANEL, "formula-units", "one kind"),
        ("gap - rate", PANEL, "formula-units", "个百分点"),
        ("rate > gap", PANEL, "formula-units", "个百分点"),
        ("max(rate, gap)", PANEL, "formula-units", "个百分点"),
        ("length < 200", ROW, "formula-unit-missing", 'quantity(200, "km")'),
        ("200 >= length", ROW, "formula-unit-missing", 'quantity(200, "km")'),
        ("people - 5", PANEL, "formula-unit-missing", 'quantity(5, "万人")'),
        ("gdp > -1.5", PANEL, "formula-unit-missing", 'quantity(-1.5, "亿元")'),
        ("hours < 24", PANEL, "formula-unit-missing", 'quantity(24, "小时")'),
        ("length < least", ROW, "formula-unit-missing", "declare a unit for least"),
        ("rate < 60", PANEL, "formula-percent-literal", 'quantity(60, "%")'),
        ("rate + 5", PANEL, "formula-percent-literal", 'quantity(5, "%")'),
        ("gap > 2", PANEL, "formula-percent-literal", 'quantity(2, "个百分点")'),
        ("growth(gdp) > 7", PANEL, "formula-percent-literal", 'quantity(7, "%")'),
        ('state == "bilt"', ROW, "formula-choice", "built"),
        ('"bilt" != state', ROW, "formula-choice", "built"),
        ('one_of(state, "built", "bilt")', ROW, "formula-choice", "built"),
        ('starts_with(length, "26")', ROW, "formula-kind", ""),
        ("length.speed > 0", ROW, "formula-not-a-reference", "ref"),
        ("line.sped", ROW, "formula-unknown-name", "speed"),
        ("2 ** area", PANEL, "formula-exponent", "quantity(1"),
        ("area ** rate", PANEL, "formula-exponent", "quantity(1"),
        ("area ** gini", PANEL, "formula-exponent", "like quantity"),
        ("area ** 99", PANEL, "formula-exponent", "like quantity"),
        ("log(gdp)", PANEL, "formula-unit-not-allowed", 'quantity(1, "亿元")'),
        ("sqrt(gdp)", PANEL, "formula-unit-not-allowed", "like quantity"),
        ("floor(length)", ROW, "formula-rounding-unit", 'quantity(1, "km")'),
        ("floor(threshold)", CASE, "formula-rounding-unit", 'quantity(1, "%")'),
        ("done + 1", ROW, "formula-kind", "when(condition, 1, 0)"),
        ("done < 1", ROW, "formula-kind", "when(condition, 1, 0)"),
        ("length and done", ROW, "formula-kind", "comparison"),
        ("not length", ROW, "formula-kind", "comparison"),
        ("state + 1", ROW, "formula-kind", "number"),
        ("-state", ROW, "formula-kind", "number"),
        ('today > "2022-12-31"', CASE, "formula-kind", 'day("2022-12-31")'),
        ("today + 30", CASE, "formula-kind", "add_days(today, 30)"),
        ('day("2022-13-01")', CASE, "formula-date", "2022-12-31"),
        ("day(state)", ROW, "formula-date", "2022-12-31"),
        ('add_days(today, quantity(5, "工作日"))', CASE, "formula-units", "working days"),
        ('when(done, 1, "a")', ROW, "formula-kind", "number"),
        ("segments.sum(state)", CASE, "formula-kind", "number"),
        ("segments.count(length)", CASE, "formula-kind", "comparison"),
        ("gdp - real_gdp", PANEL, "formula-price-mixed", "one price basis"),
        ('quantity(3, "公倾") < area', PANEL, "unit-unknown", "公顷"),
    ],
)
def test_check_refuses_with_a_repair(formula: str, scope: Scope, code: str, repair: str) -> None:
    """Each slip has its code, its place and a repair that an official can type."""
    listed = problems(formula, scope)
    assert [p.code for p in listed] == [code]
    assert listed[0].where == "a.yaml:7"
    assert repair in listed[0].repair.en
    assert listed[0].what.zh
    assert listed[0].repair.zh


def test_check_collects_every_problem() -> None:
    """All problems of a formula come together, each once."""
    listed = problems("aera > 0 and area + gdp > firms and lagg(gdp, 1) < 2 and (aera == 0)")
    assert [p.code for p in listed] == ["formula-unknown-name", "formula-units", "formula-unknown-function"]


@pytest.mark.parametrize(
    ("formula", "scope", "kind"),
    [
        ('segments.sum(length, state == "built")', CASE, "number"),
        ('segments.sum(length * 2, state == "built" and cost < budget)', CASE, "number"),
        ('segments.count(line.speed > quantity(200, "公里/小时")) >= least', CASE, "truth"),
        ("segments.all(done)", CASE, "truth"),
        ("segments.largest(line.opened) <= today", CASE, "truth"),
        ("segments.quantile(length, 0.5)", CASE, "number"),
        ('segments.only(state) == "built"', CASE, "truth"),
        ("segments.names(line)", CASE, "listing"),
        ("segments.count(this.year == year)", ROW, "number"),
        ("segments.count(length > this.length)", ROW, "number"),
        ("line.speed", ROW, "number"),
        ("days_between(line.opened, today) > 30", ROW, "truth"),
        ("today - line.opened", ROW, "number"),
        ('add_days(today, 30) > day("2022-12-31")', ROW, "truth"),
        ("year_of(today) - year < 3", ROW, "truth"),
        ("previous(length, 1) < length", ROW, "truth"),
        ("rank_best(cost, done) <= 3", ROW, "truth"),
        ('when(done, "built", "planned") == state', ROW, "truth"),
        ("coalesce(length, 0)", ROW, "number"),
        ("is_known(line.speed)", ROW, "truth"),
        ("min(today, line.opened)", ROW, "date"),
        ('floor(length / quantity(1, "km"))', ROW, "number"),
    ],
)
def test_check_reads_tables_and_references(formula: str, scope: Scope, kind: str) -> None:
    """Aggregates see the rows' fields, the row around them and the case; references reach their rows."""
    assert found(formula, scope).kind == kind


def test_check_prices_follow_the_formula() -> None:
    """Growth keeps the price basis, a share of one year loses it."""
    assert found("growth(gdp)").price == "current"
    assert found("gdp / lag(gdp, 1) - 1").price == "current"
    assert found("gdp / people").price == "current"
    assert found("growth(real_gdp)").price == "constant"
    assert found("services / gdp").price is None


def declared(formula: str, wanted: Type, scope: Scope = PANEL) -> list[str]:
    """Return the codes of what differs between a formula and its declaration."""
    try:
        check_declared(found(formula, scope), wanted, "a.yaml:7")
    except ZhishuError as error:
        return [p.code for p in error.problems]
    return []


@pytest.mark.parametrize(
    ("formula", "wanted", "codes"),
    [
        ("supplied / area", number("%"), []),
        ("gdp", number("万元"), []),
        ("rate - other_rate", number("个百分点"), []),
        ("rate - other_rate", number("%"), ["formula-declared-unit"]),
        ("rate", number("个百分点"), ["formula-declared-unit"]),
        ("gini - lag(gini, 1)", number("1"), []),
        ("gdp", number("万人"), ["formula-declared-unit"]),
        ("gdp / people", number("元/人"), []),
        ("gdp / people", number("元"), ["formula-declared-unit"]),
        ("rank_in(gdp)", number("位"), []),
        ("100", number("元"), ["formula-declared-unit"]),
        ("area", NUMBER, ["formula-declared-unit"]),
        ("supplied / area", NUMBER, []),
        ("rate < 0.6", number("%"), ["formula-kind"]),
        ("growth(gdp)", Type("number", parse_unit("%"), "constant"), ["formula-real-growth"]),
        ("gdp / lag(gdp, 1) - 1", Type("number", parse_unit("%"), "constant"), ["formula-real-growth"]),
        ("growth(real_gdp)", Type("number", parse_unit("%"), "constant"), []),
        ("growth(real_gdp)", Type("number", parse_unit("%"), "current"), ["formula-price-mixed"]),
    ],
)
def test_check_declared_units(formula: str, wanted: Type, codes: list[str]) -> None:
    """A formula gives what its declaration says: unit, level or change, and price basis."""
    assert declared(formula, wanted) == codes


def test_check_declared_words() -> None:
    """A formula gives only words that are declared."""
    assert declared('when(done, "built", "bilt")', STATE, ROW) == ["formula-choice"]
    assert declared('when(done, "built", "planned")', STATE, ROW) == []


def test_order_puts_what_is_read_first() -> None:
    """Each formula comes after those it reads, whatever the order of writing."""
    written_down = {"gate": parse("rate < least"), "rate": parse("a / b"), "least": parse("0.6")}
    arranged = order(written_down)
    assert sorted(arranged) == ["gate", "least", "rate"]
    assert arranged[-1] == "gate"
    assert arranged == order(dict(reversed(written_down.items())))


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from("abcdefg"), st.lists(st.sampled_from("abcdefg"), max_size=3)))
def test_order_is_an_order_or_a_cycle(reads: dict[str, list[str]]) -> None:
    """Any graph is either arranged or refused with a path that truly runs in a circle."""
    try:
        arranged = arrange(reads)
    except ZhishuError as error:
        for problem in error.problems:
            path = problem.what.en.rpartition(": ")[2].split(" → ")
            assert path[0] == path[-1] == min(path)
            assert all(b in reads[a] for a, b in pairwise(path))
    else:
        place = {name: i for i, name in enumerate(arranged)}
        assert set(place) == set(reads)
        assert all(place[other] < place[name] for name in reads for other in reads[name] if other in reads)


names = st.sampled_from(["gdp", "rate", "area", "firms", "gap", "nothing"]).map(Name)
literals = st.integers(0, 10**6).map(lambda n: Number(Fraction(n, 1000)))
leaves = st.one_of(names, literals, st.sampled_from(["%", "km", "公倾"]).map(lambda u: Number(Fraction(3), u)))


def grown(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """Return formulas made of smaller ones."""
    return st.one_of(
        st.builds(Binary, st.sampled_from(["+", "-", "*", "/", "**"]), inner, inner),
        st.builds(Compare, st.sampled_from(["<", "==", ">="]), inner, inner),
        st.builds(lambda op, a, b: Logic(op, (a, b)), st.sampled_from(["and", "or"]), inner, inner),
        st.builds(lambda a: Logic("not", (a,)), inner),
        st.builds(lambda a: Unary("-", a), inner),
        st.builds(
            lambda f, args: Call(f, tuple(args)),
            st.sampled_from(["lag", "max", "when", "log"]),
            st.lists(inner),
        ),
    )


formulas = st.recursive(leaves, grown, max_leaves=8)


@settings(max_examples=60)
@given(formulas)
def test_check_gives_a_type_or_problems(node: Node) -> None:
    """Any tree has a type or problems with repairs; nothing else is ever raised."""
    listed: tuple[Problem, ...] = ()
    try:
        assert check(node, PANEL).kind in {"number", "truth"}
    except ZhishuError as error:
        listed = error.problems
    assert all(p.repair.zh and p.repair.en for p in listed)


@settings(max_examples=60)
@given(formulas)
def test_written_formulas_read_back(node: Node) -> None:
    """A formula written out reads back as the same tree."""
    assert parse(written(node)) == node
