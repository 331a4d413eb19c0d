"""Writing the reference pages that come from the code: problems, functions, commands, systems, methods."""

import ast
import gc
import sys
from dataclasses import MISSING, fields
from functools import cache
from pathlib import Path

from contracts import contracts_page
from methods import method_pages

from zhishu.formula.functions import FUNCTIONS, ROW_FUNCTIONS, Function
from zhishu.score.kinds.kind import Kind
from zhishu.score.kinds.registry import KINDS
from zhishu.score.methods.registry import METHODS
from zhishu.study import Study, open_study
from zhishu.study.levels import LEVELS, levels
from zhishu.surfaces.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "zhishu"
OUT = ROOT / "docs" / "reference"


def problem_codes() -> dict[str, list[tuple[str, str, str]]]:
    """Return every problem code in the source with where it is made and what it says, Chinese and English."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = _named_texts(tree)
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            # what is wrong stands before how to repair it, in the call or under a name given just before
            texts = [text for a in node.args if (text := _text(a, node.lineno, named)) is not None]
            codes = [a.value for a in node.args if isinstance(a, ast.Constant) and _is_code(a.value)]
            if _name(node) == "refuse" and len(node.args) == 6 and codes:
                where = path.relative_to(SOURCE).as_posix()
                found.setdefault(codes[0], []).append((where, _words(node.args[2]), _words(node.args[3])))
                continue
            if codes and (
                texts
                or _name(node) in ("Problem", "Wrong", "refuse", "_refuse", "bad", "_bad", "_problem", "add", "_add")
            ):
                zh = _words(texts[0].args[0]) if texts else ""
                en = _words(texts[0].args[1]) if texts else ""
                found.setdefault(codes[0], []).append((path.relative_to(SOURCE).as_posix(), zh, en))
    return found


def _named_texts(tree: ast.AST) -> dict[str, list[tuple[int, ast.Call]]]:
    """Return the texts a module gives names to, by name, each with its line."""
    found: dict[str, list[tuple[int, ast.Call]]] = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign) or len(node.targets) != 1:
            continue
        match node.targets[0], node.value:
            case ast.Name(id=name), value:
                pairs = [(name, value)]
            case ast.Tuple(elts=names), ast.Tuple(elts=values):
                pairs = [(n.id, v) for n, v in zip(names, values, strict=False) if isinstance(n, ast.Name)]
            case _:
                continue
        for name, value in pairs:
            if isinstance(value, ast.IfExp):
                value = value.body
            if _is_text(value):
                found.setdefault(name, []).append((node.lineno, value))
    return found


def _text(node: ast.expr, line: int, named: dict[str, list[tuple[int, ast.Call]]]) -> ast.Call | None:
    """Return the text an argument is, written there or named last before its line."""
    if _is_text(node):
        return node
    if isinstance(node, ast.Name):
        before = [(at, text) for at, text in named.get(node.id, ()) if at <= line]
        return max(before, key=lambda pair: pair[0])[1] if before else None
    return None


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and _name(node) == "Text" and len(node.args) == 2


def _name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name):
            return name
        case ast.Attribute(attr=name):
            return name
    return ""


def _is_code(value: object) -> bool:
    return (
        isinstance(value, str)
        and "-" in value
        and value.replace("-", "").isalnum()
        and value == value.lower()
        and value.isascii()
    )


def _words(node: ast.expr) -> str:
    """Return the words of a literal or f-string, places marked by an ellipsis."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else "…" for v in node.values)
    return "…"


def problems_page() -> str:
    """Return docs/reference/problems.md."""
    lines = [
        "# Problems · 问题代码",
        "",
        "Each problem says where, what, and how to repair. 每个问题都说明位置、内容和改法。",
        "",
    ]
    for code, places in sorted(problem_codes().items()):
        lines.append(f"## {code}")
        for path, zh, en in dict.fromkeys(places):
            said = f"{zh} · {en}" if zh or en else "see the message"
            lines.append(f"- `{path}`: {said}".replace("|", "\\|"))
        lines.append("")
    return "\n".join(lines)


def functions_page() -> str:
    """Return docs/reference/formulas.md."""
    words = {"scalar": "total 合计", "row": "row 行", "panel": "indicator 指标", "book": "rule 规则"}

    def row(name: str, f: Function) -> str:
        count = str(f.least) if f.least == f.most else f"{f.least}–{f.most}"
        return f"| `{name}` | {count} | {', '.join(words[p] for p in sorted(f.places))} | {f.zh} · {f.en} |"

    def kind(k: Kind) -> str:
        reads = ", ".join("beside: unit, mark" if k.many else name for name in k.reads)
        known = [f.name if f.default is MISSING else f"{f.name}={f.default}" for f in fields(k.parameters)]
        named = ["place_1 …" if name == "points" else name for name in known if not name.startswith("bands")]
        taken = ", ".join(named)
        page = next(m.id for m in METHODS.values() if k.parameters in m.functions)
        return f"| `{k.name}` | {reads} | {taken} | [{k.title.zh} · {k.title.en}](methods/kind.md#{page}) |"

    head = "| function | arguments | stands in | what it gives |\n|---|---|---|---|"
    return "\n".join(
        [
            "# The formula language · 公式语言",
            "",
            "Python expression syntax, read and never executed. Numbers are exact and stand in base units: 60 % is 0.6,",
            "1 万元 is 10,000 元. `and`, `or`, `not` are three-valued; everything outside its domain is unknown with a reason.",
            "",
            head,
            *(row(n, f) for n, f in FUNCTIONS.items()),
            "",
            "## Over the rows of a table · 对表的各行",
            "",
            "`table.function(value, condition)`; a row sees its own rows, the case sees all.",
            "",
            head,
            *(row(n, f) for n, f in ROW_FUNCTIONS.items()),
            "",
            "## Score kinds as columns of a system · 作为列的计分方式",
            "",
            "`column: {use: completion, args: {value: done, target: target}, options: {cap: 1.2}}`: arguments are what the kind reads and its",
            "parameters; one that is the same for all may stand in `options`. `efficacy`, `minmax`, `growth`, `rank_line` and `rank_table` score a `group`",
            "without the rows whose `where` is false; `rank_table` takes `place_1`, `place_2` …; `expert` reads its marks `beside`, by `unit`.",
            'In YAML the points of `boolean` are quoted: `options: {"yes": 5, "no": 0}`. 参数可逐行、逐类取值；全表相同的写在 `options`。',
            "",
            "| column | reads | parameters | what it gives |",
            "|---|---|---|---|",
            *(kind(k) for k in KINDS.values()),
            "",
        ]
    )


def commands_page() -> str:
    """Return docs/reference/commands.md."""
    lines = ["# Commands · 命令", "", "| command | what it does |", "|---|---|"]
    lines += [f"| `zhishu {name}` | {line} |" for name, (_, line) in COMMANDS.items()]
    return "\n".join(
        [*lines, "", "Exit codes: 0 fine, 1 problems found, 2 misuse. Data go to stdout, messages to stderr.", ""]
    )


def systems_page(study: Study) -> str:
    """Return docs/reference/systems.md."""
    found = levels(study)
    lines = [
        "# Systems by level · 系统等级",
        "",
        "Computed from examples and mutation surveys. 由例子和变异检查算出。",
        "",
    ]
    for n, name in LEVELS.items():
        at = [e for e in study.pack.catalogue.values() if found[e.id].level == n]
        lines.append(f"## {n} {name.zh} · {name.en}: {len(at)}")
        if n > 0:
            lines += [f"- {e.at} {e.name.zh} · {e.name.en} (`{e.id}`)" for e in at]
        lines.append("")
    return "\n".join(lines)


def pages() -> dict[str, str]:
    """Return the text of every page by its name; the pack is read once for all of them."""
    # a pack is a few hundred thousand objects that all stay: looking through them while they load is wasted
    gc.set_threshold(100_000, 20, 20)
    open_once = cache(open_study)
    return {
        "problems.md": problems_page(),
        "formulas.md": functions_page(),
        "commands.md": commands_page(),
        "systems.md": systems_page(open_once()),
        "contracts.md": contracts_page(open_once),
        **method_pages(dict(open_once().pack.catalogue)),
    }


def main() -> int:
    """Write the pages; with --check only say whether they are current."""
    stale = []
    for name, text in pages().items():
        path = OUT / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8")
    if "--check" in sys.argv and stale:
        sys.stderr.write(f"stale: {', '.join(stale)}; run make docs\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
