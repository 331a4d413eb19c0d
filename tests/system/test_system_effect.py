"""What an adverse outcome carries: the law once it is in force, or the basis the case itself has loaded."""

from datetime import date

import pytest
from tests.pack.judged_sheet import SHEET
from tests.pack.sheets import sheet
from tests.shipped import shipped

from zhishu.logic import Unknown
from zhishu.pack.system import Effect
from zhishu.study.columns import COLUMNS
from zhishu.system.answer import run_system
from zhishu.system.answered import Answer
from zhishu.system.case import RawCase, RawRow
from zhishu.system.effect import basis_of, effect_json, effect_said
from zhishu.system.examples import raw_case
from zhishu.terms import Text

OFFICE = Text("示例厅", "the office")
LAW = Text("示例法第一条", "Example Law, article 1")
SINCE = date(2020, 1, 1)


def effect(basis: Text | None = None, since: date | None = None, days: int | None = None) -> Effect:
    """Return an effect with these parts."""
    return Effect(("bad",), basis, OFFICE, OFFICE, days, OFFICE, OFFICE, since, ("law",))


def test_a_law_holds_from_its_first_day() -> None:
    """The day before there is none; what the case loads stands in."""
    founded = effect(LAW, SINCE)
    assert basis_of(founded, SINCE, ()) == LAW
    assert basis_of(founded, date(2019, 12, 31), ()) is None
    assert basis_of(founded, date(2019, 12, 31), ["旧法"]) == Text("旧法", "旧法")
    assert basis_of(effect(LAW), date(1990, 1, 1), ()) == LAW


@pytest.mark.parametrize("loaded", [[], [""], [Unknown("missing", "law")], [True]])
def test_nothing_loaded_is_no_basis(loaded: list[str | bool | Unknown]) -> None:
    """An empty list, an unknown cell and a yes name no law."""
    assert basis_of(effect(), SINCE, loaded) is None


def test_one_outcome_without_a_basis_leaves_all_without_effect() -> None:
    """The answer speaks for all its adverse outcomes, so it is never better than the weakest."""
    assert effect_json(None, [LAW]) is None
    for bases, status in (([LAW], "proposed"), ([LAW, LAW], "proposed"), ([LAW, None], "no_basis"), ([], "no_basis")):
        told = effect_json(effect(), bases)
        assert told is not None
        assert told["status"] == status
        assert (told["basis"] is None) == (status == "no_basis")


def test_a_person_reads_all_six() -> None:
    """Basis or its lack, decider, notice, objection, expiry, repair, in both languages; no days are not noughts."""
    assert next(iter(effect_said(effect(LAW, days=0), LAW, "zh"))) == "依据：示例法第一条"
    assert "申辩期：0 日" in list(effect_said(effect(days=0), LAW, "zh"))
    assert "objection: not set" in list(effect_said(effect(), LAW, "en"))
    assert "no effect" in next(effect_said(effect(), None, "en"))
    assert len(list(effect_said(effect(), LAW, "zh"))) == 6


def answered(system: str, example: str, on: str | None = None) -> Answer:
    """Return the answer to an example of a shipped system, on its own day or another."""
    study = shipped()
    declared = study.pack.systems[system]
    found = next(e for e in declared.examples if e.id == example)
    day = date.fromisoformat(on) if on else found.on
    return run_system(declared, raw_case(found), day, COLUMNS, regions=study.data.regions, small=None)


def test_the_entry_that_forbids_brings_its_basis() -> None:
    """A list forbids only with a basis, and the answer names it instead of saying that none is loaded."""
    told = answered("market-access-negative-list", "strictest_and_manual").to_json()["effect"]
    assert isinstance(told, dict)
    assert (told["status"], told["basis"]["zh"]) == ("proposed", "示例法")


def test_a_day_before_the_law_has_no_basis() -> None:
    """The same case asked before the Land Administration Law as amended was in force proposes without effect."""
    for day, status in (("2020-01-01", "proposed"), ("2019-12-31", "no_basis")):
        told = answered("collective-land-market-entry", "the_hand_case", day).to_json()["effect"]
        assert isinstance(told, dict)
        assert told["status"] == status


def test_a_list_that_names_nothing_is_said() -> None:
    """A sentence says 无 where it names nobody, never a gap."""
    text = SHEET.replace("CHECK", "{id}").replace("SAY", "{who}").replace("OUTCOME", "bad").replace("LOADED", "law")
    text = text.replace("低于 {line}", "低于 {line}：{who}").replace(
        "    verdict:\n", "    derive: {who: 'rows.names(id, x > 99)'}\n    verdict:\n", 1
    )
    case = RawCase({"rows": [RawRow({"id": "示例", "x": 1, "law": "unknown"}, "r1")]})
    answer = run_system(sheet(text), case, SINCE, COLUMNS)
    assert [r.reason for r in answer.results] == [Text("示例低于 60：无", "none")]
    assert answer.to_json()["effect"] is not None
    assert answer.results[0].basis is None
