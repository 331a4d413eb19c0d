"""Codes of a classification: another form is refused at its cell, with the repair, on every surface that reads a sheet."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.surfaces.called import zhishu

from zhishu.pack.system import Column
from zhishu.study import Study
from zhishu.study.columns import COLUMNS
from zhishu.surfaces.excel.template import expects
from zhishu.system.answer import run_system
from zhishu.system.case import RawCase, RawRow
from zhishu.system.describe import describe_system
from zhishu.system.forms import form_problem
from zhishu.terms import Text

ON = date(2022, 12, 31)
CODE = Column("code", Text("行业代码", "industry code"), "text", form="industry")


@settings(max_examples=60, deadline=None)
@given(st.from_regex(r"\A([A-T]|[0-9]{2,4})\Z"))
def test_every_code_of_the_form_is_taken(text: str) -> None:
    """A letter, or two to four digits."""
    assert form_problem(CODE, text, "B2") is None


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("C26", "写 26，不带门类字母", "write 26, without the letter"),
        ("c-2611", "写 2611，不带门类字母", "write 2611"),
        ("c", "写大写字母 C", "write the capital letter C"),
        ("6", "若是 06", "06"),
        ("26111", "写到四位，如 2611", "write those, as 2611"),
        ("26.1", "如 26、261、2611", "as 26, 261, 2611"),
        ("U", "A 至 T", "A to T"),
        ("化工", "A 至 T", "A to T"),
        ("２６", "A 至 T", "A to T"),
    ],
)
def test_another_form_is_told_with_its_repair(text: str, zh: str, en: str) -> None:
    """The usual slips say what to write; anything else says the form."""
    problem = form_problem(CODE, text, "B2")
    assert problem is not None
    assert (problem.code, problem.where) == ("case-not-a-code", "B2")
    assert text in problem.what.zh
    assert text in problem.what.en
    assert "GB/T 4754" in problem.what.en
    assert zh in problem.repair.zh
    assert en in problem.repair.en


def test_a_field_without_a_form_takes_any_text_and_a_specimen_any_form() -> None:
    """Only what asks for codes is looked at."""
    assert form_problem(Column("name", Text("名称", "name"), "text"), "C26", "B2") is None
    assert form_problem(CODE, "示例行业", "B2") is None


def test_a_wide_code_is_read_as_a_plain_one(study: Study) -> None:
    """The width of a sign never changes a value, and the row and field of a wrong code are named."""
    system = study.pack.systems["market-access-negative-list"]
    rows = [RawRow({"id": "甲", "code": "２６１１"}, "q[0]"), RawRow({"id": "乙", "code": "Ｃ２６"}, "q[1]")]
    found = run_system(system, RawCase({"queries": rows}), ON, COLUMNS, regions=study.data.regions)
    assert [(p.code, p.where) for p in found.problems] == [("case-not-a-code", "q[1].code")]
    assert found.results == ()


def test_the_schema_and_the_workbook_say_the_form(study: Study) -> None:
    """Whoever fills a form reads it before; a reader of the schema can check it."""
    system = study.pack.systems["market-access-negative-list"]
    given = json.dumps(describe_system(system, ON)["input"], ensure_ascii=False)
    assert '"pattern": "^([A-T]|[0-9]{2,4}|示例.*)$"' in given
    assert "如 26、261、2611" in expects(CODE).zh
    assert "GB/T 4754" in expects(CODE).en


def test_the_command_names_row_field_and_repair(tmp_path: Path) -> None:
    """A file with one wrong code gives no answer and says where and how."""
    path = tmp_path / "case.json"
    rows = [{"id": "甲", "code": "2611", "place": "示例县"}, {"id": "乙", "code": "C2611", "place": "示例县"}]
    path.write_text(json.dumps({"tables": {"queries": rows}}, ensure_ascii=False), encoding="utf-8")
    done = zhishu("run", "market-access-negative-list", "--input", str(path))
    assert done.returncode != 0
    assert "queries[1].code" in done.stderr
    assert "write 2611, without the letter of the section" in done.stderr
