"""What the code imports, the project names and the locks install: a package on one's own machine does not help."""

import ast
import re
import sys
from functools import lru_cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OWN = {"zhishu", "tests", "bench", "docs"}


def imported(file: Path) -> set[str]:
    """The top-level modules a file imports, inside functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - OWN


def locked(*locks: str) -> set[str]:
    """The distributions that lock files pin, by their plain names."""
    lines = "\n".join((ROOT / lock).read_text(encoding="utf-8") for lock in locks)
    return {name.lower().replace("_", "-") for name in re.findall(r"^([A-Za-z0-9_.-]+)==", lines, re.MULTILINE)}


@lru_cache
def distributions() -> dict[str, list[str]]:
    return {
        module: [name.lower().replace("_", "-") for name in names] for module, names in packages_distributions().items()
    }


# a peer that is only measured beside the product, or whose figures a test keeps, is asked for by what uses it itself
MEASURED_ONLY = {"SALib", "openfisca_core", "pandas", "pymcdm", "zen"}

# an engine of an extra that is too heavy for the locks: looked for before it is imported, and its absence said
EXTRA_ENGINES = {"pyspark"}


@pytest.mark.parametrize("engine", sorted(EXTRA_ENGINES))
def test_an_engine_outside_the_locks_is_an_extra_that_is_looked_for(engine: str) -> None:
    """pyproject names it as an extra, and the one file that imports it asks first whether it is there."""
    assert re.search(
        rf'^{engine[2:]} = \["{engine}', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE
    )
    using = [f for f in (ROOT / "src").rglob("*.py") if engine in imported(f)]
    assert len(using) == 1
    assert "find_spec(package)" in using[0].read_text(encoding="utf-8")


@pytest.mark.parametrize("folder", ["src", "tests", "bench", "docs"])
def test_every_import_is_installed_by_the_locks(folder: str) -> None:
    pinned = locked("requirements.lock", "requirements-dev.lock")
    files = list((ROOT / folder).rglob("*.py"))
    beside = {file.stem for file in files} | {file.parent.name for file in files} if folder != "src" else set()
    missing = {
        f"{file.relative_to(ROOT)}: {module}"
        for file in files
        for module in imported(file) - beside - MEASURED_ONLY - EXTRA_ENGINES
        if not set(distributions().get(module, [module])) & pinned
    }
    assert not missing
