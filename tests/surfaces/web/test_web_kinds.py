"""Words of ids: nothing the catalogue or the figures name reaches a reader as a bare id."""

from fractions import Fraction

from zhishu.study import Study
from zhishu.surfaces.web.kinds import ARCHETYPES, ROLES, VERBS
from zhishu.surfaces.web.maps import theme
from zhishu.units.said import figure_words
from zhishu.units.words import UNITS


def test_every_kind_of_the_catalogue_has_words(study: Study) -> None:
    """Verbs, archetypes and roles of all systems, each in two languages and no two alike."""
    entries = study.pack.catalogue.values()
    assert {e.verb for e in entries} <= set(VERBS)
    assert {e.archetype for e in entries} <= set(ARCHETYPES)
    assert {e.role for e in entries} <= set(ROLES)
    for words in (VERBS, ARCHETYPES, ROLES):
        assert len({t.zh for t in words.values()}) == len({t.en for t in words.values()}) == len(words)


def test_every_chinese_unit_of_the_figures_has_english_words(study: Study) -> None:
    """No page in English shows a unit in Chinese."""
    units = {i.unit for i in study.pack.indicators.values()} | {s.unit for s in study.data.series.values()}
    assert {u for u in units if not u.isascii() and u != "µg/m³"} <= set(UNITS)
    signs = "".join(text.en for text in UNITS.values())
    assert {s for s in signs if not s.isascii()} == set("×²³")


def test_english_counts_in_its_own_steps() -> None:
    """亿元 becomes billions without losing a digit."""
    assert figure_words(Fraction("2962840000000"), "亿元", 1).en == "2,962.84 billion yuan"


def test_map_classes_have_round_cuts(study: Study) -> None:
    """At most five classes, cuts rising, every known prefecture in one of them."""
    day = study.pack.header.adopted_on.replace(year=2026)
    for name in study.pack.header.themes:
        found = theme(study, name, day)
        assert list(found.classes.cuts) == sorted(set(found.classes.cuts))
        assert len(found.classes.labels) == len(found.classes.cuts) + 1 <= 5
