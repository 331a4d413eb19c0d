"""The quick ways of the kernel say what the plain ones say: compiled formulas, lists by key, laid out, numbers in columns."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

import duckdb
import narwhals as nw
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judge_books import book_of

from zhishu.errors import ZhishuError
from zhishu.formula.compiled import compiled
from zhishu.formula.evaluate import Value, evaluate
from zhishu.formula.parse import parse
from zhishu.formula.scopes import Plain
from zhishu.judge.bits import logic_levels
from zhishu.judge.columnar.chunk import LONG, judge_chunk
from zhishu.judge.columnar.lists import listed
from zhishu.judge.columnar.numbers import expression, plain, plainly, ranges_of
from zhishu.judge.columnar.planes import masks, packed, unpacked
from zhishu.judge.columnar.words import coded
from zhishu.judge.laid import lay_out
from zhishu.judge.outcomes import moved, standing
from zhishu.judge.register import asked, completions, judge_register, plan_register
from zhishu.judge.ruleset import ATOM, RuleSet, assemble
from zhishu.judge.skeleton import three
from zhishu.logic import Unknown
from zhishu.pack.dated_list import DatedList, Entry, Match, by_key, holds, indexed
from zhishu.terms import Text

TODAY = date(2022, 12, 31)
FORMULAS = (
    "a / b < 0.6",
    "a - b * 2 >= 3",
    'word == "甲"',
    'word != "甲乙"',
    'starts_with(word, "甲")',
    'one_of(word, "甲", "乙")',
    "within(a, b, 5)",
    "yes and not (a > b)",
    "coalesce(a, b, 0) > 1",
    "is_known(word)",
    "when(yes, a, b) == 2",
    "min(a, b) <= abs(a - b)",
)
NUMBERS = st.one_of(st.integers(-3, 9).map(Fraction), st.just(Unknown("missing", "数")))
WORDS = st.one_of(st.sampled_from(["甲", "乙", "甲乙", "丙", ""]), st.just(Unknown("missing", "词")))


@settings(max_examples=30)
@given(NUMBERS, NUMBERS, WORDS, st.sampled_from([True, False, Unknown("missing", "否")]))
def test_a_compiled_formula_is_the_formula(a: Value, b: Value, word: Value, yes: Value) -> None:
    """Every kind of step gives the same value and the same reason, for known and unknown values and for unlike kinds."""
    for values in ({"a": a, "b": b, "word": word, "yes": yes}, {"a": word, "b": yes, "word": a, "yes": b}, {"a": a}):
        for formula in FORMULAS:
            node = parse(formula)
            assert compiled(node)(values) == evaluate(node, Plain(values)), (formula, values)


KEYS = st.sampled_from(["2", "25", "251", "26", "甲", None])
DAYS = st.integers(0, 6)


@st.composite
def lists(draw: st.DrawFn) -> DatedList:
    """A small list: a key by its beginning, a key as a whole, spans of days that overlap and meet."""
    entries = tuple(
        Entry(
            f"示例{i}",
            (draw(KEYS), draw(KEYS)),
            day(first),
            draw(st.sampled_from([None, day(first + 1)])),
            "",
            f"l:{i}",
        )
        for i, first in enumerate(draw(st.lists(DAYS, max_size=6)))
    )
    on = draw(st.sampled_from(["day", None]))
    by: Literal["prefix", "code"] = draw(st.sampled_from(["prefix", "prefix", "code"]))
    covers: Literal["always", "entries"] = draw(st.sampled_from(["always", "always", "entries"]))
    match = Match("code", "c", by), Match("place", "p", "equal")
    dated = DatedList("l", Text("示例", "specimen"), match, on, entries, covers=covers)
    return replace(dated, indexed=indexed(dated))


def day(n: int) -> date:
    """Return the n-th day of the specimen."""
    return TODAY + timedelta(days=n - 3)


CASES = st.lists(
    st.tuples(
        st.sampled_from(["2", "25", "2511", "27", "", "甲乙", None]),
        st.sampled_from(["甲", "2", "乙", None]),
        st.sampled_from([*map(day, range(8)), None]),
    ),
    min_size=1,
    max_size=12,
)


def values_of(row: tuple[str | None, str | None, date | None]) -> dict[str, Value]:
    """Return a row as the kernel holds it."""
    pairs = zip(("code", "place", "day"), row, strict=True)
    return {n: Unknown("missing", n) if v is None else v for n, v in pairs}


def one_by_one(dated: DatedList, values: Mapping[str, Value]) -> int:
    """Return the answer of a list by looking at every entry."""
    return three(holds(replace(dated, indexed=()), values, TODAY))


@settings(max_examples=60)
@given(lists(), CASES)
def test_lists_answer_alike_by_index_by_key_and_laid_out(dated: DatedList, rows: list[tuple]) -> None:
    """An index, one key for all its words, and a column of places give what every entry looked at by itself gives."""
    frame = pl.DataFrame(rows, schema={"code": pl.String, "place": pl.String, "day": pl.Date}, orient="row")
    columns = {k: coded(frame[k]) for k in ("code", "place")}
    days = None if dated.on is None else frame["day"]
    told = [one_by_one(dated, values_of(row)) for row in rows]
    for words in (None, {k: c.words for k, c in columns.items()}):
        laid = lay_out(dated, TODAY, words)
        if laid is None:
            assert (words, dated.match[0].by) == (None, "code")
            continue
        planes = listed(laid, columns, days)
        pairs = zip(unpacked(planes.sure, len(rows)), unpacked(planes.may, len(rows)), strict=True)
        assert [int(s) + int(m) for s, m in pairs] == told
    for row, truth in zip(rows, told, strict=True):
        values = values_of(row)
        assert three(holds(dated, values, TODAY)) == truth
        if row[0] is not None and not dated.doubtful():
            assert three(by_key(dated, "code", values, TODAY).of(row[0])) == truth


RULES = {
    "facts": {
        "a": {"kind": "number", "domain": [0, 1]},
        "b": {"kind": "number", "domain": [0, 1]},
        **{f"c{i}": {"kind": "choice", "domain": [f"词{k}" for k in range(5)]} for i in range(3)},
    },
    "derived": {},
    "outcomes": ["allow", "review", "prohibit"],
    "rules": [
        {"id": "slow", "outcome": "review", "when": ["<", ["/", "a", "b"], 0.6]},
        {"id": "much", "outcome": "prohibit", "when": [">", "a", 7]},
        *(
            {"id": f"{sort}{i}{k}", "outcome": outcome, "when": when}
            for i in range(3)
            for k in range(4)
            for sort, outcome, when in (
                ("is", "review", ["and", ["==", f"c{i}", ["text", f"词{k}"]], ["<", "b", k + 2]]),
                ("not", "prohibit", ["and", ["not", ["==", f"c{i}", ["text", f"词{k}"]]], [">", "a", k + 20]]),
            )
        ),
    ],
}


@pytest.fixture(scope="module")
def many() -> RuleSet:
    """Return a book whose three choices are read with both signs: 125 ways of completing a row."""
    return assemble(book_of(RULES), TODAY)


def register(rows: int, seed: int = 1) -> pl.DataFrame:
    """Return made-up rows for the book, a fifth of each fact missing."""
    draw = np.random.default_rng(seed)
    columns: dict[str, Sequence[object]] = {
        "a": draw.integers(0, 30, rows).tolist(),
        "b": draw.integers(0, 8, rows).tolist(),
        **{f"c{i}": [f"词{k}" for k in draw.integers(0, 5, rows)] for i in range(3)},
    }
    gone = {name: draw.random(rows) < 0.2 for name in columns}
    held = {n: [None if g else v for v, g in zip(c, gone[n], strict=True)] for n, c in columns.items()}
    return pl.DataFrame({"id": [f"示例{i:06}" for i in range(rows)], **held})


def test_more_ways_than_one_number_holds(many: RuleSet) -> None:
    """125 ways take three numbers of bits; polars in memory, lazily and DuckDB give the same bytes."""
    plan, frame = plan_register(many), register(400)
    assert len(completions(plan.hazards)) == 125
    assert {n for level in logic_levels(many, completions(plan.hazards)) for n in level} >= {"_w2_0", "_p0"}
    here = judge_chunk(plan, frame)
    lazily = judge_register(plan, nw.from_native(frame.lazy()), lambda t: nw.from_native(t.lazy()), {})
    assert nw.to_native(lazily).collect().sort("id").select(here.columns).equals(here)
    with duckdb.connect() as base:
        there = judge_register(
            plan,
            nw.from_native(base.from_arrow(frame.to_arrow())),
            lambda t: nw.from_native(base.from_arrow(t.to_arrow())),
            {},
        )
        assert nw.to_native(there).pl().sort("id").select(here.columns).cast(here.schema).equals(here)


def test_a_long_table_is_its_pieces(many: RuleSet) -> None:
    """A table judged in two halves says of each row what a short one says of it, in the order of the rows."""
    plan, short = plan_register(many), register(257)
    long = pl.concat([short] * (LONG // len(short) + 1))
    assert len(long) > LONG
    found = judge_chunk(plan, long)
    assert found.equals(pl.concat([judge_chunk(plan, short)] * (len(long) // len(short))))


@settings(max_examples=40)
@given(st.lists(st.integers(0, 2), min_size=26, max_size=26), st.data())
def test_only_rules_that_read_a_moved_question_are_asked_again(
    many: RuleSet, truths: list[int], data: st.DataObject
) -> None:
    """The rules stand as if all of them had been asked anew."""
    size = len(many.skeleton.atoms)
    before = [truths[i % 26] for i in range(size)]
    places = data.draw(st.lists(st.integers(0, size - 1), max_size=4, unique=True))
    after = list(before)
    for place in places:
        after[place] = data.draw(st.integers(0, 2))
    assert moved(many, standing(many, before), after, places) == standing(many, after)


WHOLE = st.one_of(st.none(), st.integers(-4, 12), st.sampled_from([600, 1000, 10**9, -(10**9), 2**41, 2**62]))


@settings(max_examples=30)
@given(st.lists(st.tuples(WHOLE, WHOLE), min_size=1, max_size=8), st.booleans())
def test_whole_numbers_asked_plainly_are_those_of_the_engine(
    rows: list[tuple[int | None, int | None]], kept: bool
) -> None:
    """A quotient by cross products and a measurement by sums say what the engine says; too large, they are left to it."""
    rows = [(a, b if b is None or not kept else abs(b) % 10**9) for a, b in rows]
    wanted = [
        ["<", ["/", "a", "b"], 0.6],
        [">=", ["/", "a", "b"], 1000],
        ["==", "a", 7],
        ["<", "b", 2.5],
        ["!=", ["/", "a", "b"], 0.5],
    ]
    rules = {**RULES, "rules": [{"id": f"r{i}", "outcome": "review", "when": w} for i, w in enumerate(wanted)]}
    held = assemble(book_of(rules), TODAY)
    frame = pl.DataFrame(rows, schema={"a": pl.Int64, "b": pl.Int64}, orient="row")
    every = range(len(held.skeleton.atoms))
    quick = (
        frame.lazy().select(expression(q).alias(f"{ATOM}{i}") for i, q in plain(held, frame, every).items()).collect()
    )
    table = asked(nw.from_native(frame.lazy()), held, list(every), {})
    slow = nw.to_native(table).collect()
    if all(v is None or 0 <= v < 10**7 for row in rows for v in row):
        assert len(quick.columns) == len(every)
    for name in quick.columns:
        assert quick[name].to_list() == slow[name].to_list(), name


def test_a_measurement_asked_plainly() -> None:
    """Within, outside, across the line, an error below zero, a missing length."""
    frame = pl.DataFrame({"m": [5, 12, 10, None, 0], "e": [1, 1, 1, 1, None]})
    node = parse("within(m, e, 10)")
    made = plainly(node, dict(frame.schema), ranges_of(frame, ["m", "e"]))
    assert made is not None
    assert frame.select(expression(made)).to_series().to_list() == [True, False, None, None, None]
    below = pl.DataFrame({"m": [5], "e": [-1]})
    assert plainly(node, dict(below.schema), ranges_of(below, ["m", "e"])) is None


@given(st.lists(st.lists(st.booleans(), min_size=70, max_size=70), min_size=1, max_size=20))
@settings(max_examples=20)
def test_masks_of_many_parts(parts: list[list[bool]]) -> None:
    """Bit i of the number of a row is part i, however many parts there are."""
    found = masks([packed(np.array(p)) for p in parts], 70)
    assert found.tolist() == [sum(int(p[row]) << i for i, p in enumerate(parts)) for row in range(70)]


def test_a_list_too_wide_for_its_own_keys_is_laid_out_over_the_table() -> None:
    """Millions of combinations of its own keys: nothing is laid out beforehand, and the words of a table still are."""
    entries = tuple(Entry(f"示例{i}", (f"{i}", f"{i}"), TODAY, None, "", f"l:{i}") for i in range(2100))
    wide = DatedList(
        "l", Text("示例", "specimen"), (Match("code", "c", "equal"), Match("place", "p", "equal")), None, entries
    )
    assert lay_out(wide, TODAY) is None
    assert lay_out(wide, TODAY, {"code": ("7", "8"), "place": ("7",)}) is not None
    words = [str(i) for i in range(30_000)]
    with pytest.raises(ZhishuError) as caught:
        lay_out(wide, TODAY, {"code": words, "place": words})
    assert [p.code for p in caught.value.problems] == ["engine-list-wide"]
