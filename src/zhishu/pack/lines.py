"""Reading YAML strictly: exact numbers, no surprises, and the line of every value.

Plain scalars become whole numbers, exact decimals, true, false or null; everything else is text.
Duplicate keys, aliases and tabs are problems with their place.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

import yaml

from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

Plain = str | int | Decimal | bool | None | list["Plain"] | dict[str, "Plain"]
Path = tuple[str | int, ...]

_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"[-+]?[0-9]+\.[0-9]+\Z")
# what may begin a number
_DIGITS = frozenset("+-0123456789")
_WORDS: dict[str, Plain] = {"true": True, "false": False, "null": None, "~": None, "": None}


class _Untagged(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Composes nodes without working out their kinds by YAML's rules: ours read the text of each scalar."""

    def resolve(self, kind: type, value: str | None, implicit: object) -> str:
        """Return no tag."""
        return ""


@dataclass(frozen=True, slots=True)
class Lined:
    """A YAML document as plain data, with the line on which each path begins.

    ``files`` names the file of a path where a document is joined from several.
    """

    data: Plain
    lines: dict[Path, int]
    file: str
    files: dict[Path, str] = field(default_factory=dict)

    def where(self, path: Path) -> str:
        """Return ``file:line`` of a path, or of its nearest parent that has a line."""
        while path not in self.lines and path:
            path = path[:-1]
        return f"{self.files.get(path, self.file)}:{self.lines.get(path, 1)}"


def read_yaml(text: str, file: str) -> Lined:
    """Return the document of one file.

    Raises ZhishuError ``yaml-broken``, ``yaml-duplicate-key`` or ``yaml-alias`` with file and line.

    >>> read_yaml("a: 0.60", "x.yaml").data
    {'a': Decimal('0.60')}
    """
    try:
        root = yaml.compose(text, Loader=_Untagged)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        raise ZhishuError(
            [
                Problem(
                    "yaml-broken",
                    f"{file}:{line}",
                    Text("YAML 写法有误", f"broken YAML: {getattr(error, 'problem', None) or 'unreadable'}"),
                    Text(
                        "检查缩进、冒号后的空格和引号是否成对", "check indentation, the space after a colon, and quotes"
                    ),
                )
            ]
        ) from error
    problems: list[Problem] = []
    lines: dict[Path, int] = {}
    seen: set[int] = set()
    data = _plain(root, (), lines, problems, file, seen) if root is not None else None
    if problems:
        raise ZhishuError(problems)
    return Lined(data, lines, file)


def _plain(
    node: yaml.Node, path: Path, lines: dict[Path, int], problems: list[Problem], file: str, seen: set[int]
) -> Plain:
    line = node.start_mark.line + 1
    lines[path] = line
    if id(node) in seen:
        problems.append(
            Problem(
                "yaml-alias",
                f"{file}:{line}",
                Text("不使用 YAML 别名（& 与 *）", "YAML aliases (& and *) are not used here"),
                Text("把内容写全", "write the content out"),
            )
        )
        return None
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Plain] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in result:
                problems.append(
                    Problem(
                        "yaml-duplicate-key",
                        f"{file}:{key_node.start_mark.line + 1}",
                        Text(f"重复的键：{key}", f"the key {key} stands twice"),
                        Text("删去一处，或改名", "delete one of them, or rename it"),
                    )
                )
            below = (*path, key)
            result[key] = _plain(value_node, below, lines, problems, file, seen)
            lines[below] = key_node.start_mark.line + 1
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_plain(n, (*path, i), lines, problems, file, seen) for i, n in enumerate(node.value)]
    plain = isinstance(node, yaml.ScalarNode) and node.style in (None, "")
    return _scalar(str(node.value), plain)


def _scalar(text: str, plain: bool) -> Plain:
    if not plain:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _DIGITS:
        return text
    if _WHOLE.match(text):
        return int(text)
    if _DECIMAL.match(text):
        return Decimal(text)
    return text
