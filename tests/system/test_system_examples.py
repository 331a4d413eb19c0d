"""Every example of every declared system is run, and the declarations are guarded by them."""

import pytest
from tests.shipped import shipped

from zhishu.study import Study
from zhishu.study.columns import COLUMNS
from zhishu.study.levels import levels, mutations, text_digest
from zhishu.system.examples import try_example
from zhishu.system.mutate import survey

CASES = [(s.id, e.id) for s in shipped().pack.systems.values() for e in s.examples]


@pytest.mark.parametrize(("system", "example"), CASES)
def test_example(study: Study, system: str, example: str) -> None:
    """An example of the pack gives the answer it states."""
    declared = study.pack.systems[system]
    found = next(e for e in declared.examples if e.id == example)
    assert [d.say("en") for d in try_example(declared, found, COLUMNS, study.data.regions).differences] == []


def test_recorded_surveys_belong_to_the_declarations(study: Study) -> None:
    """mutation.csv speaks of the declarations as they are now."""
    recorded = mutations(study)
    assert set(recorded) == set(study.pack.systems)
    for name, system in study.pack.systems.items():
        assert recorded[name].digest == text_digest(system), f"run zhishu check --mutate --write ({name})"


@pytest.mark.long
def test_recorded_surveys_are_true(study: Study) -> None:
    """Changing each piece again gives the recorded numbers."""
    for name, recorded in mutations(study).items():
        found = survey(study.pack.systems[name], COLUMNS, study.data.regions)
        assert (found.mutants, len(found.unnoticed)) == (recorded.mutants, recorded.unnoticed)


def test_levels_are_never_above_what_is_shown(study: Study) -> None:
    """A system without a declaration is at level 0; level 3 has nothing lacking before it."""
    for name, level in levels(study).items():
        assert (level.level == 0) == (name not in study.pack.systems)
        assert level.level <= 3
