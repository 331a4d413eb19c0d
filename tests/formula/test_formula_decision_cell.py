"""The cells of a decision table: read as written, written as read, refused with the place and the repair."""

from contextlib import suppress
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formula.decision_samples import CITIES, COLUMNS, cells_of

from zhishu.errors import ZhishuError
from zhishu.formula.decision.cell import read_cell, write_cell
from zhishu.formula.decision.table import Cell, Equal, InputKind, Known, Prefix, Span, Test
from zhishu.formula.tree import Number, Truth, Word
from zhishu.terms import Text

WHERE = "示例.csv:3 x"
SHARE, LENGTH, PLAIN = InputKind("number", "%"), InputKind("number", "公里"), InputKind("number")
CODE, CITY, SIGNED, OPENED = (
    InputKind("word"),
    InputKind("choice", values=CITIES),
    InputKind("truth"),
    InputKind("date"),
)


def number(value: int, unit: str | None = None) -> Number:
    """Return a number in a unit."""
    return Number(Fraction(value), unit)


@pytest.mark.parametrize(
    ("text", "kind", "tests"),
    [
        ("", CODE, ()),
        ("-", SHARE, ()),
        ("26", CODE, (Equal(Word("26")),)),
        ("26", PLAIN, (Equal(number(26)),)),
        ('"26*"', CODE, (Prefix("26"),)),
        ("26*, 511402", CODE, (Prefix("26"), Equal(Word("511402")))),
        ("眉山市、Chengdu", CITY, (Equal(Word("511400")), Equal(Word("510100")))),
        ('"甲, 乙"，丙', CODE, (Equal(Word("甲, 乙")), Equal(Word("丙")))),
        ("＜６０％", SHARE, (Span(None, number(60, "%")),)),
        (">= 3 公里", LENGTH, (Span(number(3, "公里"), None, low_in=True),)),
        ("≤3000 m", LENGTH, (Span(None, number(3000, "m"), high_in=True),)),
        ("[1..3)", LENGTH, (Span(number(1, "公里"), number(3, "公里"), True, False),)),
        ("(1..3] m", LENGTH, (Span(number(1, "m"), number(3, "m"), False, True),)),
        ("[1 m..3)", LENGTH, (Span(number(1, "m"), number(3, "m"), True, False),)),
        ("[-5..5]", PLAIN, (Span(number(-5), number(5), True, True),)),
        ("[2019-01-01..2020-01-01)", OPENED, (Span(date(2019, 1, 1), date(2020, 1, 1), True, False),)),
        ("是", SIGNED, (Equal(Truth(True)),)),
        ("no", SIGNED, (Equal(Truth(False)),)),
        ("未知", SHARE, (Known(False),)),
        ("known", CITY, (Known(True),)),
        ("not(未知)", CITY, (Known(True),)),
        ('"known"', CODE, (Equal(Word("known")),)),
    ],
)
def test_a_cell_is_read_by_the_kind_of_its_column(text: str, kind: InputKind, tests: tuple[Test, ...]) -> None:
    """Each writing of the handbook is read as what it means, in full width and half width alike."""
    assert read_cell(text, kind, WHERE) == Cell(tests)


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("<60 公里", SHARE, "table-value-unit"),
        ("5 个百分点", SHARE, "table-value-unit"),
        ("3 公里", PLAIN, "table-value-unit"),
        ("<0.6", SHARE, "table-value-share"),
        ("1,000", PLAIN, "table-cell-comma"),
        ("[3..1)", PLAIN, "table-cell-empty"),
        ("(1..1]", PLAIN, "table-cell-empty"),
        ("<甲", CODE, "table-cell-kind"),
        ("[甲..乙]", CITY, "table-cell-kind"),
        ("2019/1/1", OPENED, "table-value"),
        ("2019-02-30", OPENED, "table-value"),
        ("也许", SIGNED, "table-value"),
        ("绵阳市", CITY, "table-value-choice"),
        ("52*", CITY, "table-value-choice"),
        ("*26", CODE, "table-cell"),
        ("2*6*", CODE, "table-cell"),
        ("26*", PLAIN, "table-cell"),
        ("甲,,乙", CODE, "table-cell"),
        ('"甲', CODE, "table-cell"),
        ("甲(乙", CODE, "table-value"),
        ("<60 里拉", SHARE, "unit-unknown"),
        ("多", SHARE, "quantity-unreadable"),
        ("not()", CODE, "table-cell"),
        ("!= 5", PLAIN, "quantity-unreadable"),
        (
            "不限",
            InputKind("choice", values={"unknown": Text("不限", "any"), "u": Text("不限", "every")}),
            "table-value-choice",
        ),
        ("unknown", InputKind("choice", values={"unknown": Text("不明", "unclear")}), "table-cell-choice"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, kind: InputKind, code: str) -> None:
    """Nothing is guessed: the problem names the cell's place, what stands there and a repair in both languages."""
    with pytest.raises(ZhishuError) as caught:
        read_cell(text, kind, WHERE)
    problem = caught.value.problems[0]
    assert (problem.code, problem.where) == (code, WHERE)
    assert problem.repair.zh
    assert problem.repair.en


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_written_cell_is_read_back(data: st.DataObject) -> None:
    """Writing a cell and reading it gives the cell again."""
    column = data.draw(st.sampled_from(COLUMNS))
    cell = data.draw(cells_of(column))
    if cell.negated and len(cell.tests) == 1 and isinstance(cell.tests[0], Known):
        cell = Cell((Known(not cell.tests[0].known),))
    assert read_cell(write_cell(cell), column.kind, WHERE) == cell


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Z")), min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_any_word_can_be_written(word: str) -> None:
    """A word with whatever signs is one value again when it is read, unless it ends or holds the mark of prefixes."""
    if not {"*", "“", "”"} & set(word):
        cell = Cell((Equal(Word(word)),))
        assert read_cell(write_cell(cell), CODE, WHERE) == cell


@given(st.text(max_size=20))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_the_reader(text: str) -> None:
    """Whatever stands in a cell, it is read or refused with problems."""
    for kind in (SHARE, CODE, CITY, SIGNED, OPENED):
        with suppress(ZhishuError):
            assert isinstance(read_cell(text, kind, WHERE), Cell)
