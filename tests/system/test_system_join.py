"""Looking rows up by an equality changes no answer: every example, with and without the index."""

import pytest

from zhishu.study import Study
from zhishu.study.columns import COLUMNS
from zhishu.system.answer import run_system
from zhishu.system.examples import raw_case


def test_every_example_answers_alike_with_and_without_the_index(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the first row on, or never: the same bytes."""
    for system in study.pack.systems.values():
        for example in system.examples:
            said = []
            for few in (0, 10**9):
                monkeypatch.setattr("zhishu.system.engine.FEW", few)
                answer = run_system(system, raw_case(example), example.on, COLUMNS, regions=study.data.regions)
                said.append(answer.to_json())
            assert said[0] == said[1], (system.id, example.id)
