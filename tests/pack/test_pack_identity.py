"""Resident identity numbers are known by their form and their check character, wherever they stand in a text."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhishu.coordinate.act import Act, Field
from zhishu.coordinate.form import read_form
from zhishu.pack.identity import holds_identity
from zhishu.system.cells import read_cell
from zhishu.terms import Text

STANDARD = "11010519491231002X"
"""The example of GB 11643-1999."""


def numbers() -> st.SearchStrategy[str]:
    """Numbers of the form with a right check character, found by trying all eleven against the rule of the standard."""

    def whole(place: int, born: int, count: int) -> str:
        day = date(1900, 1, 1) + timedelta(days=born)
        body = f"{place}{day:%Y%m%d}{count:03}"
        # ISO 7064: the number, read with its check as base-2 weights, leaves 1 modulo 11
        return next(
            body + c
            for i, c in enumerate("0123456789X")
            if (sum(int(d) * pow(2, 17 - n, 11) for n, d in enumerate(body)) + i) % 11 == 1
        )

    return st.builds(whole, st.integers(110000, 829999), st.integers(0, 50_000), st.integers(0, 999))


@given(numbers(), st.sampled_from(["{}", "对象{}", "编号：{}（示例）", "see {}.", "{} 2019"]))
def test_t54_a_number_is_known_wherever_it_stands(number: str, words: str) -> None:
    """Alone, in a sentence, in full width, in small letters, and in its three parts."""
    assert holds_identity(words.format(number))
    assert holds_identity(words.format(number.lower()))
    wide = number.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789X"})
    assert holds_identity(words.format(wide))
    assert holds_identity(f"{number[:6]} {number[6:14]} {number[14:]}")


@given(numbers(), st.sampled_from("0123456789X"))
def test_a_wrong_check_character_makes_another_number(number: str, last: str) -> None:
    """Registers number files by place, day and a count, which has the same length."""
    assert holds_identity(number[:-1] + last) is (last == number[-1])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "示例项目 2018-510100-48-03-123456",
        f"9{STANDARD}",
        f"{STANDARD}1",
        "91510100MA6C123456",
        "110105194913310024",
        "510100201903150012",
        "13800000000",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    """Longer ones, codes of projects and of organisations, no day of birth, telephones."""
    assert not holds_identity(text)


def test_t54_a_cell_and_a_form_refuse_it() -> None:
    """Neither says the number again."""
    name = Text("编号", "id")
    for kind in ("text", "ref", "region"):
        value, problem = read_cell(STANDARD, kind, None, {}, name, "A4")
        assert problem is not None
        assert (problem.code, problem.where) == ("identity-number", "A4")
        assert STANDARD not in f"{value}{problem.what}{problem.repair}"
    act = Act("say", Text("说明", "say"), "task.say", (Field("text", Text("说明", "words"), "long", True),))
    body, problems = read_form(act, {"text": [f"已联系 {STANDARD}"]})
    assert body == {}
    assert [p.code for p in problems] == ["identity-number"]
    assert STANDARD not in repr(problems)
