"""Archetypes: a system says what is its own, and problems name the file their line stands in."""

from pathlib import Path

import pytest
from tests.laws.sheets import bare
from tests.pack.sheets import sound_from

from zhishu.errors import ZhishuError
from zhishu.pack.archetype import Archetype, composed, load_archetypes
from zhishu.pack.compile_system import compile_system
from zhishu.pack.lines import Lined, read_yaml
from zhishu.pack.system import System
from zhishu.study import Study
from zhishu.study.columns import COLUMNS
from zhishu.system.examples import try_example

SHEETS = load_archetypes()
BASE = """archetype: roll
tables:
  rows:
    name: {zh: 行, en: rows}
    key: [id]
    fields:
      id: {name: {zh: 编号, en: id}, type: text}
      area: {name: {zh: 面积, en: area}, unit: 公顷}
      note: {name: {zh: 备注, en: note}, type: text}
    checks:
      - {id: negative, when: 'area < 0', then: refuse, say: {zh: 负, en: negative}}
      - {id: large, when: 'area > quantity(100, "公顷")', then: flag, say: {zh: 大, en: large}}
    derive:
      double: {name: {zh: 倍, en: double}, formula: 2 * area, unit: 公顷}
examples:
  - id: plain
    given: {rows: [[id, area], [甲, 2]]}
    expect: {rows: {甲: {double: 4 公顷}}}
"""
OWN = """system: own
base: sheet
archetype: roll
cite: {at: "1.1", quote: 发展}
about: {zh: 甲, en: a}
tables:
  rows:
    name: {zh: 村, en: villages}
    fields:
      note: null
      people: {name: {zh: 人数, en: people}, unit: 人}
    checks:
      - {id: large, when: 'area > quantity(50, "公顷")', then: flag, say: {zh: 超过五十, en: above fifty}}
      - {id: empty, when: people == 0, then: flag, say: {zh: 无人, en: nobody}}
answers: []
"""


def joined(own: str = OWN, base: str = BASE) -> Lined:
    """Return a system's text joined to the sample archetype."""
    found, _ = composed(read_yaml(own, "own.yaml"), {"sheet": Archetype(read_yaml(base, "sheet.yaml"), base)})
    return found


def compiled(own: str = OWN) -> System:
    """Return the joined system, compiled without a problem."""
    return sound_from(joined(own), own, BASE)


def test_what_the_system_writes_stands_in_place_of_the_archetype() -> None:
    """Names are replaced, fields added and taken away, checks joined by id, examples inherited and still held."""
    table = compiled().tables["rows"]
    assert table.name.en == "villages"
    assert list(table.fields) == ["id", "area", "people"]
    assert [(c.id, c.written) for c in table.checks] == [
        ("negative", "area < 0"), ("large", 'area > quantity(50, "公顷")'), ("empty", "people == 0"),
    ]  # fmt: skip
    example = compiled().examples[0]
    assert (example.id, try_example(compiled(), example, COLUMNS).differences) == ("plain", ())


def test_an_inherited_item_can_be_taken_away() -> None:
    """``drop`` leaves out a check or an example of the archetype."""
    own = OWN + "examples:\n  - {id: plain, drop: true}\n  - {id: mine, given: {rows: [[id], [甲]]}}\n"
    assert [e.id for e in compiled(own).examples] == ["mine"]


def test_a_problem_names_the_file_it_stands_in() -> None:
    """A fault of the archetype is at the archetype's line, a fault of the system at its own."""
    _, problems = compile_system(joined(OWN, BASE.replace("2 * area", "2 * ")), OWN, BASE)
    assert [p.where.split(",")[0] for p in problems] == ["sheet.yaml:14"]
    own = OWN.replace('area > quantity(50, "公顷")', "area > ")
    _, problems = compile_system(joined(own), own, BASE)
    assert [p.where.split(",")[0] for p in problems] == ["own.yaml:13"]
    _, problems = compile_system(joined(OWN.replace("unit: 人", "unt: 人")), OWN, BASE)
    assert [p.where for p in problems] == ["own.yaml:11"]


def test_an_unknown_archetype_is_refused_with_a_suggestion() -> None:
    """``base: shet`` is refused at its line."""
    with pytest.raises(ZhishuError) as caught:
        joined(OWN.replace("base: sheet", "base: shet"))
    (problem,) = caught.value.problems
    assert (problem.code, problem.where) == ("archetype-unknown", "own.yaml:2")
    assert "sheet" in problem.repair.en


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_every_archetype_is_used_and_holds_its_own_examples(study: Study, name: str) -> None:
    """A sheet nobody starts from is dead; its examples run in every system that starts from it."""
    users = [s for s in study.pack.systems.values() if s.base and s.base == SHEETS[name].written]
    assert users
    assert {e.id for e in users[0].examples}


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_the_examples_of_an_archetype_hold_by_themselves(name: str) -> None:
    """Systems may drop an example for one of their own; the archetype still does what it promises."""
    system = bare(name)
    assert [d.say("en") for e in system.examples for d in try_example(system, e, COLUMNS).differences] == []


def test_archetypes_ship_with_the_package() -> None:
    """The sheets stand inside the package, so that a wheel carries them."""
    import zhishu.pack.archetype as module

    assert Path(module.__file__).parent.parent / "archetypes" == module.SHEETS
    assert module.SHEETS.is_dir()
