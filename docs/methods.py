"""Writing docs/reference/methods: a page a step from the declarations, every example computed while it is written."""

from zhishu.pack.catalogue import Entry
from zhishu.score.methods.example import Table, shown
from zhishu.score.methods.formula import plain
from zhishu.score.methods.method import CHECKED, STEPS, Method, Source
from zhishu.score.methods.registry import METHODS
from zhishu.score.methods.told import tables
from zhishu.terms import Text


def method_pages(catalogue: dict[str, Entry]) -> dict[str, str]:
    """Return the text of every page by its name: one a step that has methods, and a list of them all."""
    pages = {}
    listed = ["# Methods · 评分方法", ""]
    for step, title in STEPS.items():
        mine = [m for m in METHODS.values() if m.step == step]
        if not mine:
            continue
        listed.append(f"## {_both(title)}")
        listed += [f"- [{_both(m.title)}]({step}.md#{m.id}): {m.what.en}" for m in mine]
        listed.append("")
        lines = [f"# {_both(title)}", ""]
        for m in mine:
            lines += _method(m, catalogue)
        pages[f"methods/{step}.md"] = "\n".join(lines)
    return {"methods/README.md": "\n".join(listed), **pages}


def _method(m: Method, catalogue: dict[str, Entry]) -> list[str]:
    lines = [f'<a id="{m.id}"></a>', "", f"## {_both(m.title)} (`{m.id}`)", "", m.what.en, m.what.zh, "", "```text"]
    lines += [*(plain(line) for line in m.formula), "```", f"{m.symbols.en} · {m.symbols.zh}", ""]
    lines += [f"- use · 用于: {m.use.en} · {m.use.zh}", f"- avoid · 不用于: {m.avoid.en} · {m.avoid.zh}"]
    lines += [f"- source · 出处: {_source(s)}" for s in m.sources]
    called = [f"{_both(catalogue[id].name)} (`{id}`)" for id in m.callers]
    called += [_both(text) for text in m.wanted_by()]
    lines += [f"- called for by · 谁要用: {c}" for c in called]
    lines += [f"- function · 函数: `{name}`" for name in m.names()]
    lines += [f"- asked for with · 用法: `{asked}`" for asked in m.asked()]
    lines += ["", f"Example · 算例: {m.example.said.en} · {m.example.said.zh}", ""]
    for table in tables(m.example)[0]:
        lines += [*_table(table), ""]
    return lines


def _source(s: Source) -> str:
    place = f", {_both(s.where)}" if s.where else ""
    doi = f", doi:{s.doi}" if s.doi else ""
    return f"{_both(s.cited)}{place}{doi} ({_both(CHECKED[s.checked])})"


def _table(table: Table) -> list[str]:
    head = [_both(table.head), *(_both(name) for name, _ in table.columns)]
    lines = ["| " + " | ".join(head) + " |", "|---" * len(head) + "|"]
    for n, row in enumerate(table.rows):
        lines.append("| " + " | ".join([_both(row), *(_both(shown(cells[n])) for _, cells in table.columns)]) + " |")
    return lines


def _both(text: Text) -> str:
    """Return a text in both languages, once where they agree."""
    return text.en if text.en == text.zh else f"{text.en} · {text.zh}"
