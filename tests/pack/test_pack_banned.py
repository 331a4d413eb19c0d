"""What single persons are is neither declared nor taken in: by the names of columns, and without false alarms."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.shipped import copied

from zhishu.errors import ZhishuError
from zhishu.pack.banned import ETHNICITY, FAMILY, HEALTH, IDENTITY, NAME, RELIGION, banned, banned_columns
from zhishu.study import Study, open_study
from zhishu.terms import Text

BANNED: dict[str, Text] = {
    **dict.fromkeys(("姓名", "姓　名", "户主姓名*", "法定代表人姓名（必填）", "户主", "人名", "full_name", "FirstName",
                     "surname", "name of the person", "xingming", "fullname"), NAME),
    **dict.fromkeys(("身份证号", "居民身份证", "公民身份号码", "证件号码", "申请人证件号", "ＩＤ Number", "IDCard", "idcard_no", "national_id",
                     "sfzh", "passport number"), IDENTITY),
    **dict.fromkeys(("民族", "民 族", "学生民族", "民族成份", "人员信息（民族）", "是否少数民族", "ethnicity", "Ethnic group",
                     "minzu"), ETHNICITY),
    **dict.fromkeys(("宗教信仰", "信教", "户主的信仰", "religion", "religious_belief", "person's faith"), RELIGION),
    **dict.fromkeys(("健康状况", "患者病情", "残疾证号", "残疾等级", "血型", "health status", "Patient disease",
                     "medical history"), HEALTH),
    **dict.fromkeys(("计划生育", "计生", "独生子女证", "家庭成员生育情况", "避孕", "子女数", "family_planning",
                     "contraception"), FAMILY),
}  # fmt: skip
HARMLESS = (
    "名称", "项目名称", "单位名称", "法人名称", "地名", "原文名称", "name", "name of the institution", "项目名", "河流名称",
    "民族地区", "民族自治县", "少数民族地区人口", "设计生产能力", "统计生成日", "季节育苗面积", "诚信教育次数", "河湖健康状况",
    "疫病情况", "宗教活动场所数", "责任人", "联系人", "经办人", "百姓名录外户数", "牵头省领导职务", "凭证号", "许可证号", "村卫生室",
    "人口", "人员", "户数", "健康产业增加值", "health department", "disease control budget", "patients treated", "grid number",
    "head of unit", "good faith payments", "race track length", "paid number", "",
)  # fmt: skip


@pytest.mark.parametrize("name", BANNED)
def test_t54_a_banned_column_is_known_by_its_name(name: str) -> None:
    """However it is written, and for whom."""
    assert banned(name) == BANNED[name]


@pytest.mark.parametrize("name", HARMLESS)
def test_what_names_things_passes(name: str) -> None:
    """名称 is no 姓名, and a word inside another is not the word."""
    assert banned(name) is None


@given(st.sampled_from(sorted(n for n in BANNED if not unicodedata.normalize("NFKC", n).isascii())), st.data())
def test_t54_blanks_and_brackets_hide_nothing(name: str, data: st.DataObject) -> None:
    """Blanks of either width between Chinese characters, a remark behind, another column's name beside it."""
    at = data.draw(st.integers(0, len(name)))
    blank = data.draw(st.sampled_from((" ", "　", "\u00a0", "\n")))
    tail = data.draw(st.sampled_from(("", "*", "（必填）", "/性别", "、住址", "(text)")))
    assert banned(f"{name[:at]}{blank}{name[at:]}{tail}") is not None


@given(st.text(max_size=30))
def test_any_name_gets_an_answer(name: str) -> None:
    """Whatever a file calls a column."""
    assert banned(name) in (None, NAME, IDENTITY, ETHNICITY, RELIGION, HEALTH, FAMILY)


def test_every_banned_column_is_named() -> None:
    """All at once, with the file and the repair in both languages."""
    found = banned_columns(("项目名称", "姓名", "宗教信仰"), "表.csv:1")
    assert [(p.code, p.where) for p in found] == [
        ("column-banned", "表.csv:1 姓名"),
        ("column-banned", "表.csv:1 宗教信仰"),
    ]
    assert "汇总" in found[0].repair.zh
    assert "totals" in found[0].repair.en


def test_nothing_the_shipped_pack_declares_is_banned(study: Study) -> None:
    """Neither a field nor a series of its figures."""
    for system in study.pack.systems.values():
        for table in system.tables.values():
            for column in table.fields.values():
                assert [banned(w) for w in (column.id, column.name.zh, column.name.en)] == [None] * 3
    assert [s.name.zh for s in study.data.series.values() if banned(s.name.zh)] == []


@pytest.mark.parametrize(
    "field",
    [
        "person: {name: {zh: 姓名, en: who}, type: text}",
        "ethnicity: {name: {zh: 类别, en: class}, type: text}",
        "kind: {name: {zh: 类别, en: religion}, type: text}",
    ],
)
def test_t54_a_pack_that_declares_one_is_refused_at_its_line(tmp_path: Path, field: str) -> None:
    """By id, Chinese or English name, with what to do instead."""
    folder = copied(tmp_path / "pack", "land-supply-rate-gate")
    gate = folder / "articles/20/systems/land-supply-rate-gate.yaml"
    lines = gate.read_text(encoding="utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if line.strip() == "fields:")
    indent = len(lines[at + 1]) - len(lines[at + 1].lstrip())
    lines.insert(at + 1, " " * indent + field)
    gate.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ZhishuError) as caught:
        open_study(folder)
    found = [p for p in caught.value.problems if p.code == "pack-field-banned"]
    assert [p.where for p in found] == [f"articles/20/systems/land-supply-rate-gate.yaml:{at + 2}"]
    assert "汇总" in found[0].repair.zh
