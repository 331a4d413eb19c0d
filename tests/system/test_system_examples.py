"""Every example of every declared system is run, and the declarations are guarded by them."""

import pytest
from tests.shipped import shipped, tried_once

from zhishu.study import Study
from zhishu.study.columns import COLUMNS
from zhishu.study.levels import levels, mutations, text_digest
from zhishu.system.mutate import survey


@pytest.mark.parametrize("system", sorted(shipped().pack.systems))
def test_examples(study: Study, system: str) -> None:
    """Every example of a system of the pack gives the answer it states."""
    declared = study.pack.systems[system]
    assert declared.examples
    tried = [tried_once(declared, example, COLUMNS, study.data.regions) for example in declared.examples]
    assert [(t.example.id, d.say("en")) for t in tried for d in t.differences] == []


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
