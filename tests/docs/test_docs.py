"""The documents say what is true now: generated pages are current, examples run, codes have a section."""

import ast
import doctest
import sys
from importlib import import_module
from pathlib import Path

import pytest
from tests.shipped import opened_once

ROOT = Path(__file__).resolve().parents[2]


def test_generated_pages_are_current(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """make docs would change nothing."""
    monkeypatch.syspath_prepend(ROOT / "docs")
    generate = import_module("generate")
    monkeypatch.setattr(generate, "open_study", opened_once)
    monkeypatch.setattr(sys, "argv", ["docs/generate.py", "--check"])
    code = generate.main()
    assert code == 0, capsys.readouterr().err


def test_examples_in_the_documents_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example of a document gives what it says."""
    monkeypatch.setattr("zhishu.study.open_study", opened_once)
    for path in sorted((ROOT / "docs").rglob("*.md")):
        assert doctest.testfile(str(path), module_relative=False).failed == 0, path.name


def test_every_public_name_is_documented() -> None:
    """Modules, classes and functions without an underscore have a docstring."""
    bare = []
    for path in sorted((ROOT / "src").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if not ast.get_docstring(tree):
            bare.append(path.name)
        bare += [
            f"{path.name}:{node.lineno} {node.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
            and not _inner(tree, node)
        ]
    assert bare == []


def _inner(tree: ast.Module, node: ast.AST) -> bool:
    """Return whether a definition stands inside a function or a private class, where it is no public name."""
    around = [
        n
        for n in ast.walk(tree)
        if n is not node
        and (isinstance(n, ast.FunctionDef) or (isinstance(n, ast.ClassDef) and n.name.startswith("_")))
    ]
    return any(node in ast.walk(n) for n in around)


def test_both_readmes_name_the_two_commands() -> None:
    """The two commands stand in both languages, and the files they name exist."""
    for name in ("README.md", "README.zh.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "make run" in text
        assert "make test" in text
    for name in ("docs/status.md", "docs/images/overview.png", "docs/howto-own-pack.md", "NOTICE", "LICENSE"):
        assert (ROOT / name).exists(), name
