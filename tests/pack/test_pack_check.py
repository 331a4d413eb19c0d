"""What is wrong with a declaration is said when the pack is loaded, with its place and repair."""

from pathlib import Path

import pytest
from tests.pack.sheets import sheet
from tests.shipped import copied

from zhishu.errors import ZhishuError
from zhishu.pack.check_system import check_system
from zhishu.study import open_study

HEAD = """
system: t
archetype: index
cite: {at: "1.1", quote: 发展}
about: {zh: 甲, en: a}
tables:
  rows:
    name: {zh: 行, en: rows}
    key: [id]
    fields:
      id: {name: {zh: 编号, en: id}, type: text}
      area: {name: {zh: 面积, en: area}, unit: 公顷}
      money: {name: {zh: 钱, en: money}, unit: 万元}
      kind: {name: {zh: 类, en: kind}, type: choice, choices: {a: {zh: 甲, en: a}, b: {zh: 乙, en: b}}}
    derive:
"""


def codes(derive: str) -> set[str]:
    """Return the problem codes of a sheet with these derived fields."""
    text = HEAD + "".join(f"      {line}\n" for line in derive.strip().splitlines()) + "answers: []\n"
    return {p.code for p in check_system(sheet(text))}


@pytest.mark.parametrize(
    ("derive", "code"),
    [
        ("x: area + money", "formula-units"),
        ("x: {formula: area / money, unit: 亩}", "formula-declared-unit"),
        ("x: y + 1\ny: x - 1", "formula-cycle"),
        ("x: aera", "formula-unknown-name"),
        ("x: area < 200", "formula-unit-missing"),
        ('x: kind == "c"', "formula-choice"),
        ("x: lag(area, 1)", "formula-place"),
        ("x: min(area)", "formula-arity"),
        ("x: nosuch(area)", "formula-unknown-function"),
        ("x: kind + 1", "formula-kind"),
        ("x: other.sum(area)", "formula-unknown-table"),
    ],
)
def test_a_faulty_formula_is_refused_at_load(derive: str, code: str) -> None:
    """Each fault has its own code; nothing faulty is run."""
    assert code in codes(derive)


def test_a_verdict_that_reads_itself_is_refused_at_load() -> None:
    """A value that reads the verdict, and a rule of the verdict that reads the value, are a circle."""
    text = (
        HEAD
        + """      late: {formula: 'when(verdict == "good", 0, 1)', unit: "1"}
    verdict:
      outcomes: {good: {name: {zh: 好, en: good}}, bad: {name: {zh: 差, en: bad}}}
      rules: [{give: bad, when: late > 0}]
      otherwise: good
      unknown: bad
answers: []
"""
    )
    found = [p for p in check_system(sheet(text)) if p.code == "formula-cycle"]
    assert len(found) == 1
    assert "rows.late → rows.verdict → rows.late" in found[0].what.en


def test_sound_formulas_pass() -> None:
    """Units that agree, ratios beside plain numbers, and choices in the list pass."""
    assert codes('x: {formula: money / area, unit: 万元/亩}\ny: area / area < 0.6\nz: kind == "a"') == set()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the shipped pack, with one of its systems, that a test may spoil."""
    return copied(tmp_path / "pack", "land-supply-rate-gate")


def problems_of(folder: Path) -> list[tuple[str, str]]:
    """Return code and place of everything wrong with a pack."""
    with pytest.raises(ZhishuError) as caught:
        open_study(folder)
    return [(p.code, p.where) for p in caught.value.problems]


def test_problems_of_several_files_are_collected(copy: Path) -> None:
    """Broken YAML in one file and a wrong id in another are both reported, with their files."""
    (copy / "articles/12/promises.yaml").write_text("article: [", encoding="utf-8")
    gate = copy / "articles/20/systems/land-supply-rate-gate.yaml"
    gate.write_text(
        gate.read_text(encoding="utf-8").replace("system: land-supply-rate-gate", "system: land-gate"), encoding="utf-8"
    )
    found = problems_of(copy)
    assert ("yaml-broken", "articles/12/promises.yaml:2") in found
    assert ("system-unknown", "articles/20/systems/land-supply-rate-gate.yaml:1") in found


def test_an_adverse_system_without_effect_is_refused(copy: Path) -> None:
    """A harm without decider, notice, objection, expiry and repair cannot be declared."""
    gate = copy / "articles/20/systems/land-supply-rate-gate.yaml"
    text = gate.read_text(encoding="utf-8")
    gate.write_text(text[: text.index("effect:")] + text[text.index("answers:") :], encoding="utf-8")
    assert [c for c, _ in problems_of(copy)] == ["system-adverse"]


def test_a_sentence_that_does_not_exist_and_a_file_in_gbk_are_named(copy: Path) -> None:
    """A citation of no sentence, and a file in another encoding, are problems with their place."""
    file = copy / "articles/12/promises.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace('at: "12.1"', 'at: "12.99"'), encoding="utf-8")
    (copy / "articles/13/promises.yaml").write_bytes("article: 13 # 军民".encode("gbk"))
    found = {c for c, _ in problems_of(copy)}
    assert {"cite-place-unknown", "pack-encoding"} <= found


def test_duplicate_ids_are_named(copy: Path) -> None:
    """One id for two indicators is refused with both places."""
    file = copy / "articles/02/indicators.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("population_share", "urbanisation"), encoding="utf-8")
    assert "pack-duplicate-id" in {c for c, _ in problems_of(copy)}


def test_indicator_units_and_circles_are_checked(copy: Path) -> None:
    """A share declared in money, nominal growth, and indicators in a circle are refused."""
    file = copy / "articles/02/indicators.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('unit: "%"', 'unit: "亿元"'), encoding="utf-8")
    assert "formula-declared-unit" in {c for c, _ in problems_of(copy)}
    file.write_text(
        text.replace("share_of_parent(pop_resident_yearend)", "share_of_parent(population_share)"), encoding="utf-8"
    )
    assert "formula-cycle" in {c for c, _ in problems_of(copy)}
