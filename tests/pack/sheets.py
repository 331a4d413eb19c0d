"""Systems written inside a test: read and compiled, with every problem or held to have none."""

from zhishu.errors import Problem
from zhishu.pack.check_system import check_system
from zhishu.pack.compile_system import compile_system
from zhishu.pack.lines import Lined, read_yaml
from zhishu.pack.system import System


def read(text: str) -> tuple[System | None, list[Problem]]:
    """Return the system of a text with what is wrong with how it is written."""
    return compile_system(read_yaml(text, "t.yaml"), text)


def sheet(text: str) -> System:
    """Return the system of a text that is written well; what its formulas mean is not looked at."""
    return written_well(*read(text))


def sound(text: str) -> System:
    """Return the system of a text in which nothing at all is wrong."""
    system = sheet(text)
    assert check_system(system) == []
    return system


def sound_from(lined: Lined, own: str, base: str) -> System:
    """Return the system of a text joined to its archetype, in which nothing at all is wrong."""
    system = written_well(*compile_system(lined, own, base))
    assert check_system(system) == []
    return system


def written_well(system: System | None, problems: list[Problem]) -> System:
    """Return a compiled system, held to have no problems."""
    assert problems == []
    assert system is not None
    return system
