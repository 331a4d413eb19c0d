"""Parts of conditions answered once for a word say what their questions say row by row; bits are taken as they stand."""

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from judge_books import book_of
from test_judge_register import TODAY, frame_of, registers

from zhishu.formula.tree import Logic, names
from zhishu.judge.columnar import chunk
from zhishu.judge.columnar.arrow import bitmaps
from zhishu.judge.columnar.kit import PLAIN
from zhishu.judge.columnar.planes import masks, packed, planes_of, unpacked
from zhishu.judge.register import plan_register
from zhishu.judge.ruleset import ATOM, assemble

TRUTH = st.sampled_from([True, False, None])


@pytest.mark.parametrize("combine", ["worst", "first"])
def test_words_by_number_are_words_as_they_stand(combine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every fact of words by its number, none, in another order of rows, in two halves: the same answer for the same row."""
    for rules, neutral, rows in registers(23, 12, 40, combine):
        plan, frame = plan_register(rules), frame_of(neutral, rows)
        told = []
        for kit in (replace(PLAIN, few=0), replace(PLAIN, few=99)):
            told.append(chunk.judge_chunk(plan, frame, kit))
            told.append(chunk.judge_chunk(plan, frame.sample(fraction=1, shuffle=True, seed=5), kit).sort("id"))
        monkeypatch.setattr(chunk, "LONG", 8)
        told.append(chunk.judge_chunk(plan, frame))
        monkeypatch.undo()
        assert all(other.equals(told[0]) for other in told[1:]), neutral


def test_a_part_reads_one_word_and_no_completed_question() -> None:
    """An ``or`` of beginnings is one part; a question that completions answer is none, nor is one on a number."""
    word = {"kind": "code", "domain": ["甲", "乙"]}
    rules = {
        "facts": {"code": word, "other": word, "size": {"kind": "number", "domain": [1, 2]}},
        "derived": {},
        "outcomes": ["allow", "review", "stop"],
        "rules": [
            {
                "id": "a",
                "outcome": "stop",
                "when": [
                    "and",
                    ["or", ["starts_with", "code", ["text", "甲"]], ["starts_with", "code", ["text", "乙"]]],
                    [">", "size", 3],
                ],
            },
            {"id": "b", "outcome": "stop", "when": ["starts_with", "other", ["text", "甲"]]},
            {"id": "c", "outcome": "review", "when": ["not", ["starts_with", "other", ["text", "甲"]]]},
        ],
    }
    plan = plan_register(assemble(book_of(rules), TODAY))
    assert [h.fact for h in plan.hazards.completed] == ["other"]
    (parts,) = (plan.units.by_fact[fact] for fact in plan.units.by_fact)
    (node,) = parts.values()
    assert isinstance(node, Logic)
    assert node.op == "or"
    assert {plan.rules.skeleton.atoms[int(n.removeprefix(ATOM))].facts for n in names(node)} == {frozenset({"code"})}


@settings(max_examples=40)
@given(st.lists(TRUTH, max_size=150), st.integers(0, 9), st.booleans())
def test_bits_stand_as_the_column_does(truths: list[bool | None], first: int, twice: bool) -> None:
    """Whatever the beginning of a slice and however many pieces a column has."""
    column = pl.Series(truths, dtype=pl.Boolean)[first:]
    column = pl.concat([column, column], rechunk=False) if twice else column
    planes = planes_of(column)
    assert unpacked(planes.sure, len(column)).tolist() == [t is True for t in column]
    assert unpacked(planes.may, len(column)).tolist() == [t is not False for t in column]
    assert (bitmaps(column)[1] is None) == (column.null_count() == 0)


@settings(max_examples=20)
@given(st.integers(0, 62), st.integers(0, 70), st.integers(0, 2**62 - 1))
def test_masks_are_as_wide_as_they_have_parts(parts: int, rows: int, seed: int) -> None:
    """Bit i of a row's number is part i, for any number of parts."""
    numbers = [(seed >> (row % 5)) & ((1 << parts) - 1) for row in range(rows)]
    held = [packed(pl.Series([n >> i & 1 == 1 for n in numbers], dtype=pl.Boolean).to_numpy()) for i in range(parts)]
    assert masks(held, rows).tolist() == numbers
