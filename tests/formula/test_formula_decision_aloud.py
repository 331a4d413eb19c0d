"""Decision tables read aloud, in Chinese as an official would write it and in English."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.formula.decision_samples import COLUMNS, KINDS, LEVEL, LEVELS, rows_of

from zhishu.formula.decision.aloud import read_aloud, say_value
from zhishu.formula.decision.read import read_table
from zhishu.formula.decision.table import Column, DecisionTable, InputKind
from zhishu.formula.tree import Number
from zhishu.terms import Text

ALL = KINDS | {"level": InputKind("choice", values=LEVELS.values, title=Text("等级", "the grade"))}
TABLE = read_table(
    "share,code,city,signed,opened,when,-> level\n"
    '[60 %..80 %),26*,"成都市, 眉山市",是,>= 2019-01-01,share > 0,a\n'
    "已知,-,not(5132),-,[2019-01-01..2020-01-01),,b\n"
    "-,-,-,-,-,,未知\n",
    ALL,
    "first",
)


def test_rows_are_sentences_in_chinese() -> None:
    """若、且、则, names and values as a reader knows them, days and shares as they are said."""
    assert read_aloud(TABLE, "zh") == [
        "自上而下，以最先适用的一行为准。",
        "若供地率不低于60%、低于80%，且区划代码以26开头，且市州为成都市或眉山市，且已签约为是，"
        "且开工日在2019年1月1日或以后，且条件 share > 0 成立，则等级为a级。",
        "若供地率已知，且市州不是以下情形：为示例州，且开工日在2019年1月1日或以后、早于2020年1月1日，则等级为b级。",
        "任何情形，等级为未知。",
    ]


def test_rows_are_sentences_in_english() -> None:
    """The same rows in English."""
    assert read_aloud(TABLE, "en") == [
        "From the top down, the first row that applies decides.",
        "If share supplied is at least 60% and below 80% and division code begins with 26 and city is Chengdu or Meishan "
        "and signed is yes and day of start is on or after 1 January 2019 and share > 0 holds, then the grade is level a.",
        "If share supplied is known and it is not so that city is Sample and day of start is on or after 1 January 2019 "
        "and before 1 January 2020, then the grade is level b.",
        "In every case the grade is unknown.",
    ]


def test_a_row_may_say_itself() -> None:
    """say_zh and say_en stand in place of the built sentence."""
    table = read_table("share,say_zh,say_en,-> level\n-,一律定为a级。,Always a.,a\n", ALL)
    assert read_aloud(table, "zh")[1] == "一律定为a级。"
    assert read_aloud(table, "en")[1] == "Always a."


def test_figures_are_read_without_rounding() -> None:
    """A threshold is read with every digit it was written with."""
    shown = say_value(Column("share", InputKind("number", "%")), Number(Fraction("59.98765"), "%"))
    assert shown.zh == "59.98765%"


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_every_table_can_be_read_aloud(data: st.DataObject) -> None:
    """Each row gives one whole sentence in both languages."""
    table = DecisionTable("示例", COLUMNS, (Column("level", LEVELS),), data.draw(rows_of(COLUMNS, LEVEL)), "first")
    assert len(read_aloud(table, "zh")) == len(table.rows) + 1
    assert all(line.endswith("。") for line in read_aloud(table, "zh"))
    assert all(line.endswith(".") for line in read_aloud(table, "en"))
