"""Looking rows up by an equality changes no answer: every example, with and without the index."""

import pytest

from zhishu.study import Study
from zhishu.study.columns import COLUMNS
from zhishu.system.answer import run_system
from zhishu.system.examples import raw_case


def compared(study: Study, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    """Answer every ``step``-th example of each system with the index from the first row on, and never."""
    for system in study.pack.systems.values():
        for example in system.examples[::step]:
            said = []
            for few in (0, 10**9):
                monkeypatch.setattr("zhishu.system.engine.FEW", few)
                answer = run_system(system, raw_case(example), example.on, COLUMNS, regions=study.data.regions)
                said.append(answer.to_json())
            assert said[0] == said[1], (system.id, example.id)


def test_examples_of_every_system_answer_alike_with_and_without_the_index(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One example in six of each system, the first always: the same bytes."""
    compared(study, monkeypatch, 6)


@pytest.mark.long
def test_every_example_answers_alike_with_and_without_the_index(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """All examples: the same bytes."""
    compared(study, monkeypatch, 1)
