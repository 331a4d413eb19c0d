"""Template profiles load, and one that cannot be read by is refused with its file and line."""

from pathlib import Path

import pytest
from tests.shipped import copied

from zhishu.data.submission.examples import try_example
from zhishu.errors import ZhishuError
from zhishu.pack.lines import read_yaml
from zhishu.pack.load_profiles import load_profiles
from zhishu.study import PACKS, Study, open_study

PACK = PACKS / "sichuan2018"
TEXT = (PACK / "profiles.yaml").read_text(encoding="utf-8")


def found(text: str) -> list[str]:
    """Return the codes of the problems of a file; each has a line."""
    problems = load_profiles(read_yaml(text, "p.yaml"))[1]
    assert all(p.where.startswith("p.yaml:") for p in problems)
    return [p.code for p in problems]


def test_the_pack_holds_its_profiles(study: Study) -> None:
    """Four, all proposals, each with figures of its own series and with examples that run."""
    profiles = study.pack.profiles
    assert list(profiles) == ["prefecture-year", "county-year", "fiscal-month", "tidy"]
    assert all(p.proposal is not None and p.examples for p in profiles.values())
    assert profiles["prefecture-year"].run("gdp", 2018) == "gdp-2010-2018"
    assert profiles["prefecture-year"].run("gdp", 2019) == "gdp-2019-2022"
    assert profiles["tidy"].run("gdp", 1990) == "gdp"
    assert len({p.digest for p in profiles.values()}) == 4


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("layout: long", "layout: longer", "pack-bad-value"),
        ("corner: [地区, 市（州）, 市州, 市、州, 区域, Region]", "corners: [地区]", "pack-unknown-field"),
        ("    corner: [地区, 县（市、区）, 县区, 县, Region]\n", "", "profile-shape"),
        ("    layout: long\n", "    layout: long\n    head: [words]\n", "profile-shape"),
        ("    unit: 亿元\n", "    unit: 亿圆\n", "unit-unknown"),
        ("over: children}", "over: rows}", "profile-shape"),
        ('"…": absent, "...": absent, "-": nil', '"…": gone', "pack-bad-value"),
        ("head: [words, words]", "head: [words]", "profile-column"),
        ("heads: [[第二产业增加值, 第二产业]]", "heads: [[第一产业增加值, 第一产业]]", "profile-column"),
        (
            "{heads: [[位次, 排位, 名次]], optional: true, leave:",
            "{series: gdp, heads: [[位次]], leave:",
            "profile-column",
        ),
        ("      region: [地区, region]\n", "      place: [地区, region]\n", "profile-field"),
        ('gdp: {"2010"', 'gdp: {"10"', "profile-runs"),
        ("head_row: 1\n", "head_row: 0\n", "pack-bad-value"),
        ('day: "2022-06-01"', "day: 2022", "pack-bad-value"),
    ],
)
def test_a_profile_that_cannot_be_read_by_is_refused(old: str, new: str, code: str) -> None:
    """Every slip has its code and its line."""
    assert old in TEXT
    assert code in found(TEXT.replace(old, new, 1))


def test_a_profile_without_a_basis_is_refused() -> None:
    """A citation, or a proposal that says so."""
    lines = [line for line in TEXT.splitlines(keepends=True) if "proposal: {zh: 列名" not in line]
    assert found("".join(lines)) == ["profile-basis"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("{series: va_primary,", "{series: va_primry,", "pack-series-unknown"),
        ("{series: va_primary,", "{series: pop_resident_rural,", "profile-level"),
        ('增速]], unit: "%"', "增速]], unit: 公顷", "pack-unit"),
        ("proposal: {zh: 列名", 'cite: {at: "99.9", quote: 列名}\n    proposal: {zh: 列名', "cite-place-unknown"),
    ],
)
def test_a_profile_that_does_not_fit_the_pack_is_refused(tmp_path: Path, old: str, new: str, code: str) -> None:
    """Series, levels, units and sentences are those of the pack."""
    folder = copied(tmp_path / "pack")
    (folder / "profiles.yaml").write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ZhishuError) as raised:
        open_study(folder, with_systems=False)
    assert code in [p.code for p in raised.value.problems]
    assert any(p.where.startswith("profiles.yaml:") for p in raised.value.problems)


def test_an_example_that_is_wrong_is_found(study: Study) -> None:
    """A value, a guess or a problem the example does not have: each is said."""
    text = TEXT.replace('gdp, "15342.77"]', 'gdp, "15342.78"]', 1).replace(
        "period-title, region-short, row-note", "region-short", 1
    )
    changed = load_profiles(read_yaml(text, "p.yaml"))[0]["prefecture-year"]
    wrong = try_example(changed, changed.examples[0], study.data.regions, study.data.series)
    assert [p.code for p in wrong] == ["profile-example", "profile-example"]
    assert wrong[0].what.en == "expected 510100 2018 gdp = 15342.78, got 15342.77"
