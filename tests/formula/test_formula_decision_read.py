"""Reading whole decision tables: columns, extras, and every slip at once."""

from fractions import Fraction

import pytest

from zhishu.errors import ZhishuError
from zhishu.formula.decision.read import read_table
from zhishu.formula.decision.table import Aggregate, InputKind, Policy
from zhishu.formula.parse import parse
from zhishu.formula.tree import Number, Word
from zhishu.terms import Text

KINDS = {
    "share": InputKind("number", "%"),
    "line.speed": InputKind("number", "公里/小时"),
    "code": InputKind("word"),
    "level": InputKind("word"),
    "fee": InputKind("number", "元"),
}


def codes(text: str, policy: Policy = "unique", aggregate: Aggregate | None = None) -> list[str]:
    """Return the codes of what is wrong with a table."""
    with pytest.raises(ZhishuError) as caught:
        read_table(text, KINDS, policy, aggregate, file="示例.csv")
    return [problem.code for problem in caught.value.problems]


def test_every_column_has_its_place() -> None:
    """Inputs, outputs and extras are told apart by the header, in any order."""
    text = (
        "id,-> level,share,line.speed,when,→ fee,say_zh,say_en,priority,note\n"
        "甲,低,<60 %,>= 200,share < line.speed,5 元,供地不足,too little land,3,示例\n"
    )
    table = read_table(text, KINDS, name="示例表", file="示例.csv")
    row = table.rows[0]
    assert [c.name for c in table.inputs] == ["share", "line.speed"]
    assert [c.name for c in table.outputs] == ["level", "fee"]
    assert (row.id, row.when, row.say) == ("甲", parse("share < line.speed"), Text("供地不足", "too little land"))
    assert (row.outputs, row.priority, row.note) == ((Word("低"), Number(Fraction(5), "元")), 3, "示例")
    assert row.where == "示例.csv:2"


def test_every_problem_is_found_at_once() -> None:
    """Three slips in three rows are three problems, each with its line and column."""
    with pytest.raises(ZhishuError) as caught:
        read_table("share,code,-> level\n<60 里,a,x\n<60 %,*a,x\n<60 %,a,\n", KINDS, file="示例.csv")
    assert [(p.where, p.code) for p in caught.value.problems] == [
        ("示例.csv:2 share", "unit-unknown"),
        ("示例.csv:3 code", "table-cell"),
        ("示例.csv:4 -> level", "table-output-empty"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("share,shares,-> level\n-,-,x\n", ["table-column-unknown"]),
        ("share,share,-> level\n-,-,x\n", ["table-column-twice"]),
        ("share,code\n-,-\n", ["table-column-none"]),
        ("share,-> level\n", ["table-row-none"]),
        ("", ["table-column-none", "table-row-none"]),
        ("share,-> level\n-\n", ["table-row-width"]),
        ("id,share,-> level\na,<5 %,x\na,>=5 %,y\n", ["table-row-twice"]),
        ("share,say_zh,say_en,-> level\n-,好,,x\n", ["table-row-say"]),
        ("share,when,-> level\n-,share <,x\n", ["formula-syntax"]),
        ("share,priority,-> level\n-,0,x\n", ["table-priority"]),
        ('share,-> level\n"<5 %,x\n', ["table-csv"]),
        ("share,-> level\n" + "-,x\n" * 2001, ["table-row-many"]),
    ],
)
def test_slips_of_a_table_have_their_code(text: str, found: list[str]) -> None:
    """What is wrong with header, rows and extras is named."""
    assert codes(text) == found


@pytest.mark.parametrize(
    ("policy", "aggregate"), [("collect", None), ("unique", "sum"), ("collect", "sum"), ("collect", "max")]
)
def test_an_aggregate_needs_its_policy_and_numbers(policy: Policy, aggregate: Aggregate | None) -> None:
    """collect goes with an aggregate, and words have no sum and no largest."""
    assert codes("share,-> level\n-,x\n", policy, aggregate) == ["table-policy"]


def test_a_mark_at_the_start_and_empty_lines_do_no_harm() -> None:
    """A table saved by a spreadsheet, with its byte order mark and empty rows, is the same table."""
    plain = read_table("share,-> level\n-,x\n", KINDS)
    assert read_table("\ufeffshare,-> level\r\n,\r\n-,x\r\n", KINDS) == plain
