"""DMN both ways: the same table comes back, and nothing that is not understood is left out."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formula.decision_samples import COLUMNS, KINDS, LEVEL, LEVELS, NUMBERS, rows_of

from zhishu.errors import ZhishuError
from zhishu.formula.decision.dmn import read_dmn, write_dmn
from zhishu.formula.decision.feel import read_feel, write_feel
from zhishu.formula.decision.read import read_table
from zhishu.formula.decision.table import Aggregate, Cell, Column, DecisionTable, Equal, InputKind, Known, Policy, Row
from zhishu.formula.tree import Word
from zhishu.terms import Text

OUT, AMOUNT = Column("level", LEVELS), Column("amount", InputKind("number", "%"))
ALL = KINDS | {"level": LEVELS, "amount": AMOUNT.kind}
POLICIES: list[tuple[Policy, Aggregate | None]] = [
    ("unique", None),
    ("first", None),
    ("priority", None),
    ("collect", "sum"),
    ("collect", "min"),
    ("collect", "max"),
    ("collect", "count"),
    ("collect", "any"),
]
SMALL = read_table("share,-> level\n<60 %,a\n>=60 %,b\n", ALL, name="示例", file="示例.csv")
DOCUMENT = write_dmn(SMALL)
NOTES = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=6)


def sayable(cell: Cell) -> Cell:
    """Return the cell, or one that asks nothing where DMN cannot say it."""
    alone = cell == Cell((Known(True),))
    denied = cell.negated and cell.tests == (Known(False),)
    return Cell() if denied or (Known(True) in cell.tests and not alone) else cell


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_table_comes_back_as_it_went(data: st.DataObject) -> None:
    """Writing a table and reading it gives the table again: cells, values, policy, ids, sentences and notes."""
    policy, aggregate = data.draw(st.sampled_from(POLICIES))
    out = AMOUNT if policy == "collect" else OUT
    columns = COLUMNS[: data.draw(st.integers(0, 5))]
    rows = tuple(
        Row(
            f"甲{row.id}",
            tuple(sayable(cell) for cell in row.cells),
            data.draw(st.sampled_from([row.outputs, (None,)])),
            say=data.draw(st.sampled_from([None, Text("若“<”则", 'if "&" then')])),
            priority=None if policy == "priority" else data.draw(st.sampled_from([None, 2])),
            note=data.draw(NOTES).strip(),
        )
        for row in data.draw(rows_of(columns, NUMBERS if out is AMOUNT else LEVEL))
    )
    table = DecisionTable("示例 <表>", columns, (out,), rows, policy, aggregate)
    text = write_dmn(table)
    assert read_dmn(text, ALL, "示例.dmn") == table
    assert write_dmn(read_dmn(text, ALL, "示例.dmn")) == text


@given(st.text(min_size=1, max_size=8))
@settings(max_examples=100, deadline=None)
def test_any_word_is_a_string_of_feel(word: str) -> None:
    """Quotes, backslashes and line ends in a word come back from FEEL."""
    cell, kind = Cell((Equal(Word(word)),)), InputKind("word")
    assert read_feel(write_feel(cell, kind, "示例"), kind, "示例") == cell


def test_numbers_go_out_in_the_unit_of_their_column() -> None:
    """3 公里 in a column of metres is 3000; what has no end there is refused."""
    metres, hectares = InputKind("number", "m"), InputKind("number", "公顷")
    kinds = {"length": metres, "area": hectares, "level": LEVELS}
    table = read_table("length,-> level\n>= 3 公里,a\n", kinds)
    assert "<text>&gt;= 3000</text>" in write_dmn(table)
    with pytest.raises(ZhishuError, match="table-dmn-cell"):
        write_dmn(read_table("area,-> level\n>= 1 亩,a\n", kinds))


def test_what_dmn_cannot_say_is_refused() -> None:
    """Extra conditions, numbered priorities, sums over several outputs and control signs do not go out."""
    cases = [
        ("table-dmn-when", read_table("share,when,-> level\n-,signed,a\n", ALL)),
        ("table-dmn-priority", read_table("share,priority,-> level\n-,1,a\n", ALL, "priority")),
        ("table-dmn-collect", read_table("code,-> amount,-> share\n-,5 %,5 %\n", ALL, "collect", "sum")),
        ("table-dmn-text", read_table("share,note,-> level\n-,a\x01b,a\n", ALL)),
        ("table-dmn-cell", read_table('share,-> level\n"已知, <5 %",a\n', ALL)),
    ]
    for code, table in cases:
        with pytest.raises(ZhishuError, match=code):
            write_dmn(table)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("<definitions", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><definitions', "table-dmn-doctype"),
        ("<definitions", '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><definitions', "table-dmn-doctype"),
        ("</definitions>", "", "table-dmn-xml"),
        ("DMN/20191111/MODEL/", "DMN/20151101/dmn.xsd", "table-dmn-version"),
        ('hitPolicy="UNIQUE"', 'hitPolicy="RULE ORDER"', "table-dmn-policy"),
        ('hitPolicy="UNIQUE"', 'hitPolicy="COLLECT"', "table-dmn-policy"),
        ('hitPolicy="UNIQUE"', 'hitPolicy="FIRST" aggregation="SUM"', "table-dmn-policy"),
        ('hitPolicy="UNIQUE"', 'hitPolicy="UNIQUE" weight="2"', "table-dmn-part"),
        ("<decision id", '<inputData id="x" name="y"/><decision id', "table-dmn-part"),
        ("</decision>", '</decision><decision name="b"><decisionTable/></decision>', "table-dmn-tables"),
        ("<text>share</text>", "<text>share * 2</text>", "table-column-unknown"),
        ("<text>share</text>", "<text>share</text><text>code</text>", "table-dmn-part"),
        ('typeRef="number"', 'typeRef="string"', "table-dmn-type"),
        ("unit: %", "unit: ‰", "table-dmn-unit"),
        ('"a", "b", "c"', '"b", "a", "c"', "table-dmn-values"),
        ("<text>&lt; 60</text>", "<text>date and time(x)</text>", "table-dmn-cell"),
        ("<text>&lt; 60</text>", "<text>&lt; 60 or true</text>", "table-dmn-cell"),
        ("<text>&lt; 60</text>", "<text>[60..5]</text>", "table-dmn-cell"),
        ("<text>&lt; 60</text>", '<text>"60"</text>', "table-dmn-cell"),
        ("<text>&lt; 60</text>", "<text>&lt; 60</text>stray", "table-dmn-part"),
        ('<text>"a"</text>', '<text>"d"</text>', "table-value-choice"),
        ('annotation name="note"', 'annotation name="remark"', "table-dmn-annotation"),
        ('<inputEntry id="entry_1_1">', '<inputEntry/><inputEntry id="entry_1_1">', "table-row-width"),
        ("<decisionTable", '<decisionTable xmlns:x="urn:x" x:y="1"', "table-dmn-part"),
        ("<inputExpression", '<inputExpression expressionLanguage="groovy"', "table-dmn-language"),
    ],
)
def test_what_is_not_understood_is_a_problem(old: str, new: str, code: str) -> None:
    """Every foreign part of a document is named with where it stands; none is passed over."""
    assert old in DOCUMENT
    with pytest.raises(ZhishuError) as caught:
        read_dmn(DOCUMENT.replace(old, new, 1), ALL, "示例.dmn")
    assert code in {problem.code for problem in caught.value.problems}
    assert all(problem.where.startswith("示例.dmn") for problem in caught.value.problems)


def test_a_plain_document_of_another_tool_is_read() -> None:
    """Empty entries, a drawing, one unnamed output and no annotations are understood."""
    text = """<?xml version="1.0" encoding="UTF-8"?>
    <d:definitions xmlns:d="https://www.omg.org/spec/DMN/20191111/MODEL/"
        xmlns:p="https://www.omg.org/spec/DMN/20191111/DMNDI/" id="x" name="x" namespace="urn:x">
      <d:decision id="y" name="level">
        <d:decisionTable id="z">
          <d:input id="i" label="示例"><d:inputExpression typeRef="integer"><d:text> share </d:text></d:inputExpression></d:input>
          <d:output id="o" typeRef="string"/>
          <d:rule id="r1"><d:description>一</d:description><d:inputEntry><d:text>]0.5..60[</d:text></d:inputEntry>
            <d:outputEntry><d:text>"a"</d:text></d:outputEntry></d:rule>
          <d:rule id="r2"><d:inputEntry><d:text></d:text></d:inputEntry>
            <d:outputEntry><d:text>null</d:text></d:outputEntry></d:rule>
        </d:decisionTable>
      </d:decision>
      <p:DMNDI><p:DMNDiagram/></p:DMNDI>
    </d:definitions>"""
    table = read_dmn(text, ALL)
    assert [row.id for row in table.rows] == ["r1", "r2"]
    assert table.rows[0].cells == read_table("share,-> level\n(0.5 %..60 %),a\n", ALL).rows[0].cells
    assert (table.rows[0].note, table.rows[1].cells, table.rows[1].outputs) == ("一", (Cell(),), (None,))
    assert Fraction(1, 2) in {test.low.value for test in table.rows[0].cells[0].tests}  # type: ignore[union-attr]  # a span of numbers
