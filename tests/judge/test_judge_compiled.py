"""The compiled way of judging by column says what numpy and polars say: on whole books, and loop by loop."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_judge_quick import CASES, TODAY, lists, many, register  # noqa: F401  # a fixture
from test_judge_register import frame_of, registers

from zhishu.judge.columnar import chunk
from zhishu.judge.columnar import kit as kits
from zhishu.judge.columnar.kit import COMPILED_FROM, PLAIN, compiled, kit_for, told
from zhishu.judge.columnar.lists import listed
from zhishu.judge.columnar.numbers import Plain, Quotient, Same, Sum, Within
from zhishu.judge.columnar.planes import absent, unpacked
from zhishu.judge.columnar.words import coded, spread
from zhishu.judge.laid import lay_out
from zhishu.judge.register import plan_register
from zhishu.judge.ruleset import RuleSet
from zhishu.pack.dated_list import DatedList

pytest.importorskip("numba", reason="the extra fast is not installed")

from zhishu.judge.columnar.compiled import kit as quick
from zhishu.judge.columnar.compiled import loops
from zhishu.judge.columnar.compiled import sums as summed
from zhishu.judge.columnar.compiled.lines import Program
from zhishu.judge.columnar.compiled.logic import Recorded


@pytest.mark.parametrize("combine", ["worst", "first"])
def test_books_are_judged_alike(combine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Random books: the same frame in every column, whole, in pieces that begin anywhere, and in two halves."""
    for rules, neutral, rows in registers(31, 12, 50, combine):
        plan, frame = plan_register(rules), frame_of(neutral, rows)
        kit, expected = compiled(plan), chunk.judge_chunk(plan, frame)
        assert chunk.judge_chunk(plan, frame, kit).equals(expected), neutral
        assert chunk.judge_chunk(plan, frame[7:], kit).equals(expected[7:]), neutral
        assert chunk.judge_chunk(plan, frame.clear(), kit).equals(expected.clear()), neutral
        monkeypatch.setattr(chunk, "LONG", 8)
        assert chunk.judge_chunk(plan, pl.concat([frame[:9], frame[9:]], rechunk=False), kit).equals(expected), neutral
        monkeypatch.undo()


def test_many_completions_and_more_rules_than_two_bytes(many: RuleSet) -> None:  # noqa: F811  # a fixture
    """125 completions; a mask wider than sixteen bits is a number of 64."""
    plan, frame = plan_register(many), register(300)
    assert chunk.judge_chunk(plan, frame, compiled(plan)).equals(chunk.judge_chunk(plan, frame))
    planes = [np.array([1 << (i % 64)], dtype=np.uint64) for i in range(24)]
    wanted, parts = np.arange(24, dtype=np.int64), np.array([0, 3, 3, 3, 3], dtype=np.int64)
    assert Recorded((), np.zeros((0, 3), dtype=np.int64), wanted, parts).kind() is np.int64
    desk, squares = np.zeros((24, 8), dtype=np.uint64), np.zeros(64, dtype=np.uint64)
    out = np.zeros((4, 64), dtype=np.int64)
    none = np.zeros((0, 3), dtype=np.int64)
    loops.settle(none, np.array(planes), wanted, parts, desk, desk.view(np.uint8), squares, squares.view(np.uint8), out)
    assert out[0].tolist() == [1 << i if i < 24 else 0 for i in range(64)]


WORDS = st.one_of(
    st.none(),
    st.sampled_from(
        ["", "甲", "甲乙丙丁", "甲乙丙丁戊", "甲乙丙丁己", "名录内的一级支流", "a" * 12, "a" * 13, "a" * 300]
    ),
    st.text(max_size=6),
)


@settings(max_examples=60)
@given(st.lists(WORDS, max_size=150), st.integers(0, 9), st.booleans())
def test_words_by_number(words: list[str | None], first: int, twice: bool) -> None:
    """Short ones in their views, long ones beside them, none; from any row on, in one piece or two."""
    column = pl.Series(words, dtype=pl.String)[first:]
    column = pl.concat([column, pl.Series(["乙", *words[:5]], dtype=pl.String)], rechunk=False) if twice else column
    found = quick.coded(column)
    assert [None if c == 0 else found.words[c - 1] for c in found.codes] == column.to_list()
    assert list(found.words) == list(dict.fromkeys(column.drop_nulls().to_list()))
    assert found.words == coded(column).words


@pytest.mark.parametrize("count", [quick.FEW_WORDS, quick.FEW_WORDS + 1, quick.MOST_WORDS + 1])
def test_many_words(count: int) -> None:
    """Room for few is made larger, and of more than it holds the engine makes the numbers."""
    column = pl.Series([f"示例第{i}号" if i % 2 else f"{i}" for i in range(count)] * 2)
    found = quick.coded(column)
    assert found.words == tuple(column[:count].to_list())
    assert found.codes.tolist() == [*range(1, count + 1)] * 2


@settings(max_examples=30)
@given(st.lists(st.integers(0, 5), max_size=200), st.lists(st.integers(0, 255), min_size=6, max_size=6))
def test_bytes_spread_over_rows(codes: list[int], bytes_: list[int]) -> None:
    """Each row's byte as planes."""
    table, numbers = np.array(bytes_, dtype=np.uint8), np.array(codes, dtype=np.uint16)
    for parts in (1, 3, 8):
        for ours, theirs in zip(quick.spread(table, numbers, parts), spread(table, numbers, parts), strict=True):
            assert unpacked(ours, len(codes)).tolist() == unpacked(theirs, len(codes)).tolist()


WHOLE = st.one_of(st.none(), st.integers(-5, 12), st.sampled_from([10**9, -(10**9)]))
OPS: Sequence[Literal["<", "<=", ">", ">=", "==", "!="]] = ("<", "<=", ">", ">=", "==", "!=")


@settings(max_examples=60)
@given(
    st.lists(st.tuples(WHOLE, WHOLE, st.sampled_from([True, False, None])), max_size=140),
    st.integers(-3, 7),
    st.integers(-3, 3),
    st.sampled_from([pl.Int64, pl.Int32]),
)
def test_plain_questions(
    rows: list[tuple[int | None, int | None, bool | None]], limit: int, times: int, kind: type[pl.DataType]
) -> None:
    """Every comparison of a number and of a sum, a quotient, a measurement, a yes or no, a word."""
    frame = pl.DataFrame(rows, schema={"a": kind, "b": kind, "yes": pl.Boolean}, orient="row")
    word = pl.when(pl.col("a") > 3).then(pl.lit("甲")).when(pl.col("a") < 0).then(pl.lit("乙"))
    frame = frame.with_columns(word=word, error=pl.col("b").abs())
    sums = [Sum(terms, op, limit) for terms in ((("a", times),), (("a", times), ("b", 2))) for op in OPS]
    near = Within(Sum((("a", 1), ("error", 1)), "<=", limit), Sum((("a", 1), ("error", -1)), ">", limit))
    quotients = [Quotient(Sum((("a", 5), ("b", -3)), op, 0), "b") for op in OPS]
    asked: dict[int, Plain] = dict(enumerate([*sums, *quotients, near, "yes", Same("word", "!=", "甲")]))
    missing = {name: absent(frame[name]) for name in frame.columns}
    here, there = summed.told(asked, frame, missing), told(asked, frame, missing)
    for i, question in asked.items():
        for ours, theirs in ((here[i].sure, there[i].sure), (here[i].may, there[i].may)):
            assert unpacked(ours, len(frame)).tolist() == unpacked(theirs, len(frame)).tolist(), question


@settings(max_examples=60)
@given(lists(), CASES)
def test_lists(dated: DatedList, rows: list[tuple[object, ...]]) -> None:
    """Dated and undated lists, with doubtful entries, keys and days that are missing, and days a list does not speak of."""
    frame = pl.DataFrame(rows, schema={"code": pl.String, "place": pl.String, "day": pl.Date}, orient="row")
    columns = {k: coded(frame[k]) for k in ("code", "place")}
    for words in (None, {k: c.words for k, c in columns.items()}):
        laid = lay_out(dated, TODAY, words)
        if laid is not None:
            days = None if laid.on is None else frame[laid.on]
            here, there = quick.listed(laid, columns, days), listed(laid, columns, days)
            assert unpacked(here.sure, len(rows)).tolist() == unpacked(there.sure, len(rows)).tolist()
            assert unpacked(here.may, len(rows)).tolist() == unpacked(there.may, len(rows)).tolist()


def test_what_is_written_twice_is_one_line() -> None:
    """Either way round, and with itself."""
    program = Program()
    a, b = program.give(), program.give()
    assert ((a & b).place, (b & a).place, (a & a).place, (a | a).place) == (2, 2, 0, 0)
    assert (~(a | b)).place == (~(b | a)).place
    assert (~~a).place == a.place
    nowhere = a & ~a
    assert ((nowhere & b).place, (b | nowhere).place, (b & ~nowhere).place) == (nowhere.place, b.place, b.place)
    assert (~nowhere | b).place == (~nowhere).place
    with pytest.raises(AssertionError):
        program.give()


def test_a_short_register_is_not_compiled(many: RuleSet, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811  # a fixture
    """Nor is a long one where numba is not installed."""
    plan = plan_register(many)
    assert kit_for(plan, COMPILED_FROM - 1) is PLAIN
    assert kit_for(plan, COMPILED_FROM).few == 0
    monkeypatch.setattr(kits, "find_spec", lambda name: None)
    assert kit_for(plan, COMPILED_FROM) is PLAIN
