"""Every method has a page: whatever a step, a kind or the index offers is declared, sourced, called for and executed."""

import inspect
import math
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from importlib import import_module
from types import FrameType, ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhishu.errors import ZhishuError
from zhishu.score import assess, methods, steps
from zhishu.score.kinds.registry import KINDS
from zhishu.score.methods.example import Table, shown
from zhishu.score.methods.formula import plain, tokens
from zhishu.score.methods.method import STEPS, Method, dotted
from zhishu.score.methods.registry import METHODS, method
from zhishu.score.methods.told import method_json, methods_json, tables
from zhishu.score.steps.aggregate import MEANS
from zhishu.score.steps.recipe import SCALES
from zhishu.score.steps.treat import TRANSFORMS
from zhishu.score.table_weights import WEIGHTS_BY
from zhishu.study import Study
from zhishu.surfaces.cli.index import command

# public functions of steps and of assessments that are no method of their own, and why
HELPERS = {
    "zhishu.score.assess.array.arrays": "the points of a class as arrays; nothing is computed",
    "zhishu.score.assess.audit.audit": "tells in sentences what correlations, importance and bounds show; these have pages",
    "zhishu.score.assess.bind.bind": "binds an indicator to its kind; kinds have pages",
    "zhishu.score.assess.bind.bound": "the indicators that count in a class; nothing is computed",
    "zhishu.score.assess.bind.check_kinds": "checks a declaration; kinds have pages",
    "zhishu.score.steps.recipe.with_mean": "swaps the mean of every heading; the means have pages",
    "zhishu.score.steps.prepare.prepare": "denominate, screen and impute in order; each has a page",
    "zhishu.score.steps.product.correlated": "correlations of whole columns at once, as correlations gives them",
    "zhishu.score.steps.product.of_each": "a sum of products in one order on any number of threads",
    "zhishu.score.steps.product.of_rows": "a sum of products in one order on any number of threads",
    "zhishu.score.steps.tree.tree_of": "reads rows into a tree; nothing is computed",
    "zhishu.score.steps.shape.uneven": "skewness and kurtosis of many rows at once, as skewness tells them",
    "zhishu.score.steps.sobol.declared": "the declared index that moves of ranks are told from",
    "zhishu.score.steps.sobol.factors": "names what is varied; nothing is computed",
    "zhishu.score.steps.sobol.indices_each": "Sobol' indices of many results from one set of runs",
    "zhishu.score.steps.sobol.runs_at": "computes the runs at points of the cube",
    "zhishu.score.steps.sure.span": "the bounds of an interval; intervals have a page",
    "zhishu.score.steps.sure.run": "computes the runs that vary and Sobol' indices draw; both have pages",
}
ALL = list(METHODS.values())


def public_functions(module: ModuleType) -> Iterator[Callable[..., object]]:
    """Yield the functions a module defines itself and gives to others."""
    for name, found in vars(module).items():
        if inspect.isfunction(found) and found.__module__ == module.__name__ and not name.startswith("_"):
            yield found


def modules_of(package: ModuleType) -> list[ModuleType]:
    """Return the modules of a package."""
    return [import_module(f"{package.__name__}.{found.name}") for found in pkgutil.iter_modules(package.__path__)]


def test_every_declaration_is_registered_once() -> None:
    """A file of declarations that the registry forgot, or an id given twice, is found."""
    declared = [m for module in modules_of(methods) for m in getattr(module, "METHODS", ()) if isinstance(m, Method)]
    assert sorted(m.id for m in declared) == sorted(METHODS)


def test_every_function_of_a_step_or_an_assessment_has_a_page() -> None:
    """A new function is declared in src/zhishu/score/methods, or is a helper with its reason."""
    covered = {dotted(f) for m in ALL for f in m.functions}
    public = {dotted(f) for p in (steps, assess) for module in modules_of(p) for f in public_functions(module)}
    bare = sorted(public - covered - HELPERS.keys())
    assert not bare, f"without a page or a reason in HELPERS: {', '.join(bare)}"
    stale = sorted(HELPERS.keys() - (public - covered))
    assert not stale, f"in HELPERS, but gone or with a page: {', '.join(stale)}"


def test_every_kind_of_score_has_a_page() -> None:
    """One, with the class of its parameters and the column that calls it."""
    pages = [m for m in ALL if m.step == "kind"]
    assert len(pages) == len(KINDS)
    for kind in KINDS.values():
        (page,) = [m for m in pages if kind.parameters in m.functions]
        assert page.title == kind.title
        assert page.column.startswith(f"column: {{use: {kind.name}, args: ")


def test_everything_the_index_offers_has_a_page() -> None:
    """Scales, means, transforms and options; nothing is offered that the command does not take."""
    offered = {o for m in ALL for o in m.offered}
    # figures left as they are have no scale, and no page
    assert {f"scale {name}" for name in SCALES if name != "none"} == {o for o in offered if o.startswith("scale ")}
    assert {f"mean {name}" for name in MEANS} == {o for o in offered if o.startswith("mean ")}
    declared_or_found = {f"weights-by {name}" for name in WEIGHTS_BY if name != "declared"}
    assert declared_or_found == {o for o in offered if o.startswith("weights-by ")}
    assert {dotted(f) for f in TRANSFORMS.values()} <= {dotted(f) for m in ALL for f in m.functions}
    options = {o.removeprefix("--") for p in command.params for o in p.opts}
    assert {o.split(" ")[0] for o in offered} <= options


@pytest.mark.parametrize("m", ALL, ids=lambda m: m.id)
def test_a_page_says_everything(m: Method, study: Study) -> None:
    """Words in both languages, a formula, a source, and somebody who calls for it."""
    for text in (m.title, m.what, m.symbols, m.use, m.avoid, m.example.said):
        assert text.zh.strip()
        assert text.en.strip()
        assert not re.search(r"[\u4e00-\u9fff]", text.en)
    assert re.search(r"[\u4e00-\u9fff]", m.title.zh + m.what.zh)
    assert re.fullmatch(r"[a-z][a-z_]*", m.id)
    assert m.step in STEPS
    assert m.formula
    assert all(plain(line) for line in m.formula)
    assert m.sources
    assert all(re.fullmatch(r"10\.\d{4,}/\S+", s.doi) for s in m.sources if s.doi)
    assert set(m.callers) <= study.pack.catalogue.keys()
    assert m.callers or m.wanted_by()
    assert m.functions


@pytest.mark.parametrize("m", ALL, ids=lambda m: m.id)
def test_an_example_calls_the_function_its_page_names(m: Method) -> None:
    """The first function really runs; the same comes out again; columns are as long as their rows."""
    if m.example.needs:
        pytest.importorskip(m.example.needs)
    called = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            called.add(frame.f_code)

    sys.setprofile(note)
    try:
        found = m.example.run(m.example.given)
    finally:
        sys.setprofile(None)
    assert inspect.unwrap(m.functions[0]).__code__ in called
    again = m.example.run(m.example.given)
    for table in (m.example.given, found):
        assert table.columns
        assert all(len(cells) == len(table.rows) for _, cells in table.columns)
        assert len(table.rows) <= 7
    assert printed(found) == printed(again)


def printed(table: Table) -> list[list[str]]:
    """Return the cells of a table as they are printed in English."""
    return [[shown(cell).en for cell in cells] for _, cells in table.columns]


@pytest.mark.parametrize(
    ("id", "column", "by_hand"),
    [
        ("minmax", 0, [100, 100 * 25 / 33, 100 * 15 / 33, 0, 100 * 25 / 33, math.nan]),
        ("goalposts", 0, [0, 100 * 10 / 60, 100 * 35 / 60, 100 * 55 / 60, 100, 100 * 25 / 60]),
        ("arithmetic", 0, [64, 60, 56, 48 / 0.8]),
        ("copeland", 0, [2, 0, -2, 0]),
        ("coupling", 0, [math.sqrt(0.9), math.sqrt(0.5), 0.5**0.5, 0]),
        ("marginal", 0, [110, 60 + 30 + 4.5, 60, 48, 5, None]),
        ("expert", 0, [82, (90 + 85 + 88) / 3, None]),
        ("bounds", 1, [90, 48, 28, 60, 0]),
        ("bounds", 2, [90, 88, 88, 60, 100]),
        ("bonus", 2, [90, 82, 83, None, 40]),
        ("forgiving", 1, [0, 5, 9, 0, 1.5]),
        ("compare", 0, [0, 0, -12, 0, 0, 0]),
        ("recovery", 3, [6000, 0, 0, 0, 0, 0]),
    ],
)
def test_results_worked_by_hand(id: str, column: int, by_hand: list[float | None]) -> None:
    """Small enough to do on paper."""
    found = METHODS[id].example.run(METHODS[id].example.given).columns[column][1]
    for cell, wanted in zip(found, by_hand, strict=True):
        if wanted is None:
            assert not isinstance(cell, float | Fraction)
        else:
            assert isinstance(cell, float | Fraction)
            assert float(cell) == pytest.approx(wanted, abs=1e-12, nan_ok=True)


@pytest.mark.parametrize(
    ("id", "column", "words"),
    [
        ("eligibility", 0, ["takes part", "kept out", "eligibility open", "disqualified", "class not established"]),
        ("settled_class", 3, ["yes", "no", "no"]),
        ("places", 0, ["1–2", "2–3", "1–4", "3–4", "5", "5"]),
        ("awards", 0, ["first award", "second award", "second award: held", "second award: held", "–", "–"]),
        ("veto", 2, ["–", "first award", "second award: held", "second award", "second award: held", "–"]),
        ("leaving", 0, ["A, B"]),
        ("class_reach", 2, ["90.0012", "not enough", "86.6672"]),
    ],
)
def test_what_follows_in_an_assessment(id: str, column: int, words: list[str]) -> None:
    """What is open stays open on the page, and what is certain is given."""
    found = METHODS[id].example.run(METHODS[id].example.given).columns[column][1]
    assert [shown(cell).en for cell in found][: len(words)] == words


def test_an_example_without_its_package_shows_what_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where SciPy is not installed the page stands, and says what is missing."""
    monkeypatch.setattr("zhishu.score.methods.told.find_spec", lambda name: None)
    example = METHODS["sobol"].example
    assert tables(example) == ([example.given], False)
    said = method_json(METHODS["sobol"])["example"]
    assert isinstance(said, dict)
    assert (said["found"], said["needs"]) == (None, "scipy")


def test_json_is_a_contract() -> None:
    """A list of heads, and one method with numbers as numbers and nothing as null."""
    listed = methods_json(ALL)["methods"]
    assert isinstance(listed, list)
    assert [m["id"] for m in listed] == [m.id for m in ALL]
    said = method_json(METHODS["minmax"])
    example = said["example"]
    assert isinstance(example, dict)
    assert example["found"]["columns"][0]["cells"][3:] == [0.0, pytest.approx(75.7575757), None]
    assert said["formula"] == ["y_i = (x_i − min x) / (max x − min x) · (b − a) + a"]


def test_an_unknown_method_is_refused_with_the_nearest() -> None:
    with pytest.raises(ZhishuError) as refused:
        method("min_max")
    (problem,) = refused.value.problems
    assert problem.code == "method-unknown"
    assert "minmax" in problem.repair.en


@given(st.text(max_size=30))
def test_no_sign_of_a_formula_is_lost(words: str) -> None:
    """Whatever is not a space, or the mark of a subscript or superscript, is printed."""
    kept = "".join(t.sign + t.below + t.above for t in tokens(words))
    assert [c for c in kept if c not in "_^"] == [c for c in words if not c.isspace() and c not in "_^"]
