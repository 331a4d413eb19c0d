"""Sentences name only what they can fill, and adverse outcomes name outcomes and bases that exist."""

import pytest
from tests.pack.judged_sheet import SHEET
from tests.pack.sheets import sheet

from zhishu.errors import Problem
from zhishu.pack.check_system import check_system


def found(check: str = "{id}", say: str = "{x}", outcome: str = "bad", loaded: str = "law") -> list[Problem]:
    """Return what is wrong with the sheet when its parts are written so."""
    text = SHEET.replace("CHECK", check).replace("SAY", say).replace("OUTCOME", outcome).replace("LOADED", loaded)
    return check_system(sheet(text))


def test_what_can_be_filled_is_fine() -> None:
    """A row's fields, its verdict's table and the parameters may stand in a sentence."""
    assert found() == []
    assert found(check="{id} {x} {law} {line} {today}") == []


@pytest.mark.parametrize("slot", ["{y}", "{id.name}", "{}", "{X}"])
def test_a_slot_that_names_nothing_is_told(slot: str) -> None:
    """Otherwise a person would read the braces; it is told for checks and for verdicts, with what may be meant."""
    for problems in (found(check=slot), found(say=slot)):
        assert [p.code for p in problems] == ["system-slot"]
        assert slot in problems[0].say("zh")
        assert slot in problems[0].say("en")


def test_an_effect_names_what_is_there() -> None:
    """An outcome nobody gives and a column no judged table has are told with their repair."""
    assert [(p.code, "did you mean bad" in p.say("en")) for p in found(outcome="bat")] == [("system-effect", True)]
    assert [(p.code, "did you mean law" in p.say("en")) for p in found(loaded="laws")] == [("system-effect", True)]
