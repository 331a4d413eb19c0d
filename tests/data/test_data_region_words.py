"""Regions in forms: every name and code of the pack is read as one region, or refused with what to write instead."""

from datetime import date

import pytest

from zhishu.data.region_words import RegionWords, current
from zhishu.errors import ZhishuError
from zhishu.study import Study

NOW = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "code", "before"),
    [
        ("510185", "510185", None),
        ("简阳", "510185", None),
        ("512081", "510185", "512081"),
        ("郫县", "510117", "510124"),
        ("Pixian", None, None),
        ("５１０１８５", "510185", None),
        ("内江市市中区", "511002", None),
        ("凉山", "513400", None),
    ],
)
def test_old_names_and_codes_follow_the_lineage(study: Study, text: str, code: str | None, before: str | None) -> None:
    """An old code or name is the region it has become; one without a successor is refused."""
    words = RegionWords(study.data.regions, NOW)
    if code is None:
        with pytest.raises(ZhishuError):
            words.read(text)
        return
    place = words.read(text)
    assert place.region.code == code
    assert (place.before.code if place.before else None) == before


def test_a_code_answers_for_its_own_time(study: Study) -> None:
    """Before the change the old code is in force, and the new one is read as the old."""
    words = RegionWords(study.data.regions, date(2015, 6, 1))
    assert words.read("512081").before is None
    assert words.read("510185").region.code == "512081"


def test_every_label_reads_back(study: Study) -> None:
    """Each region in force has one label, no two share it, and reading it gives the region again."""
    for on in (NOW, date(2014, 6, 1), date(2018, 6, 30)):
        words = RegionWords(study.data.regions, on)
        live = [r for r in study.data.regions.by_code.values() if r.valid(on) and r.level in ("prefecture", "county")]
        labels = [words.label(r).zh for r in live]
        assert len(set(labels)) == len(labels)
        assert [words.read(label).region for label in labels] == live
        assert [words.read(r.code).region for r in live] == live


def test_levels_refuse_what_lies_elsewhere(study: Study) -> None:
    """A county where a prefecture is asked is refused; a shared short name means the level asked."""
    words = RegionWords(study.data.regions, NOW)
    with pytest.raises(ZhishuError) as raised:
        words.read("锦江区", ("prefecture",))
    assert raised.value.problems[0].code == "region-level"
    assert words.read("广安", ("county",)).region.level == "county"
    assert words.read("广安").region.level == "prefecture"
    with pytest.raises(ZhishuError) as raised:
        words.read("市中区", ("county",))
    assert raised.value.problems[0].code == "region-ambiguous"


def test_a_chain_of_changes_ends(study: Study) -> None:
    """Every retired code of the pack leads to one in force, on every day since the lineage begins."""
    regions = study.data.regions
    for step in regions.lineage:
        now = current(regions, regions.by_code[step.before], NOW)
        assert now is not None
        assert now.valid(NOW)
        assert current(regions, now, date(2014, 6, 1)) == regions.by_code[step.before]
