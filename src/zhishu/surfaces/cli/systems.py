"""``zhishu systems``: the named systems, their levels and what each lacks."""

from datetime import date

import click

from zhishu.surfaces.cli.out import csv_option, json_option, language, on_option, write_csv, write_json, write_table


@click.command("systems", help="系统目录与等级 · the systems and their levels")
@click.option("--level", type=click.IntRange(0, 4), help="只列不低于此等级的 · this level or above")
@click.option("--article", type=click.IntRange(1, 999), help="只列某条的 · of one article")
@on_option
@json_option
@csv_option
def command(level: int | None, article: int | None, on: date, as_json: bool, as_csv: bool) -> None:
    """List the systems. A level rests on declarations and examples, not on figures: the day is printed, no more."""
    from zhishu.study.levels import LEVELS
    from zhishu.study.systems import systems_json
    from zhishu.surfaces.opening import opened

    rows = systems_json(opened(), level, article)
    if as_json:
        write_json(rows)
        return
    say = language()
    table = []
    for r in rows:
        name = r["name"]
        assert isinstance(name, dict)
        grade = f"{r['level']} {LEVELS[int(str(r['level']))].say(say)}"
        table.append([str(r["id"]), str(r["at"]), name[say], str(r["archetype"]), str(r["priority"]), grade])
    header = (
        ["编号", "条.句", "名称", "类型", "优先级", "等级"]
        if say == "zh"
        else ["id", "at", "name", "archetype", "priority", "level"]
    )
    if as_csv:
        write_csv(header, table)
    else:
        write_table(f"{len(table)} · {on}", header, table)
