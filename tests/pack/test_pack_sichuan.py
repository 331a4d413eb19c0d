"""The shipped pack: it loads without a problem and says what it covers."""

from datetime import date
from pathlib import Path

from zhishu.pack.load_office import read_office
from zhishu.pack.system import System
from zhishu.source import read_text, split, verify
from zhishu.study import Study
from zhishu.study.coverage import coverage


def test_every_citation_stands_in_its_sentence(study: Study, shared: Path) -> None:
    """All anchors of the pack are found where they say."""
    sentences = split(read_text(shared / "decision" / "decision.txt"))
    office = read_office(study.pack.folder).citations()
    assert len(office) == 6
    assert verify((*study.pack.citations(), *office), sentences) == ()


def test_the_catalogue_has_395_systems_and_the_text_493_sentences(study: Study) -> None:
    """The frame of the strategy is complete."""
    found = coverage(study, date(2026, 11, 23))
    assert found["sentences"] == 493
    assert isinstance(found["systems"], dict)
    assert found["systems"]["total"] == 395
    assert sum(found["systems"]["levels"].values()) == 395


def test_every_read_article_covers_all_its_sentences(study: Study) -> None:
    """An article with promises leaves no sentence without a promise or a reason."""
    for number, article in study.pack.articles.items():
        own = {s for s in study.pack.index.ids() if s.split(".")[0] == str(number) and not s.endswith(".0")}
        assert own == {p.cite.at for p in article.promises} | set(article.without)


def test_promises_point_at_targets_that_exist(study: Study) -> None:
    """A promise measured by a target names one of the pack."""
    for promise in study.pack.promises():
        if promise.measured_by and promise.measured_by[0] == "target":
            assert promise.measured_by[1] in study.pack.targets


def test_anchors_and_titles_stay_short(study: Study) -> None:
    """The text itself is not carried: anchors are phrases, titles are our own words."""
    assert max(len(c.quote) for c in study.pack.citations()) <= 60
    assert max(len(p.cite.quote) for p in study.pack.promises()) <= 20


def test_adverse_systems_declare_what_they_must(study: Study) -> None:
    """An adverse outcome has a decider, notice, expiry and repair."""
    for name, system in study.pack.systems.items():
        if study.pack.catalogue[name].adverse:
            assert isinstance(system, System)
            assert system.effect is not None
            assert system.effect.outcomes
