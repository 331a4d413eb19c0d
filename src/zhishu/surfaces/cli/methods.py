"""``zhishu methods``: the methods of scoring, or one with formula, source and an example computed now."""

from typing import TYPE_CHECKING

import click

from zhishu.surfaces.cli.out import csv_option, json_option, language, write_csv, write_json, write_table

if TYPE_CHECKING:
    from zhishu.score.methods.example import Table
    from zhishu.score.methods.method import Method
    from zhishu.terms import Language


@click.command("methods", help="评分方法：公式、出处、算例 · methods of scoring: formula, source, example")
@click.argument("id", required=False)
@json_option
@csv_option
def command(id: str | None, as_json: bool, as_csv: bool) -> None:
    """Print the methods step by step, or everything about one."""
    from zhishu.score.methods.method import STEPS
    from zhishu.score.methods.registry import METHODS, method
    from zhishu.score.methods.told import method_json, methods_json

    say = language()
    if id is not None:
        chosen = method(id)
        if as_json:
            write_json(method_json(chosen))
        else:
            _show(chosen, say, as_csv)
        return
    if as_json:
        write_json(methods_json(METHODS.values()))
        return
    header = ["编号", "步骤", "方法", "做什么"] if say == "zh" else ["id", "step", "method", "what it does"]
    rows = [[m.id, STEPS[m.step].say(say), m.title.say(say), m.what.say(say)] for m in METHODS.values()]
    if as_csv:
        write_csv(header, rows)
    else:
        write_table(f"{len(rows)}", header, rows)


def _show(chosen: "Method", say: "Language", as_csv: bool) -> None:
    """Write one method; as CSV only its example."""
    from zhishu.score.methods.formula import plain
    from zhishu.score.methods.method import CHECKED
    from zhishu.score.methods.told import tables

    told, computed = tables(chosen.example)
    if as_csv:
        for table in told:
            write_csv(*_rows(table, say))
        return
    zh = say == "zh"
    lines = [chosen.title.say(say), chosen.what.say(say), ""]
    lines += [f"    {plain(line)}" for line in chosen.formula]
    lines += ["", chosen.symbols.say(say)]
    lines.append(f"{'何时用：' if zh else 'use: '}{chosen.use.say(say)}")
    lines.append(f"{'何时不用：' if zh else 'avoid: '}{chosen.avoid.say(say)}")
    for source in chosen.sources:
        place = f"{'，' if zh else ', '}{source.where.say(say)}" if source.where else ""
        doi = f" doi:{source.doi}" if source.doi else ""
        checked = CHECKED[source.checked].say(say)
        lines.append(f"{'出处：' if zh else 'source: '}{source.cited.say(say)}{place}{doi} [{checked}]")
    called = [text.say(say) for text in chosen.wanted_by()]
    lines.append(f"{'谁要用：' if zh else 'called for by: '}{', '.join([*chosen.callers, *called])}")
    lines += [f"{'函数：' if zh else 'function: '}{name}" for name in chosen.names()]
    lines += [f"{'用法：' if zh else 'asked for with: '}{asked}" for asked in chosen.asked()]
    click.echo("\n".join(lines))
    for table in told:
        write_table(chosen.example.said.say(say), *_rows(table, say))
    if not computed:
        click.echo(f"{'算例需要' if zh else 'the example needs'} {chosen.example.needs}", err=True)


def _rows(table: "Table", say: "Language") -> tuple[list[str], list[list[str]]]:
    from zhishu.score.methods.example import shown

    header = [table.head.say(say), *(name.say(say) for name, _ in table.columns)]
    rows = [
        [row.say(say), *(shown(cells[n]).say(say) for _, cells in table.columns)] for n, row in enumerate(table.rows)
    ]
    return header, rows
